"""From what a reader found to the normal form: the rules in their order."""

from dataclasses import replace

from knowledge.document import Reading
from knowledge.source import Source
from knowledge.structure.assembling import Assembly
from knowledge.structure.headings import find_headings
from knowledge.structure.joining import join
from knowledge.structure.leaving_out import leave_out
from knowledge.structure.notes import mark_notes
from knowledge.structure.titles import find_title


def understand(source: Source, name: str) -> Reading:
    """A document as it was understood; `name` is its title where the text has none."""
    blocks, drops = leave_out(source.blocks)
    if source.whole_paragraphs:
        blocks = [block if block.gap else replace(block, gap=1) for block in blocks]
    else:
        blocks = join(blocks)
    blocks = mark_notes(blocks)
    headings = find_headings(blocks)
    title, of_title = find_title(blocks, headings, source.title or name)
    assembly = Assembly(title, source)
    for number, block in enumerate(blocks):
        heading = None if number in of_title else headings[number]
        assembly.add(block, heading, is_title=number in of_title)
    return assembly.finish(drops)
