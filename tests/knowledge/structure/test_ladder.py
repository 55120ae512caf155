import pytest

from knowledge.structure.ladder import label_of, ordinal, rung_of


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("第十二章 附则", "章", 12),
        ("第一百零三条 本法自公布之日起施行。", "条", 103),
        ("第三條　館藏", "条", 3),
        ("壹、緒論", "壹、", 1),
        ("二十一、附则", "一、", 21),
        ("（三）服务", "（一）", 3),
        ("3. 1 休姆全球学习村项目", "1.1", 1),
        ("1.2.3 Selectors", "1.1.1", 3),
        ("１．文献", "1.", 1),
        ("(7) 阅读", "(1)", 7),
        ("④借阅", "①", 4),
        ("——完善顶层设计", "——", 0),
        ("IV. Staff", "I.", 4),
        ("c) price", "(a)", 3),
        ("Chapter 2 Staff", "章", 2),
        ("Article 12. Gifts", "条", 12),
        ("附件 2", "附件", 2),
        ("Appendix B Forms", "附件", 0),
    ],
)
def test_knows_the_rung_and_the_number_of(line: str, kind: str, number: int) -> None:
    rung = rung_of(line)
    assert rung is not None
    assert (rung.kind, ordinal(rung)) == (kind, number)


@pytest.mark.parametrize(
    "line",
    [
        "3.5 亿元投入公共文化",
        "2024年全民阅读",
        "12月31日前",
        "-- port",
        "Section 4 of the Act applies",
        "第一节课在阅览室",
        "1．1—苯基—2—丙酮",
        "15 万人次到馆",
        "图书馆",
        "",
    ],
)
def test_sees_no_marker_in(line: str) -> None:
    assert rung_of(line) is None


def test_a_word_with_a_number_and_a_colon_is_a_label() -> None:
    label = label_of("影响力领域 2：图书馆作为合作伙伴得到认可")
    assert label is not None
    assert (label.kind, label.rest) == ("影响力领域N：", "图书馆作为合作伙伴得到认可")
