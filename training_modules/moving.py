"""Moving through a sitting: where a tap or a word leads; nothing in it touches the world.

Every step has a number and every question a stage. A tap names both, so that a tap that comes
twice, late or from an old message is told from one that counts.
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Final

from training_modules.marking import UNKNOWN, mark
from training_modules.module import Item, ItemType
from training_modules.sitting import Advance, Record, Sitting, Stage, StepKind, Taken

# Longer than that nobody looks at one question: they did something else meanwhile.
LONGEST_SECONDS: Final = 900.0
LONGEST_WORDS: Final = 2000
SKIP: Final = "skip"
NEXT: Final = "next"
DONE: Final = "done"
UNDO: Final = "undo"
APPLICATION: Final = "application"
# From here on something was done with what was learned.
TRIED: Final = 2

Items = Callable[[str, str], Item | None]


def begun(sitting: Sitting, now: datetime) -> Sitting:
    return replace(sitting, asked_at=now.isoformat())


def tap(sitting: Sitting, at: int, stage: str, value: str, items: Items, now: datetime) -> Advance:
    """Where a tap leads; only one for this very step and stage changes anything."""
    if sitting.is_over or at < sitting.at:
        return Advance(sitting, Taken.LATE)
    if at != sitting.at or stage != sitting.stage:
        return Advance(sitting, Taken.LATE if at == sitting.at else Taken.WRONG)
    return _TAPS[sitting.step.kind](sitting, value, items, now)


def say(sitting: Sitting, words: str, items: Items, now: datetime) -> Advance:
    """Where written words lead: they answer what asks for words or a number, nothing else."""
    if sitting.is_over or sitting.stage is not Stage.ASK:
        return Advance(sitting, Taken.WRONG)
    step = sitting.step
    item = items(step.module, step.name) if step.kind is StepKind.ITEM else None
    kept = words.strip()[:LONGEST_WORDS]
    if step.kind is StepKind.WORDS:
        return _told_what_changed(sitting, kept, now)
    if item and item.type is ItemType.REFLECTION:
        return _on(sitting, now, Record(step, words=kept, seconds=_seconds(sitting, now)))
    if item and item.type is ItemType.NUMERIC:
        return _answered(sitting, item, words, now)
    if step.kind is StepKind.SCALE and words.strip().isascii() and words.strip().isdecimal():
        return _rated(sitting, words.strip(), items, now)
    return Advance(sitting, Taken.WRONG)


def closed(sitting: Sitting, items: Items) -> Record | None:
    """What a sitting that is given up leaves: an answer that was not yet confirmed counts."""
    if sitting.rating is not None and not sitting.is_over:
        return _told_of_use(sitting, share=False)
    if sitting.is_over or sitting.stage is not Stage.SURE:
        return None
    step = sitting.step
    item = items(step.module, step.name)
    return Record(step, mark=mark(item, sitting.chosen) if item else None)


def awaits_words(sitting: Sitting, items: Items) -> bool:
    """Whether what somebody writes now is an answer and no question of theirs."""
    if sitting.is_over or sitting.stage is not Stage.ASK:
        return False
    if sitting.step.kind is StepKind.WORDS:
        return True
    item = items(sitting.step.module, sitting.step.name)
    return (
        sitting.step.kind is StepKind.ITEM
        and item is not None
        and item.type in (ItemType.REFLECTION, ItemType.NUMERIC)
    )


def _read(sitting: Sitting, value: str, _items: Items, now: datetime) -> Advance:
    if value != NEXT:
        return Advance(sitting, Taken.WRONG)
    return _on(sitting, now, Record(sitting.step, seconds=_seconds(sitting, now)))


def _item(sitting: Sitting, value: str, items: Items, now: datetime) -> Advance:
    step, item = sitting.step, items(sitting.step.module, sitting.step.name)
    if item is None or (value == SKIP and not item.is_scored):
        # Its module changed or is gone: nobody is kept waiting at it.
        return _on(sitting, now, Record(step, skipped=True))
    if sitting.stage is Stage.TOLD:
        return _on(sitting, now, None) if value == NEXT else Advance(sitting, Taken.WRONG)
    if sitting.stage is Stage.SURE:
        return _confirmed(sitting, item, value, now)
    if item.type is ItemType.MULTI and value != UNKNOWN:
        return _ticked(sitting, item, value, now)
    if item.type is ItemType.ORDER and value != UNKNOWN:
        return _ordered(sitting, item, value, now)
    if item.type is ItemType.REFLECTION:
        return Advance(sitting, Taken.WRONG)
    return _answered(sitting, item, value, now)


def _ticked(sitting: Sitting, item: Item, value: str, now: datetime) -> Advance:
    """One more or one less of several; DONE when all are chosen."""
    chosen = sitting.chosen.split()
    if value == DONE:
        return _answered(sitting, item, sitting.chosen, now)
    if item.option(value) is None:
        return Advance(sitting, Taken.WRONG)
    kept = [one for one in chosen if one != value] if value in chosen else [*chosen, value]
    return Advance(replace(sitting, chosen=" ".join(kept)), Taken.TAKEN)


def _ordered(sitting: Sitting, item: Item, value: str, now: datetime) -> Advance:
    """The next one in the order; the last one is placed by itself."""
    chosen = sitting.chosen.split()
    if value == UNDO:
        return Advance(replace(sitting, chosen=" ".join(chosen[:-1])), Taken.TAKEN)
    if item.option(value) is None or value in chosen:
        return Advance(sitting, Taken.WRONG)
    chosen = [*chosen, value]
    left = [option.id for option in item.options if option.id not in chosen]
    if len(left) <= 1:
        return _answered(sitting, item, " ".join([*chosen, *left]), now)
    return Advance(replace(sitting, chosen=" ".join(chosen)), Taken.TAKEN)


def _answered(sitting: Sitting, item: Item, value: str, now: datetime) -> Advance:
    marked = mark(item, value)
    if marked is None or (not item.is_scored):
        return Advance(sitting, Taken.WRONG)
    if value == UNKNOWN:
        record = Record(sitting.step, marked, certainty=1, seconds=_seconds(sitting, now))
        return _told(replace(sitting, chosen=value, asked=sitting.asked + 1), now, record)
    return Advance(replace(sitting, stage=Stage.SURE, chosen=value), Taken.TAKEN)


def _confirmed(sitting: Sitting, item: Item, value: str, now: datetime) -> Advance:
    marked = mark(item, sitting.chosen)
    if value not in ("1", "2", "3") or marked is None:
        return Advance(sitting, Taken.WRONG)
    record = Record(sitting.step, marked, int(value), seconds=_seconds(sitting, now))
    counted = replace(sitting, score=sitting.score + marked.score, asked=sitting.asked + 1)
    return _told(counted, now, record)


def _told(sitting: Sitting, now: datetime, record: Record) -> Advance:
    """In practice what is right is shown first; in a test it goes on at once."""
    if sitting.step.is_test:
        return _on(sitting, now, record)
    return Advance(replace(sitting, stage=Stage.TOLD), Taken.TAKEN, record)


def _rated(sitting: Sitting, value: str, _items: Items, now: datetime) -> Advance:
    step = sitting.step
    if value == SKIP and step.name != APPLICATION:
        return _on(sitting, now, Record(step, skipped=True))
    if not value.isdecimal() or not step.least <= int(value) <= step.top:
        return Advance(sitting, Taken.WRONG)
    if step.name == APPLICATION:
        # Written down with what is said of it next, as one thing.
        return _on(replace(sitting, rating=int(value)), now, None)
    return _on(sitting, now, Record(step, rating=int(value), seconds=_seconds(sitting, now)))


def _told_what_changed(sitting: Sitting, words: str, now: datetime) -> Advance:
    """Whether it may be told is asked of those who did something and said what."""
    told = replace(sitting, words=words)
    if words and (sitting.rating or 0) >= TRIED:
        return _on(told, now, None)
    past_share = replace(_on(told, now, None).sitting, at=sitting.at + 2, rating=None)
    return Advance(past_share, Taken.TAKEN, _told_of_use(told, share=False))


def _shared(sitting: Sitting, value: str, _items: Items, now: datetime) -> Advance:
    if value not in ("yes", "no"):
        return Advance(sitting, Taken.WRONG)
    record = _told_of_use(sitting, share=value == "yes")
    return _on(replace(sitting, rating=None), now, record)


def _worded(sitting: Sitting, value: str, _items: Items, now: datetime) -> Advance:
    if value != SKIP:
        return Advance(sitting, Taken.WRONG)
    return _told_what_changed(sitting, "", now)


def _told_of_use(sitting: Sitting, *, share: bool) -> Record:
    step = next(step for step in sitting.steps if step.name == APPLICATION)
    return Record(step, rating=sitting.rating, words=sitting.words, share=share)


def _on(sitting: Sitting, now: datetime, record: Record | None) -> Advance:
    further = replace(
        sitting, at=sitting.at + 1, stage=Stage.ASK, chosen="", asked_at=now.isoformat()
    )
    return Advance(further, Taken.TAKEN, record)


def _seconds(sitting: Sitting, now: datetime) -> float | None:
    if not sitting.asked_at:
        return None
    past = (now - datetime.fromisoformat(sitting.asked_at)).total_seconds()
    return round(min(max(past, 0.0), LONGEST_SECONDS), 1)


_TAPS: Final = {
    StepKind.CARD: _read,
    StepKind.TASK: _read,
    StepKind.ITEM: _item,
    StepKind.SCALE: _rated,
    StepKind.SHARE: _shared,
    StepKind.WORDS: _worded,
}
