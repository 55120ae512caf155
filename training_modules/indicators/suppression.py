"""Suppression: what few people did is not told, nor can it be found by subtraction."""

from collections.abc import Sequence
from dataclasses import replace

from training_modules.indicators.indicator import FEWEST, Cell


def is_too_few(n: int) -> bool:
    """Somebody is there, and so few that they could be recognised; nobody is no secret."""
    return 0 < n < FEWEST


def reveals(part: int, whole: int) -> bool:
    """A part, told beside the whole, says something of too few: of itself or of the rest."""
    return is_too_few(part) or is_too_few(whole - part)


def hidden(counts: Sequence[int]) -> set[int]:
    """Which cells of a sum stay untold; never one alone, which the sum would give away.

    The smallest others go with it, until those untold are together enough people.
    """
    untold = {at for at, count in enumerate(counts) if is_too_few(count)}
    rest = sorted((at for at in range(len(counts)) if at not in untold), key=lambda at: counts[at])
    # A cell of nobody hides nothing behind it, so it is passed over.
    rest = [at for at in rest if counts[at]]
    while untold and rest and (len(untold) < 2 or sum(counts[a] for a in untold) < FEWEST):
        untold.add(rest.pop(0))
    return untold


def told(cells: Sequence[Cell], *blocks: Sequence[int]) -> tuple[Cell, ...]:
    """The cells with those of too few people emptied.

    A block is a set of cells whose sum can be seen elsewhere; without one all cells together are.
    """
    untold: set[int] = set()
    for block in blocks or (range(len(cells)),):
        counts = [cells[at].n or 0 for at in block]
        untold |= {block[at] for at in hidden(counts)}
    return tuple(
        replace(cell, n=None, value=None, low=None, high=None) if at in untold else cell
        for at, cell in enumerate(cells)
    )
