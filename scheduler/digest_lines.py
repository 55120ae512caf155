"""The digest as a person reads it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from foundation.telling import told
from foundation.wording import say
from scheduler.delivering import BLOCKED
from scheduler.delivery import Kind, State
from scheduler.digest import Digest, Faulty, Misleading, Pulled
from scheduler.rows import DeliveryRow

_FEW: Final = 10


def why_in_words(why: str, language: str) -> str:
    """Why something was not sent: a reason of ours, or what an error said."""
    try:
        return say(f"schedule.why.{why}", language)
    except KeyError:
        return told(why, language)


def why_of(row: DeliveryRow, language: str) -> str:
    """Why a delivery did not go out, with the day on which somebody blocked us."""
    if row.why == BLOCKED:
        return say("schedule.why.blocked_on", language, day=f"{row.changed_at:%Y-%m-%d}")
    return why_in_words(row.why, language)


def as_lines(
    digest: Digest, language: str, title_of: Callable[[str], str] = lambda module: module
) -> list[str]:
    """Modules by what `title_of` calls them."""
    counts = {str(state): digest.states.get(state, 0) for state in State}
    head = say(
        "schedule.digest.head", language, sent=counts["sent"], due=counts["due"],
        unknown=counts["unknown"], failed=counts["failed"], expired=counts["expired"],
        cancelled=counts["cancelled"],
    )  # fmt: skip
    sections = _Sections(digest, language, title_of)
    found = [line for section in sections.all() for line in section]
    return [head, *(found or [say("schedule.digest.none", language)])]


@dataclass(frozen=True)
class _Sections:
    """The parts of a digest in the order of their weight; what is empty is no part."""

    digest: Digest
    language: str
    title_of: Callable[[str], str]

    def all(self) -> Iterator[list[str]]:
        digest = self.digest
        yield self._part("open", map(self._open_end, digest.open_ends), digest.all_open)
        yield self._part("faults", map(self._fault, digest.faults))
        yield self._part("chores", (self._chore(*chore) for chore in digest.chores))
        yield self._part("pulled", map(self._pulled, digest.pulled))
        yield self._part("expiring", (f"{title} ({day})" for title, day in digest.expiring))
        yield self._part("misleading", map(self._misleading, digest.misleading))
        yield self._part("gaps", digest.gaps)
        yield self._part("quiet", digest.quiet, paused=digest.paused)
        if digest.calendar_ends is not None:
            yield [self._say("digest.calendar", year=digest.calendar_ends)]

    def _say(self, key: str, **values: object) -> str:
        return say(f"schedule.{key}", self.language, **values)

    def _part(
        self, name: str, items: Iterable[str], number: int = 0, **values: object
    ) -> list[str]:
        """A few of its items; `number` is how many there are where not all of them are here."""
        found: Sequence[str] = list(items)
        if not found:
            return []
        lines = [self._say(f"digest.{name}", **values), *(f"· {item}" for item in found[:_FEW])]
        left = max(number, len(found)) - _FEW
        return [*lines, self._say("digest.more", number=left)] if left > 0 else lines

    def _open_end(self, row: DeliveryRow) -> str:
        what = f"{self._say(f'kind.{row.kind}')} {self._about(row.module)}".rstrip()
        why = f", {why_of(row, self.language)}" if row.why else ""
        state = self._say(f"state.{row.state}")
        return f"{row.local_date} {what} → {self._name(row.person)}: {state}{why}"

    def _about(self, module: str) -> str:
        """What a reminder is about may be a test instead of a module."""
        return self._say(f"kind.{module}") if module in list(Kind) else self.title_of(module)

    def _name(self, person: str) -> str:
        """With the id, under which `libcoach schedule show` finds them."""
        name = self.digest.names.get(person)
        return f"{name} ({person})" if name else person

    def _fault(self, one: Faulty) -> str:
        who = self._name(one.person) if one.person else one.enrolment
        return f"{who}: {why_in_words(one.why, self.language)}"

    def _chore(self, name: str, says: str) -> str:
        why = told(says.removeprefix("failed: "), self.language)
        return f"{name.removeprefix('chore ')}: {why}"

    def _pulled(self, one: Pulled) -> str:
        why = f": {self._say(f'pulled.{one.why}')}" if one.why else ""
        return f"{self.title_of(one.module)}{why}"

    def _misleading(self, one: Misleading) -> str:
        return self._say(
            "digest.misleading.line", module=self.title_of(one.module), item=one.item,
            answers=one.answers, wrong=one.sure_and_wrong,
        )  # fmt: skip
