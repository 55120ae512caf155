import pytest

from knowledge.document import Span
from knowledge.readers.lines import read_lines
from knowledge.source import Block, Role
from knowledge.structure.joining import join
from knowledge.structure.understanding import understand


def texts(text: str) -> list[str]:
    return [passage.text for passage in understand(read_lines(text), "name").passages]


def line(text: str, *, page: int = 1, gap: int = 0, wrapped: bool = False) -> Block:
    return Block(Role.TEXT, text, Span(0, len(text)), page=page, gap=gap, wrapped=wrapped)


def joined(*blocks: Block) -> list[str]:
    return [block.text for block in join(blocks)]


def test_a_sentence_cut_by_a_page_is_one() -> None:
    first, second = (
        "全馆将围绕高质量发展，统筹推进新馆建设、",
        "服务提升和队伍建设，努力开创新局面。",
    )
    assert joined(line(first), line(second, page=2, gap=1)) == [first + second]


def test_a_sentence_goes_on_with_an_opening_quotation_mark() -> None:
    first = "服务水平持续提升，成为面向未来、开放包容、满足终身学习需求的"
    second = "“知识的入口，人民的大学”。"
    assert joined(line(first), line(second, gap=2)) == [first + second]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("图书馆应当免费开放。", "开放时间应当公告。"),
        ("联系人：城市图书馆工作委员会秘书处，潘颖老师", "电话：020-8384。"),
        ("图书馆应当建立健全规章制度，并向社会公众公布", "一、开放时间。"),
        ("2009年8月27日全国人大常委会，第一次修正决定", "2014年8月31日全国人大常委会第二次修正。"),
        ("超产部分可以由企业自行销售，不受限制(2011年1月8日删除)", "企业有权签订合同。"),
        ("中国图书馆学会公共图书馆分会", "城市图书馆工作委员会。"),
        ("Funding, legislation and networks", "Access to the library is free of charge."),
    ],
)
def test_lines_that_stand_alone_stay_apart(first: str, second: str) -> None:
    assert joined(line(first), line(second, gap=1)) == [first, second]


def test_an_open_bracket_or_a_comma_goes_on_in_the_next_line() -> None:
    assert joined(line("关于印发《江城市公共"), line("图书馆管理办法》的通知")) == [
        "关于印发《江城市公共图书馆管理办法》的通知"
    ]
    assert joined(line("半亩方塘一鉴开，"), line("天光云影共徘徊。")) == [
        "半亩方塘一鉴开，天光云影共徘徊。"
    ]


def test_a_greeting_stays_above_the_letter() -> None:
    assert len(joined(line("尊敬的读者，"), line("本馆将于五月一日开馆。"))) == 2


def test_wrapped_lines_are_paragraphs_and_words_are_whole() -> None:
    paragraph = "图书馆的发展与终身学习有着深厚的渊源，其服务理念与建设思路高度契合，"
    text = (paragraph * 6)[:190] + "。"
    lines = [text[at : at + 20] for at in range(0, len(text), 20)]
    more = [text[at : at + 20] for at in range(0, 100, 20)]
    assert texts("\n\n".join([*lines, *more[:4], "最后一句话。"])) == [
        text, "".join(more[:4]) + "最后一句话。"
    ]  # fmt: skip


def test_a_word_broken_by_a_hyphen_is_whole() -> None:
    lines = ["The Practice and Enlightenment in the Con-", "struction of Learning Cities in the"]
    blocks = [line(text, wrapped=True) for text in lines * 6]
    assert "Construction of Learning" in joined(*blocks)[0]


def test_english_lines_are_joined_where_the_next_word_had_no_room() -> None:
    text = (
        "The minutes of the meeting of 6 June were approved as\n"
        "a true record, proposed by Ms Lind and seconded by Mr\n"
        "Adeyemi. The accounts were received without question\n"
        "and adopted.\n"
        "The meeting closed early.\n"
    )
    assert texts(text) == [
        "The minutes of the meeting of 6 June were approved as a true record, proposed by Ms Lind "
        "and seconded by Mr Adeyemi. The accounts were received without question and adopted.",
        "The meeting closed early.",
    ]


def test_a_list_of_words_is_no_paragraph() -> None:
    assert texts("Shopping list\n\nbread\nmilk\neggs\n")[1:] == ["bread", "milk", "eggs"]


def test_a_span_reaches_from_the_first_piece_to_the_last() -> None:
    text = "全馆将围绕高质量发展，统筹推进新馆建设、\n\n— 3 —\n\n服务提升，努力开创新局面。"
    reading = understand(read_lines(text), "name")
    assert reading.passages[0].span == Span(0, len(text))
    assert [drop.rule for drop in reading.drops] == ["page number"]
