from dataclasses import replace
from pathlib import Path

import pytest

from foundation.errors import InvalidModule
from tests.training_modules import guide
from training_modules.beginning import begin
from training_modules.parsing import parse_file
from training_modules.shelf import Shelf
from training_modules.writing import track_as_yaml


@pytest.fixture
def library(tmp_path: Path) -> Path:
    folder = tmp_path / "library" / "professional-practice"
    folder.mkdir(parents=True)
    (folder / "track.yaml").write_text(track_as_yaml(guide.TRACK), "utf-8")
    return folder.parent


def test_a_draft_is_in_form_but_for_what_is_to_be_filled_in(library: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    path = begin(Shelf.open(own, library), own, "practice-91-new", "professional-practice")
    parsed = parse_file(path)

    assert path == own / "professional-practice" / "practice-91-new.md"
    assert parsed.module is not None
    assert {fault.rule for fault in parsed.faults} == {"entry.missing", "field.missing"}
    assert len(parsed.module.items) == 6


def test_a_draft_is_listed_in_an_own_track_that_keeps_the_shipped_modules(
    library: Path, tmp_path: Path
) -> None:
    own = tmp_path / "own"
    shelf = Shelf.open(own, library)
    begin(shelf, own, "practice-91-new", "professional-practice")

    expected = replace(guide.TRACK, modules=(*guide.TRACK.modules, "practice-91-new"))
    assert shelf.track("professional-practice") == expected
    assert Shelf.open(None, library).track("professional-practice") == guide.TRACK


@pytest.mark.parametrize(
    ("name", "track", "said"),
    [
        ("Practice 91", "professional-practice", "is no id"),
        ("../../etc", "professional-practice", "is no id"),
        ("practice-91-new", "no-track", "there are: professional-practice"),
    ],
)
def test_what_cannot_be_begun_is_said(
    library: Path, tmp_path: Path, name: str, track: str, said: str
) -> None:
    with pytest.raises(InvalidModule, match=said):
        begin(Shelf.open(tmp_path / "own", library), tmp_path / "own", name, track)


def test_nothing_is_written_over(library: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    shelf = Shelf.open(own, library)
    begin(shelf, own, "practice-91-new", "professional-practice")

    with pytest.raises(InvalidModule, match="there already"):
        begin(shelf, own, "practice-91-new", "professional-practice")
