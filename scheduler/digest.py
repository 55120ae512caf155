"""The weekly digest to administrators: what needs a person's eye, and nothing else."""

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import ColumnElement, and_, case, func, or_, select
from sqlalchemy.orm import Session

from foundation.database import Sessions
from knowledge.catalogue import list_documents
from knowledge.life import Status
from scheduler.among import among
from scheduler.calendars import CHINESE, last_known_year
from scheduler.delivery import State
from scheduler.planning import Why, fault_of
from scheduler.roster import SqlRoster
from scheduler.rows import DeliveryRow, DutyRow
from training_modules.event import Phase, Verb
from training_modules.rows import EnrolmentRow, EventRow, PersonRow

WEEK: Final = timedelta(days=7)
_EXPIRES_WITHIN: Final = timedelta(days=60)
# What was superseded or withdrawn may expire unnoticed.
_ENDING: Final = (Status.IN_FORCE, Status.EXPIRED)
_MISLEADING_FROM: Final = 5
_MISLEADING_SHARE: Final = 0.3
_CERTAIN: Final = 3
_ITEMS_WITHIN: Final = timedelta(days=90)
_MOST: Final = 20


@dataclass(frozen=True, slots=True)
class Misleading:
    """An item that people answer wrongly and are sure of it."""

    module: str
    item: str
    answers: int
    sure_and_wrong: int


@dataclass(frozen=True, slots=True)
class Faulty:
    """An enrolment that cannot be planned, and why."""

    enrolment: str
    person: str
    why: str


@dataclass(frozen=True, slots=True)
class Pulled:
    """A module of a track in use that is not given, and why."""

    module: str
    why: str


@dataclass(frozen=True)
class Digest:
    """A week in figures and names; everything that is empty is left unsaid."""

    sent: int = 0
    states: dict[str, int] = field(default_factory=dict)
    gaps: Sequence[str] = ()
    quiet: Sequence[str] = ()
    paused: int = 0
    misleading: Sequence[Misleading] = ()
    expiring: Sequence[tuple[str, str]] = ()
    pulled: Sequence[Pulled] = ()
    open_ends: Sequence[DeliveryRow] = ()
    all_open: int = 0
    faults: Sequence[Faulty] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    chores: Sequence[tuple[str, str]] = ()
    calendar_ends: int | None = None


def digest_of(
    sessions: Sessions,
    roster: SqlRoster,
    now: datetime,
    gaps: Callable[[], Sequence[str]] = tuple,
    why_pulled: Callable[[str], str | None] = lambda _: None,
) -> Digest:
    """Everything that the last seven days left to look at.

    `gaps` are open questions; `why_pulled` says why a module is not given.
    """
    faults, gone, uses_calendar = _walked(roster, now)
    with sessions() as session:
        states = _states(session, now)
        quiet, paused = _quiet(session, now)
        ends = open_ends(session, now)
        return Digest(
            sent=states[State.SENT], states=dict(states), gaps=tuple(gaps()), quiet=quiet,
            paused=paused, misleading=_misleading(session, now), expiring=_expiring(session, now),
            pulled=[Pulled(module, why_pulled(module) or "") for module in gone],
            open_ends=ends, all_open=_all_open(session, now), faults=faults,
            names=_names(session, {row.person for row in ends} | {one.person for one in faults}),
            chores=_failed_chores(session),
            calendar_ends=_calendar_ends(now) if uses_calendar else None,
        )  # fmt: skip


def _walked(roster: SqlRoster, now: datetime) -> tuple[Sequence[Faulty], Sequence[str], bool]:
    faults = [Faulty(key, "", Why.NO_PERSON) for key in roster.without_person()]
    pulled: set[str] = set()
    uses_calendar = False
    for page in roster.everybody(now):
        for learner in page:
            why = fault_of(learner)
            if why is not None and why is not Why.UNREACHABLE:
                faults.append(Faulty(learner.enrolment, learner.person, why))
            pulled.update(learner.gone)
            uses_calendar |= learner.calendar == CHINESE
    return faults, sorted(pulled), uses_calendar


def _states(session: Session, now: datetime) -> Counter[str]:
    query = select(DeliveryRow.state, func.count()).where(DeliveryRow.due_at > now - WEEK)
    return Counter(dict(session.execute(query.group_by(DeliveryRow.state)).tuples().all()))


