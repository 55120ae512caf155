"""Learning as a trainee meets it in the chat, from joining to the look back."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.assistant import Assistant
from bot.speech import Address, Message, Reply, plain
from bot.terminal import Terminal
from bot.wiring import App, open_app
from foundation.clock import FixedClock
from foundation.settings import Settings
from tests.golden import check_golden
from tests.training_modules.sample_files import OWN_TRACK, write_track


class Room:
    """An app with a track of two modules and a clock of its own; terminals for its people."""

    def __init__(self, app: App, clock: FixedClock) -> None:
        self.app, self.clock = app, clock
        self.assistant = Assistant(app, frozenset({("terminal", "boss")}), shows_pictures=False)

    def terminal(self, name: str) -> Terminal:
        return Terminal(self.assistant, name)

    def hear(self, name: str, **said: str) -> list[Reply]:
        message = Message(Address("terminal", name), self.clock(), **said)
        return list(self.assistant.hear(message))


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    home = tmp_path_factory.mktemp("class")
    write_track(home)
    clock = FixedClock(datetime(2026, 3, 2, 1, tzinfo=UTC))
    app = open_app(Settings(home=home), clock)
    yield Room(app, clock)
    app.engine.dispose()


@pytest.fixture(autouse=True)
def no_coin(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The test form that somebody begins with is tossed; here it is always A."""
    enrolling = room.assistant.training.enrolling
    monkeypatch.setitem(enrolling.__dict__, "toss", lambda _: "A")


def told(where: Terminal, *said: str) -> str:
    return "\n".join(line for one in said for line in where.hear(one))


def joined(room: Room, name: str) -> Terminal:
    """Somebody who has just agreed."""
    room.hear(name, action=f"j.track.{OWN_TRACK}")
    room.hear(name, action="j.post.frontline")
    room.hear(name, action="j.hour.480")
    room.hear(name, action="j.yes")
    return room.terminal(name)


def play(room: Room, name: str, start: str = "/today", answer: str = "b") -> list[Reply]:
    """Tap through a sitting to its end, always the same answer where it fits."""
    replies = room.hear(name, text=start)
    for _ in range(200):
        actions = [b.action for row in replies[-1].buttons for b in row]
        steps = [action for action in actions if action.startswith("s.")]
        if not steps:
            return replies
        room.clock.advance(timedelta(seconds=9))
        ending = ("next", "done", "2", answer, "4", "yes", "a", "true", "skip", "-")
        wanted = [a for e in ending for a in steps if a.rpartition(".")[2] == e]
        replies = room.hear(name, action=(wanted or steps)[0])
        if not replies[-1].text:
            replies = room.hear(name, text="/today")
    raise AssertionError("it does not end")


def test_a_trainee_from_the_first_word_to_the_first_lesson(room: Room) -> None:
    cohort = room.assistant.training.enrolling.open_cohort("第一班", OWN_TRACK)
    where = room.terminal("golden trainee")
    said = ["/start", "/join CODE", "a", "7:30", "a", "a", "4", "3", "4", "a", "b", "a", "c"]
    said += ["a", "a", "b", "b", "a", "c", "/progress", "a", "b"]

    lines = [f"> {one}\n{told(where, one.replace('CODE', cohort.code))}\n" for one in said]

    check_golden("conversations/trainee.txt", "\n".join(lines))


def test_nothing_is_kept_of_who_does_not_agree(room: Room) -> None:
    room.hear("shy", action=f"j.track.{OWN_TRACK}")
    room.hear("shy", action="j.post.student")
    room.hear("shy", action="j.hour.480")

    said = room.hear("shy", action="j.no")

    assert "什么都没有记下" in plain(said[0].text)
    person = room.assistant.training.people.find("terminal", "shy")
    assert person is not None
    assert (person.post, person.consent) == ("", 0)
    assert "/join" in told(room.terminal("shy"), "/today")


