"""The dense half never raises, and changes its model without leaving anybody without answers."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from foundation.errors import ModelUnavailable
from retrieval.dense import DenseHalf
from retrieval.embedding import Embedder
from retrieval.segment import Text
from retrieval.vectors.collection import models_in
from retrieval.vectors.folder import VectorFolder
from retrieval.vectors.places import FolderPlace
from retrieval.vectors.server import ServerPlace
from tests.word_hashing import WordHashing

ONE = Text("one", 0, "公共图书馆应当免费开放", "")
TWO = Text("two", 0, "读者应当爱护文献信息", "")


@pytest.fixture
def place(tmp_path: Path) -> Iterator[FolderPlace]:
    opened = FolderPlace(VectorFolder(tmp_path))
    yield opened
    opened.close()


def opened(setting: str | None) -> Embedder:
    """Settings are the seeds of models; an unknown one cannot be opened."""
    if setting == "unknown":
        raise ModelUnavailable("There is no such model.")
    return WordHashing(int(setting or 0))


def dense(place: FolderPlace | ServerPlace, setting: str | None = None) -> DenseHalf:
    return DenseHalf(place, setting, opened)


def versions_found(half: DenseHalf, question: str = "公共图书馆") -> set[str]:
    return {found.version for found in half.search(question, 9)}


def test_it_finds_what_it_was_given(place: FolderPlace) -> None:
    half = dense(place)
    half.put([ONE, TWO])

    assert half.search("公共图书馆免费开放", 1)[0].version == "one"
    assert half.versions() == {"one", "two"}
    assert half.trouble is None


def test_the_model_before_serves_until_the_new_one_has_everything(place: FolderPlace) -> None:
    dense(place).put([ONE, TWO])
    half = dense(place, "7")

    assert half.versions() == set()
    assert versions_found(half) == {"one", "two"}
    half.put([ONE])
    assert half.versions() == {"one"}
    assert versions_found(half) == {"one", "two"}
    assert len(models_in(place)) == 2


def test_when_the_new_model_has_everything_the_one_before_is_thrown_away(
    place: FolderPlace,
) -> None:
    dense(place).put([ONE, TWO])
    dense(place, "7").put([ONE])

    half = dense(place, "7")
    half.put([TWO])

    assert [model.name for model in models_in(place)] == ["word-hashing-7"]
    assert versions_found(half) == {"one", "two"}


def test_going_back_to_the_model_before_costs_nothing(place: FolderPlace) -> None:
    dense(place).put([ONE, TWO])
    dense(place, "7").put([ONE])

    half = dense(place)

    assert half.versions() == {"one", "two"}
    assert versions_found(half) == {"one", "two"}


def test_what_is_removed_goes_from_every_model(place: FolderPlace) -> None:
    dense(place).put([ONE, TWO])
    half = dense(place, "7")
    half.put([ONE])

    half.remove({"one"})

    assert versions_found(half) == {"two"}


def test_a_model_that_does_not_open_is_said_and_finds_nothing(place: FolderPlace) -> None:
    half = dense(place, "unknown")

    half.put([ONE])
    half.remove(["one"])

    assert half.search("公共图书馆", 3) == []
    assert half.versions() is None
    assert half.trouble == "There is no such model."


def test_a_server_that_is_away_is_said_and_finds_nothing() -> None:
    half = dense(ServerPlace("http://127.0.0.1:9"))

    half.put([ONE])

    assert half.search("公共图书馆", 3) == []
    assert half.versions() is None
    assert "http://127.0.0.1:9 does not answer" in (half.trouble or "")


def test_damaged_vectors_are_said_once_and_made_anew(place: FolderPlace, tmp_path: Path) -> None:
    dense(place).put([ONE])
    place.close()
    (tmp_path / "chroma" / "chroma.sqlite3").write_bytes(b"damaged" * 1000)
    half = dense(place)

    assert half.search("公共图书馆", 3) == []
    assert "documents check" in (half.trouble or "")
    assert half.versions() == set()
    half.put([ONE])
    assert half.trouble is None
    assert versions_found(half) == {"one"}
