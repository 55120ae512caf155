"""How long a report over ten thousand trainees takes, and how much memory."""

import argparse
import csv
import json
import sqlite3
import time
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.measuring import Spent, child, megabytes, say, table
from foundation.database import open_engine, open_sessions
from foundation.migrating import migrate
from training_modules.module import Bilingual, Item, ItemType, Module, Option, Track
from training_modules.simulation import Course, Simulation, simulate

_PEOPLE: Final = 10_000
_MODULES: Final = 11
_TODAY: Final = date(2026, 12, 31)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=_PEOPLE)
    parser.add_argument("--part", choices=("fill", "indicators", "page", "workbook", "dump"))
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    if options.part:
        print(json.dumps(_PARTS[options.part](options.home, options.people)))
        return
    with TemporaryDirectory(prefix="libcoach-bench-") as home:
        print(_measured(Path(home), options.people))


def _measured(home: Path, people: int) -> str:
    told = {}
    for part in _PARTS:
        say(f"  {part}")
        told[part] = child(
            "benchmarks.reporting", "--part", part, "--home", home, "--people", people
        )
    events, floor = told["fill"]["events"], told["dump"]["cpu"]
    rows = [
        [name, f"{told[part]['wall']:.1f} s", f"{told[part]['cpu']:.1f} s",
         f"{told[part]['cpu'] / floor:.1f}", megabytes(told[part]["peak"])]
        for part, name in _NAMES.items()
    ]  # fmt: skip
    head = (f"{people:,} people, {events:,} events", "time", "of processor time", "× the dump",
            "peak memory")  # fmt: skip
    return table(head, rows)


_NAMES: Final = {
    "dump": "a plain CSV dump of the same rows, to compare",
    "indicators": "all indicators", "page": "the page, charts included",
    "workbook": "the workbook, charts included",
}  # fmt: skip


def _database(home: Path) -> Path:
    return home / "libcoach.db"


def _fill(home: Path, people: int) -> dict[str, Any]:
    engine = open_engine(f"sqlite:///{_database(home)}")
    migrate(engine, datetime.now(UTC))
    return {"events": simulate(open_sessions(engine), [course(_MODULES)], Simulation(people))}


def _dump(home: Path, people: int) -> dict[str, Any]:  # noqa: ARG001
    before = Spent.now()
    with sqlite3.connect(_database(home)) as connection, (home / "dump.csv").open("w") as file:
        csv.writer(file).writerows(connection.execute("SELECT * FROM event ORDER BY number"))
    (home / "dump.csv").unlink()
    return _spent(before)


def _indicators(home: Path, people: int) -> dict[str, Any]:  # noqa: ARG001
    from training_modules.indicators import indicators

    sessions = open_sessions(open_engine(f"sqlite:///{_database(home)}"))
    before = Spent.now()
    with sessions() as session:
        indicators(session, modules=course(_MODULES).modules)
    return _spent(before)


def _page(home: Path, people: int) -> dict[str, Any]:  # noqa: ARG001
    return _report(home, "html")


def _workbook(home: Path, people: int) -> dict[str, Any]:  # noqa: ARG001
    return _report(home, "xlsx")


def _report(home: Path, kind: str) -> dict[str, Any]:
    from training_modules.reporting import as_html, compile_report, write_workbook

    sessions = open_sessions(open_engine(f"sqlite:///{_database(home)}"))
    before = Spent.now()
    with sessions() as session:
        made = compile_report(
            session, language="zh", made_on=_TODAY, modules=course(_MODULES).modules
        )
    if kind == "html":
        (home / "report.html").write_text(as_html(made), "utf-8")
    else:
        write_workbook(made, home / "report.xlsx")
    return _spent(before)


def _spent(before: Spent) -> dict[str, Any]:
    after = Spent.now()
    return {
        "wall": time.perf_counter() - before.wall, "cpu": after.cpu - before.cpu,
        "peak": after.own_peak,
    }  # fmt: skip


_PARTS: Final = {
    "fill": _fill, "dump": _dump, "indicators": _indicators, "page": _page, "workbook": _workbook,
}  # fmt: skip


def course(modules: int) -> Course:
    """A track of so many modules, two items of recall and a case each."""
    both = Bilingual("题", "item")
    made = tuple(_module(f"values-{n:02}-made", both) for n in range(1, modules + 1))
    track = Track("values-and-ethics", both, both, (both,) * 3, tuple(m.id for m in made))
    return Course(track, made)


def _module(name: str, both: Bilingual) -> Module:
    def options(*scores: float) -> tuple[Option, ...]:
        return tuple(Option(i, both, both, s) for i, s in zip("abc", scores, strict=True))

    choice = (ItemType.CHOICE, both, options(0, 1, 0), ("b",))
    items = (
        Item("q1", *choice), Item("q2", *choice),
        Item("d1", ItemType.DILEMMA, both, options(0, 0.5, 1), ("c",)),
        Item("a1", *choice, form="A"), Item("b1", *choice, form="B"),
    )  # fmt: skip
    return Module(name, "values-and-ethics", 1, both, (both,), ("values",), 1, 4, (), (), items)


if __name__ == "__main__":
    main()
