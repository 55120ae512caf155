"""What the signs of a draft are worth: fitted on the cards' own questions, each left out.

    python -m benchmarks.weights --questions 900

Two thirds of the cards are learned from, the rest only measured. Prints the share of questions
whose first draft quotes the card's words, with the weights in force and with the fitted ones, and
the share for which any draft does.
"""

import argparse
import random
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from bot.wiring import open_app
from foundation.settings import Settings
from retrieval.answering import Answering
from retrieval.candidates import WEIGHTS, Candidate
from retrieval.card_index import PlacedCard
from retrieval.folding import letters
from retrieval.question import analyse

_NAMES = list(WEIGHTS)
_SHARPNESS = 4.0
_TETHER = 0.02


@dataclass(frozen=True)
class Asked:
    """One question: the signs of each draft, and which drafts quote the right words."""

    learned: bool
    signs: NDArray[np.float64]
    right: NDArray[np.float64]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--questions", type=int, default=900)
    wanted = parser.parse_args().questions
    with tempfile.TemporaryDirectory() as home:
        asked = ask(open_app(Settings(home=Path(home))).answering, wanted)
    force = np.array([WEIGHTS[name] for name in _NAMES])
    fitted = fit([a for a in asked if a.learned and a.right.any()], force)
    for label, weights in (("in force", force), ("fitted", fitted)):
        learned = share([a for a in asked if a.learned], weights)
        rest = share([a for a in asked if not a.learned], weights)
        print(f"{label:9s} learned from {learned:.1%}, others {rest:.1%}")
    print(f"any draft {np.mean([a.right.any() for a in asked]):.1%} of {len(asked)}")
    print({name: round(float(w), 2) for name, w in zip(_NAMES, fitted, strict=True)})


def ask(answering: Answering, wanted: int) -> list[Asked]:
    """Ask a sample of the cards' questions, each with itself left out."""
    index, chance = answering.searching.cards, random.Random(3)
    cards = list(range(len(index.placed)))
    chance.shuffle(cards)
    learned = set(cards[: len(cards) * 2 // 3])
    asked = []
    for number in chance.sample(range(len(index.questions)), min(wanted, len(index.questions))):
        owner = int(index.owner[number])
        text = index.questions[number]
        drafts = answering.looking.look(analyse(text), skip=text).candidates
        if drafts:
            signs = np.array([[d.features[name] for name in _NAMES] for d in drafts])
            right = np.array([float(is_right(d, index.placed[owner])) for d in drafts])
            asked.append(Asked(owner in learned, signs, right))
    return asked


def is_right(draft: Candidate, card: PlacedCard) -> bool:
    """Most of the card's words are quoted, and not much else."""
    gold = [letters(anchor.quote) for anchor in card.anchors]
    said = [letters(quote.text) for quote in draft.draft.quotes()]
    held = sum(len(g) for g in gold if any(g in s or (len(s) > 8 and s in g) for s in said))
    whole = sum(map(len, gold))
    return held >= 0.6 * whole and sum(map(len, said)) < 6 * whole + 200


def share(asked: list[Asked], weights: NDArray[np.float64]) -> float:
    return float(np.mean([a.right[np.argmax(a.signs @ weights)] for a in asked]))


def fit(asked: list[Asked], start: NDArray[np.float64]) -> NDArray[np.float64]:
    """Weights under which the right drafts are likeliest, held near to where they start."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for one in asked:
            scores = _SHARPNESS * (one.signs @ weights)
            chances = np.exp(scores - scores.max())
            chances /= chances.sum()
            hit = max(float((chances * one.right).sum()), 1e-9)
            total -= np.log(hit)
            slope -= _SHARPNESS * ((chances * one.right / hit - chances) @ one.signs)
        away = weights - start
        return total / len(asked) + _TETHER * (away @ away), slope / len(asked) + 2 * _TETHER * away

    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 80})
    return np.asarray(found.x)


if __name__ == "__main__":
    main()
