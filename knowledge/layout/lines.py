"""Letters become segments, and segments of one baseline become lines."""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

from knowledge.layout.characters import close_up, is_wide
from knowledge.layout.ink import Glyph, Line, Rule, Segment
from knowledge.readers.superscript import read_raised

# In ems: a gap that ends a segment, and one that is a space between letters of either script.
WIDE_GAP = 0.6
_NARROW_SPACE, _WIDE_SPACE = 0.18, 0.5
_FAR = 2.2
_FAR_SPACE = "\u2004"
_NEUTRAL = frozenset("“”‘’—…·")
_LONGEST_RAISED = 12


def segments_of(glyphs: Iterable[Glyph], cuts: Sequence[Rule] = ()) -> list[Segment]:
    """Runs of letters without a wide gap; a vertical rule in `cuts` parts letters beside it."""
    runs: list[list[Glyph]] = []
    nearby: Sequence[Rule] = ()
    for glyph in glyphs:
        if runs and _goes_on(runs[-1], glyph, nearby):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
            nearby = [cut for cut in cuts if cut.start < glyph.y - glyph.size / 3 < cut.end]
    return _without_doubles([_segment(run) for run in runs])


def _goes_on(run: list[Glyph], glyph: Glyph, cuts: Sequence[Rule]) -> bool:
    last = run[-1]
    size = last.size if last.size > glyph.size else glyph.size
    if glyph.x0 == last.x0 and glyph.x1 == last.x1 and glyph.y == last.y:
        # Letters drawn as one sign, as are fi and ——; any other twin was printed twice.
        return glyph.char != last.char or glyph.char in _NEUTRAL
    if abs(glyph.y - last.y) > 0.15 * size or min(last.size, glyph.size) < 0.75 * size:
        return False
    if not -0.5 * size < glyph.x0 - last.x1 < WIDE_GAP * size:
        return False
    if not cuts:
        return True
    before, after = (last.x0 + last.x1) / 2, (glyph.x0 + glyph.x1) / 2
    return not any(before < cut.at < after for cut in cuts)


def _segment(run: list[Glyph]) -> Segment:
    parts = [run[0].char]
    for last, glyph in pairwise(run):
        if _is_spaced(last, glyph):
            parts.append(" ")
        parts.append(glyph.char)
    size = sorted(glyph.size for glyph in run)[len(run) // 2]
    weight = sorted(glyph.weight for glyph in run)[len(run) // 2]
    return Segment("".join(parts), run[0].x0, run[-1].x1, run[0].y, size, weight)


def _is_spaced(last: Glyph, glyph: Glyph) -> bool:
    if glyph.spaced:
        return True
    least = _WIDE_SPACE if _fills_its_square(last) or _fills_its_square(glyph) else _NARROW_SPACE
    return glyph.x0 - last.x1 > least * glyph.size


def _fills_its_square(glyph: Glyph) -> bool:
    if glyph.char in _NEUTRAL:
        return glyph.x1 - glyph.x0 > 0.8 * glyph.size
    return is_wide(glyph.char)


def _without_doubles(segments: list[Segment]) -> list[Segment]:
    """Drop what was printed twice in one place to look bold or shadowed."""
    seen: dict[str, list[Segment]] = {}
    kept = []
    for segment in segments:
        twins = seen.setdefault(segment.text, [])
        near = 0.2 * segment.size
        if any(abs(segment.x0 - t.x0) < near and abs(segment.y - t.y) < near for t in twins):
            continue
        twins.append(segment)
        kept.append(segment)
    return kept


def rows_of(segments: Iterable[Segment]) -> list[list[Segment]]:
    """Segments by baseline from top to bottom; small raised ones join the row they stand in."""
    rows: list[list[Segment]] = []
    for segment in sorted(segments, key=lambda s: (s.y, s.x0)):
        if rows and abs(segment.y - rows[-1][0].y) <= 0.3 * min(segment.size, rows[-1][0].size):
            rows[-1].append(segment)
        else:
            rows.append([segment])
    settled: list[list[Segment]] = []
    for row in rows:
        if settled and _stands_in(settled[-1], row):
            settled[-1].extend(row)
        else:
            settled.append(row)
    return [sorted(row, key=lambda s: s.x0) for row in settled]


def _stands_in(above: list[Segment], below: list[Segment]) -> bool:
    """Whether one row is made of small letters within the height of the other's large ones."""
    one, other = (max(row, key=lambda s: s.size) for row in (above, below))
    shared = min(one.bottom, other.bottom) - max(one.top, other.top)
    least = min(one.size, other.size)
    if least > 0.8 * max(one.size, other.size) or shared < 0.5 * least:
        return False
    near = 0.35 * least
    return not any(a.x0 < b.x1 - near and b.x0 < a.x1 - near for a in above for b in below)


def line_of(row: Sequence[Segment]) -> Line:
    """One line of text; small raised numbers are taken out of it as its marks."""
    large = max(part.size for part in row)
    parts = tuple(part for part in row if not _is_raised(part, row, large))
    text = ""
    last: Segment | None = None
    marks: list[str] = []
    for part in row:
        if part in parts:
            text += _space(last, part) + part.text
        else:
            added, called = read_raised(text, part.text)
            text += added
            marks += called
        last = part
    base = max(parts, key=lambda part: len(part.text))
    weights = sorted(part.weight for part in parts for _ in part.text)
    text = close_up(text).replace(_FAR_SPACE, " ").strip()
    return Line(
        text,
        row[0].x0,
        row[-1].x1,
        base.y,
        base.size,
        weights[len(weights) // 2],
        parts,
        tuple(marks),
    )


def _is_raised(part: Segment, row: Sequence[Segment], large: float) -> bool:
    """Small letters that stand above the baseline of the large ones beside them."""
    if part.size > 0.8 * large or len(part.text) > _LONGEST_RAISED:
        return False
    return any(
        part.y < other.y - 0.15 * large
        and min(abs(other.x1 - part.x0), abs(part.x1 - other.x0)) < large
        for other in row
        if other.size > 0.9 * large
    )


def _space(last: Segment | None, part: Segment) -> str:
    if last is None:
        return ""
    gap = (part.x0 - last.x1) / part.size
    least = _WIDE_SPACE if is_wide(last.text[-1]) or is_wide(part.text[0]) else _NARROW_SPACE
    return "" if gap < least else " " if gap < _FAR else _FAR_SPACE


def lead_width(text: str, size: float) -> float:
    """How much room the first word of a line needs, or its first letter and what must follow it."""
    lead = re.match(r"[（(“《【「]*(?:[!-~]+|.)[，。、；：！？）)”》】」]*", text)
    letters = lead.group() if lead else text[:1]
    return size * sum(1.0 if is_wide(letter) else 0.5 for letter in letters)
