"""Answers of one to three sentences: from a card's quotes, or the best sentences of a passage."""

from typing import Final

from knowledge.document import Kind
from retrieval.answer import Quote
from retrieval.bridging import Bridged
from retrieval.card_index import CardHit
from retrieval.composing.draft import Draft, Statement
from retrieval.composing.lists import list_around, list_draft
from retrieval.composing.rows import row_draft
from retrieval.coverage import Coverage
from retrieval.folding import fold
from retrieval.library import Library
from retrieval.question import Shape
from retrieval.ranking import best_sentences, shortened

LONGEST: Final = 260
_LIST_LONGEST: Final = 1000
_LIST_SENTENCE: Final = 420
_SENTENCES: Final = 3
_SHORT_LIST: Final = 380
_WHOLE: Final = 160


def card_draft(hit: CardHit, bridged: Bridged, coverage: Coverage, library: Library) -> Draft:
    """The quotes of a card, as many as the question bears."""
    placed, question = hit.placed, bridged.question
    anchors = list(placed.anchors)
    if len(anchors) == 1 and library.passage(placed.version, anchors[0].passage).cells:
        draft = row_draft(bridged, placed.version, anchors[0].passage, library)
        draft.gloss = placed.card.gloss if question.language == "en" else ""
        return draft
    several = len(anchors) > 2
    single = _LIST_SENTENCE if question.shape is Shape.LIST else LONGEST
    longest = _LIST_LONGEST if several else single
    draft = Draft(as_list=several)
    for anchor in anchors:
        passage = library.passage(placed.version, anchor.passage)
        if passage.cells:
            row = row_draft(bridged, placed.version, anchor.passage, library).statements[0]
            if row not in draft.statements:
                draft.statements.append(row)
            continue
        text = anchor.quote
        if draft.size + len(text) > longest:
            text = shortened(text, coverage, max(40, longest - draft.size))
        if draft.size + len(text) > longest + 60:
            break
        draft.statements.append(Statement(text, (Quote(placed.version, anchor.passage, text),)))
    draft.gloss = placed.card.gloss if question.language == "en" else ""
    return draft


def passage_draft(
    version: str, number: int, bridged: Bridged, coverage: Coverage, library: Library
) -> Draft:
    """The sentences of a passage that answer; under a heading, of what stands beneath it."""
    passage = library.passage(version, number)
    if passage.kind is Kind.ROW:
        return row_draft(bridged, version, number, library)
    if passage.kind is Kind.HEADING:
        return _heading_draft(version, number, bridged, coverage, library)
    if passage.text.rstrip().endswith(("：", ":")):
        listed = list_draft(version, number, library)
        if listed is not None:
            return listed
    if len(passage.text) <= _WHOLE:
        return Draft([Statement(passage.text, (Quote(version, number, passage.text),))])
    most = 2 if bridged.question.shape is Shape.DEFINITION else _SENTENCES
    is_list = bridged.question.shape is Shape.LIST
    longest = _LIST_SENTENCE if is_list else LONGEST
    chosen = best_sentences(passage.text, coverage, bridged, most=most, longest=longest)
    return Draft([Statement(text, (Quote(version, number, text),)) for text in chosen])


def _heading_draft(
    version: str, number: int, bridged: Bridged, coverage: Coverage, library: Library
) -> Draft:
    reading = library.reading(version)
    heading = reading.passages[number]
    draft = Draft([Statement(_titled(heading.text), (Quote(version, number, heading.text),))])
    members = list_around(reading, number)
    if len(members) >= 2 and sum(len(reading.passages[n].text) for n in members) <= _SHORT_LIST:
        draft.as_list = True
        for member in members:
            text = reading.passages[member].text
            draft.statements.append(Statement(text, (Quote(version, member, text),)))
        return draft
    below = [n for n in reading.by_section.get(heading.section, []) if n != number]
    texts = [n for n in below if reading.passages[n].kind in (Kind.PARAGRAPH, Kind.ITEM)]
    if not texts:
        draft.statements[0] = Statement(
            f"{heading.text.strip('—─。 ')}。", draft.statements[0].quotes
        )
        return draft
    best = max(texts[:12], key=lambda n: (coverage.of(fold(reading.passages[n].text)), -n))
    if coverage.of(fold(reading.passages[best].text)) < 0.15:
        best = texts[0]
    for text in best_sentences(
        reading.passages[best].text, coverage, bridged, most=2, longest=LONGEST - 40
    ):
        draft.statements.append(Statement(text, (Quote(version, best, text),)))
    return draft


def _titled(heading: str) -> str:
    """A heading as it leads in what stands under it."""
    bare = heading.strip("—─ ").rstrip("。：:")
    return bare if bare.endswith(("？", "?")) else f"{bare}："
