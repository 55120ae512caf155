import os
import time
from pathlib import Path

import pytest

from tests.training_modules import guide
from training_modules.shelf import Shelf
from training_modules.writing import track_as_yaml


def put(folder: Path, text: str, name: str = guide.NAME) -> Path:
    path = folder / "professional-practice" / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


@pytest.fixture
def library(tmp_path: Path) -> Path:
    library = tmp_path / "library"
    put(library, guide.text())
    track = track_as_yaml(guide.TRACK)
    (library / "professional-practice" / "track.yaml").write_text(track, "utf-8")
    return library


def test_modules_tracks_and_items_are_found_by_their_ids(library: Path) -> None:
    shelf = Shelf.open(None, library)
    module = shelf.module(guide.NAME)

    assert module is not None
    assert shelf.modules() == (module,)
    assert shelf.tracks() == (guide.TRACK,)
    assert shelf.track("professional-practice") == guide.TRACK
    item = shelf.item(guide.NAME, "q1")
    assert item is not None
    assert item.key == ("b",)
    assert shelf.item(guide.NAME, "q9") is None
    assert shelf.item("nothing-here", "q1") is None
    assert shelf.module("nothing-here") is None
    assert shelf.track("nothing-here") is None


def test_an_own_module_stands_before_a_shipped_one(library: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    put(own, guide.text().replace("Where outsourcing ends", "Our own"))
    module = Shelf.open(own, library).module(guide.NAME)

    assert module is not None
    assert module.title.en == "Our own"


def test_a_home_without_modules_is_no_matter(library: Path, tmp_path: Path) -> None:
    assert len(Shelf.open(tmp_path / "nowhere", library).modules()) == 1


def test_a_changed_file_is_read_again_and_a_deleted_one_is_gone(library: Path) -> None:
    shelf = Shelf.open(None, library)
    path = put(library, guide.text())
    assert shelf.module(guide.NAME) is not None

    put(library, guide.text().replace("Where outsourcing ends", "Changed"))
    os.utime(path, ns=(1, 1))
    module = shelf.module(guide.NAME)
    assert module is not None
    assert module.title.en == "Changed"

    path.unlink()
    assert shelf.module(guide.NAME) is None


def test_a_file_with_a_fault_of_form_is_not_on_the_shelf_and_is_named(library: Path) -> None:
    path = put(library, guide.text().replace("minutes: 4", "minutes: soon"))
    shelf = Shelf.open(None, library)

    assert shelf.modules() == ()
    assert [(fault.path, fault.rule) for fault in shelf.faults()] == [(path, "field.number")]


def test_modules_come_in_the_order_of_their_track(library: Path) -> None:
    for name in ("practice-10-first", "practice-01-unlisted"):
        put(library, guide.text().replace(guide.NAME, name), name)
    track = track_as_yaml(guide.TRACK).replace("modules:", "modules:\n  - practice-10-first")
    (library / "professional-practice" / "track.yaml").write_text(track, "utf-8")

    names = [module.id for module in Shelf.open(None, library).modules()]
    assert names == ["practice-10-first", guide.NAME, "practice-01-unlisted"]


def test_forty_modules_are_read_in_a_moment_and_then_at_once(tmp_path: Path) -> None:
    for n in range(40):
        put(tmp_path, guide.text().replace(guide.NAME, f"practice-{n}-x"), f"practice-{n}-x")
    shelf = Shelf.open(None, tmp_path)
    begun = time.perf_counter()
    assert len(shelf.modules()) == 40
    first = time.perf_counter() - begun
    begun = time.perf_counter()
    shelf.modules()

    # Far above what it takes, for machines that are busy.
    assert first < 1
    assert time.perf_counter() - begun < 0.1
