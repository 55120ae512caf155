"""A journey: people of the imitated Telegram talk to the real bot, and all they see is written."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Final

from bot.assistant import Assistant
from bot.serving import standing_of
from bot.speech import Message, Reply, plain
from bot.telegram.pacing import Pacing
from bot.wiring import App
from tests.bot.telegram.journeys.transcript import Transcript
from tests.running_bot import Bot, Starting
from tests.telegram_server.people import Group, Person
from tests.telegram_server.server import TelegramServer
from tests.telegram_server.world import Took

NOW: Final = datetime(2026, 11, 21, 4, tzinfo=UTC)
PATIENCE: Final = 60.0
RULES: Final = """# 团体借阅办法

## 一、适用范围

本办法适用于机关、学校和企业的团体读者。

## 二、借阅数量

团体读者一次可以借三十本书，借期六十天。

## 三、逾期处理

逾期一个月以上的，暂停借阅三个月。
"""
# A tap that nobody sees: once it is answered, all that its person said before is done with.
_BARRIER: Final = "barrier"
_ONWARDS: Final = ("继续", "选好了", "好，试试看")
_SHOWN: Final = ("sendMessage", "editMessageText")


@dataclass
class Watched:
    """The assistant, going on only when what it says on the way is seen: the same every time."""

    telegram: TelegramServer
    assistant: Assistant
    # Words over which it thinks until “typing…” is seen.
    hard: set[str] = field(default_factory=set)
    # Words over which it thinks until it is let go; those it thinks about.
    thinking: set[str] = field(default_factory=set)
    _gated: str = ""
    _opened: threading.Event = field(default_factory=threading.Event)

    def gate(self, words: str) -> None:
        self._gated = words

    def open(self) -> None:
        self._gated = ""
        self._opened.set()

    def hear(self, message: Message) -> Iterator[Reply]:
        if message.action == _BARRIER:
            return
        if message.text in self.hard:
            self.telegram.wait(lambda: self.telegram.calls("sendChatAction"), PATIENCE)
        if self._gated and message.text == self._gated:
            self.thinking.add(message.text)
            self._opened.wait(PATIENCE)
            return
        last: Reply | None = None
        for reply in self.assistant.hear(message):
            if last is not None:
                yield last
            last = reply
            if plain(reply.text).endswith(("……", " …")):
                last = None
                yield from self._seen(reply)
        # Held until nothing more comes, so that it is never shown twice.
        if last is not None:
            yield last

    def _seen(self, reply: Reply) -> Iterator[Reply]:
        """Say it, and go on when it is before people's eyes."""
        words = plain(reply.text)
        before = self._shown(words)
        yield reply
        self.telegram.wait(lambda: self._shown(words) > before, PATIENCE)

    def _shown(self, words: str) -> int:
        return sum(t.method in _SHOWN and t.values["text"] == words for t in self.telegram.took)


