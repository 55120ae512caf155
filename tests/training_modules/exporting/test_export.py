import csv
import io
import json
import os
import zipfile
from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import Engine

from foundation.database import Sessions
from foundation.errors import ExportRefused
from tests.training_modules.exporting.small_log import E1, E2, FORMULA, HARD_NAMES, STORY, small_log
from training_modules.exporting.csv_files import guarded
from training_modules.exporting.export import Exported, Format, Progress, Wanted, export, untold
from training_modules.indicators.period import Period

DATA = ("indicators", "enrolments", "modules", "responses", "ratings", "applications", "items")


@pytest.fixture
def sessions(engine: Engine) -> Sessions:
    return small_log(engine)


@pytest.fixture
def sqlite_log(tmp_path: Path, opening: Callable[[str], Engine]) -> Sessions:
    return small_log(opening(f"sqlite:///{tmp_path / 'log.db'}"))


def exported(
    sessions: Sessions, form: Format, path: Path, progress: Progress = untold, **values: Any
) -> Exported:
    made_at = datetime(2026, 4, 1, tzinfo=UTC)
    return export(sessions, Wanted(form, path, made_at, "Asia/Shanghai", **values), progress)


def read_csv(path: Path) -> list[dict[str, str]]:
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def read_xlsx(path: Path) -> dict[str, list[dict[str, Any]]]:
    book = load_workbook(path)
    found = {}
    for page in book:
        header, *rows = page.iter_rows()
        names = [cell.value for cell in header]
        assert not any(cell.data_type == "f" for row in rows for cell in row), page.title
        found[page.title] = [dict(zip(names, (c.value for c in row), strict=True)) for row in rows]
    return found


def read_json_lines(path: Path) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row.pop("sheet"), []).append(row)
    return found


def test_a_workbook_has_every_sheet_with_every_text_as_text(
    sessions: Sessions, tmp_path: Path
) -> None:
    done = exported(sessions, Format.XLSX, tmp_path / "a.xlsx", cohort=None)

    sheets = read_xlsx(tmp_path / "a.xlsx")

    assert tuple(sheets) == ("README", "dictionary", *DATA)
    assert {name: len(sheets[name]) for name in DATA} == done.rows
    one, other = sheets["enrolments"]
    assert (one["cohort"], one["post"], one["region"]) == (FORMULA, *HARD_NAMES[6:])
    assert (one["pre_score"], one["post_score"]) == (0.4, 0.9)
    assert other["pre_score"] is None
    assert one["enrolled_at"] == "2026-03-02T12:00:00+08:00"


def test_numbers_are_numbers_and_days_are_days_in_a_workbook(
    sessions: Sessions, tmp_path: Path
) -> None:
    exported(sessions, Format.XLSX, tmp_path / "a.xlsx")

    first, numeric, wrong, skipped = read_xlsx(tmp_path / "a.xlsx")["responses"]

    assert (first["score"], first["certainty"], first["certainty_mark"]) == (0.5, 3, 3)
    assert first["correct"] is True
    assert first["local_date"] == datetime(2026, 3, 2)  # noqa: DTZ001 - as a spreadsheet has it
    assert (numeric["response"], wrong["response"]) == ("-2", FORMULA)
    assert (wrong["certainty_mark"], wrong["correct"]) == (-6, False)
    assert (skipped["skipped"], skipped["response"], skipped["score"]) == (True, None, None)
    assert skipped["at"] == "2026-03-06T01:00:00+08:00"


def test_a_folder_of_csv_has_the_same_columns_and_rows(sessions: Sessions, tmp_path: Path) -> None:
    done = exported(sessions, Format.CSV, tmp_path / "all")
    exported(sessions, Format.XLSX, tmp_path / "a.xlsx")

    sheets = read_xlsx(tmp_path / "a.xlsx")

    for name in DATA:
        rows = read_csv(tmp_path / "all" / f"{name}.csv")
        assert len(rows) == done.rows[name] == len(sheets[name])
        if rows:
            assert list(rows[0]) == list(sheets[name][0])
    assert {path.stem for path in (tmp_path / "all").iterdir()} == {"README", "dictionary", *DATA}


def test_formulas_have_an_apostrophe_in_csv_and_numbers_have_none(
    sessions: Sessions, tmp_path: Path
) -> None:
    exported(sessions, Format.CSV, tmp_path / "all")

    responses = read_csv(tmp_path / "all" / "responses.csv")
    enrolments = read_csv(tmp_path / "all" / "enrolments.csv")

    assert [row["response"] for row in responses] == ["b", "-2", f"'{FORMULA}", ""]
    assert enrolments[0]["cohort"] == f"'{FORMULA}"
    assert [row["certainty_mark"] for row in responses] == ["3", "3", "-6", ""]


