"""Gaps that a new document answers: they are settled, and whoever waited is told."""

from collections.abc import Iterator
from typing import Final

from bot.chat.asking import shown
from bot.chat.turn import Turn
from bot.chat.waiting import done_waiting, waiting
from bot.speech import Reply, text
from foundation.wording import say

# So many open questions are tried again after a document was loaded.
_MOST: Final = 50


def tell_who_waited(turn: Turn) -> Iterator[Reply]:
    settled, told = [], 0
    for gap in turn.app.receipts.gaps(_MOST):
        found = turn.app.answering.answer(gap.question)
        if not found.answered:
            continue
        turn.app.receipts.settle(gap.key, "answered")
        settled.append(gap.question)
        people = waiting(turn.app.sessions, gap.key)
        told += len(people)
        answer = turn.app.receipts.keep(gap.question, found, turn.app.answering.settings())
        for address, language in people:
            words = say("gaps.now_answered", language, question=gap.question)
            reply = shown(answer)
            yield Reply((*text(words + "\n\n"), *reply.text), reply.buttons, to=address)
        done_waiting(turn.app.sessions, gap.key)
    if settled:
        yield turn.told("gaps.closed", number=len(settled), people=told)
