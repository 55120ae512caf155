"""What stands in the braces of a GIFT question: choices, pairs, true or false, numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from training_modules.interchange.loss import Losses
from training_modules.module import Bilingual, Number

_GENERAL: Final = re.compile(r"(?<!\\)((?:\\\\)*)####")
_ANSWER: Final = re.compile(r"\s*([=~])(?:%(-?[\d.]+)%)?((?:\\.|[^\\=~])*)", re.S)
_FEEDBACK: Final = re.compile(r"(?<!\\)((?:\\\\)*)#")
_TRUTH: Final = re.compile(r"\s*(TRUE|T|FALSE|F)\s*(?:#(.*))?$", re.S | re.I)
_PAIR: Final = re.compile(r"\s*->\s*")
_RANGE: Final = re.compile(r"\s*=?\s*(-?\d+(?:\.\d+)?)\s*(?:(:|\.\.)\s*(-?\d+(?:\.\d+)?))?\s*$")


@dataclass(frozen=True, slots=True)
class Block:
    """The question that is being read."""

    name: str
    form: str
    language: str
    losses: Losses


@dataclass(frozen=True, slots=True)
class Written:
    """An answer with its escapes still in it."""

    text: str
    share: float
    feedback: str


def split_general(inside: str) -> tuple[str, str]:
    """The answers, and the feedback for the whole question."""
    found = _GENERAL.search(inside)
    if found is None:
        return inside, ""
    return inside[: found.start()] + found[1], inside[found.end() :]


def answers(inside: str, block: Block) -> tuple[str, bool, list[Written]]:
    """The kind, whether one is to be chosen, and the answers."""
    truth = _TRUTH.match(inside)
    if truth:
        return "truefalse", True, list(_truth(truth))
    found = list(_choices(inside, block))
    if found and all(one.share == 100 and _PAIR.search(one.text) for one in found):
        return "matching", True, list(_in_order(found, block))
    shares = [one.share for one in found]
    if shares and all(share == 100 for share in shares):
        block.losses.add(block.name, "short")
    return "multichoice", 100.0 in shares, found


def _truth(found: re.Match[str]) -> Iterator[Written]:
    """In GIFT the first feedback is for those who were wrong, the second for the others."""
    is_true = found[1].upper().startswith("T")
    said = found[2] or ""
    cut = _FEEDBACK.search(said)
    wrong, right = (said[: cut.start()] + cut[1], said[cut.end() :]) if cut else (said, "")
    yield Written("true", 100.0 if is_true else 0.0, right if is_true else wrong)
    yield Written("false", 0.0 if is_true else 100.0, wrong if is_true else right)


def _choices(inside: str, block: Block) -> Iterator[Written]:
    at = 0
    while at < len(inside) and inside[at:].strip():
        found = _ANSWER.match(inside, at)
        if found is None:
            block.losses.add(block.name, "answer", inside[at : at + 40])
            return
        share = float(found[2]) if found[2] else 100.0 if found[1] == "=" else 0.0
        cut = _FEEDBACK.search(found[3])
        text = found[3][: cut.start()] + cut[1] if cut else found[3]
        yield Written(text.strip(), share, found[3][cut.end() :].strip() if cut else "")
        at = found.end()


def _in_order(found: list[Written], block: Block) -> Iterator[Written]:
    """Pairs whose first sides count up are an order; of others only the second sides are kept."""
    pairs = [_PAIR.split(one.text, maxsplit=1) for one in found]
    if [first for first, _ in pairs] != [str(n) for n in range(1, len(pairs) + 1)]:
        block.losses.add(block.name, "matching")
    for _, second in pairs:
        yield Written(second, 0.0, "")


def number_of(inside: str, block: Block) -> Number | None:
    """A number with what is right around it: 5:1, or 4..6; the best where there are several."""
    written = inside.strip()
    if written.startswith("=") or "~" in written:
        parts = re.split(r"(?<!\\)[=~]", written)
        block.losses.add(block.name, "answers", str(len(parts) - 1))
        written = next((part for part in parts if part.strip()), "")
    written = re.sub(r"^%-?[\d.]+%", "", _FEEDBACK.split(written)[0])
    found = _RANGE.match(written)
    if found is None:
        block.losses.add(block.name, "number")
        return None
    first = _float(found[1])
    second = _float(found[3] or "0")
    if found[2] == "..":
        return Number((first + second) / 2, abs(second - first) / 2, Bilingual("", ""))
    return Number(first, abs(second), Bilingual("", ""))


def _float(said: str) -> float:
    try:
        return float(said)
    except ValueError:
        return 0.0
