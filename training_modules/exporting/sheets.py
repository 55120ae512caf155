"""The sheets of an export, in their order, with what is said about them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Final

from foundation.wording import say
from training_modules.exporting import columns, rows, summaries
from training_modules.exporting.sheet import Row, Sheet
from training_modules.exporting.source import Source

_ROWS: Final[Mapping[str, Callable[[Source], Iterator[Row]]]] = {
    "indicators": summaries.indicators,
    "enrolments": summaries.enrolments,
    "modules": summaries.modules,
    "responses": rows.responses,
    "ratings": rows.ratings,
    "applications": rows.applications,
    "items": summaries.items,
}


def data_sheets(source: Source) -> Iterator[Sheet]:
    """What was recorded, and what follows from it."""
    for name, of_name in columns.DATA.items():
        yield Sheet(name, of_name, _ROWS[name](source))


def dictionary() -> Sheet:
    """What each column of each sheet means, in both languages."""
    return Sheet("dictionary", columns.DICTIONARY, tuple(_defined()))


def _defined() -> Iterator[Row]:
    for name, of_name in columns.DATA.items():
        for column in of_name:
            labels = (say(f"outcomes.column.{column.name}", lang) for lang in ("zh", "en"))
            yield (name, column.name, str(column.kind), column.unit, column.values, *labels)


def readme(source: Source, made_at: datetime, version: str, counts: Mapping[str, int]) -> Sheet:
    """What this export holds, and how it may be read."""
    return Sheet("README", columns.README, tuple(_about(source, made_at, version, counts)))


def _about(
    source: Source, made_at: datetime, version: str, counts: Mapping[str, int]
) -> Iterable[Row]:
    period, cohort = source.ledger.period, source.ledger.cohort
    number, hash_ = source.head()
    yield "program", f"LibCoach {version}"
    yield "made_at", source.instant(made_at)
    yield "from", source.instant(period.since) or ""
    yield "until", source.instant(period.until) or ""
    yield "cohort", cohort or ""
    yield "zone", source.zone
    yield "log_lines", number
    yield "log_hash", hash_
    for name, count in counts.items():
        yield f"rows_{name}", count
    for note in ("pseudonyms", "words", "corrections", "suppression", "guard", "offsets"):
        yield note, f"{say(f'outcomes.note.{note}', 'zh')} {say(f'outcomes.note.{note}', 'en')}"
