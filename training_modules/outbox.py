"""The outbox: every event goes to the learning record store, at last, and not twice.

A statement has the id of its event, so a store knows again what it has: a batch whose answer was
lost is sent once more and changes nothing there.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import func, insert, literal, select, update
from sqlalchemy.orm import Session, sessionmaker

from foundation.clock import Clock
from foundation.database import Instant
from foundation.errors import StoreUnavailable
from training_modules.chain import EVENTS, take_turn
from training_modules.event import Event, Verb
from training_modules.lrs import Answer, Store, Verdict
from training_modules.rows import OutboxRow
from training_modules.xapi.statement import Statements

BATCH: Final = 50
# Longer than a store may take to answer: then whoever held the batch is gone.
_LEASE: Final = timedelta(minutes=10)
_FIRST_PAUSE: Final = timedelta(seconds=30)
_LONGEST_PAUSE: Final = timedelta(hours=6)
_FIELDS: Final = tuple(Event.__dataclass_fields__)

WAITING, SENDING, SENT, REFUSED = "waiting", "sending", "sent", "refused"


@dataclass(frozen=True, slots=True)
class Post:
    """How it stands: there, refused by the store, still to be sent; and why it stopped."""

    sent: int = 0
    refused: int = 0
    waiting: int = 0
    problem: str = ""


@dataclass
class Outbox:
    """Sends in batches; `progress` hears how many are there."""

    sessions: sessionmaker[Session]
    clock: Clock
    store: Store
    statements: Statements
    progress: Callable[[int], None] = lambda _: None
    batch: int = BATCH
    _sent: int = field(default=0, init=False)
    _refused: int = field(default=0, init=False)

    def send(self) -> Post:
        """Send what is due until nothing is left or the store wants no more for now."""
        self._sent = self._refused = 0
        with self.sessions.begin() as session:
            collect(session, self.clock())
        problem = ""
        while not problem:
            batch = self._claimed()
            if not batch:
                break
            problem = self._deliver(batch)
            self.progress(self._sent)
        return Post(self._sent, self._refused, self._left(), problem)

    def _left(self) -> int:
        query = select(func.count()).where(OutboxRow.state.in_((WAITING, SENDING)))
        with self.sessions() as session:
            return session.scalar(query) or 0

    def _claimed(self) -> list[Event]:
        """The next events, held for a while so that nobody else sends them at the same time."""
        now = self.clock()
        with self.sessions.begin() as session:
            due = (
                select(OutboxRow.event)
                .where(OutboxRow.state.in_((WAITING, SENDING)), OutboxRow.next_at <= now)
                .order_by(OutboxRow.number)
                .limit(self.batch)
                .with_for_update(skip_locked=True)
            )
            ids = list(session.scalars(due))
            _mark(session, ids, SENDING, now + _LEASE)
            return list(_events(session, ids))

    def _deliver(self, batch: Sequence[Event]) -> str:
        """Empty when all is settled; else why no more is to be sent now."""
        answer = self.store.post([self.statements.of(event) for event in batch])
        if answer.verdict is Verdict.TAKEN:
            self._settle(batch, SENT)
            return ""
        if answer.verdict is Verdict.LATER:
            self._put_off(batch, answer)
            return answer.problem
        if answer.verdict is Verdict.CLOSED:
            self._give_back(batch, answer)
            raise StoreUnavailable(_closed(answer))
        return self._apart(batch, answer)

    def _apart(self, batch: Sequence[Event], answer: Answer) -> str:
        """A batch falls or stands as a whole: halves show which statement it is."""
        if len(batch) == 1:
            # What is there already under this id was sent before and needs no second sending.
            is_there = answer.verdict is Verdict.CONFLICT
            self._settle(batch, SENT if is_there else REFUSED, answer.problem)
            return ""
        middle = len(batch) // 2
        problem = self._deliver(batch[:middle])
        if problem:
            self._put_off(batch[middle:], Answer(Verdict.LATER, problem))
            return problem
        return self._deliver(batch[middle:])

    def _settle(self, batch: Sequence[Event], state: str, problem: str = "") -> None:
        with self.sessions.begin() as session:
            _mark(session, [event.id for event in batch], state, self.clock(), problem)
        if state == SENT:
            self._sent += len(batch)
        else:
            self._refused += len(batch)

    def _give_back(self, batch: Sequence[Event], answer: Answer) -> None:
        with self.sessions.begin() as session:
            ids = [event.id for event in batch]
            _mark(session, ids, WAITING, self.clock(), answer.problem)

    def _put_off(self, batch: Sequence[Event], answer: Answer) -> None:
        """Each try doubles the pause; a store that says how long to wait is believed."""
        now = self.clock()
        with self.sessions.begin() as session:
            ids = [event.id for event in batch]
            query = select(func.max(OutboxRow.tries)).where(OutboxRow.event.in_(ids))
            tries = (session.scalar(query) or 0) + 1
            _mark(session, ids, WAITING, now + pause(tries, answer.wait), answer.problem, tries)


def pause(tries: int, asked: float | None = None) -> timedelta:
    doubled: timedelta = min(_FIRST_PAUSE * 2 ** min(tries - 1, 20), _LONGEST_PAUSE)
    return doubled if asked is None else min(timedelta(seconds=asked), _LONGEST_PAUSE)


def collect(session: Session, now: datetime) -> int:
    """Put what was logged since the last time into the outbox; answers how many."""
    # Nobody writes to the log meanwhile, and nobody else collects.
    take_turn(session)
    last = select(func.coalesce(func.max(OutboxRow.number), 0)).scalar_subquery()
    fresh = select(
        EVENTS.c.id, EVENTS.c.number, literal(WAITING), literal(0), literal(now, Instant),
        literal(""),
    ).where(EVENTS.c.number > last)  # fmt: skip
    columns = ["event", "number", "state", "tries", "next_at", "problem"]
    found = session.execute(insert(OutboxRow).from_select(columns, fresh))
    return int(found.rowcount)  # type: ignore[attr-defined]


def _closed(answer: Answer) -> str:
    return (
        f"The learning record store does not take statements ({answer.problem}); check"
        " LIBCOACH_LRS_URL, LIBCOACH_LRS_KEY and LIBCOACH_LRS_SECRET."
    )


def _mark(
    session: Session, ids: Sequence[str], state: str, next_at: datetime, problem: str = "",
    tries: int | None = None,
) -> None:  # fmt: skip
    values: dict[str, object] = {"state": state, "next_at": next_at, "problem": problem}
    if tries is not None:
        values["tries"] = tries
    session.execute(update(OutboxRow).where(OutboxRow.event.in_(ids)).values(**values))


def _events(session: Session, ids: Sequence[str]) -> Iterator[Event]:
    query = select(*(EVENTS.c[name] for name in _FIELDS)).where(EVENTS.c.id.in_(ids))
    for verb, *values in session.execute(query.order_by(EVENTS.c.number)):
        yield Event(Verb(verb), *values)
