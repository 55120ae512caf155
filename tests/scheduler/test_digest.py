from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from foundation.errors import DeliveryFailed
from knowledge.adding import Wanted
from knowledge.record import Facts
from scheduler import digest_lines, notes
from scheduler.calendars import last_known_year
from scheduler.delivery import Delivery
from scheduler.digest import Misleading, Pulled, digest_of
from scheduler.housekeeping import Chore, do_chores
from scheduler.snoozing import snooze
from tests.scheduler.cohort import MODULES, Stage, add_people, noon, staged
from tests.shelf import Shelf as Library
from training_modules.event import Event, Verb
from training_modules.rows import MemoryRow

EIGHT = datetime(2026, 11, 23, 0, tzinfo=UTC)


@pytest.fixture
def stage(database_url: str) -> Iterator[Stage]:
    with staged(database_url, noon()) as made:
        yield made


def test_a_week_without_trouble_says_so(stage: Stage) -> None:
    found = digest_of(stage.sessions, stage.roster, noon())

    assert digest_lines.as_lines(found, "en")[1:] == ["Nothing needs your attention."]


def test_everything_that_needs_an_eye_is_said(stage: Stage) -> None:
    long_ago = noon() - timedelta(days=30)
    with stage.sessions.begin() as session:
        add_people(session, [
            {"id": "anna", "name": "Anna"}, {"id": "bo", "name": "Bo", "is_paused": True},
            {"id": "carl", "zone": "Nowhere/At-all"}, {"id": "dora", "hour": 1500},
            {"id": "emil", "enrolment": {"pseudonym": "p_nobody"}},
            {"id": "fang", "enrolment": {"track": "gone"}},
        ], long_ago)  # fmt: skip
    stage.shelf.gone.add(MODULES[3])

    def refused(delivery: Delivery) -> None:
        raise TimeoutError if delivery.person == "anna" else DeliveryFailed("", permanent=True)

    stage.witness.does = refused
    stage.clock.advance(EIGHT - stage.clock())
    stage.scheduling().tick()
    do_chores(
        [Chore("backup", timedelta(days=1), lambda: 1 // 0)],  # type: ignore[arg-type,return-value]
        stage.sessions, stage.clock, "x",
    )  # fmt: skip

    found = digest_of(
        stage.sessions, stage.roster, EIGHT, lambda: ["开放时间？"], lambda _: "source"
    )

    assert {(one.enrolment, one.why) for one in found.faults} == {
        ("carl", "zone"), ("dora", "hour"), ("emil", "person"), ("fang", "track"),
    }  # fmt: skip
    assert found.pulled == [Pulled(MODULES[3], "source")]
    assert "Anna" in found.quiet
    assert found.paused == 1
    assert [(row.person, row.state) for row in found.open_ends] == [("anna", "unknown")]
    lines = digest_lines.as_lines(found, "zh")
    unsure = "不确定, 没有收到平台的答复，不确定是否送达"
    for words in (
        "开放时间？", "Anna", "carl: 时区名无法识别", f"{MODULES[3]}: 所引的原文已不在文件里",
        "backup: ZeroDivisionError",
        f"2026-11-23 每日一课 {MODULES[0]} → Anna (anna): {unsure}",
    ):  # fmt: skip
        assert f"· {words}" in lines, (words, lines)


def test_of_many_open_ends_it_says_how_many_there_are(stage: Stage) -> None:
    with stage.sessions.begin() as session:
        add_people(session, [{"id": f"p{n:03}"} for n in range(123)], noon())

    def lost(_: Delivery) -> None:
        raise TimeoutError

    stage.witness.does = lost
    stage.clock.advance(EIGHT - stage.clock())
    stage.scheduling().tick()
    lines = digest_lines.as_lines(digest_of(stage.sessions, stage.roster, EIGHT), "en")

    assert lines[1] == "Not delivered, or not known to be:"
    assert lines[12] == "… and 113 more"


def answered(stage: Stage, n: int, *, correct: bool, certainty: int, item: str) -> None:
    stage.write(
        Event(
            Verb.ANSWERED, stage.clock(), "UTC", f"p{n}", f"e{n}", module="m", item=item,
            phase="practice", correct=correct, certainty=certainty, score=float(correct),
        )
    )  # fmt: skip


def test_an_item_that_many_get_wrong_and_are_sure_of_misleads(stage: Stage) -> None:
    for n in range(6):
        answered(stage, n, correct=n > 2, certainty=3, item="misleads")
        answered(stage, n, correct=n > 2, certainty=1, item="is-hard")
    for n in range(3):
        answered(stage, n, correct=False, certainty=3, item="too-few")

    found = digest_of(stage.sessions, stage.roster, noon())

    assert found.misleading == [Misleading("m", "misleads", 6, 3)]


def test_a_note_says_what_was_learned_and_what_comes_back(stage: Stage) -> None:
    with stage.sessions.begin() as session:
        add_people(session, [{"id": "anna"}], noon())
        for n, days in enumerate((1, 5, 30)):
            session.add(
                MemoryRow(
                    pseudonym="p_anna", module="m", item=str(n), enrolment="anna", card={},
                    due_on=date(2026, 11, 20) + timedelta(days=days),
                )
            )  # fmt: skip
    for module in MODULES[:3]:
        stage.complete("anna", module)
    back = Event(Verb.COMPLETED, noon(), "UTC", "p", "anna", module=MODULES[2])
    stage.write(Event(Verb.CORRECTED, noon(), "UTC", "p", "anna", corrects=back.id))

    with stage.sessions() as session:
        note = notes.note_of(session, "anna", stage.shelf, date(2026, 11, 20), noon())
        assert notes.note_of(session, "nobody", stage.shelf, date(2026, 11, 20), noon()) is None

    assert note is not None
    assert (note.learned, note.due, note.left) == (MODULES[:2], 2, len(MODULES) - 2)
    assert notes.as_lines(note, stage.shelf, "zh") == [
        "这一周，您学完了 2 课：", "· 词", "· 词",
        "接下来一周有 2 道题要回来看看，复习一遍记得更牢。", "这门课还有 10 课。周末愉快。",
    ]  # fmt: skip


def test_chores_are_done_when_their_time_has_come_by_one_process(stage: Stage) -> None:
    done: list[str] = []

    def act() -> str:
        done.append("backup")
        return "made"

    chores = [Chore("backup", timedelta(days=1), act)]
    for hour in range(50):
        for holder in ("one", "two"):
            do_chores(chores, stage.sessions, stage.clock, holder)
        del hour
        stage.clock.advance(timedelta(hours=1))

    assert len(done) == 3


def test_a_chore_that_fails_does_not_stop_the_next(stage: Stage) -> None:
    def fails() -> str:
        raise ValueError

    chores = [Chore("one", timedelta(1), fails), Chore("two", timedelta(1), lambda: "done")]

    assert do_chores(chores, stage.sessions, stage.clock, "x") == ("one", "two")


def test_of_a_track_that_is_pulled_as_a_whole_each_module_is_named(stage: Stage) -> None:
    with stage.sessions.begin() as session:
        add_people(session, [{"id": "anna"}], noon())
    stage.shelf.gone.update(MODULES)

    found = digest_of(stage.sessions, stage.roster, noon())

    assert [one.module for one in found.pulled] == sorted(MODULES)
    assert [(one.enrolment, one.why) for one in found.faults] == [("anna", "track")]


def test_documents_near_their_end_are_named_and_those_that_have_a_heir_are_not(
    stage: Stage,
) -> None:
    """The twentieth of November: what ends within two months, or ended within a week."""
    library = Library(stage.sessions)
    for name, until in (
        ("soon", date(2027, 1, 10)), ("just-over", date(2026, 11, 15)), ("later", date(2027, 6, 1)),
        ("long-over", date(2026, 1, 1)), ("heir-had", date(2026, 12, 1)),
    ):  # fmt: skip
        wanted = Wanted(facts=Facts(valid_until=until))
        library.add((f"{name}.txt", f"title: {name}\n{name}"), wanted=wanted)
    library.add(("heir.txt", "新"), wanted=Wanted(replaces=("heir-had",)))

    found = digest_of(stage.sessions, stage.roster, noon())

    assert set(found.expiring) == {("soon", "2027-01-10"), ("just-over", "2026-11-15")}
    assert "· soon (2027-01-10)" in digest_lines.as_lines(found, "en")


@pytest.mark.parametrize(("months", "told"), [(0, False), (36, True)])
def test_a_calendar_that_ends_is_told_to_those_who_use_it(
    stage: Stage, months: int, *, told: bool
) -> None:
    with stage.sessions.begin() as session:
        add_people(session, [{"id": "anna", "calendar": "cn"}], noon())
    year = last_known_year()
    now = datetime(year, 1, 15, tzinfo=UTC) + timedelta(days=months * 30)

    found = digest_of(stage.sessions, stage.roster, now)

    assert found.calendar_ends == (year if told else None)


def test_what_came_once_and_was_put_off_too_long_is_no_open_end(stage: Stage) -> None:
    with stage.sessions.begin() as session:
        add_people(session, [{"id": "anna"}], noon())
    stage.clock.advance(EIGHT - stage.clock())
    scheduling = stage.scheduling()
    scheduling.tick()
    with stage.sessions.begin() as session:
        assert snooze(session, stage.row().id, stage.clock())
    stage.clock.advance(timedelta(hours=20))
    scheduling.tick()
    scheduling.close()

    assert (stage.row().state, stage.row().why) == ("expired", "over")
    assert digest_of(stage.sessions, stage.roster, stage.clock()).open_ends == []


def test_an_administrator_in_no_zone_is_told_by_the_clock_of_the_world(stage: Stage) -> None:
    with stage.sessions.begin() as session:
        add_people(
            session, [{"id": "boss", "zone": "Nowhere/At-all", "role": "administrator"}], noon()
        )
    stage.clock.advance(EIGHT + timedelta(hours=9) - stage.clock())
    scheduling = stage.scheduling()
    scheduling.tick()
    scheduling.close()

    assert stage.witness.told == [("boss", "digest", "")]
