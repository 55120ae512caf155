from knowledge.document import Reading
from knowledge.readers.lines import read_lines
from knowledge.structure.understanding import understand
from tests.outline import outline, under

SENTENCE = "图书馆应当免费向社会公众开放公共空间设施场地，并公告开放时间。"


def read(text: str) -> Reading:
    return understand(read_lines(text), "name")


def dropped(reading: Reading) -> list[str]:
    spans = [drop.span for drop in reading.drops if drop.rule == "contents page"]
    return [" ".join(reading.text[span.start : span.end].split()) for span in spans]


def test_lines_with_leaders_are_dropped_with_the_word_above_them() -> None:
    reading = read(
        "目 录\n一、总则.....1\n二、服务 ……… 3\n三、附则\t12\n\n"
        f"一、总则\n\n{SENTENCE}\n\n二、服务\n\n{SENTENCE}\n\n三、附则\n\n{SENTENCE}"
    )
    assert len(dropped(reading)) == 4
    assert outline(reading) == ["一、总则", "二、服务", "三、附则"]


def test_leaders_in_a_form_are_no_contents() -> None:
    reading = read(f"登记表\n\n{SENTENCE}\n\n姓名................\n\n签名................")
    assert dropped(reading) == []


def test_contents_may_differ_a_little_from_the_headings_they_list() -> None:
    listed = ["一、工作回顾", "二、发展环境的变化", "三、指导思想"]
    headings = ["一、工作回顾", "二、发展环境", "三、指导思想"]
    reading = read(
        "目录\n\n"
        + "\n\n".join(listed)
        + "\n\n"
        + "\n\n".join(f"{h}\n\n{SENTENCE}" for h in headings)
    )
    assert dropped(reading) == ["目录", *listed]
    assert outline(reading) == headings


def test_chapters_with_nothing_between_them_are_contents_without_a_name() -> None:
    chapters = ["第一章 总则", "第二章 服务", "第三章 附则"]
    reading = read(
        "# 条例\n\n"
        + "\n\n".join(chapters)
        + "\n\n"
        + "\n\n".join(f"{c}\n\n{SENTENCE}" for c in chapters)
    )
    assert dropped(reading) == chapters
    assert outline(reading) == chapters


def test_chapters_that_lost_their_numbers_are_known_from_the_contents() -> None:
    reading = read(
        f"# 条例\n\n第一章 总 则\n\n第二章 服务\n\n第三章 附则\n\n总 则\n\n第一条 {SENTENCE}\n\n"
        f"服务\n\n第二条 {SENTENCE}\n\n附则\n\n第三条 {SENTENCE}"
    )
    assert outline(reading) == [
        "总则", "  第一条", "服务", "  第二条", "附则", "  第三条"
    ]  # fmt: skip


def test_contents_in_one_line_are_dropped() -> None:
    reading = read(
        f"# 条例\n\n第一章 总则 第二章 服务 第三章 附则\n\n第一章 总则\n\n{SENTENCE}\n\n"
        f"第二章 服务\n\n{SENTENCE}\n\n第三章 附则\n\n{SENTENCE}"
    )
    assert dropped(reading) == ["第一章 总则 第二章 服务 第三章 附则"]


def test_the_word_alone_is_kept_where_nothing_comes_again() -> None:
    reading = read(f"# 馆藏\n\n目录\n\n{SENTENCE}")
    assert dropped(reading) == []
    assert under(reading) == ["目录", SENTENCE]
