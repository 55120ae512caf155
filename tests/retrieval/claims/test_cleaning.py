"""A model's sentence as plain text."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from retrieval.claims.cleaning import plain


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("**到2025年**，数字资源达到500TB。[1][2]", "到2025年，数字资源达到500TB。"),
        ("押金<b>50元</b>。", "押金50元。"),
        ("见<a href='https://evil.example'>这里</a>。", "见这里。"),
        ("见[这里](https://evil.example/?q=1)。", "见这里。"),
        ("图![x](https://evil.example/y.png)完", "图完"),
        ("点 javascript:alert(1) 完", "点完"),
        ("<script>alert(1)</script>你好", "你好"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;你好", "你好"),
        ("&amp;lt;b&amp;gt;你好", "你好"),
        ("- 坚守初心（来源3）【1】", "坚守初心"),
        ("1. 坚守初心 [^2]", "坚守初心"),
        ("# 标题", "标题"),
        ("A\u202eB\u200bC\x07D", "ABCD"),
        ("低于<5%的馆，2.5万册", "低于<5%的馆,2.5万册".replace(",", "，")),
        ("第一行\n第二行", "第一行第二行"),
        ("One line\nand two.", "One line and two."),
    ],
)
def test_what_is_said_is_kept_and_what_dresses_it_is_not(said: str, shown: str) -> None:
    assert plain(said) == shown


@given(st.text(alphabet="ab好<>/[]()!*_#`&lt;123:. \n\u202e", max_size=60))
def test_no_tag_no_link_and_no_hidden_sign_is_left(text: str) -> None:
    shown = plain(text)

    assert not re.search(r"<[a-z/!]", shown)
    assert not re.search(r"\[[a-z]+\]\([a-z]*\)|[\n\u202e`]", shown)
