"""The rows of the sheets `modules` and `items`, out of one reading of the log by enrolment."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby
from operator import itemgetter
from typing import Any, Final

from training_modules.chain import EVENTS
from training_modules.event import Verb
from training_modules.exporting.sheet import Row
from training_modules.exporting.source import AT, Source
from training_modules.item_statistics import COLUMNS, FIRST_IN, Answer, ItemTally

_C: Final = EVENTS.c
_VERBS: Final = (Verb.OPENED, Verb.ANSWERED, Verb.SKIPPED, Verb.COMPLETED)
_FIRST_IN: Final = frozenset(map(str, FIRST_IN))


@dataclass(slots=True)
class _Journey:
    """One person in one module."""

    pseudonym: str
    track: str
    version: int = 0
    opened_at: datetime | None = None
    completed_at: datetime | None = None
    answers: int = 0
    firsts: int = 0
    scores: list[float] = field(default_factory=list)
    seconds: float | None = None

    def go(self, verb: str, at: datetime, version: int) -> None:
        self.version = max(self.version, version)
        if verb == "initialized":
            self.opened_at = min(self.opened_at or at, at)
        elif verb == "completed":
            self.completed_at = min(self.completed_at or at, at)

    def answer(
        self, version: int, score: float | None, seconds: float | None, *, is_first: bool
    ) -> None:
        self.version = max(self.version, version)
        self.answers += 1
        if is_first:
            self.firsts += 1
            if score is not None:
                self.scores.append(score)
        if seconds is not None:
            self.seconds = (self.seconds or 0) + seconds


@dataclass
class Journeys:
    """Reading the sheet `modules` to its end makes the sheet `items` ready."""

    source: Source
    tally: ItemTally = field(default_factory=ItemTally)

    def modules(self) -> Iterator[Row]:
        of_event = (_C.enrolment, _C.verb, AT, _C.pseudonym, _C.phase, _C.attempt)
        query = self.source.events(*of_event, *(_C[name] for name in COLUMNS), verbs=_VERBS)
        # The order of an index: nothing has to be sorted.
        rows = self.source.stream(query.order_by(_C.enrolment, _C.verb, _C.number))
        for enrolment, events in groupby(rows, itemgetter(0)):
            yield from self._of_one(enrolment, events)

    def _of_one(self, enrolment: str, events: Iterable[Any]) -> Iterator[Row]:
        journeys: dict[str, _Journey] = {}
        firsts: list[Answer] = []
        for event in events:
            verb, at, module, answer = event[1], event[2], event[7], event[6:]
            if not module:
                continue
            journey = journeys.get(module)
            if journey is None:
                journey = journeys[module] = _Journey(event[3], event[6])
            if verb != "answered":
                journey.go(verb, at, answer[2])
                continue
            is_first = event[5] == 1 and event[4] in _FIRST_IN
            if is_first:
                firsts.append(answer)
            journey.answer(answer[2], answer[5], answer[8], is_first=is_first)
        self.tally.add(firsts)
        for module, journey in sorted(journeys.items()):
            yield self._row(enrolment, module, journey)

    def _row(self, enrolment: str, module: str, journey: _Journey) -> Row:
        instant, scores = self.source.instant, journey.scores
        return (
            journey.pseudonym, enrolment, journey.track, module, journey.version,
            instant(journey.opened_at), instant(journey.completed_at), journey.answers,
            journey.firsts, round(sum(scores) / len(scores), 6) if scores else None,
            None if journey.seconds is None else round(journey.seconds, 3),
        )  # fmt: skip

    def items(self) -> Iterator[Row]:
        for one in self.tally.statistics(self.source.find):
            shares = " ".join(f"{said.replace(' ', '+')}={share}" for said, share in one.shares)
            yield (
                one.track, one.module, one.version, one.item, one.type, one.first_attempts,
                one.difficulty, one.discrimination, one.sure_and_wrong, one.mean_seconds, shares,
                " ".join(one.flags),
            )  # fmt: skip
