"""Follow-ups made whole: 那2020年呢, 第二条呢, and the deadline? — by rules, from what was said."""

import re
from dataclasses import dataclass
from typing import Final

from retrieval.folding import fold
from retrieval.question import Question, Shape, core_of

_SHORT: Final = 16
_ENDING: Final = 2
_FEW_WORDS: Final = 7
_YEAR: Final = re.compile(r"(?:19|20)\d{2}(?=年|\b|[^\d])|十[二三四五]五末?")
_SAID_YEAR: Final = re.compile(r"(?:19|20)\d{2}年")
_TAIL: Final = re.compile(r"(?:呢|又如何|怎么样|咋样|又是多少|是多少|多少|如何)?[?？。！!\s]*$")
_OPENING: Final = re.compile(
    r"^(?:那么?|那|还有|另外|然后|再|又|而|以及|以上|这个|这|它|其|该|其中|上面|刚才|"
    r"(?:and|but|so|what about|how about|also|then|its?|their|they|that|this)\b)[，, ]*",
    re.I,
)
_POINTING: Final = re.compile(
    r"^(?:那|这|它|该|其|上述|前者|后者|他们|她们|它们)|(?:它|该|其中|上述|这(?:份|个|项|条|些|篇|部|家)|那(?:份|个|项|条|些|篇|边|部|家))"
    r"|^(?:and|its?|their|they|that|this|those|these|what about|how about)\b",
    re.I,
)
_ORDINAL: Final = re.compile(
    r"^(?:那|那么)?\s*第\s*(?P<n>[一二三四五六七八九十百零两\d]{1,6})\s*(?P<kind>个|条|项|点|种|类|款|章|节|部分|大)?(?P<rest>.*)$"
)
_ENGLISH_ORDINAL: Final = re.compile(
    r"^(?:and |what about |how about )?the (first|second|third|fourth|fifth|sixth|\d+(?:st|nd|rd|th))"
    r"(?: one)?\W*$",
    re.I,
)
_ENGLISH_NUMBERS: Final = ("first", "second", "third", "fourth", "fifth", "sixth")
_NUMBERED: Final = re.compile(
    r"(?P<word>[\u4e00-\u9fff]{2,8}?|impact area|area)\s?(?P<n>[一二三四五六七八九十\d]{1,2})(?=[^\d年月日个条项种类万亿%]|$)"
)
_ASKED: Final = re.compile(
    r"(?:的)?(?:是什么|是啥|有哪些|有哪几[个条项]?|是多少|多少|讲什么|讲了什么|说什么|说了什么|怎么样|怎么.*|如何.*|"
    r"现?在?还(?:能|可以)?(?:报名|申报|申请|参加|有效|管用)[吗不]?|(?:是否|是不是)?已?经?(?:过期|截止|失效)了?[吗没]?有?|"
    r"是哪.*|要达到.*|对吧|吗|呢|指什么|是谁.*|怎样.*)[?？。！!]*$"
)
_CHANGE: Final = re.compile(
    r"(?:增长|增加|提高|上升|上涨|涨|下降|减少|变化|相?差)了?(?:多少|几)|how much (?:more|less)"
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_EMPTY: Final = re.compile(r"[有是的了在会能要做个人事方么]")
_NAME: Final = re.compile(
    r"《[^《》]+》|“[^“”]{2,30}”|[\u4e00-\u9fff]{2,14}(?:战略|规划|计划|倡议书?|通知|论文|条例|办法|规定|法|项目|图书馆|新馆|学会|论坛|学习村)"
    r"|[A-Z][A-Za-z]+(?:[ -][A-Z0-9][A-Za-z0-9-]*)*"
)


@dataclass(frozen=True, slots=True)
class Resolved:
    """A question that stands on its own, and whether it leant on an earlier one."""

    text: str
    leans: bool
    topic: str = ""
    # It says itself that it leans: 那…, …呢, 第二条; not merely short.
    plainly: bool = False


# A question that begins with a document of its own leans on nothing.
_DOCUMENT: Final = re.compile(
    r"(?:《[^》]+》|[^，。？?这那它该此]{0,6}(?:倡议书?|战略|规划|论文|通知|方案|申请表))"
    r"(?:里|中|上|提|说|讲|要|有|对|的|是|怎|把|分|共|写|规定|到)"
)


def resolve(before: str, turn: str) -> Resolved:
    """A turn, completed from the question before it where it cannot stand alone."""
    # Somebody who asks the very same again wants it answered, not added to itself.
    if before and fold(turn.strip()) != fold(before) and needs_more(turn):
        whole = _complete(before, turn.strip())
        rest = _OPENING.sub("", turn.strip())
        topic = whole.removesuffix(rest) if rest else ""
        return Resolved(whole, leans=True, topic=topic, plainly=_points(turn.strip()))
    return Resolved(turn.strip(), leans=False)


def asks_the_change(turn: str) -> bool:
    """增长了多少: what was answered with the figures of two years answers this too."""
    return bool(_CHANGE.search(turn))


def ordinal_of(turn: str) -> int | None:
    """The number in 第二条呢 and “the second one”, when a turn asks for nothing more."""
    english = _ENGLISH_ORDINAL.match(turn.strip())
    if english:
        word = english[1].lower()
        if word in _ENGLISH_NUMBERS:
            return _ENGLISH_NUMBERS.index(word) + 1
        return int(word[:-2])
    found = _ORDINAL.match(turn.strip())
    if not found or not re.fullmatch(
        r"[的，, ]*(?:呢|是什么|是啥|讲什么|说什么|是?[做干](?:什么|啥|嘛|吗)用?的|怎么样|内容|具体|详细|说说)*[?？。]*",
        found["rest"],
    ):
        return None
    return int(re.sub(r"\D", "", fold(f"第{found['n']}条")) or 0)


def needs_more(turn: str) -> bool:
    """Does a turn lean on what was asked before: too short, pointing, or naming nothing?"""
    text = turn.strip()
    if _points(text):
        return True
    if _NAME.search(text) or _DOCUMENT.match(text):
        return False
    words = len(text.split()) if text.isascii() else len(text)
    return words <= (_FEW_WORDS if text.isascii() else _SHORT)


def _points(text: str) -> bool:
    """Does a turn say itself that it goes on from what was asked before?"""
    if _ORDINAL.match(text) or _ENGLISH_ORDINAL.match(text) or _POINTING.search(text):
        return True
    if text.isascii() and re.search(r"\b(?:it|they|them)\b", text, re.I):
        return len(text.split()) <= _FEW_WORDS
    return bool(re.search(r"呢[?？。]*$", text)) and len(text) <= _SHORT


def words_of_its_own(turn: str) -> int:
    """How much a turn says besides asking: its Chinese characters, two for an English word."""
    folded = fold(turn)
    core = core_of(folded, "zh" if _HAN.search(folded) else "en")
    return len(_HAN.findall(_EMPTY.sub("", core))) + 2 * len(re.findall(r"[a-z0-9]+", core))


def is_term(question: Question) -> bool:
    """Is it a word by itself, or a question for what one means? Then it asks for that alone."""
    return question.shape is Shape.DEFINITION or question.core == question.folded.strip("?？。 ")


def _complete(before: str, turn: str) -> str:
    return (
        _with_ordinal(before, turn)
        or _with_year(before, turn)
        or _with_other_topic(before, turn)
        or _appended(before, turn)
    )


def _with_ordinal(before: str, turn: str) -> str | None:
    """第二个呢 after 影响力领域1讲什么 asks for 影响力领域2; after a list, for its second member."""
    found, english = _ORDINAL.match(turn), _ENGLISH_ORDINAL.match(turn)
    if english:
        word = english[1].lower()
        number = str(_ENGLISH_NUMBERS.index(word) + 1) if word in _ENGLISH_NUMBERS else word[:-2]
    elif found:
        number = found["n"]
    else:
        return None
    article = re.search(r"第[一二三四五六七八九十百零〇两\d]{1,6}条", before)
    if article and found and found["kind"] == "条":
        return before.replace(article.group(), f"第{number}条", 1)
    numbered = _NUMBERED.search(before)
    rest = found["rest"] if found else ""
    asks = re.sub(r"^[的，, ]|呢|是什么|是啥|[?？]", "", rest)
    if numbered and not re.search(r"哪些|有哪|几[个条项大]", before):
        arabic = fold(f"第{number}条")[1:-1]
        return before[: numbered.start("n")] + arabic + before[numbered.end("n") :] + asks
    topic = _topic(before)
    kind = (found["kind"] if found else None) or "个"
    return f"{topic}第{number}{kind}{asks}" if not english else f"{topic} 第{number}个"


def _with_year(before: str, turn: str) -> str | None:
    """那2020年呢: the same question for another year."""
    asked = _YEAR.search(turn)
    bare = _TAIL.sub("", _OPENING.sub("", turn)).strip("，, ")
    if not asked or len(re.sub(r"[年\s]|目标|实际|现状", "", bare)) > len(asked.group()) + 2:
        return None
    if _YEAR.search(before):
        return _YEAR.sub(asked.group(), before, count=1)
    return f"{asked.group()}年{before}"


def _with_other_topic(before: str, turn: str) -> str | None:
    """年人均外借呢, 孤山路那边呢: the new subject in the place of the old, in the same document."""
    if not re.search(r"呢[?？。!！]*$", turn):
        return None
    new = re.sub(r"(?:那边|这边|那里|那个|方面)?呢[?？。!！]*$", "", _OPENING.sub("", turn)).strip(
        "，, "
    )
    if not new:
        return None
    owner = re.match(r"[^，。的]{2,20}(?=的)", before)
    old = _NAME.search(before) or owner
    if old and (_NAME.search(new) or re.search(r"[路馆区楼市省县村镇]$", new)):
        return before.replace(old.group(), new, 1)
    asked = _ASKED.search(before)
    like = before.rfind(new[-2:]) if len(new) > _ENDING and not asked else -1
    tail = asked.group() if asked else before[like + 2 :].strip("?？。 ") if like >= 0 else ""
    return f"{_names(before)}{new}{tail}"


def _appended(before: str, turn: str) -> str:
    """What was spoken of, then the new question."""
    rest = _OPENING.sub("", turn)
    space = " " if rest.isascii() else "，"
    topic = _topic(before)
    if _SAID_YEAR.search(rest):
        topic = _SAID_YEAR.sub("", topic)
    return f"{topic}{space}{rest}"


def _topic(question: str) -> str:
    """A question without its asking: what it is about."""
    topic = _ASKED.sub("", question.strip().rstrip("?？。!！"))
    return topic.rstrip("，, 的") or question


def _names(question: str) -> str:
    """The institution or document that a question names, which the next one keeps."""
    found = _NAME.search(question)
    year = _YEAR.search(question)
    named = found.group() if found else ""
    return f"{named}{year.group() + '年' if year and year.group()[0].isdigit() else ''}"
