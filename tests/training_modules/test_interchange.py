import re
import string
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from foundation.errors import InvalidModule
from tests.training_modules import guide, sample
from training_modules.interchange.drafting import drafts
from training_modules.interchange.gift_reading import read_gift
from training_modules.interchange.gift_writing import gift
from training_modules.interchange.loss import Losses
from training_modules.interchange.moodle_reading import read_moodle_xml
from training_modules.interchange.moodle_writing import moodle_xml
from training_modules.interchange.question import item_of
from training_modules.module import Bilingual, Item, ItemType, Module, Number, Option
from training_modules.parsing import parse
from training_modules.writing import as_markdown

BOTH = ("zh", "en")
SPECIAL = [
    "~",
    "=",
    "#",
    "####",
    "{",
    "}",
    ":",
    "::",
    "\\",
    "\\n",
    "->",
    "%50%",
    "//",
    "$CATEGORY: x",
]
HTML = ["<b>", "&amp;", "<span lang='en'>", "]]>", "**", "**a**", "- a", "\u3000", "é", "馆", "😀"]


def canonical(text: str) -> str:
    """Blanks as a screen shows them: neither layout keeps more."""
    lines = [re.sub(" {2,}", " ", line).strip() for line in text.split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


PIECE = st.one_of(
    st.sampled_from([*SPECIAL, *HTML, "\n", " "]),
    st.text("aZ09 .,;!?'\"<>&|$%[]()/-_*馆员。，“”·…éß\u3000", max_size=8),
)
TEXT = st.lists(PIECE, min_size=1, max_size=6).map("".join).map(canonical)
FULL = TEXT.filter(bool)
CHOOSING = (ItemType.CHOICE, ItemType.MULTI, ItemType.TRUE_FALSE, ItemType.DILEMMA)


def both(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Bilingual]:
    return st.builds(Bilingual, texts, texts)


@st.composite
def items(draw: st.DrawFn) -> Item:
    kind = draw(st.sampled_from([*CHOOSING, ItemType.ORDER, ItemType.NUMERIC, ItemType.REFLECTION]))
    count = draw(st.integers(3, 5))
    ids = draw(st.permutations(string.ascii_lowercase[:count]))
    ids = ["true", "false"] if kind is ItemType.TRUE_FALSE else ids
    key: tuple[str, ...] = ()
    if kind in (ItemType.CHOICE, ItemType.TRUE_FALSE):
        key = (draw(st.sampled_from(ids)),)
    elif kind is ItemType.MULTI:
        key = tuple(one for one in ids if one in ids[: draw(st.integers(1, count - 1))])
    elif kind is ItemType.ORDER:
        key = tuple(draw(st.permutations(ids)))

    def option(name: str) -> Option:
        if kind is ItemType.ORDER:
            return Option(name, draw(both(FULL)), Bilingual("", ""))
        score = float(name in key) if kind is not ItemType.DILEMMA else draw(
            st.sampled_from([0.0, 0.35, 0.5, 1.0])
        )  # fmt: skip
        return Option(name, draw(both(FULL)), draw(both(TEXT)), score)

    has_options = kind in (*CHOOSING, ItemType.ORDER)
    number = Number(draw(st.integers(-999, 999)) / 8, draw(st.integers(0, 9)) / 4)
    return Item(
        "q1", kind, draw(both(FULL)), tuple(map(option, ids)) if has_options else (), key,
        number if kind is ItemType.NUMERIC else None, draw(both(TEXT)), (1, 2), 1,
        draw(st.sampled_from(["", "A", "B"])),
    )  # fmt: skip


def module_of(item: Item) -> Module:
    return replace(guide.module(), items=(item,))


def in_one(item: Item, language: str) -> Item:
    """An item of which only one language is left."""

    def only(text: Bilingual) -> Bilingual:
        kept = text.of(language)
        return Bilingual(kept, "") if language == "zh" else Bilingual("", kept)

    options = tuple(replace(o, text=only(o.text), feedback=only(o.feedback)) for o in item.options)
    return replace(
        item, prompt=only(item.prompt), options=options, explanation=only(item.explanation)
    )


@settings(max_examples=150, deadline=None)
@given(items())
def test_through_moodle_xml_an_item_stays_the_same_in_both_languages(item: Item) -> None:
    losses = Losses()
    written = moodle_xml([module_of(item)], BOTH, losses).encode()
    (question,) = read_moodle_xml(written, "zh", losses)

    assert item_of(question, "q1") == item
    assert {loss.kind for loss in losses.found} == {"cards"}


@settings(max_examples=150, deadline=None)
@given(items(), st.sampled_from(BOTH))
def test_through_gift_an_item_stays_the_same_in_one_language(item: Item, language: str) -> None:
    losses = Losses()
    (question,) = read_gift(gift([module_of(item)], language, losses), language, losses)

    assert item_of(question, "q1") == in_one(item, language)
    assert {loss.kind for loss in losses.found} == {"cards"}


def test_a_whole_module_comes_back_as_a_draft_of_its_items() -> None:
    module, losses = guide.module(), Losses()
    written = moodle_xml([module], BOTH, losses).encode()
    (draft,) = drafts(
        read_moodle_xml(written, "zh", losses), module.track, "file", "zh", losses
    )  # fmt: skip

    assert (draft.id, draft.items) == (module.id, module.items)
    again = parse(as_markdown(draft)).module
    assert again is not None
    assert again.items == module.items
    assert {fault.rule for fault in parse(as_markdown(draft)).faults} <= {
        "field.missing", "entry.missing",
    }  # fmt: skip


def test_what_does_not_fit_is_told() -> None:
    likert = Item("l1", ItemType.LIKERT, Bilingual("几分", "How much"))
    order = replace(sample.ORDER, options=sample.options("a", "b", "c"))
    for text, kinds in (
        (moodle_xml, {"type", "feedback", "cards"}), (gift, {"type", "feedback", "cards", "unit"}),
    ):  # fmt: skip
        losses = Losses()
        given = [sample.module("values-01-x", likert, order, sample.NUMERIC)]
        text(given, BOTH if text is moodle_xml else "zh", losses)  # type: ignore[operator]
        assert {loss.kind for loss in losses.found} == kinds
        assert all(loss.shown(one) for loss in losses.found for one in BOTH)


MOODLE = """<?xml version="1.0" encoding="UTF-8"?>
<quiz>
<question type="category"><category><text>$course$/Lesson One</text></category></question>
<question type="truefalse">
  <name><text>Sun</text></name>
  <questiontext format="html">
    <text><![CDATA[<p>Is the sun <b>a star</b>?</p>]]></text></questiontext>
  <generalfeedback><text></text></generalfeedback>
  <answer fraction="100"><text>true</text><feedback><text>Yes.</text></feedback></answer>
  <answer fraction="0"><text>false</text><feedback><text>No.</text></feedback></answer>
</question>
<question type="multichoice">
  <name><text>图片题</text></name>
  <questiontext format="html">
    <text><![CDATA[<img src="@@PLUGINFILE@@/a.png">Which?]]></text></questiontext>
  <single>true</single>
  <correctfeedback><text>Your answer is correct.</text></correctfeedback>
  <hint><text>Look again</text></hint>
  <answer fraction="100"><text>A</text></answer>
  <answer fraction="33.33333"><text>B</text></answer>
  <answer fraction="-50"><text>C</text></answer>
</question>
<question type="cloze"><name><text>Gap</text></name></question>
<question type="matching">
  <name><text>Pairs</text></name>
  <questiontext><text>Match</text></questiontext>
  <subquestion><text>cat</text><answer><text>miaow</text></answer></subquestion>
  <subquestion><text>dog</text><answer><text>wow</text></answer></subquestion>
</question>
</quiz>
"""


def test_a_bank_of_somebody_else_becomes_a_draft_with_a_report() -> None:
    losses = Losses()
    (draft,) = drafts(
        read_moodle_xml(MOODLE.encode(), "en", losses), "values-and-ethics", "file", "en", losses
    )  # fmt: skip

    sun, picture, pairs = draft.items
    assert draft.id == "lesson-one"
    assert (sun.id, sun.type, sun.key) == ("sun", ItemType.TRUE_FALSE, ("true",))
    assert sun.prompt.en == "Is the sun **a star**?"
    assert sun.options[0].text == Bilingual("对", "True")
    assert (picture.id, picture.type) == ("q2", ItemType.DILEMMA)
    assert [option.score for option in picture.options] == [1.0, 0.3333, 0.0]
    assert pairs.type is ItemType.ORDER
    kinds = {(loss.question, loss.kind, loss.detail) for loss in losses.found}
    assert {
        ("图片题", "media", "img"), ("图片题", "media", "file"), ("图片题", "part", "hint"),
        ("Gap", "question", "cloze"), ("Pairs", "matching", ""), ("图片题", "partial", ""),
        ("Sun", "language", "zh"),
    } <= kinds  # fmt: skip
    assert (
        "图片题",
        "part",
        "correctfeedback",
    ) not in kinds


@pytest.mark.parametrize(
    "data",
    [
        b"", b"not xml", b"<quiz>", b"\xff\xfe", b"<html></html>",
        b'<!DOCTYPE q [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><quiz>&b;</quiz>',
        b'<!DOCTYPE q [<!ENTITY a SYSTEM "file:///etc/passwd">]><quiz>&a;</quiz>',
    ],
)  # fmt: skip
def test_what_is_no_bank_or_wants_more_than_it_should_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidModule, match="Moodle"):
        read_moodle_xml(data, "zh", Losses())


