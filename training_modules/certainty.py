"""What an answer is worth by how sure somebody was of it: wrong and sure costs most."""

from typing import Final

_RIGHT: Final = {1: 1, 2: 2, 3: 3}
_WRONG: Final = {1: 0, 2: -2, 3: -6}


def certainty_mark(certainty: int | None, correct: bool | None) -> int | None:  # noqa: FBT001
    """None where nobody was asked how sure they were, or nothing is right or wrong."""
    if certainty is None or correct is None:
        return None
    return (_RIGHT if correct else _WRONG).get(certainty)
