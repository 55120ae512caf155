"""The proof of the outcome log: was a line changed, removed, put in, moved or cut off?"""

from collections.abc import Generator, Iterator
from contextlib import closing
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from sqlalchemy import func, select
from sqlalchemy.orm import Session, sessionmaker

from foundation.wording import say
from training_modules.chain import EVENTS, KEYS, START, as_kept, linked
from training_modules.event import Event
from training_modules.rows import LogHeadRow
from training_modules.snapshot import snapshot

_AT_ONCE: Final = 5000


class Damage(StrEnum):
    CHANGED = "changed"
    REMOVED = "removed"
    INSERTED = "inserted"
    REORDERED = "reordered"
    CUT_OFF = "cut_off"
    NO_HEAD = "no_head"


@dataclass(frozen=True, slots=True)
class Verified:
    """How many lines were looked at, and the first damage; `number` and `hash` are the head's."""

    events: int
    is_whole: bool
    broken_at: int | None = None
    damage: Damage | None = None
    number: int = 0
    hash: str = START
    until: int | None = None

    def sentence(self, language: str) -> str:
        name = str(self.damage) if self.damage else "whole"
        return say(
            f"outcomes.log.{name}", language, events=f"{self.events:,}", line=self.broken_at,
            until=self.until, number=self.number, hash=self.hash[:12],
        )  # fmt: skip

    @property
    def reason(self) -> str:
        return "" if self.is_whole else self.sentence("en")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    values: list[Any]
    hash: str

    def follows(self, before: str) -> bool:
        return self.is_itself and linked(before, self.values) == self.hash

    @property
    def is_itself(self) -> bool:
        """The id is made of the other values."""
        named = dict(zip(KEYS, self.values, strict=True))
        stored = named.pop("id")
        return bool(Event(**named).id == stored)


def verify(sessions: sessionmaker[Session]) -> Verified:
    """Read the whole log as it stands at one moment and say what is wrong with it first."""
    with snapshot(sessions) as session:
        head = session.execute(select(LogHeadRow.number, LogHeadRow.hash)).one_or_none()
        count = session.scalar(select(func.count()).select_from(EVENTS)) or 0
        if head is None:
            return Verified(count, is_whole=False, damage=Damage.NO_HEAD)
        with closing(_lines(session)) as lines:
            found = _first_damage(session, lines, head[0], head[1])
        if found is None:
            return Verified(count, is_whole=True, number=head[0], hash=head[1])
        damage, line, until = found
        return Verified(count, False, line, damage, head[0], head[1], until)  # noqa: FBT003


Found = tuple[Damage, int, int | None]


def _first_damage(session: Session, lines: Iterator[_Line], number: int, head: str) -> Found | None:
    expected, before = 1, START
    for line in lines:
        if line.number > number:
            return Damage.INSERTED, line.number, None
        if line.number > expected:
            return Damage.REMOVED, expected, line.number - 1
        if line.number < expected:
            return Damage.INSERTED, line.number, None
        if not line.follows(before):
            return _told(session, line, before)
        expected, before = expected + 1, line.hash
    if expected <= number:
        return Damage.CUT_OFF, expected, number
    # The chain holds, and yet it is not the one whose end was written down.
    return None if before == head else (Damage.CHANGED, number, None)


def _told(session: Session, broken: _Line, before: str) -> Found:
    """What became of a line that does not follow the one before it: who does, and where it fits."""
    rightful = is_genuine = False
    later = last = broken.number
    for line in _lines(session):
        if line.number > broken.number and not rightful and line.follows(before):
            rightful, later = True, line.number
        is_genuine = is_genuine or broken.follows(line.hash)
        last = line.number
    number = broken.number
    if is_genuine and (rightful or number == last):
        return Damage.REORDERED, number, None
    if rightful:
        return Damage.INSERTED, number, later - 1
    if is_genuine:
        return Damage.REORDERED, number, None
    return _changed_or_removed(session, broken)


def _changed_or_removed(session: Session, broken: _Line) -> Found:
    """A line taken out by someone who numbered the rest anew leaves the head's number too high."""
    head = session.scalar(select(LogHeadRow.number)) or 0
    last = session.scalar(select(func.max(EVENTS.c.number))) or 0
    is_last_known = session.scalar(
        select(EVENTS.c.hash).where(EVENTS.c.number == last)
    ) == session.scalar(select(LogHeadRow.hash))
    if last < head and is_last_known:
        return Damage.REMOVED, broken.number, broken.number + head - last - 1
    return Damage.CHANGED, broken.number, None


def _lines(session: Session) -> Generator[_Line]:
    columns = [EVENTS.c.number, *(EVENTS.c[key] for key in KEYS), EVENTS.c.hash]
    query = select(*columns).order_by(EVENTS.c.number).execution_options(yield_per=_AT_ONCE)
    with session.execute(query) as rows:
        for number, *values, hash_ in rows:
            yield _Line(number, as_kept(values), hash_)
