"""Answers that are a list: the whole of it, from items, headings or counted parts."""

import re
from typing import Final

from knowledge.document import Kind, Reading
from retrieval.answer import Quote
from retrieval.composing.draft import Draft, Statement
from retrieval.library import Library

LONGEST: Final = 1000
_ITEM_LENGTH: Final = 160
_MOST: Final = 20
_LEAD_IN: Final = 200


def list_draft(
    version: str, number: int, library: Library, ordinal: int | None = None
) -> Draft | None:
    """The list that a passage belongs to or leads in; None when there is none."""
    reading = library.reading(version)
    members = list_around(reading, number)
    if len(members) < 2:
        return None
    if ordinal is not None and 1 <= ordinal <= len(members):
        return _one(version, reading, members[ordinal - 1])
    draft = Draft(as_list=True)
    lead_in = reading.lead_in(members[0])
    if lead_in is not None and len(reading.passages[lead_in].text) <= _LEAD_IN:
        text = reading.passages[lead_in].text
        draft.statements.append(Statement(text, (Quote(version, lead_in, text),)))
    limit = max(30, min(_ITEM_LENGTH, (LONGEST - draft.size) // len(members)))
    for member in members[:_MOST]:
        text = _shown(reading.passages[member].text, limit)
        draft.statements.append(Statement(text, (Quote(version, member, text),)))
    return draft


def list_around(reading: Reading, number: int) -> list[int]:
    """The members of the list at a passage: the items beside it, or the headings below it."""
    passage = reading.passages[number]
    if passage.kind is Kind.ITEM:
        return _items_beside(reading, number)
    after = _items_after(reading, number)
    if after:
        return after
    if passage.kind is Kind.HEADING:
        return _headings_below(reading, passage.section)
    return []


def members_beside(reading: Reading, number: int) -> list[int]:
    """The list that a passage is a member of: its items, or the headings beside its own."""
    passage = reading.passages[number]
    if passage.kind is Kind.ITEM:
        return _items_beside(reading, number)
    above = reading.sections[passage.section].parent
    return [] if above is None else _headings_below(reading, above)


def _items_beside(reading: Reading, number: int) -> list[int]:
    section = reading.passages[number].section
    first = number
    while first > 0 and _is_item(reading, first - 1, section):
        first -= 1
    return _run(reading, first, section)


def _items_after(reading: Reading, number: int) -> list[int]:
    """Items that follow a lead-in or stand right under a heading."""
    passage = reading.passages[number]
    start = number + 1
    if passage.kind is Kind.HEADING:
        in_section = [n for n in reading.by_section.get(passage.section, []) if n > number]
        start = next((n for n in in_section if reading.passages[n].kind is Kind.ITEM), -1)
        if start < 0 or len(in_section) - len(_run(reading, start, passage.section)) > 2:
            return []
    elif not passage.text.rstrip().endswith(("：", ":")):
        return []
    return _run(reading, start, passage.section)


def _run(reading: Reading, first: int, section: int) -> list[int]:
    last = first
    while last < len(reading.passages) and _is_item(reading, last, section):
        last += 1
    return list(range(first, last))


def _is_item(reading: Reading, number: int, section: int) -> bool:
    passage = reading.passages[number]
    return passage.kind is Kind.ITEM and passage.section == section


def _headings_below(reading: Reading, section: int) -> list[int]:
    """The headings of the sections directly under this one."""
    below = {n for n, s in enumerate(reading.sections) if s.parent == section}
    return [
        number
        for number, passage in enumerate(reading.passages)
        if passage.kind is Kind.HEADING and passage.section in below
    ]


def member_draft(member: tuple[str, int], library: Library) -> Draft:
    """A member of a list that was given before, by itself."""
    version, number = member
    return _one(version, library.reading(version), number)


def _one(version: str, reading: Reading, member: int) -> Draft:
    """One member of a list that was asked for by its number, with what stands under it."""
    passage = reading.passages[member]
    statements = [Statement(_ended(passage.text), (Quote(version, member, passage.text),))]
    if passage.kind is Kind.HEADING:
        for number in reading.by_section.get(passage.section, [])[1:2]:
            text = _shown(reading.passages[number].text, 200)
            statements.append(Statement(text, (Quote(version, number, text),)))
    return Draft(statements)


def _ended(text: str) -> str:
    return text if re.search(r"[。；！？.;!?]$", text) else text + "。"


def _shown(text: str, limit: int) -> str:
    """An item, or its first sentence when it is long."""
    if len(text) <= limit:
        return text
    sentence = re.match(rf".{{8,{limit}}}?[。；;！？!?]", text)
    if sentence:
        return sentence.group()
    clause = re.match(rf".{{8,{limit}}}[，,、：:]", text)
    return clause.group().rstrip("，,、：:") if clause else text[:limit]
