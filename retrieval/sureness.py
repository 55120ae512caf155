"""How sure it is that a draft answers at all, rather than only speaks of the same things."""

import math
from collections.abc import Mapping
from typing import Final

# Found by `python -m benchmarks sureness`: the cards' own questions, each asked with its document
# and without it, each also as if there were no cards.
WEIGHTS: Final = {
    "near": 1.97, "said": 2.3, "pairs": 1.89, "contrast": 0.24, "score": 0.64, "lexical": 8.99,
    "asked": 1.4, "size": 0.27,
}  # fmt: skip
START: Final = -6.55


def sure(signs: Mapping[str, float]) -> float:
    """From the signs of a draft to a share of one."""
    return 1.0 / (1.0 + math.exp(-START - sum(w * signs[name] for name, w in WEIGHTS.items())))