class Journey:
    """The real bot, and a transcript of what its people do and see."""

    def __init__(
        self, telegram: TelegramServer, starting: Starting, app: App, *admins: int
    ) -> None:
        self.telegram, self.app = telegram, app
        self.assistant = Assistant(app, frozenset(("telegram", str(one)) for one in admins))
        self.watched = Watched(telegram, self.assistant)
        self.transcript = Transcript({})
        self._starting = starting
        self._seen = self._seen_refused = 0
        self.bot = self.start()

    def start(self) -> Bot:
        self.bot = self._starting(
            self.watched, standing_of(self.assistant), pacing=Pacing(burst=10_000),
            between_edits=0.6,
        )  # fmt: skip
        self.telegram.wait(lambda: self.bot.told, PATIENCE)
        return self.bot

    def person(self, number: int, name: str, language: str = "zh-hans") -> Person:
        self.transcript.names[number] = name
        return self.telegram.person(number, name, language)

    def group(self, number: int, title: str) -> Group:
        self.transcript.names[number] = title
        return self.telegram.group(number, title)

    def says(self, who: Person, *texts: str, group: Group | None = None, **more: Any) -> None:
        for text in texts:
            self.said(who, text, group, **more)
            self.settles(who)

    def said(self, who: Person, text: str, group: Group | None = None, **more: Any) -> None:
        """Said, and nobody waits for an answer yet."""
        who.says(text, group, **more)
        where = group.id if group else None
        self.transcript.says(self._newest(), who.id, text, where)

    def sends(self, who: Person, name: str, data: bytes, group: Group | None = None) -> None:
        who.sends_file(name, data, group=group)
        where = group.id if group else None
        self.transcript.says(self._newest(), who.id, f"⟨file {name}⟩", where)
        self.settles(who)

    def shares_place(self, who: Person, latitude: float, longitude: float) -> None:
        who.sends({"location": {"latitude": latitude, "longitude": longitude}})
        self.transcript.says(self._newest(), who.id, "⟨place⟩")
        self.settles(who)

    def taps(self, who: Person, label: str, on: dict[str, Any] | None = None) -> None:
        """A button of the newest message that has one of that label."""
        message = on or next(m for m in reversed(who.seen()) if label in _labels(m))
        who.taps(message, label)
        whole = next(one for one in _labels(message).split("\n") if label in one)
        self._tapped(who, f"taps [{whole}]", message)

    def forges(self, who: Person, data: str, on: dict[str, Any] | None = None) -> None:
        """A tap whose data no button of theirs held."""
        message = on or who.last()
        who.taps(message, data=data)
        self._tapped(who, f"forges a tap: {data!r}", message)

    def _tapped(self, who: Person, does: str, message: dict[str, Any]) -> None:
        name, number = self.transcript.names[who.id], message["message_id"] - 1000
        self.transcript.direction(f"{name} {does} under message {number}")
        self.settles(who)

    def settles(self, who: Person) -> None:
        """Wait until all is done that this person set going, and write what was seen."""
        chat = {"id": who.id, "type": "private", "first_name": "."}
        query = who.taps({"message_id": 1, "date": 0, "chat": chat}, data=_BARRIER)
        self.telegram.wait(lambda: query in self._answered(), PATIENCE)
        self.writes(who)

    def _answered(self) -> set[str]:
        answers = self.telegram.calls("answerCallbackQuery")
        return {took.values["callback_query_id"] for took in answers}

    def writes(self, who: Person) -> bool:
        """Whether there was anything to be seen."""
        refused = self.telegram.refused
        for no in refused[self._seen_refused :]:
            self.transcript.direction(f"Telegram refuses {no.method}: {no.status} {no.description}")
        self._seen_refused = len(refused)
        took = self.telegram.took
        new, self._seen = took[self._seen :], len(took)
        # “typing…” and the word in passing come when they come; they are seen first.
        for one in sorted(new, key=_comes):
            if one.method != "sendChatAction" or self.watched.hard:
                self.transcript.took(one, who.id)
        self.watched.hard.clear()
        return bool(new)

    def _newest(self) -> int:
        return int(self.telegram.ask(lambda w: max(n for _, n in w.messages))) - 1000


Setting = Callable[..., Journey]


def play(journey: Journey, who: Person, *answers: str) -> None:
    """Tap on through a sitting: these answers where there is a choice, then always the first."""
    left = list(answers)
    for _ in range(100):
        here = who.last()
        labels = [one for one in _labels(here).split("\n") if one not in ("看原文", "返回")]
        if not any(b.startswith("s.") for b in _actions(here)):
            return
        onwards = [one for one in labels if one in _ONWARDS]
        wanted = left.pop(0) if left and (left[0] in labels or not onwards) else None
        if wanted is not None and wanted not in labels:
            journey.says(who, wanted)
        else:
            journey.taps(who, wanted or (onwards or labels)[0], here)
    raise AssertionError("it does not end")


def _actions(message: dict[str, Any]) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["callback_data"] for row in rows for button in row]


def _comes(took: Took) -> int:
    return ("sendChatAction", "answerCallbackQuery").index(took.method) if took.method in (
        "sendChatAction", "answerCallbackQuery") else 2  # fmt: skip


def _labels(message: dict[str, Any]) -> str:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return "\n".join(button["text"] for row in rows for button in row)
