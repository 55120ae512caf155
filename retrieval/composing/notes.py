"""What must be said beside an answer: that a document is over, or was replaced."""

from foundation.wording import say
from knowledge.life import Status
from retrieval.composing.draft import Draft
from retrieval.library import Library


def notes_on(draft: Draft, library: Library, language: str) -> list[str]:
    """Once for each document that is no longer in force."""
    notes: dict[str, str] = {}
    for quote in draft.quotes():
        record = library.record(quote.version)
        if record.status is Status.EXPIRED and record.valid_until:
            notes[record.id] = say(
                "answer.expired", language,
                title=record.title, date=record.valid_until.isoformat(),
            )  # fmt: skip
        elif record.status is Status.SUPERSEDED:
            newer = library.title_of(record.replaced_by or "")
            notes[record.id] = say("answer.superseded", language, title=record.title, newer=newer)
    return list(notes.values())
