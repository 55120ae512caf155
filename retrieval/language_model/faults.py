"""What can go wrong with a chat endpoint: each as a plain sentence, and what may help."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import Final

_REFUSALS: Final = (401, 403)
_UNKNOWN: Final = 404
_TOO_MANY: Final = 429
_PASSING: Final = (408, 409, 425)
_FORM: Final = (400, 415, 422, 501)
_SERVER: Final = 500
_MOST_RETRIES: Final = 5


@dataclass(frozen=True, slots=True)
class Fault:
    """One failure: what people are told, how often to try again, after how long."""

    sentence: str
    retries: int = 0
    wait: float | None = None
    is_form: bool = False


SLOW: Final = Fault("The language model did not answer in time.")
AWAY: Final = Fault(
    "The language model cannot be reached; check LIBCOACH_LLM_BASE_URL.", retries=1, wait=0.0
)
KEY_REFUSED: Final = Fault("The language model refuses the key; check LIBCOACH_LLM_API_KEY.")
UNREADABLE: Final = Fault("The language model's answer cannot be read.")
ENDLESS: Final = Fault("The language model's answer has no end.")
BROKEN_OFF: Final = Fault("The language model's answer broke off or is not in the form asked for.")


def fault_of_status(status: int, headers: Mapping[str, str]) -> Fault:
    """The failure that an HTTP status stands for."""
    if status in _REFUSALS:
        return KEY_REFUSED
    if status == _UNKNOWN:
        return Fault(
            "No such language model was found; check LIBCOACH_LLM_BASE_URL and LIBCOACH_LLM_MODEL."
        )
    if status == _TOO_MANY:
        sentence = "The language model takes no more questions for now; try again later."
        return Fault(sentence, _MOST_RETRIES, _wait_in(headers))
    if status in _FORM:
        return Fault(f"The language model refuses the question (HTTP {status}).", is_form=True)
    if status >= _SERVER or status in _PASSING:
        sentence = f"The language model has a fault of its own (HTTP {status}); try again later."
        return Fault(sentence, _MOST_RETRIES, _wait_in(headers))
    return Fault(f"The language model refuses the question (HTTP {status}).")


def _wait_in(headers: Mapping[str, str]) -> float | None:
    """The seconds in Retry-After; a date in it is reckoned from the server's own."""
    said = headers.get("retry-after", "").strip()
    if not said:
        return None
    try:
        return max(float(said), 0.0)
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(said)
        return max((until - parsedate_to_datetime(headers.get("date", ""))).total_seconds(), 0.0)
    except (TypeError, ValueError):
        return None
