"""Keeping answers so that they can be reopened and rated, and questions that found none."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from sqlalchemy import select

from foundation.clock import Clock
from foundation.database import Sessions
from foundation.errors import UnknownReceipt
from retrieval.answer import Answer
from retrieval.folding import letters
from retrieval.rows import GapRow, ReceiptRow

# Without 0, O, 1 and I, which people take for one another.
_ALPHABET: Final = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
_CODE_LENGTH: Final = 6
RATINGS: Final = (-1, 1)


def gap_key(question: str) -> str:
    """The same for the same words, however they are set."""
    return hashlib.sha256(letters(question).encode()).hexdigest()[:24]


def new_code() -> str:
    return "".join(secrets.choice(_ALPHABET) for _ in range(_CODE_LENGTH))


@dataclass(frozen=True, slots=True)
class Gap:
    """A question that the documents did not answer."""

    question: str
    times: int
    missing: tuple[str, ...]
    nearest: tuple[str, ...]
    key: str = ""


@dataclass(frozen=True)
class Receipts:
    """Writes one row for each answer given; nothing in it says who asked."""

    sessions: Sessions
    clock: Clock

    def keep(self, said: str, answer: Answer, settings: dict[str, Any]) -> Answer:
        """Write the receipt, and the gap when nothing was found; the answer knows its code."""
        code, now = new_code(), self.clock()
        row = ReceiptRow(
            code=code, asked_at=now, said=said, question=answer.question or said,
            language=answer.language, verdict=str(answer.verdict), mode=answer.mode,
            answer=answer.text, missing=list(answer.missing), settings=settings,
            citations=[
                {**c.as_json(), "version": c.version, "passage": c.passage}
                for c in answer.citations
            ],
        )  # fmt: skip
        with self.sessions.begin() as session:
            session.add(row)
        if not answer.answered and answer.is_gap:
            self._note_gap(answer)
        return replace(answer, receipt=code)

    def rate(self, code: str, rating: int, reason: str | None = None) -> None:
        """Say whether an answer helped; a later word replaces an earlier one."""
        if rating not in RATINGS:
            raise ValueError("a rating is 1 or -1")
        with self.sessions.begin() as session:
            row = session.get(ReceiptRow, code.strip().upper())
            if row is None:
                raise UnknownReceipt(f"There is no answer with the code {code}.")
            row.rating, row.rating_reason = rating, reason

    def open(self, code: str) -> dict[str, Any]:
        """All that was kept of an answer."""
        with self.sessions() as session:
            row = session.get(ReceiptRow, code.strip().upper())
            if row is None:
                raise UnknownReceipt(f"There is no answer with the code {code}.")
            return {column.name: getattr(row, column.name) for column in row.__table__.columns}

    def gaps(self, most: int = 50) -> Sequence[Gap]:
        """Open gaps, the most frequent first."""
        query = select(GapRow).where(GapRow.state == "open")
        query = query.order_by(GapRow.times.desc(), GapRow.last_at.desc()).limit(most)
        with self.sessions() as session:
            return [
                Gap(row.question, row.times, tuple(row.missing), tuple(row.nearest), row.key)
                for row in session.scalars(query)
            ]

    def gap(self, key: str) -> Gap | None:
        with self.sessions() as session:
            row = session.get(GapRow, key)
            if row is None:
                return None
            return Gap(row.question, row.times, tuple(row.missing), tuple(row.nearest), row.key)

    def settle(self, key: str, state: str) -> None:
        """A gap that was answered or is out of scope is open no more."""
        with self.sessions.begin() as session:
            row = session.get(GapRow, key)
            if row is not None:
                row.state = state

    def _note_gap(self, answer: Answer) -> None:
        key = gap_key(answer.question)
        now = self.clock()
        with self.sessions.begin() as session:
            row = session.get(GapRow, key)
            if row is None:
                nearest = [" › ".join((n.title, *n.section[-2:])) for n in answer.nearest]
                session.add(
                    GapRow(
                        key=key, question=answer.question, language=answer.language,
                        missing=list(answer.missing), nearest=nearest, times=1,
                        first_at=now, last_at=now, state="open",
                    )
                )  # fmt: skip
            else:
                row.times, row.last_at = row.times + 1, now
