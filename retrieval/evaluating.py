"""Scoring answers against a file of questions with the facts that a right answer holds."""

import re
import statistics
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from retrieval.answer import Answer
from retrieval.folding import letters

_LONG_KINDS: Final = {"list": 1200, "compare": 1200}
_USUAL_LENGTH: Final = 450
RIGHT: Final = "right"


@dataclass(frozen=True, slots=True)
class Scored:
    """One question with what became of it: "right", or why not."""

    id: str
    kind: str
    turns: tuple[str, ...]
    result: str
    said: str
    elapsed_ms: float


@dataclass(frozen=True)
class Score:
    """All of them, with the figures that are asked for."""

    scored: tuple[Scored, ...]

    def kinds(self) -> dict[str, tuple[int, int]]:
        """For each kind, how many were right, of how many."""
        kinds: dict[str, list[str]] = defaultdict(list)
        for one in self.scored:
            kinds[one.kind].append(one.result)
        return {kind: (found.count(RIGHT), len(found)) for kind, found in sorted(kinds.items())}

    @property
    def share(self) -> float:
        return sum(one.result == RIGHT for one in self.scored) / max(len(self.scored), 1)

    @property
    def false_refusals(self) -> tuple[int, int]:
        asked = [one for one in self.scored if one.kind != "unanswerable"]
        return sum(one.result == "refused" for one in asked), len(asked)

    def as_json(self) -> dict[str, Any]:
        times = sorted(one.elapsed_ms for one in self.scored)
        return {
            "overall": round(self.share, 4),
            "kinds": {kind: {"right": r, "of": n} for kind, (r, n) in self.kinds().items()},
            "false_refusals": dict(zip(("number", "of"), self.false_refusals, strict=True)),
            "elapsed_ms": {
                "median": round(statistics.median(times), 1) if times else None,
                "p95": round(times[int(len(times) * 0.95) - 1], 1) if times else None,
            },
            "misses": [
                {"id": o.id, "kind": o.kind, "turns": list(o.turns), "why": o.result}
                for o in self.scored
                if o.result != RIGHT
            ],
        }


def evaluate(
    questions: Sequence[dict[str, Any]],
    ask: Callable[[Sequence[str]], tuple[Answer, float]],
    stands_in: Callable[[str, str], bool],
) -> Iterator[Scored]:
    """Ask every question; `stands_in(document, letters)` says whether a quote is verbatim."""
    for question in questions:
        answer, elapsed = ask(question["turns"])
        result = judge(question, answer, stands_in)
        turns = tuple(question["turns"])
        yield Scored(question["id"], question["kind"], turns, result, answer.text, elapsed)


def judge(question: dict[str, Any], answer: Answer, stands_in: Callable[[str, str], bool]) -> str:
    """Whether an answer is right, or the reason why not."""
    if not question["answerable"]:
        return "answered the unanswerable" if answer.answered else RIGHT
    if not answer.answered:
        return "refused"
    text = _normal(answer.text)
    if len(text) > _LONG_KINDS.get(question["kind"], _USUAL_LENGTH):
        return "too long"
    if not all(any(_normal(fact) in text for fact in group) for group in question["must"]):
        return "wrong or incomplete"
    if not {c.document for c in answer.citations} & {gold["doc"] for gold in question["gold"]}:
        return "no gold document cited"
    if not all(stands_in(c.document, letters(c.quote)) for c in answer.citations):
        return "a quote is not in its document"
    return RIGHT


def _normal(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).casefold()
