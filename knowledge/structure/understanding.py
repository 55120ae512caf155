"""From what a reader found to the normal form: the rules in their order."""

from collections.abc import Sequence
from dataclasses import replace

from knowledge.document import Reading
from knowledge.source import Block, Source
from knowledge.structure.articles import articles_apart
from knowledge.structure.assembling import Assembly
from knowledge.structure.contents import find_contents
from knowledge.structure.headings import find_headings
from knowledge.structure.joining import join
from knowledge.structure.leaving_out import leave_out
from knowledge.structure.notes import mark_notes
from knowledge.structure.parts import find_closings, find_parts
from knowledge.structure.placing import Places
from knowledge.structure.titles import find_title


def understand(source: Source, name: str) -> Reading:
    """A document as it was understood; `name` is its title where the text has none."""
    contents = find_contents(source.blocks)
    kept, drops = leave_out(source.blocks, contents.blocks)
    places = Places(source.text, [*drops, *source.drops])
    blocks = _made_whole(kept, whole=source.whole_paragraphs)
    blocks = mark_notes(articles_apart(blocks, places))
    headings = find_headings(blocks, contents.listed)
    closings = find_closings(blocks, headings)
    headings = find_parts(blocks, headings, closings)
    title = find_title(blocks, headings, source.title or name)
    first = min(title.blocks, default=0)
    assembly = Assembly(title.text, source, drops, places)
    for number, block in enumerate(blocks):
        is_title = number in title.blocks
        opens = number == first and title.opens_part if is_title else number >= first
        if number in closings:
            assembly.rise()
        assembly.add(block, headings[number] if opens else None, is_title=is_title)
    return assembly.finish()


def _made_whole(blocks: Sequence[Block], *, whole: bool) -> Sequence[Block]:
    if whole:
        return [block if block.gap else replace(block, gap=1) for block in blocks]
    return join(blocks)
