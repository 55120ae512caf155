from pathlib import Path

import pytest

from tests.sizes import LONGEST_FILE, LONGEST_FUNCTION, LONGEST_TEST_FILE, problems


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for folder in ("knowledge", "tests", ".venv"):
        (tmp_path / folder).mkdir()
    return tmp_path


def a_module(lines: int) -> str:
    return '"""What it is for."""\n' + "A = 1\n" * (lines - 1)


def a_function(lines: int) -> str:
    return '"""What it is for."""\n\n\ndef act():\n' + "    pass\n" * (lines - 1)


def test_a_module_of_the_longest_allowed_size_passes(project: Path) -> None:
    (project / "knowledge" / "reading.py").write_text(a_module(LONGEST_FILE))

    assert list(problems(project)) == []


def test_one_line_more_is_told_with_its_number(project: Path) -> None:
    (project / "knowledge" / "reading.py").write_text(a_module(LONGEST_FILE + 1))

    assert list(problems(project)) == ["knowledge/reading.py: 251 lines, at most 250"]


def test_test_files_may_be_longer_and_need_no_docstring(project: Path) -> None:
    (project / "tests" / "test_reading.py").write_text("A = 1\n" * LONGEST_TEST_FILE)
    (project / "tests" / "test_long.py").write_text("A = 1\n" * (LONGEST_TEST_FILE + 1))

    assert list(problems(project)) == ["tests/test_long.py: 501 lines, at most 500"]


def test_a_long_function_is_told_with_its_place(project: Path) -> None:
    (project / "knowledge" / "fits.py").write_text(a_function(LONGEST_FUNCTION))
    (project / "knowledge" / "reading.py").write_text(a_function(LONGEST_FUNCTION + 1))

    assert list(problems(project)) == ["knowledge/reading.py:4: act has 51 lines, at most 50"]


def test_a_module_without_docstring_is_told(project: Path) -> None:
    (project / "knowledge" / "reading.py").write_text("A = 1\n")

    assert list(problems(project)) == [
        "knowledge/reading.py: no docstring that says what the module is for"
    ]


def test_environments_and_caches_are_not_ours(project: Path) -> None:
    (project / ".venv" / "theirs.py").write_text("A = 1\n" * 2000)

    assert list(problems(project)) == []
