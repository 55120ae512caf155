"""An event: one line of the outcome log, about a person known only by a pseudonym."""

import json
import uuid
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

SCHEMA: Final = 1
_NAMESPACE: Final = uuid.UUID("6f1c7c2e-2b3e-5d0a-9a53-9a8d6f2f3c10")


class Verb(StrEnum):
    REGISTERED = "registered"
    LEFT = "unregistered"
    OPENED = "initialized"
    ANSWERED = "answered"
    SKIPPED = "skipped"
    COMPLETED = "completed"
    TESTED = "tested"
    RATED = "rated"
    APPLIED = "applied"
    FINISHED = "finished"
    CORRECTED = "voided"


class Phase(StrEnum):
    """When in a track it happened."""

    PRE = "pre"
    PRACTICE = "practice"
    REVIEW = "review"
    POST = "post"
    END = "end"
    LATER = "d30"


class Scale(StrEnum):
    """What a rating is about; `item` carries it, with a number where there are several."""

    CONFIDENCE = "confidence"
    CONFIDENCE_THEN = "confidence-then"
    RELEVANCE = "relevance"
    RECOMMENDATION = "recommendation"
    APPLICATION = "application"


@dataclass(frozen=True, slots=True)
class Event:
    """What happened; the words a person wrote are kept apart, so that they can be erased.

    `score` runs from 0 to 1, `certainty` from 1 (unsure) to 3 (very sure), `rating` from the
    least of its scale to `scale_max`. `corrects` names the event that a correction takes back.
    """

    verb: Verb
    at: datetime
    zone: str
    pseudonym: str
    enrolment: str
    track: str = ""
    module: str = ""
    module_version: int = 0
    item: str = ""
    item_type: str = ""
    phase: str = ""
    attempt: int = 1
    sitting: str = ""
    delivery: str = ""
    response: str = ""
    correct: bool | None = None
    score: float | None = None
    certainty: int | None = None
    rating: int | None = None
    scale_max: int | None = None
    seconds: float | None = None
    has_words: bool = False
    share: bool | None = None
    consent: int = 0
    corrects: str = ""
    schema: int = SCHEMA

    @property
    def id(self) -> str:
        """The same tap said twice is the same event."""
        name = "|".join(
            (str(self.verb), self.pseudonym, self.enrolment, self.track, self.module, self.item,
             self.phase, str(self.attempt), self.sitting, self.corrects)
        )  # fmt: skip
        return str(uuid.uuid5(_NAMESPACE, name))

    def as_json(self) -> dict[str, Any]:
        values = asdict(self)
        values["at"] = self.at.isoformat()
        return {"id": self.id, **values}

    def canonical(self) -> bytes:
        """The bytes the chain is made of: the same for the same event on every machine."""
        return json.dumps(
            self.as_json(), ensure_ascii=False, sort_keys=True, separators=(",", ":")
        ).encode()
