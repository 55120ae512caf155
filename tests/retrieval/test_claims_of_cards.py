"""The checks on real claims: glosses of the cards, against their own words and other words."""

import random
import re
from collections.abc import Iterator

import pytest

from bot.wiring import App
from knowledge.document import Kind
from retrieval.cards import Places, anchored, load_cards
from retrieval.claims.checking import checked
from retrieval.evidence import Source
from retrieval.model_answer import ModelAnswer, ModelQuote, ModelSentence
from retrieval.model_composing import measures_of

pytestmark = pytest.mark.slow

SAMPLE = 120
LONGEST = 220
Claim = tuple[Source, str, str]


@pytest.fixture(scope="module")
def claims(app: App) -> list[Claim]:
    """Passages with words of theirs, and what these say in English."""
    found = list(_claims(app))
    return random.Random(7).sample(found, SAMPLE)


def _claims(app: App) -> Iterator[Claim]:
    library = app.library
    readings = {r.id: (v, library.reading(v)) for v, r in library.records.items()}
    places = {document: Places(reading) for document, (_, reading) in readings.items()}
    for card in load_cards():
        anchors = anchored(card, places[card.document])
        if len(card.quotes) != 1 or len(anchors) != 1 or not 0 < len(card.gloss) < LONGEST:
            continue
        version, reading = readings[card.document]
        (anchor,) = anchors
        passage = reading.passages[anchor.passage]
        in_row = passage.kind is Kind.ROW
        table = library.table_of(version, passage)
        yield (
            Source(
                1, version, anchor.passage, passage.text, library.context(version, anchor.passage),
                header=table.header if table is not None and in_row else (),
                cells=tuple(" ".join(cell) for cell in passage.cells) if in_row else (),
            ),
            anchor.quote,
            card.gloss,
        )  # fmt: skip


def share_that_holds(app: App, claims: list[Claim]) -> float:
    measures = measures_of(app.answering)
    held = [
        checked(ModelAnswer((ModelSentence(text, (ModelQuote(1, quote),)),)), {1: source}, measures)
        for source, quote, text in claims
    ]
    return sum(map(bool, held)) / len(claims)


def test_most_true_sentences_hold(app: App, claims: list[Claim]) -> None:
    assert share_that_holds(app, claims) >= 0.8


def test_no_altered_figure_holds(app: App, claims: list[Claim]) -> None:
    altered = [
        (source, quote, with_another_digit(text, number.end() - 1))
        for source, quote, text in claims
        for number in re.finditer(r"\d+", text)
    ]

    assert len(altered) >= 20
    assert share_that_holds(app, altered) == 0


def test_next_to_none_hold_on_the_words_of_another_document(app: App, claims: list[Claim]) -> None:
    chance = random.Random(8)
    others = [
        (*chance.choice([c for c in claims if c[0].version != source.version])[:2], text)
        for source, _, text in claims
    ]

    assert share_that_holds(app, others) <= 0.04


def test_few_hold_on_other_words_of_their_own_document(app: App, claims: list[Claim]) -> None:
    chance = random.Random(9)
    others = [
        (*chance.choice([c for c in claims if is_elsewhere(c[0], source)])[:2], text)
        for source, _, text in claims
    ]

    assert share_that_holds(app, others) <= 0.1


def with_another_digit(text: str, at: int) -> str:
    return text[:at] + str((int(text[at]) + 3) % 10) + text[at + 1 :]


def is_elsewhere(one: Source, other: Source) -> bool:
    return one.version == other.version and one.passage != other.passage
