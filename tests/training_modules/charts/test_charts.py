"""Every chart shows its Chinese; a lacking letter would be a warning, and warnings are errors."""

import re
import struct
from collections.abc import Callable
from datetime import date

import pypdfium2
import pytest

from foundation.wording import keys, say
from training_modules.charts import (
    Award,
    Bar,
    Span,
    Sureness,
    before_after_chart,
    calibration_chart,
    certificate,
    funnel_chart,
    levels_chart,
    progress_picture,
    recommendation_chart,
)
from training_modules.charts.canvas import FONT, showable

AWARD = Award("谢明慧", "价值与职业道德", date(2026, 11, 21), 160, 8, "K7QW2ZP9", "浙江图书馆")
STAGES = [("加入", 200), ("学完全程", 155), ("三十天后作答", None)]
SURE = [
    Sureness("拿不准", 0.5, 0.4, 0.6),
    Sureness("比较确定", None),
    Sureness("很确定", 1.0, 0.9, 1),
]
CHARTS: dict[str, Callable[[str], bytes]] = {
    "funnel": lambda language: funnel_chart(STAGES, language),
    "pairs": lambda _: before_after_chart([Span("知识", 0.6, 0.8, 0.1, 0.3)], ("学前", "学后")),
    "one point": lambda _: before_after_chart(
        [Span("信心", 3, 3)], ("学前", "学后"), least=1, most=5, is_share=False
    ),
    "sureness": lambda language: calibration_chart(SURE, language),
    "levels": lambda language: levels_chart(STAGES, {1, 2}, language),
    "nobody": lambda language: levels_chart([("没有", 0)], set(), language),
    "score": lambda language: recommendation_chart(
        -12.5, -40, 15, [("推荐者", 0.3), ("中立者", 0.27), ("不推荐者", 0.43)], language
    ),
    "score alone": lambda language: recommendation_chart(
        100, None, None, [("推荐者", None)], language
    ),
    "progress": lambda language: progress_picture(
        [Bar("核心价值", 0.9, 12)], language, "掌握", "注"
    ),
    "no progress": lambda language: progress_picture([], language),
}  # fmt: skip


def size(png: bytes) -> tuple[int, int]:
    assert png.startswith(b"\x89PNG\r\n")
    width, height = struct.unpack(">II", png[16:24])
    return width, height


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("name", CHARTS)
def test_a_chart_is_drawn_with_all_its_letters(name: str, language: str) -> None:
    width, height = size(CHARTS[name](language))

    assert width > 900
    assert height > 100


def test_the_same_values_make_the_same_bytes() -> None:
    assert CHARTS["funnel"]("zh") == CHARTS["funnel"]("zh")
    assert certificate(AWARD, "zh") == certificate(AWARD, "zh")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_certificate_is_one_page_across_with_all_its_words(language: str) -> None:
    page = pypdfium2.PdfDocument(certificate(AWARD, language))[0]

    said = page.get_textpage().get_text_range()
    assert [round(side) for side in page.get_size()] == [842, 595]
    for words in ("谢明慧", "价值与职业道德", "K7QW2ZP9", "浙江图书馆"):
        assert words in said
    assert ("2026年11月21日" if language == "zh" else "21 November 2026") in said


@pytest.mark.parametrize("name", ["", "王" * 60, "O'Neil–$x_1$ <b>", "😀\u202e谢\x00", "𠮷野"])
def test_any_name_can_stand_on_a_certificate(name: str) -> None:
    award = Award(name, "A" * 200, date(2026, 1, 2), 0, 0, "ABC")

    assert certificate(award, "zh").startswith(b"%PDF")


def test_a_letter_that_no_font_has_is_marked_and_warns_nobody() -> None:
    assert showable("谢\x07明 \n 慧") == "谢〓明 慧"


def test_the_font_has_every_letter_of_the_texts() -> None:
    from matplotlib.ft2font import FT2Font

    known = FT2Font(FONT).get_charmap()
    ours = [key for key in keys() if key.startswith(("report.", "competency."))]
    texts = "".join(say(key, language) for key in ours for language in ("zh", "en"))
    letters = {letter for letter in texts if not letter.isspace()}

    assert len(ours) > 100
    assert {letter for letter in letters if ord(letter) not in known} == set()


def test_the_font_is_small_and_its_licence_is_beside_it() -> None:
    assert FONT.stat().st_size < 2_500_000
    licence = (FONT.parent / "OFL.txt").read_text("utf-8")
    assert re.search("SIL OPEN FONT LICENSE", licence)
