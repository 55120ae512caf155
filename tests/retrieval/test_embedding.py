"""The shipped static model: as sentence-transformers reads it, but without torch."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Final

import numpy as np
import pytest

from foundation.errors import ModelUnavailable
from retrieval.embedding import SHIPPED, StaticEmbedder, open_embedder

ROOT: Final = Path(__file__).resolve().parents[2]
MOST_BYTES: Final = 20_000_000

EMBED_AND_SAY_WHAT_IS_LOADED: Final = """
import sys
from retrieval.embedding import open_embedder
assert open_embedder(None).embed(["图书馆几点开门"]).any()
print(*{name.partition(".")[0] for name in sys.modules})
"""


@pytest.mark.slow
def test_sentence_transformers_gives_the_same_vectors() -> None:
    from sentence_transformers import SentenceTransformer

    texts = [
        "浙江图书馆2025年数字资源总量目标是多少？",
        "到二〇二五年，数字资源总量达到500TB。\n\n（一）强化阅读推广",
        "What does IFLA promise emerging leaders?",
        "emoji 😀 between words, naïve café, ﬁne, STRASSE straße",
        "圖書館員的專業倫理：ＡＢＣ１２３",
        "日本語の図書館、한국어 도서관, библиотека, مكتبة",
        "😀🎉👩‍🏫",
        "",
        " \x00\x1f\t\n",
        "第十二条 公共图书馆应当免费开放。" * 5_000,
    ]

    expected = SentenceTransformer(str(SHIPPED), device="cpu").encode(texts)

    np.testing.assert_allclose(open_embedder(None).embed(texts), expected, atol=1e-4)


def test_embedding_loads_neither_torch_nor_transformers(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", EMBED_AND_SAY_WHAT_IS_LOADED],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr
    loaded = set(done.stdout.split())
    assert "tokenizers" in loaded
    assert not loaded & {"torch", "transformers", "sentence_transformers", "scipy"}


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("圖書館資訊服務", "图书馆资讯服务"),
        ("ＩＦＬＡ　２０２４", "ifla 2024"),
        ("Library", "LIBRARY"),
        ("Straße", "STRASSE"),
        ("图书馆，开放。", "图书馆 开放"),
    ],
)
def test_what_only_looks_different_has_the_same_vector(one: str, other: str) -> None:
    vectors = open_embedder(None).embed([one, other])

    np.testing.assert_array_equal(vectors[0], vectors[1])


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("小孩子可以去图书馆看书吗", "公共图书馆应当设置少年儿童阅览区域，免费向未成年人开放。"),
        (
            "加班有没有补偿",
            "用人单位安排劳动者延长工作时间的，支付不低于工资百分之一百五十的报酬。",
        ),
        ("狗咬人谁负责", "饲养的动物造成他人损害的，动物饲养人或者管理人应当承担侵权责任。"),
        ("reading promotion activities", "举办全民阅读推广活动，培养阅读习惯。"),
        ("open access to library collections", "推动馆藏文献资源开放获取。"),
    ],
)
def test_a_question_is_nearest_to_its_answer(question: str, answer: str) -> None:
    others = [
        "增值税一般纳税人应当自纳税期满之日起十五日内申报纳税。",
        "船舶进出港口应当遵守海事管理机构公布的航行规定。",
        "太阳系由太阳和围绕它运行的八大行星组成。",
        "国家实行森林资源清查制度。",
    ]
    embedder = open_embedder(None)

    likeness = embedder.embed([answer, *others]) @ embedder.embed([question], questions=True)[0]

    assert likeness.argmax() == 0


def test_the_name_changes_with_the_weights(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    weights = folder / "model.safetensors"
    changed = bytearray(weights.read_bytes())
    changed[-1] ^= 1
    weights.write_bytes(changed)

    assert StaticEmbedder(folder).name != open_embedder(None).name


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json"])
@pytest.mark.parametrize("content", [None, b"", b"\xff" * 100])
def test_a_damaged_model_is_said_to_be_damaged(
    name: str, content: bytes | None, tmp_path: Path
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    (folder / name).unlink()
    if content is not None:
        (folder / name).write_bytes(content)

    with pytest.raises(ModelUnavailable, match="missing or damaged"):
        StaticEmbedder(folder)


def test_the_model_is_small_enough_for_the_repository() -> None:
    assert sum(file.stat().st_size for file in SHIPPED.rglob("*") if file.is_file()) < MOST_BYTES
