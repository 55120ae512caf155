"""Compiling a report: the indicators, and what belongs to them in words."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from foundation.wording import say
from retrieval.receipts import Gap
from training_modules.dates import said_day
from training_modules.event import Verb
from training_modules.indicators import Indicator, Period, indicators
from training_modules.indicators.calibration import sure_and_wrong
from training_modules.indicators.ledger import Ledger, open_ledger
from training_modules.module import Module
from training_modules.reporting.figures import direction, percent
from training_modules.reporting.report import Asked, Report, Scope, Wrong
from training_modules.rows import EventRow, PersonRow, WordsRow

_STORIES: Final = 12
_GAPS: Final = 10
_LONGEST: Final = 600
REHEARSAL: Final = "rehearsal"


def compile_report(
    session: Session,
    days: tuple[date | None, date | None] = (None, None),
    cohort: str | None = None,
    *,
    language: str,
    made_on: date,
    zone: str = "Asia/Shanghai",
    modules: Sequence[Module] = (),
    gaps: Sequence[Gap] = (),
) -> Report:
    """All that is told of a cohort between two days, each of which may be open."""
    period = Period.of_days(*days, zone)
    found = {one.key: one for one in indicators(session, period, cohort, modules)}
    ledger = open_ledger(session, period, cohort)
    return Report(
        language, made_on, _said_period(days, language), cohort, _headline(found, language), found,
        _wrong(ledger, modules, language), _stories(ledger),
        tuple(Asked(_short(gap.question), gap.times) for gap in gaps[:_GAPS]),
        _scope(found["scope.modules"], language), _is_simulated(session),
    )  # fmt: skip


def _said_period(days: tuple[date | None, date | None], language: str) -> str:
    first, last = (said_day(day, language) if day else "" for day in days)
    if first and last:
        return say("report.period.between", language, first=first, last=last)
    if first:
        return say("report.period.from", language, first=first)
    return say("report.period.until" if last else "report.period.all", language, last=last)


def _headline(found: Mapping[str, Indicator], language: str) -> str:
    """One sentence: who, what they gained, what became of it."""
    said = []
    people, gain = found["participants.people"], found["knowledge.gain"]
    used = found["application.of_completers"]
    if people.is_told and people.n:
        said.append(say("report.headline.participants", language, count=f"{people.n:,}"))
    if gain.is_told and gain.before is not None and gain.after is not None:
        way = {"up": "knowledge", "down": "knowledge_down"}.get(direction(gain), "knowledge_flat")
        ends = {"before": percent(gain.before), "after": percent(gain.after)}
        said.append(say(f"report.headline.{way}", language, **ends))
    if used.is_told and used.value is not None:
        said.append(say("report.headline.application", language, share=percent(used.value)))
    if not said:
        return say("report.headline.none", language)
    return "；".join(said) + "。" if language == "zh" else "; ".join(said) + "."


def _wrong(ledger: Ledger, modules: Sequence[Module], language: str) -> tuple[Wrong, ...]:
    """In the words of the module; by its id where it is not on the shelf any more."""
    known = {module.id: module for module in modules}
    found = []
    for one in sure_and_wrong(ledger):
        module = known.get(one.module)
        item = module.item(one.item) if module else None
        title = module.title.of(language) if module else one.module
        prompt = item.prompt.of(language) if item else one.item
        found.append(Wrong(title, _short(prompt), one.people, one.asked))
    return tuple(found)


def _stories(ledger: Ledger) -> tuple[str, ...]:
    """What people allowed to be told, the newest first; the same words once."""
    query = ledger.events(WordsRow.text, verbs=[Verb.APPLIED]).where(
        WordsRow.event == EventRow.id, EventRow.share.is_(True)
    )
    query = query.order_by(EventRow.at.desc(), EventRow.id)
    said = (_short(text) for (text,) in ledger.rows(query) if text.strip())
    return tuple(dict.fromkeys(said))[:_STORIES]


def _scope(one: Indicator, language: str) -> tuple[Scope, ...]:
    found = []
    for cell in one.cells:
        area, _, competency = cell.key.partition("/")
        found.append(Scope(int(area), say(f"competency.{competency}", language), cell.n or 0))
    return tuple(found)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:_LONGEST]}…"


def _is_simulated(session: Session) -> bool:
    query = select(exists().where(PersonRow.channel == REHEARSAL))
    return bool(session.scalar(query))
