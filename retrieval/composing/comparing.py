"""Comparisons: for each side one line, quoted from its own document, or that it does not say."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from foundation.wording import say
from retrieval.answer import Quote
from retrieval.composing.draft import Draft, Statement
from retrieval.composing.signatures import asks_signature, signature_draft
from retrieval.library import Library
from retrieval.question import Question

_JOIN: Final = r"(?:和|与|跟|同|、|以及|\band\b|\bversus\b|\bvs\.?)"
_AFTER: Final = r"(?=，|,|各|分别|对|都|在|就|关于|侧重|有何|有什么|有啥|怎么|如何|的(?:区别|不同|差|异同)|哪|谁|say|differ|treat|approach)"
_SIDES: Final = re.compile(
    rf"(?P<before>.*?[，,：:])?\s*(?P<a>[^，,。？?]{{2,22}}?)\s*{_JOIN}\s*(?P<b>[^，,。？?]{{2,30}}?)\s*{_AFTER}"
    r"(?P<after>.*)$"
)
_SEVERAL: Final = re.compile(
    r"(?:各份|[两二三四五几]+(?:个|份|部|家)|这些|所有)(?P<kind>规划|战略|文件|文档|馆|计划|倡议|材料)?.{0,6}?"
    r"(?:对于?|关于|就|在)(?P<topic>.{2,20}?)(?:方面|问题)?(?:各|分别|都|上|是|怎么|如何|有)"
)
_WORDS: Final = re.compile(
    r"(?:各自|各|分别|都)?(?:打算|准备)?(?:怎么|如何|怎样)(?:做|说|讲|提|看|写|安排|支持|对待|规定)?的?"
    r"|侧重点?|差在哪|有何不同|有什么(?:不同|区别|不一样)|区别(?:在哪|是什么)?|异同|各?用什么办法|各是|[?？。！]"
)
LONGEST: Final = 230

# Finds the best draft for a question inside one document; None when it does not say.
AskOne = Callable[[str, str], Draft | None]


@dataclass(frozen=True, slots=True)
class Sides:
    """What is compared, and in which respect; no names mean: whatever documents speak of it."""

    names: tuple[str, ...]
    topic: str


def sides_of(question: Question) -> Sides | None:
    """The sides of a comparison, or None when the question names none."""
    several = _SEVERAL.search(question.folded)
    if several:
        return Sides((), several["topic"])
    found = _SIDES.match(question.folded)
    if not found:
        return None
    topic = _WORDS.sub(" ", f"{found['before'] or ''} {found['after']}")
    topic = re.sub(r"^(?:讲|说|论|关于|对于?|就|在)|方面|[，,：:]", " ", topic)
    names = tuple(
        re.sub(r"^(?:讲|说|对比|比较|请问)", "", found[side]).strip(" 的") for side in "ab"
    )
    return Sides(names, " ".join(topic.split()))


def compared(
    sides: Sides, versions: list[str], ask: AskOne, library: Library, question: Question
) -> Draft:
    """One line a document; what a document does not say is said."""
    draft = Draft(as_list=True)
    language = question.language
    lacking: list[str] = []
    for version in versions:
        title = library.record(version).title
        part = None
        if asks_signature(question.folded):
            part = signature_draft(version, library, language)
        else:
            part = ask(version, sides.topic)
        if part is None:
            lacking.append(title)
            continue
        lead = (
            ""
            if asks_signature(question.folded)
            else say("answer.compare.row", language, title=title)
        )
        _append(draft, part, lead, language)
    draft.missing = tuple(lacking)
    draft.notes += [say("answer.compare.none", language, title=title) for title in lacking]
    return draft


def _append(draft: Draft, part: Draft, lead: str, language: str) -> None:
    """The statements of one side on one line."""
    texts: list[str] = []
    quotes: list[Quote] = []
    size = 0
    for statement in part.statements:
        if texts and size + len(statement.text) > LONGEST:
            break
        texts.append(statement.text)
        quotes += statement.quotes
        size += len(statement.text)
    draft.statements.append(Statement(lead + _run_on(texts, language), tuple(quotes)))


def _run_on(texts: list[str], language: str) -> str:
    """Sentences after one another, each with a stop before the next."""
    stop, gap = ("；", "") if language == "zh" else (";", " ")
    ended = [
        text if text.endswith(("。", "；", "！", "？", ".", ";")) else text + stop for text in texts
    ]
    return gap.join((*ended[:-1], *texts[-1:]))
