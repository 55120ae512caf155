"""Lengths: what fits on the screen of a phone, and how many minutes it takes to read."""

import re
from collections.abc import Iterator
from typing import Final

from training_modules.agenda import NEW_ITEMS
from training_modules.checking.texts import at, at_said, texts_of
from training_modules.fault import Fault
from training_modules.module import Item, Module

# The most that a text may have: Chinese characters, English characters.
MOST: Final = {
    "title": (30, 80), "objective": (60, 160), "card": (350, 1200), "prompt": (120, 350),
    "task": (200, 600), "option": (40, 120), "feedback": (200, 500), "explanation": (200, 500),
}  # fmt: skip
_LEAST_FEEDBACK: Final = (6, 15)
_PER_MINUTE: Final = {"zh": 300, "en": 190}
_MINUTES_AN_ITEM: Final = 0.3
_WORD: Final = re.compile(r"\w+(?:['’-]\w+)*")
_BLANK: Final = re.compile(r"[\s*]+")


def lengths(module: Module) -> Iterator[Fault]:
    for said in texts_of(module):
        for n, language in enumerate(("zh", "en")):
            size, most = length(said.text.of(language), language), MOST[said.kind][n]
            if size > most:
                yield at_said(module, "text.long", said, code=language, size=size, most=most)
            if said.kind == "feedback" and 0 < size < _LEAST_FEEDBACK[n]:
                yield at_said(module, "feedback.thin", said, code=language)


def length(text: str, language: str) -> int:
    """Of Chinese the characters without blanks; of English all that stands there."""
    return len(_BLANK.sub("", text)) if language == "zh" else len(text.replace("**", ""))


def reading_time(module: Module) -> Iterator[Fault]:
    """The time said must be about the time it takes, in either language."""
    needed = [minutes_of(module, language) for language in ("zh", "en")]
    shortest, longest = min(needed), max(needed)
    if longest > module.minutes * 1.5 + 0.5:
        yield at(module, "minutes.more", "minutes", said=module.minutes, needed=f"{longest:.1f}")
    if shortest < module.minutes * 0.4:
        yield at(module, "minutes.less", "minutes", said=module.minutes, needed=f"{shortest:.1f}")


def minutes_of(module: Module, language: str) -> float:
    """Reading the cards and the task, reading and answering the items of a first lesson."""
    amount = sum(_amount(card.text.of(language), language) for card in module.cards)
    amount += sum(_amount(task.prompt.of(language), language) for task in module.tasks)
    items = sorted((_of_item(item, language) for item in module.practice), reverse=True)
    asked = items[:NEW_ITEMS]
    return (amount + sum(asked)) / _PER_MINUTE[language] + len(asked) * _MINUTES_AN_ITEM


def _of_item(item: Item, language: str) -> int:
    """Its question and options, and the longest feedback, for one is shown."""
    read = [item.prompt.of(language), item.explanation.of(language)]
    read += [option.text.of(language) for option in item.options]
    feedback = [_amount(option.feedback.of(language), language) for option in item.options]
    return sum(_amount(text, language) for text in read) + max(feedback, default=0)


def _amount(text: str, language: str) -> int:
    return len(_WORD.findall(text)) if language == "en" else length(text, language)
