import ast
import os
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any, Final

import pytest
from grimp import ImportGraph

from tests.import_contracts import AtHome

ROOT: Final = Path(__file__).resolve().parent.parent
PROJECT: Final = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
CONTRACTS: Final[list[dict[str, Any]]] = PROJECT["tool"]["importlinter"]["contracts"]
AT_HOME: Final = [contract for contract in CONTRACTS if contract["type"] == "at_home"]
PACKAGES: Final[list[str]] = PROJECT["tool"]["importlinter"]["root_packages"]
GIANTS: Final = {package for contract in AT_HOME for package in contract["protected_modules"]}

# Readers and their file formats are loaded when a document is read, never by a start.
LOADED_WITH_READERS: Final = {"docx", "lxml", "openpyxl", "pptx", "pypdfium2"}
# Modules that may load a large package when they are imported; everything else waits until it
# needs one.
HOMES: Final[frozenset[str]] = frozenset(
    {
        "bot.serving",
        "bot.telegram.",
        "retrieval.retriever",
        "scheduler.ticking",
        "training_modules.charts",
    }
)

SAY_WHAT_IS_LOADED: Final = """
print(*sorted({name.partition(".")[0] for name in sys.modules}), file=sys.stderr)
"""
IMPORT_EVERYTHING: Final = f"""
import importlib, pkgutil, sys
for package in {PACKAGES}:
    folder = importlib.import_module(package).__path__
    for module in pkgutil.walk_packages(folder, package + "."):
        if not module.name.startswith({tuple(sorted(HOMES))}):
            importlib.import_module(module.name)
{SAY_WHAT_IS_LOADED}"""


def loaded(code: str, folder: Path) -> set[str]:
    """The packages in memory after a fresh interpreter has run some code in an empty folder."""
    environment = {**os.environ, "LIBCOACH_HOME": str(folder / "home"), "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=folder, env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return set(done.stderr.split())


def libcoach(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = Path(sys.executable).with_name("libcoach")
    return subprocess.run([command, *arguments], capture_output=True, text=True, check=False)


@pytest.mark.parametrize(
    ("language", "begin"), [("zh", "用法：libcoach"), ("en", "Usage: libcoach")]
)
def test_help_answers_and_names_every_command(
    language: str, begin: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIBCOACH_LANGUAGE", language)
    done = libcoach("--help")

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(begin)
    for command in ("run", "chat", "ask", "search", "documents", "doctor"):
        assert f"\n  {command} " in done.stdout


def test_wrong_usage_is_told_apart_from_failure() -> None:
    done = libcoach("no-such-command")

    assert (done.returncode, done.stdout) == (2, "")
    assert "no-such-command" in done.stderr


@pytest.mark.parametrize(
    "code",
    [
        "import sys, bot.command_line.main" + SAY_WHAT_IS_LOADED,
        "import sys; sys.argv = ['libcoach', '--help']\n"
        "from bot.command_line.main import main\n"
        "try: main()\n"
        "except SystemExit: pass" + SAY_WHAT_IS_LOADED,
    ],
    ids=["import", "help"],
)
def test_the_command_line_starts_without_loading_anything_large(code: str, tmp_path: Path) -> None:
    packages = loaded(code, tmp_path)

    assert "bot" in packages
    assert not packages & (GIANTS | {"numpy", "sqlalchemy", "rich"})


def test_importing_all_modules_loads_no_giant_and_touches_no_file(tmp_path: Path) -> None:
    packages = loaded(IMPORT_EVERYTHING, tmp_path)

    assert {*PACKAGES} <= packages
    assert packages & GIANTS <= LOADED_WITH_READERS
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "path",
    sorted(p for package in PACKAGES for p in (ROOT / package).rglob("__init__.py")),
    ids=str,
)
def test_a_package_says_in_one_sentence_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""

    assert docstring.endswith(".")
    assert "\n" not in docstring
    assert ". " not in docstring


def test_every_package_that_has_a_home_is_really_installed() -> None:
    assert packages_distributions().keys() >= GIANTS


def an_at_home_contract(package: str, home: str) -> AtHome:
    options = {"protected_modules": [package], "allowed_importers": [home]}
    return AtHome("a contract", {"root_packages": PACKAGES}, options)


def an_import(importer: str, imported: str) -> ImportGraph:
    graph = ImportGraph()
    graph.add_module(importer)
    graph.add_module(imported, is_squashed=True)
    graph.add_import(importer=importer, imported=imported, line_number=1, line_contents="")
    return graph


def test_a_large_package_may_be_imported_at_its_home() -> None:
    graph = an_import("bot.telegram_channel", "telegram")

    assert an_at_home_contract("telegram", "bot.telegram_channel").check(graph, False).kept


@pytest.mark.parametrize("home", ["bot.telegram_channel", "bot.asking"])
def test_a_large_package_imported_elsewhere_is_caught_before_its_home_is_built(home: str) -> None:
    graph = an_import("retrieval.answering", "telegram")

    assert not an_at_home_contract("telegram", home).check(graph, False).kept


def test_a_package_that_nothing_imports_breaks_no_contract() -> None:
    graph = ImportGraph()
    graph.add_module("bot.asking")

    assert an_at_home_contract("telegram", "bot").check(graph, False).kept
