"""The real thing by a system clock that runs fast: two days and a night of turned clocks."""

import os
import shutil
import subprocess
import sys
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.scheduler.cohort import add_people, read_lines, staged

WHY_NOT = "NO LIBFAKETIME HERE: nothing was tried by a faked system clock"
BEGIN = datetime(2026, 10, 24, 10, tzinfo=UTC)
END = datetime(2026, 10, 27, 2, tzinfo=UTC)
_FASTER = 7200
# A tick is a quarter of a second, half an hour of that clock, and a busy machine needs a few.
_LATE = timedelta(hours=8)
_ROOT = Path(__file__).resolve().parents[2]
PEOPLE = {
    "berlin-in-the-lost-hour": ("Europe/Berlin", 150),
    "berlin-at-midnight": ("Europe/Berlin", 0),
    "berlin-in-the-afternoon": ("Europe/Berlin", 900),
    "shanghai": ("Asia/Shanghai", 480),
    "new-york": ("America/New_York", 450),
    "apia": ("Pacific/Apia", 600),
}


def library() -> Path:
    program = shutil.which("faketime")
    found = sorted(Path("/usr/lib").glob("**/libfaketimeMT.so.1"))
    if program is None or not found:
        pytest.skip(WHY_NOT)
    return found[0]


@pytest.mark.slow
def test_two_days_and_the_night_of_the_turned_clock(tmp_path: Path) -> None:
    preload, witness = library(), tmp_path / "witness"
    url = f"sqlite:///{tmp_path / 'libcoach.db'}"
    with staged(url, BEGIN) as stage, stage.sessions.begin() as session:
        people = [
            {"id": name, "zone": zone, "hour": hour, "quiet_from": 0, "quiet_until": 0}
            for name, (zone, hour) in PEOPLE.items()
        ]
        add_people(session, people, BEGIN - timedelta(days=3))

    subprocess.run(
        [sys.executable, "-m", "tests.scheduler.beating", url, witness, END.isoformat()],
        cwd=_ROOT, check=True, timeout=200,
        env={
            **os.environ, "LD_PRELOAD": str(preload), "TZ": "UTC", "DONT_FAKE_MONOTONIC": "1",
            "FAKETIME": f"@{BEGIN:%Y-%m-%d %H:%M:%S} x{_FASTER}",
        },
    )  # fmt: skip

    lines = read_lines(witness)
    counts = Counter((line["person"], line["local_date"]) for line in lines)
    assert set(counts.values()) == {1}
    for name, (zone, hour) in PEOPLE.items():
        mine = {line["local_date"]: line["at"] for line in lines if line["person"] == name}
        for day in ("2026-10-25", "2026-10-26"):
            late = datetime.fromisoformat(mine[day]) - _wanted(day, zone, hour)
            assert timedelta() <= late < _LATE, (name, day, late)


def _wanted(day: str, zone: str, minute: int) -> datetime:
    at = datetime.fromisoformat(day).replace(tzinfo=ZoneInfo(zone))
    return at.replace(hour=minute // 60, minute=minute % 60).astimezone(UTC)
