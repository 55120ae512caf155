from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.training_modules import guide
from training_modules.checking import check
from training_modules.checking.chinese import traditional_in
from training_modules.checking.files import check_files
from training_modules.checking.keys import is_near
from training_modules.checking.wording import observable_en, observable_zh
from training_modules.fault import Fault
from training_modules.module import Approval, Module, Status, Track
from training_modules.parsing import parse
from training_modules.register import keys_of, read_registers, register
from training_modules.writing import track_as_yaml

PATH = Path("practice-90-outsourcing.md")


def checked(text: str) -> tuple[Fault, ...]:
    parsed = parse(text, PATH)
    assert parsed.module is not None
    return (*parsed.faults, *check([parsed.module], [guide.TRACK], guide.holds))


def rules(faults: tuple[Fault, ...]) -> set[str]:
    return {fault.rule for fault in faults}


def test_the_module_of_the_guide_has_no_fault() -> None:
    assert checked(guide.text()) == ()


CARD = "## card {beyond=yes}\n\n### zh\n\n卡\n\n### en\n\nC\n\n"
THIRD = """  - doc: professionalization-initiative-2021
    locator: "一"
    quote: "坚守初心使命"
"""

# Each rule: what of the good module is changed into what, so that it alone speaks.
FAULTS: list[tuple[str, str, str]] = [
    ("competency.unknown", "[collections, governance]", "[collections, cooking]"),
    ("objective.verb", "能区分可以外包", "了解可以外包"),
    ("objective.verb", "en: Distinguish work", "en: Understand work"),
    ("cards.count", "## item q1", CARD * 2 + "## item q1"),
    ("card.source", "## card {source=1}", "## card"),
    ("item.source", "type=choice key=b source=1", "type=choice key=b"),
    ("source.unused", "status: draft", THIRD + "status: draft"),
    ("quote.gone", "保持清醒的预见性", "保持清醒的预见能力"),
    ("quote.length", '"标准规范是专业化水平的重要体现"', "标准"),
    ("task.one", "## item do {type=application}", "## item do {type=reflection}"),
    ("form.one", "form=B ", ""),
    ("form.scored", "type=choice key=c form=B", "type=reflection form=B"),
    ("form.twins", "type=choice key=c form=B", 'type=multi key="a c" form=B'),
    (
        "form.same",
        "下面三项工作，哪一项最应当留在自己人手里？",
        "下面三项工作，哪一项交给外人最要当心？",
    ),
    ("options.none", 'type=dilemma scores="a=0 b=1 c=0.5" source="1 2"', "type=reflection"),
    ("options.true_false", "- true 对", "- yes 对"),
    ("options.near", "- c 馆舍空间不够用", "- c 外包费用，逐年上涨"),
    ("options.all", "- c 馆舍空间不够用", "- c 以上都是"),
    ("options.all", "- c A building that grows too small", "- c All of the above"),
    ("number.missing", 'type=order key="c a b"', "type=numeric"),
    ("key.unknown", "key=b source=1", "key=e source=1"),
    ("key.twice", 'key="c a b"', 'key="c a a b"'),
    ("key.one", "key=b source=1", 'key="a b" source=1'),
    ("key.one", "key=b source=1", "source=1"),
    ("key.multi", "type=choice key=b", "type=multi key=b"),
    ("key.order", 'key="c a b"', 'key="a b c"'),
    ("key.best", "a=0 b=1 c=0.5", "a=0 b=1 c=1"),
    ("key.best", "a=0 b=1 c=0.5", "a=0 b=0.8 c=0.5"),
    (
        "key.long",
        "- b 馆员业务能力下降",
        "- b 馆员业务能力下降，往后连供应商做得好坏都没有人看得出来",
    ),
    (
        "prompt.negative",
        "倡议书担心过度外包带来的后果是哪一个？",
        "下列哪一项不属于倡议书担心的后果？",
    ),
    ("prompt.negative", "Which effect of too much outsourcing does the initiative fear?",
     "Which of these effects does the initiative not fear?"),
    (
        "text.missing",
        "### en\n\nWhich effect of too much outsourcing does the initiative fear?",
        "### en\n",
    ),
    (
        "text.missing",
        "- b 馆员业务能力下降 :: 对。工序交出去，手艺也跟着走了，往后连好坏都难以判断。",
        "- b 馆员业务能力下降",
    ),
    ("text.not_chinese", "倡议书要求图书馆不再外包任何业务。", "The initiative forbids it."),
    (
        "text.not_english",
        "The initiative asks libraries to outsource nothing at all any more.",
        "倡议书要求。",
    ),
    ("text.long", "倡议书要求图书馆不再外包任何业务。", "倡议书要求图书馆不再外包任何业务。" * 10),
    ("text.long", "title: {zh: 外包的边界,", "title: {zh: " + "外包的边界" * 7 + ","),
    ("text.traditional", "书可以请人搬", "書可以請人搬"),
    ("bold.open", "**过度**外包", "**过度外包"),
    ("feedback.thin", "费用当然要算，但倡议书担心的是另一件事：人不会做了。", "不对。"),
    ("marks.half", "倡议书提醒的正是这件事：", "倡议书提醒的正是这件事:"),
    ("marks.full", "Others may carry books", "Others may carry books，"),
    ("letters.full", "五年", "５年"),
    ("minutes.more", "minutes: 4", "minutes: 1"),
    ("minutes.less", "minutes: 4", "minutes: 12"),
    ("approval.few", "status: draft", "status: approved"),
    ("track.unknown", "track: professional-practice", "track: no-such-track"),
    ("after.unknown", "after: []", "after: [practice-00-nothing]"),
    ("after.later", "after: []", "after: [practice-90-outsourcing]"),
]  # fmt: skip