def open_ends(session: Session, now: datetime, most: int = _MOST) -> Sequence[DeliveryRow]:
    """Deliveries of the week that are unknown or failed, and those that were given up unknown."""
    query = select(DeliveryRow).where(_is_open_end(now)).order_by(DeliveryRow.due_at.desc())
    return session.scalars(query.limit(most)).all()


def _all_open(session: Session, now: datetime) -> int:
    return (
        session.scalar(select(func.count()).select_from(DeliveryRow).where(_is_open_end(now))) or 0
    )


def _is_open_end(now: datetime) -> ColumnElement[bool]:
    given_up = and_(
        DeliveryRow.state == State.EXPIRED, DeliveryRow.attempts > 0, DeliveryRow.sent_at.is_(None)
    )
    is_open = or_(DeliveryRow.state.in_((State.UNKNOWN, State.FAILED)), given_up)
    return and_(DeliveryRow.due_at > now - WEEK, is_open)


def _names(session: Session, people: Collection[str]) -> dict[str, str]:
    query = select(PersonRow.id, PersonRow.name).where(
        among(session, PersonRow.__table__.c.id, people), PersonRow.name != ""
    )
    return dict(session.execute(query).tuples().all())


def _quiet(session: Session, now: datetime) -> tuple[Sequence[str], int]:
    """Names of trainees of whom nothing was heard for a week, and how many paused."""
    heard = select(EventRow.pseudonym).where(EventRow.at > now - WEEK)
    trainees = (
        select(PersonRow.name, PersonRow.id, PersonRow.is_paused)
        .join(EnrolmentRow, EnrolmentRow.pseudonym == PersonRow.pseudonym)
        .where(
            EnrolmentRow.left_at.is_(None), EnrolmentRow.completed_at.is_(None),
            EnrolmentRow.enrolled_at <= now - WEEK, PersonRow.blocked_at.is_(None),
            PersonRow.pseudonym.not_in(heard),
        )
        .distinct()
        .order_by(PersonRow.name, PersonRow.id)
    )  # fmt: skip
    found = session.execute(trainees).all()
    names = [name or person for name, person, is_paused in found if not is_paused]
    return names, sum(is_paused for *_, is_paused in found)


def _misleading(session: Session, now: datetime) -> Sequence[Misleading]:
    wrong = case((and_(EventRow.correct.is_(False), EventRow.certainty == _CERTAIN), 1), else_=0)
    back = select(EventRow.corrects).where(EventRow.verb == Verb.CORRECTED)
    query = (
        select(EventRow.module, EventRow.item, func.count(), func.sum(wrong))
        .where(
            EventRow.verb == Verb.ANSWERED, EventRow.at > now - _ITEMS_WITHIN,
            EventRow.attempt == 1, EventRow.correct.is_not(None), EventRow.id.not_in(back),
            # Before anything was taught being wrong is no fault of the item.
            EventRow.phase != Phase.PRE,
        )
        .group_by(EventRow.module, EventRow.item)
        .having(
            func.count() >= _MISLEADING_FROM, func.sum(wrong) >= _MISLEADING_SHARE * func.count()
        )
        .order_by(func.sum(wrong).desc())
        .limit(_MOST)
    )  # fmt: skip
    return [Misleading(*row) for row in session.execute(query)]


def _expiring(session: Session, now: datetime) -> Sequence[tuple[str, str]]:
    """Documents in force until a day within the next two months or the last week."""
    today = now.date()
    return [
        (record.title, record.valid_until.isoformat())
        for record in list_documents(session, today)
        if record.status in _ENDING and record.valid_until is not None
        and today - WEEK <= record.valid_until <= today + _EXPIRES_WITHIN
    ]  # fmt: skip


def _failed_chores(session: Session) -> Sequence[tuple[str, str]]:
    query = select(DutyRow.name, DutyRow.says).where(DutyRow.says.startswith("failed"))
    return [(name, says) for name, says in session.execute(query)]


def _calendar_ends(now: datetime) -> int | None:
    """The last year of known holidays, when the time after it is near."""
    year = last_known_year()
    return year if (now + _EXPIRES_WITHIN).year > year else None
