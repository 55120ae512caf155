"""Documents: browsing what is there, seeing how one stands, taking one out of answers."""

from collections.abc import Iterator
from typing import Final

from bot.chat.administration import loading
from bot.chat.administration.replacing import short
from bot.chat.rich import rich
from bot.chat.turn import Command, Turn
from bot.speech import Button, Reply
from foundation.errors import UnknownDocument
from knowledge.catalogue import list_documents, remove_document
from knowledge.record import DocumentRecord
from knowledge.standing import take_turn
from training_modules.auditing import note

_PAGE: Final = 10


def documents(turn: Turn, _rest: str) -> Iterator[Reply]:
    yield from _listed(turn, 0)


def _listed(turn: Turn, start: int) -> Iterator[Reply]:
    found = _records(turn)
    here = found[start : start + _PAGE]
    lines = [turn.words("documents.chat.head", number=len(found))]
    lines += [
        f"{n}. {r.title} · {turn.words('documents.status.' + r.status.name.lower())}"
        for n, r in enumerate(here, start + 1)
    ]
    rows = [
        (Button(f"{n}. {r.title[:36]}", f"a.doc.show.{short(r.id)}"),)
        for n, r in enumerate(here, start + 1)
    ]
    if start + _PAGE < len(found):
        rows.append((turn.button("documents.chat.more", f"a.doc.from.{start + _PAGE}"),))
    lines.append(turn.words("documents.chat.how"))
    yield turn.reply(rich("\n".join(lines)), tuple(rows))


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    what, _, mark = rest.partition(".")
    if what == "from" and mark.isdecimal():
        yield from _listed(turn, int(mark))
    elif what in ("show", "retire", "retired"):
        yield _about(turn, what, _record(turn, mark))
    else:
        yield from loading.tapped(turn, rest)


def _about(turn: Turn, what: str, record: DocumentRecord) -> Reply:
    mark = short(record.id)
    if what == "show":
        words = turn.words(
            "documents.chat.one", title=record.title, id=record.id, version=record.version,
            status=turn.words("documents.status." + record.status.name.lower()),
            passages=record.passages, term=_term(turn, record),
        )  # fmt: skip
        both = (turn.button("documents.chat.retire", f"a.doc.retire.{mark}"),
                turn.button("documents.chat.back", "a.doc.from.0"))  # fmt: skip
        return turn.reply(rich(words), (both,))
    if what == "retire":
        sure = (turn.button("documents.chat.retire.yes", f"a.doc.retired.{mark}"),
                turn.button("documents.chat.keep", f"a.doc.show.{mark}"))  # fmt: skip
        words = turn.words("documents.chat.sure", title=record.title)
        words += "".join(
            "\n" + turn.words("documents.chat.sure.again", title=r.title, id=r.id)
            for r in _records(turn)
            if r.replaced_by == record.id
        )
        return turn.reply(rich(words), (sure,))
    _retire(turn, record)
    return turn.reply(rich(turn.words("documents.chat.retired", title=record.title)))


def _term(turn: Turn, record: DocumentRecord) -> str:
    since, until = record.valid_from, record.valid_until
    if since is None and until is None:
        return turn.words("documents.chat.term.none")
    return turn.words("documents.chat.term", since=since or "–", until=until or "–")


def _retire(turn: Turn, record: DocumentRecord) -> None:
    app = turn.app
    with app.sessions.begin() as session:
        take_turn(session)
        key = remove_document(session, record.id, app.clock())
    app.index.remove([key])
    app.follow_changes()
    note(app.sessions, app.clock, turn.person.id, "document retired", record.id)


def _record(turn: Turn, mark: str) -> DocumentRecord:
    for record in _records(turn):
        if short(record.id) == mark:
            return record
    raise UnknownDocument(turn.words("documents.chat.gone"))


def _records(turn: Turn) -> list[DocumentRecord]:
    with turn.app.sessions() as session:
        return list_documents(session, turn.app.today())


COMMANDS: Final = (Command("documents", documents, ("文件", "文档"), for_admins=True),)