@pytest.mark.parametrize(("rule", "old", "new"), FAULTS)
def test_each_fault_is_found(rule: str, old: str, new: str) -> None:
    text = guide.text()
    assert old in text

    found = checked(text.replace(old, new, 1))

    assert rule in rules(found)
    for fault in found:
        assert fault.path == PATH or fault.path == PATH.with_name("track.yaml")
        assert fault.line >= 1
        assert all((fault.message.zh, fault.message.en, fault.cure.zh, fault.cure.en))


def test_a_module_with_every_fault_gets_all_of_them_listed() -> None:
    """Changes that do not undo each other, all at once: none hides another."""
    apart = {
        "competency.unknown", "objective.verb", "card.source", "quote.gone", "form.same",
        "options.true_false", "options.near", "key.best", "key.order", "text.traditional",
        "bold.open", "feedback.thin", "marks.half", "marks.full", "letters.full", "minutes.more",
        "approval.few", "track.unknown", "after.unknown", "prompt.negative", "text.long",
        "text.not_english", "key.one", "task.one", "source.unused",
    }  # fmt: skip
    text = guide.text()
    for rule, old, new in FAULTS:
        if rule in apart and old in text:
            text = text.replace(old, new, 1)
    form = {
        "field.unknown": ("minutes: 1\n", "minutes: 1\nhours: 1\n"),
        "block.stray": ("## item a1", "## item a1 {oops=}\n\nwords\n\n## item a1"),
        "language.missing": ("### en\n\nWhich of these three should stay", "### de\n\nWhich"),
    }
    for old, new in form.values():
        assert old in text
        text = text.replace(old, new, 1)

    found = checked(text)

    assert rules(found) >= apart | {"field.unknown", "language.missing", "item.type", "item.twice"}


def test_items_and_options_are_counted() -> None:
    module = guide.module()
    item = replace(module.items[0], options=module.items[0].options[:2])

    assert check_one(replace(module, items=module.items[2:])) == {"practice.few"}
    assert check_one(replace(module, items=(item, *module.items[1:]))) == {"options.count"}


def test_a_fault_stands_at_its_line() -> None:
    text = guide.text().replace("- c 馆舍空间不够用", "- c 以上都是")
    (fault,) = (one for one in checked(text) if one.rule == "options.all")

    assert text.split("\n")[fault.line - 1].startswith("- c 以上都是")


def test_a_retired_module_is_left_alone() -> None:
    assert checked(guide.text().replace("status: draft", "status: retired")
                   .replace("保持清醒的预见性", "不再有的句子")) == ()  # fmt: skip


# Approvals and versions


def approved(module: Module, *people: str, sha256: str = "") -> Module:
    said = tuple(
        Approval(one, "content", date(2026, 11, 21), sha256 or module.sha256) for one in people
    )
    return replace(module, status=Status.APPROVED, approvals=said)


def check_one(module: Module, **more: object) -> set[str]:
    return rules(check([module], [guide.TRACK], guide.holds, **more))  # type: ignore[arg-type]


def test_two_different_people_approve_the_words_as_they_are() -> None:
    module = guide.module()

    assert check_one(approved(module, "Li", "Wang")) == set()
    assert check_one(approved(module, "Li")) == {"approval.few"}
    assert check_one(approved(module, "Li", " li ")) == {"approval.few"}
    assert check_one(approved(module, "Li", "Wang", sha256="0" * 64)) == {
        "approval.stale", "approval.few",
    }  # fmt: skip


def test_a_changed_key_needs_another_version(tmp_path: Path) -> None:
    module = guide.module()
    register(module, tmp_path)
    known = read_registers([tmp_path])
    other = parse(guide.text().replace("key=a form=A", "key=b form=A")).module
    assert other is not None

    assert known[module.id].keys == keys_of(module)
    assert "version.key" not in check_one(module, register=known)
    assert "version.key" in check_one(other, register=known)
    assert "version.key" not in check_one(replace(other, version=2), register=known)
    register(replace(module, version=3), tmp_path)
    assert "version.back" in check_one(module, register=read_registers([tmp_path]))


