"""How sure is sure enough: found on the documents themselves, by asking with and without them.

A probe is a question whose place is known: a card's own question (that card left out), or a
heading made a question. Asked with its document present it should be answered; with its document
left out it should not.
"""

import hashlib
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from foundation.wording import say
from retrieval.admitting import SURENESS_NEEDED, Admitting
from retrieval.candidates import Candidate
from retrieval.looking import Looking
from retrieval.question import analyse
from retrieval.searching import Searching
from retrieval.thesaurus import Thesaurus

# Other documents may make it stricter than the founding ones did, but neither careless nor mute.
LOWEST, HIGHEST = SURENESS_NEEDED, 0.4
_ANSWERED: Final = 0.94
_PROBES: Final = 80
_MARKER: Final = re.compile(
    r"^[\s—─（(]*(?:第.{1,6}[章节条编]|[一二三四五六七八九十\d.]+)?[)）、.．：:\s]*"
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """The threshold, and what it does on the documents as they are."""

    sureness_needed: float = SURENESS_NEEDED
    answered: float = 0.0
    slipped: float = 0.0
    probes: int = 0
    corpus: str = ""

    def sentence(self, language: str) -> str:
        """For administrators: what the threshold means, not its number."""
        if not self.probes:
            return say("calibration.none", language)
        return say(
            "calibration.says", language, probes=self.probes,
            answered=round(self.answered * 10), slipped=round(self.slipped * 10),
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Probe:
    question: str
    version: str


def calibrate(searching: Searching, thesaurus: Thesaurus, seed: int = 1) -> Calibration:
    """Ask probes with and without their document, and choose the threshold by what happens."""
    probes = _probes(searching, random.Random(seed))  # noqa: S311 - a sample, no secret
    present: list[float] = []
    absent: list[float] = []
    for probe in probes:
        found = list(_candidates(probe, searching, thesaurus))
        if any(_version(candidate) == probe.version for candidate in found[:1]):
            present.append(found[0].sureness)
        others = [c for c in found if _version(c) != probe.version]
        absent.append(others[0].sureness if others and others[0].fits else 0.0)
    needed = _threshold(present)
    return Calibration(
        needed, _share(present, needed), _share(absent, needed), len(probes), corpus_of(searching)
    )


def corpus_of(searching: Searching) -> str:
    """Names the documents that answer; another set wants another calibration."""
    return hashlib.sha256("\n".join(sorted(searching.library.records)).encode()).hexdigest()[:16]


def load(path: Path, searching: Searching) -> Calibration | None:
    """The calibration that was kept, when it is of the documents as they are now."""
    try:
        kept: dict[str, Any] = json.loads(path.read_text("utf-8"))
        calibration = Calibration(**kept)
    except (OSError, ValueError, TypeError):
        return None
    return calibration if calibration.corpus == corpus_of(searching) else None


def save(calibration: Calibration, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(json.dumps(asdict(calibration)), "utf-8")
    part.replace(path)


def _threshold(present: Sequence[float]) -> float:
    """As high as leaves nearly every answerable probe its answer."""
    if not present:
        return SURENESS_NEEDED
    ordered = sorted(present)
    needed = ordered[int((1 - _ANSWERED) * len(ordered))]
    return round(min(max(needed, LOWEST), HIGHEST), 3)


def _share(supports: Sequence[float], needed: float) -> float:
    return sum(s >= needed for s in supports) / len(supports) if supports else 0.0


def _probes(searching: Searching, chance: random.Random) -> list[_Probe]:
    asked = [
        _Probe(question, searching.cards.placed[owner].version)
        for question, owner in zip(searching.cards.questions, searching.cards.owner, strict=True)
    ]
    carded = {probe.version for probe in asked}
    bare = [version for version in searching.library.records if version not in carded]
    chance.shuffle(bare)
    headed = [p for version in bare[:_PROBES] for p in _headings(searching, version, chance)]
    half = _PROBES // 2 if headed and asked else _PROBES
    return [
        *chance.sample(asked, min(half, len(asked))),
        *chance.sample(headed, min(half, len(headed))),
    ]


def _headings(searching: Searching, version: str, chance: random.Random) -> Iterator[_Probe]:
    """Two headings of a document, each made a question with the document's name."""
    library = searching.library
    titles = [_MARKER.sub("", s.title) for s in library.reading(version).sections[1:]]
    usable = [title for title in titles if 4 <= len(title) <= 30]
    for title in chance.sample(usable, min(2, len(usable))):
        yield _Probe(f"{library.record(version).title}关于{title}怎么说", version)


def _candidates(probe: _Probe, searching: Searching, thesaurus: Thesaurus) -> Iterator[Candidate]:
    looking = Looking(searching, searching.library, thesaurus)
    looked = looking.look(analyse(probe.question), skip=probe.question)
    admitting = Admitting(looked, searching.library)
    for candidate in looked.candidates:
        if not admitting.missing(candidate):
            yield candidate


def _version(candidate: Candidate) -> str:
    return candidate.draft.quotes()[0].version
