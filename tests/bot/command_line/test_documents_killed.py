"""Kill -9 at any moment, and several at once: a document is there whole, or not at all."""

import os
import random
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from foundation.database import Sessions, open_engine, open_sessions
from foundation.settings import Settings
from knowledge import catalogue
from knowledge.founding import founding_ids
from knowledge.proving import broken_documents, passage_counts
from retrieval.dense import DenseHalf
from retrieval.index import SearchIndex, open_index
from retrieval.vectors.places import FolderPlace
from tests.commands import Home, Ran, Running

pytestmark = [pytest.mark.slow, pytest.mark.timeout(1200)]

# More with LIBCOACH_KILLS=60; a few are enough to see that the order of the steps still holds.
_KILLS = int(os.environ.get("LIBCOACH_KILLS", "4"))
_FILES = 50


def write_papers(folder: Path, said: str, name: str = "paper") -> Path:
    """A folder of files that take about a second to add."""
    folder.mkdir(exist_ok=True)
    for number in range(_FILES):
        lines = [f"# 第{number}号文件", *(f"{said}第{number}号第{n}条规定。" for n in range(30))]
        (folder / f"{name}-{number:02}.md").write_text("\n\n".join(lines), "utf-8")
    return folder


@contextmanager
def opened(home: Home) -> Iterator[tuple[Sessions, SearchIndex]]:
    settings = Settings(home=home.folder)
    engine = open_engine(settings.database)
    index = open_index(settings)
    yield open_sessions(engine), index
    # Chroma would go on showing this process the files of a folder that is gone.
    assert isinstance(index.dense, DenseHalf)
    assert isinstance(index.dense.place, FolderPlace)
    index.dense.place.close()
    engine.dispose()


def documents_in(home: Home) -> set[str]:
    """Every document there is; each is whole in the catalogue and found with all its passages."""
    with closing(sqlite3.connect(home.folder / "libcoach.db")) as database:
        assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    with opened(home) as (sessions, index), sessions() as session:
        wanted, counts = catalogue.version_keys(session), passage_counts(session)
        held = index.lexical.proven()
        assert broken_documents(session) == ()
        assert {key: held.get(key) for key in wanted} == {key: counts[key] for key in wanted}
        return set(wanted.values())


def assert_whole_after_check(home: Home) -> None:
    """A check clears what is left over, and then nothing differs any more."""
    ran = home.documents("check", "--json")
    assert (ran.status, ran.value["whole"]) == (0, True), ran
    with opened(home) as (sessions, index), sessions() as session:
        wanted, counts = catalogue.version_keys(session), passage_counts(session)
        assert index.proven() == {key: counts[key] for key in wanted}, index.dense.trouble


def seconds_of(act: Callable[[], object]) -> float:
    start = time.monotonic()
    act()
    return time.monotonic() - start


def kill(running: Running, within: float) -> list[str]:
    """Kill one that speaks JSON somewhere on its way; answers what it said was done."""
    return [line["id"] for line in kill_silently(running, within).lines if "path" in line]


def kill_silently(running: Running, within: float) -> Ran:
    time.sleep(random.uniform(0, within))
    running.send(signal.SIGKILL)
    return running.ended()


def test_killed_while_adding_new_documents(home: Home, tmp_path: Path) -> None:
    first = write_papers(tmp_path / "first", "一", "first")
    takes = seconds_of(lambda: home.documents("add", first))
    there = documents_in(home)

    for attempt in range(_KILLS):
        folder = write_papers(tmp_path / f"{attempt}", f"{attempt}", f"paper-{attempt}")
        there |= set(kill(home.start("documents", "add", folder, "--json"), takes))
        found = documents_in(home)
        assert there <= found
        there = found

    folders = [tmp_path / f"{attempt}" for attempt in range(_KILLS)]
    ran = home.documents("add", *folders, "--json")
    assert (ran.status, len(ran.lines)) == (0, _KILLS * _FILES)
    assert len(documents_in(home)) == 5 + (_KILLS + 1) * _FILES
    assert_whole_after_check(home)


def test_killed_while_adding_new_versions(home: Home, tmp_path: Path) -> None:
    folder = write_papers(tmp_path / "papers", "初")
    takes = seconds_of(lambda: home.documents("add", folder))
    everything = documents_in(home)

    for attempt in range(_KILLS):
        write_papers(folder, f"{attempt}")
        kill(home.start("documents", "add", folder, "--json"), takes)
        assert documents_in(home) == everything

    write_papers(folder, "终")
    ran = home.documents("add", folder, "--json")
    assert {line["status"] for line in ran.lines} == {"replaced"}
    assert documents_in(home) == everything
    assert_whole_after_check(home)
    assert "终第7号第0条规定" in home.documents("show", "paper-07", "--full").out


