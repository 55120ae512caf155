"""Where learners stand, for a page of enrolments at a time, each question asked once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from operator import itemgetter
from typing import Any, Final, NamedTuple

from sqlalchemy import Integer, and_, case, func, select
from sqlalchemy.orm import Session

from scheduler.among import among, each_since
from scheduler.delivery import DAILY, Kind, State
from scheduler.learner import Learner
from scheduler.planning import Why
from scheduler.rows import DeliveryRow
from scheduler.ways import Ways
from training_modules.event import Verb
from training_modules.rows import EnrolmentRow, EventRow, MemoryRow, SittingRow

_WEEK: Final = timedelta(days=7)
# Three weekly lessons without an answer, or a question and its reminder, lie within it.
_REMEMBERED: Final = timedelta(days=45)
_COMMA: Final = ","
_HAS_BASELINE: Final = 13
_event: Final = EventRow.__table__
_sitting: Final = SittingRow.__table__
_NEVER: Final = datetime(1970, 1, 1, tzinfo=UTC)


class Done(NamedTuple):
    """What somebody finished: modules, when last, how many of them in the last seven days."""

    modules: frozenset[str] = frozenset()
    last_at: datetime | None = None
    this_week: int = 0


class Had(NamedTuple):
    """What somebody was sent."""

    last_on: date | None = None
    last_at: datetime | None = None
    silent: int = 0
    reminded: int = 0
    offered: frozenset[str] = frozenset()
    asked_on: date | None = None
    asked: int = 0
    reviewed_on: date | None = None


class Begun(NamedTuple):
    """What somebody began: when last, and on which day what is open still."""

    last_at: datetime | None = None
    open_on: date | None = None


_NOTHING_DONE: Final = Done()
_NOTHING_BEGUN: Final = Begun()
_HAD_NOTHING: Final = Had()


@dataclass(frozen=True, slots=True)
class Page:
    """What the enrolments of a page are looked at with."""

    session: Session
    ways: Ways
    channels: Collection[str] | None
    now: datetime


def learners_of(page: Page, rows: Sequence[Any]) -> list[Learner]:
    """Rows of people with their enrolments, one after the other, as learners."""
    found = [row for row in rows if row[0] is not None]
    ids = [row[0] for row in found]
    if not ids:
        return []
    session = page.session
    done, begun = done_by(session, ids, page.now), begun_by(session, ids)
    since = {
        row[0]: max(begun.get(row[0], _NOTHING_BEGUN).last_at or _NEVER, row.resumed_at or _NEVER)
        for row in found
    }
    had = had_by(session, since, page.now)
    finished = [row[0] for row in found if row.completed_at is not None]
    reviews = reviews_of(session, finished) if finished else {}
    return [
        _learner(
            page, row, done.get(row[0], _NOTHING_DONE), had.get(row[0], _HAD_NOTHING), last,
            is_current=is_current, begun=begun.get(row[0], _NOTHING_BEGUN),
            review_on=reviews.get(row[0]),
        )
        for row, is_current, last in _by_person(found, had)
    ]  # fmt: skip


def _by_person(rows: Sequence[Any], had: dict[str, Had]) -> Iterator[tuple[Any, bool, Had]]:
    """Each enrolment, whether lessons come from it, and the last that its person had of any."""
    for _, group in groupby(rows, itemgetter(1)):
        own = list(group)
        if len(own) == 1:
            yield own[0], True, had.get(own[0][0], _HAD_NOTHING)
            continue
        # The newest that is not finished, else the newest.
        current = next((r for r in reversed(own) if r.completed_at is None), own[-1])
        mine = [had[row[0]] for row in own if row[0] in had]
        last = max(mine, key=lambda one: one.last_at or _NEVER, default=_HAD_NOTHING)
        yield from ((row, row is current, last) for row in own)


def _learner(
    page: Page, row: Any, done: Done, had: Had, last: Had, *, is_current: bool,
    begun: Begun, review_on: date | None,
) -> Learner:  # fmt: skip
    *fields, track, channel, _ = row
    way = page.ways.of(track)
    todo = way.next(done.modules) if way else ""
    fault = "" if way and way.modules else Why.NO_TRACK
    if page.channels is not None and channel not in page.channels:
        fault = Why.UNREACHABLE
    has_baseline = fields[_HAS_BASELINE]
    step = (todo or Kind.POSTTEST) if has_baseline else Kind.BASELINE
    found = (
        *fields, is_current, todo, begun.open_on, done.last_at, done.this_week, review_on,
        step in had.offered, had.silent, had.reminded, last.last_on, last.last_at,
        had.reviewed_on, had.asked_on, had.asked, fault, way.gone if way else (),
    )  # fmt: skip
    return Learner(*found)


def done_by(session: Session, enrolments: Sequence[str], now: datetime) -> dict[str, Done]:
    """Out of the log; what was taken back counts nowhere."""
    back = session.scalars(
        select(_event.c.corrects).where(
            among(session, _event.c.enrolment, enrolments), _event.c.verb == Verb.CORRECTED
        )
    ).all()
    is_completed = _event.c.verb == Verb.COMPLETED
    query = (
        select(
            _event.c.enrolment,
            func.aggregate_strings(case((is_completed, _event.c.module)), _COMMA),
            func.max(_event.c.at),
            func.sum(case((and_(is_completed, _event.c.at > now - _WEEK), 1), else_=0)),
        )
        .where(
            among(session, _event.c.enrolment, enrolments),
            _event.c.verb.in_((Verb.COMPLETED, Verb.TESTED)),
            *([_event.c.id.not_in(back)] if back else []),
        )
        .group_by(_event.c.enrolment)
    )  # fmt: skip
    return {
        key: Done(frozenset((modules or "").split(_COMMA)), last_at, int(week or 0))
        for key, modules, last_at, week in session.execute(query).all()
    }


def had_by(session: Session, since: Mapping[str, datetime], now: datetime) -> dict[str, Had]:
    """Out of the deliveries; only what was sent counts as offered, and as silent what came
    `since` they last began something or came back.
    """
    each, enrolment, moment = each_since(session, since)
    row = DeliveryRow.__table__.c
    is_sent = row.state == State.SENT
    is_silent = and_(is_sent, row.sent_at > moment)
    about = case((row.module == "", row.kind), else_=row.module)
    is_asked = and_(is_sent, about == Kind.FOLLOWUP)
    query = (
        select(
            row.enrolment, func.max(row.local_date), func.max(row.due_at), _count(is_silent),
            _count(and_(is_silent, row.kind == Kind.REMINDER)),
            func.aggregate_strings(case((is_sent, about)), _COMMA),
            func.max(case((is_asked, row.local_date))), _count(is_asked),
            func.max(case((row.kind == Kind.REVIEW, row.local_date))),
        )
        .select_from(each.join(DeliveryRow.__table__, row.enrolment == enrolment))
        .where(row.kind.in_(DAILY), row.local_date > (now - _REMEMBERED).date())
        .group_by(row.enrolment)
    )  # fmt: skip
    return {key: _had(*rest) for key, *rest in session.execute(query).all()}


def _count(what: Any) -> Any:
    return func.sum(case((what, 1), else_=0), type_=Integer)


def _had(
    last_on: date, last_at: datetime, silent: int, reminded: int, offered: str | None, *rest: Any
) -> Had:
    return Had(last_on, last_at, silent, reminded, frozenset((offered or "").split(_COMMA)), *rest)


def begun_by(session: Session, enrolments: Sequence[str]) -> dict[str, Begun]:
    """When they last began something, and on which day what they have not ended."""
    is_open = _sitting.c.ended_at.is_(None)
    query = (
        select(
            _sitting.c.enrolment, func.max(_sitting.c.begun_at),
            func.max(case((is_open, _sitting.c.local_date))),
        )
        .where(among(session, _sitting.c.enrolment, enrolments))
        .group_by(_sitting.c.enrolment)
    )  # fmt: skip
    return {key: Begun(*rest) for key, *rest in session.execute(query).all()}


def reviews_of(session: Session, enrolments: Sequence[str]) -> dict[str, date]:
    """From which day on something is due again to those who finished their track."""
    query = (
        select(EnrolmentRow.id, func.min(MemoryRow.due_on))
        .join(MemoryRow, MemoryRow.pseudonym == EnrolmentRow.pseudonym)
        .where(EnrolmentRow.id.in_(enrolments))
        .group_by(EnrolmentRow.id)
    )
    return dict(session.execute(query).tuples().all())
