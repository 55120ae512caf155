"""The agenda of a sitting: which steps a baseline, a lesson, a test and a look back are made of."""

from collections.abc import Iterable, Sequence
from typing import Final

from training_modules.event import Phase, Scale
from training_modules.module import Item, ItemType, Module, Track
from training_modules.moving import APPLICATION
from training_modules.sitting import Sitting, Step, StepKind

# Five minutes: three new items and the reviews that are due.
NEW_ITEMS: Final = 3
_LATER_ITEMS: Final = 3


def baseline(track: Track, modules: Sequence[Module], form: str) -> Sitting:
    """How sure somebody feels, then what they know, before anything is taught."""
    return Sitting((*_confidence(track, Scale.CONFIDENCE, Phase.PRE), *_test(modules, form, "pre")))


def lesson(module: Module, due: Iterable[tuple[str, Item]]) -> Sitting:
    """The cards, the new items, what is due again, and the task for the week."""
    cards = [Step(StepKind.CARD, module.id, str(n)) for n in range(1, len(module.cards) + 1)]
    new = [_asked(module.id, item, Phase.PRACTICE) for item in _chosen(module)]
    thoughts = [
        Step(StepKind.ITEM, module.id, item.id, Phase.PRACTICE)
        for item in module.items
        if item.type is ItemType.REFLECTION
    ]
    tasks = [Step(StepKind.TASK, module.id, item.id) for item in module.tasks]
    return Sitting((*cards, *new, *review(due).steps, *thoughts, *tasks))


def review(due: Iterable[tuple[str, Item]]) -> Sitting:
    """What is due again, and nothing else."""
    return Sitting(tuple(_asked(module, item, Phase.REVIEW) for module, item in due))


def posttest(track: Track, modules: Sequence[Module], form: str) -> Sitting:
    """The parallel form, confidence now and in looking back, relevance, recommendation."""
    return Sitting(
        (
            *_test(modules, form, Phase.POST),
            *_confidence(track, Scale.CONFIDENCE, Phase.END),
            *_confidence(track, Scale.CONFIDENCE_THEN, Phase.END),
            Step(StepKind.SCALE, name=str(Scale.RELEVANCE), phase=str(Phase.END)),
            Step(
                StepKind.SCALE, name=str(Scale.RECOMMENDATION), phase=str(Phase.END),
                top=10, least=0,
            ),
        )
    )  # fmt: skip


def followup(modules: Sequence[Module], form: str) -> Sitting:
    """A month later: what is still there, what was used, what changed, may it be told."""
    return Sitting(
        (
            *_test(modules, form, Phase.LATER)[:_LATER_ITEMS],
            Step(StepKind.SCALE, name=APPLICATION, phase=str(Phase.LATER), top=4, least=0),
            Step(StepKind.WORDS, name="change", phase=str(Phase.LATER)),
            Step(StepKind.SHARE, name="share", phase=str(Phase.LATER)),
        )
    )


def _chosen(module: Module) -> list[Item]:
    """Of different kinds, a dilemma last: it wants what the others taught."""
    kinds: set[ItemType] = set()
    ranked: list[tuple[bool, int, Item]] = []
    for n, item in enumerate(module.practice):
        ranked.append((item.type in kinds, n, item))
        kinds.add(item.type)
    chosen = sorted(ranked[:], key=lambda one: one[:2])[:NEW_ITEMS]
    in_order = sorted(chosen, key=lambda one: (one[2].type is ItemType.DILEMMA, one[1]))
    return [item for _, _, item in in_order]


def _test(modules: Sequence[Module], form: str, phase: str) -> list[Step]:
    return [_asked(module.id, item, phase) for module in modules for item in module.form(form)]


def _asked(module: str, item: Item, phase: str) -> Step:
    return Step(StepKind.ITEM, module, item.id, str(phase))


def _confidence(track: Track, scale: Scale, phase: Phase) -> list[Step]:
    return [
        Step(StepKind.SCALE, name=f"{scale}-{n}", phase=str(phase))
        for n in range(1, len(track.confidence) + 1)
    ]
