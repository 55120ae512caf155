import random
from collections.abc import Sequence
from datetime import date, timedelta
from threading import Event, Thread

import pytest
from sqlalchemy import event, update

from foundation.database import Sessions
from foundation.errors import (
    DatabaseUnavailable,
    IndexUnavailable,
    UnknownDocument,
    UnreadableDocument,
)
from knowledge.adding import Offered, Outcome, Wanted
from knowledge.document import Reading
from knowledge.index import Entry, NoIndex
from knowledge.life import Status
from knowledge.record import Facts
from knowledge.rows import VersionRow
from tests.shelf import NOON, Shelf, read_lines

on_sqlite = pytest.mark.parametrize("shelf", ["sqlite"], indirect=True)


def unreadable(name: str, data: bytes) -> Reading:
    raise AssertionError(f"{name} is read, {data!r}")


def test_a_file_becomes_a_document_that_is_found(shelf: Shelf) -> None:
    (outcome,) = shelf.add(("规划/浙江 规划.txt", "# 一、\n甲\n乙\n# 二、\n丙"))

    assert outcome == Outcome("规划/浙江 规划.txt", "浙江-规划", "added", "", 2, 3)
    assert shelf.texts("浙江-规划") == ["甲", "乙", "丙"]
    assert shelf.is_whole()


