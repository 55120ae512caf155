import pytest

from knowledge.document import Reading
from knowledge.readers.lines import read_lines
from knowledge.structure.understanding import understand
from tests.outline import kinds, outline, under

SENTENCE = "图书馆应当免费向社会公众开放公共空间设施场地，并公告开放时间。"


def read(text: str) -> Reading:
    return understand(read_lines(text), "name")


def test_short_items_at_the_end_of_which_a_text_follows_stay_items() -> None:
    reading = read(f"一、条件\n\n（一）有馆舍\n\n（二）有经费\n\n（三）有馆员\n\n{SENTENCE}")
    assert outline(reading) == ["一、条件"]
    assert kinds(reading, "一、条件") == ["item", "item", "item", "paragraph"]


def test_a_heading_without_text_is_a_heading_among_others_that_have_some() -> None:
    reading = read(
        f"——完善制度。\n\n{SENTENCE}\n\n——加强监督。\n\n{SENTENCE}\n\n——构建网络安全防范体系。\n\n一、下一部分"
    )
    assert outline(reading)[:3] == ["——完善制度", "——加强监督", "——构建网络安全防范体系"]


def test_a_list_of_dashes_is_no_row_of_headings() -> None:
    reading = read(f"{SENTENCE}\n\n——坚持公益\n\n——坚持均等\n\n——坚持便利")
    assert outline(reading) == []


def test_titles_with_their_text_on_the_same_line_are_cut_apart() -> None:
    reading = read(f"倡议书\n\n一、坚守使命。{SENTENCE}\n\n二、注重内涵。{SENTENCE}")
    assert outline(reading) == ["一、坚守使命", "二、注重内涵"]
    assert under(reading, "二、注重内涵") == [SENTENCE]


def test_sentences_that_are_counted_are_items_when_only_one_looks_like_a_title() -> None:
    reading = read(
        "一、要求\n\n1. 按时还书，爱护图书，不得涂画撕毁。\n\n"
        f"2. 保持安静。{SENTENCE}\n\n3. 不得在馆内吸烟饮食，不得大声喧哗。"
    )
    assert outline(reading) == ["一、要求"]
    assert kinds(reading, "一、要求") == ["item"] * 3


def test_divisions_may_stand_above_articles() -> None:
    reading = read(
        f"规定\n\n一、受案范围\n\n第一条 {SENTENCE}\n\n"
        f"二、管辖\n\n第二条 {SENTENCE}\n\n第三条 {SENTENCE}"
    )
    assert outline(reading) == [
        "一、受案范围", "  第一条", "二、管辖", "  第二条", "  第三条"
    ]  # fmt: skip


def test_what_an_article_counts_after_a_colon_is_part_of_it() -> None:
    reading = read(
        f"第九条 赔偿按下列标准：\n\n一、丢失图书\n\n{SENTENCE}\n\n"
        f"二、损坏图书\n\n{SENTENCE}\n\n第十条 {SENTENCE}"
    )
    assert outline(reading) == ["第九条", "第十条"]
    assert kinds(reading, "第九条") == ["paragraph", "item", "paragraph", "item", "paragraph"]


def test_articles_run_together_in_one_line_are_taken_apart() -> None:
    reading = read(
        f"第一条 {SENTENCE} 第二条 {SENTENCE}参见第九条 规定。 第三条 {SENTENCE}\n\n"
        f"第四条 {SENTENCE}"
    )
    assert outline(reading) == ["第一条", "第二条", "第三条", "第四条"]
    assert under(reading, "第三条") == [f"第三条 {SENTENCE}"]


def test_the_kind_of_label_that_comes_first_stands_higher() -> None:
    reading = read(
        f"# 规划\n\n## 战略重点一：统筹\n\n{SENTENCE}\n\n## 实施方案一：提升\n\n{SENTENCE}\n\n"
        f"## 实施方案二：合作\n\n{SENTENCE}\n\n## 战略重点二：转型\n\n{SENTENCE}"
    )
    assert outline(reading) == [
        "战略重点一：统筹", "  实施方案一：提升", "  实施方案二：合作", "战略重点二：转型"
    ]  # fmt: skip


def test_titles_of_works_may_be_long_in_a_heading() -> None:
    work = "《最高人民法院关于审理涉及国有土地使用权合同纠纷案件适用法律若干问题的解释》"
    reading = read(
        f"一、修改{work}\n\n1.将第一条修改为：\n\n{SENTENCE}\n\n二、修改{work}\n\n{SENTENCE}"
    )
    assert outline(reading)[0] == f"一、修改{work}"


def test_numbers_that_do_not_count_on_are_no_headings() -> None:
    reading = read(f"3 Ways to read\n\n{SENTENCE}\n\n7 Rules for guests\n\n{SENTENCE}")
    assert outline(reading) == []


@pytest.mark.parametrize("name", ["前言", "结 语", "参考文献"])
def test_prefaces_and_references_are_headings_among_numbered_ones(name: str) -> None:
    reading = read(f"办法\n\n一、总则\n\n{SENTENCE}\n\n{name}\n\n{SENTENCE}")
    assert outline(reading) == ["一、总则", name.replace(" ", "")]


def test_a_line_that_names_and_says_is_a_section_among_headings() -> None:
    reading = read(
        f"大纲\n\n一、对象：新馆员\n二、时间：7月8日\n三、内容\n\n{SENTENCE}\n\n四、2024年考核\n\n{SENTENCE}"
    )
    assert outline(reading) == ["一、对象", "二、时间", "三、内容", "四、2024年考核"]
    assert under(reading, "二、时间") == ["二、时间：7月8日"]


def test_lines_that_only_name_and_say_are_items() -> None:
    reading = read(f"通知\n\n{SENTENCE}\n\n1. 时间：7月8日\n2. 地点：报告厅\n3. 人员：全体馆员")
    assert outline(reading) == []


def test_an_article_may_have_a_title_and_its_text_below() -> None:
    reading = read(f"协议\n\n第一条 使用场地\n1.1 {SENTENCE}\n1.2 {SENTENCE}\n\n第二条 {SENTENCE}")
    assert outline(reading) == ["第一条 使用场地", "第二条"]


def test_a_note_of_approval_under_a_title_is_no_part_of_it() -> None:
    assert read("职业道德准则（试行）\n\n（2002年11月15日理事会通过）\n\n正文。").title == (
        "职业道德准则（试行）"
    )
    assert read("发展规划\n\n（征求意见稿）\n\n正文。").title == "发展规划（征求意见稿）"


def test_twelve_ranks_of_marks_are_a_tree_of_twelve() -> None:
    text = "\n\n".join(f"{'#' * rank} 标题{rank}级" for rank in range(1, 13))
    assert [section.level for section in read(text).sections[1:]] == list(range(1, 12))
