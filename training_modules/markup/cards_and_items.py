"""Cards and items out of blocks."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from training_modules.fault import Noted
from training_modules.markup.attributes import Attributes
from training_modules.markup.blocks import Block
from training_modules.markup.escapes import unescaped
from training_modules.markup.item_text import ItemText, item_text, joined
from training_modules.module import Bilingual, Card, Item, ItemType, Option

_LANGUAGES: Final = ("zh", "en")


@dataclass
class Making:
    """Makes cards and items; `lines` learns where their parts stand."""

    sources: int
    objectives: int
    noted: Noted
    lines: dict[str, int]

    def card(self, block: Block) -> Card:
        given = Attributes(block, self.noted)
        given.only(None)
        if block.name:
            self.noted.add("card.name", block.line, name=block.name)
        zh, en = (
            joined([unescaped(line) for _, line in block.texts.get(language, [])])
            for language in _LANGUAGES
        )
        self._languages(block)
        return Card(
            Bilingual(zh, en), given.sources(self.sources), given.objective(self.objectives),
            given.beyond(), block.line,
        )  # fmt: skip

    def item(self, block: Block) -> Item | None:
        given = Attributes(block, self.noted)
        kind = given.type()
        if kind is None:
            return None
        given.only(kind)
        self._languages(block)
        texts = {one: item_text(block.texts.get(one, []), self.noted) for one in _LANGUAGES}
        self._place(block, texts)
        key, scores = given.key(), given.scores()
        return Item(
            block.name, kind, _both(texts["zh"].prompt, texts["en"].prompt),
            self._options(block, kind, texts, key, scores), key,
            given.number() if kind is ItemType.NUMERIC else None,
            _both(texts["zh"].explanation, texts["en"].explanation),
            given.sources(self.sources), given.objective(self.objectives), given.form(), block.line,
        )  # fmt: skip

    def _languages(self, block: Block) -> None:
        for language in _LANGUAGES:
            if language not in block.texts:
                self.noted.add("language.missing", block.line, code=language)

    def _place(self, block: Block, texts: Mapping[str, ItemText]) -> None:
        self.lines[block.name] = block.line
        for language, text in texts.items():
            place = block.places.get(language, block.line)
            self.lines[f"{block.name} {language}"] = place
            for option, line in text.places.items():
                self.lines.setdefault(f"{block.name} {option}", line)

    def _options(
        self, block: Block, kind: ItemType, texts: Mapping[str, ItemText],
        key: tuple[str, ...], scores: Mapping[str, float],
    ) -> tuple[Option, ...]:  # fmt: skip
        zh, en = texts["zh"], texts["en"]
        if list(zh.options) != list(en.options) and len(block.texts) == len(_LANGUAGES):
            line = block.places.get("en", block.line)
            self.noted.add("options.differ", line, zh=" ".join(zh.options), en=" ".join(en.options))
        ids = list(dict.fromkeys([*zh.options, *en.options]))
        if kind is ItemType.DILEMMA and set(scores) != set(ids):
            self.noted.add("scores.ids", block.line, ids=" ".join(ids))
        return tuple(_option(one, zh, en, _score(one, kind, key, scores)) for one in ids)


def _score(option: str, kind: ItemType, key: tuple[str, ...], scores: Mapping[str, float]) -> float:
    if kind is ItemType.DILEMMA:
        return scores.get(option, 0.0)
    return float(option in key) if kind is not ItemType.ORDER else 0.0


def _option(name: str, zh: ItemText, en: ItemText, score: float) -> Option:
    (text_zh, feedback_zh), (text_en, feedback_en) = zh.option(name), en.option(name)
    return Option(name, Bilingual(text_zh, text_en), Bilingual(feedback_zh, feedback_en), score)


def _both(zh: list[str], en: list[str]) -> Bilingual:
    return Bilingual(joined(zh), joined(en))
