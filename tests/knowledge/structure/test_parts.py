from knowledge.document import Reading
from knowledge.readers.lines import read_lines
from knowledge.structure.understanding import understand
from tests.outline import outline, under

SENTENCE = "图书馆应当免费向社会公众开放公共空间设施场地，并公告开放时间。"


def read(text: str) -> Reading:
    return understand(read_lines(text), "name")


def test_a_signature_stands_in_no_numbered_section() -> None:
    reading = read(f"倡议书\n\n一、总则\n\n{SENTENCE}\n\n市图书馆\n\n二〇二四年五月一日")
    assert under(reading) == ["市图书馆", "二〇二四年五月一日"]


def test_a_date_in_the_middle_of_a_section_closes_nothing() -> None:
    reading = read(f"大事记\n\n一、开馆\n\n2024年5月1日\n\n{SENTENCE}\n\n二、扩建\n\n{SENTENCE}")
    assert under(reading, "一、开馆") == ["2024年5月1日", SENTENCE]


def test_a_text_after_a_signature_is_a_part_of_its_own() -> None:
    reading = read(
        f"关于印发借阅办法的通知\n\n各馆：\n\n{SENTENCE}\n\n市图书馆\n2024年5月1日\n\n"
        f"市图书馆借阅办法\n\n第一章 总则\n\n第一条 {SENTENCE}"
    )
    assert outline(reading) == ["市图书馆借阅办法", "  第一章 总则", "    第一条"]
    assert under(reading)[-2:] == ["市图书馆", "2024年5月1日"]


def test_an_annex_stands_beside_the_chapters_and_not_in_the_last() -> None:
    reading = read(
        f"条例\n\n第一章 总则\n\n第一条 {SENTENCE}\n\n附件\n\n管制清单\n\n一、前言\n\n{SENTENCE}"
    )
    assert outline(reading) == ["第一章 总则", "  第一条", "附件", "  管制清单", "    一、前言"]


def test_a_list_of_what_comes_with_a_letter_is_no_annex() -> None:
    reading = read(
        f"通知\n\n{SENTENCE}\n\n附件：\n\n1. 申请表\n\n2. 名单\n\n市图书馆\n\n2024年5月1日"
    )
    assert outline(reading) == []


def test_the_name_of_the_office_above_a_letter_is_not_its_title() -> None:
    reading = read(
        f"# 中国图书馆学会\n\n## 关于举办年会的通知\n\n{SENTENCE}\n\n### 一、时间\n\n{SENTENCE}"
    )
    assert reading.title == "关于举办年会的通知"


def test_the_first_of_several_parts_is_a_section_as_they_are() -> None:
    reading = read(f"# 通知\n\n{SENTENCE}\n\n# 计划\n\n{SENTENCE}")
    assert reading.title == "通知"
    assert outline(reading) == ["通知", "计划"]


def test_a_title_alone_in_its_rank_is_no_section() -> None:
    reading = read(f"# 规划\n\n{SENTENCE}\n\n## 目标\n\n{SENTENCE}")
    assert (reading.title, outline(reading)) == ("规划", ["目标"])


def test_what_stands_above_the_title_opens_nothing() -> None:
    reading = read(f"附件\n\n# 发展规划\n\n## (2021—2025)\n\n## 一、回顾\n\n{SENTENCE}")
    assert (reading.title, outline(reading)) == ("发展规划(2021—2025)", ["一、回顾"])


def test_a_file_without_a_title_is_called_by_its_name() -> None:
    assert read(SENTENCE).title == "name"
