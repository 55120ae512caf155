"""A learning record store: statements go to it by HTTP, and its answers become a few cases."""

import base64
import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from enum import Enum, auto
from http.client import HTTPException
from typing import Any, Final, Protocol
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, build_opener

from training_modules.xapi.profile import VERSION

_PATIENCE: Final = 30.0
_LONGEST_PROBLEM: Final = 300


class Verdict(Enum):
    """What an answer means for the statements that were sent."""

    TAKEN = auto()
    # One of them is there already, and says something else.
    CONFLICT = auto()
    # One of them is not acceptable, or all are too many at once.
    REFUSED = auto()
    # Come again later.
    LATER = auto()
    # Nothing will be taken until a person has changed a setting.
    CLOSED = auto()


@dataclass(frozen=True, slots=True)
class Answer:
    """`wait` is for how many seconds the store asked, where it did."""

    verdict: Verdict
    problem: str = ""
    wait: float | None = None


class Store(Protocol):
    """Where statements are sent."""

    def post(self, statements: Sequence[dict[str, Any]]) -> Answer: ...


_VERDICTS: Final = {
    200: Verdict.TAKEN, 204: Verdict.TAKEN, 409: Verdict.CONFLICT,
    401: Verdict.CLOSED, 403: Verdict.CLOSED, 404: Verdict.CLOSED, 405: Verdict.CLOSED,
    408: Verdict.LATER, 425: Verdict.LATER, 429: Verdict.LATER,
}  # fmt: skip


def verdict(status: int) -> Verdict:
    known = _VERDICTS.get(status)
    if known is not None:
        return known
    if 300 <= status < 400:
        return Verdict.CLOSED
    return Verdict.REFUSED if 400 <= status < 500 else Verdict.LATER


class _Stay(HTTPRedirectHandler):
    """A redirected POST would arrive as a GET and say that all is well."""

    def redirect_request(self, *_given: Any, **_named: Any) -> None:
        return None


@dataclass(frozen=True)
class HttpStore:
    """A store by its address, with the key and the secret where it wants them."""

    url: str
    key: str | None = None
    secret: str | None = None
    patience: float = _PATIENCE

    def post(self, statements: Sequence[dict[str, Any]]) -> Answer:
        request = Request(  # noqa: S310 - settings allow http and https only
            f"{self.url}/statements", json.dumps(list(statements)).encode(), self._headers()
        )
        try:
            with build_opener(_Stay).open(request, timeout=self.patience) as response:
                response.read()
                return Answer(verdict(response.status), f"status {response.status}")
        except HTTPError as error:
            with error:
                return _refused(error)
        except (URLError, HTTPException, OSError) as error:
            reason = getattr(error, "reason", None) or error
            return Answer(Verdict.LATER, f"no answer: {reason or type(error).__name__}")

    def _headers(self) -> dict[str, str]:
        headers = {"Content-Type": "application/json", "X-Experience-API-Version": VERSION}
        if self.key is not None:
            said = base64.b64encode(f"{self.key}:{self.secret or ''}".encode()).decode()
            headers["Authorization"] = f"Basic {said}"
        return headers


def _refused(error: HTTPError) -> Answer:
    try:
        said = error.read(4 * _LONGEST_PROBLEM).decode("utf-8", "replace")
    except (HTTPException, OSError):
        said = ""
    problem = f"status {error.code} {said}".strip()[:_LONGEST_PROBLEM]
    return Answer(verdict(error.code), problem, _asked(error.headers.get("Retry-After")))


def _asked(retry_after: str | None, now: datetime | None = None) -> float | None:
    """Seconds, or a date; what is neither was not said."""
    if retry_after is None:
        return None
    if retry_after.strip().isdecimal():
        return float(retry_after)
    try:
        until = parsedate_to_datetime(retry_after)
    except ValueError:
        return None
    return max(0.0, (until - (now or datetime.now(UTC))).total_seconds())
