"""Feedback: what is told after an answer, and why it is right or not."""

from bot.chat.rich import rich
from bot.chat.turn import Turn
from bot.speech import Span, Text, bold
from training_modules.marking import UNKNOWN, Mark, mark
from training_modules.module import Item, ItemType, Option
from training_modules.open_sitting import Open

_VERY = 3


def told_spans(turn: Turn, open_: Open, item: Item) -> Text:
    """Right or not, what was chosen and why, what would have been right and why."""
    chosen = open_.sitting.chosen
    marked = mark(item, chosen)
    if marked is None:
        return ()
    certainty = open_.record.certainty if open_.record else None
    spans: list[Span] = [Span("\n\n"), bold(_verdict(turn, item, marked, certainty))]
    options = [] if chosen == UNKNOWN else [item.option(one) for one in chosen.split()]
    if len(options) == 1 and item.type is not ItemType.ORDER and not marked.correct:
        said = turn.words("training.you_chose", chosen=named(turn, item, chosen))
        spans.append(Span(f"\n{said}"))
    spans += _each(turn, item, [option for option in options if option])
    if not marked.correct:
        spans += _right(turn, item, chosen.split())
    explanation = item.explanation.of(turn.language)
    if explanation:
        spans += [Span("\n\n"), *rich(explanation)]
    return tuple(spans)


def named(turn: Turn, item: Item, chosen: str) -> str:
    """What was chosen, in a line: letters or a number, and true and false in words."""
    said = [one.upper() for one in chosen.split()]
    if item.type is ItemType.TRUE_FALSE:
        options = [item.option(one) for one in chosen.split()]
        said = [option.text.of(turn.language) for option in options if option]
    return turn.words("training.list_mark").join(said)


def _verdict(turn: Turn, item: Item, marked: Mark, certainty: int | None) -> str:
    if item.type is ItemType.DILEMMA:
        how = "best" if marked.correct else "some" if marked.score else "none"
        return turn.words(f"training.told.dilemma.{how}")
    if marked.correct:
        return turn.words("training.told.right" + (".unsure" if certainty == 1 else ""))
    if marked.score:
        return turn.words("training.told.partly")
    return turn.words("training.told.wrong" + (".sure" if certainty == _VERY else ""))


def _each(turn: Turn, item: Item, chosen: list[Option]) -> list[Span]:
    """Why each of the chosen ones is as it is; an order is told by its explanation."""
    spans: list[Span] = []
    for option in chosen:
        feedback = option.feedback.of(turn.language)
        if feedback and item.type is not ItemType.ORDER:
            lead = f"{option.id.upper()}. " if len(chosen) > 1 else ""
            spans += [Span("\n" + lead), *rich(feedback)]
    return spans


def _right(turn: Turn, item: Item, chosen: list[str]) -> list[Span]:
    if item.type is ItemType.DILEMMA:
        best = max(item.options, key=lambda option: option.score)
        return _named(turn, "training.told.better", [best])
    if item.type is ItemType.ORDER:
        order = " → ".join(item.key).upper()
        return [Span("\n" + turn.words("training.told.key", key=order))]
    if item.type is ItemType.NUMERIC and item.number is not None:
        value = f"{item.number.value:g} {item.number.unit.of(turn.language)}".strip()
        return [Span("\n" + turn.words("training.told.key", key=value))]
    missing = [option for option in item.options if option.id in item.key]
    return _named(turn, "training.told.key", missing, told=chosen)


def _named(
    turn: Turn, key: str, options: list[Option], told: list[str] | None = None
) -> list[Span]:
    several = len(options) > 1
    mark = turn.words("training.list_mark")
    right = mark.join(o.id.upper() for o in options) if several else _name(turn, options[0])
    spans = [Span("\n\n" + turn.words(key, key=right))]
    for option in options:
        feedback = option.feedback.of(turn.language)
        if feedback and option.id not in (told or []):
            lead = f"\n{option.id.upper()}. " if several else "\n"
            spans += [Span(lead), *rich(feedback)]
    return spans


def _name(turn: Turn, option: Option) -> str:
    text = option.text.of(turn.language)
    return text if option.id in ("true", "false") else f"{option.id.upper()}. {text}"
