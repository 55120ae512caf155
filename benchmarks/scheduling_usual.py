"""The usual way, to compare with: one APScheduler job a person in its own job store."""

import argparse
import json
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.jobstores.sqlalchemy import SQLAlchemyJobStore
from apscheduler.schedulers.background import BackgroundScheduler

from benchmarks.measuring import say

_done = threading.Semaphore(0)


def deliver(person: str) -> None:
    """What a job does; a name that the job store can write down."""
    del person
    _done.release()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, required=True)
    options = parser.parse_args()
    print(json.dumps(measured(options.people)))


def measured(people: int) -> dict[str, float]:
    """The seconds to add a job for each, and to run them all."""
    say(f"the same as {people:,} APScheduler jobs")
    with tempfile.TemporaryDirectory() as folder:
        store = SQLAlchemyJobStore(f"sqlite:///{Path(folder) / 'jobs.db'}")
        scheduler = BackgroundScheduler(
            jobstores={"default": store}, timezone=UTC, job_defaults={"misfire_grace_time": None}
        )
        scheduler.start(paused=True)
        due = datetime.now(UTC) - timedelta(seconds=1)
        begun = time.perf_counter()
        for n in range(people):
            scheduler.add_job(deliver, "date", run_date=due, args=[f"p{n}"])
        added = time.perf_counter()
        scheduler.resume()
        for _ in range(people):
            _done.acquire()
        ran = time.perf_counter()
        scheduler.shutdown()
    return {"people": people, "adding": added - begun, "running": ran - added}


if __name__ == "__main__":
    main()
