"""The outcome log: how fast it is written and proved, and what a million events take to export."""

import argparse
import csv
import json
import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.measuring import Spent, child, megabytes, say, table
from benchmarks.record_material import BEGIN, enrol, events
from foundation.database import Sessions, open_engine, open_sessions
from foundation.migrating import migrate
from training_modules import log

_PEOPLE: Final = 10_000
_AT_ONCE: Final = 50_000
_DUMP: Final = "dump"
# What each export is called, its format and the name it is given.
_FORMS: Final = {
    "csv, a folder": ("csv", "all"),
    "csv, a zip": ("csv", "all.zip"),
    "csv, the responses": ("csv", "responses.csv"),
    "jsonl": ("jsonl", "all.jsonl"),
    "xapi": ("xapi", "all.json"),
    "xlsx": ("xlsx", "all.xlsx"),
}


def main() -> None:
    options = _options()
    if options.task:
        print(json.dumps(_task(options.task, options.folder, options.people)))
        return
    with TemporaryDirectory(prefix="libcoach-bench-") as folder:
        given = ("--folder", folder, "--people", options.people)
        say(f"writing the events of {options.people:,} people")
        written = child("benchmarks.record", "write", *given)
        say("proving them")
        proved = child("benchmarks.record", "verify", *given)
        taken = {}
        for name in (_DUMP, *_FORMS):
            say(f"exporting: {name}")
            taken[name] = child("benchmarks.record", name, *given)
    print(report(written, proved, taken))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", nargs="?", help="one part, in this process")
    parser.add_argument("--people", type=int, default=_PEOPLE, help="a hundred events each")
    parser.add_argument("--folder", type=Path, help="where the database is")
    return parser.parse_args()


def _task(task: str, folder: Path, people: int) -> dict[str, float]:
    engine = open_engine(f"sqlite:///{folder / 'log.db'}")
    sessions = open_sessions(engine)
    if task == "write":
        migrate(engine, BEGIN)
        return _write(sessions, people)
    if task == "verify":
        return _spent(lambda: _prove(sessions))
    if task == _DUMP:
        return _spent(lambda: _dump(folder))
    return _spent(lambda: _export(sessions, task, folder))


def _write(sessions: Sessions, people: int) -> dict[str, float]:
    """Only the writing counts, not the making up of events."""
    enrol(sessions, people)
    spent, written = 0.0, 0
    cpu = 0.0
    made = events(people)
    while some := list(islice(made, _AT_ONCE)):
        begin, began = time.perf_counter(), time.process_time()
        with sessions.begin() as session:
            written += log.append(session, some)
        spent += time.perf_counter() - begin
        cpu += time.process_time() - began
    return {"wall": spent, "cpu": cpu, "events": written, "single": _one_by_one(sessions)}


def _one_by_one(sessions: Sessions) -> float:
    """Each event in a transaction of its own, as a trainee's taps are written; seconds each."""
    fresh = list(events(5, seed=2))
    begin = time.perf_counter()
    for number, event in enumerate(fresh):
        with sessions.begin() as session:
            log.append(session, [replace(event, pseudonym=f"p_new_{number}")])
    return (time.perf_counter() - begin) / len(fresh)


def _prove(sessions: Sessions) -> int:
    verified = log.verify(sessions)
    if not verified.is_whole:
        raise SystemExit(verified.reason)
    return verified.events


def _dump(folder: Path) -> int:
    """The floor: the rows as the database gives them, through the csv module, nothing else."""
    connection = sqlite3.connect(folder / "log.db")
    rows = connection.execute("SELECT * FROM event ORDER BY number")
    with (folder / "dump.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow([column[0] for column in rows.description])
        writer.writerows(rows)
    connection.close()
    return 0


def _export(sessions: Sessions, name: str, folder: Path) -> int:
    from training_modules.exporting.export import Format, Wanted, export

    form, file = _FORMS[name]
    wanted = Wanted(Format(form), folder / file, datetime.now(UTC), "Asia/Shanghai")
    return export(sessions, wanted).total


def _spent(act: Callable[[], int]) -> dict[str, float]:
    before = Spent.now()
    rows = act()
    after = Spent.now()
    return {
        "wall": after.wall - before.wall, "cpu": after.cpu - before.cpu, "peak": after.own_peak,
        "rows": rows,
    }  # fmt: skip


def report(
    written: dict[str, Any], proved: dict[str, Any], taken: dict[str, dict[str, Any]]
) -> str:
    count, floor = written["events"], taken[_DUMP]
    header = ("", "seconds", "processor", "to the dump", "rows", "peak memory")
    rows = [
        (name, f"{t['wall']:.1f}", f"{t['cpu']:.1f}", f"{t['cpu'] / floor['cpu']:.1f} ×",
         f"{t['rows'] or count:,}", megabytes(t["peak"]))
        for name, t in taken.items()
    ]  # fmt: skip
    return "\n\n".join((
        f"{count:,} events were written in bulk in {written['wall']:.0f} s, "
        f"{count / written['wall']:,.0f} a second ({count / written['cpu']:,.0f} a second of "
        f"processor time); one event alone, in a transaction of its own, takes "
        f"{written['single'] * 1000:.1f} ms. Proving the chain took {proved['wall']:.0f} s, "
        f"{count / proved['wall']:,.0f} lines a second, {megabytes(proved['peak'])} at most.",
        "Exports of all of them beside the dump: `SELECT *` through Python's `csv`, nothing else. "
        "The ratio is that of processor time.",
        table(header, rows),
    ))  # fmt: skip


if __name__ == "__main__":
    main()
