"""The replies of one hearing, said as they come: edits in place, far enough apart, counted."""

import asyncio
from dataclasses import dataclass, field, replace
from typing import Final

from bot.speech import Address, Reply, text
from bot.telegram.calling import Caller
from bot.telegram.heard import Heard, Place
from bot.telegram.ledger import Ledger
from bot.telegram.posting import Doubt, Posting, Shown
from bot.telegram.receiving import CHANNEL
from bot.telegram.rendering import as_plain
from bot.telegram.splitting import shortened, units
from bot.telegram.tapping import TapAnswer
from bot.telegram.workers import Stream

# Edits of one message are at least so far apart; Telegram takes about one a second.
BETWEEN_EDITS: Final = 1.5
# What is said last often follows at once; then the last is all that is sent.
_WAIT_FOR_MORE: Final = 0.03
_LONGEST_NOTICE: Final = 200


@dataclass(frozen=True)
class Voice:
    """What every hearing speaks with."""

    posting: Posting
    caller: Caller
    ledger: Ledger
    between_edits: float = BETWEEN_EDITS


@dataclass(frozen=True, slots=True)
class _Slot:
    """A message that is edited while the hearing goes on."""

    shown: Shown | None
    says: Reply
    at: float


@dataclass
class Saying:
    """One hearing being answered; `skip` replies were said before the program died."""

    voice: Voice
    heard: Heard
    number: int
    skip: int = 0
    said: int = 0
    others: list[Address] = field(default_factory=list)
    _slots: dict[str, _Slot] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tap = TapAnswer(self.voice.posting.bot, self.voice.caller, self.heard)

    async def all(self, stream: Stream) -> None:
        """Until the stream ends; every reply in the end, of a slot only what is worth showing."""
        self.tap.expect()
        try:
            await self._flow(stream)
        finally:
            await self.tap.settle()

    async def _flow(self, stream: Stream) -> None:
        waiting: Reply | None = None
        while True:
            reply, waiting = await self._next(stream, waiting)
            if waiting is not None and (reply is None or reply.slot != waiting.slot):
                await self._finish(waiting)
                waiting = None
            if reply is None:
                return
            if reply.slot and reply.to is None:
                waiting = reply
            elif reply.to is not None:
                await self._elsewhere(reply, reply.to)
            else:
                await self._counted(reply)

    async def _next(
        self, stream: Stream, waiting: Reply | None
    ) -> tuple[Reply | None, Reply | None]:
        """The next reply, and what still waits; that is shown when nothing newer comes in time."""
        if waiting is None:
            return await stream.next(), None
        try:
            return await stream.next_within(self._until_edit(waiting.slot)), waiting
        except TimeoutError:
            waiting = await self._show(waiting)
            return await stream.next(), waiting

    def _until_edit(self, slot: str) -> float:
        before = self._slots.get(slot)
        due = before.at + self.voice.between_edits - _now() if before else 0.0
        return max(_WAIT_FOR_MORE, due)

    async def _show(self, reply: Reply) -> Reply:
        """What is true for now; where the chat is to be quiet, the next will be shown."""
        if reply.slot in self._slots and self.voice.caller.must_be_quiet(self.heard.place.chat):
            return reply
        passing = replace(reply, text=shortened(reply.text), files=())
        await self._put(passing, lambda: None)
        return replace(reply, notice="")

    async def _finish(self, reply: Reply) -> None:
        """The last word of a slot for now, not too soon after the one before."""
        before = self._slots.get(reply.slot)
        if before is not None and before.says != reply:
            await asyncio.sleep(max(0.0, before.at + self.voice.between_edits - _now()))
        await self._counted(reply)

    async def _counted(self, reply: Reply) -> None:
        """Said once: the count is written before, and taken back when the line breaks."""
        self.said += 1
        if self.said <= self.skip:
            return
        mine = self.said
        await self.voice.ledger.count(self.number, mine)
        await self._put(reply, lambda: self.voice.ledger.uncount(self.number, mine - 1))

    async def _put(self, reply: Reply, in_doubt: Doubt) -> None:
        reply = self._with_notice(reply)
        if not (reply.text or reply.buttons or reply.picture or reply.files):
            return
        before = self._slots.get(reply.slot)
        if before is not None and before.says == reply:
            return
        old = before.shown if before is not None else self._replaced(reply)
        posting, place = self.voice.posting, self.heard.place
        if old is None:
            shown = await posting.new(place, reply, in_doubt)
        else:
            shown = await posting.edit(place, old, reply, in_doubt)
        if reply.slot:
            self._slots[reply.slot] = _Slot(shown, reply, _now())

    def _replaced(self, reply: Reply) -> Shown | None:
        tap = self.heard.tap
        if not reply.replaces or tap is None or tap.message is None:
            return None
        return Shown(tap.message, tap.has_text)

    def _with_notice(self, reply: Reply) -> Reply:
        """A notice answers the tap; where that cannot be, it becomes words."""
        self.tap.now(reply.notice if units(reply.notice) <= _LONGEST_NOTICE else "")
        if not reply.notice or reply.notice == self.tap.said:
            return replace(reply, notice="")
        gap = "\n\n" if reply.text else ""
        return replace(reply, text=(*text(reply.notice + gap), *reply.text), notice="")

    async def _elsewhere(self, reply: Reply, to: Address) -> None:
        """A word to somebody else; that they cannot be reached is not the speaker's trouble."""
        if to.channel == CHANNEL and as_plain(reply.text):
            self.others.append(to)
            await self.voice.caller.gently(
                self.voice.posting.new(Place(int(to.id)), replace(reply, to=None))
            )


def _now() -> float:
    return asyncio.get_running_loop().time()
