"""Words that an answer holds though its question does not: 负责 for who, 不得超过 for most."""

import re
from dataclasses import dataclass
from typing import Final

from retrieval.question import Question, Shape


@dataclass(frozen=True, slots=True)
class _Cue:
    """When it is asked so, the answer looks so, and these words help to find it."""

    asked: re.Pattern[str]
    looks: re.Pattern[str]
    words: tuple[str, ...] = ()


_CUES: Final = tuple(
    _Cue(re.compile(asked), re.compile(looks), words)
    for asked, looks, words in (
        (
            r"(?:谁|哪个|哪些|哪家|什么)(?:部门|单位|机构|机关|人)?.{0,8}(?:管|负责|主管|监督)|归谁|由谁"
            r"|(?:管|负责|主管).{0,6}(?:谁|哪)|\bresponsible\b|\bin charge\b",
            r"主管(?!部门|人员|机关|单位|的)|负责(?!人)",
            ("主管", "负责"),
        ),
        (
            r"(?:谁|哪个|哪些|哪家|什么)(?:部门|单位|机构|机关|人)?.{0,8}(?:管|负责|主管|监督)|归谁|由谁",
            r"(?:主管|负责)(?:全国|全省|全市|本[国省市县区]|本行政区域|本辖区)",
            (),
        ),
        (
            r"最长|最多|最高|上限|顶多|\bat most\b|\bmaximum\b",
            r"不得超过|不超过|最长|最高|最多|以下|以内|至多|上限",
            ("不得超过",),
        ),
        (
            r"至少|最少|最低|起码|下限|\bat least\b|\bminimum\b",
            r"不得少于|不少于|不得低于|不低于|至少|最低|以上",
            ("不得少于", "不得低于"),
        ),
        (
            r"能不能|可不可以|要不要|准不准|该不该|能否|可否|是否|允许|(?:能|可以|要|准|得|会|需要|必须).{0,16}[吗么]"
            r"|^(?:can|may|must|are|is|do|does)\b",
            r"不得|应当|可以|禁止|严禁|必须|有权|无权|不予",
            (),
        ),
        (
            r"(?:什么|哪些|啥|的)要求|(?:应该?|要|该)(?:怎么|如何|怎样)(?:做|办)|(?:应该?|该|要)做(?:什么|些)|\bshould\b",
            r"(?:^|[，。；：、])(?:要|应|须|必须|充分|牢记|恪守|坚持|加强|发挥|推进|提升|提高|建立|完善|注重|重视|认真|满足)",
            (),
        ),
        (
            r"定位|要(?:建|办|打造)成什么|\bpositioned\b|\bintended to be\b",
            r"打造(?:成为?|为)|建(?:设)?成(?:为)?|定位(?:为|于)|为定位|发展成为",
            ("打造成为",),
        ),
        (
            r"罚|什么后果|怎么处理|怎么处置|追究|违法.{0,6}(?:怎|会)|\bfine[ds]?\b|\bpenalt",
            r"罚款|警告|责令|没收|吊销|处分|追究|处罚",
            ("罚款", "责令"),
        ),
    )
)


def cue_words(question: Question) -> tuple[str, ...]:
    """Words to search for beside the question's own."""
    found = [word for cue in _CUES if cue.asked.search(question.folded) for word in cue.words]
    if question.shape is Shape.DEFINITION and question.subject:
        found += ["所称", "是指"]
    return tuple(dict.fromkeys(found))


def cued(question: Question, text: str) -> float:
    """How far a folded text looks like what is asked for, 0 to 1; 0 when nothing is expected."""
    asked = [cue for cue in _CUES if cue.asked.search(question.folded)]
    if not asked:
        return 0.0
    return sum(bool(cue.looks.search(text)) for cue in asked) / len(asked)
