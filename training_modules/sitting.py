"""A sitting: what is asked in which order, how far somebody is, and what is to be written down."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from typing import Any

from training_modules.marking import Mark


class Kind(StrEnum):
    BASELINE = "baseline"
    MODULE = "module"
    REVIEW = "review"
    POSTTEST = "posttest"
    FOLLOWUP = "followup"


class StepKind(StrEnum):
    CARD = "card"
    ITEM = "item"
    SCALE = "scale"
    WORDS = "words"
    SHARE = "share"
    TASK = "task"


class Stage(StrEnum):
    """Where in a step somebody is: asked, asked how sure, told what was right."""

    ASK = "a"
    SURE = "s"
    TOLD = "t"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to show or to ask; `name` is an item's id, a card's number or a scale."""

    kind: StepKind
    module: str = ""
    name: str = ""
    phase: str = ""
    top: int = 5
    least: int = 1

    @property
    def is_test(self) -> bool:
        """In a test nothing is told until it is over."""
        return self.phase in ("pre", "post", "d30")


@dataclass(frozen=True, slots=True)
class Sitting:
    """All that a restart needs: the steps, the place, what was chosen and not yet confirmed."""

    steps: tuple[Step, ...]
    at: int = 0
    stage: Stage = Stage.ASK
    chosen: str = ""
    asked_at: str = ""
    score: float = 0.0
    asked: int = 0
    rating: int | None = None
    words: str = ""

    @property
    def is_over(self) -> bool:
        return self.at >= len(self.steps)

    @property
    def step(self) -> Step:
        return self.steps[self.at]

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "steps": [asdict(step) for step in self.steps]}

    @classmethod
    def from_json(cls, kept: dict[str, Any]) -> "Sitting":
        steps = tuple(Step(**{**step, "kind": StepKind(step["kind"])}) for step in kept["steps"])
        return cls(**{**kept, "steps": steps, "stage": Stage(kept["stage"])})


@dataclass(frozen=True, slots=True)
class Record:
    """What is to be written down of a step, once."""

    step: Step
    mark: Mark | None = None
    certainty: int | None = None
    rating: int | None = None
    words: str = ""
    share: bool | None = None
    skipped: bool = False
    seconds: float | None = None


class Taken(StrEnum):
    """What became of a tap: it counted, it came too late, or it is none for this place."""

    TAKEN = "taken"
    LATE = "late"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Advance:
    sitting: Sitting
    taken: Taken
    record: Record | None = None
