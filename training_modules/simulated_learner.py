"""A simulated learner: how somebody who never was goes through a track, for rehearsals."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any, Final

from training_modules import agenda
from training_modules.event import Event, Phase, Scale, Verb
from training_modules.marking import mark
from training_modules.module import Item, ItemType, Module, Track
from training_modules.moving import APPLICATION
from training_modules.sitting import Step, StepKind

# By guessing one of three or four.
_GUESS: Final = 0.22
# How much harder a case is than what was read, and how far a test a month later falls behind.
_CASE: Final = 0.5
_FORGOTTEN: Final = 0.3
_REVIEW_DAYS: Final = (2, 11)
_FOLLOW_UP: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Course:
    """A track with its modules in order."""

    track: Track
    modules: tuple[Module, ...]


@dataclass(frozen=True, slots=True)
class Nature:
    """What somebody brings along: knowledge, what teaching does, zeal, too much certainty."""

    ability: float
    growth: float
    zeal: float
    boldness: float

    @classmethod
    def drawn(cls, dice: Random) -> "Nature":
        return cls(
            dice.gauss(-0.2, 0.8),
            abs(dice.gauss(1.2, 0.5)),
            dice.gauss(0, 1),
            dice.gauss(0.06, 0.12),
        )


@dataclass
class Learner:
    """Writes the events of one enrolment, in the order of time."""

    dice: Random
    nature: Nature
    course: Course
    pseudonym: str
    enrolment: str
    zone: str
    first_form: str
    stories: Sequence[str]
    now: datetime

    def __post_init__(self) -> None:
        self.words: dict[str, str] = {}
        self.moments: dict[str, datetime] = {}
        self._sitting = ""

    def life(self) -> Iterator[Event]:
        """From joining to a month after the track, or to where they stopped."""
        yield self._event(Verb.REGISTERED)
        if not self._goes_on(2.6):
            return
        yield from self._baseline()
        for number, module in enumerate(self.course.modules):
            if not self._goes_on(3.4 + 0.1 * number):
                return
            yield from self._lesson(module)
        yield from self._end()
        if self._goes_on(1.4):
            yield from self._month_later()

    def _goes_on(self, chance: float) -> bool:
        return self.dice.random() < _logistic(chance + 0.6 * self.nature.zeal)

    def _baseline(self) -> Iterator[Event]:
        form = agenda.baseline(self.course.track, self.course.modules, self.first_form)
        yield from self._sat(form.steps, knows=0.0, feels=2.5 + 0.35 * self.nature.ability)
        yield self._tested(Phase.PRE)
        self.moments["baseline"] = self.now

    def _lesson(self, module: Module) -> Iterator[Event]:
        self._tomorrow()
        yield self._event(Verb.OPENED, module)
        steps = agenda.lesson(module, ()).steps
        yield from self._sat(steps, knows=0.6 * self.nature.growth, feels=3)
        yield self._event(Verb.COMPLETED, module)
        yield from self._reviews(module)

    def _reviews(self, module: Module) -> Iterator[Event]:
        """What comes back some days later; the clock of the lessons does not wait for it."""
        before = self.now
        for number, days in enumerate(_REVIEW_DAYS):
            self.now = before + timedelta(days=days)
            for item in module.practice[:1]:
                step = Step(StepKind.ITEM, module.id, item.id, str(Phase.REVIEW))
                yield from self._answer(step, 0.8 * self.nature.growth, attempt=number + 1)
        self.now = before

    def _end(self) -> Iterator[Event]:
        self._tomorrow()
        form = "B" if self.first_form == "A" else "A"
        steps = agenda.posttest(self.course.track, self.course.modules, form).steps
        feels = 3.6 + 0.35 * self.nature.ability
        yield from self._sat(steps, knows=self.nature.growth, feels=feels)
        yield self._tested(Phase.POST)
        yield self._event(Verb.FINISHED, phase=Phase.END)
        self.moments["completed"] = self.now

    def _month_later(self) -> Iterator[Event]:
        self.now += _FOLLOW_UP + timedelta(days=self.dice.randrange(4))
        self._begin()
        steps = agenda.followup(self.course.modules, self.first_form).steps
        yield from self._sat(
            [step for step in steps if step.kind is StepKind.ITEM],
            knows=self.nature.growth - _FORGOTTEN, feels=0,
        )  # fmt: skip
        yield self._tested(Phase.LATER)
        yield self._applied()
        self.moments["followed_up"] = self.now

    def _applied(self) -> Event:
        level = self._on_scale(1.9 + 0.5 * self.nature.zeal, 1.1, 0, 4)
        tells = level >= 2 and self.dice.random() < 0.6
        event = self._event(
            Verb.APPLIED, item=APPLICATION, item_type="application", phase=Phase.LATER,
            rating=level, scale_max=4, response=str(level), has_words=tells,
            share=self.dice.random() < 0.7 if tells else None,
        )  # fmt: skip
        if tells:
            self.words[event.id] = self.dice.choice(self.stories)
        return event

    def _sat(self, steps: Sequence[Step], *, knows: float, feels: float) -> Iterator[Event]:
        self._scores: list[float] = []
        for step in steps:
            if step.kind is StepKind.ITEM:
                yield from self._answer(step, knows)
            elif step.kind is StepKind.SCALE:
                yield self._rated(step, feels)

    def _answer(self, step: Step, knows: float, attempt: int = 1) -> Iterator[Event]:
        module = next(m for m in self.course.modules if m.id == step.module)
        item = module.item(step.name)
        if item is None or not item.is_scored:
            return
        theta = self.nature.ability + knows - _difficulty(module.id, item)
        chance = _GUESS + (1 - _GUESS) * _logistic(1.3 * theta)
        marked = mark(item, response(item, self.dice, right=self.dice.random() < chance))
        if marked is None:
            return
        self._scores.append(marked.score)
        felt = chance + self.nature.boldness + self.dice.gauss(0, 0.14)
        yield self._event(
            Verb.ANSWERED, module, item=item.id, item_type=str(item.type), phase=step.phase,
            attempt=attempt, response=marked.response, correct=marked.correct, score=marked.score,
            certainty=1 if felt < 0.55 else 2 if felt < 0.8 else 3,
            seconds=round(8 + 30 * self.dice.random(), 1),
        )  # fmt: skip

    def _rated(self, step: Step, feels: float) -> Event:
        if step.name == Scale.RECOMMENDATION:
            rating = self._on_scale(8.1 + 0.7 * self.nature.zeal, 1.3, 0, 10)
        elif step.name == Scale.RELEVANCE:
            rating = self._on_scale(4.0 + 0.3 * self.nature.zeal, 0.8, 1, 5)
        else:
            shift = -1.4 if step.name.startswith(Scale.CONFIDENCE_THEN) else 0.0
            rating = self._on_scale(feels + shift, 0.7, 1, 5)
        return self._event(
            Verb.RATED, item=step.name, item_type="likert", phase=step.phase, rating=rating,
            scale_max=step.top, response=str(rating),
        )  # fmt: skip

    def _on_scale(self, middle: float, spread: float, least: int, most: int) -> int:
        return min(most, max(least, round(self.dice.gauss(middle, spread))))

    def _tested(self, phase: Phase) -> Event:
        scores = self._scores or [0.0]
        return self._event(Verb.TESTED, phase=phase, score=round(sum(scores) / len(scores), 4))

    def _tomorrow(self) -> None:
        """The next day somebody comes; most come the next morning, some after a pause."""
        self.now += timedelta(days=1 if self.dice.random() < 0.8 else self.dice.randrange(2, 6))
        self._begin()

    def _begin(self) -> None:
        self._sitting = f"{self.enrolment[:13]}-{self.now:%m%d}"

    def _event(self, verb: Verb, module: Module | None = None, **values: Any) -> Event:
        self.now += timedelta(seconds=20)
        values["phase"] = str(values.get("phase", ""))
        return Event(
            verb, self.now.astimezone(UTC), self.zone, self.pseudonym, self.enrolment,
            self.course.track.id, module.id if module else "", module.version if module else 0,
            sitting=self._sitting, consent=1, **values,
        )  # fmt: skip


def response(item: Item, dice: Random, *, right: bool) -> str:
    """What somebody chooses who knows it, or who does not."""
    if item.type is ItemType.NUMERIC:
        value = item.number.value if item.number else 0.0
        return f"{value if right else value * dice.choice((0.5, 2, 10)) + 1:g}"
    if item.type is ItemType.DILEMMA:
        ranked = sorted(item.options, key=lambda option: -option.score)
        return ranked[0].id if right else dice.choice(ranked[1:]).id
    if right:
        return " ".join(item.key)
    if item.type is ItemType.ORDER:
        return " ".join((*item.key[1:], item.key[0]))
    return dice.choice([option.id for option in item.options if option.id not in item.key])


def _difficulty(module: str, item: Item) -> float:
    """The same for the same item: from -0.8 to 0.8, cases harder."""
    drawn = Random(f"{module}/{item.id[1:]}/{item.type}").uniform(-0.8, 0.8)  # noqa: S311
    return drawn + (_CASE if item.type is ItemType.DILEMMA else 0.0)


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-value))
