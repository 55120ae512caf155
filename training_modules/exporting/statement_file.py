"""xAPI statements in a file: an array with a statement a line, or plain lines (.jsonl)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from training_modules.chain import EVENTS
from training_modules.event import Event, Verb
from training_modules.exporting.fresh import fresh_file
from training_modules.exporting.source import Source
from training_modules.rows import EventRow
from training_modules.xapi.statement import Statements

_FIELDS: Final = tuple(name for name in Event.__dataclass_fields__)


def events(source: Source) -> Iterator[Event]:
    """The events that count, in the order of the log."""
    verbs = [verb for verb in Verb if verb is not Verb.CORRECTED]
    query = source.events(*(EVENTS.c[name] for name in _FIELDS), verbs=verbs)
    for verb, *values in source.stream(query.order_by(EventRow.number)):
        yield Event(Verb(verb), *values)


def write_statements(path: Path, source: Source, told: Iterator[Event]) -> int:
    """Answers how many; in lines where the name ends in .jsonl."""
    statements = Statements(source.find)
    is_lines = path.suffix == ".jsonl"
    written = 0
    with (
        fresh_file(path) as place,
        place.open("w", encoding="utf-8", errors="replace", newline="\n") as file,
    ):
        file.write("" if is_lines else "[\n")
        for event in told:
            between = ",\n" if written and not is_lines else ""
            file.write(between + statements.encoded(event) + ("\n" if is_lines else ""))
            written += 1
        file.write("" if is_lines else "\n]\n")
    return written
