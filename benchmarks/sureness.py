"""How sure is an answer: learned from the cards' own questions, with their document and without.

    python -m benchmarks.sureness --questions 1200

Each question is asked with itself left out, of all documents and of all but its own; and once more
as if there were no cards. Two thirds of the cards are learned from, the rest only measured. Prints
what share of right drafts would be given, and of drafts out of other documents, with the weights
in force and with the fitted ones.
"""

import argparse
import random
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from benchmarks.weights import is_right
from bot.wiring import open_app
from foundation.settings import Settings
from retrieval.admitting import SURENESS_NEEDED, Admitting
from retrieval.answering import Answering
from retrieval.candidates import Candidate
from retrieval.question import analyse
from retrieval.sureness import START, WEIGHTS

_NAMES = list(WEIGHTS)
_TETHER = 0.003


@dataclass(frozen=True)
class Drawn:
    """The first draft that nothing speaks against: with its document there, was it right?"""

    learned: bool
    cards: bool
    there: bool
    signs: NDArray[np.float64] | None
    right: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--questions", type=int, default=1200)
    wanted = parser.parse_args().questions
    with tempfile.TemporaryDirectory() as home:
        drawn = list(draw(open_app(Settings(home=Path(home))).quoting, wanted))
    force = np.array([*(WEIGHTS[name] for name in _NAMES), START])
    fitted = fit([d for d in drawn if d.learned and (d.right or not d.there)])
    for label, weights in (("in force", force), ("fitted", fitted)):
        for cards in (True, False):
            rest = [d for d in drawn if not d.learned and d.cards == cards]
            right = share([d for d in rest if d.there and d.right], weights)
            astray = share([d for d in rest if not d.there], weights)
            kind = "with cards" if cards else "without"
            print(f"{label:9s} {kind:10s} right {right:.1%}, out of other documents {astray:.1%}")
    print({n: round(float(w), 2) for n, w in zip([*_NAMES, "start"], fitted, strict=True)})


def draw(answering: Answering, wanted: int) -> Iterator[Drawn]:
    """Ask a sample of the cards' questions in four ways."""
    index, library, chance = answering.searching.cards, answering.library, random.Random(5)
    owners = list(range(len(index.placed)))
    chance.shuffle(owners)
    learned = set(owners[: len(owners) * 2 // 3])
    bare = replace(index, questions=())
    ids = [record.id for record in library.records.values()]
    for number in chance.sample(range(len(index.questions)), min(wanted, len(index.questions))):
        owner = int(index.owner[number])
        own = library.record(index.placed[owner].version).id
        for cards, there in ((True, True), (True, False), (False, True), (False, False)):
            answering.searching.cards = index if cards else bare
            among = [] if there else [one for one in ids if one != own]
            draft = _first(answering, index.questions[number], among)
            right = draft is not None and there and is_right(draft, index.placed[owner])
            signs = None if draft is None else _signs(draft)
            yield Drawn(owner in learned, cards, there, signs, right)


def _first(answering: Answering, text: str, among: list[str]) -> Candidate | None:
    """What would be given, were it sure enough."""
    looked = answering.looking.look(analyse(text), among, skip=text)
    admitting = Admitting(looked, answering.library)
    for draft in looked.candidates[:4]:
        if draft.fits and not (admitting.missing(draft) or admitting.elsewhere(draft)):
            return draft
    return None


def _signs(draft: Candidate) -> NDArray[np.float64]:
    known = {**draft.features, "score": draft.score}
    return np.array([*(known[name] for name in _NAMES), 1.0])


def share(drawn: list[Drawn], weights: NDArray[np.float64]) -> float:
    line = np.log(SURENESS_NEEDED / (1 - SURENESS_NEEDED))
    return float(np.mean([d.signs is not None and d.signs @ weights >= line for d in drawn]))


def fit(drawn: list[Drawn]) -> NDArray[np.float64]:
    """Logistic regression; the tether keeps what hardly matters small."""
    rows = [(d.signs, d.right) for d in drawn if d.signs is not None]
    signs, right = np.array([s for s, _ in rows]), np.array([r for _, r in rows], float)
    scale = np.append(signs[:, :-1].std(axis=0), 1.0)
    signs = signs / scale

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        told = signs @ weights
        held = _TETHER * (weights[:-1] @ weights[:-1])
        slope = signs.T @ (1 / (1 + np.exp(-told)) - right) / len(right)
        slope[:-1] += 2 * _TETHER * weights[:-1]
        return float(np.mean(np.logaddexp(0, told) - right * told)) + held, slope

    found = minimize(loss, np.zeros(signs.shape[1]), jac=True, method="L-BFGS-B")
    return np.asarray(found.x) / scale


if __name__ == "__main__":
    main()