def test_a_track_ends_with_what_changed_and_a_certificate(room: Room) -> None:
    joined(room, "lin")
    play(room, "lin")
    play(room, "lin")
    room.clock.advance(timedelta(days=1))
    play(room, "lin")

    last = play(room, "lin")[-1]

    said = plain(last.text)
    assert "祝贺" in said
    code = re.search(r"[2-9A-Z]{12}", said)
    assert code is not None
    assert last.files[0].read_bytes().startswith(b"%PDF")
    assert "核验通过" in told(room.terminal("anybody"), f"核验 {code[0]}")
    assert "没有这个核验码" in told(room.terminal("anybody"), "核验 ABCDEF")


def test_a_month_later_one_is_asked_what_was_used(room: Room) -> None:
    joined(room, "mei")
    play(room, "mei")
    play(room, "mei")
    play(room, "mei", "/today more")
    play(room, "mei")
    room.clock.advance(timedelta(days=30))

    where = room.terminal("mei")
    seen = told(where, "/today")
    assert "不知道" in seen
    for said in ("a", "c"):
        seen = told(where, said)
    for said in ("b", "c", "3"):
        seen = told(where, said)
    assert "有什么变了" in seen
    assert "可以收进" in told(where, "借阅流程改了，读者少跑一趟")
    assert "谢谢" in told(where, "a")


def test_a_lesson_goes_on_after_a_restart(room: Room) -> None:
    where = joined(room, "restart")
    told(where, "/today", "4")

    again = Terminal(Assistant(room.app, shows_pictures=False), "restart")

    assert "2/" in told(again, "/today")


def test_an_old_button_still_gets_an_answer(room: Room) -> None:
    joined(room, "old")
    first = room.hear("old", text="/today")[-1].buttons[0][0].action
    room.hear("old", action=first)

    late = room.hear("old", action=first)

    assert late[0].notice
    assert room.hear("old", action="s.gone.0.a.b")[0].notice
    assert room.hear("old", action="s.broken")[0].notice


def test_a_question_in_the_middle_of_a_lesson_is_answered(room: Room) -> None:
    where = joined(room, "curious")
    told(where, "/today")

    assert "500" in told(where, "浙江图书馆2025年数字资源总量目标是多少？")
    assert "1/" in told(where, "/today")


def test_settings_are_changed_by_tapping_and_by_writing(room: Room) -> None:
    where = joined(room, "set")
    assert "8:00" in told(where, "/settings")
    assert "改好了" in told(where, "b", "晚上8点半")
    assert "改好了" in told(where, "/settings", "c", "Europe/Berlin")
    assert "没有这个时区" in told(where, "/settings", "c", "Mars/Base")

    person = room.assistant.training.people.find("terminal", "set")
    assert person is not None
    assert (person.hour, person.zone) == (20 * 60 + 30, "Europe/Berlin")


def test_an_hour_at_night_is_kept_and_the_quiet_hours_make_room(room: Room) -> None:
    where = joined(room, "owl")
    assert "免打扰：22:00–7:00" in told(where, "/settings")
    assert "免打扰：23:30–7:00" in told(where, "b", "22:30")
    waits = "22:30 在免打扰时段里，每天的课会等到 6:00 再发"
    assert waits in told(where, "/settings", "e", "22:00-6:00")
    assert "免打扰：不设" in told(where, "/settings", "e", "d")
    assert "没看懂这个时段" in told(where, "/settings", "e", "晚上")


def test_who_is_in_no_zone_can_learn_all_the_same(room: Room) -> None:
    where = joined(room, "nowhere")
    people = room.assistant.training.people
    person = people.find("terminal", "nowhere")
    assert person is not None
    people.change(person.id, zone="Nowhere/At-all")

    assert "1/" in told(where, "/today")
    assert "0/" in told(where, "/progress")
    assert "时区：北京" in told(where, "/settings", "c", "a")


def test_who_pauses_can_come_back(room: Room) -> None:
    where = joined(room, "pause")

    assert "/resume" in told(where, "/pause")
    assert "每天的发课还停着" in told(where, "/today")
    assert "欢迎回来" in told(where, "恢复")
    assert "停着" not in told(where, "/today")


