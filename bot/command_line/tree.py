"""A document as it was understood, printed so that a person can judge the reading."""

from collections.abc import Iterator, Sequence
from typing import Any, Final

from bot.command_line.listing import period
from foundation.wording import say
from knowledge.catalogue import READER
from knowledge.document import Kind, Passage, Reading, Table
from knowledge.record import DocumentRecord, VersionRecord

_FIRST: Final = 40
_ROWS: Final = 5


def tree_as_json(
    record: DocumentRecord,
    versions: Sequence[VersionRecord],
    chosen: VersionRecord,
    reading: Reading,
    *,
    full: bool,
) -> dict[str, Any]:
    """Everything that is known of a document and one of its versions."""
    return {
        **record.as_json(),
        "shown_version": chosen.number,
        "versions": [version.as_json() for version in versions],
        "tree": _node(reading, 0, _children(reading), full=full),
        "tables": [_table(reading, table) for table in reading.tables],
        "notes": [p.text for p in reading.passages if p.kind is Kind.NOTE],
        "dropped": [
            {"rule": rule, "places": count, "characters": letters}
            for rule, (count, letters) in _drops(reading).items()
        ],
        "pages_without_text": silent_pages(reading),
        "warnings": list(reading.warnings),
    }


def _node(
    reading: Reading, section: int, children: dict[int, list[int]], *, full: bool
) -> dict[str, Any]:
    node = reading.sections[section]
    own = [reading.passages[number] for number in reading.by_section.get(section, ())]
    return {
        "title": node.title,
        "level": node.level,
        "page": node.page,
        "passages": len(own),
        "first": _first(own),
        **({"texts": [_passage(passage) for passage in own]} if full else {}),
        "sections": [_node(reading, c, children, full=full) for c in children.get(section, ())],
    }


def _children(reading: Reading) -> dict[int, list[int]]:
    children: dict[int, list[int]] = {}
    for number, section in enumerate(reading.sections):
        if section.parent is not None:
            children.setdefault(section.parent, []).append(number)
    return children


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "kind": str(passage.kind), "text": passage.text, "page": passage.page,
        "start": passage.span.start, "end": passage.span.end,
    }  # fmt: skip


def _table(reading: Reading, table: Table) -> dict[str, Any]:
    return {
        "section": list(reading.path(table.section)),
        "caption": table.caption,
        "header": list(table.header),
        "rows": [[" ".join(cell) for cell in reading.passages[r].cells] for r in table.rows],
        "notes": [reading.passages[note].text for note in table.notes],
    }


def _drops(reading: Reading) -> dict[str, tuple[int, int]]:
    """How often each rule left something out, and how many characters."""
    found: dict[str, tuple[int, int]] = {}
    for drop in reading.drops:
        count, letters = found.get(drop.rule, (0, 0))
        found[drop.rule] = (count + 1, letters + drop.span.end - drop.span.start)
    return found


def silent_pages(reading: Reading) -> list[int]:
    """The pages of which no passage came."""
    if not reading.pages:
        return []
    speaking = {passage.page for passage in reading.passages}
    if speaking <= {None}:
        return []
    return [page for page in range(1, reading.pages + 1) if page not in speaking]


def _first(passages: Sequence[Passage]) -> str:
    """The first words that are not the heading itself."""
    text = next((p.text for p in passages if p.kind is not Kind.HEADING), "")
    flat = " ".join(text.split())
    return flat if len(flat) <= _FIRST else f"{flat[:_FIRST]}…"


def tree_as_text(
    record: DocumentRecord,
    versions: Sequence[VersionRecord],
    reading: Reading,
    language: str,
    *,
    full: bool,
) -> str:
    """The same for people: facts, tree, tables, notes, what was left out, warnings."""
    lines = [*_facts(record, language), *_versions(versions, language), ""]
    lines += [_heading("tree", language), *_tree(reading, language, full=full)]
    lines += _tables(reading, language, full=full)
    notes = [p.text for p in reading.passages if p.kind is Kind.NOTE]
    lines += _list("notes", notes, language)
    lines += _list("dropped", _dropped(reading, language), language)
    lines += _list("warnings", reading.warnings, language)
    silent = silent_pages(reading)
    if silent:
        pages = ", ".join(str(page) for page in silent)
        lines.append(say("documents.show.silent", language, pages=pages))
    return "\n".join(lines)


