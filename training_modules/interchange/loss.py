"""A loss: what another format cannot hold, or what it holds and we cannot."""

from dataclasses import dataclass, field
from typing import Any

from foundation.wording import say


@dataclass(frozen=True, slots=True)
class Loss:
    """`question` is its name or id; `kind` names what is lost."""

    question: str
    kind: str
    detail: str = ""

    def shown(self, language: str) -> str:
        what = say(f"modules.loss.{self.kind}", language, detail=self.detail)
        return f"{self.question}: {what}" if self.question else what

    def as_json(self, language: str) -> dict[str, Any]:
        return {
            "question": self.question, "kind": self.kind, "detail": self.detail,
            "message": self.shown(language),
        }  # fmt: skip


@dataclass
class Losses:
    """What was lost so far."""

    found: list[Loss] = field(default_factory=list)

    def add(self, question: str, kind: str, detail: str = "") -> None:
        loss = Loss(question, kind, detail[:80])
        if loss not in self.found:
            self.found.append(loss)
