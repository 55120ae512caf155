"""Moodle XML out: a category for each module, a question for each item."""

from collections.abc import Iterable, Iterator
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from training_modules.interchange.loss import Losses
from training_modules.interchange.rich_text import both_as_html, plain
from training_modules.interchange.tagging import tag_of
from training_modules.module import Bilingual, Item, ItemType, Module, Option

_CHOOSING: Final = frozenset(
    {ItemType.CHOICE, ItemType.MULTI, ItemType.TRUE_FALSE, ItemType.DILEMMA}
)
_WRITING: Final = frozenset({ItemType.REFLECTION, ItemType.APPLICATION})
# The shares of a grade that Moodle knows.
_SHARES: Final = (
    100.0, 90.0, 83.33333, 80.0, 75.0, 70.0, 66.66667, 60.0, 50.0, 40.0, 33.33333, 30.0, 25.0, 20.0,
    16.66667, 14.28571, 12.5, 11.11111, 10.0, 5.0, 0.0,
)  # fmt: skip


def moodle_xml(modules: Iterable[Module], languages: tuple[str, ...], losses: Losses) -> str:
    """All items of these modules as a question bank."""
    parts = ['<?xml version="1.0" encoding="UTF-8"?>', "<quiz>"]
    for module in modules:
        category = f"$course$/top/LibCoach/{module.track}/{module.id}"
        parts.append(
            f'<question type="category"><category><text>{escape(category)}</text></category>'
            f'<info format="html"><text>{_text(module.title, languages)}</text></info></question>'
        )
        if module.cards:
            losses.add(module.id, "cards", str(len(module.cards)))
        for item in module.items:
            parts += _question(module, item, languages, losses)
    return "\n".join([*parts, "</quiz>", ""])


def _question(
    module: Module, item: Item, languages: tuple[str, ...], losses: Losses
) -> Iterator[str]:
    kind = _kind(item)
    if kind is None:
        losses.add(f"{module.id}/{item.id}", "type", str(item.type))
        return
    if item.type is ItemType.ORDER and any(o.feedback != Bilingual("", "") for o in item.options):
        losses.add(f"{module.id}/{item.id}", "feedback")
    yield f'<question type="{kind}">'
    yield f"<name><text>{escape(f'{module.id}/{item.id}')}</text></name>"
    yield f'<questiontext format="html"><text>{_text(item.prompt, languages)}</text></questiontext>'
    explanation = _text(item.explanation, languages)
    yield f'<generalfeedback format="html"><text>{explanation}</text></generalfeedback>'
    yield f"<defaultgrade>1</defaultgrade><idnumber>{escape(item.id)}</idnumber>"
    yield from _answers(item, languages)
    yield f"<tags><tag><text>{escape(tag_of(item))}</text></tag></tags>"
    yield "</question>"


def _kind(item: Item) -> str | None:
    if item.type in _CHOOSING:
        return "multichoice"
    if item.type in _WRITING:
        return "essay"
    if item.type is ItemType.NUMERIC and item.number is not None:
        return "numerical"
    return "matching" if item.type is ItemType.ORDER else None


def _answers(item: Item, languages: tuple[str, ...]) -> Iterator[str]:
    if item.type in _CHOOSING:
        single = "false" if item.type is ItemType.MULTI else "true"
        yield f"<single>{single}</single><shuffleanswers>0</shuffleanswers>"
        yield "<answernumbering>abc</answernumbering>"
        for option in item.options:
            yield _answer(_text(option.text, languages), share_of(item, option), option, languages)
    elif item.type is ItemType.ORDER:
        yield from _in_order(item, languages)
    elif item.number is not None:
        number = item.number
        yield f'<answer fraction="100" format="moodle_auto_format"><text>{number.value!r}</text>'
        yield f"<tolerance>{number.tolerance!r}</tolerance></answer>"
        unit = Bilingual(number.unit.zh, number.unit.en)
        if unit != Bilingual("", ""):
            name = escape(plain(f"{unit.zh}|{unit.en}"))
            yield "<units><unit><multiplier>1</multiplier>"
            yield f"<unit_name>{name}</unit_name></unit></units>"


def _answer(text: str, share: float, option: Option, languages: tuple[str, ...]) -> str:
    feedback = _text(option.feedback, languages)
    return (
        f'<answer fraction={quoteattr(f"{share:g}")} format="html"><text>{text}</text>'
        f'<feedback format="html"><text>{feedback}</text></feedback></answer>'
    )


def _in_order(item: Item, languages: tuple[str, ...]) -> Iterator[str]:
    """An order as pairs of place and option, which every Moodle has."""
    yield "<shuffleanswers>1</shuffleanswers>"
    options = [option for one in item.key if (option := item.option(one)) is not None]
    for n, option in enumerate(options, 1):
        answer = _text(option.text, languages)
        yield f'<subquestion format="html"><text>{n}</text>'
        yield f"<answer><text>{answer}</text></answer></subquestion>"


def share_of(item: Item, option: Option) -> float:
    """What an option is worth, of a hundred; in a multi a wrong one takes as a right one gives."""
    if item.type is ItemType.DILEMMA:
        return nearest(option.score * 100)
    if item.type is not ItemType.MULTI:
        return 100.0 if option.id in item.key else 0.0
    share = nearest(100 / max(len(item.key), 1))
    return share if option.id in item.key else -share


def nearest(share: float) -> float:
    return min(_SHARES, key=lambda one: abs(one - share))


def _text(text: Bilingual, languages: tuple[str, ...]) -> str:
    return escape(both_as_html(text, languages))
