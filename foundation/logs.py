"""Structured logs: JSON lines in the home's `logs/`, without names or texts of people."""

import json
import logging
import os
import traceback
from datetime import UTC, datetime
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any, Final

from foundation.errors import ConfigurationError
from foundation.masking import discreet, masked

_OURS: Final = "libcoach"
_LARGEST: Final = 10_000_000
_OLDER_FILES: Final = 4
_MOST_PLACES: Final = 12


def log_file(home: Path) -> Path:
    return home / "logs" / "libcoach.log"


def set_up_logs(home: Path, *, level: str = "info") -> None:
    """Send our events, and the warnings of third parties, to the log of a home."""
    path = log_file(home)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = _LogFile(path, maxBytes=_LARGEST, backupCount=_OLDER_FILES, encoding="utf-8")
    except OSError as error:
        raise ConfigurationError(
            f"The log {path} cannot be written ({error.strerror}); make the folder writable, or"
            " point LIBCOACH_HOME to another one."
        ) from error
    close_logs()
    kept.setFormatter(_AsJson())
    kept.addFilter(_is_wanted)
    logging.getLogger().addHandler(kept)
    logging.getLogger(_OURS).setLevel(level.upper())


def close_logs() -> None:
    root = logging.getLogger()
    for handler in [h for h in root.handlers if isinstance(h, _LogFile)]:
        root.removeHandler(handler)
        handler.close()


def note(event: str, **facts: object) -> None:
    """Something happened: a few plain words, the same each time, and facts beside them."""
    _write(logging.INFO, event, facts)


def warn(event: str, **facts: object) -> None:
    """Something happened that whoever runs LibCoach should look at."""
    _write(logging.WARNING, event, facts)


def failed(event: str, error: BaseException, **facts: object) -> None:
    """Something went wrong: kept with the kind of error and its place, without its message."""
    _write(logging.ERROR, event, {**facts, **_described(error)})


def _write(level: int, event: str, facts: dict[str, Any]) -> None:
    logging.getLogger(_OURS).log(level, event, extra={"facts": facts})


def _is_wanted(record: logging.LogRecord) -> bool:
    return record.name == _OURS or record.levelno >= logging.WARNING


def _described(error: BaseException) -> dict[str, Any]:
    """Messages of errors often quote what a person wrote; kinds and places never do."""
    frames = traceback.walk_tb(error.__traceback__)
    places = [
        f"{'/'.join(Path(frame.f_code.co_filename).parts[-2:])}:{line} {frame.f_code.co_name}"
        for frame, line in frames
    ]
    kinds = [type(error).__name__]
    while (cause := error.__cause__ or error.__context__) is not None and len(kinds) < _MOST_PLACES:
        kinds.append(type(cause).__name__)
        error = cause
    return {"error": kinds, "where": places[-_MOST_PLACES:]}


class _AsJson(logging.Formatter):
    """A record as one line of JSON."""

    def format(self, record: logging.LogRecord) -> str:
        head = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "event": masked(record.getMessage()),
        }
        if record.name != _OURS:
            head["from"] = record.name
        facts = dict(getattr(record, "facts", {}))
        if record.exc_info and record.exc_info[1]:
            facts |= _described(record.exc_info[1])
        return json.dumps(head | discreet(facts) | head, ensure_ascii=False)


class _LogFile(RotatingFileHandler):
    """The log of a home, which several processes write; it never stops what it tells about."""

    def shouldRollover(self, record: logging.LogRecord) -> bool:  # noqa: N802
        if self.stream is not None and not self._is_the_newest(self.stream.fileno()):
            # Another process has put the file aside: go on in the new one.
            self.stream.close()
            self.stream = self._open()
        return bool(super().shouldRollover(record))

    def _is_the_newest(self, opened: int) -> bool:
        try:
            return os.path.samestat(os.fstat(opened), Path(self.baseFilename).stat())
        except FileNotFoundError:
            return False

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802
        """A full disk must not end a conversation."""
