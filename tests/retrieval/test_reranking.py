"""A cross-encoder orders passages by what it reads; one that cannot be had is said, no more."""

from pathlib import Path

import pytest

from retrieval.reranking import CrossEncoding
from tests.tiny_transformer import make_tiny_cross_encoder

QUESTION = "图书馆开放时间"
PASSAGES = ["图书馆开放时间是多少", "the library", "读者证件"]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_tiny_cross_encoder(tmp_path_factory.mktemp("cross-encoder"))


@pytest.mark.slow
def test_it_gives_every_passage_the_score_of_the_model_itself(model: Path) -> None:
    from sentence_transformers import CrossEncoder

    scores = CrossEncoding(str(model)).scores(QUESTION, PASSAGES)

    expected = CrossEncoder(str(model)).predict([(QUESTION, passage) for passage in PASSAGES])
    assert scores == pytest.approx(expected.tolist(), abs=1e-5)
    assert all(0 <= score <= 1 for score in scores)
    assert len(set(scores)) == len(PASSAGES)


@pytest.mark.slow
def test_nothing_to_score_loads_nothing(model: Path) -> None:
    reranker = CrossEncoding(str(model))

    assert reranker.scores(QUESTION, []) == []
    assert reranker._model is None


@pytest.mark.slow
def test_a_model_with_several_outputs_is_refused(tmp_path: Path) -> None:
    reranker = CrossEncoding(str(make_tiny_cross_encoder(tmp_path, outputs=3)))

    assert reranker.scores(QUESTION, PASSAGES) == []
    assert "no single score" in (reranker.trouble or "")


def test_a_folder_that_holds_no_model_is_said_and_nothing_is_scored(tmp_path: Path) -> None:
    reranker = CrossEncoding(str(tmp_path))

    assert reranker.scores(QUESTION, PASSAGES) == []
    assert "LIBCOACH_RERANKER_MODEL" in (reranker.trouble or "")