# Modules among each other


def copies(*names: str, change: Callable[[str], str] = str) -> list[Module]:
    found = [parse(change(guide.text()).replace(guide.NAME, name)).module for name in names]
    return [module for module in found if module is not None]


def track_of(*names: str) -> Track:
    return replace(guide.TRACK, modules=names)


def test_ids_are_used_once_and_tracks_list_what_is_there() -> None:
    modules = copies("practice-91-one", "practice-91-one", "practice-92-two")
    found = check(modules, [track_of("practice-91-one", "practice-93-three")], guide.holds)

    assert {"module.twice", "track.unlisted", "track.absent"} <= rules(found)


def test_every_second_module_has_a_dilemma() -> None:
    names = [f"practice-9{n}-x" for n in range(4)]
    with_dilemma = copies(*names[:2])
    without = [
        replace(m, items=tuple(i for i in m.items if i.id != "d1")) for m in copies(*names[2:])
    ]

    def faulty(modules: list[Module]) -> bool:
        return "track.dilemmas" in rules(check(modules, [track_of(*names)], guide.holds))

    assert not faulty([*with_dilemma, *without])
    assert faulty([with_dilemma[0], *without, replace(without[0], id=names[1])])


def test_over_a_track_the_key_is_not_mostly_at_one_place() -> None:
    names = [f"practice-9{n}-x" for n in range(4)]

    def moved(text: str) -> str:
        text = text.replace("key=a form=A", "key=b form=A")
        return text.replace("key=c form=B", "key=b form=B")

    mixed = check(copies(*names), [track_of(*names)], guide.holds)
    same = check(copies(*names, change=moved), [track_of(*names)], guide.holds)

    assert "track.key.place" not in rules(mixed)
    assert {"track.key.place", "key.place"} <= rules(same)


# The words that rules know


@pytest.mark.parametrize(
    "said", ["能辨认四项价值", "说出三条理由", "能用自己的话解释", "为本馆写一条规则"]
)
def test_an_objective_in_chinese_begins_with_what_can_be_seen(said: str) -> None:
    assert observable_zh(said)


@pytest.mark.parametrize(
    "said", ["了解四项价值", "能掌握要点", "理解战略", "能认识到重要性", "知道"]
)
def test_what_cannot_be_seen_is_no_objective(said: str) -> None:
    assert not observable_zh(said)


def test_an_objective_in_english_begins_with_what_can_be_seen() -> None:
    assert observable_en("Recognise the four values")
    assert observable_en("Can name three reasons")
    assert not observable_en("Know the four values")
    assert not observable_en("Be aware of values")


def test_options_are_near_equal_by_their_letters_but_not_by_their_numbers() -> None:
    assert is_near("平等开放", "平等，开放")
    assert is_near("以读者的需要为中心来安排服务工作", "以读者的需要为中心来安排服务工作了")
    assert not is_near("2020 年", "2025 年")
    assert not is_near("图书馆应当公开每年的服务效能数据", "图书馆不应当公开每年的服务效能数据")
    assert not is_near("1.5 倍", "15 倍")


def test_traditional_characters_are_told_from_simplified_ones() -> None:
    assert traditional_in("圖書館的服務") == ["圖", "書", "館", "務"]
    assert traditional_in("二〇二一年四月七日，第十二条，两百册") == []


# Files


def test_files_are_seen_among_the_others_but_only_their_faults_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "professional-practice"
    folder.mkdir()
    good, bad = folder / f"{guide.NAME}.md", folder / "practice-91-bad.md"
    good.write_text(guide.text(), "utf-8")
    bad.write_text(
        guide.text().replace(guide.NAME, "practice-91-bad").replace("minutes: 4", "minutes: 1"),
        "utf-8",
    )
    track = track_as_yaml(track_of(guide.NAME, "practice-91-bad"))
    (folder / "track.yaml").write_text(track, "utf-8")

    assert check_files([good], [tmp_path], guide.holds).faults == ()
    assert rules(check_files([bad], [tmp_path], guide.holds).faults) == {"minutes.more"}
    every = check_files([], [tmp_path], guide.holds)
    assert (every.modules, rules(every.faults)) == (2, {"minutes.more"})
    assert check_files([folder], [], guide.holds).modules == 2


def test_a_missing_language_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / f"{guide.NAME}.md"
    start = guide.text().index("### en\n\nThis week, take one")
    path.write_text(guide.text()[:start], "utf-8")
    (tmp_path / "track.yaml").write_text(track_as_yaml(guide.TRACK), "utf-8")

    assert rules(check_files([tmp_path], [], guide.holds).faults) == {"language.missing"}
