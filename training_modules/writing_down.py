"""Writing down: what a step or the end of a sitting becomes in the outcome log."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from training_modules import log
from training_modules.event import Event, Phase, Verb
from training_modules.module import Item, ItemType, Module
from training_modules.moving import APPLICATION
from training_modules.people import Person
from training_modules.rows import EventRow, SittingRow
from training_modules.sitting import Kind, Record, Sitting, StepKind

_TESTED: dict[Kind, Phase] = {
    Kind.BASELINE: Phase.PRE,
    Kind.POSTTEST: Phase.POST,
    Kind.FOLLOWUP: Phase.LATER,
}


@dataclass(frozen=True)
class Writer:
    """Writes for one person in one sitting, within the caller's transaction."""

    session: Session
    person: Person
    row: SittingRow
    track: str
    now: datetime
    module: Callable[[str], Module | None]

    def opened(self) -> None:
        if self.row.kind == Kind.MODULE:
            self._append(self._event(Verb.OPENED, self.row.module))

    def record(self, record: Record) -> None:
        """The event of one step; cards and tasks that were read leave none."""
        step = record.step
        if step.kind is StepKind.SCALE:
            self._rated(record)
        elif step.kind is StepKind.ITEM:
            self._answered(record)

    def ended(self, sitting: Sitting) -> None:
        kind = Kind(self.row.kind)
        if kind is Kind.MODULE:
            self._append(self._event(Verb.COMPLETED, self.row.module))
        if kind in _TESTED and sitting.asked:
            mean = round(sitting.score / sitting.asked, 4)
            self._append(self._event(Verb.TESTED, phase=_TESTED[kind], score=mean))
        if kind is Kind.POSTTEST:
            self._append(self._event(Verb.FINISHED, phase=Phase.END))

    def _answered(self, record: Record) -> None:
        step = record.step
        module = self.module(step.module)
        item = module.item(step.name) if module else None
        verb = Verb.SKIPPED if record.skipped else Verb.ANSWERED
        mark = record.mark
        event = self._event(
            verb, step.module, item=step.name, item_type=str(item.type) if item else "",
            phase=Phase(step.phase), attempt=self._attempts(step.module, step.name, step.phase),
            response=mark.response if mark else "", certainty=record.certainty,
            correct=mark.correct if mark else None, score=mark.score if mark else None,
            seconds=record.seconds, has_words=bool(record.words),
        )  # fmt: skip
        self._append(event, record.words)

    def _rated(self, record: Record) -> None:
        step = record.step
        if record.skipped:
            self._append(self._event(Verb.SKIPPED, item=step.name, phase=Phase(step.phase)))
            return
        is_use = step.name == APPLICATION
        event = self._event(
            Verb.APPLIED if is_use else Verb.RATED, item=step.name, phase=Phase(step.phase),
            item_type=str(_scale_type(step.name)), rating=record.rating, scale_max=step.top,
            response=str(record.rating), seconds=record.seconds, has_words=bool(record.words),
            share=record.share if is_use else None,
        )  # fmt: skip
        self._append(event, record.words)

    def _attempts(self, module: str, item: str, phase: str) -> int:
        query = select(func.count()).where(
            EventRow.enrolment == self.row.enrolment, EventRow.verb.in_(("answered", "skipped")),
            EventRow.module == module, EventRow.item == item, EventRow.phase == phase,
        )  # fmt: skip
        return (self.session.scalar(query) or 0) + 1

    def _event(
        self, verb: Verb, module: str = "", *, phase: Phase | str = "", **values: object
    ) -> Event:
        found = self.module(module) if module else None
        return Event(
            verb, self.now, self.person.zone, self.person.pseudonym, self.row.enrolment,
            self.track, module, found.version if found else 0, phase=str(phase),
            sitting=self.row.id, delivery=self.row.delivery, consent=self.person.consent,
            **values,  # type: ignore[arg-type]
        )  # fmt: skip

    def _append(self, event: Event, words: str = "") -> None:
        log.append(self.session, [event], {event.id: words} if words else {})


def _scale_type(name: str) -> ItemType:
    if name == APPLICATION:
        return ItemType.APPLICATION
    return ItemType.RECOMMENDATION if name == "recommendation" else ItemType.LIKERT


def is_remembered(record: Record, item: Item | None) -> bool:
    """Tests are not practised, and what cannot be marked cannot be spaced."""
    practised = record.step.phase in (Phase.PRACTICE, Phase.REVIEW)
    return practised and record.mark is not None and item is not None
