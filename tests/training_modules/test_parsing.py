from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training_modules import guide
from training_modules.checking import check
from training_modules.fault import Fault
from training_modules.module import ItemType, Status
from training_modules.parsing import parse, parse_file


def rules(faults: tuple[Fault, ...]) -> set[str]:
    return {fault.rule for fault in faults}


def faults_with(old: str, new: str) -> tuple[Fault, ...]:
    text = guide.text()
    assert text.count(old) >= 1, old
    return parse(text.replace(old, new, 1), Path("practice-90-outsourcing.md")).faults


def approved_on(day: str, sha256: str) -> str:
    return f"status: draft\napprovals:\n  - {{by: a, role: b, on: {day}, sha256: {sha256}}}"


def test_a_module_is_read_as_it_is_written() -> None:
    parsed = parse(guide.text())
    module = parsed.module

    assert parsed.faults == ()
    assert module is not None
    assert (module.id, module.version, module.status) == (guide.NAME, 1, Status.DRAFT)
    assert module.title.en == "Where outsourcing ends"
    assert module.cards[1].beyond
    assert module.cards[1].sources == (2,)
    choice, truth, dilemma, order = module.practice
    assert (choice.type, choice.key) == (ItemType.CHOICE, ("b",))
    assert [option.score for option in choice.options] == [0, 1, 0]
    assert choice.options[0].text.zh == "外包费用逐年上涨"
    assert choice.options[0].feedback.en.startswith("The price counts")
    assert truth.key == ("false",)
    assert [option.score for option in dilemma.options] == [0, 1, 0.5]
    assert order.explanation.zh.startswith("标准在先")
    assert module.form("A")[0].id == "a1"


def test_every_part_knows_its_line() -> None:
    lines = guide.text().split("\n")
    module = guide.module()

    assert lines[module.lines["title"] - 1].startswith("title:")
    assert lines[module.lines["sources 2"] - 1].startswith("  - doc:")
    assert lines[module.lines["q1 c"] - 1].startswith("- c ")
    assert all(lines[item.line - 1].startswith(f"## item {item.id}") for item in module.items)
    assert all(lines[card.line - 1].startswith("## card") for card in module.cards)


def test_values_are_text_whatever_yaml_makes_of_them() -> None:
    text = guide.text().replace("{zh: 外包的边界, en: Where outsourcing ends}", "{zh: 是, en: No}")
    module = parse(text).module

    assert module is not None
    assert module.title.en == "No"


def test_a_backslash_and_indented_lines_keep_text_from_being_markup() -> None:
    text = guide.text().replace(
        "- a 外包费用逐年上涨 :: 费用", "- a 外包 \\:: 涨价 :: 第一行\n  费用"
    )
    module = parse(text.replace("某区图书馆", "\\## card 某区图书馆")).module

    assert module is not None
    option = module.items[0].options[0]
    assert option.text.zh == "外包 :: 涨价"
    assert option.feedback.zh.startswith("第一行\n费用")
    assert module.cards[0].text.zh.startswith("## card 某区图书馆")


