"""`libcoach documents check`: what differs between catalogue and index, mended and told."""

from collections.abc import Sequence
from typing import Any, Final

import click

from bot.command_line.printing import print_json
from bot.wiring import App, open_app, settings_from
from foundation.errors import DatabaseUnavailable, IndexUnavailable
from foundation.wording import say
from knowledge.checking import Check, compare, mend
from knowledge.proving import database_is_sound
from retrieval.index import open_index

_FEW: Final = 20


def check_documents(*, as_json: bool) -> bool:
    """Compare, mend, say so; answers whether all is whole in the end."""
    app = _opened()
    language = app.settings.language
    if not database_is_sound(app.sessions):
        raise DatabaseUnavailable(say("documents.check.unsound", language))
    found = compare(app.sessions, app.index)
    after = found
    if not found.is_whole:
        _mend(app, found)
        after = compare(app.sessions, app.index)
    if as_json:
        print_json(_as_json(found, after))
    else:
        click.echo("\n".join(_sentences(found, after, language)))
    return after.is_answering


def _opened() -> App:
    """The app; an index that is too damaged to start with is made anew first."""
    try:
        return open_app()
    except IndexUnavailable:
        open_index(settings_from()).clear()
        return open_app()


def _mend(app: App, found: Check) -> None:
    import sys

    if not sys.stderr.isatty():
        for _ in mend(app.sessions, app.index, found):
            pass
        return
    from rich.console import Console
    from rich.progress import track

    said = say("documents.check.mending", app.settings.language)
    done = mend(app.sessions, app.index, found)
    count = len(found.missing)
    list(track(done, said, count, console=Console(stderr=True), transient=True))


def _as_json(found: Check, after: Check) -> dict[str, Any]:
    return {
        "whole": after.is_answering,
        "documents": after.documents,
        "passages": after.passages,
        "index_damaged": found.is_damaged,
        "missing": list(found.missing),
        "stray": len(found.stray),
        "mended": not found.is_whole and after.is_answering,
        "broken": list(after.broken),
        "older_readers": list(after.older),
    }


def _sentences(found: Check, after: Check, language: str) -> list[str]:
    said: list[str] = []
    if found.is_damaged:
        said.append(say("documents.check.damaged", language))
    elif found.missing:
        ids, count = _ids(found.missing), len(found.missing)
        said.append(say("documents.check.missing", language, count=count, ids=ids))
    if found.stray:
        said.append(say("documents.check.stray", language, count=len(found.stray)))
    if after.broken:
        said.append(say("documents.check.broken", language, ids=_ids(after.broken)))
    if after.older:
        said.append(say("documents.check.older", language, ids=_ids(after.older)))
    if after.is_answering:
        counts = {"documents": after.documents, "passages": after.passages}
        said.append(say("documents.check.whole", language, **counts))
    elif not after.broken:
        said.append(say("documents.check.still", language))
    return said


def _ids(documents: Sequence[str]) -> str:
    more = len(documents) - _FEW
    return ", ".join(documents[:_FEW]) + (f" … (+{more})" if more > 0 else "")
