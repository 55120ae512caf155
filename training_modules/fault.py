"""A fault of a module file: where it is, what is the matter, and how it is mended."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from foundation.wording import say
from training_modules.module import Bilingual


@dataclass(frozen=True, slots=True)
class Fault:
    """`rule` is its name for programs; message and cure are for people, in both languages."""

    path: Path | None
    line: int
    rule: str
    message: Bilingual
    cure: Bilingual

    def shown(self, language: str) -> str:
        """One line as editors understand it: file, line, message, cure."""
        place = f"{self.path or '-'}:{self.line}"
        gap = "" if language == "zh" else " "
        return f"{place}: {self.message.of(language)}{gap}{self.cure.of(language)}"

    def as_json(self, language: str) -> dict[str, Any]:
        return {
            "path": str(self.path) if self.path else None, "line": self.line, "rule": self.rule,
            "message": self.message.of(language), "cure": self.cure.of(language),
        }  # fmt: skip


def fault(rule: str, path: Path | None, line: int, **values: object) -> Fault:
    """A fault in the words of its rule; a value in two languages is said in each."""
    return Fault(path, line, rule, _said("fault", rule, values), _said("cure", rule, values))


def _said(part: str, rule: str, values: dict[str, object]) -> Bilingual:
    zh, en = (
        say(f"modules.{part}.{rule}", language, **_of(values, language))
        for language in ("zh", "en")
    )
    return Bilingual(zh, en)


def _of(values: dict[str, object], language: str) -> dict[str, object]:
    return {
        name: value.of(language) if isinstance(value, Bilingual) else value
        for name, value in values.items()
    }


@dataclass
class Noted:
    """The faults found so far in one file."""

    path: Path | None
    faults: list[Fault] = field(default_factory=list)

    def add(self, rule: str, line: int, **values: object) -> None:
        self.faults.append(fault(rule, self.path, line, **values))

    def in_order(self) -> tuple[Fault, ...]:
        return tuple(sorted(self.faults, key=lambda one: one.line))
