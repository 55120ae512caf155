"""Screens: how a step of a sitting looks, on any channel."""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.chat.feedback import named, told_spans
from bot.chat.options import action, option_buttons, option_lines
from bot.chat.rich import quoted, rich
from bot.chat.turn import Turn
from bot.speech import Button, Buttons, Reply, Span, Text, bold
from training_modules.module import Card, Item, ItemType, Module, Source
from training_modules.open_sitting import Open
from training_modules.sitting import Stage, Step, StepKind

_SCALE_ROW = 6
# One sentence is read; of two, none.
_SOURCES_SHOWN = 1


@dataclass(frozen=True)
class Screen:
    """One step of an open sitting, as it is shown to its person."""

    turn: Turn
    open: Open

    @property
    def step(self) -> Step:
        return self.open.sitting.step

    def reply(self) -> Reply:
        spans, buttons = self._drawn()
        return self.turn.reply((*self._head(), *spans), buttons)

    def onwards(self) -> tuple[Button, ...]:
        """What leads on from this step, where it is only to be read."""
        item = self._found() if self.step.kind is StepKind.ITEM else None
        is_read = self.step.kind is StepKind.CARD or (
            item is not None and self.open.sitting.stage is Stage.TOLD
        )
        return (self._button("next", "next"),) if is_read else ()

    def _drawn(self) -> tuple[Text, Buttons]:
        kind = self.step.kind
        if kind is StepKind.CARD:
            return self._card()
        if kind is StepKind.ITEM:
            return self._item()
        if kind is StepKind.TASK:
            return self._task()
        if kind is StepKind.WORDS:
            return rich(self._say("words.change")), ((self._button("skip", "skip"),),)
        if kind is StepKind.SHARE:
            both = (self._button("share.yes", "yes"), self._button("share.no", "no"))
            return rich(self._say("share")), (both,)
        return self._scale()

    def _head(self) -> Text:
        """Where somebody is: what it is about, and how far."""
        sitting = self.open.sitting
        module = None if self.step.is_test else self._module(self.step.module)
        title = f"{module.title.of(self.turn.language)} · " if module else ""
        return (Span(f"{title}{sitting.at + 1}/{len(sitting.steps)}\n\n"),)

    def _card(self) -> tuple[Text, Buttons]:
        module = self._module(self.step.module)
        card = module.cards[int(self.step.name) - 1] if module else None
        if module is None or card is None:
            return (), ((self._button("next", "next"),),)
        text = rich(card.text.of(self.turn.language))
        beyond = (Span("\n\n※ " + self._say("beyond")),) if card.beyond else ()
        return (*text, *beyond, *self._sources(module, card)), (
            (*self._openers(module, card), self._button("next", "next")),
        )

    def _task(self) -> tuple[Text, Buttons]:
        item = self._found()
        words = rich(item.prompt.of(self.turn.language)) if item else ()
        head = bold(self._say("task") + "\n\n")
        return (head, *words), ((self._button("task.ok", "next"),),)

    def _item(self) -> tuple[Text, Buttons]:
        item = self._found()
        if item is None:
            return (), ((self._button("next", "skip"),),)
        prompt = rich(item.prompt.of(self.turn.language))
        lines = option_lines(item, self.turn.language, self.open.sitting.chosen)
        stage = self.open.sitting.stage
        if stage is Stage.TOLD:
            return self._told(item, (*prompt, *lines))
        if stage is Stage.SURE:
            chosen = self._chosen()
            asked = Span("\n\n" + self._say("sure", chosen=chosen))
            sure = tuple(self._button(f"sure.{n}", str(n)) for n in (1, 2, 3))
            return (*prompt, *lines, asked), (sure,)
        hint = self._hint(item)
        return (*prompt, *lines, *hint), option_buttons(self.turn, self.open, item)

    def _hint(self, item: Item) -> Text:
        """How this kind of question is answered, where it is not by one tap."""
        if item.type is ItemType.NUMERIC:
            unit = item.number.unit.of(self.turn.language) if item.number else ""
            said = self._say("numeric", unit=unit) if unit else self._say("numeric.bare")
        elif item.type is ItemType.ORDER:
            said = self._say("order")
            if self.open.sitting.chosen:
                so_far = " → ".join(self.open.sitting.chosen.upper().split())
                said += "\n" + self._say("order.so_far", order=so_far)
        elif item.type in (ItemType.MULTI, ItemType.REFLECTION):
            said = self._say(str(item.type))
        else:
            return ()
        return (Span("\n\n" + said),)

    def _told(self, item: Item, asked: Text) -> tuple[Text, Buttons]:
        module = self._module(self.step.module)
        told = told_spans(self.turn, self.open, item)
        openers = self._openers(module, item) if module else ()
        sources = self._sources(module, item) if module else ()
        return (*asked, *told, *sources), ((*openers, self._button("next", "next")),)

    def _scale(self) -> tuple[Text, Buttons]:
        scale, statement = self._statement()
        least, top = self.step.least, self.step.top
        buttons = [Button(str(n), self._action(str(n))) for n in range(least, top + 1)]
        rows = tuple(
            tuple(buttons[at : at + _SCALE_ROW]) for at in range(0, len(buttons), _SCALE_ROW)
        )
        return rich(self._say(f"scale.{scale}", statement=statement)), rows

    def _statement(self) -> tuple[str, str]:
        """The scale, and which statement of the track it is about."""
        scale, _, number = self.step.name.rpartition("-")
        if not number.isdecimal():
            return self.step.name, ""
        enrolment = self.turn.training.enrolling.by_id(self.open.enrolment)
        track = self.turn.training.shelf.track(enrolment.track) if enrolment else None
        told = track.confidence[int(number) - 1].of(self.turn.language) if track else ""
        return scale, told

    def _sources(self, module: Module, part: Card | Item) -> Iterator[Span]:
        """The sentence it rests on, and where it stands."""
        for source in list(module.sources_of(part))[:_SOURCES_SHOWN]:
            title = self.turn.app.library.title_of(source.doc)
            yield Span(f"\n\n{self._say('source')} {title} › {source.locator}\n")
            yield quoted(source.quote)

    def _openers(self, module: Module, part: Card | Item) -> tuple[Button, ...]:
        known = self.turn.app.library
        for number in part.sources[:1]:
            source: Source = module.sources[number - 1]
            if known.version_of(source.doc):
                action = f"m.{module.id}.{number}"
                return (Button(self._say("source.open"), action),)
        return ()

    def _chosen(self) -> str:
        item = self._found()
        return named(self.turn, item, self.open.sitting.chosen) if item else ""

    def _module(self, wanted: str) -> Module | None:
        return self.turn.training.shelf.module(wanted) if wanted else None

    def _found(self) -> Item | None:
        return self.turn.training.coaching.item(self.step.module, self.step.name)

    def _say(self, key: str, **values: object) -> str:
        return self.turn.words(f"training.{key}", **values)

    def _action(self, value: str) -> str:
        return action(self.open, value)

    def _button(self, key: str, value: str) -> Button:
        return Button(self._say(key), self._action(value))