def test_windows_lines_and_a_mark_at_the_start_change_nothing() -> None:
    module = parse("\ufeff" + guide.text().replace("\n", "\r\n")).module

    assert module is not None
    assert module.sha256 == guide.module().sha256


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("---\nid:", "id:", "front.fence"),
        ('locator: "三、', "locator: 三: 、", "front.yaml"),
        ("version: 1", "version: one", "field.number"),
        ("version: 1", "version: ${1}", "field.number"),
        ("version: 1\n", "", "field.missing"),
        ("minutes: 4", "minutes: 4\nminutes: 5", "field.twice"),
        ("minutes: 4", "minutes: 4\nhours: 5", "field.unknown"),
        ("ifla_area: 2", "ifla_area: 5", "field.number"),
        ("competencies: [collections, governance]", "competencies: collections", "field.list"),
        ("{zh: 外包的边界, en: Where outsourcing ends}", "外包的边界", "field.both"),
        ("en: Where outsourcing ends", "en: Where, it ends", "entry.unknown"),
        ("title: {zh: 外包的边界, en:", "title: {zh: '', en:", "entry.missing"),
        ("id: practice-90-outsourcing", "id: Practice_90", "field.id"),
        ("id: practice-90-outsourcing", "id: practice-91", "file.name"),
        ("status: draft", "status: done", "field.status"),
        ("status: draft", "status: draft\napprovals:\n  - somebody", "field.entry"),
        ("status: draft", approved_on("yesterday", "0" * 64), "approval.on"),
        ("status: draft", approved_on("2026-11-21", "1"), "approval.sha256"),
        ("## card {source=1}", "## cart {source=1}", "block.heading"),
        ("### zh", "### fr", "language.missing"),
        ("### en", "### zh", "language.twice"),
        ("## card {source=1}", "words\n\n## card {source=1}", "block.stray"),
        ("## card {source=1}", "## card one {source=1}", "card.name"),
        ("## card {source=1}", "## card {source=9}", "source.unknown"),
        ("## card {source=1}", "## card {source=1 objective=2}", "objective.unknown"),
        ("## card {source=1}", "## card {source=1 2}", "attribute.form"),
        ("## card {source=1}", "## card {source=1 source=2}", "attribute.twice"),
        ("## card {source=1}", "## card {source=1 key=a}", "attribute.unknown"),
        ("beyond=yes", "beyond=maybe", "card.beyond"),
        ("## item q1", "## item Q1!", "item.id"),
        ("## item q1", "## item t1", "item.twice"),
        ("type=choice", "type=riddle", "item.type"),
        ("form=A", "form=C", "item.form"),
        ("- b 馆员业务能力下降", "- 馆员业务能力下降", "option.form"),
        ("- b 馆员业务能力下降", "- a 馆员业务能力下降", "option.twice"),
        ("- b 馆员业务能力下降", "- d 馆员业务能力下降", "options.differ"),
        ("- c 馆舍空间不够用", "一行字\n- c 馆舍空间不够用", "item.stray"),
        ("a=0 b=1 c=0.5", "a=0 b=1 c=2", "scores.form"),
        ("a=0 b=1 c=0.5", "a=0 b=1", "scores.ids"),
        ('type=order key="c a b"', "type=numeric value=many", "number.form"),
    ],
)  # fmt: skip
def test_each_fault_of_form_is_found(old: str, new: str, rule: str) -> None:
    found = faults_with(old, new)

    assert rule in rules(found)
    assert all(fault.line >= 1 and fault.message.zh and fault.cure.en for fault in found)


def test_a_file_that_is_no_text_says_so(tmp_path: Path) -> None:
    path = tmp_path / "practice-90.md"
    path.write_bytes(b"\xff\xfe\x00---")

    assert rules(parse_file(path).faults) == {"file.encoding"}


def test_a_file_without_end_is_refused() -> None:
    assert rules(parse("---\n" + "x" * 300_000).faults) == {"file.long"}


def test_a_fault_is_told_with_its_file_its_line_and_its_cure() -> None:
    (fault,) = faults_with("minutes: 4", "minutes: soon")

    assert fault.shown("en") == (
        "practice-90-outsourcing.md:10: The minutes soon cannot be."
        " Write a whole number from 1 to 15."
    )
    assert fault.shown("zh").endswith("字段 minutes 的值 soon 不对。请写 1 到 15 之间的整数。")
    assert fault.as_json("en")["line"] == 10


LINES = guide.text().split("\n")
JUNK = ["## item x {type=multi}", "- a", "- ", "a :: b", "{", "### zh", "## card", ">", "---", "**"]


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, len(LINES) - 1), st.sampled_from(["", *JUNK])), max_size=8)
)
def test_whatever_happens_to_its_lines_a_file_is_read_or_its_faults_are_told(
    changes: list[tuple[int, str]],
) -> None:
    lines = list(LINES)
    for at, junk in changes:
        lines[at] = junk
    parsed = parse("\n".join(lines))

    assert parsed.module is not None or parsed.faults
    if parsed.module is not None:
        check([parsed.module], [guide.TRACK], guide.holds)


@pytest.mark.parametrize("deep", ["[" * 50_000, "- " * 50_000, "{a: " * 50_000, "? " * 50_000])
def test_yaml_without_bottom_is_refused(deep: str) -> None:
    assert rules(parse(f"---\na: {deep}\n---\n").faults) <= {"front.yaml", "file.long"}
