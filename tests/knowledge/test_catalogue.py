from datetime import date, timedelta

import pytest

from foundation.errors import UnknownDocument
from knowledge import catalogue
from knowledge.document import Drop, Kind, Passage, Reading, Section, Span, Table
from knowledge.life import Status
from knowledge.offer import Wanted
from knowledge.readers.dispatch import read
from knowledge.record import DocumentRecord, Facts
from tests.shelf import NOON, TODAY, Shelf


def listed(shelf: Shelf, *, with_removed: bool = False) -> list[DocumentRecord]:
    with shelf.sessions() as session:
        return catalogue.list_documents(session, TODAY, with_removed=with_removed)


RICH = Reading(
    text="标题\n甲 | 1\n注\n",
    title="标题",
    sections=(Section("标题", 0, None), Section("一、", 1, 0, 2)),
    passages=(
        Passage(Kind.ROW, "甲 | 1", Span(3, 8), 1, 2, 0, (("甲",), ("1", "2")), (1,)),
        Passage(Kind.NOTE, "注", Span(9, 10), 1),
    ),
    tables=(Table(1, "表", ("名", "数"), (0,), (1,)),),
    drops=(Drop("page number", Span(0, 2)),),
    pages=3,
    warnings=("page 3 holds no text",),
)


def test_a_reading_comes_back_as_it_was_written(shelf: Shelf) -> None:
    shelf.read = lambda _name, _data: RICH
    shelf.add(("a.txt", "any"))

    (key,) = shelf.versions()
    with shelf.sessions() as session:
        assert catalogue.load_reading(session, key) == RICH


def test_a_founding_document_comes_back_as_it_was_written(shelf: Shelf) -> None:
    text = "# 规划\n\n| 指标 | 2020 |\n|---|---|\n| 藏书 | 12 |\n\n正文[^1]。\n\n[^1]: 注释。\n"
    shelf.read = read
    shelf.add(("a.md", text))

    (key,) = shelf.versions()
    with shelf.sessions() as session:
        assert catalogue.load_reading(session, key) == read("a.md", text.encode())


def test_documents_are_listed_in_the_order_they_came(shelf: Shelf) -> None:
    shelf.add(("b.txt", "二"))
    shelf.clock.advance(timedelta(minutes=1))
    shelf.add(("a.txt", "一"))

    assert [record.id for record in listed(shelf)] == ["b", "a"]


def test_a_record_says_what_is_known(shelf: Shelf) -> None:
    facts = Facts(
        "题", "Title", "馆", "plan", "zh", "CC", date(2021, 5, 1), None, date(2025, 12, 31)
    )
    shelf.add(("a.txt", "# 一\n甲\n乙"), wanted=Wanted(facts=facts))

    record = shelf.record("a")

    assert (record.title, record.title_en, record.publisher) == ("题", "Title", "馆")
    assert (record.kind, record.language, record.rights) == ("plan", "zh", "CC")
    assert (record.published_on, record.valid_until) == (date(2021, 5, 1), date(2025, 12, 31))
    assert (record.version, record.sections, record.passages, record.tables) == (1, 1, 2, 0)
    assert (record.file_name, record.status) == ("a.txt", Status.EXPIRED)
    assert (record.added_at, record.changed_at) == (NOON, NOON)


def test_a_draft_is_listed_and_is_no_answer(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲"), wanted=Wanted(facts=Facts(is_draft=True)))

    assert shelf.record("a").status is Status.DRAFT


def test_every_version_is_listed_and_stays_readable(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲"))
    shelf.clock.advance(timedelta(days=1))
    shelf.add(("a.txt", "乙\n丙"))

    with shelf.sessions() as session:
        first, second = catalogue.list_versions(session, "a")

    assert (first.number, first.passages, first.added_at) == (1, 1, NOON)
    assert (second.number, second.passages) == (2, 2)
    assert shelf.texts("a", 1) == ["甲"]
    assert shelf.texts("a", 2) == ["乙", "丙"]


def test_a_removed_document_keeps_its_record(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲"), ("b.txt", "乙"))
    shelf.clock.advance(timedelta(days=1))
    shelf.remove("a")

    assert [record.id for record in listed(shelf)] == ["b"]
    assert [record.id for record in listed(shelf, with_removed=True)] == ["a", "b"]
    assert shelf.record("a").status is Status.REMOVED
    assert shelf.record("a").changed_at == NOON + timedelta(days=1)
    assert set(shelf.versions().values()) == {"b"}
    assert shelf.texts("a") == ["甲"]


@pytest.mark.parametrize("document", ["nothing", "gone", "", "a'; DROP TABLE document; --"])
def test_what_is_not_there_cannot_be_removed(shelf: Shelf, document: str) -> None:
    shelf.add(("gone.txt", "甲"))
    shelf.remove("gone")

    with pytest.raises(UnknownDocument, match="documents list"):
        shelf.remove(document)


def test_an_unknown_document_or_version_is_said(shelf: Shelf) -> None:
    with pytest.raises(UnknownDocument, match="“nothing”"):
        shelf.record("nothing")
    with shelf.sessions() as session, pytest.raises(UnknownDocument):
        catalogue.load_reading(session, "nothing")


def test_what_a_removed_document_had_replaced_stands_for_itself_again(shelf: Shelf) -> None:
    shelf.add(("old.txt", "甲"))
    shelf.add(("new.txt", "乙"), wanted=Wanted(replaces=("old",)))
    with shelf.sessions() as session:
        assert catalogue.superseded_by(session, "new") == ["old"]

    shelf.remove("new")

    assert shelf.record("old").status is Status.IN_FORCE


def test_only_the_ids_that_are_there_are_known(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲"))

    with shelf.sessions() as session:
        assert catalogue.known_ids(session, ["a", "b"]) == {"a"}
        assert catalogue.known_ids(session, []) == set()
