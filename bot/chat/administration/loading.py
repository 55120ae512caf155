"""Loading: a file that was sent is read, shown as it was understood, and published or not."""

import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bot.chat.administration import replacing
from bot.chat.administration.answered_gaps import tell_who_waited
from bot.chat.rich import rich
from bot.chat.turn import Turn
from bot.showing import shortened
from bot.speech import Button, IncomingFile, Reply, text
from foundation.errors import UnknownDocument, UnreadableDocument
from foundation.telling import told
from knowledge.document import Kind, Reading
from knowledge.offer import Offered, Outcome, Wanted
from knowledge.reading import ReadingPool
from knowledge.record import DocumentRecord
from training_modules.auditing import note

_SLOT: Final = "loading"
_MOST_HEADINGS: Final = 12
_MOST_WARNINGS: Final = 5
_MOST_QUESTIONS: Final = 3
_LONGEST_NAME: Final = 120
LARGEST: Final = 20_000_000


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that waits to be published: its folder is all there is of it."""

    code: str
    path: Path

    @classmethod
    def find(cls, turn: Turn, code: str) -> "Upload":
        folder = _folder(turn, code)
        held = sorted(folder.iterdir()) if code.isalnum() and folder.is_dir() else []
        if not held:
            raise UnknownDocument(turn.words("documents.upload.gone"))
        return cls(code, held[0])


def received(turn: Turn, file: IncomingFile) -> Iterator[Reply]:
    """Read the file and show how it was understood; nothing is published yet."""
    if file.size > LARGEST:
        yield turn.told("documents.upload.large", megabytes=LARGEST // 1_000_000)
        return
    name = _safe(file.name)
    yield Reply(text(turn.words("documents.upload.reading", name=name)), slot=_SLOT)
    data = file.fetch()
    upload = _kept(turn, name, data)
    try:
        with ReadingPool() as pool:
            reading = pool.read(name, data)
    except UnreadableDocument as error:
        _drop(turn, upload)
        reason = told(str(error), turn.language)
        said = turn.words("documents.upload.unreadable", reason=reason)
        yield Reply(text(said), slot=_SLOT)
        return
    note(turn.app.sessions, turn.app.clock, turn.person.id, "file received", name)
    choices = replacing.choices(turn, upload.code, name, reading.title)
    yield Reply(rich(preview(turn, name, reading)), choices, slot=_SLOT)


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    """`publish.<code>`, `replace.<code>`, `over.<code>.<document>`, `discard.<code>`."""
    what, _, after = rest.partition(".")
    code, _, mark = after.partition(".")
    upload = Upload.find(turn, code)
    if what == "publish":
        yield from _published(turn, upload, ())
    elif what == "replace":
        offered = replacing.older(turn, code, upload.path.name)
        yield turn.reply(rich(turn.words("documents.upload.which")), offered)
    elif what == "over":
        yield from _published(turn, upload, replacing.meant(turn, mark))
    elif what == "discard":
        _drop(turn, upload)
        yield turn.reply(rich(turn.words("documents.upload.discarded")))


def preview(turn: Turn, name: str, reading: Reading) -> str:
    """What was understood of a file, before anybody can find it."""
    lines = [turn.words("documents.upload.read", name=name, title=reading.title)]
    headings = reading.sections[1:]
    pages = turn.words("documents.upload.pages", pages=reading.pages) if reading.pages else ""
    lines.append(pages + turn.words(
        "documents.upload.counts", sections=len(headings), passages=len(reading.passages),
        tables=len(reading.tables),
    ))  # fmt: skip
    lines += [f"{'　' * max(0, s.level - 1)}· {s.title}" for s in headings[:_MOST_HEADINGS]]
    if len(headings) > _MOST_HEADINGS:
        lines.append(turn.words("documents.upload.more", number=len(headings) - _MOST_HEADINGS))
    silent = _silent_pages(reading)
    if silent:
        lines.append(turn.words("documents.upload.silent", pages=", ".join(map(str, silent))))
    lines += [f"※ {told(warning, turn.language)}" for warning in reading.warnings[:_MOST_WARNINGS]]
    questions = _questions(turn, reading)
    if questions:
        lines += ["", turn.words("documents.upload.questions"), *(f"- {q}" for q in questions)]
    return "\n".join(lines)


def _published(turn: Turn, upload: Upload, over: tuple[DocumentRecord, ...]) -> Iterator[Reply]:
    title = upload.path.name
    yield Reply(text(turn.words("documents.upload.loading", name=title)), slot=_SLOT, replaces=True)
    outcome, reading = _added(turn, upload, tuple(old.id for old in over))
    if outcome.status == "refused":
        yield Reply(text(told(outcome.reason, turn.language)), slot=_SLOT)
        return
    note(turn.app.sessions, turn.app.clock, turn.person.id, "document published", outcome.id or "")
    _drop(turn, upload)
    turn.app.follow_changes()
    asked = _answerable(turn, outcome.id or "", reading)
    words = turn.words(f"documents.upload.{outcome.status}", title=reading.title)
    for old in over:
        words += "\n" + turn.words("documents.upload.over", old=old.title)
    if asked:
        words += "\n" + turn.words("documents.upload.ask") + "".join(f"\n- {q}" for q in asked)
    turn.state["ask"] = asked
    buttons = tuple((Button(shortened(q, 48), f"q.ask.{n}"),) for n, q in enumerate(asked))
    yield Reply(rich(words), buttons, slot=_SLOT)
    yield from tell_who_waited(turn)


def _added(turn: Turn, upload: Upload, over: tuple[str, ...]) -> tuple[Outcome, Reading]:
    from bot.wiring import adding

    with ReadingPool() as pool:
        data = upload.path.read_bytes()
        reading = pool.read(upload.path.name, data)
        run = adding(turn.app, Wanted(replaces=over), lambda _name, _data: reading)
        outcome = next(iter(run.results([Offered(upload.path.name, upload.path.name, data)])))
    return outcome, reading


def _questions(turn: Turn, reading: Reading) -> list[str]:
    """Questions that its headings promise to answer."""
    held = {passage.section for passage in reading.passages if passage.kind is not Kind.HEADING}
    titles = [
        section.title
        for number, section in enumerate(reading.sections)
        if number and number in held and 4 <= len(section.title) <= 60
    ]
    step = max(1, len(titles) // _MOST_QUESTIONS)
    chosen = titles[::step][:_MOST_QUESTIONS]
    return [
        turn.words("documents.upload.question", title=reading.title, heading=_bare(title))
        for title in chosen
    ]


def _bare(heading: str) -> str:
    """A heading without its number."""
    for mark in ("、", "）", ")", ".", "章", "条", "节"):
        head, found, rest = heading.partition(mark)
        if found and len(head) <= 4 and rest.strip():
            return rest.strip()
    return heading


def _answerable(turn: Turn, document: str, reading: Reading) -> list[str]:
    """Of these questions, those that the new document does answer now."""
    answered = []
    for question in _questions(turn, reading):
        answer = turn.app.answering.answer(question)
        if any(c.document == document for c in answer.citations):
            answered.append(question)
    return answered


def _silent_pages(reading: Reading) -> list[int]:
    """Pages on which nothing was found, which may be pictures."""
    speaking = {passage.page for passage in reading.passages}
    return [page for page in range(1, (reading.pages or 0) + 1) if page not in speaking]


def _safe(name: str) -> str:
    """The last part of a name, whatever a stranger put into it."""
    bare = "".join(c for c in name.replace("\\", "/").rpartition("/")[2] if c.isprintable())
    stem, dot, ending = bare.strip(". ").rpartition(".")
    return f"{(stem or 'document')[:_LONGEST_NAME]}{dot}{ending[:10]}"


def _kept(turn: Turn, name: str, data: bytes) -> Upload:
    code = hashlib.sha256(data + name.encode()).hexdigest()[:12]
    folder = _folder(turn, code)
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_bytes(data)
    return Upload(code, path)


def _drop(turn: Turn, upload: Upload) -> None:
    shutil.rmtree(_folder(turn, upload.code), ignore_errors=True)


def _folder(turn: Turn, code: str) -> Path:
    return turn.app.settings.home / "uploads" / code
