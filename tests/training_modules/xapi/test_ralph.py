import json
from pathlib import Path

import pytest

from foundation.clock import FixedClock
from foundation.database import open_engine, open_sessions
from foundation.migrating import migrate
from tests.ralph import KEY, SECRET, WHY_NOT, environment, faults, ralph_store
from tests.training_modules.events import NOON
from tests.training_modules.xapi.every_event import every_event, modules
from training_modules import log
from training_modules.lrs import HttpStore, Verdict
from training_modules.outbox import Outbox
from training_modules.xapi.statement import Statements

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(environment() is None, reason=WHY_NOT),
]


@pytest.fixture
def ralph() -> Path:
    found = environment()
    assert found is not None
    return found


def test_ralph_finds_every_statement_valid(ralph: Path) -> None:
    shelf = modules()
    made = Statements({module.id: module for module in shelf}.get)
    statements = [made.of(event, "我的话") for event in every_event(shelf)]

    assert faults(ralph, statements) == []


def test_ralph_notices_what_is_wrong(ralph: Path) -> None:
    """Else the test above would prove nothing."""
    statement = Statements(lambda _: None).of(every_event(modules())[2])
    statement["result"]["score"]["scaled"] = 2

    ((number, _),) = faults(ralph, [statement])
    assert number == 0


def test_a_real_store_takes_everything_once(ralph: Path, tmp_path: Path) -> None:
    shelf = modules()
    made = Statements({module.id: module for module in shelf}.get)
    events = every_event(shelf)
    engine = open_engine(f"sqlite:///{tmp_path / 'log.db'}")
    migrate(engine, NOON)
    sessions = open_sessions(engine)
    with sessions.begin() as session:
        log.append(session, events)
    clock = FixedClock(NOON)

    with ralph_store(ralph, tmp_path / "ralph") as (url, data):
        store = HttpStore(url, KEY, SECRET)
        post = Outbox(sessions, clock, store, made).send()
        again = store.post([made.of(event) for event in events[:10]])
        other = made.of(events[0]) | {"timestamp": "2020-01-01T00:00:00+00:00"}
        conflict = store.post([other])
        closed = HttpStore(url, KEY, "wrong").post([other])
    engine.dispose()

    assert (post.sent, post.waiting, post.problem) == (len(events), 0, "")
    assert (again.verdict, again.problem) == (Verdict.TAKEN, "status 204")
    assert conflict.verdict is Verdict.CONFLICT
    assert closed.verdict is Verdict.CLOSED
    kept = [json.loads(line) for path in data.rglob("*") if path.is_file()
            for line in path.read_text("utf-8").splitlines()]  # fmt: skip
    assert sorted(one["id"] for one in kept) == sorted(event.id for event in events)
