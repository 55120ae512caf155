import html

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.speech import Button, Span, Style, Text, bold, text
from bot.telegram.rendering import as_html, as_keyboard, as_plain
from bot.telegram.splitting import split, units
from tests.telegram_server.keyboards import check_keyboard
from tests.telegram_server.markup import read_html

HOSTILE = st.text(
    st.one_of(st.characters(), st.sampled_from("<>&\"'/b=\x00\ud800 \n")), max_size=80
)
TEXTS = st.lists(
    st.builds(
        Span, HOSTILE, st.sampled_from(list(Style)),
        st.one_of(st.just(""), HOSTILE, HOSTILE.map("https://e.org/?".__add__)),
    ),
    max_size=10,
).map(tuple)  # fmt: skip


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_whatever_people_write_stays_text(spans: Text) -> None:
    for piece in split(spans, 200):
        read, entities = read_html(as_html(piece))

        assert read == as_plain(piece).strip() != ""
        assert all(e["offset"] + e["length"] <= units(read) for e in entities)


def test_styles_become_the_markup_of_telegram() -> None:
    spans = (
        bold("馆"), Span("i", Style.ITALIC), Span("c", Style.CODE), Span("q", Style.QUOTE),
        Span("f", Style.FOLDED), Span("l", link="https://e.org/?a=1&b=2"),
    )  # fmt: skip
    read, entities = read_html(as_html(spans))

    assert read == "馆icqfl"
    assert [e["type"] for e in entities] == [
        "bold", "italic", "code", "blockquote", "expandable_blockquote", "text_link",
    ]  # fmt: skip
    assert entities[-1]["url"] == "https://e.org/?a=1&b=2"


def test_a_link_that_runs_something_is_no_link() -> None:
    assert as_html((Span("tap", link="javascript:alert(1)"),)) == "tap"


def test_an_emoji_counts_twice_as_telegram_counts() -> None:
    _, entities = read_html(as_html((*text("😀"), bold("x"))))

    assert (entities[0]["offset"], entities[0]["length"]) == (2, 1)


@given(st.lists(st.lists(st.text(max_size=300), max_size=20), max_size=20))
@settings(max_examples=60, deadline=None)
def test_any_buttons_make_a_keyboard_that_is_taken(labels: list[list[str]]) -> None:
    rows = tuple(tuple(Button(label, "q.1") for label in row) for row in labels)
    keyboard = as_keyboard(rows)

    if keyboard is not None:
        check_keyboard(keyboard.to_dict())


def test_escaped_once_and_not_twice() -> None:
    assert as_html(text("a &amp; <b>")) == html.escape("a &amp; <b>", quote=False)
