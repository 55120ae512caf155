"""Gaps that a new document answers: they are settled, and whoever waited is told."""

from collections.abc import Iterator
from typing import Final

from bot.chat.turn import Turn
from bot.chat.waiting import done_waiting, waiting
from bot.speech import Reply, text
from foundation.wording import say

# So many open questions are tried again after a document was loaded.
_MOST: Final = 50


def tell_who_waited(turn: Turn) -> Iterator[Reply]:
    settled = []
    for gap in turn.app.receipts.gaps(_MOST):
        answer = turn.app.answering.answer(gap.question)
        if not answer.answered:
            continue
        turn.app.receipts.settle(gap.key, "answered")
        settled.append(gap.question)
        for address, language in waiting(turn.app.sessions, gap.key):
            words = say("gaps.now_answered", language, question=gap.question)
            yield Reply(text(words + "\n\n" + answer.text), to=address)
        done_waiting(turn.app.sessions, gap.key)
    if settled:
        yield turn.told("gaps.closed", number=len(settled))
