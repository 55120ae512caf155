"""An export of the outcome log: one snapshot of the database into one file, whole or not at all."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from sqlalchemy import func
from sqlalchemy.orm import Session, sessionmaker

from training_modules.event import Verb
from training_modules.exporting.csv_files import Files, csv_folder, csv_zip, one_csv
from training_modules.exporting.json_lines import json_lines
from training_modules.exporting.sheet import Sheet
from training_modules.exporting.sheets import data_sheets, dictionary, readme
from training_modules.exporting.source import Source
from training_modules.exporting.statement_file import events, write_statements
from training_modules.exporting.workbook import workbook
from training_modules.indicators.ledger import open_ledger
from training_modules.indicators.period import Period
from training_modules.module import Module
from training_modules.rows import EventRow
from training_modules.snapshot import snapshot

T = TypeVar("T")
_STEP = 2000
# The one sheet that a single CSV file holds.
SINGLE = "responses"


class Format(StrEnum):
    CSV = "csv"
    XLSX = "xlsx"
    JSONL = "jsonl"
    XAPI = "xapi"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be exported, and where to; `zone` is where the library is."""

    format: Format
    path: Path
    made_at: datetime
    zone: str
    period: Period = field(default_factory=Period)
    cohort: str | None = None
    modules: Sequence[Module] = ()
    version: str = ""


@dataclass(frozen=True, slots=True)
class Exported:
    """The place, and how many rows of which sheet stand there."""

    path: Path
    rows: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.rows.values())


# Is told the sheet, the rows done, and about how many there will be.
Progress = Callable[[str, int, int], None]


def untold(sheet: str, done: int, of: int) -> None:
    """Nobody watches."""


def export(
    sessions: sessionmaker[Session], wanted: Wanted, progress: Progress = untold
) -> Exported:
    """Everything out of one moment, so that the totals of all sheets agree."""
    with snapshot(sessions) as session:
        ledger = open_ledger(session, wanted.period, wanted.cohort)
        source = Source(ledger, wanted.zone, wanted.modules)
        counting = _Counting(progress, _expected(source))
        if wanted.format is Format.XAPI:
            told = counting.counted("statements", events(source))
            write_statements(wanted.path, source, told)
        else:
            _write_sheets(source, wanted, counting)
        return Exported(wanted.path, counting.rows)


def _write_sheets(source: Source, wanted: Wanted, counting: "_Counting") -> None:
    with _files(wanted) as files:
        for sheet in data_sheets(source):
            if _is_single(wanted) and sheet.name != SINGLE:
                continue
            files.write(replace(sheet, rows=counting.counted(sheet.name, sheet.rows)))
        if not _is_single(wanted):
            about: tuple[Sheet, ...] = (
                readme(source, wanted.made_at, wanted.version, counting.rows), dictionary()
            )  # fmt: skip
            for sheet in about:
                files.write(sheet)


def _files(wanted: Wanted) -> AbstractContextManager[Files]:
    if wanted.format is Format.XLSX:
        return workbook(wanted.path)
    if wanted.format is Format.JSONL:
        return json_lines(wanted.path)
    if wanted.path.suffix.lower() == ".zip":
        return csv_zip(wanted.path)
    return one_csv(wanted.path) if _is_single(wanted) else csv_folder(wanted.path)


def _is_single(wanted: Wanted) -> bool:
    is_file = wanted.path.suffix.lower() == ".csv" and not wanted.path.is_dir()
    return wanted.format is Format.CSV and is_file


class _Counting:
    """Counts rows as they pass, and says so now and then."""

    def __init__(self, progress: Progress, expected: int) -> None:
        self.rows: dict[str, int] = {}
        self._progress, self._expected, self._done = progress, expected, 0

    def counted(self, name: str, rows: Iterable[T]) -> Iterator[T]:
        self.rows[name] = 0
        count = 0
        for row in rows:
            count += 1
            if count % _STEP == 0:
                self._tell(name, _STEP)
            yield row
        self.rows[name] = count
        self._tell(name, count % _STEP)

    def _tell(self, name: str, more: int) -> None:
        self._done += more
        self._progress(name, self._done, max(self._expected, self._done))


def _expected(source: Source) -> int:
    """About how many rows there will be: an event is one at most, save in the sums."""
    ledger = source.ledger
    if ledger.cohort is None and ledger.period.since is None:
        return source.head()[0]
    verbs = [verb for verb in Verb if verb is not Verb.CORRECTED]
    return source.session.scalar(ledger.events(func.count(EventRow.number), verbs=verbs)) or 0
