import pytest

from knowledge.readers.inline import clean
from knowledge.readers.tidying import tidy


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("**（一）优化空间。** 新建书房", "（一）优化空间。 新建书房"),
        ("关于**“十四五”**规划", "关于“十四五”规划"),
        ("*重点*内容和 _斜体_ ~~删去~~", "重点内容和 斜体 删去"),
        ("获奖：张**、李**", "获奖：张**、李**"),
        ("电话138****5678", "电话138****5678"),
        ("3*4=12，file_name_a", "3*4=12，file_name_a"),
        ("5 \\* 3 \\_", "5 * 3 _"),
        ("用`<b>*x*</b>`写", "用<b>*x*</b>写"),
        ("[![图](a.png)](b.html)", "图"),
        ('[通知](http://a.b/c_(d) "题")与[1]', "通知与[1]"),
        ("<desk@a.cn> <https://a.cn/x>", "desk@a.cn https://a.cn/x"),
        ("连接<WIFI>，温度<20", "连接<WIFI>，温度<20"),
        ("甲<br/>乙<b>丙</b><p>丁</p>", "甲 乙丙 丁"),
        ("AT&amp;T&nbsp;&eacute;&#22270;&nosuch;", "AT&T é图&nosuch;"),
        ("甲<!-- 注 -->乙", "甲乙"),
    ],
)
def test_marks_are_taken_off_and_signs_are_left(raw: str, text: str) -> None:
    assert clean(raw).text == text


@pytest.mark.parametrize(
    ("raw", "text", "marks"),
    [
        ("藏量<sup>2,5</sup>", "藏量", ("2", "5")),
        ("六本<sup>[1]</sup>。", "六本。", ("1",)),
        ("六本[^a]。", "六本。", ("a",)),
        ("100m<sup>2</sup>", "100m²", ()),
        ("14<sup>th</sup>", "14th", ()),
    ],
)
def test_raised_numbers_are_marks_or_exponents(raw: str, text: str, marks: tuple[str, ...]) -> None:
    cleaned = clean(raw)
    assert (cleaned.text, cleaned.marks) == (text, marks)


def test_what_is_dropped_is_reported_with_its_place() -> None:
    raw = "见[通知](http://a.b)<b>第三条</b>&mdash;"
    drops = [(drop.rule, drop.span.start - 100) for drop in clean(raw, 100).drops]
    assert drops == [("link target", 4), ("tag", 17), ("tag", 23), ("entity", 27)]


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("第一章  总　则", "第一章 总则"),
        ("附 则", "附则"),
        ("摘 要: 图书馆", "摘要: 图书馆"),
        ("目 的 地 在此", "目的地 在此"),
        ("日期：  年  月  日", "日期： 年 月 日"),
        ("是 否", "是 否"),
        ("张三 李四", "张三 李四"),
        ("文化( 提升能力) ，促进 。", "文化(提升能力)，促进。"),
        ("图书馆\n服务 and\nlibrary", "图书馆服务 and library"),
        ("co\u00adop\u200berate", "cooperate"),
        ("the “quoted ” text", "the “quoted ” text"),
        ("  two   words ", "two words"),
    ],
)
def test_white_space_is_put_in_order(raw: str, text: str) -> None:
    assert tidy(raw) == text
