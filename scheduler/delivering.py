"""Bringing what is due: claim, mark as being sent, call the courier, record what became of it."""

from collections import Counter
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from foundation import logs
from foundation.clock import Clock
from foundation.database import Sessions
from foundation.errors import DeliveryFailed, FloodWait
from scheduler import claiming
from scheduler.budget import Budget
from scheduler.claiming import Outcome
from scheduler.delivery import Delivery, State
from scheduler.learner import Courier, NothingToSay, Roster
from scheduler.objecting import OVER
from scheduler.planning import Why

SENDERS: Final = 8
# Who is over, is over; whoever paused meanwhile is left alone.
_EXPIRES: Final = frozenset({OVER, str(Why.QUIET)})
# Some four hours; who is without a line so long is better served tomorrow.
MOST_ATTEMPTS: Final = 12
_FIRST_PAUSE: Final = timedelta(minutes=1)
_LONGEST_PAUSE: Final = timedelta(minutes=30)
# A call may take longer than anything between two calls.
_PATIENCE: Final = 2
_LARGEST_CLAIM: Final = 1000
_CLAIMED_SECONDS: Final = 2
BLOCKED: Final = "blocked"
FLOOD: Final = "flood"
UNSURE: Final = "unsure"


@dataclass
class Delivering:
    """One process that delivers; `holder` is its name in the rows."""

    sessions: Sessions
    roster: Roster
    courier: Courier
    clock: Clock
    budget: Budget
    holder: str
    lease: timedelta = claiming.LEASE
    senders: int = SENDERS
    pool: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        self.pool = ThreadPoolExecutor(self.senders, thread_name_prefix="courier")

    def close(self) -> None:
        self.pool.shutdown()

    def deliver(self, may_go_on: Callable[[], bool]) -> Counter[str]:
        """Deliver until nothing is due, the channel asks to wait, or `may_go_on` says no."""
        tally: Counter[str] = Counter()
        while may_go_on() and not self.budget.is_held:
            claimed = self._claim()
            if not claimed:
                break
            wanted = self._without_objections(claimed, tally)
            if not self._send_all(wanted, may_go_on, tally):
                break
        return tally

    def _claim(self) -> list[Delivery]:
        most = max(1, min(_LARGEST_CLAIM, int(self.budget.rate * _CLAIMED_SECONDS)))
        with self.sessions.begin() as session:
            return claiming.claim(session, self.clock(), self.holder, most, self.lease)

    def _without_objections(
        self, claimed: Sequence[Delivery], tally: Counter[str]
    ) -> list[Delivery]:
        """What was right when it was planned may be wrong when its turn comes."""
        now = self.clock()
        objections = self.roster.objections(claimed, now)
        if objections:
            states = [
                (key, State.EXPIRED if why in _EXPIRES else State.CANCELLED, why)
                for key, why in objections.items()
            ]
            with self.sessions.begin() as session:
                claiming.set_aside(session, states, now)
            tally.update(str(state) for _, state, _ in states)
        return [one for one in claimed if one.id not in objections]

    def _send_all(
        self, wanted: Sequence[Delivery], may_go_on: Callable[[], bool], tally: Counter[str]
    ) -> bool:
        """False when the line is dead: then nobody else is tried before the next beat."""
        left, is_alive = list(wanted), True
        while left and is_alive and may_go_on():
            count = self.budget.take(len(left))
            if not count:
                break
            group, left = left[:count], left[count:]
            outcomes = self._send(group)
            tally.update(str(outcome.state) for outcome in outcomes)
            is_alive = any(o.state is not State.DUE for o in outcomes) or not outcomes
        if left:
            with self.sessions.begin() as session:
                claiming.release(session, [d.id for d in left], self.holder, self.clock())
        return is_alive

    def _send(self, group: Sequence[Delivery]) -> list[Outcome]:
        ids = [delivery.id for delivery in group]
        with self.sessions.begin() as session:
            ours = claiming.mark_sending(
                session, ids, self.holder, self.clock(), self.lease * _PATIENCE
            )
        outcomes = self._bring([delivery for delivery in group if delivery.id in ours])
        now = self.clock()
        with self.sessions.begin() as session:
            claiming.record(session, outcomes, self.holder, now)
        self._stop_for_blocked([o.delivery.person for o in outcomes if o.why == BLOCKED], now)
        return outcomes

    def _bring(self, group: Sequence[Delivery]) -> list[Outcome]:
        """All senders at once, each with its share."""
        shares = [group[n :: self.senders] for n in range(min(self.senders, len(group)))]
        brought = self.pool.map(lambda share: [self._brought(one) for one in share], shares)
        return [outcome for outcomes in brought for outcome in outcomes]

    def _brought(self, delivery: Delivery) -> Outcome:
        try:
            message = self.courier.deliver(delivery)
        except NothingToSay as error:
            return Outcome(delivery, State.CANCELLED, str(error) or str(Why.NOTHING_LEFT))
        except FloodWait as flood:
            self.budget.hold(flood.seconds)
            return Outcome(delivery, State.DUE, FLOOD)
        except DeliveryFailed as error:
            return self._failed(delivery, error)
        except Exception as error:  # noqa: BLE001 - after anything else it may have arrived
            logs.failed("delivery unknown", error, delivery=delivery.id)
            return Outcome(delivery, State.UNKNOWN, UNSURE)
        return Outcome(delivery, State.SENT, message=message)

    def _failed(self, delivery: Delivery, error: DeliveryFailed) -> Outcome:
        """For good: the person is not written to any more. For now: again, a little later."""
        if error.permanent:
            return Outcome(delivery, State.FAILED, BLOCKED)
        with self.sessions() as session:
            attempts = claiming.attempts(session, delivery.id)
        if attempts >= MOST_ATTEMPTS:
            return Outcome(delivery, State.FAILED, str(error))
        pause = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2 ** (attempts - 1))
        return Outcome(delivery, State.DUE, str(error), due_at=self.clock() + pause)

    def _stop_for_blocked(self, people: Collection[str], now: datetime) -> None:
        for person in people:
            self.roster.block(person, now)
            with self.sessions.begin() as session:
                claiming.cancel(session, person, BLOCKED, now)
