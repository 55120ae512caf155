from pathlib import Path

import pytest

from foundation.errors import UnknownDocument
from knowledge.document import Reading
from knowledge.readers.dispatch import read
from retrieval import own_cards
from retrieval.cards import Card, load_own_cards

TEXT = """# 团体借阅办法

## 一、适用范围

本办法适用于机关、学校和企业的团体读者。其他读者另行规定。

## 二、借阅数量

团体读者一次可以借三十本书，借期六十天。
"""


@pytest.fixture
def reading() -> Reading:
    return read("办法.md", TEXT.encode())


def test_a_card_is_begun_for_each_section_with_its_first_sentence(reading: Reading) -> None:
    cards = list(own_cards.begun("办法", reading))

    assert [card.section for card in cards] == ["一、适用范围", "二、借阅数量"]
    assert cards[0].quotes == ("本办法适用于机关、学校和企业的团体读者。",)
    assert all(card.is_draft for card in cards)


def test_what_is_written_is_read_again(tmp_path: Path, reading: Reading) -> None:
    cards = [
        Card("办法", "二、借阅数量", ("借期六十天",), ("能借多久？", "How long?"), "Sixty days.")
    ]
    path = own_cards.file_of(tmp_path, "办法")
    own_cards.write_cards(path, [*cards, *own_cards.begun("办法", reading)])

    assert own_cards.cards_in(path, "办法") == [*cards, *own_cards.begun("办法", reading)]
    assert list(load_own_cards(tmp_path)) == cards
    assert own_cards.cards_in(tmp_path / "none.yaml", "none") == []


def test_only_a_draft_with_a_question_is_accepted(reading: Reading) -> None:
    begun = list(own_cards.begun("办法", reading))
    written = Card("办法", begun[0].section, begun[0].quotes, ("谁能借？",), is_draft=True)

    accepted = own_cards.accepted([written, begun[1]])

    assert [card.is_draft for card in accepted] == [False, True]


def test_a_quote_that_does_not_stand_there_is_named(reading: Reading) -> None:
    wrong = Card("办法", "二、借阅数量", ("借期九十天",), ("能借多久？",))

    assert "借期九十天" in own_cards.problems_of([wrong], "办法", reading)[0]
    assert own_cards.problems_of(own_cards.begun("办法", reading), "办法", reading) == []


def test_a_file_that_cannot_be_read_is_said(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_text("- [", "utf-8")

    with pytest.raises(UnknownDocument, match="cannot be read"):
        own_cards.cards_in(path, "x")
