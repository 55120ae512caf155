"""Wording: no “all of the above”, negatives that stand out, objectives one can observe."""

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from training_modules.checking.texts import at
from training_modules.fault import Fault
from training_modules.module import Item, ItemType, Module

_ALL_OF_THEM: Final = re.compile(
    r"(?:以上|上述|上面|前面|前述)(?:几项|各项|选项|所有|三项|两项|这些)?(?:都|均|皆|全)(?:是|对|不|正确|错|包括)?"
    r"|(?:以上|上述)(?:全部|皆非|均不)"
    r"|\b(?:all|none|both|neither|any) of the (?:above|options|answers)\b"
    r"|\ball (?:the )?above\b",
    re.I,
)
_NEGATIVE_ZH: Final = re.compile(
    r"(?:哪|下列|以下|下面|何者)[^，。？！?!]*?"
    r"(?P<no>不属于|不包括|不包含|不是|不正确|不对|不符合|不应|不该|不宜|不能|不必|不需要|不合适|不恰当|不妥|"
    r"没有|并非|错误|有误|最不)"
    r"|(?P<no2>不属于|不包括|不包含|不符合|不正确|错误|有误|不妥)(?:[^，。？！]{0,12})的(?:是|一项)"
)
_NEGATIVE_EN: Final = re.compile(
    r"\bwhich\b[^.?!,;:]*?\b(?:is|are|was|were|does|do|did|would|should|can|must|may|has|have)"
    r"(?:\s+[\w'’-]+){0,4}?\s+(?P<no>not)\b"
    r"|\b(?:which|what)\b[^.?!,;:]*?\b(?P<no2>except|incorrect|least|isn['’]t|aren['’]t)\b",
    re.I,
)
_BOLD: Final = re.compile(r"\*\*.+?\*\*", re.S)
_CHOOSING: Final = frozenset({ItemType.CHOICE, ItemType.MULTI})
_VERBS: Final = Path(__file__).with_name("verbs.yaml")
# What may stand before the verb of an objective.
_OPENING_ZH: Final = re.compile(
    r"^(?:学员|您|你)?(?:能够|能|会|可以)?(?:用自己的话|独立|准确|正确|快速|当场|当面|简要)?地?"
)
_OPENING_EN: Final = re.compile(r"(?:(?:be able to|can|you can|to)\s+)?([A-Za-z]+)", re.I)


@cache
def _verbs(language: str) -> tuple[str, ...]:
    import yaml

    return tuple(str(yaml.safe_load(_VERBS.read_text("utf-8"))[language]).split())


def wording(module: Module) -> Iterator[Fault]:
    for item in module.items:
        yield from _all_of_them(module, item)
        if item.type in _CHOOSING:
            yield from _negative(module, item)
    for n, objective in enumerate(module.objectives, 1):
        if objective.zh and not observable_zh(objective.zh):
            yield at(module, "objective.verb", f"objectives {n}", code="zh", said=objective.zh[:12])
        if objective.en and not observable_en(objective.en):
            said = objective.en.split(" ")[0]
            yield at(module, "objective.verb", f"objectives {n}", code="en", said=said)


def _all_of_them(module: Module, item: Item) -> Iterator[Fault]:
    for option in item.options:
        if _ALL_OF_THEM.search(option.text.zh) or _ALL_OF_THEM.search(option.text.en):
            place = f"{item.id} {option.id}"
            yield at(module, "options.all", place, id=item.id, option=option.id)


def _negative(module: Module, item: Item) -> Iterator[Fault]:
    for language, pattern in (("zh", _NEGATIVE_ZH), ("en", _NEGATIVE_EN)):
        prompt = item.prompt.of(language)
        found = pattern.search(_BOLD.sub("", prompt))
        if found:
            place = f"{item.id} {language}"
            yield at(module, "prompt.negative", place, id=item.id, word=found["no"] or found["no2"])


def observable_zh(objective: str) -> bool:
    """Begins with what somebody can be seen to do."""
    return _OPENING_ZH.sub("", objective).startswith(_verbs("zh"))


def observable_en(objective: str) -> bool:
    found = _OPENING_EN.match(objective)
    return found is not None and found[1].casefold() in _verbs("en")