@pytest.mark.parametrize("name", HARD_NAMES[:6])
def test_whatever_a_spreadsheet_takes_for_a_formula_is_guarded(name: str) -> None:
    assert guarded(name) == (name if name == "+1" else f"'{name}")


def test_a_zip_of_csv_holds_the_same_as_a_folder(sessions: Sessions, tmp_path: Path) -> None:
    exported(sessions, Format.CSV, tmp_path / "all")
    exported(sessions, Format.CSV, tmp_path / "all.zip")

    with zipfile.ZipFile(tmp_path / "all.zip") as packed:
        for name in packed.namelist():
            assert packed.read(name) == (tmp_path / "all" / name).read_bytes()
        assert len(packed.namelist()) == len(DATA) + 2


def test_one_csv_holds_the_responses_alone(sessions: Sessions, tmp_path: Path) -> None:
    done = exported(sessions, Format.CSV, tmp_path / "a.csv")

    assert done.rows == {"responses": 4} == {"responses": len(read_csv(tmp_path / "a.csv"))}


def test_lines_of_json_hold_the_same_values(sessions: Sessions, tmp_path: Path) -> None:
    done = exported(sessions, Format.JSONL, tmp_path / "a.jsonl")

    sheets = read_json_lines(tmp_path / "a.jsonl")

    assert {name: len(sheets.get(name, [])) for name in DATA} == done.rows
    assert sheets["responses"][2]["response"] == FORMULA
    assert sheets["responses"][0]["local_date"] == "2026-03-02"


def test_words_are_told_only_of_those_who_agreed(sessions: Sessions, tmp_path: Path) -> None:
    exported(sessions, Format.JSONL, tmp_path / "a.jsonl")
    exported(sessions, Format.CSV, tmp_path / "all")
    exported(sessions, Format.XLSX, tmp_path / "a.xlsx")

    for rows in (
        read_json_lines(tmp_path / "a.jsonl")["applications"],
        read_csv(tmp_path / "all" / "applications.csv"),
        read_xlsx(tmp_path / "a.xlsx")["applications"],
    ):
        assert [row["words"] or None for row in rows] == [STORY, None]
    assert "只给自己看" not in (tmp_path / "a.jsonl").read_text("utf-8")


def test_what_was_taken_back_is_nowhere(sessions: Sessions, tmp_path: Path) -> None:
    exported(sessions, Format.JSONL, tmp_path / "a.jsonl")
    exported(sessions, Format.XAPI, tmp_path / "a.json")

    assert '"q9"' not in (tmp_path / "a.jsonl").read_text("utf-8")
    statements = json.loads((tmp_path / "a.json").read_text("utf-8"))
    assert len(statements) == 12
    assert not any("q9" in s["object"]["id"] for s in statements)


def test_ratings_say_what_they_are_about(sessions: Sessions, tmp_path: Path) -> None:
    exported(sessions, Format.JSONL, tmp_path / "a.jsonl")

    ratings = read_json_lines(tmp_path / "a.jsonl")["ratings"]

    assert [(row["scale"], row["item"], row["rating"]) for row in ratings] == [
        ("confidence", "confidence-2", 4), ("confidence-then", "confidence-then-2", 2),
        ("recommendation", "recommendation", 9),
    ]  # fmt: skip


def test_modules_sum_up_what_each_person_did_in_them(sessions: Sessions, tmp_path: Path) -> None:
    exported(sessions, Format.JSONL, tmp_path / "a.jsonl")

    modules = read_json_lines(tmp_path / "a.jsonl")["modules"]

    assert [(m["enrolment"], m["answers"], m["first_attempts"], m["seconds"]) for m in modules] == [
        (E1, 2, 1, 8.5), (E2, 1, 1, 4.25)
    ]  # fmt: skip


def test_a_cohort_is_told_alone(sessions: Sessions, tmp_path: Path) -> None:
    exported(sessions, Format.JSONL, tmp_path / "a.jsonl", cohort="春季班")

    sheets = read_json_lines(tmp_path / "a.jsonl")

    for name in ("enrolments", "modules", "responses", "ratings", "applications"):
        assert {row["enrolment"] for row in sheets[name]} == {E2}, name


