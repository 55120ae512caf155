"""The signs that speak for a draft or against it, each found by one look at its quotes."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from knowledge.document import Kind
from retrieval.bridging import Bridged, subject_names
from retrieval.composing.draft import Draft
from retrieval.coverage import Coverage
from retrieval.cues import cued
from retrieval.expected import counted, counts, defines, fits
from retrieval.folding import fold, stands_in
from retrieval.library import Library
from retrieval.question import Question, Shape
from retrieval.ranking import Favoured
from retrieval.titles import named_in_english, named_version

_WHOLE: Final = 0.8
# Words that name a kind of document, or nothing in particular, and so no document.
_KIND_WORDS: Final = {
    "通知", "规划", "计划", "战略", "倡议", "倡议书", "论文", "文章", "意见", "方案", "办法",
    "条例", "规定", "决定", "细则", "公告", "管理", "建设", "发展", "服务", "实施", "关于",
    "工作", "图书馆", "国外", "城市", "合作", "研究", "实践",
    "plan", "strategy", "notice", "library", "libraries",
}  # fmt: skip
_LEAD_IN: Final = re.compile(r"[:：]\s*$")

Features = dict[str, float]


@dataclass(frozen=True)
class Signs:
    """Looks at drafts for one question."""

    bridged: Bridged
    coverage: Coverage
    library: Library
    favoured: Favoured | None = None

    def of(self, draft: Draft, spoken: str, evidence: str, asked: str) -> Features:
        """The signs of a draft; `spoken` is what it quotes, `evidence` with what is around it."""
        question = self.bridged.question
        names = self._names(draft)
        is_list = question.shape is Shape.LIST
        return {
            "said": self._said(spoken, asked, names),
            "around": self.coverage.of(evidence),
            "unfit": float(not (fits(question, spoken) and self._counts(draft, spoken))),
            "counted": _counts_up(question, spoken),
            "defines": defines(question, spoken, subject_names(self.bridged)),
            "cued": cued(question, spoken),
            "label": self._label(draft),
            "headings": float(not is_list and self._only_headings(draft)),
            "listed": float(is_list and len(draft.statements) > 2),
            "lead_in": float(bool(_LEAD_IN.search(spoken)) and len(draft.statements) == 1),
            "long": 0.0 if is_list else min(1.0, draft.size / 500),
            "focus": self._focus(draft, spoken),
            "favoured": self._favour(draft),
            "asked": self._asked(draft),
            "titled": self._titled(draft, names),
            "named": self.coverage.of(names),
        }

    @cached_property
    def _meant(self) -> str | None:
        asked = self.bridged.question.folded
        named = named_version(asked, self.library)
        return named or named_in_english(asked, self.bridged.units, self.library)

    def _said(self, spoken: str, asked: str, names: str) -> float:
        """What the quotes cover; a card's question vouches for its quotes by half."""
        alone = self.coverage.of(spoken, beyond=names)
        if not asked:
            return alone
        return 0.5 * (alone + self.coverage.of(f"{spoken}\n{fold(asked)}", beyond=names))

    def around(self, draft: Draft) -> str:
        places = dict.fromkeys((quote.version, quote.passage) for quote in draft.quotes())
        parts: list[str] = []
        for version, number in places:
            parts.append(self.library.folded(version, number))
            parts.append(self.library.context(version, number))
        return "\n".join(parts)

    def _asked(self, draft: Draft) -> float:
        """1 when the question names this document, -1 when it names another."""
        version = draft.quotes()[0].version
        if self._meant is not None:
            return 1.0 if version == self._meant else -1.0
        names = self.library.names(version)
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

    def _counts(self, draft: Draft, spoken: str) -> bool:
        """Where the number of known things is asked for: is it the number of those?"""
        things = counted(self.bridged.question)
        known = [u for u in self.bridged.units if _begins(things, u.text)]
        if not things or not known:
            return True
        names = tuple(name for u in known for name in (u.text, *u.alternatives))
        whole = [self.library.folded(q.version, q.passage) for q in draft.quotes()]
        return any(counts(text, names) for text in (spoken, *whole))

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


def _begins(things: str, name: str) -> bool:
    """Han words run on, English ones end with what is counted: new public libraries."""
    if name.isascii():
        return f" {things}".endswith(f" {name}")
    return len(name) > 1 and things.startswith(name)


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
