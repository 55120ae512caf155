from datetime import date, datetime
from itertools import repeat
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.utils import get_column_letter
from openpyxl.utils.escape import unescape

from training_modules.exporting import workbook as module
from training_modules.exporting.cells import letter
from training_modules.exporting.columns import README
from training_modules.exporting.sheet import Column, Kind, Sheet
from training_modules.exporting.workbook import workbook

HARD = (
    "<r><t>not ours</t></r>", "<r>", "a & b <c>", "\x07 bell", "_x0041_", " around ", "=1+1",
    "http://example.org", "{=1}", "tab\tand\nline", "🎓\u202eمرحبا", "'", "12", "真",
)  # fmt: skip


def written(path: Path, *sheets: Sheet) -> Any:
    with workbook(path) as book:
        for sheet in sheets:
            book.write(sheet)
    return load_workbook(path)


def told(path: Path, *texts: str) -> list[Any]:
    book = written(path, Sheet("texts", README, [("t", text) for text in texts]))
    # As a spreadsheet does; the library leaves it to us.
    rows = book["texts"].iter_rows(min_row=2, values_only=True)
    return [unescape(row[1]) for row in rows]


def test_every_text_comes_back_as_it_was(tmp_path: Path) -> None:
    assert told(tmp_path / "a.xlsx", *HARD) == list(HARD)


_LETTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff")


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text(_LETTERS, min_size=1), min_size=1))
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    assert told(tmp_path_factory.mktemp("book") / "a.xlsx", *texts) == texts


def test_too_long_a_text_is_cut(tmp_path: Path) -> None:
    (said,) = told(tmp_path / "a.xlsx", "长" * 40_000)

    assert len(said) == 32_767
    assert said.endswith("…")


def test_values_have_their_kinds(tmp_path: Path) -> None:
    columns = tuple(Column(kind, kind) for kind in Kind)
    rows = [("t", 12, 0.1 + 0.2, True, date(2026, 2, 28), "2026-02-28T00:00:00+08:00")]
    book = written(tmp_path / "a.xlsx", Sheet("s", columns, [*rows, (None,) * 6]))

    (read, empty) = book["s"].iter_rows(min_row=2, max_row=3, values_only=True)

    assert read == ("t", 12, 0.1 + 0.2, True, datetime(2026, 2, 28), rows[0][5])  # noqa: DTZ001
    assert set(empty) == {None}
    assert book["s"].dimensions == "A1:F3"


def test_a_sheet_that_is_full_goes_on_in_a_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "ROWS", 4)
    book = written(tmp_path / "a.xlsx", Sheet("s", README, repeat(("a", "b"), 7)))

    assert [page.max_row for page in book if page.title != "README"][1:] == [4, 4, 2]
    assert book.sheetnames == ["README", "dictionary", "s", "s 2", "s 3"]


def test_columns_are_named_as_in_any_workbook() -> None:
    numbers = (0, 25, 26, 51, 52, 701, 702)

    assert [letter(n) for n in numbers] == [get_column_letter(n + 1) for n in numbers]
