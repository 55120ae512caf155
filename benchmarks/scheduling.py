"""The wave: everybody due in the same minute; what planning, claiming and recording it takes."""

import argparse
import json
import os
import tempfile
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert

from benchmarks.measuring import Spent, child, megabytes, say, table
from foundation.clock import FixedClock
from foundation.database import Sessions, open_engine, open_sessions
from foundation.migrating import migrate
from scheduler.budget import Budget
from scheduler.delivery import Delivery
from scheduler.roster import SqlRoster
from scheduler.rows import DeliveryRow
from scheduler.scheduling import Scheduling
from training_modules.module import Bilingual, Module, Track
from training_modules.rows import EnrolmentRow, EventRow, PersonRow, SittingRow

PEOPLE: Final = 100_000
_FEW: Final = 10_000
# They take so long that fewer must do.
_USUAL: Final = 3_000
_HISTORY: Final = 5
_CHUNK: Final = 10_000
_WORD: Final = Bilingual("", "")
_MODULES: Final = tuple(f"values-{n:02}-lesson" for n in range(1, 21))
EIGHT: Final = datetime(2026, 11, 23, tzinfo=UTC)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE)
    parser.add_argument("--database", type=Path, help="measure one wave there and say it as JSON")
    options = parser.parse_args()
    if options.database:
        print(json.dumps(wave(options.database, options.people)))
        return
    few, many = waves(min(_FEW, options.people)), waves(options.people)
    usual = child("benchmarks.scheduling_usual", "--people", min(_USUAL, options.people))
    answers = child("benchmarks.scheduling_answers")
    print(page(few, many, usual, answers))


class Shelf:
    """One track whose modules are all there."""

    def track(self, wanted: str) -> Track | None:
        return Track(wanted, _WORD, _WORD, (), _MODULES)

    def module(self, wanted: str) -> Module | None:
        return Module(wanted, "t", 1, _WORD, (), (), 1, 4, (), (), ())

    def is_deliverable(self, module: Module) -> bool:
        return bool(module.id)


class Instant:
    """A channel that takes no time, so that only the schedule is measured."""

    def deliver(self, delivery: Delivery) -> str:
        return delivery.id


class Memory:
    """How much memory this process has more than at the beginning, at the worst moment."""

    def __init__(self) -> None:
        self._first = self._most = self._now()
        self._is_over = threading.Event()
        self._watching = threading.Thread(target=self._watch, daemon=True)
        self._watching.start()

    def grown(self) -> int:
        self._is_over.set()
        self._watching.join()
        return self._most - self._first

    def _watch(self) -> None:
        while not self._is_over.wait(0.02):
            self._most = max(self._most, self._now())

    def _now(self) -> int:
        pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")


def waves(people: int) -> dict[str, float]:
    """Measured in a process that did not write the people, so that its memory is its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "libcoach.db"
        prepared(path, people)
        return child("benchmarks.scheduling", "--database", path, "--people", people)


def wave(path: Path, people: int) -> dict[str, float]:
    """One wave, step by step."""
    sessions = open_sessions(open_engine(f"sqlite:///{path}"))
    roster, clock = SqlRoster(sessions, Shelf()), FixedClock(EIGHT)
    unlimited = Budget(1e9)
    memory = Memory()
    before = Spent.now()
    planned = Scheduling(sessions, roster, None, clock, unlimited).tick()
    middle = Spent.now()
    delivering = Scheduling(sessions, roster, Instant(), clock, unlimited)
    delivered = delivering.tick(600)
    after = Spent.now()
    delivering.close()
    if (planned.planned, delivered.delivered["sent"]) != (people, people):
        raise SystemExit(f"{planned.planned} planned, {delivered.delivered} of {people}")
    return {
        "people": people, "planning": middle.wall - before.wall,
        "delivering": after.wall - middle.wall, "grown": memory.grown(),
        "planning_cpu": middle.cpu - before.cpu, "delivering_cpu": after.cpu - middle.cpu,
    }  # fmt: skip


def prepared(path: Path, people: int) -> Sessions:
    """So many people, each with five days behind them, all of whom chose eight o'clock."""
    say(f"writing {people:,} people with {_HISTORY} days behind them")
    engine = open_engine(f"sqlite:///{path}")
    migrate(engine, EIGHT)
    sessions = open_sessions(engine)
    for first in range(0, people, _CHUNK):
        numbers = range(first, min(first + _CHUNK, people))
        with sessions.begin() as session:
            session.execute(insert(PersonRow), [_person(n) for n in numbers])
            session.execute(insert(EnrolmentRow), [_enrolment(n) for n in numbers])
            days = [(n, day) for n in numbers for day in range(_HISTORY)]
            session.execute(insert(EventRow), [_event(*one) for one in days])
            session.execute(insert(SittingRow), [_sitting(*one) for one in days])
            session.execute(insert(DeliveryRow), [_delivery(*one) for one in days])
    return sessions


