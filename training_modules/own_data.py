"""One's own data: everything that is kept of a person's training, as a zip for them to take."""

import json
import zipfile
from collections.abc import Callable, Iterator
from io import StringIO
from pathlib import Path
from typing import Any, Final

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from foundation.wording import say
from training_modules.chain import EVENTS
from training_modules.event import Event, Verb
from training_modules.exporting import columns, rows, summaries
from training_modules.exporting.csv_files import write_sheet
from training_modules.exporting.fresh import fresh_file
from training_modules.exporting.journeys import Journeys
from training_modules.exporting.sheet import Sheet
from training_modules.exporting.source import Source
from training_modules.indicators.ledger import open_ledger
from training_modules.indicators.period import Period
from training_modules.module import Module
from training_modules.rows import EnrolmentRow, MemoryRow, PersonRow, WishRow, WordsRow
from training_modules.xapi.statement import Statements

_FIELDS: Final = tuple(Event.__dataclass_fields__)


def archive(
    session: Session,
    pseudonym: str,
    person: str,
    target: Path,
    find: Callable[[str], Module | None] = lambda _: None,
) -> Path:
    """Write the zip; `person` is the id of their row, `find` tells of modules for xAPI."""
    found = session.get(PersonRow, person)
    zone, language = (found.zone, found.language) if found else ("UTC", "zh")
    with (
        fresh_file(target) as place,
        zipfile.ZipFile(place, "w", zipfile.ZIP_DEFLATED) as packed,
    ):
        packed.writestr("README.txt", say("outcomes.archive.readme", language))
        for name, value in _kept(session, pseudonym, person, find):
            packed.writestr(f"{name}.json", json.dumps(value, ensure_ascii=False, indent=1))
        for sheet in _sheets(session, pseudonym, zone):
            text = StringIO(newline="")
            write_sheet(text, sheet)
            packed.writestr(f"{sheet.name}.csv", text.getvalue().encode("utf-8-sig", "replace"))
    return target


def _kept(
    session: Session, pseudonym: str, person: str, find: Callable[[str], Module | None]
) -> Iterator[tuple[str, Any]]:
    said = select(WordsRow.event, WordsRow.text).where(WordsRow.pseudonym == pseudonym)
    words = dict(row.tuple() for row in session.execute(said))
    events = list(_events(session, pseudonym))
    statements = Statements(find)
    yield "person", next(iter(_rows(session, PersonRow.__table__, "id", person)), {})
    yield "enrolments", _rows(session, EnrolmentRow.__table__, "pseudonym", pseudonym)
    yield "wishes", _rows(session, WishRow.__table__, "pseudonym", pseudonym)
    yield "reviews", _rows(session, MemoryRow.__table__, "pseudonym", pseudonym)
    yield "events", [{**e.as_json(), "words": words.get(e.id, "")} for e in events]
    yield "xapi", [statements.of(e, words.get(e.id, "")) for e in events]


def _rows(session: Session, table: Any, column: str, value: str) -> list[dict[str, Any]]:
    of: Table = table
    found = session.execute(select(of).where(of.c[column] == value))
    return [{k: _plain(v) for k, v in row._asdict().items()} for row in found]


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _events(session: Session, pseudonym: str) -> Iterator[Event]:
    query = select(*(EVENTS.c[name] for name in _FIELDS)).where(EVENTS.c.pseudonym == pseudonym)
    for verb, *values in session.execute(query.order_by(EVENTS.c.number)):
        yield Event(Verb(verb), *values)


def _sheets(session: Session, pseudonym: str, zone: str) -> Iterator[Sheet]:
    """The sheets of an export, of this person alone."""
    ledger = open_ledger(session, Period(), None)
    source = Source(ledger, zone, pseudonym=pseudonym)
    made = {
        "enrolments": summaries.enrolments(source),
        "modules": Journeys(source).modules(),
        "responses": rows.responses(source),
        "ratings": rows.ratings(source),
        "applications": rows.applications(source),
    }
    for name, of_name in made.items():
        yield Sheet(name, columns.DATA[name], of_name)