def test_the_same_bytes_again_change_nothing_and_are_not_even_read(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲"), ("b.txt", "乙"))
    before = (shelf.versions(), shelf.record("a"))
    shelf.read = unreadable
    shelf.clock.advance(timedelta(days=1))

    assert shelf.statuses(("a.txt", "甲"), ("b.txt", "乙")) == [
        ("a", "unchanged"), ("b", "unchanged"),
    ]  # fmt: skip
    assert (shelf.versions(), shelf.record("a")) == before


def test_an_unchanged_document_is_told_with_its_counts(shelf: Shelf) -> None:
    (first,) = shelf.add(("a.txt", "# 一、\n甲\n乙"))
    (again,) = shelf.add(("a.txt", "# 一、\n甲\n乙"))

    assert again.as_json() == first.as_json() | {"status": "unchanged"}


def test_a_changed_file_becomes_the_next_version_and_alone_is_found(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲"))
    shelf.clock.advance(timedelta(days=1))

    assert shelf.statuses(("a.txt", "乙\n丙")) == [("a", "replaced")]

    record = shelf.record("a")
    assert (record.version, record.added_at) == (2, NOON)
    assert record.changed_at == NOON + timedelta(days=1)
    assert shelf.texts("a", 1) == ["甲"]
    assert shelf.is_whole()


def test_going_back_to_earlier_words_is_a_version_too(shelf: Shelf) -> None:
    for text in ("甲", "乙", "甲"):
        shelf.add(("a.txt", text))

    assert shelf.record("a").version == 3
    assert shelf.is_whole()


def test_a_removed_document_can_be_added_again(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲"))
    shelf.remove("a")
    assert shelf.is_whole()

    assert shelf.statuses(("a.txt", "甲")) == [("a", "added")]
    assert shelf.record("a").status is Status.IN_FORCE
    assert shelf.is_whole()


def test_what_was_read_by_older_rules_is_read_again(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲"))
    with shelf.sessions.begin() as session:
        session.execute(update(VersionRow).values(reader=0))

    assert shelf.statuses(("a.txt", "甲")) == [("a", "replaced")]
    assert shelf.statuses(("a.txt", "甲")) == [("a", "unchanged")]
    assert shelf.is_whole()


def test_files_of_one_name_get_ids_of_their_own_and_keep_them(shelf: Shelf) -> None:
    files = [("x/readme.md", "甲"), ("y/readme.md", "乙"), ("z/readme.md", "丙")]
    shelf.add(*files)

    assert shelf.statuses(*files) == [
        ("readme", "unchanged"), ("readme-2", "unchanged"), ("readme-3", "unchanged"),
    ]  # fmt: skip
    assert shelf.statuses(*reversed(files)) == [
        ("readme-3", "unchanged"), ("readme-2", "unchanged"), ("readme", "unchanged"),
    ]  # fmt: skip
    assert shelf.statuses(("x/readme.md", "变"), *files[1:]) == [
        ("readme", "replaced"), ("readme-2", "unchanged"), ("readme-3", "unchanged"),
    ]  # fmt: skip
    assert shelf.is_whole()


def test_one_file_met_twice_in_a_run_is_one_document(shelf: Shelf) -> None:
    assert shelf.statuses(("x/a.txt", "甲"), ("y/a.txt", "甲")) == [
        ("a", "added"),
        ("a", "unchanged"),
    ]
    assert shelf.is_whole()


def test_the_same_bytes_under_two_names_are_told(shelf: Shelf) -> None:
    first, second = shelf.add(("a.txt", "甲"), ("b.txt", "甲"))
    (third,) = shelf.add(("c.txt", "甲"))
    (again,) = shelf.add(("a.txt", "甲"))

    assert second.warnings == ("same bytes as a",)
    assert third.warnings == ("same bytes as a, b",)
    assert again.warnings == ("same bytes as b, c",)
    assert first.status == third.status == "added"


def test_a_refused_file_stops_nobody_and_all_come_in_their_order(shelf: Shelf) -> None:
    def read(name: str, data: bytes) -> Reading:
        if b"\x00" in data:
            raise UnreadableDocument("The file is damaged: save it again.")
        return read_lines(name, data)

    shelf.read = read
    offered = [
        Offered("a.txt", "a.txt", "甲".encode()),
        Offered("b.txt", "b.txt", b"\x00"),
        Offered("link", "link", refusal="This link leads out of the folder."),
        Offered("c.txt", "c.txt", "丙".encode()),
    ]

    outcomes = list(shelf.adding().results(offered))

    assert [(o.path, o.status, o.reason) for o in outcomes] == [
        ("a.txt", "added", ""),
        ("b.txt", "refused", "The file is damaged: save it again."),
        ("link", "refused", "This link leads out of the folder."),
        ("c.txt", "added", ""),
    ]
    assert shelf.ids() == ["a", "c"]


@pytest.mark.parametrize("text", ["", "……\n——\n", "# "])
def test_a_file_without_words_is_refused(shelf: Shelf, text: str) -> None:
    (outcome,) = shelf.add(("a.txt", text))

    assert (outcome.id, outcome.status) == (None, "refused")
    assert "no text" in outcome.reason
    assert shelf.ids() == []
    assert shelf.is_whole()


def test_letters_that_no_database_takes_leave_a_mark_in_their_place(shelf: Shelf) -> None:
    assert shelf.statuses(("a\udcff.txt", "# 一\ud800\n甲\x00乙")) == [("a", "added")]

    assert shelf.texts("a") == ["甲\ufffd乙"]
    assert shelf.record("a").file_name == "a\ufffd.txt"


def test_the_id_that_was_asked_for_is_taken_as_it_is(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲"), wanted=Wanted("Charter_2020.v1"))

    assert shelf.ids() == ["Charter_2020.v1"]


def test_what_people_say_of_a_document_can_change_without_its_text(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲"))
    shelf.clock.advance(timedelta(days=1))
    said = Wanted(facts=Facts(title="新题", valid_until=date(2025, 12, 31)))

    (outcome,) = shelf.add(("a.txt", "甲"), wanted=said)

    record = shelf.record("a")
    assert outcome.status == "unchanged"
    assert (record.title, record.status, record.version) == ("新题", Status.EXPIRED, 1)
    assert record.changed_at == NOON + timedelta(days=1)
    assert shelf.is_whole()


def test_saying_again_what_is_known_is_no_change(shelf: Shelf) -> None:
    said = Wanted(facts=Facts(publisher="馆"))
    shelf.add(("a.txt", "甲"), wanted=said)
    shelf.clock.advance(timedelta(days=1))
    shelf.add(("a.txt", "甲"), wanted=said)

    assert shelf.record("a").changed_at == NOON


def test_a_title_follows_the_text_unless_people_gave_one(shelf: Shelf) -> None:
    shelf.add(("a.txt", "title: 一版\n甲"), ("b.txt", "title: 一版\n乙"))
    shelf.add(("b.txt", "title: 一版\n乙"), wanted=Wanted(facts=Facts(title="人给的")))

    shelf.add(("a.txt", "title: 二版\n甲"), ("b.txt", "title: 二版\n乙"))

    assert shelf.record("a").title == "二版"
    assert shelf.record("b").title == "人给的"


def test_what_is_known_stays_known_in_the_next_version(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲"), wanted=Wanted(facts=Facts(publisher="馆", kind="plan")))
    shelf.add(("a.txt", "乙"), wanted=Wanted(facts=Facts(kind="notice")))

    assert (shelf.record("a").publisher, shelf.record("a").kind) == ("馆", "notice")


def test_a_document_supersedes_those_it_replaces(shelf: Shelf) -> None:
    shelf.add(("old.txt", "甲"), ("older.txt", "乙"))
    shelf.add(("new.txt", "丙"), wanted=Wanted(replaces=("old", "older")))

    assert shelf.record("old").status is Status.SUPERSEDED
    assert shelf.record("older").replaced_by == "new"
    assert shelf.record("new").status is Status.IN_FORCE


def test_replacing_can_be_said_later_and_the_other_way_round(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲"), ("b.txt", "乙"))
    shelf.add(("b.txt", "乙"), wanted=Wanted(replaces=("a",)))
    shelf.add(("a.txt", "甲"), wanted=Wanted(replaces=("b",)))

    assert shelf.record("a").status is Status.IN_FORCE
    assert shelf.record("b").replaced_by == "a"


def test_replacing_what_is_not_there_is_refused_before_anything_is_read(shelf: Shelf) -> None:
    shelf.read = unreadable

    with pytest.raises(UnknownDocument, match="“nothing”"):
        shelf.add(("a.txt", "甲"), wanted=Wanted(replaces=("nothing",)))


def test_a_document_cannot_replace_itself(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲"))
    (outcome,) = shelf.add(("a.txt", "乙"), wanted=Wanted(replaces=("a",)))

    assert outcome.status == "refused"
    assert shelf.record("a").version == 1


def test_what_is_done_is_told_while_the_next_file_takes_its_time(shelf: Shelf) -> None:
    told = Event()

    def read(name: str, data: bytes) -> Reading:
        if name == "slow.txt":
            assert told.wait(30)
        return read_lines(name, data)

    shelf.read = read
    results = shelf.results(("a.txt", "甲"), ("slow.txt", "乙"))

    assert next(results).id == "a"
    told.set()
    assert [outcome.id for outcome in results] == ["slow"]


def test_who_stops_half_way_keeps_what_is_done(shelf: Shelf) -> None:
    results = shelf.results(*((f"{n}.txt", f"第{n}篇") for n in range(100)))
    for _ in range(70):
        next(results)
    results.close()

    kept = set(shelf.ids())
    assert {f"{n}" for n in range(70)} <= kept
    assert shelf.is_found()


def test_many_files_keep_their_order_whatever_reading_takes(shelf: Shelf) -> None:
    files = [(f"{n}.txt", f"第{n}篇\n" * (n % 7 + 1)) for n in range(150)]
    offered = [Offered(path, path, text.encode()) for path, text in files]

    outcomes = list(shelf.adding(readers=3).results(iter(offered)))

    assert [outcome.path for outcome in outcomes] == [path for path, _ in files]
    assert shelf.is_whole()


def test_two_people_who_add_the_same_at_once_have_it_once(shelf: Shelf) -> None:
    other = Shelf(shelf.sessions, shelf.index, shelf.clock)
    shelf.read = lambda name, data: (other.add(("a.txt", "甲")), read_lines(name, data))[1]

    assert shelf.statuses(("a.txt", "甲")) == [("a", "unchanged")]
    assert shelf.record("a").version == 1
    assert shelf.is_whole()


def test_who_comes_second_under_one_id_becomes_the_next_version(shelf: Shelf) -> None:
    other = Shelf(shelf.sessions, shelf.index, shelf.clock)
    shelf.read = lambda name, data: (other.add(("a.txt", "乙")), read_lines(name, data))[1]

    assert shelf.statuses(("a.txt", "甲")) == [("a", "replaced")]
    assert (shelf.texts("a", 1), shelf.texts("a", 2)) == (["乙"], ["甲"])
    # What was put for the version that somebody else took is of no use to anybody.
    assert shelf.is_found()


class Swept(NoIndex):
    """An index of which a check, at the worst moment, clears what is not written yet."""

    def __init__(self) -> None:
        super().__init__()
        self.sweeps = 2

    def put(self, entries: Sequence[Entry]) -> None:
        super().put(entries)
        if self.sweeps:
            self.sweeps -= 1
            self.clear()


def test_what_a_check_cleared_meanwhile_is_put_again(shelf: Shelf) -> None:
    shelf.index = Swept()

    assert shelf.statuses(("a.txt", "甲")) == [("a", "added")]
    assert shelf.is_whole()


class Broken(NoIndex):
    def put(self, entries: Sequence[Entry]) -> None:  # noqa: ARG002
        raise IndexUnavailable("The search index cannot be written.")


def test_what_cannot_be_made_findable_is_not_in_the_catalogue(shelf: Shelf) -> None:
    shelf.index = Broken()

    with pytest.raises(IndexUnavailable):
        shelf.add(("a.txt", "甲"))
    assert shelf.ids() == []


@on_sqlite
def test_on_a_full_disk_what_was_done_stays_and_the_rest_is_not_there(shelf: Shelf) -> None:
    engine = shelf.sessions.kw["bind"]
    shelf.add(("a.txt", "甲"))
    event.listen(engine, "connect", lambda c, _: c.execute("PRAGMA max_page_count = 40").close())
    engine.dispose()

    with pytest.raises(DatabaseUnavailable, match="disk is full"):
        shelf.add(*((f"{n}.txt", f"第{n}篇，" * 2000) for n in range(40)))

    assert "a" in shelf.ids()
    assert all(shelf.texts(document) for document in shelf.ids())
    assert shelf.is_found()


def overlapping(shelf: Shelf, seed: int, outcomes: list[Outcome]) -> None:
    names = [f"{n}" for n in range(40)]
    random.Random(seed).shuffle(names)
    mine = Shelf(shelf.sessions, shelf.index, shelf.clock)
    outcomes += mine.add(*((f"{n}.txt", f"第{n}篇\n又一段") for n in names[:30]))


@pytest.mark.parametrize("people", [2, 4])
def test_several_people_add_overlapping_folders_at_once(shelf: Shelf, people: int) -> None:
    outcomes: list[Outcome] = []
    threads = [Thread(target=overlapping, args=(shelf, n, outcomes)) for n in range(people)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(outcomes) == 30 * people
    assert {outcome.status for outcome in outcomes} == {"added", "unchanged"}
    assert all(shelf.record(document).version == 1 for document in shelf.ids())
    assert len(shelf.ids()) == sum(outcome.status == "added" for outcome in outcomes)
    assert shelf.is_whole()


def test_the_catalogue_is_asked_little_about_files_that_are_unchanged(
    shelf: Shelf, sessions_asked: list[str]
) -> None:
    files = [(f"{n}.txt", f"第{n}篇") for n in range(100)]
    shelf.add(*files)
    sessions_asked.clear()

    shelf.add(*files)

    assert len(sessions_asked) < 20


@pytest.fixture
def sessions_asked(shelf: Shelf) -> list[str]:
    """Every statement that is sent to the database."""
    asked: list[str] = []
    sessions: Sessions = shelf.sessions
    event.listen(
        sessions.kw["bind"], "before_cursor_execute", lambda *given: asked.append(given[2])
    )
    return asked
