"""The options of an item: as lines under the question, and as buttons."""

from bot.chat.turn import Turn
from bot.speech import Button, Buttons, Span, Text
from training_modules.marking import UNKNOWN
from training_modules.module import Item, ItemType
from training_modules.moving import DONE, SKIP, UNDO
from training_modules.open_sitting import Open
from training_modules.sitting import Sitting


def option_lines(item: Item, language: str, chosen: str) -> Text:
    """Each option under its letter; true and false stand on their buttons alone."""
    if item.type is ItemType.TRUE_FALSE or not item.options:
        return ()
    ticked = chosen.split() if item.type is ItemType.MULTI else []
    lines = [
        f"\n{'✓ ' if option.id in ticked else ''}{option.id.upper()}. {option.text.of(language)}"
        for option in item.options
    ]
    return (Span("\n" + "".join(lines)),)


def option_buttons(turn: Turn, open_: Open, item: Item) -> Buttons:
    sitting = open_.sitting
    rows: list[tuple[Button, ...]] = []
    offered = [option for option in item.options if not _is_placed(item, option.id, sitting)]
    if item.type is ItemType.REFLECTION:
        return ((_button(turn, open_, "training.skip", SKIP),),)
    if offered:
        rows.append(tuple(_lettered(turn, open_, item, option.id) for option in offered))
    if item.type is ItemType.MULTI and sitting.chosen:
        rows.append((_button(turn, open_, "training.chosen", DONE),))
    if item.type is ItemType.ORDER and sitting.chosen:
        rows.append((_button(turn, open_, "training.undo", UNDO),))
    if sitting.step.is_test:
        rows.append((_button(turn, open_, "training.unknown", UNKNOWN),))
    return tuple(rows)


def _is_placed(item: Item, option: str, sitting: Sitting) -> bool:
    return item.type is ItemType.ORDER and option in sitting.chosen.split()


def _lettered(turn: Turn, open_: Open, item: Item, option: str) -> Button:
    ticked = item.type is ItemType.MULTI and option in open_.sitting.chosen.split()
    label = f"✓ {option.upper()}" if ticked else option.upper()
    if item.type is ItemType.TRUE_FALSE:
        found = item.option(option)
        label = found.text.of(turn.language) if found else option
    return Button(label, action(open_, option))


def _button(turn: Turn, open_: Open, key: str, value: str) -> Button:
    return Button(turn.words(key), action(open_, value))


def action(open_: Open, value: str) -> str:
    """What a button of this step says: the sitting, the step, the stage, the value."""
    return f"s.{open_.id}.{open_.sitting.at}.{open_.sitting.stage}.{value}"
