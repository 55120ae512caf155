"""The sheets of an export, in their order, with what is said about them."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from foundation.wording import say
from training_modules.exporting import columns, rows, summaries
from training_modules.exporting.journeys import Journeys
from training_modules.exporting.sheet import Row, Sheet
from training_modules.exporting.source import Source


def data_sheets(source: Source) -> Iterator[Sheet]:
    """What was recorded, and what follows from it."""
    journeys = Journeys(source)
    made: Mapping[str, Iterator[Row]] = {
        "indicators": summaries.indicators(source),
        "enrolments": summaries.enrolments(source),
        "modules": journeys.modules(),
        "responses": rows.responses(source),
        "ratings": rows.ratings(source),
        "applications": rows.applications(source),
        "items": journeys.items(),
    }
    for name, of_name in columns.DATA.items():
        yield Sheet(name, of_name, made[name])


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
    yield "log_lines", str(number)
    yield "log_hash", hash_
    for name, count in counts.items():
        yield f"rows_{name}", str(count)
    for note in ("pseudonyms", "words", "corrections", "suppression", "guard", "offsets"):
        yield note, f"{say(f'outcomes.note.{note}', 'zh')} {say(f'outcomes.note.{note}', 'en')}"
