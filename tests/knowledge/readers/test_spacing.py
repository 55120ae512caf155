import pytest

from knowledge.readers.spacing import are_wrapped, joined, lines_of, tidy


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        (" 公共\n　　图书馆 ", "公共图书馆"),
        ("public\nlibrary", "public library"),
        ("公共 图书馆", "公共 图书馆"),
        ("第一章　　总则", "第一章 总则"),
        ("a\u200b\ufeffb\x00c", "abc"),
        ("说：\n“好”", "说：“好”"),
    ],
)
def test_white_space_stays_where_it_parts_words(text, clean):
    assert tidy(text) == clean


def test_lines_are_joined_unless_they_end_or_begin_something():
    assert lines_of("公共图书馆\n发展规划") == ["公共图书馆发展规划"]
    assert lines_of("第一条 甲。\n乙") == ["第一条 甲。", "乙"]
    assert lines_of("联系人：张三\n电话：123") == ["联系人：张三", "电话：123"]
    assert lines_of("目标\n（一）甲\n\n乙") == ["目标", "（一）甲", "乙"]
    assert lines_of(" \n ") == []
    assert joined(["a", "b"]) == "a b"


def test_lines_of_one_width_that_end_nowhere_are_wrapped():
    assert are_wrapped(["公共图书馆事业是文化建设的重要内容"] * 6)
    assert not are_wrapped(["公共图书馆事业是文化建设的内容。"] * 6)
    assert not are_wrapped(["首页", "新闻", "联系", "关于", "更多"])
