"""What a delivery says, what a tap on it does, and what becomes of one that cannot be said."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.assistant import Assistant
from bot.scheduling import ChannelCourier, roster_of
from bot.speech import Address, Message, Reply, plain
from bot.wiring import App
from foundation.clock import FixedClock
from foundation.database import open_engine, open_sessions
from foundation.migrating import migrate
from foundation.settings import Settings
from scheduler.budget import Budget
from scheduler.delivery import Kind
from scheduler.rows import DeliveryRow
from scheduler.scheduling import Scheduling
from tests.scheduler.cohort import MODULES, add_people, noon
from training_modules.people import Person

# 08:00 on Monday, the twenty-third, in Shanghai.
EIGHT = datetime(2026, 11, 23, 0, tzinfo=UTC)


@dataclass
class Desk:
    """A library without documents, the schedule of its people, and what was sent to them."""

    app: App
    clock: FixedClock
    assistant: Assistant
    sent: list[Reply] = field(default_factory=list)

    def send(self, _: Address, reply: Reply) -> str:
        self.sent.append(reply)
        return str(len(self.sent))

    def tick(self) -> None:
        training = self.assistant.training
        courier = ChannelCourier(self.app, training, self.send)
        scheduling = Scheduling(
            self.app.sessions, roster_of(self.app, training), courier, self.clock, Budget(1e9)
        )
        scheduling.tick()
        scheduling.close()

    def brings(self, kind: Kind, module: str = "", number: int = 0) -> DeliveryRow:
        """Something that is due to Anna now, and what became of it."""
        key, now = f"{kind}-{module}", self.clock()
        row = DeliveryRow(
            id=key, enrolment="anna", person="anna", module=module, kind=kind, number=number,
            local_date=now.date(), due_at=now, state="due", changed_at=now,
        )  # fmt: skip
        with self.app.sessions.begin() as session:
            session.add(row)
        self.tick()
        return self.row(key)

    def row(self, key: str) -> DeliveryRow:
        with self.app.sessions() as session:
            return session.get_one(DeliveryRow, key)

    def taps(self, label: str) -> str:
        """Anna taps a button of what was sent last; answers what is said then."""
        buttons = [button for row in self.sent[-1].buttons for button in row]
        action = next(button.action for button in buttons if button.label == label)
        message = Message(Address("telegram", "anna"), self.clock(), action=action)
        return "\n".join(plain(reply.text) for reply in self.assistant.hear(message))

    def anna(self) -> Person:
        found = self.assistant.training.people.by_id("anna")
        assert found is not None
        return found


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    settings, clock = Settings(home=tmp_path), FixedClock(EIGHT)
    engine = open_engine(settings.database)
    migrate(engine, noon())
    app = App(settings, clock, engine, open_sessions(engine))
    with app.sessions.begin() as session:
        anna = {"id": "anna", "hour": 1200, "enrolment": {"baseline_at": None}}
        add_people(session, [anna], noon())
    yield Desk(app, clock, Assistant(app))
    engine.dispose()


def labels(reply: Reply) -> list[str]:
    return [button.label for row in reply.buttons for button in row]


@pytest.mark.parametrize(
    ("kind", "about", "first"),
    [
        (Kind.BASELINE, "", "开始"), (Kind.REMINDER, "baseline", "继续学习"),
        (Kind.REMINDER, MODULES[0], "继续学习"), (Kind.REMINDER, "followup", "开始"),
    ],
)  # fmt: skip
def test_its_first_button_is_called_as_its_words_call_it(
    desk: Desk, kind: Kind, about: str, first: str
) -> None:
    desk.brings(kind, about, 1 if about else 0)

    assert labels(desk.sent[-1]) == [first, "晚点再发", "这周出差"]


def test_later_is_promised_only_where_it_can_be_kept(desk: Desk) -> None:
    desk.brings(Kind.REMINDER, MODULES[0], 1)
    assert "两小时后" in desk.taps("晚点再发")
    desk.clock.advance(timedelta(hours=13))
    desk.brings(Kind.REMINDER, MODULES[1], 2)

    assert desk.taps("晚点再发") == "好，今天不再发了。想学的时候点 /today。"
    assert desk.row(f"reminder-{MODULES[1]}").state == "sent"


def test_away_is_a_week_of_peace(desk: Desk) -> None:
    desk.brings(Kind.REMINDER, MODULES[0], 1)

    assert "这一周不打扰" in desk.taps("这周出差")
    assert str(desk.anna().paused_until) == "2026-11-30"
    with desk.app.sessions() as session:
        assert session.scalars(select(DeliveryRow.state)).all() == ["sent"]


def test_go_on_ends_a_pause(desk: Desk) -> None:
    desk.brings(Kind.REMINDER, MODULES[0], 2)
    desk.assistant.training.people.change("anna", is_paused=True)
    desk.taps("继续学习")

    assert not desk.anna().is_paused


def test_a_module_that_was_pulled_meanwhile_is_called_off(desk: Desk) -> None:
    row = desk.brings(Kind.MODULE, MODULES[0])

    assert (row.state, row.why, desk.sent) == ("cancelled", "gone", [])


def test_what_cannot_be_put_into_words_is_no_matter_of_doubt(desk: Desk) -> None:
    desk.assistant.training.people.change("anna", language="fr")
    row = desk.brings(Kind.BASELINE)

    assert (row.state, row.why) == ("due", "The message could not be put together.")
    assert row.due_at > desk.clock()


def test_a_digest_names_people_and_what_is_wrong_with_them(desk: Desk) -> None:
    desk.assistant.training.people.change("anna", name="安娜")
    desk.clock.advance(timedelta(hours=2))
    row = desk.brings(Kind.DIGEST)

    assert row.state == "sent"
    said = plain(desk.sent[-1].text).splitlines()
    assert said[0].startswith("过去七天：")
    assert "· 安娜 (anna): 课程不存在，或其中没有可发的内容" in said