def test_killed_while_removing(home: Home, tmp_path: Path) -> None:
    folder = write_papers(tmp_path / "papers", "一")
    home.documents("add", folder)
    takes = seconds_of(lambda: home.documents("remove", "paper-49"))
    there = documents_in(home)

    for attempt in range(_KILLS):
        document = f"paper-{attempt:02}"
        kill_silently(home.start("documents", "remove", document), takes)
        left = documents_in(home)
        assert there - left <= {document}
        there = left

    assert_whole_after_check(home)
    assert {line["status"] for line in home.documents("add", folder, "--json").lines} <= {
        "added", "unchanged",
    }  # fmt: skip
    assert len(documents_in(home)) == 5 + _FILES


def test_killed_while_mending(home: Home, tmp_path: Path) -> None:
    home.documents("add", write_papers(tmp_path / "papers", "一"))
    everything = documents_in(home)
    index = home.folder / "index"
    shutil.rmtree(index)
    takes = seconds_of(lambda: home.documents("check"))

    for _ in range(_KILLS):
        shutil.rmtree(index, ignore_errors=True)
        kill_silently(home.start("documents", "check"), takes)
        assert_whole_after_check(home)

    assert documents_in(home) == everything


def test_killed_at_the_very_first_start(tmp_path: Path) -> None:
    takes = seconds_of(lambda: Home(tmp_path / "whole").documents("list"))

    for attempt in range(_KILLS):
        home = Home(tmp_path / f"home-{attempt}")
        kill(home.start("documents", "list", "--json"), takes)
        ran = home.documents("list", "--json")
        assert ran.status == 0, ran
        assert sorted(document["id"] for document in ran.value) == founding_ids()
        assert documents_in(home) == set(founding_ids())


def test_one_of_two_is_killed_while_the_other_goes_on(home: Home, tmp_path: Path) -> None:
    folder = write_papers(tmp_path / "papers", "初")
    takes = seconds_of(lambda: home.documents("add", folder))
    everything = documents_in(home)

    for attempt in range(_KILLS):
        write_papers(folder, f"{attempt}")
        going_on = home.start("documents", "add", folder, "--json")
        kill(home.start("documents", "add", folder, "--json"), takes)
        ran = going_on.ended()
        assert ran.status == 0, ran
        assert {line["status"] for line in ran.lines} <= {"replaced", "unchanged"}
        assert documents_in(home) == everything

    assert_whole_after_check(home)
    assert home.documents("show", "paper-00", "--json").value["version"] == _KILLS + 1


@pytest.mark.parametrize("people", [2, 4])
def test_several_at_once_have_each_document_once(home: Home, tmp_path: Path, people: int) -> None:
    shared = write_papers(tmp_path / "shared", "共", "shared")
    own = [write_papers(tmp_path / f"{n}", f"{n}", f"own-{n}") for n in range(people)]

    started = [home.start("documents", "add", folder, shared, "--json") for folder in own]
    ran = [running.ended() for running in started]

    assert [one.status for one in ran] == [0] * people, ran
    lines = [line for one in ran for line in one.lines]
    added = [line["id"] for line in lines if line["status"] == "added"]
    assert len(lines) == 2 * _FILES * people
    assert sorted(added) == sorted(documents_in(home) - set(founding_ids()))
    listed = home.documents("list", "--json").value
    assert {document["version"] for document in listed} == {1}
    assert_whole_after_check(home)


def test_checking_while_others_add_takes_nothing_away(home: Home, tmp_path: Path) -> None:
    folder = write_papers(tmp_path / "papers", "一")
    adding = home.start("documents", "add", folder, "--json")

    while adding.process.is_alive():
        assert home.documents("check", "--json").status in (0, 1)

    assert adding.ended().status == 0
    assert len(documents_in(home)) == 5 + _FILES
    assert_whole_after_check(home)


def test_whoever_is_killed_leaves_no_process_behind(home: Home, tmp_path: Path) -> None:
    folder = write_papers(tmp_path / "papers", "一")
    running = home.start("documents", "add", folder, "--json")
    deadline = time.monotonic() + 60
    while not processes_of(home, "reading_worker") and time.monotonic() < deadline:
        time.sleep(0.02)
    assert processes_of(home, "reading_worker")

    running.send(signal.SIGKILL)
    running.ended()

    deadline = time.monotonic() + 30
    while processes_of(home, "reading_worker") and time.monotonic() < deadline:
        time.sleep(0.05)
    assert processes_of(home, "reading_worker") == []


def processes_of(home: Home, name: str) -> list[str]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            command = (process / "cmdline").read_bytes()
            environment = (process / "environ").read_bytes()
        except OSError:
            continue
        if name.encode() in command and str(home.folder).encode() in environment:
            found.append(process.name)
    return found
