"""A statement out of an event: the same event always gives the same statement with the same id."""

import json
import uuid
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from training_modules.certainty import certainty_mark
from training_modules.event import Event, Verb
from training_modules.module import Item, Module
from training_modules.xapi import activities, profile
from training_modules.zones import local

_NAMESPACE: Final = uuid.UUID("0d5d2a1e-7a55-5b0c-8b4e-2f0f6f0f8f6a")
_TRIED_OUT: Final = 2
Find = Callable[[str], Module | None]


class Statements:
    """Makes statements; what is the same for many events is made once."""

    def __init__(self, find: Find) -> None:
        self._find = cache(find)
        self._about = cache(self._activity)
        self._contexts = cache(self._activities_around)
        self._encoded_about = cache(lambda *names: encode(self._about(*names)))
        self._encoded_contexts = cache(lambda *names: encode(self._contexts(*names)))

    def of(self, event: Event, words: str = "") -> dict[str, Any]:
        """`words` are for a person's own archive alone; nobody else is sent any."""
        statement: dict[str, Any] = {
            "id": event.id,
            "version": profile.VERSION,
            "actor": {
                "objectType": "Agent",
                "account": {"homePage": profile.LEARNERS, "name": event.pseudonym},
            },
            "verb": profile.VERBS[event.verb],
            "object": self._object(event),
            "timestamp": _timestamp(event),
            "context": {
                "contextActivities": self._contexts(event.track, event.module),
                **self._own_context(event),
            },
        }
        result = self._result(event, words)
        if result:
            statement["result"] = result
        return statement

    def encoded(self, event: Event) -> str:
        """The statement as JSON, in one line; what is the same for many is encoded once."""
        about = event.verb is Verb.CORRECTED and encode(self._object(event))
        context = self._own_context(event)
        activities_around = self._encoded_contexts(event.track, event.module)
        parts = [
            f'{{"id":"{event.id}","version":"{profile.VERSION}","actor":{_actor(event.pseudonym)}',
            f'"verb":{_verb(event.verb)}',
            f'"object":{about or self._encoded_about(*_names(event))}',
            f'"timestamp":"{_timestamp(event)}"',
            f'"context":{{"contextActivities":{activities_around},{encode(context)[1:]}',
        ]
        result = self._result(event, "")
        if result:
            parts.append(f'"result":{encode(result)}')
        return ",".join(parts) + "}"

    def _object(self, event: Event) -> dict[str, Any]:
        if event.verb is Verb.CORRECTED:
            return {"objectType": "StatementRef", "id": event.corrects}
        return self._about(*_names(event))

    def _activity(
        self, verb: Verb, track: str, module: str, version: int, item: str, phase: str, top: int
    ) -> dict[str, Any]:
        if verb is Verb.TESTED:
            return activities.test(track, phase)
        if verb in (Verb.RATED, Verb.SKIPPED) and not module:
            return activities.scale(track, item, top)
        if verb in (Verb.ANSWERED, Verb.SKIPPED):
            return activities.item(module, version, item, self._item(module, version, item))
        if module:
            return activities.module(module, self._find(module))
        return activities.track(track)

    def _item(self, module: str, version: int, item: str) -> Item | None:
        """The item as it was asked; that of another version may have another key."""
        found = self._find(module)
        return found.item(item) if found is not None and found.version == version else None

    def _own_context(self, event: Event) -> dict[str, Any]:
        context: dict[str, Any] = {"registration": _uuid(event.enrolment)}
        if event.verb is not Verb.CORRECTED:
            context["platform"] = profile.PLATFORM
            if event.module:
                context["revision"] = str(event.module_version)
        return context | {"extensions": _extensions(event)}

    def _activities_around(self, track: str, module: str) -> dict[str, Any]:
        around: dict[str, Any] = {"category": [profile.PROFILE_ACTIVITY]}
        if track:
            around["grouping"] = [activities.track(track)]
        if module:
            around["parent"] = [activities.module(module, self._find(module))]
        return around

    def _result(self, event: Event, words: str) -> dict[str, Any]:
        result: dict[str, Any] = {}
        if event.score is not None:
            result["score"] = {"scaled": event.score, "raw": event.score, "min": 0, "max": 1}
        if event.correct is not None:
            result["success"] = event.correct
        if event.response:
            item = self._item(event.module, event.module_version, event.item)
            result["response"] = activities.response(item, event.response)
        if event.rating is not None and event.scale_max:
            result |= _rated(event, event.rating, event.scale_max)
        if event.verb in (Verb.COMPLETED, Verb.TESTED, Verb.FINISHED):
            result["completion"] = True
        if event.seconds is not None:
            result["duration"] = f"PT{max(event.seconds, 0):.2f}S"
        if words:
            result["extensions"] = {profile.extension("words"): words}
        return result


encode: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


def _timestamp(event: Event) -> str:
    return local(event.at, event.zone).isoformat()


def _names(event: Event) -> tuple[Any, ...]:
    """What the object of a statement is made of."""
    return (
        event.verb, event.track, event.module, event.module_version, event.item, event.phase,
        event.scale_max or 0,
    )  # fmt: skip


@cache
def _verb(verb: Verb) -> str:
    return encode(profile.VERBS[verb])


def _actor(pseudonym: str) -> str:
    account = f'"homePage":"{profile.LEARNERS}","name":{encode(pseudonym)}'
    return f'{{"objectType":"Agent","account":{{{account}}}}}'


def _rated(event: Event, rating: int, top: int) -> dict[str, Any]:
    least = 0 if event.verb is Verb.APPLIED or top > activities.LIKERT_TOP else 1
    scaled = round((rating - least) / (top - least), 4) if top > least else 0
    told: dict[str, Any] = {
        "score": {"scaled": scaled, "raw": rating, "min": least, "max": top},
        "response": str(rating),
    }
    if event.verb is Verb.APPLIED:
        # Planning to is not yet using.
        told["success"] = rating >= _TRIED_OUT
    return told


def _extensions(event: Event) -> dict[str, Any]:
    values = {
        "phase": event.phase or None,
        "attempt": event.attempt if event.item else None,
        "first-attempt": event.attempt == 1 if event.item else None,
        "certainty": event.certainty,
        "certainty-mark": certainty_mark(event.certainty, event.correct),
        "sitting": event.sitting or None,
        "delivery": event.delivery or None,
        "share": event.share,
        "consent": event.consent,
    }
    return {profile.extension(k): value for k, value in values.items() if value is not None}


@cache
def _uuid(enrolment: str) -> str:
    """A registration is a UUID; an enrolment that is named otherwise is given one."""
    try:
        return str(uuid.UUID(enrolment))
    except ValueError:
        return str(uuid.uuid5(_NAMESPACE, enrolment))
