"""When a document was passed, published, amended or came into force: its own dated lines."""

import re
from collections.abc import Sequence
from typing import Final

from knowledge.document import Kind, Passage
from retrieval.answer import Quote
from retrieval.bridging import Unit
from retrieval.composing.draft import Draft, Statement
from retrieval.folding import fold
from retrieval.library import Library
from retrieval.titles import named_in_english, named_version

_WHEN: Final = re.compile(
    r"什么时候|啥时候|何时|几时|哪一?年|哪一?天|哪月|几月几[号日]|日期|时间|\bwhen\b"
)
# Each act as it is asked for, and as documents write it.
_ACTS: Final = tuple(
    (re.compile(asked), re.compile(stands))
    for asked, stands in (
        (
            r"施行|生效|实施|起效|执行|管用|\b(?:in(?:to)? (?:force|effect)|takes? effect)\b",
            r"施行|生效|实施",
        ),
        (r"公布|颁布|发布|出台|\b(?:promulgated|published|issued)\b", r"公布|颁布|发布"),
        (r"修[订正改]|改过|\b(?:amended|revised)\b", r"修[订正改]"),
        (r"批准", r"批准"),
        (r"通过|\b(?:passed|adopted|enacted)\b", r"通过"),
    )
)
_SMALL: Final = re.compile(
    r"是|的|从|在|由|于|起|后|了|最近|最新|最后|上|一次|第|首次|[一二三四五六1-6]次|开始|正式|被"
    r"|我国|国家|现行|这部|请问|法律|[《》?？。，,！!\s]|[吗呢啊]"
)
_LATEST: Final = re.compile(r"最近|最新|最后|上一?次")
_DATE: Final = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日")
_LONGEST: Final = 140


def enactment_draft(folded: str, library: Library, units: Sequence[Unit] = ()) -> Draft | None:
    """The dated line of a document for the act that is asked for; None when that is not asked.

    `units` are the words of an English question, with what the thesaurus calls them in Chinese.
    """
    if not _WHEN.search(folded):
        return None
    version = named_version(folded, library) or named_in_english(folded, units, library)
    act = _act_asked(folded, version, library) if version else None
    if version is None or act is None:
        return None
    found = [n for n, passage in _dated(version, library) if act.search(fold(passage.text))]
    if not found:
        return None
    number = found[-1] if _LATEST.search(folded) else found[0]
    text = library.passage(version, number).text
    return Draft([Statement(text, (Quote(version, number, text),))])


def _act_asked(folded: str, version: str, library: Library) -> re.Pattern[str] | None:
    """The act, when the question asks for nothing else: the last that it speaks of."""
    rest = folded.replace(library.said_title(version), "").replace("中华人民共和国", "")
    rest = _WHEN.sub("", rest)
    places = {
        n: found.start() for n, (asked, _) in enumerate(_ACTS) if (found := asked.search(rest))
    }
    for number in places:
        rest = _ACTS[number][0].sub("", rest)
    if not places or (not rest.isascii() and _SMALL.sub("", rest)):
        return None
    return _ACTS[max(places, key=lambda n: places[n])][1]


def _dated(version: str, library: Library) -> list[tuple[int, Passage]]:
    """Short paragraphs that give a full date: at the opening, and where it says 自…起施行."""
    reading = library.reading(version)
    return [
        (number, passage)
        for number, passage in enumerate(reading.passages)
        if passage.kind is Kind.PARAGRAPH
        and len(passage.text) <= _LONGEST
        and _DATE.search(fold(passage.text).replace(" ", ""))
    ]
