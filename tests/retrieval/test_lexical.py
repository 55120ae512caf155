import math
import random
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from foundation.errors import IndexUnavailable
from retrieval.folding import fold
from retrieval.lexical import LexicalIndex, WeightedTerms
from retrieval.segment import Text
from retrieval.terms import terms_of

_WORDS = [
    "图书馆",
    "阅读推广",
    "志愿者",
    "数字资源",
    "古籍",
    "培训",
    "标准",
    "city",
    "plan",
    "2025",
]


def _texts(seed: int, versions: int, passages: int) -> list[Text]:
    chance = random.Random(seed)
    return [
        Text(f"v{v}", n, fold("，".join(chance.choices(_WORDS, k=chance.randint(1, 12)))))
        for v in range(versions)
        for n in range(passages)
    ]


def _asked(text: str) -> WeightedTerms:
    terms = np.unique(terms_of(fold(text)))
    return WeightedTerms(terms, np.ones(len(terms), dtype=np.float32))


def _by_hand(texts: list[Text], question: str) -> dict[tuple[str, int], float]:
    """BM25 as the books give it, one passage at a time."""
    bags = {(t.version, t.number): Counter(map(int, terms_of(t.body))) for t in texts}
    average = sum(sum(bag.values()) for bag in bags.values()) / len(bags)
    scores = dict.fromkeys(bags, 0.0)
    for term in {int(t) for t in terms_of(fold(question))}:
        held = sum(term in bag for bag in bags.values())
        idf = math.log1p((len(bags) - held + 0.5) / (held + 0.5))
        for key, bag in bags.items():
            if term in bag:
                norm = 1.2 * (0.25 + 0.75 * sum(bag.values()) / average)
                scores[key] += idf * bag[term] * 2.2 / (bag[term] + norm)
    return {key: score for key, score in scores.items() if score > 0}


@pytest.mark.parametrize("parts", [1, 3, 11])
def test_scores_are_those_of_bm25_however_the_index_grew(tmp_path: Path, parts: int) -> None:
    texts = _texts(1, versions=11, passages=5)
    index = LexicalIndex(tmp_path / "index")
    for part in range(parts):
        index.put([t for t in texts if int(t.version[1:]) % parts == part])

    found = {(f.version, f.number): f.score for f in index.search(_asked("志愿者培训 plan"), 100)}

    expected = _by_hand(texts, "志愿者培训 plan")
    assert found.keys() == expected.keys()
    assert all(math.isclose(found[k], expected[k], rel_tol=1e-3) for k in found)


def test_what_is_removed_is_found_no_more_and_can_come_back(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "index")
    texts = _texts(2, versions=3, passages=4)
    index.put(texts)

    index.remove(["v1"])
    assert index.versions() == {"v0", "v2"}
    assert all(f.version != "v1" for f in index.search(_asked("图书馆培训标准"), 50))

    index.put([t for t in texts if t.version == "v1"])
    assert index.versions() == {"v0", "v1", "v2"}


def test_another_process_sees_what_was_added(tmp_path: Path) -> None:
    writer, reader = LexicalIndex(tmp_path / "index"), LexicalIndex(tmp_path / "index")
    assert reader.search(_asked("古籍"), 5) == []

    writer.put([Text("a", 0, "古籍普查")])

    assert [f.version for f in reader.search(_asked("古籍"), 5)] == ["a"]


def test_only_living_versions_answer(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "index")
    index.put([Text("a", 0, "古籍普查"), Text("b", 0, "古籍修复")])

    assert [f.version for f in index.search(_asked("古籍"), 5, {"b"})] == ["b"]


def test_a_damaged_manifest_is_said_in_one_sentence(tmp_path: Path) -> None:
    index = LexicalIndex(tmp_path / "index")
    index.put([Text("a", 0, "古籍普查")])
    (tmp_path / "index" / "manifest.json").write_text("{", "utf-8")

    with pytest.raises(IndexUnavailable, match="documents check"):
        LexicalIndex(tmp_path / "index").versions()
