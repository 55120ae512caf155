"""The book of updates: none is lost and none is dealt with twice, whenever the program ends."""

import asyncio
import queue
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Table, bindparam, delete, insert, select, update
from sqlalchemy.orm import Session

from bot.telegram.rows import HandledUpdateRow as Row
from foundation import logs
from foundation.clock import Clock
from foundation.database import Sessions

# Telegram keeps updates for a day; whoever comes again later than this is new.
_KEPT: Final = timedelta(days=3)
# An update that ends the program each time it is heard is left alone after so many starts.
_MOST_TRIES: Final = 10
_MOST_AT_ONCE: Final = 500
_TABLE: Final[Table] = Row.__table__  # type: ignore[assignment]
_ONE: Final = update(_TABLE).where(
    _TABLE.c.bot == bindparam("of"), _TABLE.c.number == bindparam("which")
)
_COUNT: Final = _ONE.values(replies=bindparam("so_many"))
_HANDLED: Final = _ONE.values(handled_at=bindparam("now"), content="")

Future = asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update that was received and not dealt with."""

    number: int
    content: str
    replies: int


@dataclass(frozen=True, slots=True)
class _Asked:
    """One wish to the book: updates to keep, or a count, or that one is dealt with."""

    keep: dict[int, str] = field(default_factory=dict)
    number: int = 0
    replies: int | None = None
    future: Future | None = None


@dataclass
class Ledger:
    """One bot's book. A thread of its own writes what many ask for in one transaction."""

    sessions: Sessions
    bot: int
    clock: Clock
    _wishes: "queue.SimpleQueue[_Asked | None]" = field(default_factory=queue.SimpleQueue)
    _thread: threading.Thread | None = None

    def open(self) -> list[Waiting]:
        """What an earlier run left undone, oldest first; what failed too often is given up."""
        with self.sessions.begin() as session:
            session.execute(delete(Row).where(Row.handled_at < self.clock() - _KEPT))
            left = session.scalars(
                select(Row)
                .where(Row.bot == self.bot, Row.handled_at.is_(None))
                .order_by(Row.number)
            ).all()
            waiting = [self._taken_up(row) for row in left]
        self._thread = threading.Thread(target=self._write, name="ledger", daemon=True)
        self._thread.start()
        return [found for found in waiting if found is not None]

    def _taken_up(self, row: Row) -> Waiting | None:
        if row.tries >= _MOST_TRIES:
            logs.warn("update given up", update=row.number, tries=row.tries)
            row.content, row.handled_at = "", self.clock()
            return None
        row.tries += 1
        return Waiting(row.number, row.content, row.replies)

    def close(self, seconds: float = 2.0) -> None:
        """Write what was asked for, then end."""
        if self._thread is not None:
            self._wishes.put(None)
            self._thread.join(seconds)
            self._thread = None

    async def receive(self, updates: Sequence[tuple[int, str]]) -> set[int]:
        """Keep updates; answers the numbers that are new, once they are safe."""
        new: set[int] = await self._ask(keep=dict(updates))
        return new

    async def count(self, number: int, replies: int) -> None:
        """So many replies go out; after a restart they are not said again."""
        await self._ask(number=number, replies=replies)

    def uncount(self, number: int, replies: int) -> None:
        self._wishes.put(_Asked(number=number, replies=replies))

    def handled(self, number: int) -> None:
        self._wishes.put(_Asked(number=number))

    async def _ask(self, **wish: Any) -> Any:
        future: Future = asyncio.get_running_loop().create_future()
        self._wishes.put(_Asked(**wish, future=future))
        return await future

    def _write(self) -> None:
        is_open = True
        while is_open:
            asked = [self._wishes.get()]
            with suppress(queue.Empty):
                while len(asked) < _MOST_AT_ONCE:
                    asked.append(self._wishes.get_nowait())
            is_open = None not in asked
            self._settle([wish for wish in asked if wish is not None])

    def _settle(self, wishes: Sequence[_Asked]) -> None:
        """Everything in one transaction; when it fails, whoever waits hears of it."""
        try:
            with self.sessions.begin() as session:
                new = self._keep(session, wishes)
                self._change(session, wishes)
        except Exception as error:  # noqa: BLE001 - the book must go on after a full disk
            logs.failed("updates not written", error, wishes=len(wishes))
            _tell([(wish.future, error) for wish in wishes])
            return
        told: list[tuple[Future | None, Any]] = []
        for wish in wishes:
            mine = new & wish.keep.keys()
            new -= mine
            told.append((wish.future, mine))
        _tell(told)

    def _keep(self, session: Session, wishes: Sequence[_Asked]) -> set[int]:
        offered = {number: said for wish in wishes for number, said in wish.keep.items()}
        if not offered:
            return set()
        known = select(Row.number).where(Row.bot == self.bot, Row.number.in_(offered))
        new = offered.keys() - set(session.scalars(known))
        now = self.clock()
        rows = [
            {"bot": self.bot, "number": number, "content": offered[number], "replies": 0,
             "tries": 1, "received_at": now}
            for number in sorted(new)
        ]  # fmt: skip
        if rows:
            session.execute(insert(_TABLE), rows)
        return set(new)

    def _change(self, session: Session, wishes: Sequence[_Asked]) -> None:
        changes = [wish for wish in wishes if wish.number]
        counts = {w.number: w.replies for w in changes if w.replies is not None}
        done = [w.number for w in changes if w.replies is None]
        if counts:
            session.execute(
                _COUNT, [{"of": self.bot, "which": n, "so_many": k} for n, k in counts.items()]
            )
        if done:
            now = self.clock()
            session.execute(_HANDLED, [{"of": self.bot, "which": n, "now": now} for n in done])


def _tell(told: Sequence[tuple[Future | None, Any]]) -> None:
    """Everybody who waits, with one waking of the loop."""
    waiting = [(future, result) for future, result in told if future is not None]
    if waiting:
        # Whoever asked may be gone: the program ends while the book is still written.
        with suppress(RuntimeError):
            waiting[0][0].get_loop().call_soon_threadsafe(_answer, waiting)


def _answer(waiting: Sequence[tuple[Future, Any]]) -> None:
    for future, result in waiting:
        if future.done():
            continue
        if isinstance(result, Exception):
            future.set_exception(result)
        else:
            future.set_result(result)
