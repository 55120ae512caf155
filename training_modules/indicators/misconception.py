"""A misconception: an item that people got wrong while they were very sure."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Misconception:
    """`people` were very sure and wrong, of `asked` who answered with a certainty."""

    module: str
    item: str
    people: int
    asked: int

    @property
    def share(self) -> float:
        return self.people / self.asked
