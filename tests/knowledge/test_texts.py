import pytest
from sqlalchemy import event

from knowledge.texts import passage_texts
from tests.shelf import Shelf


def test_the_texts_of_single_passages_come_by_version_and_number(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲一。\n\n甲二。"), ("b.txt", "乙一。\n\n乙二。"))
    first, second = shelf.versions()

    with shelf.sessions() as session:
        found = passage_texts(session, [(first, 0), (second, 1), (second, 99), ("nowhere", 0)])

    with shelf.sessions() as session:
        everything = passage_texts(session, [(v, n) for v in (first, second) for n in range(9)])
    assert found == {key: everything[key] for key in [(first, 0), (second, 1)]}
    assert sorted(everything.values()) == ["乙一。", "乙二。", "甲一。", "甲二。"]


def test_no_places_have_no_texts(shelf: Shelf) -> None:
    with shelf.sessions() as session:
        assert passage_texts(session, []) == {}


def test_single_passages_are_fetched_without_reading_all(shelf: Shelf) -> None:
    shelf.add(("a.txt", "甲一。"), ("b.txt", "乙一。"))
    said: list[tuple[str, object]] = []

    with shelf.sessions() as session:
        bind = session.get_bind()
        if bind.dialect.name != "sqlite":
            pytest.skip("only SQLite needs to be led to its index")
        event.listen(bind, "before_cursor_execute", lambda *call: said.append((call[2], call[3])))
        passage_texts(session, [(version, 0) for version in shelf.versions()])
        statement, values = said[-1]
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)

        assert not [step for *_, step in plan if step.startswith("SCAN passage")]
