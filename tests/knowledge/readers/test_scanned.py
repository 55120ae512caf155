from dataclasses import dataclass, field
from io import BytesIO
from typing import Any

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from foundation.errors import UnreadableDocument
from knowledge.readers import scanned
from knowledge.readers.portable import read_pdf
from knowledge.readers.scanned import Recogniser, listed, read_image
from knowledge.source import Role
from tests.pdf_making import Paper, chinese_font

PAGE = np.zeros((1754, 1240), dtype=np.uint8)
SENTENCES = ("公共图书馆是公益性文化机构。", "应当坚持以人民为中心。")


@dataclass
class Findings:
    """What a recogniser gives: boxes of four corners, their words and how sure it is."""

    boxes: Any = None
    txts: Any = None
    scores: Any = None


@dataclass
class Engine:
    """Finds the same lines on every page and counts the pages; each costs ten seconds."""

    lines: list[tuple[float, str, float]]
    now: list[float] = field(default_factory=lambda: [0.0])

    def __call__(self, _: Any) -> Findings:
        self.now[0] += 10
        boxes = [[[200, y], [900, y], [900, y + 36], [200, y + 36]] for y, _, _ in self.lines]
        texts, scores = [t for _, t, _ in self.lines], [s for _, _, s in self.lines]
        return Findings(boxes, texts, scores) if boxes else Findings()

    def recogniser(self, seconds: float) -> Recogniser:
        return Recogniser(seconds, clock=lambda: self.now[0], engine=lambda: self)


def a_picture(kind: str) -> bytes:
    font = ImageFont.truetype(str(chinese_font()), 32)
    image = Image.new("L", (1000, 300), 255)
    for number, sentence in enumerate(SENTENCES):
        ImageDraw.Draw(image).text((60, 60 + 90 * number), sentence, font=font, fill=0)
    stream = BytesIO()
    image.save(stream, kind)
    return stream.getvalue()


def test_lines_made_out_keep_their_order_and_doubtful_ones_are_left() -> None:
    engine = Engine([(400, "second", 0.9), (300, "first", 0.9), (500, "smudge", 0.2)])

    sheet = engine.recogniser(60).sheet(PAGE, 1, 0)

    assert [line.text for line in sheet.lines] == ["first", "second"]


def test_a_page_on_which_nothing_is_made_out_is_empty() -> None:
    assert Engine([]).recogniser(60).sheet(PAGE, 1, 0).flows == []


def test_a_scan_too_long_for_its_time_is_refused_at_once_with_how_to_split_it() -> None:
    engine = Engine([(300, "words", 0.9)])

    with pytest.raises(UnreadableDocument, match="at most: 6"):
        engine.recogniser(60).sheet(PAGE, 1, 99)
    assert engine.now == [10]


def test_page_numbers_are_told_as_people_write_them() -> None:
    assert listed([4]) == "Page 4"
    assert listed([1, 3, 4, 5, 9]) == "Pages 1, 3–5, 9"


@pytest.mark.skipif(scanned.is_available(), reason="text recognition is installed")
def test_without_the_extra_a_picture_is_refused_with_the_way_to_install_it() -> None:
    with pytest.raises(UnreadableDocument, match=r"pip install -c constraints.txt rapidocr"):
        read_image(b"\x89PNG")


@pytest.mark.slow
@pytest.mark.skipif(not scanned.is_available(), reason="the optional extra `ocr` is not installed")
class TestWithTheExtra:
    @pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF", "WEBP"])
    def test_pictures_are_made_out(self, kind: str) -> None:
        source = read_image(a_picture(kind))

        assert "".join(block.text for block in source.blocks) == "".join(SENTENCES)
        assert source.warnings == (
            "Page 1: the text was made out from a picture; compare it before citing.",
        )

    def test_a_picture_that_is_damaged_is_refused(self) -> None:
        with pytest.raises(UnreadableDocument, match="damaged"):
            read_image(a_picture("PNG")[:2000])

    def test_pages_of_pictures_within_a_pdf_are_made_out(self) -> None:
        paper = Paper()
        paper.add_page()
        paper.say(60, 80, "A page of text before the scan.")
        paper.add_page()
        paper.image(BytesIO(a_picture("PNG")), 60, 60, 480)

        source = read_pdf(paper.bytes())

        made_out = [b.text for b in source.blocks if b.page == 2 and b.role is Role.TEXT]
        assert "".join(made_out) == "".join(SENTENCES)
