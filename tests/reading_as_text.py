"""A reading written out so that a librarian can judge it against the paper."""

from collections import Counter
from collections.abc import Iterator

from knowledge.document import Kind, Passage, Reading


def written(reading: Reading) -> str:
    """The tree with every passage, then what was left out and why."""
    return "\n".join([*_head(reading), "", *_tree(reading), "", *_left_out(reading)]) + "\n"


def _head(reading: Reading) -> Iterator[str]:
    kinds = Counter(passage.kind.value for passage in reading.passages)
    counted = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
    yield f"title: {reading.title}"
    yield f"{len(reading.sections) - 1} sections, {len(reading.tables)} tables; {counted}"
    yield from (f"warning: {warning}" for warning in reading.warnings)


def _tree(reading: Reading) -> Iterator[str]:
    last = 0
    for number, passage in enumerate(reading.passages):
        for section in range(last + 1, passage.section + 1):
            node = reading.sections[section]
            silent = passage.kind is not Kind.HEADING or passage.text != node.title
            page = f" (page {node.page})" if node.page else ""
            yield f"{'    ' * (node.level - 1)}§ {node.title}{page}{' ~' if silent else ''}"
        opens = passage.section > last and passage.text == reading.sections[passage.section].title
        back = passage.section < last
        last = max(last, passage.section)
        if opens and passage.kind is Kind.HEADING:
            continue
        indent = "    " * reading.sections[passage.section].level
        if back and passage.section != reading.passages[number - 1].section:
            yield f"{indent}(back in {reading.sections[passage.section].title})"
        yield from (indent + line for line in _passage(reading, number, passage))


def _passage(reading: Reading, number: int, passage: Passage) -> Iterator[str]:
    page = f" {passage.page}" if passage.page else ""
    if passage.table is None:
        yield f"[{passage.kind}{page}] {passage.text}"
    else:
        table = reading.tables[passage.table]
        if reading.passages[number - 1].table != passage.table:
            yield f"table: {table.caption or 'without caption'}"
            yield from (f"  note of the table: {reading.passages[n].text}" for n in table.notes)
        cells = " | ".join("；".join(cell) or "∅" for cell in passage.cells)
        yield f"  [{'row' if number in table.rows else 'header'}{page}] {cells}"
    for note in passage.notes:
        yield f"    → {reading.passages[note].text[:24]}"


def _left_out(reading: Reading) -> Iterator[str]:
    rules = Counter(drop.rule for drop in reading.drops)
    yield "left out:" if rules else "left out: nothing"
    for rule, times in sorted(rules.items()):
        yield f"  {times} × {rule}"
        texts = [reading.text[d.span.start : d.span.end] for d in reading.drops if d.rule == rule]
        for text, number in Counter(" ".join(text.split()) for text in texts).items():
            yield f"      {text[:100]}" + (f" ({number} times)" if number > 1 else "")
