"""The form in which a language model drafts a module."""

from collections.abc import Mapping
from typing import Any, Final

from retrieval.prompting import Form

_TEXT: Final[dict[str, Any]] = {"type": "string"}
_BOTH: Final = {"zh": _TEXT, "en": _TEXT}


def _object(members: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "type": "object", "properties": dict(members), "required": list(members),
        "additionalProperties": False,
    }  # fmt: skip


def _list(members: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": _object(members)}


DRAFT: Final = Form(
    "module",
    {
        "title": _object(_BOTH),
        "objective": _object(_BOTH),
        "cards": _list({"quote": _TEXT, **_BOTH}),
        "items": _list(
            {
                "type": {"type": "string", "enum": ["choice", "truefalse", "dilemma"]},
                "form": {"type": "string", "enum": ["", "A", "B"]},
                "quote": _TEXT,
                **_BOTH,
                "options": _list(
                    {
                        **_BOTH,
                        "feedback_zh": _TEXT,
                        "feedback_en": _TEXT,
                        "score": {"type": "number"},
                    }
                ),
            }
        ),
        "task": _object(_BOTH),
    },
    "cards",
)
