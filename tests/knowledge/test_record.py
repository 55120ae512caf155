import json
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.life import Status
from knowledge.record import DocumentRecord, Facts, slug, version_key


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("浙江图书馆“十四五”发展规划", "浙江图书馆-十四五-发展规划"),
        ("刑法修正案（九）(2015-08-29)", "刑法修正案-九-2015-08-29"),
        ("IFLA Strategy 2024_final", "ifla-strategy-2024-final"),
        ("Ｐｌａｎ　２０２５", "plan-2025"),
        ("Bücher & Straße", "bücher-strasse"),
        ("../../etc/passwd", "etc-passwd"),
        ("--a--", "a"),
    ],
)
def test_an_id_keeps_the_letters_of_any_script(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_a_name_without_letters_still_gets_an_id_of_its_own() -> None:
    assert slug("……") != slug("——")
    assert slug("……").startswith("document-")


def test_long_names_that_differ_only_at_the_end_get_different_ids() -> None:
    first, second = slug("馆" * 300 + "一"), slug("馆" * 300 + "二")

    assert first != second
    assert max(len(first), len(second)) <= 100


@given(st.text(max_size=400))
def test_any_name_gives_an_id_that_gives_itself(name: str) -> None:
    made = slug(name.encode("utf-8", "replace").decode())

    assert 0 < len(made) <= 100
    assert slug(made) == made


def test_a_version_is_named_by_document_number_bytes_and_reader() -> None:
    named = {
        version_key("a", 1, "x", 1), version_key("b", 1, "x", 1), version_key("a", 2, "x", 1),
        version_key("a", 1, "y", 1), version_key("a", 1, "x", 2),
    }  # fmt: skip

    assert len(named) == 5
    assert version_key("a", 1, "x", 1) in named


def test_only_what_is_known_counts() -> None:
    assert Facts().known() == {}
    assert Facts(title="题", valid_until=date(2025, 12, 31), is_draft=False).known() == {
        "title": "题",
        "valid_until": date(2025, 12, 31),
        "is_draft": False,
    }


def test_a_record_can_be_written_as_json() -> None:
    at = datetime(2026, 3, 1, 8, tzinfo=UTC)
    record = DocumentRecord(
        "plan", "规划", None, None, "plan", "zh", None, date(2021, 5, 1), None, date(2025, 12, 31),
        Status.EXPIRED, None, 2, "key", "plan.txt", 3, 40, 1, 17, ("page 3 holds no text",), at, at,
    )  # fmt: skip

    written = json.loads(json.dumps(record.as_json()))

    assert written["status"] == "expired"
    assert written["valid_until"] == "2025-12-31"
    assert written["valid_from"] is None
    assert written["added_at"] == "2026-03-01T08:00:00+00:00"
    assert written["warnings"] == ["page 3 holds no text"]