def _facts(record: DocumentRecord, language: str) -> Iterator[str]:
    yield f"{record.title} ({record.id})"
    counts = {"sections": record.sections, "passages": record.passages, "tables": record.tables}
    facts = {
        "column.status": say(f"documents.life.{record.status}", language),
        "show.replaced_by": record.replaced_by, "show.publisher": record.publisher,
        "show.kind": record.kind, "show.language": record.language,
        "column.published": record.published_on, "column.in_force": period(record),
        "show.rights": record.rights, **{f"column.{name}": n for name, n in counts.items()},
        "column.pages": record.pages,
    }  # fmt: skip
    for key, value in facts.items():
        if value not in (None, ""):
            yield f"  {say(f'documents.{key}', language)}: {value}"


def _versions(versions: Sequence[VersionRecord], language: str) -> Iterator[str]:
    yield _heading("versions", language)
    for version in versions:
        said = say(
            "documents.show.version", language, number=version.number,
            date=version.added_at.date(), file=version.file_name, passages=version.passages,
        )  # fmt: skip
        older = say("documents.show.older", language) if version.reader < READER else ""
        yield f"  {said}{older}"


def _tree(reading: Reading, language: str, *, full: bool) -> Iterator[str]:
    for number, section in enumerate(reading.sections):
        indent = "  " * (section.level + 1)
        page = (
            f" · {say('documents.show.page', language, page=section.page)}" if section.page else ""
        )
        mark = f"[{section.level}] " if number else ""
        yield f"{indent}{mark}{section.title}{page}"
        own = [reading.passages[at] for at in reading.by_section.get(number, ())]
        inner = [passage for passage in own if passage.kind is not Kind.HEADING]
        if full:
            yield from (f"{indent}    {_marked(passage)}" for passage in inner)
        elif inner:
            counts = {"count": len(inner), "first": _first(inner)}
            yield f"{indent}    {say('documents.show.passages', language, **counts)}"


def _marked(passage: Passage) -> str:
    mark = {Kind.ITEM: "• ", Kind.ROW: "| ", Kind.NOTE: "※ "}.get(passage.kind, "")
    return mark + " ".join(passage.text.split())


def _tables(reading: Reading, language: str, *, full: bool) -> Iterator[str]:
    if not reading.tables:
        return
    yield from ("", _heading("tables", language))
    for number, table in enumerate(reading.tables, 1):
        caption = table.caption or say("documents.show.no_caption", language)
        counts = {"number": number, "caption": caption, "rows": len(table.rows)}
        yield f"  {say('documents.show.table', language, **counts)}"
        if table.header:
            yield f"    ‖ {' | '.join(table.header)}"
        shown = table.rows if full else table.rows[:_ROWS]
        yield from (f"    {_marked(reading.passages[row])}" for row in shown)
        if len(shown) < len(table.rows):
            yield f"    {say('documents.show.more', language, count=len(table.rows) - len(shown))}"


def _dropped(reading: Reading, language: str) -> list[str]:
    return [
        say("documents.show.drop", language, rule=rule, count=count, letters=letters)
        for rule, (count, letters) in _drops(reading).items()
    ]


def _list(name: str, items: Sequence[str], language: str) -> list[str]:
    if not items:
        return ["", f"{_heading(name, language)} {say('documents.show.none', language)}"]
    return ["", _heading(name, language), *(f"  {' '.join(item.split())}" for item in items)]


def _heading(name: str, language: str) -> str:
    return say(f"documents.show.{name}", language) + ("：" if language == "zh" else ":")
