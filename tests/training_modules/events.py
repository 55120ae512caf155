"""Events for tests, with everything given that a test does not care about."""

from datetime import UTC, datetime, timedelta
from typing import Any

from training_modules.event import Event, Phase, Verb

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


def answered(number: int = 1, **values: Any) -> Event:
    """The answer number so-and-so of one person."""
    given: dict[str, Any] = {
        "verb": Verb.ANSWERED, "at": NOON + timedelta(minutes=number), "zone": "Asia/Shanghai",
        "pseudonym": "p_1", "enrolment": "e_1", "track": "values-and-ethics",
        "module": "values-01-core-values", "module_version": 1, "item": "q1",
        "item_type": "choice", "phase": Phase.PRACTICE, "attempt": number, "sitting": "s1",
        "response": "b", "correct": True, "score": 1.0, "certainty": 3, "seconds": 4.25,
        "consent": 1,
    }  # fmt: skip
    return Event(**(given | values))
