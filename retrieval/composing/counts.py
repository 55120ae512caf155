"""How many there are: every number that the documents give, also where they differ."""

import re

from knowledge.structure.splitting import sentences
from retrieval.answer import Quote
from retrieval.composing.draft import Draft, Statement
from retrieval.folding import fold
from retrieval.library import Library
from retrieval.question import Question
from retrieval.ranking import Ranked

_LONGEST = 160


def asks_count(question: Question) -> str:
    """What is counted in 有几项主要特征: 特征; empty when nothing is."""
    found = re.search(
        r"(?:几|多少)(?:个|项|条|种|类|大|点|位|家|处)?([\u4e00-\u9fff]{2,6}?)(?:$|[?？呢吗])",
        question.folded,
    )
    return found[1][-2:] if found else ""


def differing_counts(question: Question, ranked: list[Ranked], library: Library) -> Draft | None:
    """Sentences that count the same thing differently, each with its number; else None."""
    counted = asks_count(question)
    if not counted:
        return None
    pattern = re.compile(
        rf"(\d+|[二三四五六七八九十]+)\s*(?:项|个|条|种|类|大)[^，。；、]{{0,6}}{counted}"
    )
    found: dict[str, Statement] = {}
    for one in ranked[:8]:
        passage = library.passage(one.hit.version, one.hit.number)
        for sentence in sentences(passage.text):
            match = pattern.search(fold(sentence))
            if match and match[1] not in found:
                text = _around(sentence.strip(), counted)
                quote = Quote(one.hit.version, one.hit.number, text)
                found[match[1]] = Statement(text, (quote,))
    return Draft(list(found.values()), as_list=True) if len(found) > 1 else None


def _around(sentence: str, counted: str) -> str:
    """A long sentence, from its start to a little after what is counted."""
    if len(sentence) <= _LONGEST:
        return sentence
    at = sentence.find(counted)
    end = max(sentence.find("，", at + len(counted)), at + len(counted))
    return sentence[max(0, end - _LONGEST) : end]
