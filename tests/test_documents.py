import re
import subprocess
from pathlib import Path
from typing import Final
from urllib.parse import unquote

import pytest

from tests.transcripts import ROOT, Shown, is_as_shown, run_as_reader, shown_in
from tests.writing_documents import GENERATED, written

DOCUMENTS: Final = sorted(
    [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "benchmarks").glob("*.md")]
)
LINK: Final = re.compile(r"(?<!!)\[[^\]]*\]\((?P<to>[^)\s]+)\)|!\[[^\]]*\]\((?P<image>[^)\s]+)\)")
FENCED: Final = re.compile(r"^```.*?^```$", re.M | re.S)
# Written apart, so that this file does not hold what it looks for.
NOT_OURS: Final = re.compile(
    "|".join(
        (
            r"https?://[^\s\"']+/(?:simple|packages)" + "/",
            r"(?<![\w.~-])/(?:root|work)" + r"/[\w.]",
            r"(?<![\w.~-])/home" + r"/\w+/",
            "index" + "-url",
            "find" + "-links",
        )
    )
)


def tracked_files() -> list[Path]:
    done = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if done.returncode != 0:
        pytest.skip("this is no git checkout, so there is no list of what belongs to it")
    return [ROOT / name for name in done.stdout.split("\0") if name and (ROOT / name).is_file()]


@pytest.mark.slow
@pytest.mark.parametrize(
    "document",
    [path for path in DOCUMENTS if any(shown_in(path.read_text("utf-8")))],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_every_command_a_document_shows_does_what_it_shows(document: Path, tmp_path: Path) -> None:
    (tmp_path / "home").mkdir()
    for shown in shown_in(document.read_text("utf-8")):
        status, seen = run_as_reader(shown.command, tmp_path)

        told = f"{document.name}:{shown.line}: $ {shown.command}\n\nshown:\n{shown.output}\n"
        assert is_as_shown(shown.output, seen), f"{told}\nseen:\n{seen}"
        assert status == shown.status, f"{told}\nexit status {status}"


@pytest.mark.parametrize("name", sorted(GENERATED))
def test_a_generated_document_says_what_the_program_says(name: str) -> None:
    kept = (ROOT / name).read_text("utf-8")

    assert kept == written(name, kept), f"{name} is out of date; `make docs` writes it anew"


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_within_the_project_leads_to_a_file(document: Path) -> None:
    text = FENCED.sub("", document.read_text("utf-8"))
    targets = [found["to"] or found["image"] for found in LINK.finditer(text)]
    within = [unquote(to.partition("#")[0]) for to in targets if not re.match(r"\w+:|#", to)]

    assert [to for to in within if not (document.parent / to).exists()] == []


def test_no_file_names_a_package_host_or_a_folder_of_somebodys_machine() -> None:
    found = [
        f"{path.relative_to(ROOT)}: {place.group()}"
        for path in tracked_files()
        for place in NOT_OURS.finditer(path.read_text("utf-8", errors="ignore"))
    ]

    assert found == []


@pytest.mark.parametrize(
    "text",
    [
        "https://host.example/pypi" + "/simple/",
        "cd /work" + "/main",
        '"/home' + '/anna/x"',
        "(/root" + "/.cache)",
    ],
)
def test_what_belongs_to_a_machine_is_recognised(text: str) -> None:
    assert NOT_OURS.search(text)


@pytest.mark.parametrize("text", ["https://example.org/work/", "framework/", "~/work/x", "a/root/"])
def test_what_belongs_to_no_machine_is_left_alone(text: str) -> None:
    assert not NOT_OURS.search(text)


def test_commands_are_found_with_their_output_place_and_status() -> None:
    text = (
        "words\n```console\n$ one\nout\n\nmore\n$ two \\\n> three\n```\n"
        "```sh\n$ not this\n```\n```console exit=2\n$ four\n```\n"
    )

    assert list(shown_in(text)) == [
        Shown(3, "one", "out\n\nmore"),
        Shown(7, "two \\\nthree", ""),
        Shown(14, "four", "", 2),
    ]


@pytest.mark.parametrize(
    ("shown", "seen"),
    [
        ("one\ntwo", "one\ntwo\n"),
        ("one\n...\nfour", "one\ntwo\nthree\nfour\n"),
        ("one\n...", "one\n"),
        ("took ... ms", "took 12.3 ms\n"),
        ("a (b) [c] *", "a (b) [c] *  \n"),
        ("", "\n"),
    ],
)
def test_output_that_is_as_shown_passes(shown: str, seen: str) -> None:
    assert is_as_shown(shown, seen)


@pytest.mark.parametrize(
    ("shown", "seen"),
    [
        ("one", "one\ntwo"),
        ("one\ntwo", "one"),
        ("one\n...\nfour", "one\ntwo\n"),
        ("took ... ms", "took 12.3 s"),
        ("", "something"),
        ("a.c", "abc"),
    ],
)
def test_output_that_differs_is_caught(shown: str, seen: str) -> None:
    assert not is_as_shown(shown, seen)


def test_commands_run_with_a_home_of_their_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIBCOACH_LANGUAGE", "en")

    status, seen = run_as_reader('echo "$LIBCOACH_HOME $LIBCOACH_LANGUAGE."; exit 3', tmp_path)

    assert (status, seen) == (3, f"{tmp_path / 'home'} .\n")
