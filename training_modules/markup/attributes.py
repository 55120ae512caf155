"""What attributes mean: numbers, lists of ids, scores, the unit of a number."""

import math
import re
from typing import Final

from training_modules.fault import Noted
from training_modules.markup.blocks import Block
from training_modules.module import Bilingual, ItemType, Number

_OF_CARD: Final = frozenset({"source", "objective", "beyond"})
_OF_ITEM: Final = frozenset({"type", "source", "objective", "form"})
_KEYED: Final = frozenset({"key"})
_OF_TYPE: Final = {
    ItemType.CHOICE: _KEYED, ItemType.MULTI: _KEYED, ItemType.TRUE_FALSE: _KEYED,
    ItemType.ORDER: _KEYED, ItemType.NUMERIC: frozenset({"value", "tolerance", "unit"}),
    ItemType.DILEMMA: frozenset({"scores"}),
}  # fmt: skip
_NUMBER: Final = re.compile(r"[-+]?\d{1,15}(?:\.\d{1,9})?(?:e[-+]?\d{1,2})?")
_SCORE: Final = re.compile(r"([a-z0-9]{1,8})=(0|1|0?\.\d{1,4}|1\.0+|0\.0+)")


class Attributes:
    """The attributes of one block, read one by one; what is wrong is noted at its heading."""

    def __init__(self, block: Block, noted: Noted) -> None:
        self._values, self._line, self._noted = block.attributes, block.line, noted
        self._block = block

    def note(self, rule: str, **values: object) -> None:
        self._noted.add(rule, self._line, **values)

    def only(self, kind: ItemType | None) -> None:
        """Note every attribute that a card, or an item of this type, has no use for."""
        known = _OF_CARD if kind is None else _OF_ITEM | _OF_TYPE.get(kind, frozenset())
        for name in self._values:
            if name not in known:
                self.note("attribute.unknown", name=name, names=", ".join(sorted(known)))

    def type(self) -> ItemType | None:
        said = self._values.get("type", "")
        if said in set(ItemType):
            return ItemType(said)
        self.note("item.type", type=said, types=", ".join(ItemType))
        return None

    def form(self) -> str:
        said = self._values.get("form", "")
        if said not in ("", "A", "B"):
            self.note("item.form", form=said)
            return ""
        return said

    def beyond(self) -> bool:
        said = self._values.get("beyond", "")
        if said not in ("", "yes", "no"):
            self.note("card.beyond", value=said)
        return said == "yes"

    def sources(self, known: int) -> tuple[int, ...]:
        """The numbers of sources; one that the front matter does not have is noted."""
        found: list[int] = []
        for said in self._values.get("source", "").split():
            if said.isascii() and said.isdigit() and 0 < int(said[:6]) <= known:
                found.append(int(said))
            else:
                self.note("source.unknown", number=said, known=known)
        return tuple(found)

    def objective(self, known: int) -> int:
        said = self._values.get("objective", "1")
        if said.isascii() and said.isdigit() and 0 < int(said[:6]) <= max(known, 1):
            return int(said)
        self.note("objective.unknown", number=said, known=known)
        return 1

    def key(self) -> tuple[str, ...]:
        return tuple(self._values.get("key", "").split())

    def scores(self) -> dict[str, float]:
        """What each option of a dilemma is worth."""
        found: dict[str, float] = {}
        for said in self._values.get("scores", "").split():
            score = _SCORE.fullmatch(said)
            if score is None or score[1] in found:
                self.note("scores.form", written=said)
            else:
                found[score[1]] = float(score[2])
        return found

    def number(self) -> Number | None:
        value = self._float("value", "")
        tolerance = self._float("tolerance", "0")
        if value is None:
            return None
        zh, _, en = self._values.get("unit", "").partition("|")
        return Number(value, tolerance or 0.0, Bilingual(zh.strip(), (en or zh).strip()))

    def _float(self, name: str, otherwise: str) -> float | None:
        said = self._values.get(name, otherwise)
        is_number = _NUMBER.fullmatch(said) and math.isfinite(float(said))
        if not is_number or (name == "tolerance" and float(said) < 0):
            self.note("number.form", name=name, written=said)
            return None
        return float(said)
