"""One beat of the schedule: plan what has come due, mend what crashed, deliver, keep house."""

import os
import secrets
import socket
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from foundation import logs
from foundation.clock import Clock
from foundation.database import Sessions
from scheduler import claiming, duties
from scheduler.budget import Budget
from scheduler.courtesy import Courtesy
from scheduler.delivering import Delivering
from scheduler.delivery import Delivery, Kind
from scheduler.duties import Duty
from scheduler.housekeeping import Chore, do_chores
from scheduler.learner import Courier, Learner, Roster
from scheduler.planning import Plan, plan
from scheduler.weekly import plan_digest, plan_note

PLANNING: Final = "planning"
SWEEP: Final = "sweep"
# How often everybody is looked at, for those who moved or came back after their hour.
SWEEP_EVERY: Final = timedelta(hours=1)
_ALIVE: Final = timedelta(minutes=2)


def new_holder() -> str:
    """The name of this process in the rows; another start has another name."""
    return f"{socket.gethostname()}:{os.getpid()}:{secrets.token_hex(3)}"


@dataclass
class Beat:
    """What one beat did."""

    planned: int = 0
    paused: int = 0
    recovered: claiming.Recovered | None = None
    delivered: Counter[str] = field(default_factory=Counter)
    chores: Sequence[str] = ()


@dataclass
class Scheduling:
    """The schedule of one process. Any number may run on one database; only its rows decide."""

    sessions: Sessions
    roster: Roster
    courier: Courier | None
    clock: Clock
    budget: Budget = field(default_factory=Budget)
    chores: Sequence[Chore] = ()
    holder: str = field(default_factory=new_holder)
    lease: timedelta = claiming.LEASE
    courtesy: Courtesy = field(default_factory=Courtesy)
    _delivering: Delivering | None = field(default=None, init=False)
    _is_stopped: bool = field(default=False, init=False)

    def __post_init__(self) -> None:
        if self.courier is not None:
            self._delivering = Delivering(
                self.sessions, self.roster, self.courier, self.clock, self.budget, self.holder,
                self.lease,
            )  # fmt: skip

    def tick(self, seconds: float = 15.0) -> Beat:
        """One beat; delivering goes on for at most so many seconds, and the next beat goes on."""
        end = time.monotonic() + seconds
        beat = Beat()
        self._say_alive()
        self._plan(beat)
        with self.sessions.begin() as session:
            beat.recovered = claiming.recover(session, self.clock())
        if self._delivering is not None:
            beat.delivered = self._delivering.deliver(
                lambda: not self._is_stopped and time.monotonic() < end
            )
        if not self._is_stopped:
            beat.chores = do_chores(self.chores, self.sessions, self.clock, self.holder)
        return beat

    def stop(self) -> None:
        """No more is begun; what is being sent is finished and recorded."""
        self._is_stopped = True

    def close(self) -> None:
        if self._delivering is not None:
            self._delivering.close()
        with self.sessions.begin() as session:
            duties.leave(session, self.holder)

    def _say_alive(self) -> None:
        with self.sessions.begin() as session:
            self.budget.share(duties.beat(session, self.holder, self.clock(), _ALIVE))

    def _plan(self, beat: Beat) -> None:
        """One process plans; if it ends on the way, the next begins where the last had finished."""
        now = self.clock()
        with self.sessions.begin() as session:
            planning = duties.take(session, PLANNING, self.holder, now, lease=self.lease)
            sweep = planning and duties.take(
                session, SWEEP, self.holder, now, SWEEP_EVERY, self.lease
            )
        if planning is None:
            return
        since = None if sweep or _is_odd(planning.done_at, now) else planning.done_at
        for page in _read_ahead(self.roster.pages(now, since)):
            if not self._put(page, planning, now, beat):
                return
            self.courtesy.give_way()
        self._put_digests(now)
        with self.sessions.begin() as session:
            duties.done(session, planning, now)
            if sweep:
                duties.done(session, sweep, now)

    def _put(self, page: Sequence[Learner], planning: Duty, now: datetime, beat: Beat) -> bool:
        """Plan a page; answers whether planning is still ours."""
        due: dict[str, Delivery] = {}
        silent: list[str] = []
        for learner in page:
            daily, note = self._guarded(learner, now)
            if daily.pauses:
                silent.append(learner.person)
                continue
            for delivery in (daily.due, note):
                # Of two tracks on one day the question about the finished one comes first.
                if delivery is not None and (delivery.id not in due or _is_followup(delivery)):
                    due[delivery.id] = delivery
        with self.sessions.begin() as session:
            claiming.put(session, due.values(), now)
            is_ours = duties.hold(session, planning, self.clock(), self.lease)
        if silent:
            self.roster.pause(silent, now)
        beat.planned += len(due)
        beat.paused += len(silent)
        return is_ours and not self._is_stopped

    def _guarded(self, learner: Learner, now: datetime) -> tuple[Plan, Delivery | None]:
        """One whose row is beyond planning does not stop the others."""
        try:
            return plan(learner, now), plan_note(learner, now)
        except Exception as error:  # noqa: BLE001 - one bad enrolment must not stop the rest
            logs.failed("planning failed", error, enrolment=learner.enrolment)
            return Plan(), None

    def _put_digests(self, now: datetime) -> None:
        found = (plan_digest(one, now) for one in self.roster.administrators())
        due = [delivery for delivery in found if delivery is not None]
        if due:
            with self.sessions.begin() as session:
                claiming.put(session, due, now)


def _read_ahead(pages: Iterator[Sequence[Learner]]) -> Iterator[Sequence[Learner]]:
    """The database reads the next page while this one is planned."""
    with ThreadPoolExecutor(1, thread_name_prefix="roster") as reader:
        coming = reader.submit(next, pages, None)
        while (page := coming.result()) is not None:
            coming = reader.submit(next, pages, None)
            yield page


def _is_followup(delivery: Delivery) -> bool:
    return Kind.FOLLOWUP in (delivery.kind, delivery.module)


def _is_odd(done_at: datetime | None, now: datetime) -> bool:
    """Nobody planned yet, or a clock was put back."""
    return done_at is None or done_at > now