def _person(n: int) -> dict[str, Any]:
    return {
        "id": f"{n:012x}", "channel": "telegram", "address": str(n), "name": "", "role": "reader",
        "language": "zh", "zone": "Asia/Shanghai", "pseudonym": f"p_{n:024x}", "post": "",
        "is_emerging_leader": False, "region": "", "hour": 480, "days": "1234567", "calendar": "",
        "quiet_from": 1320, "quiet_until": 420, "consent": 1, "is_paused": False,
        "created_at": _ago(9), "seen_at": _ago(1),
    }  # fmt: skip


def _enrolment(n: int) -> dict[str, Any]:
    return {
        "id": f"e-{n:024x}", "pseudonym": f"p_{n:024x}", "track": "t", "cohort": "c",
        "first_form": "A", "post": "", "region": "", "is_emerging_leader": False,
        "enrolled_at": _ago(9), "baseline_at": _ago(8), "left_because": "",
    }  # fmt: skip


def _event(n: int, day: int) -> dict[str, Any]:
    return {
        "number": n * _HISTORY + day, "id": f"{n:024x}-{day}", "schema": 1, "verb": "completed",
        "at": _ago(_HISTORY - day), "zone": "Asia/Shanghai", "pseudonym": f"p_{n:024x}",
        "enrolment": f"e-{n:024x}", "track": "t", "module": _MODULES[day], "module_version": 1,
        "item": "", "item_type": "", "phase": "", "attempt": 1, "sitting": "", "delivery": "",
        "response": "", "has_words": False, "consent": 1, "corrects": "", "hash": "",
    }  # fmt: skip


def _sitting(n: int, day: int) -> dict[str, Any]:
    at = _ago(_HISTORY - day) + timedelta(minutes=1)
    return {
        "id": f"{n:024x}-{day}", "enrolment": f"e-{n:024x}", "pseudonym": f"p_{n:024x}",
        "kind": "module", "local_date": at.date(), "begun_at": at, "ended_at": at, "state": {},
    }  # fmt: skip


def _delivery(n: int, day: int) -> dict[str, Any]:
    at = _ago(_HISTORY - day)
    return {
        "id": f"{n:x}-{day}", "enrolment": f"e-{n:024x}", "person": f"{n:012x}",
        "module": _MODULES[day], "kind": "module", "number": 0, "local_date": at.date(),
        "due_at": at, "state": "sent", "why": "", "holder": "", "attempts": 1, "sent_at": at,
        "message": str(n), "changed_at": at,
    }  # fmt: skip


def _ago(days: int) -> datetime:
    return EIGHT - timedelta(days=days)


def page(
    few: dict[str, float], many: dict[str, float], usual: dict[str, float],
    answers: dict[str, float],
) -> str:  # fmt: skip
    def rate(found: dict[str, float], *steps: str) -> str:
        return f"{found['people'] / sum(found[step] for step in steps):,.0f}"

    def each(found: dict[str, float], step: str) -> str:
        return f"{found[step] / found['people'] * 1e6:.0f} µs"

    rows: list[Sequence[object]] = [
        ("people due in the same minute", f"{few['people']:,.0f}", f"{many['people']:,.0f}"),
        ("planned a second", rate(few, "planning"), rate(many, "planning")),
        ("claimed, asked again, marked, recorded a second", rate(few, "delivering"),
         rate(many, "delivering")),
        ("all of it a second", rate(few, "planning", "delivering"),
         rate(many, "planning", "delivering")),
        ("processor time to plan one", each(few, "planning_cpu"), each(many, "planning_cpu")),
        ("processor time to deliver one", each(few, "delivering_cpu"),
         each(many, "delivering_cpu")),
        ("memory it grew by", megabytes(few["grown"]), megabytes(many["grown"])),
    ]  # fmt: skip
    beside = (
        f"As one APScheduler job a person in its job store, {usual['people']:,.0f} people: "
        f"{usual['people'] / usual['adding']:,.0f} a second to add, "
        f"{usual['people'] / usual['running']:,.0f} a second to run."
    )
    lines = [
        ("quiet", f"{answers['quiet']:.1f} ms", ""),
        ("while a wave is planned", f"{answers['planning']:.1f} ms",
         f"{answers['planning'] / answers['quiet']:.2f}"),
        ("while it goes out at 25 a second", f"{answers['sending']:.1f} ms",
         f"{answers['sending'] / answers['quiet']:.2f}"),
        ("the whole wave", f"{answers['wave']:.1f} ms",
         f"{answers['wave'] / answers['quiet']:.2f}"),
    ]  # fmt: skip
    answered = table(("answers to questions", "p95", "against quiet"), lines)
    return f"{table(('the wave', 'a few', 'many'), rows)}\n\n{beside}\n\n{answered}"


if __name__ == "__main__":
    main()
