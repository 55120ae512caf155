import re
import unicodedata

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.speech import Span, Style, Text, plain, text
from bot.telegram.splitting import LONGEST_TEXT, shortened, split, units

WORDS = st.text(
    st.one_of(st.characters(), st.sampled_from("。！？\n 😀👨‍👩‍👧é<&")),
    max_size=60,
)
TEXTS = st.lists(
    st.builds(Span, WORDS, st.sampled_from(list(Style)), st.sampled_from(["", "https://e.org"])),
    max_size=12,
).map(tuple)


def seen(sign: str) -> bool:
    return unicodedata.category(sign)[0] not in "CZ"


def without_blanks(spans: Text) -> str:
    return "".join(filter(seen, plain(spans)))


@given(TEXTS, st.integers(8, 120))
@settings(max_examples=300, deadline=None)
def test_no_letter_is_lost_and_no_piece_is_too_long(spans: Text, longest: int) -> None:
    pieces = split(spans, longest)

    assert "".join(map(without_blanks, pieces)) == without_blanks(spans)
    assert all(0 < units(plain(piece)) <= longest for piece in pieces)


@given(TEXTS)
@settings(max_examples=200, deadline=None)
def test_every_letter_keeps_its_style(spans: Text) -> None:
    def styled(several: list[Text]) -> list[tuple[str, Style, str]]:
        return [
            (sign, span.style, span.link)
            for piece in several for span in piece for sign in span.text if seen(sign)
        ]  # fmt: skip

    assert styled(split(spans, 50)) == styled([spans])


def test_a_long_text_is_cut_after_a_sentence() -> None:
    sentence = "图书馆提供均等的服务。"
    pieces = split(text(sentence * 1000))

    assert len(pieces) == 3
    assert all(plain(piece).endswith("。") for piece in pieces)
    assert all(units(plain(piece)) > LONGEST_TEXT // 2 for piece in pieces[:-1])


def test_a_cut_prefers_a_paragraph_to_a_sentence() -> None:
    first = "One sentence. " * 20 + "The last one."
    pieces = split(text(first + "\n\n" + "Second. " * 10), units(first) + 30)

    assert plain(pieces[0]).rstrip() == first


def test_a_cut_goes_between_quotations_where_it_can() -> None:
    quotation = Span("“第一句。第二句。”", Style.QUOTE)
    spans = (Span("甲" * 60 + "。"), quotation, Span("乙" * 50))
    pieces = split(spans, 66)

    assert quotation not in pieces[0]
    assert quotation in pieces[1]


def test_a_family_is_not_torn_apart() -> None:
    family = "👨‍👩‍👧"
    pieces = split(text(family * 40), 50)

    assert all(set(re.findall(f"{family}|.", plain(piece))) == {family} for piece in pieces)


def test_many_marked_words_are_spread_over_messages() -> None:
    spans = tuple(Span(f"w{n} ", Style.BOLD if n % 2 else Style.PLAIN) for n in range(500))
    pieces = split(spans)

    assert all(sum(s.style is Style.BOLD for s in piece) <= 100 for piece in pieces)


def test_blanks_alone_are_no_message() -> None:
    assert split(text(" \n\t ")) == []


def test_what_is_shortened_says_so() -> None:
    assert plain(shortened(text("字" * 5000))).endswith(" …")
    assert units(plain(shortened(text("字" * 5000)))) <= LONGEST_TEXT
    assert plain(shortened(text("短"))) == "短"
