"""The names of a sentence, and those that its evidence does not hold: a model adds no names."""

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Final

from retrieval.folding import fold, letters
from retrieval.gate import places

# From a folded text, the other names of what it names: (name as it stands there, other names).
OtherNames = Callable[[str], Iterable[tuple[str, tuple[str, ...]]]]

_TITLE: Final = re.compile(r"《([^《》]{1,80})》")
_QUOTED: Final = re.compile(r"[“\"「『]([^“”\"「」『』]{2,80})[”\"」』]")
_LATIN: Final = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:&[A-Za-z0-9]+)*")
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_CALENDAR: Final = frozenset(
    [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "i",
        "ad",
        "bc",
    ]
)
# Words that titles and offices are made of; a capital does not make them names.
_OF_TITLES: Final = """
    academic act action agenda annual area areas article articles assembly association
    associations board branch center central centre chair chairman chinese city code college
    committee conference congress convention council declaration department development
    director directors district division document education federation five forum framework
    fund general goal goals government group guarantee guidelines impact initiative
    institute institution international law learning lecture librarian librarians libraries
    library meeting minister ministry municipal museum national notice office organisation
    organization outcome partnership party people period plan policy president program
    programme project province provincial public regional regulation regulations report
    republic research resolution rules school secretary section sections senior service
    services society standard standards state statement strategic strategy thought training
    trial university urban vision year
"""
_TITLE_WORDS: Final = frozenset(_OF_TITLES.split())
_OFFICES: Final = (
    "馆长|主席|会长|理事长|秘书长|院长|校长|书记|主任|局长|部长|厅长|总裁|经理|教授|研究员|博士|先生|女士"
    "|同志|老师"
)
_SURNAMES: Final = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜谢邹喻苏潘葛范彭郎鲁韦马方俞任袁柳"
    "史唐薛雷贺倪汤罗毕郝安常于傅康余顾孟黄穆萧尹姚邵汪毛狄戴宋庞熊纪舒项董梁杜阮蓝季贾路江童颜郭梅林"
    "钟徐邱骆高夏蔡田樊胡霍虞万管卢莫房丁邓洪包石崔吉程邢裴陆翁段侯武刘龙叶黎白赖乔谭温廖耿易曾欧"
)
_PERSON: Final = re.compile(
    rf"(?P<before>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})(?={_OFFICES})"
    rf"|(?:{_OFFICES})(?:是|为|叫|由|：|:|\s)*(?P<after>[{_SURNAMES}][\u4e00-\u9fff]{{1,2}})"
    r"(?=$|[，。；、（）\s]|说|表示|指出|认为|担任|提出|任)"
)


def stray_names(sentence: str, quoted: str, around: str, others: OtherNames) -> list[str]:
    """Titles, words in quotation marks, Latin names, places and persons found nowhere else."""
    evidence = f"{quoted}\n{around}"
    folded, spelled = fold(evidence), letters(evidence)
    strays = [name for name in _spelled_out(sentence, quoted) if letters(name) not in spelled]
    known = {_singular(word) for word in _LATIN.findall(evidence)}
    for name in bridged(sentence, folded, others):
        known |= {_singular(word) for word in _LATIN.findall(name)}
    strays += [name for name in _latin_names(sentence) if _singular(name) not in known]
    strays += [name for name in _han_names(fold(sentence)) if name not in folded]
    return strays


def bridged(sentence: str, evidence: str, others: OtherNames) -> list[str]:
    """The terms of a sentence, folded, that the folded evidence holds by another name."""
    return [
        name for name, other_names in others(fold(sentence))
        if any(other in evidence for other in other_names)
    ]  # fmt: skip


def _spelled_out(sentence: str, quoted: str) -> Iterator[str]:
    """What claims to be written so; a translation of it cannot be."""
    for pattern in (_TITLE, _QUOTED):
        for match in pattern.finditer(sentence):
            if _HAN.search(match[1]) or not _HAN.search(quoted):
                yield match[1]


def _latin_names(sentence: str) -> Iterator[str]:
    """In a Chinese sentence every Latin word; in an English one what is written like a name."""
    is_english = not _HAN.search(sentence)
    for match in _LATIN.finditer(sentence):
        word = match.group()
        if len(word) == 1 or word.casefold() in _CALENDAR | _TITLE_WORDS:
            continue
        if not is_english or _written_like_a_name(word, sentence[: match.start()]):
            yield word


def _written_like_a_name(word: str, before: str) -> bool:
    if sum(c.isupper() for c in word) >= 2:
        return True
    opens = not before.strip(" \"“”'‘’(") or bool(re.search(r"[.!?:;]\W*$", before))
    return word[0].isupper() and not opens


def _singular(word: str) -> str:
    folded = word.casefold()
    return folded[:-1] if len(folded) > 3 and folded.endswith("s") else folded


def _han_names(folded: str) -> Iterator[str]:
    for place in places():
        if place in folded:
            yield place
    for match in _PERSON.finditer(folded):
        yield match["before"] or match["after"]
