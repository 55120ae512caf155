"""Looking closer at the best hits: what each covers of the question, and whether it can answer."""

import re
from dataclasses import dataclass
from typing import Final

from knowledge.document import Kind
from knowledge.structure.splitting import sentences
from retrieval.bridging import Bridged, subject_names
from retrieval.coverage import Coverage
from retrieval.cues import cued
from retrieval.expected import defines, fits
from retrieval.folding import fold
from retrieval.library import Library
from retrieval.searching import Findings, Hit

_LOOKED_AT: Final = 16
_COVERAGE, _UNFIT, _FAVOURED, _DEFINES = 0.55, 0.25, 0.3, 0.5
_CUED: Final = 0.15
_HEADING: Final = 0.05


@dataclass(frozen=True, slots=True)
class Favoured:
    """What a conversation is about: the sections, and so the documents, of the last answer."""

    sections: frozenset[tuple[str, int]]

    def share(self, version: str, section: int) -> float:
        """1 in a section spoken of, less elsewhere in its document, 0 in others."""
        if (version, section) in self.sections:
            return 1.0
        return 0.6 if any(version == v for v, _ in self.sections) else 0.0


@dataclass(frozen=True, slots=True)
class Ranked:
    """A hit after the closer look: `coverage` is of its passage with all that stands around it."""

    hit: Hit
    score: float
    coverage: float
    fits: bool


def rank(
    findings: Findings,
    bridged: Bridged,
    coverage: Coverage,
    library: Library,
    favoured: Favoured | None = None,
) -> list[Ranked]:
    """The best hits, in the order in which they answer; what was just spoken of stands higher."""
    looked_at = findings.hits[:_LOOKED_AT]
    ranked = [_look(hit, bridged, coverage, library, favoured) for hit in looked_at]
    return sorted(ranked, key=lambda r: -r.score)


def _look(
    hit: Hit, bridged: Bridged, coverage: Coverage, library: Library, favoured: Favoured | None
) -> Ranked:
    passage = library.passage(hit.version, hit.number)
    own = library.folded(hit.version, hit.number)
    around = library.context(hit.version, hit.number)
    whole = coverage.of(own + "\n" + around)
    able = fits(bridged.question, own)
    score = hit.score + _COVERAGE * (0.5 * whole + 0.5 * coverage.of(own))
    score -= 0.0 if able else _UNFIT
    score -= _HEADING if passage.kind is Kind.HEADING else 0.0
    score += _DEFINES * defines(bridged.question, own, subject_names(bridged))
    score += _CUED * cued(bridged.question, own)
    if favoured is not None:
        score += _FAVOURED * favoured.share(hit.version, passage.section)
    return Ranked(hit, score, whole, able)


def best_sentences(
    text: str, coverage: Coverage, bridged: Bridged, *, most: int, longest: int
) -> list[str]:
    """The sentences of a passage that answer best, in the order in which they stand."""
    parts = [part for part in sentences(text) if part.strip()]
    if bridged.question.topic:
        coverage = coverage.of_new()
    if len(parts) <= 1:
        return [shortened(text, coverage, longest)]
    worth = [_worth(part, coverage, bridged) for part in parts]
    best = max(range(len(parts)), key=lambda n: (worth[n], -n))
    chosen = {best}
    covered = coverage.of(fold(parts[best]))
    for _ in range(most - 1):
        gains = {
            n: coverage.of(fold("".join(parts[m] for m in sorted({*chosen, n})))) - covered
            for n in range(len(parts))
            if n not in chosen
        }
        if not gains:
            break
        more = max(gains, key=lambda n: gains[n])
        size = sum(len(parts[m]) for m in {*chosen, more})
        if gains[more] < 0.12 or size > longest:
            break
        chosen.add(more)
        covered += gains[more]
    return [shortened(parts[n].strip(), coverage, longest) for n in sorted(chosen)]


def _worth(part: str, coverage: Coverage, bridged: Bridged) -> float:
    folded = fold(part)
    return coverage.of(folded) + (0.2 if fits(bridged.question, folded) else 0.0)


def shortened(sentence: str, coverage: Coverage, longest: int) -> str:
    """A sentence too long for an answer, cut to the run of clauses that covers most."""
    if len(sentence) <= longest:
        return sentence
    clauses = re.findall(r".+?(?:[，；;,]|$)", sentence)
    best, worth = sentence[:longest], -1.0
    for start in range(len(clauses)):
        run = ""
        for clause in clauses[start:]:
            if len(run) + len(clause) > longest:
                break
            run += clause
        covers = coverage.of(fold(run))
        if covers > worth + 0.01:
            best, worth = run, covers
    return best
