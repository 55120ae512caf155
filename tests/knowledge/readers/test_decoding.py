import codecs
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.founding import FOLDER, founding_ids
from knowledge.readers.decoding import decode

TRADITIONAL = (
    "臺南市立圖書館（以下簡稱本館）為建立完整且具特色之館藏，滿足市民資訊、休閒與終身學習之需求。",
    "本政策經館務會議通過後實施，修正時亦同。",
    "館藏每三年淘汰一次，汰舊率以百分之三為上限；視聽資料以公播版為優先，電子資源依使用率逐年檢討。",
    "第五章　監督檢查",
    "投票選舉",
)


def paragraphs() -> Iterator[str]:
    for document in founding_ids():
        text = (FOLDER / f"{document}.txt").read_text("utf-8")
        yield from (line.strip() for line in text.split("\n") if len(line.strip()) >= 8)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
        ("gb18030", b""),
    ],
)
def test_every_line_of_the_founding_documents_comes_back_from(encoding: str, mark: bytes) -> None:
    wrong = [text for text in paragraphs() if decode(mark + text.encode(encoding)) != text]
    # A line of English whose only sign beyond ASCII is one comma can be read either way.
    assert [text for text in wrong if sum(ord(sign) > 127 for sign in text) > 2] == []


@pytest.mark.parametrize("document", founding_ids())
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_a_whole_document_comes_back_from(document: str, encoding: str) -> None:
    text = (FOLDER / f"{document}.txt").read_text("utf-8")
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", TRADITIONAL)
@pytest.mark.parametrize("encoding", ["big5", "big5hkscs", "utf-8", "utf-16", "gb18030"])
def test_traditional_text_comes_back_from(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_line_ends_of_every_system_are_plain() -> None:
    assert decode("甲\r\n乙\r丙\n丁\u2028戊".encode()) == "甲\n乙\n丙\n丁\n戊"


def test_control_characters_go_and_page_breaks_stay() -> None:
    assert decode("甲\x00\x07乙\ufeff\f丙".encode()) == "甲乙\f丙"


def test_a_file_cut_in_the_middle_of_a_character_is_read_to_there() -> None:
    assert decode("公共图书馆".encode()[:-1]) == "公共图书"


def test_a_few_broken_bytes_do_not_make_another_encoding_of_a_text() -> None:
    whole = "公共图书馆应当免费向社会公众提供服务。".encode()
    assert decode(whole + b"\xff" + whole).replace("\ufffd", "") == whole.decode() * 2


def test_wide_text_without_a_mark_is_known_by_its_zeros() -> None:
    text = "Annual report 2024 of the library\n" * 3
    assert decode(text.encode("utf-16-le")) == text
    assert decode(text.encode("utf-16-be")) == text


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400))
def test_any_bytes_at_all_become_some_text(data: bytes) -> None:
    text = decode(data)
    assert "\r" not in text
    assert "\x00" not in text


@settings(max_examples=200)
@given(st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=200))
def test_utf_8_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode()) == text
    assert decode(codecs.BOM_UTF8 + text.encode()) == text
