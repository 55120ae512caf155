"""Readings: what all indicators read of the log, each part of it once."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import Any, Final

from sqlalchemy import case, func, literal

from training_modules.event import Phase, Verb
from training_modules.indicators import tallies
from training_modules.indicators.ledger import Ledger
from training_modules.indicators.period import Period
from training_modules.rows import EnrolmentRow, EventRow

# A few of these a person and track; answers are many and are summed up by the database.
_MILESTONES: Final = (Verb.REGISTERED, Verb.TESTED, Verb.RATED, Verb.FINISHED, Verb.APPLIED)


@dataclass(frozen=True)
class Readings:
    """The log of a ledger; with `people`, theirs alone."""

    ledger: Ledger
    of_all: "Readings | None" = None
    people: frozenset[str] = frozenset()

    @property
    def period(self) -> Period:
        return self.ledger.period

    @cached_property
    def milestones(self) -> dict[tuple[str, str, str], list[Any]]:
        """Joining, tests, ratings, ends and applications, by verb, phase and item."""
        if self.of_all is not None:
            return {key: self._mine(rows) for key, rows in self.of_all.milestones.items()}
        columns = (
            EventRow.verb, EventRow.phase, EventRow.item, EventRow.pseudonym, EventRow.enrolment,
            EventRow.score, EventRow.rating, EventRow.at,
        )  # fmt: skip
        query = self.ledger.events(*columns, verbs=_MILESTONES, in_period=False)
        found: dict[tuple[str, str, str], list[Any]] = defaultdict(list)
        for row in self.ledger.rows(query):
            found[row[:3]].append(row)
        return found

    @cached_property
    def opened(self) -> Sequence[Any]:
        """Who opened a module in which enrolment, and whether in the period."""
        if self.of_all is not None:
            return self._mine(self.of_all.opened)
        is_in = self._is_in_period()
        query = self.ledger.events(
            EventRow.pseudonym, EventRow.enrolment, is_in, verbs=[Verb.OPENED], in_period=False
        )
        return self.ledger.rows(query.distinct())

    @cached_property
    def answers(self) -> Sequence[Any]:
        """A row an enrolment: its answers, tallied by the database."""
        query = self.ledger.events(
            func.max(EventRow.pseudonym).label("pseudonym"), EventRow.enrolment,
            *tallies.columns(self.period.since), verbs=[Verb.ANSWERED], in_period=False,
        )  # fmt: skip
        return self.ledger.rows(query.group_by(EventRow.enrolment))

    @property
    def active(self) -> set[str]:
        """Who opened a module in the period."""
        return {row.pseudonym for row in self.opened if row.is_in}

    def of(self, verb: Verb, phase: Phase | None = None, item: str = "") -> Iterator[Any]:
        """The milestones of a verb, of a phase, of items whose names begin so."""
        return chain.from_iterable(
            rows for (its_verb, its_phase, its_item), rows in self.milestones.items()
            if its_verb == verb and phase in (None, its_phase) and its_item.startswith(item)
        )  # fmt: skip

    def in_period(self, rows: Iterable[Any]) -> Iterator[Any]:
        return (row for row in rows if self.period.holds(row.at))

    def finished(self) -> dict[str, Any]:
        """Who ever finished a track, and when first."""
        found: dict[str, Any] = {}
        for row in self.of(Verb.FINISHED):
            found[row.pseudonym] = min(row.at, found.get(row.pseudonym, row.at))
        return found

    def finished_in_period(self) -> set[str]:
        return {row.pseudonym for row in self.in_period(self.of(Verb.FINISHED))}

    def sums(self, name: str) -> list[list[float]]:
        """A row a person: how many answers of a kind, and their scores together."""
        sums: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        for row in self.answers:
            count = getattr(row, f"{name}_n")
            if count:
                mine = sums[row.pseudonym]
                mine[0] += count
                mine[1] += getattr(row, f"{name}_score")
        return list(sums.values())

    def for_leaders(self) -> "Readings":
        """The same, of the emerging leaders alone."""
        query = self.ledger.enrolments(EnrolmentRow.pseudonym).where(
            EnrolmentRow.is_emerging_leader.is_(True)
        )
        leaders = frozenset(person for (person,) in self.ledger.rows(query))
        return Readings(self.ledger, self, leaders)

    def _mine(self, rows: Iterable[Any]) -> list[Any]:
        return [row for row in rows if row.pseudonym in self.people]

    def _is_in_period(self) -> Any:
        since = self.period.since
        is_in = case((EventRow.at >= since, 1), else_=0) if since else literal(1)
        return is_in.label("is_in")
