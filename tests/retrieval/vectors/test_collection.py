"""One contract for Chroma in a folder, Chroma on a server, and a plain list."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from retrieval.embedding import Vectors
from retrieval.segment import Text
from retrieval.vectors.collection import VectorIndex, models_in
from retrieval.vectors.folder import VectorFolder
from retrieval.vectors.places import FolderPlace
from retrieval.vectors.server import ServerPlace
from tests.chroma_server import ChromaServer
from tests.vectors_in_memory import ListedVectors
from tests.word_hashing import WordHashing

LIBRARY = (
    Text("v1", 0, "公共图书馆应当免费开放", "公共图书馆法"),
    Text("v1", 1, "读者应当爱护图书馆的文献信息", "公共图书馆法"),
    Text("v2", 0, "emerging leaders learn from each other", "strategy"),
    Text("v2", 1, "数字资源总量目标为五百太字节", "规划"),
)
Index = VectorIndex | ListedVectors


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ChromaServer]:
    running = ChromaServer(tmp_path_factory.mktemp("chroma"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(params=["folder", "server", "list"])
def index(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Index]:
    if request.param == "list":
        yield ListedVectors(WordHashing())
        return
    place: FolderPlace | ServerPlace = FolderPlace(VectorFolder(tmp_path))
    if request.param == "server":
        place = ServerPlace(request.getfixturevalue("server").url)
    # Another model for each test, and so a collection of its own on the one server.
    yield VectorIndex(place, WordHashing(seed=hash(str(tmp_path))))
    place.close()


def vector(index: Index, text: str) -> Vectors:
    return index.embedder.embed([text])[0]


def places(index: Index, text: str, k: int = 4, **more: set[str]) -> list[tuple[str, int]]:
    return [(f.version, f.number) for f in index.search(vector(index, text), k, **more)]


def test_an_empty_index_holds_nothing_and_finds_nothing(index: Index) -> None:
    assert index.versions() == set()
    assert places(index, "图书馆") == []


def test_the_nearest_passage_comes_first_with_its_cosine(index: Index) -> None:
    index.put(LIBRARY)

    found = index.search(vector(index, "数字资源总量目标"), 2)

    assert (found[0].version, found[0].number) == ("v2", 1)
    expected = vector(index, LIBRARY[3].body + "\n" + LIBRARY[3].context)
    assert found[0].score == pytest.approx(
        float(expected @ vector(index, "数字资源总量目标")), abs=1e-4
    )
    assert found[0].score > found[1].score


def test_every_version_that_was_put_is_whole(index: Index) -> None:
    index.put(LIBRARY)

    assert index.versions() == {"v1", "v2"}


def test_putting_again_changes_nothing(index: Index) -> None:
    index.put(LIBRARY)
    index.put(LIBRARY)

    assert sorted(places(index, "图书馆", k=10)) == [("v1", 0), ("v1", 1), ("v2", 0), ("v2", 1)]


def test_a_removed_version_is_not_found_and_can_come_back(index: Index) -> None:
    index.put(LIBRARY)

    index.remove({"v1", "never there"})

    assert index.versions() == {"v2"}
    assert {version for version, _ in places(index, "公共图书馆")} == {"v2"}
    index.put(LIBRARY)
    assert places(index, "公共图书馆免费开放", k=1) == [("v1", 0)]


def test_only_versions_that_answer_are_found(index: Index) -> None:
    index.put(LIBRARY)

    assert {version for version, _ in places(index, "公共图书馆", k=1, live={"v2"})} == {"v2"}
    assert places(index, "公共图书馆", live=set()) == []


def test_few_that_answer_are_found_among_many_that_do_not(index: Index) -> None:
    many = [Text(f"m{n}", 0, f"公共图书馆应当免费开放，第{n}次", "") for n in range(60)]
    index.put([*many, Text("wanted", 0, "公共图书馆免费", "")])

    found = places(index, "公共图书馆应当免费开放", k=2, live={"wanted", "m7"})

    # Chroma searches approximately: among so many that are alike it may leave one of the two out.
    assert found
    assert set(found) <= {("m7", 0), ("wanted", 0)}


def test_a_question_of_unknown_words_finds_nothing(index: Index) -> None:
    index.put(LIBRARY)

    assert index.search(np.zeros(64, dtype=np.float32), 3) == []


def test_a_version_of_nothing_but_short_headings_is_whole_too(index: Index) -> None:
    index.put([Text("short", 0, "总则", "法"), Text("short", 1, "附则", "法")])

    assert index.versions() == {"short"}


def test_many_more_than_fit_into_one_batch_are_all_there(index: Index) -> None:
    index.put([Text("long", n, f"第{n}条 公共图书馆应当免费开放", "") for n in range(2500)])

    assert index.versions() == {"long"}
    assert len(index.search(vector(index, "公共图书馆"), 50)) == 50


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[FolderPlace]:
    place = FolderPlace(VectorFolder(tmp_path))
    yield place
    place.close()


def test_short_headings_get_no_vector_beside_real_passages(folder: FolderPlace) -> None:
    index = VectorIndex(folder, WordHashing())
    index.put(
        [Text("v", 0, "第一章 总则", ""), LIBRARY[0], Text("v", 1, "为了促进公共图书馆事业", "")]
    )

    assert places(index, "第一章 总则", k=9, live={"v"}) == [("v", 1)]


def test_two_models_do_not_mix_and_are_known_by_name(folder: FolderPlace) -> None:
    one, other = (VectorIndex(folder, WordHashing(n), f"setting {n}") for n in (1, 2))
    one.put(LIBRARY)
    other.put(LIBRARY[:2])

    assert other.versions() == {"v1"}
    assert models_in(folder) == [one.model, other.model]
    assert one.model.collection != other.model.collection


def test_what_is_kept_is_there_after_the_next_start(tmp_path: Path) -> None:
    def opened() -> VectorIndex:
        return VectorIndex(FolderPlace(VectorFolder(tmp_path)), WordHashing())

    index = opened()
    index.put(LIBRARY)
    assert isinstance(index.place, FolderPlace)
    index.place.close()

    again = opened()
    assert again.versions() == {"v1", "v2"}
    assert places(again, "公共图书馆免费开放", k=1) == [("v1", 0)]