GIFT = r"""// a comment
$CATEGORY: $course$/地理

::Q1:: Who's buried in Grant's tomb? {
=Grant #Right \: indeed
~Nobody #Not so
~%50%Grant and his wife #Half
####In New York
}

Grant is buried in Grant's tomb. {F#Wrong#Right}

When was he born? {#1822:5}

A number {#1..5}

Two plus {=two =2} is four.

::Tell:: Tell me about him {}

Only a description
"""


def test_gift_of_somebody_else_is_read() -> None:
    losses = Losses()
    questions = read_gift(GIFT, "en", losses)
    grant, truth, born, number, gap, tell = (
        item_of(question, f"q{n}") for n, question in enumerate(questions)
    )

    assert questions[0].category == "$course$/地理"
    assert grant.type is ItemType.DILEMMA
    assert [option.score for option in grant.options] == [1.0, 0.0, 0.5]
    assert grant.options[0].feedback.en == "Right : indeed"
    assert grant.explanation.en == "In New York"
    assert (truth.type, truth.key) == (ItemType.TRUE_FALSE, ("false",))
    assert [option.feedback.en for option in truth.options] == ["Wrong", "Right"]
    assert born.number == Number(1822, 5)
    assert number.number == Number(3, 2)
    assert gap.prompt.en == "Two plus ___ is four."
    assert tell.type is ItemType.REFLECTION
    assert {loss.kind for loss in losses.found} == {"gap", "short", "question"}


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab{}=~#:\\\n %->T1.馆"), max_size=60))
def test_any_text_is_read_as_gift_or_refused_in_a_sentence(text: str) -> None:
    losses = Losses()
    try:
        questions = read_gift(text, "zh", losses)
    except InvalidModule:
        return
    for draft in drafts(questions, "values-and-ethics", "file", "zh", losses):
        assert parse(as_markdown(draft)).module is not None
