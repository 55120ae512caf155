"""A version is whole when both halves of the index hold it; words alone still find it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge.index import Entry
from knowledge.readers.dispatch import read
from retrieval.dense import DenseHalf
from retrieval.index import SearchIndex
from retrieval.lexical import LexicalIndex
from retrieval.vectors.folder import VectorFolder
from retrieval.vectors.places import FolderPlace
from retrieval.vectors.server import ServerPlace
from tests.word_hashing import WordHashing

LAW = """# 公共图书馆法

## 第一章 总则

公共图书馆应当免费向社会公众开放。

读者应当爱护文献信息。
"""


def entry(version: str) -> Entry:
    return Entry(version, "law", "公共图书馆法", read("law.md", LAW.encode()))


@pytest.fixture
def place(tmp_path: Path) -> Iterator[FolderPlace]:
    opened = FolderPlace(VectorFolder(tmp_path / "vectors"))
    yield opened
    opened.close()


def index_at(place: FolderPlace | ServerPlace, folder: Path) -> SearchIndex:
    dense = DenseHalf(place, None, lambda _: WordHashing())
    return SearchIndex(LexicalIndex(folder / "lexical"), dense)


def test_what_is_put_is_in_both_halves_and_what_is_removed_in_none(
    place: FolderPlace, tmp_path: Path
) -> None:
    index = index_at(place, tmp_path)
    index.put([entry("a"), entry("b")])
    index.remove(["a"])

    assert index.versions() == index.lexical.versions() == index.dense.versions() == {"b"}
    assert index.proven() == {"b": len(entry("b").reading.passages)}
    assert [f.version for f in index.dense.search("免费向社会公众开放", 1)] == ["b"]


def test_a_version_without_vectors_is_not_whole_until_it_is_put_again(
    place: FolderPlace, tmp_path: Path
) -> None:
    index = index_at(place, tmp_path)
    index.put([entry("a")])
    index.dense.remove(["a"])

    assert index.versions() == set()
    assert index.proven() == {"a": 0}
    assert index.holds("a")
    index.put([entry("a")])
    assert index.versions() == {"a"}


def test_vectors_of_a_version_that_nobody_knows_are_strays(
    place: FolderPlace, tmp_path: Path
) -> None:
    index = index_at(place, tmp_path)
    index.put([entry("a"), entry("b")])
    index.lexical.remove(["b"])

    assert index.proven() == {"a": len(entry("a").reading.passages), "b": 0}


def test_renewed_versions_are_in_both_halves(place: FolderPlace, tmp_path: Path) -> None:
    index = index_at(place, tmp_path)
    index.put([entry("a")])
    index.renew([entry("a")])

    assert index.versions() == {"a"}


def test_while_the_server_is_away_words_alone_decide(tmp_path: Path) -> None:
    index = index_at(ServerPlace("http://127.0.0.1:9"), tmp_path)

    index.put([entry("a")])

    assert index.versions() == {"a"}
    assert index.proven() == {"a": len(entry("a").reading.passages)}
    assert "does not answer" in (index.trouble or "")
    index.remove(["a"])
    assert index.versions() == set()