def test_who_says_that_they_are_away_has_a_week_of_peace(room: Room) -> None:
    where = joined(room, "travels")

    assert "这一周不打扰" in told(where, "这周出差")
    person = room.assistant.training.people.find("terminal", "travels")
    assert person is not None
    today = room.assistant.training.coaching.today(person)
    assert person.paused_until == today + timedelta(days=7)
    assert "欢迎回来" in told(where, "a")
    person = room.assistant.training.people.find("terminal", "travels")
    assert person is not None
    assert person.paused_until is None


def test_a_wish_is_met_or_passed_on(room: Room) -> None:
    where = joined(room, "wish")

    assert "转给管理员" in told(where, "我想学水下考古摄影")
    assert "水下考古摄影" in told(room.terminal("boss"), "/gaps")


def test_a_cohort_is_joined_by_its_code(room: Room) -> None:
    boss = room.terminal("boss")
    told(boss, "/trainees")
    room.hear("boss", action=f"a.trn.track.{OWN_TRACK}")
    made = told(boss, "春季班")
    code = re.search(r"/join ([2-9A-Z]{6})", made)
    assert code is not None

    assert "第一问" in told(room.terminal("spring"), f"/join {code[1]}")
    assert "没有这个加入码" in told(room.terminal("spring"), "/join NOSUCH")
    joined(room, "summer")
    told(room.terminal("summer"), f"加入 {code[1]}")
    assert "春季班：1 人" in told(boss, "/trainees")


def test_one_may_take_everything_along_and_be_forgotten(room: Room) -> None:
    where = joined(room, "leaving")
    play(room, "leaving")
    assert ".zip" in told(where, "/mydata")

    assert "什么都没有动" in told(where, "/forget", "b")
    assert "删好了" in told(where, "/forget", "a")

    assert room.assistant.training.people.find("terminal", "leaving") is None
    assert "/join" in told(room.terminal("leaving"), "/today")


@pytest.mark.parametrize("said", ["/today", "/progress", "/mydata", "/settings", "/forget"])
def test_nothing_personal_is_said_in_a_group(room: Room, said: str) -> None:
    joined(room, "group")

    replies = room.hear("group", text=said, chat="-100")

    assert [plain(r.text) for r in replies] == ["这件事请私下和我说。"]


@pytest.mark.parametrize(
    "action",
    ["a.gap.outside.x", "a.adm.remove.x", "a.doc.retired.x", "a.trn.new", "a.doc.publish.x"],
)
def test_forged_buttons_lead_nowhere(room: Room, action: str) -> None:
    replies = room.hear("intruder", action=action)

    assert [reply.notice for reply in replies] == ["没有这个命令。/help 看能做什么。"]


@pytest.mark.parametrize(
    "said", ["/documents", "/gaps", "/trainees", "/admins", "/modules", "/export", "/report"]
)
def test_a_stranger_does_not_learn_that_there_are_such_commands(room: Room, said: str) -> None:
    assert told(room.terminal("intruder"), said) == told(room.terminal("intruder"), "/nonsense")


def test_who_is_removed_is_no_administrator_from_then_on(room: Room) -> None:
    told(room.terminal("helper"), "你好")
    boss = room.terminal("boss")
    told(boss, "/admins add helper")
    assert "馆里的文件" in told(room.terminal("helper"), "/documents")

    told(boss, "/admins remove helper")

    assert "没有这个命令" in told(room.terminal("helper"), "/documents")


def test_a_letter_that_is_not_offered_is_met_with_those_that_are(room: Room) -> None:
    terminal = room.terminal("chooser")
    list(terminal.hear("/settings"))

    said = "\n".join(terminal.hear("z"))

    assert "a · b" in said
    assert "Please" not in said


@pytest.mark.parametrize("command", ["/pause", "/away", "/resume"])
def test_whoever_has_not_joined_has_nothing_to_pause(room: Room, command: str) -> None:
    said = "\n".join(room.terminal("stranger").hear(command))

    assert "/join" in said
    assert "8:00" not in said
