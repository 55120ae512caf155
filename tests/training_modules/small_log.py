"""A small outcome log, written event by event, whose figures can be reckoned by hand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import delete, update

from foundation.database import Sessions
from training_modules import chain, log
from training_modules.event import Event, Phase, Verb
from training_modules.rows import EnrolmentRow, EventRow, LogHeadRow

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)


@dataclass
class SmallLog:
    """Collects enrolments and events; `write` puts them into a database, in any order."""

    events: list[Event] = field(default_factory=list)
    enrolments: list[dict[str, Any]] = field(default_factory=list)

    def join(self, *people: str, cohort: str = "spring", region: str = "", leader: bool = False,
             track: str = "values-and-ethics") -> None:  # fmt: skip
        for person in people:
            self.enrolments.append(
                {
                    "id": f"{person}/{track}", "pseudonym": person, "track": track,
                    "cohort": cohort, "first_form": "A", "region": region, "post": "",
                    "is_emerging_leader": leader, "enrolled_at": START, "left_because": "",
                }
            )  # fmt: skip
            self.say(person, Verb.REGISTERED, track=track)

    def say(self, person: str, verb: Verb, day: int = 0, track: str = "values-and-ethics",
            **values: Any) -> Event:  # fmt: skip
        values.setdefault("sitting", f"s{len(self.events)}")
        event = Event(
            verb, START + timedelta(days=day, seconds=len(self.events)), "Asia/Shanghai", person,
            f"{person}/{track}", track, **values,
        )  # fmt: skip
        self.events.append(event)
        return event

    def test(self, person: str, pre: float, post: float, later: float | None = None) -> None:
        self.say(person, Verb.TESTED, 0, phase=str(Phase.PRE), score=pre)
        self.say(person, Verb.TESTED, 20, phase=str(Phase.POST), score=post)
        if later is not None:
            self.say(person, Verb.TESTED, 52, phase=str(Phase.LATER), score=later)

    def rate(self, person: str, item: str, rating: int, phase: Phase = Phase.END,
             day: int = 20) -> Event:  # fmt: skip
        return self.say(person, Verb.RATED, day, item=item, rating=rating, phase=str(phase),
                        scale_max=10 if item == "recommendation" else 5)  # fmt: skip

    def answer(self, person: str, item: str, score: float, certainty: int,
               kind: str = "choice", phase: Phase = Phase.PRACTICE,
               **values: Any) -> Event:  # fmt: skip
        return self.say(
            person, Verb.ANSWERED, 3, module="values-01", item=item, item_type=kind,
            phase=str(phase), score=score, correct=score == 1, certainty=certainty, **values,
        )  # fmt: skip

    def finish(self, person: str, level: int | None = None, day: int = 21) -> None:
        self.say(person, Verb.FINISHED, day, phase=str(Phase.END))
        if level is not None:
            self.say(person, Verb.APPLIED, day + 31, phase=str(Phase.LATER), rating=level,
                     item="application", scale_max=4)  # fmt: skip

    def correct(self, event: Event) -> None:
        self.say(event.pseudonym, Verb.CORRECTED, 60, corrects=event.id)

    def write(self, sessions: Sessions, order: Sequence[int] | None = None) -> None:
        chosen: Iterable[Event] = self.events if order is None else [self.events[n] for n in order]
        with sessions.begin() as session:
            session.add_all(EnrolmentRow(**values) for values in self.enrolments)
            log.append(session, list(chosen))


def empty(sessions: Sessions) -> None:
    """Back to a log in which nothing was ever written."""
    with sessions.begin() as session:
        session.execute(delete(EventRow))
        session.execute(delete(EnrolmentRow))
        session.execute(update(LogHeadRow).values(number=0, hash=chain.START))
