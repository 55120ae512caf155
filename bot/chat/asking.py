"""Asking: a question and its answer, the passage behind a mark, whether it helped."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.chat.rich import folded, quoted
from bot.chat.turn import Command, Turn
from bot.chat.waiting import wait_for
from bot.showing import passage_as_text, place, shortened
from bot.speech import Button, Reply, Span, bold, text
from foundation.errors import UnknownReceipt
from foundation.wording import say
from retrieval.answer import Answer, Citation
from retrieval.memory import Memory
from retrieval.related import related
from retrieval.small_talk import kind_of_talk, said_to

_SOURCE: Final = re.compile(r"^(?:原文|出处|source|passage)\s*[:：]?\s*\[?(\d{1,9})?\]?$", re.I)
_RATE: Final = re.compile(
    r"^(?P<sign>👍|👎|有用|没用|helpful|not helpful|/good|/bad)\s*(?P<why>.*)$", re.I
)
_BAD: Final = frozenset({"👎", "没用", "not helpful", "/bad"})
_MOST_SOURCES: Final = 3
_SHORT: Final = 40


def heard(turn: Turn) -> Iterator[Reply]:
    """Plain words: about the last answer, or a question of their own."""
    said = turn.message.text
    asked = _SOURCE.match(said) if len(said) < _SHORT else None
    if asked:
        yield _passage(turn, turn.state.get("receipt", ""), int(asked[1] or 1))
        return
    rated = _RATE.match(said)
    if rated and turn.state.get("receipt"):
        rating = -1 if rated["sign"].casefold() in _BAD else 1
        turn.app.receipts.rate(turn.state["receipt"], rating, rated["why"].strip() or None)
        yield Reply(text(say("rating.thanks", turn.heard_in)))
        return
    talk = kind_of_talk(said)
    if talk is None:
        yield answered(turn, said)
    else:
        # Nothing was looked up, so there is nothing to keep.
        turn.app.follow_changes()
        titles = [record.title for record in turn.app.library.records.values()]
        yield Reply(text(said_to(talk, turn.heard_in, titles)))


def answered(turn: Turn, question: str) -> Reply:
    """The answer, its receipt kept, what it was about remembered."""
    app = turn.app
    app.follow_changes()
    kept = turn.state.get("memory")
    memory = Memory.from_json(kept) if kept else Memory()
    found, memory = app.answering.reply(question, memory)
    answer = app.receipts.keep(question, found, app.answering.settings())
    turn.state["memory"], turn.state["receipt"] = memory.as_json(), answer.receipt
    return shown(answer, related_to(turn, answer.receipt))


def related_to(turn: Turn, code: str) -> list[str]:
    """What else may be asked after an answer; the same each time it is looked up."""
    kept = turn.app.receipts.open(code)
    if kept["verdict"] == "not_found":
        return []
    cards = turn.app.quoting.searching.cards
    return related(cards, kept["citations"], kept["question"], kept["language"])


def shown(answer: Answer, further: Sequence[str] = ()) -> Reply:
    """An answer on any channel: what is said, notes, each source with the words quoted."""
    spans = [Span(answer.text)]
    spans += [Span(f"\n※ {note}") for note in answer.notes]
    if answer.nearest and not answer.answered:
        spans.append(Span("\n" + say("answer.nearest", answer.language)))
        spans += [Span(f"\n  · {place(n.title, n.section, None)}") for n in answer.nearest]
    spans += _sources(answer.citations)
    more = tuple((Button(q, f"q.rel.{answer.receipt}.{n}"),) for n, q in enumerate(further))
    return Reply(tuple(spans), (*_buttons(answer), *more), aside=True)


def _sources(citations: Sequence[Citation]) -> list[Span]:
    """One source stands open; several are folded, so that the answer fits on a phone."""
    lines = [
        (f"[{c.mark}] {place(c.title, c.section, c.page)}", shortened(c.quote)) for c in citations
    ]
    if len(lines) == 1:
        return [Span(f"\n\n{lines[0][0]}\n"), quoted(lines[0][1])]
    whole = "\n".join(f"{where}\n    “{quote}”" for where, quote in lines)
    return [Span("\n\n"), folded(whole)] if whole else []


def _buttons(answer: Answer) -> tuple[tuple[Button, ...], ...]:
    if not answer.receipt or not (answer.citations or answer.is_gap):
        return ()
    language, code = answer.language, answer.receipt
    opening = tuple(
        Button(say("asking.passage", language, mark=c.mark), f"q.src.{code}.{c.mark}")
        for c in answer.citations[:_MOST_SOURCES]
    )
    if not answer.answered:
        return (opening, (Button(say("asking.pass_on", language), f"q.pass.{code}"),))
    rating = (
        Button(say("asking.good", language), f"q.up.{code}"),
        Button(say("asking.bad", language), f"q.down.{code}"),
    )
    return (opening, rating)


def tapped(turn: Turn, rest: str) -> Iterator[Reply]:
    """A button under an answer, however old."""
    what, _, after = rest.partition(".")
    code, _, mark = after.partition(".")
    number = int(mark) if mark.isascii() and mark.isdecimal() else 0
    if what == "src":
        yield _passage(turn, code, number)
    elif what in ("up", "down"):
        yield from _rated(turn, code, good=what == "up")
    elif what == "why" and mark in _REASONS:
        turn.app.receipts.rate(code, -1, mark)
        yield turn.reply(text(turn.words("rating.thanks")))
    elif what == "pass":
        yield from _passed_on(turn, code)
    else:
        yield from _asked_by_button(turn, what, code, number)


def _asked_by_button(turn: Turn, what: str, code: str, number: int) -> Iterator[Reply]:
    """A question that was offered: related to an answer, or to a document that was loaded."""
    offered = related_to(turn, code) if what == "rel" else turn.state.get("ask", [])
    at = number if what == "rel" else int(code) if code.isdecimal() else len(offered)
    if at < len(offered):
        reply = answered(turn, offered[at])
        yield replace(reply, text=(bold(offered[at] + "\n"), *reply.text))
    else:
        yield turn.gone()


_REASONS: Final = ("wrong", "missing", "unclear", "long")


def _rated(turn: Turn, code: str, *, good: bool) -> Iterator[Reply]:
    turn.app.receipts.rate(code, 1 if good else -1)
    if good:
        yield Reply(notice=turn.words("rating.thanks"))
        return
    reasons = tuple(turn.button(f"asking.why.{why}", f"q.why.{code}.{why}") for why in _REASONS)
    yield Reply(text(turn.words("asking.why")), (reasons[:2], reasons[2:]))


def _passed_on(turn: Turn, code: str) -> Iterator[Reply]:
    """The administrators see who would like to hear of an answer."""
    wait_for(turn, turn.app.receipts.open(code)["question"])
    yield Reply(text(turn.words("asking.passed_on")))


def _passage(turn: Turn, code: str, mark: int) -> Reply:
    try:
        kept = turn.app.receipts.open(code) if code else None
    except UnknownReceipt:
        kept = None
    citations: dict[int, dict[str, Any]] = {c["mark"]: c for c in kept["citations"]} if kept else {}
    if mark not in citations:
        return Reply(text(say("source.none", turn.heard_in)))
    return opened(turn, Citation.from_json(citations[mark]))


def opened(turn: Turn, citation: Citation) -> Reply:
    """A passage whole, with what stands around it; said when the document has gone."""
    turn.app.follow_changes()
    if citation.version not in turn.app.library.records:
        return Reply(text(turn.words("training.source.gone")))
    whole = passage_as_text(citation, turn.app.library)
    head, _, body = whole.partition("\n")
    return Reply((Span(head + "\n"), folded(body)))


def ask(turn: Turn, rest: str) -> Iterator[Reply]:
    if rest:
        yield answered(turn, rest)
    else:
        yield turn.told("talk.empty")


def cancel(turn: Turn, _rest: str) -> Iterator[Reply]:
    turn.state.clear()
    yield turn.told("cancelled")


COMMANDS: Final = (
    Command("ask", ask, ("提问", "问")),
    Command("cancel", cancel, ("取消",)),
)
