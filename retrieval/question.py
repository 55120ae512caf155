"""What a question asks: its language, its shape, and what must stand in any answer to it."""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from retrieval.folding import fold, number_of


class Shape(StrEnum):
    """What kind of answer is asked for."""

    FACT = "fact"
    FIGURE = "figure"
    WHEN = "when"
    WHO = "who"
    LIST = "list"
    DEFINITION = "definition"
    COMPARE = "compare"
    VALIDITY = "validity"


@dataclass(frozen=True, slots=True)
class Question:
    """A question, taken apart; `core` is what is left when the asking itself is taken out."""

    text: str
    folded: str
    language: str
    shape: Shape
    core: str
    years: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    ordinals: tuple[str, ...] = ()
    unit: str = ""
    ordinal: int | None = None
    count: int | None = None
    subject: str = ""
    focus: str = ""
    topic: str = ""


# The words of asking, which no document needs to hold. Longer ones first.
_ASKING: Final = re.compile(
    r"(?:请问|麻烦|帮我|帮忙|我想知道|想知道|想问一?下|我想问|告诉我|说说|讲讲|介绍一?下|查一?下|列一?下"
    r"|眼下|目前|现如今|如今|当下|到现在|截至目前|列出|给我|一共|总共|到底|究竟|具体|分别|各自|主要是|"
    r"(?:要|应|将|需)?(?:达到|达)(?=多少|几)|是什么意思|什么意思|什么是|什么叫做?|何谓|是什么|是啥|有哪些|有哪几|是哪些|是哪几|有什么|有啥|指什么|指的是|指谁|指哪|"
    r"为什么|为啥|为何|凭什么|怎么样|怎么办|怎么|怎样|如何|咋整|咋办|咋|什么样|什么时候|啥时候|什么|啥|"
    r"哪一年|哪年|哪天|哪月|哪个|哪些|哪几|哪里|哪儿|哪位|哪种|哪|谁|何时|何地|"
    r"百分之几|百分之多少|多少|几个|几条|几项|几种|几家|几次|几年|几月|几号|几类|几大|几本|几册|几张|几遍|多大|多长|多久|多高|"
    r"是不是|有没有|能不能|可不可以|要不要|会不会|行不行|算不算|对不对|"
    r"(?<![网酒书茶氧])[吗呢吧啊呀嘛么哈哦哟呗啦](?=\W|$|[吗呢吧啊呀嘛么])|[?？!！。，,、；;：:“”\"'‘’()（）【】\[\]…~～])"
)
_ENGLISH_ASKING: Final = re.compile(
    r"\b(?:what|which|who|whom|whose|when|where|why|how|many|much|does|do|did|is|are|was|were|be|been|"
    r"the|a|an|of|to|in|on|for|by|with|and|or|that|this|these|those|it|its|as|at|from|about|into|"
    r"can|could|will|would|should|shall|may|might|must|has|have|had|there|their|they|we|our|you|your|i|me|"
    r"please|tell|give|say|says|said|s|any|some|if|so|than|then|not|no|yes|up|out|per|meant)\b"
)
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_YEAR: Final = re.compile(r"(?<!\d)((?:19|20)\d{2})(?!\d)")
_TITLE: Final = re.compile(r"《([^《》]{2,60})》")
_ORDINAL: Final = re.compile(r"第(\d{1,3})(届|次|批|期|版|号)")
_ASKED_ORDINAL: Final = re.compile(
    r"第(\d{1,3})(?:个|条|项|点|种|类|款|章|节|部分|大)?|\b(\d{1,2})(?:st|nd|rd|th)\b"
)
_UNIT: Final = re.compile(
    r"多少(?:个)?([\u4e00-\u9fff]{1,3}|[a-z]{1,4})|几([个家名位本册种条项次年月天日号人类])"
)
_FLAGS: Final = re.I
_COUNT: Final = re.compile(
    r"(?:哪|这|那|的)?([二两三四五六七八九十]|\d{1,2})(?:大|个|条|项|种|类|点|步|位|家|处|方面|份|本|句|个方面)"
    r"|\b(two|three|four|five|six|seven|eight|nine|ten)\b"
)
_SUBJECT: Final = re.compile(
    r"(?:什么是|什么叫做?|啥叫|何谓|何为|啥是|怎么理解|如何理解)(?P<a>.+?)[?？。吗呢]*$"
    r"|^(?P<b>.+?)(?:是什么意思|是什么|是啥意思|是啥|指什么|指的是什么|指谁|怎么定义|如何定义|的定义|怎么界定|的含义)"
    r"|^\W*what (?:is|are|does)(?: an?| the)? (?P<c>[a-z -]{3,40}?)(?: mean)?\W*$"
)
_WITHIN: Final = re.compile(
    r"^.*(?:里面?的?|[法例定则书]上的|中的|所说的?|所称的?|所指的?|规定的)(?=.)"
)
_HOLDER: Final = re.compile(
    r"([\u4e00-\u9fff]{0,8}?(?:主席|馆长|会长|秘书长|主任|院长|校长|局长|部长|处长|科长|书记|理事长|负责人|作者"
    r"|创始人|主编|法人|所长|总裁|经理|市长|省长))(?:(?:目前|现在)?是谁|叫什么名?字?|姓什么|姓甚|是哪位|是何人)"
)
_FOCUS: Final = re.compile(
    r"(?:哪些|有什么|有啥|哪(?:[一二两三四五六七八九十几]|\d+)(?:大|个|条|项|种|类|点|步|位|家|处|方面|份)?"
    r"|几(?:大|个|条|项|种|类|点|步|位|家|处|方面))(?:具体|主要|重要|的)?([\u4e00-\u9fff]{2,8})"
)
_FOCUS_BEFORE: Final = re.compile(
    r"([\u4e00-\u9fff]{2,8}?)(?:都|主要|具体)?(?:有哪些|有哪几|是哪些|是哪几|包括哪些|包含哪些|有什么|有啥)"
)
_ENGLISH_FOCUS: Final = re.compile(
    r"\b(?:which|what)(?: (?:two|three|four|five|six|main|key))*? ([a-z]{4,}(?: [a-z]{4,})?)\b"
)
_WORD_NUMBERS: Final = {
    w: n
    for n, w in enumerate(
        ["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 2
    )
}

_SHAPES: Final = tuple(
    (shape, re.compile(pattern, _FLAGS))
    for shape, pattern in (
        (
            Shape.VALIDITY,
            r"还能(?:报名|申报|申请|参加)|还有效|有效期|过期|还管用|失效|现在还|截止了|来得及"
            r"|\b(?:still|expired|in force|too late)\b",
        ),
        (
            Shape.COMPARE,
            r"各(?:自|是|由|归|对|怎么|如何|有|用|打算|提|讲|在)|分别(?:怎么|如何|是怎|提|说|讲)|区别|异同|不同之处|对比|比较一?下|相比"
            r"|侧重点?差|有何不同|有什么不一样|哪里不一样|\b(?:compare|differ|difference|versus|vs)\b",
        ),
        (
            Shape.FIGURE,
            r"多少|百分之几|几个百分点|占比是|比例是|数值|指标值|多大面积|几(?:万|亿|千|百|倍|成|TB|年|个月|天|小时|分钟|岁|名|人|本|册|次|张|遍|元|块钱)(?![月日号])"
            r"|\bhow (?:many|much|large|big|often)\b|\bpercentage\b|\bper capita\b|\bfigures?\b",
        ),
        (
            Shape.WHEN,
            r"什么时候|啥时候|何时|哪一?年|哪天|哪一天|几月|几号|几点|日期|截止时间|期限|多久|多长时间"
            r"|\b(?:when|deadline|what year|which year|what date|how long)\b",
        ),
        (
            Shape.LIST,
            r"哪些|哪几|哪[二三四五六七八九十两]|几(?:条|项|个|类|种|点|大|方面|步|家|处)|分别是|都有|有什么|有啥|列出|列举|一共提"
            r"|哪.{0,3}(?:措施|任务|条件|要求|权利|挑战|机遇)|\b(?:which|what) (?:\w+ ){0,2}"
            r"(?:areas|values|goals|rights|requirements|principles|indicators|challenges|steps|ways"
            r"|measures|services|features|reasons|points|items)\b|\blist\b",
        ),
        (
            Shape.WHO,
            r"谁|哪位|哪个(?:单位|机构|部门|组织|委员会|学会|公司|人)|哪家|何人|叫什么名字|由.{0,6}负责"
            r"|\bwho(?:se|m)?\b",
        ),
        (
            Shape.DEFINITION,
            r"什么是|什么叫|啥叫|是什么意思|是什么$|是啥$|指什么|指的是|怎么(?:定义|界定|算|理解)|如何(?:定义|界定|理解)|含义|定义|概念"
            r"|是干什么的|是做什么的|\bwhat (?:is|are|does .* mean)\b|\bdefin",
        ),
    )
)  # fmt: skip


def analyse(text: str, topic: str = "") -> Question:
    """Take a question apart; `topic` is the part of it that was spoken of before."""
    folded = fold(text.strip())
    language = "zh" if _HAN.search(folded) else "en"
    unit = _UNIT.search(folded)
    asked = _ASKED_ORDINAL.search(folded)
    return Question(
        text=text.strip(),
        folded=folded,
        language=language,
        shape=_shape(folded),
        core=core_of(folded, language),
        years=tuple(dict.fromkeys(_YEAR.findall(folded))),
        titles=tuple(dict.fromkeys(_TITLE.findall(folded))),
        ordinals=tuple(m.group() for m in _ORDINAL.finditer(folded)),
        unit=next((g for g in unit.groups() if g), "") if unit else "",
        ordinal=int(asked[1] or asked[2]) if asked else None,
        count=_count(folded),
        subject=_subject(folded),
        focus=_focus(folded),
        topic=fold(topic),
    )


def _count(folded: str) -> int | None:
    """How many things a list question says there are: 哪四大挑战 says four."""
    found = _COUNT.search(folded)
    if not found:
        return None
    if found[2]:
        return _WORD_NUMBERS[found[2]]
    return int(found[1]) if found[1].isdigit() else number_of(found[1])


def _subject(folded: str) -> str:
    """What a definition question wants defined."""
    found = _SUBJECT.search(folded)
    if not found:
        return ""
    if found["c"]:
        return found["c"]
    named = _WITHIN.sub("", found["a"] or found["b"])
    return re.sub(r"[“”\"'《》的?？\s]", "", named)


def _focus(folded: str) -> str:
    """The kind of thing a question wants: 哪些专业联盟 wants 专业联盟, 哪四大挑战 wants 挑战."""
    found = _FOCUS.search(folded) or _ENGLISH_FOCUS.search(folded)
    if not found:
        before = _FOCUS_BEFORE.search(folded)
        return re.sub(r"^.*(?:的|中|里)", "", before[1])[-4:] if before else ""
    return re.sub(r"(?:跟|和|与|来|去|是|能|可|要|在|的|被|给|对|做|有).*$", "", found[1])[:6]


def holder_of(folded: str) -> str:
    """The office or part whose holder is asked for: 主席是谁, 馆长叫什么名字."""
    found = _HOLDER.search(folded)
    return re.sub(r"^.*(?:的|现在|现任|目前|如今)", "", found[1])[-4:] if found else ""


def core_of(folded: str, language: str) -> str:
    """The question without the words of asking."""
    core = _ASKING.sub(" ", folded)
    if language == "en":
        core = _ENGLISH_ASKING.sub(" ", core)
    return re.sub(r"\s+", " ", core).strip()


def _shape(folded: str) -> Shape:
    return next((shape for shape, pattern in _SHAPES if pattern.search(folded)), Shape.FACT)
