import pytest

from knowledge.layout.furniture import mark_furniture
from knowledge.layout.ink import Flow, Line, Sheet


def a_line(text: str, y: float, size: float = 11) -> Line:
    return Line(text, 60, 60 + size * len(text), y, size, weight=0, parts=())


def a_sheet(
    number: int, head: str = "", foot: str = "", body: str = "正文在此处写得很长。"
) -> Sheet:
    flows = [Flow([a_line(head, 40, 9)], 60, 500, is_apart=True)] if head else []
    flows.append(Flow([a_line(f"{n}{body}", 100 + 20 * n) for n in range(10)], 60, 500))
    flows += [Flow([a_line(foot, 800, 9)], 60, 500, is_apart=True)] if foot else []
    return Sheet(number, 595, 842, flows)


def rules(sheets: list[Sheet]) -> list[str]:
    mark_furniture(sheets)
    return [f"{line.text}: {line.rule}" for sheet in sheets for line in sheet.lines if line.rule]


@pytest.mark.parametrize(
    "foot", ["- 3 -", "— 3 —", "第 3 页 共 9 页", "第3页", "3 / 9", "Page 3 of 9", "· 3 ·"]
)
def test_a_dressed_page_number_is_known_on_a_single_page(foot: str) -> None:
    assert rules([a_sheet(3, foot=foot)]) == [f"{foot}: page number"]


def test_bare_numbers_must_count_with_the_pages() -> None:
    assert rules([a_sheet(n, foot=str(n + 10)) for n in range(1, 4)]) == [
        f"{n + 10}: page number" for n in range(1, 4)
    ]
    assert rules([a_sheet(n, foot=str(n * n + 50)) for n in range(1, 4)]) == []


def test_roman_numbers_count_too() -> None:
    sheets = [a_sheet(n, foot=roman) for n, roman in enumerate(("iii", "iv", "v"), 1)]

    assert rules(sheets) == ["iii: page number", "iv: page number", "v: page number"]


def test_a_head_of_every_other_page_is_running() -> None:
    sheets = [a_sheet(n, head="图书馆杂志" if n % 2 else "学习型城市") for n in range(1, 9)]

    assert len(rules(sheets)) == 8


def test_a_head_that_changes_with_the_chapter_is_running() -> None:
    sheets = [a_sheet(n, head=f"第{'一二三四五六七八'[n // 4]}章 服务") for n in range(32)]

    assert len(rules(sheets)) == 32


def test_a_head_with_its_page_number_is_running_even_once_a_chapter() -> None:
    heads = ["Chapter 1: Aims 1", "Chapter 2: Means 2", "Chapter 3: Ends 3"]

    assert len(rules([a_sheet(n, head=head) for n, head in enumerate(heads, 1)])) == 3


def test_lines_of_the_text_that_come_again_stay() -> None:
    sheets = [a_sheet(n, body="同样的一句话出现在每一页上。") for n in range(1, 9)]

    assert rules(sheets) == []


def test_what_stands_within_the_text_stays() -> None:
    sheets = [a_sheet(n, head=f"不同的标题{'甲乙丙丁戊己庚辛'[n]}") for n in range(8)]
    for sheet in sheets:
        sheet.flows[0].items.append(a_line("图书馆杂志", 60, 9))

    assert rules(sheets) == []
