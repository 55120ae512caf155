"""What the database says when it cannot go on, as one sentence for people."""

from typing import Any, Final

from sqlalchemy.engine import ExceptionContext

from foundation.errors import DatabaseUnavailable

_SENTENCES: Final = (
    ("disk is full", "The disk is full: the database {place} cannot grow. Make room, then again."),
    ("readonly database", "The database {place} may not be written; check who owns it."),
    ("unable to open", "The database {place} cannot be opened; check its folder and who owns it."),
    ("is locked", "Another program has been writing to the database {place} for a minute."),
    ("malformed", "The database {place} is damaged; put a backup in its place."),
    ("not a database", "The file {place} is no database; move it away, or name another one."),
    ("disk i/o error", "The disk does not take or give what the database {place} needs."),
)


def as_unavailable(context: ExceptionContext) -> DatabaseUnavailable | None:
    """The sentence for a fault of the database itself; None for what the program has to settle."""
    original = context.original_exception
    kinds = {kind.__name__ for kind in type(original).__mro__}
    if context.is_pre_ping or "DatabaseError" not in kinds:
        return None
    said = str(original).strip()
    place = _place(context)
    for part, sentence in _SENTENCES:
        if part in said.lower():
            return DatabaseUnavailable(sentence.format(place=place))
    if "OperationalError" not in kinds:
        return None
    first = said.splitlines()[0] if said else type(original).__name__
    return DatabaseUnavailable(f"The database {place} does not answer: {first}")


def _place(context: ExceptionContext) -> Any:
    engine = context.engine
    if engine is None:
        return "that is set"
    if engine.url.get_backend_name() == "sqlite":
        return engine.url.database
    return engine.url.render_as_string(hide_password=True)
