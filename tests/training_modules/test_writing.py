import string
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.training_modules import guide
from training_modules.content_hash import content_hash
from training_modules.markup.item_text import joined
from training_modules.module import (
    Approval,
    Bilingual,
    Card,
    Item,
    ItemType,
    Module,
    Number,
    Option,
    Source,
    Status,
    Track,
)
from training_modules.parsing import parse
from training_modules.track_file import parse_track
from training_modules.writing import as_markdown, track_as_yaml

MARKUP = [
    "## card",
    "### en",
    "- a x :: y",
    "> z",
    "\\",
    "#",
    "::",
    " :: ",
    "---",
    "- ",
    "**",
    "{",
    "\\::",
]
PIECES = st.one_of(
    st.sampled_from(MARKUP),
    st.text(
        st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="\u2028\u2029"),
        max_size=12,
    ),
)
LINE = st.lists(PIECES, max_size=4).map("".join).map(str.strip)
# Empty lines around and blanks at the ends of lines are not kept, by intent.
TEXT = st.lists(LINE, min_size=1, max_size=4).map(joined)
FEEDBACK = st.lists(LINE.filter(bool), max_size=3).map("\n".join).map(str.strip)
ID = st.text(string.ascii_lowercase + string.digits + "-", min_size=3, max_size=20)
OPTION_ID = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=4)


def both(texts: st.SearchStrategy[str]) -> st.SearchStrategy[Bilingual]:
    return st.builds(Bilingual, texts, texts)


@st.composite
def items(draw: st.DrawFn, name: str) -> Item:
    kind = draw(st.sampled_from(list(ItemType)))
    ids = draw(st.lists(OPTION_ID, max_size=4, unique=True))
    keyed = (ItemType.CHOICE, ItemType.MULTI, ItemType.TRUE_FALSE, ItemType.ORDER)
    key = tuple(draw(st.permutations(ids))) if kind in keyed else ()
    dilemma = st.integers(0, 100).map(lambda n: n / 100)

    def score(option: str) -> float:
        if kind is ItemType.DILEMMA:
            return draw(dilemma)
        return float(option in key) if kind is not ItemType.ORDER else 0.0

    options = tuple(Option(one, draw(both(LINE)), draw(both(FEEDBACK)), score(one)) for one in ids)
    number = Number(
        draw(st.integers(-10**9, 10**9)) / 100, draw(st.integers(0, 100)) / 10,
        draw(st.sampled_from([Bilingual("", ""), Bilingual("册", "volumes"), Bilingual("℃", "%")])),
    )  # fmt: skip
    return Item(
        name, kind, draw(both(TEXT)), options, key,
        number if kind is ItemType.NUMERIC else None, draw(both(TEXT)),
        (1,) if draw(st.booleans()) else (), 1, draw(st.sampled_from(["", "A", "B"])),
    )  # fmt: skip


@st.composite
def modules(draw: st.DrawFn) -> Module:
    count = draw(st.integers(0, 3))
    front = LINE.filter(bool)
    cards = st.builds(Card, both(TEXT), st.sampled_from([(), (1,)]), st.just(1), st.booleans())
    approval = st.builds(Approval, front, front, st.just(date(2026, 11, 21)), st.just("a" * 64))
    return Module(
        draw(ID), draw(ID), draw(st.integers(1, 99)), draw(both(front)),
        (draw(both(front)),), ("values",), 1, 4, (draw(st.builds(Source, front, front, front)),),
        tuple(draw(st.lists(cards, max_size=3))),
        tuple(draw(items(f"q{n}")) for n in range(count)),
        draw(st.sampled_from(list(Status))), tuple(draw(st.lists(approval, max_size=2))),
    )  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(modules())
def test_what_is_written_is_read_as_the_same_module(module: Module) -> None:
    again = parse(as_markdown(module)).module

    assert again is not None
    assert again.sha256 == content_hash(module)
    assert (again.status, again.approvals) == (module.status, module.approvals)
    assert as_markdown(again) == as_markdown(module)


def test_the_guide_is_written_as_it_reads() -> None:
    module = guide.module()
    parsed = parse(as_markdown(module))

    assert parsed.faults == ()
    assert parsed.module == module


@given(st.lists(both(LINE.filter(bool)), min_size=3, max_size=3), both(LINE.filter(bool)))
def test_a_track_is_written_as_it_is_read(confidence: list[Bilingual], title: Bilingual) -> None:
    track = Track("some-track", title, title, tuple(confidence), ("one-module", "two-module"), 2)

    assert parse_track(track_as_yaml(track)).track == track
