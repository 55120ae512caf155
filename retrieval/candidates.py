"""Drafts of an answer, from cards and from passages, and which of them answers best."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from knowledge.document import Kind
from retrieval.bridging import Bridged
from retrieval.card_index import CardHit
from retrieval.composing.draft import Draft
from retrieval.composing.facts import card_draft, passage_draft
from retrieval.composing.lists import list_around, list_draft
from retrieval.coverage import Coverage
from retrieval.expected import defines, fits
from retrieval.folding import fold, stands_in
from retrieval.library import Library
from retrieval.question import Question, Shape
from retrieval.ranking import Favoured, Ranked

_PASSAGES, _CARDS = 8, 8
_LEAST_NEAR: Final = 0.08
_WHOLE: Final = 0.8
# Words that name a kind of document, or nothing in particular, and so no document.
_KIND_WORDS: Final = frozenset(
    "通知 规划 计划 战略 倡议 倡议书 论文 文章 意见 方案 办法 条例 规定 决定 细则 公告 管理 建设 发展 服务 "
    "实施 关于 工作 图书馆 国外 城市 合作 研究 实践 plan strategy notice library libraries".split()
)
_LEAD_IN: Final = re.compile(r"[:：]\s*$")

Features = dict[str, float]

# What each sign is worth; found by `python -m benchmarks.weights`, which asks the cards' own
# questions with that question left out, and checks on cards that it did not learn from.
WEIGHTS: Final[Features] = {
    "lexical": 1.8, "led": 0.5, "near": 1.0, "said": 1.25, "around": 0.8, "unfit": -0.3,
    "counted": 0.4, "defines": 0.7, "label": 0.3, "headings": -0.4, "listed": 0.2,
    "lead_in": -0.5, "long": -0.5, "card": 0.0, "named": 0.6, "focus": 0.35,
    "favoured": 0.5, "asked": 0.3, "titled": 0.4, "contrast": 0.25,
}  # fmt: skip


@dataclass(frozen=True)
class Candidate:
    """A draft with the signs that speak for and against it."""

    draft: Draft
    features: Features
    evidence: str
    spoken: str

    @property
    def score(self) -> float:
        return sum(WEIGHTS[name] * value for name, value in self.features.items())

    @property
    def covered(self) -> float:
        return self.features["around"]

    @property
    def near(self) -> float:
        return self.features["near"]

    @property
    def fits(self) -> bool:
        return not self.features["unfit"]


@dataclass(frozen=True)
class Judge:
    """Puts drafts together for one question and weighs them."""

    bridged: Bridged
    coverage: Coverage
    library: Library
    favoured: Favoured | None = None

    def candidates(self, ranked: Sequence[Ranked], cards: Sequence[CardHit]) -> list[Candidate]:
        """Every draft worth a look, best first."""
        found = [*self._from_passages(ranked[:_PASSAGES]), *self._from_cards(cards, ranked)]
        self._contrast(found)
        return sorted(found, key=lambda candidate: -candidate.score)

    def _contrast(self, found: Sequence[Candidate]) -> None:
        """What every draft covers tells none from another; what few cover tells most."""
        units = self.coverage.units
        if len(found) < 2 or not units:
            return
        parts = [self.coverage.parts(candidate.spoken) for candidate in found]
        telling = [
            unit.total * max(0.05, 1.0 - sum(part[n] for part in parts) / len(parts))
            for n, unit in enumerate(units)
        ]
        whole = sum(telling)
        for candidate, part in zip(found, parts, strict=True):
            shared = sum(w * covered for w, covered in zip(telling, part, strict=True))
            candidate.features["contrast"] = shared / whole if whole else 0.0

    def _from_passages(self, ranked: Sequence[Ranked]) -> Iterator[Candidate]:
        question = self.bridged.question
        for one in ranked:
            hit = one.hit
            known = {"lexical": hit.lexical, "led": hit.card}
            if question.shape is Shape.LIST or question.ordinal:
                listed = list_draft(hit.version, hit.number, self.library, question.ordinal)
                if listed is not None:
                    members = list_around(self.library.reading(hit.version), hit.number)
                    known_list = {**known, "counted": float(question.count == len(members))}
                    yield self._weighed(listed, known_list)
            draft = passage_draft(
                hit.version, hit.number, self.bridged, self.coverage, self.library
            )
            if draft.statements:
                yield self._weighed(draft, known)

    def _from_cards(
        self, cards: Sequence[CardHit], ranked: Sequence[Ranked]
    ) -> Iterator[Candidate]:
        words = {(r.hit.version, r.hit.number): r.hit.lexical for r in ranked}
        for hit in cards[:_CARDS]:
            if hit.nearness < _LEAST_NEAR:
                continue
            draft = card_draft(hit, self.bridged, self.coverage, self.library)
            if not draft.statements:
                continue
            places = [(hit.placed.version, a.passage) for a in hit.placed.anchors]
            lexical = max(words.get(place, 0.0) for place in places)
            known = {"near": hit.nearness, "lexical": lexical, "card": 1.0}
            yield self._weighed(draft, known, hit.question)

    def _weighed(self, draft: Draft, known: Features, asked: str = "") -> Candidate:
        question = self.bridged.question
        spoken = fold("\n".join(quote.text for quote in draft.quotes()))
        around = self._around(draft)
        evidence = "\n".join((spoken, around, fold(asked)))
        names = self._names(draft)
        is_list = question.shape is Shape.LIST
        features = dict.fromkeys(WEIGHTS, 0.0)
        features.update(
            said=self._said(spoken, asked, names),
            around=self.coverage.of(evidence),
            unfit=float(not fits(question, spoken)),
            counted=_counts_up(question, spoken),
            defines=float(defines(question, spoken)),
            label=self._label(draft),
            headings=float(not is_list and self._only_headings(draft)),
            listed=float(is_list and len(draft.statements) > 2),
            lead_in=float(bool(_LEAD_IN.search(spoken)) and len(draft.statements) == 1),
            long=0.0 if is_list else min(1.0, draft.size / 500),
            focus=self._focus(draft, spoken),
            favoured=self._favour(draft),
            asked=self._asked(draft),
            titled=self._titled(draft, names),
            named=self.coverage.of(names),
        )
        features.update(known)
        return Candidate(draft, features, evidence, "\n".join((spoken, fold(asked))))

    def _said(self, spoken: str, asked: str, names: str) -> float:
        """What the quotes cover; a card's question vouches for its quotes by half."""
        alone = self.coverage.of(spoken, beyond=names)
        if not asked:
            return alone
        return 0.5 * (alone + self.coverage.of(f"{spoken}\n{fold(asked)}", beyond=names))

    def _around(self, draft: Draft) -> str:
        places = dict.fromkeys((quote.version, quote.passage) for quote in draft.quotes())
        parts: list[str] = []
        for version, number in places:
            parts.append(self.library.folded(version, number))
            parts.append(self.library.context(version, number))
        return "\n".join(parts)

    def _asked(self, draft: Draft) -> float:
        """1 when the question names this document, -1 when it names another."""
        names = self.library.names(draft.quotes()[0].version)
        most = max(1, len(self.library.records) // 3)
        named = False
        for weighed in self.coverage.units:
            for name in (weighed.unit.text, *weighed.unit.alternatives):
                if len(name) < 2 or name in _KIND_WORDS:
                    continue
                if 1 <= self.library.named_by(name) <= most:
                    if stands_in(name, names):
                        return 1.0
                    named = True
        return -1.0 if named else 0.0

    def _titled(self, draft: Draft, names: str) -> float:
        """A heading that says all of what is asked opens the place that is meant."""
        first = draft.quotes()[0]
        passage = self.library.passage(first.version, first.passage)
        is_fact = self.bridged.question.shape is Shape.FACT
        if not is_fact or passage.kind is not Kind.HEADING or len(draft.statements) < 2:
            return 0.0
        return float(self.coverage.of(fold(passage.text), beyond=names) >= _WHOLE)

    def _favour(self, draft: Draft) -> float:
        """Does the draft speak of what the conversation is about?"""
        if self.favoured is None:
            return 0.0
        quote = draft.quotes()[0]
        section = self.library.passage(quote.version, quote.passage).section
        return self.favoured.share(quote.version, section)

    def _focus(self, draft: Draft, spoken: str) -> float:
        """Is the kind of thing asked for named where it is listed: in the sentence, or above?"""
        focus = self.bridged.question.focus
        if not focus:
            return 0.0
        quote = draft.quotes()[0]
        reading = self.library.reading(quote.version)
        above = reading.sections[reading.passages[quote.passage].section].title
        if draft.as_list and len(draft.statements) > 2:
            before = reading.passages[max(0, quote.passage - 1)].text
            return _share(focus, fold(f"{above} {before}"))
        sentence = max(re.split(r"[。；;\n]", spoken), key=lambda part: _share(focus, part))
        return _share(focus, sentence) * (1.0 if sentence.count("、") >= 1 else 0.6)

    def _names(self, draft: Draft) -> str:
        """What the documents of a draft are called: a question that names one asks beyond it."""
        versions = dict.fromkeys(quote.version for quote in draft.quotes())
        return "\n".join(self.library.names(version) for version in versions)

    def _label(self, draft: Draft) -> float:
        """A row whose whole label stands in the question, rather than a longer label."""
        quote = draft.statements[0].quotes[0]
        passage = self.library.passage(quote.version, quote.passage)
        if passage.kind is not Kind.ROW or not passage.cells:
            return 0.0
        table = self.library.table_of(quote.version, passage)
        label = re.sub(r"[(（][^()（）]*[)）]", "", fold("".join(passage.cells[0])))
        asked = self.bridged.question.folded
        caption = _special(fold(table.caption)) if table else ""
        return _share(label, asked) - 1.0 + 0.4 * (_share(caption, asked) if caption else 0.0)

    def _only_headings(self, draft: Draft) -> bool:
        """Headings alone are an answer to a question for a list, not to another."""
        kinds = {self.library.passage(q.version, q.passage).kind for q in draft.quotes()}
        return kinds == {Kind.HEADING}


def _share(label: str, asked: str) -> float:
    pairs = [label[n : n + 2] for n in range(len(label) - 1)]
    return sum(pair in asked for pair in pairs) / len(pairs) if pairs else 1.0


def _special(caption: str) -> str:
    """The words of a caption that tell one table from another."""
    return re.sub(r"[“”\"'《》]|主要|发展|指标|时期|情况|统计|一览|表|公共|事业", "", caption)


def _counts_up(question: Question, spoken: str) -> float:
    """公共、高校、科研三大系统: as many members named as the question counts."""
    if question.count is None or not 2 <= question.count <= 12:
        return 0.0
    runs = re.findall(r"[^。；;，,：:\n]*(?:、[^。；;，,：:\n]*)+", spoken)
    return 0.6 if any(run.count("、") + 1 == question.count for run in runs) else 0.0