def test_a_period_is_of_whole_days_where_the_library_is(sessions: Sessions, tmp_path: Path) -> None:
    sixth = Period.of_days(date(2026, 3, 6), date(2026, 3, 6), "Asia/Shanghai")
    fifth = Period.of_days(None, date(2026, 3, 5), "Asia/Shanghai")

    assert exported(sessions, Format.CSV, tmp_path / "a.csv", period=sixth).total == 1
    assert exported(sessions, Format.CSV, tmp_path / "b.csv", period=fifth).total == 3
    done = exported(sessions, Format.JSONL, tmp_path / "c.jsonl", period=sixth)
    assert (done.rows["enrolments"], done.rows["responses"]) == (1, 1)


def test_the_dictionary_names_every_column_in_both_languages(
    sqlite_log: Sessions, tmp_path: Path
) -> None:
    exported(sqlite_log, Format.XLSX, tmp_path / "a.xlsx")

    sheets = read_xlsx(tmp_path / "a.xlsx")

    defined = Counter(row["in_sheet"] for row in sheets["dictionary"])
    for name in DATA:
        if sheets[name]:
            assert defined[name] == len(sheets[name][0])
    assert all(row["label_zh"] and row["label_en"] for row in sheets["dictionary"])


def test_the_readme_tells_counts_and_the_head_of_the_log(
    sqlite_log: Sessions, tmp_path: Path
) -> None:
    done = exported(sqlite_log, Format.CSV, tmp_path / "all", version="1.2.3")

    about = {row["entry"]: row["content"] for row in read_csv(tmp_path / "all" / "README.csv")}

    assert about["program"] == "LibCoach 1.2.3"
    assert about["rows_responses"] == str(done.rows["responses"])
    assert about["log_lines"] == "14"
    assert len(about["log_hash"]) == 64


@pytest.mark.parametrize("form", list(Format))
def test_a_place_that_is_not_there_is_refused_in_a_sentence(
    sqlite_log: Sessions, tmp_path: Path, form: Format
) -> None:
    with pytest.raises(ExportRefused, match="There is no folder"):
        exported(sqlite_log, form, tmp_path / "nowhere" / "a.out")


@pytest.mark.parametrize("form", list(Format))
def test_a_place_that_may_not_be_written_is_told(sqlite_log: Sessions, form: Format) -> None:
    place = Path("/proc") if os.geteuid() == 0 else Path("/usr")
    with pytest.raises(ExportRefused, match=r"cannot be written \(.+\); name a place"):
        exported(sqlite_log, form, place / "a.csv")


@pytest.mark.parametrize(
    ("form", "name"),
    [(Format.CSV, "a.csv"), (Format.CSV, "a.zip"), (Format.CSV, "a"), (Format.XLSX, "a.xlsx"),
     (Format.JSONL, "a.jsonl"), (Format.XAPI, "a.json")],
)  # fmt: skip
def test_a_failure_half_way_leaves_no_half_file_and_keeps_the_old_one(
    sqlite_log: Sessions, tmp_path: Path, form: Format, name: str
) -> None:
    out = tmp_path / "out"
    out.mkdir()
    old = out / name / "responses.csv" if name == "a" else out / name
    old.parent.mkdir(exist_ok=True)
    old.write_text("old")

    def stop(sheet: str, _done: int, _of: int) -> None:
        if sheet in ("responses", "statements"):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        exported(sqlite_log, form, out / name, stop)
    assert old.read_text() == "old"
    assert [path.name for path in out.iterdir()] == [name]


def test_the_progress_counts_up_to_all_rows(sqlite_log: Sessions, tmp_path: Path) -> None:
    told: list[tuple[str, int, int]] = []

    done = exported(
        sqlite_log, Format.JSONL, tmp_path / "a.jsonl", lambda *told_: told.append(told_)
    )

    assert [sheet for sheet, _, _ in told] == list(DATA)
    assert told[-1][1] == done.total
    assert all(count <= of for _, count, of in told)


def test_an_empty_log_exports_empty_sheets(
    tmp_path: Path, opening: Callable[[str], Engine]
) -> None:
    from foundation.database import open_sessions
    from foundation.migrating import migrate

    engine = opening(f"sqlite:///{tmp_path / 'empty.db'}")
    migrate(engine, datetime(2026, 1, 1, tzinfo=UTC))

    done = exported(open_sessions(engine), Format.CSV, tmp_path / "all")

    assert {name: done.rows[name] for name in DATA[1:]} == dict.fromkeys(DATA[1:], 0)
    with (tmp_path / "all" / "responses.csv").open(encoding="utf-8-sig", newline="") as file:
        assert file.read().count("\r\n") == 1
    assert io.BytesIO((tmp_path / "all" / "README.csv").read_bytes()).read(3) == b"\xef\xbb\xbf"
