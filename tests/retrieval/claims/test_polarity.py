"""Denials and prohibitions, on one side only."""

import pytest

from retrieval.claims.polarity import turned_round


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("逾期的图书不得续借。", "逾期的图书不得续借"),
        ("Overdue books cannot be renewed.", "逾期的图书不得续借"),
        ("服务不断提升。", "服务持续提升"),
        ("未成年人可以办证。", "少年儿童可以办证"),
        ("没有押金。", "免押金"),
        ("规划不仅重视纸本，也重视数字。", "纸本与数字并重"),
        ("Returned no later than 30 June.", "截止时间为6月30日"),
        ("人数不超过50人。", "至多50人"),
    ],
)
def test_the_same_thing_said_otherwise_passes(sentence: str, quotes: str) -> None:
    assert not turned_round(sentence, quotes)


@pytest.mark.parametrize(
    ("sentence", "quotes"),
    [
        ("逾期的图书可以续借。", "逾期的图书不得续借"),
        ("Overdue books may be renewed.", "逾期的图书不得续借"),
        ("办证不收押金。", "押金为50元"),
        ("文件没有说明截止时间。", "申报受理截止时间为6月30日"),
        ("Readers may not return books.", "读者可以还书"),
    ],
)
def test_the_opposite_is_caught(sentence: str, quotes: str) -> None:
    assert turned_round(sentence, quotes)
