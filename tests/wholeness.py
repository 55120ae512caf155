"""Is a reading whole: no letter lost or doubled outside of what a rule names and reports?"""

from html import unescape
from unicodedata import normalize

from knowledge.document import Reading
from knowledge.structure.placing import ENTITY


def letters(text: str) -> str:
    """The letters and digits of a text; ² counts as 2."""
    plain = (normalize("NFKC", sign) for sign in text if sign.isalnum())
    return "".join("".join(plain).split())


def assert_whole(reading: Reading) -> None:
    """Every letter stands in exactly one passage, in its place, or in what was dropped."""
    left = _left(reading)
    at = 0
    for passage in reading.passages:
        start, end = passage.span.start, passage.span.end
        assert at <= start <= end <= len(reading.text), f"{passage} is out of order"
        assert not letters("".join(left[at:start])), f"letters lost before {passage}"
        written = letters("".join(left[start:end]))
        assert written == letters(passage.text), f"{passage} does not say what stands there"
        at = end
    assert not letters("".join(left[at:])), "letters lost at the end"


def assert_tree(reading: Reading) -> None:
    """Sections stand beneath earlier ones, passages in sections, rows and notes where they say."""
    assert reading.sections[0].parent is None
    for number, section in enumerate(reading.sections[1:], 1):
        assert section.parent is not None
        assert 0 <= section.parent < number
        assert section.level == reading.sections[section.parent].level + 1
    assert all(0 <= passage.section < len(reading.sections) for passage in reading.passages)
    for number, table in enumerate(reading.tables):
        assert all(reading.passages[row].table == number for row in table.rows)
    for passage in reading.passages:
        assert all(reading.passages[note].kind == "note" for note in passage.notes)


def _left(reading: Reading) -> list[str]:
    """The source sign by sign, without what was dropped; an entity is the letter it writes."""
    left = list(reading.text)
    for drop in reading.drops:
        if drop.rule == ENTITY:
            start, end = drop.span.start, drop.span.end
            written = unescape(reading.text[start:end])
            left[start:end] = [written] + [""] * (end - start - 1)
    for drop in reading.drops:
        if drop.rule != ENTITY:
            for place in range(drop.span.start, drop.span.end):
                left[place] = ""
    return left
