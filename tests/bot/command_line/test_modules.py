from dataclasses import replace
from pathlib import Path

import pytest

from tests.commands import Home
from tests.training_modules import guide
from training_modules.writing import track_as_yaml

TRACK = replace(guide.TRACK, id="our-own-track")
TEXT = guide.text().replace("track: professional-practice", "track: our-own-track")


@pytest.fixture
def folder(home: Home) -> Path:
    """An own track with the module of the guide."""
    folder = home.folder / "modules" / "our-own-track"
    folder.mkdir(parents=True)
    (folder / "track.yaml").write_text(track_as_yaml(TRACK), "utf-8")
    (folder / f"{guide.NAME}.md").write_text(TEXT, "utf-8")
    return folder


def test_modules_are_listed_and_shown(home: Home, folder: Path) -> None:
    (listed,) = home.run("modules", "list", "--track", "our-own-track", "--json").value
    shown = home.run("modules", "show", guide.NAME, "--json").value

    assert (listed["id"], listed["status"], listed["items"]) == (guide.NAME, "draft", 7)
    assert listed["path"] == str(folder / f"{guide.NAME}.md")
    assert shown["sources"][0]["doc"] == "professionalization-initiative-2021"
    assert "Where outsourcing ends" in home.run("modules", "list").out
    assert "Status: draft" in home.run("modules", "show", guide.NAME).out


def test_the_module_of_the_guide_is_clean_against_the_catalogue(home: Home, folder: Path) -> None:
    ran = home.run("modules", "check", folder)

    assert (ran.status, ran.err) == (0, "")
    assert ran.out == "1 modules checked, 0 faults.\n"


def test_every_fault_is_told_with_its_place_and_ends_with_status_1(
    home: Home, folder: Path
) -> None:
    path = folder / f"{guide.NAME}.md"
    bad = TEXT.replace("保持清醒的预见性", "保持警惕").replace("minutes: 4", "minutes: soon")
    path.write_text(bad, "utf-8")
    ran = home.run("modules", "check", path)
    lines = home.run("modules", "check", path, "--json").lines

    assert ran.status == 1
    assert f"{path}:10: The minutes soon cannot be." in ran.out
    assert "stands in no passage of the document" in ran.out
    assert {"field.number", "quote.gone"} <= {line["rule"] for line in lines}
    assert all(line["cure"] and line["path"] == str(path) for line in lines)


def test_a_new_module_is_a_draft_in_the_own_folder(home: Home, folder: Path) -> None:
    made = home.run("modules", "new", "our-02-new", "--track", "our-own-track", "--json").value
    again = home.run("modules", "new", "our-02-new", "--track", "our-own-track")

    assert made["path"] == str(folder / "our-02-new.md")
    assert Path(made["path"]).is_file()
    assert (again.status, again.out) == (1, "")
    assert "choose another id" in again.err


def test_two_people_approve_and_an_edit_takes_it_back(home: Home, folder: Path) -> None:
    path = folder / f"{guide.NAME}.md"
    first = home.run("modules", "approve", guide.NAME, "--by", "Li", "--json").value
    twice = home.run("modules", "approve", guide.NAME, "--by", "li")
    second = home.run("modules", "approve", guide.NAME, "--by", "Wang", "--role", "ethics")

    assert (first["status"], first["approvals"]) == ("in_review", ["Li"])
    assert (twice.status, "another person" in twice.err) == (1, True)
    assert second.out == f"Noted: {guide.NAME} is approved.\n"
    assert home.run("modules", "check", path).status == 0
    path.write_text(path.read_text("utf-8").replace("三句都答", "三句全答"), "utf-8")
    assert {f["rule"] for f in home.run("modules", "check", path, "--json").lines} == {
        "approval.stale", "approval.few",
    }  # fmt: skip
    (listed,) = home.run("modules", "list", "--track", "our-own-track", "--json").value
    assert listed["status"] != "approved"


def test_what_has_faults_cannot_be_approved(home: Home, folder: Path) -> None:
    (folder / f"{guide.NAME}.md").write_text(TEXT.replace("保持清醒", "保持"), "utf-8")
    ran = home.run("modules", "approve", guide.NAME, "--by", "Li")

    assert (ran.status, ran.out) == (1, "")
    assert "cannot be approved before its faults are mended (1)" in ran.err


@pytest.mark.parametrize(("form", "name"), [("moodle-xml", "bank.xml"), ("gift", "bank.gift")])
def test_a_bank_goes_out_and_comes_in_as_a_draft(
    home: Home, folder: Path, tmp_path: Path, form: str, name: str
) -> None:
    out = tmp_path / name
    told = home.run("modules", "export", guide.NAME, "--format", form, "--out", out, "--json").value
    clash = home.run("modules", "import", out, "--track", "our-own-track")
    (folder / f"{guide.NAME}.md").unlink()
    made = home.run("modules", "import", out, "--track", "our-own-track", "--json").value

    assert (told["modules"], told["items"]) == (1, 7)
    assert {loss["kind"] for loss in told["losses"]} == {"cards"}
    assert (clash.status, "already" in clash.err) == (1, True)
    assert [draft["id"] for draft in made["drafts"]] == [guide.NAME]
    assert "type=dilemma" in Path(made["drafts"][0]["path"]).read_text("utf-8")


def test_what_is_no_bank_is_refused_in_a_sentence(home: Home, tmp_path: Path) -> None:
    for name, data in (("a.xml", b"<html>"), ("b.gift", b"nothing"), ("c.txt", b"\xff\xfe\x00")):
        (tmp_path / name).write_bytes(data)
        ran = home.run("modules", "import", tmp_path / name, "--track", "our-own-track")
        assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)


@pytest.mark.usefixtures("folder")
def test_an_export_that_cannot_be_written_says_so_and_leaves_nothing(
    home: Home, tmp_path: Path
) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    ran = home.run("modules", "export", "--format", "gift", "--out", closed / "missing" / "x.gift")

    assert ran.status == 1
    assert "does not allow it" in ran.err
    assert list(closed.iterdir()) == []


def test_without_a_language_model_one_sentence_says_what_to_set(home: Home) -> None:
    ran = home.run(
        "modules", "draft", "professionalization-initiative-2021", "四、",
        "--id", "our-03-draft", "--track", "professional-practice",
    )  # fmt: skip

    assert (ran.status, ran.out, ran.err.count("\n")) == (1, "", 1)
    assert "LIBCOACH_LLM_BASE_URL and LIBCOACH_LLM_MODEL" in ran.err
