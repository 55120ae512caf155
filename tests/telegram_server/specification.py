"""Calls held against the table of the Bot API: method, fields, kinds, lengths."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any, Final

_TABLE: Final = Path(__file__).with_name("specification.json")
_TEXTS: Final = {"text", "caption", "message_text"}
_MARKED_UP: Final = {1024, 4096}


@dataclass
class Refusal(Exception):
    """An error of the Bot API as it words it."""

    status: int
    description: str
    parameters: dict[str, Any] = field(default_factory=dict)


def bad(what: str) -> Refusal:
    return Refusal(400, f"Bad Request: {what}")


@cache
def table() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(_TABLE.read_text("utf-8"))
    return loaded


@dataclass(frozen=True, slots=True)
class Field:
    """What a field may hold."""

    kinds: tuple[str, ...]
    is_required: bool
    low: int = 0
    high: int = 0
    unit: str = ""


@cache
def _field(said: str) -> Field:
    kinds, _, rest = said.partition(" ") if "Array of" not in said else _array(said)
    required = kinds.endswith("!")
    limits = rest.split()
    low, high = (int(n) for n in limits[0].split("..")) if limits else (0, 0)
    names = tuple(kinds.rstrip("!").split("|"))
    return Field(names, required, low, high, limits[1] if limits else "")


def _array(said: str) -> tuple[str, str, str]:
    """`Array of X! 2..10 items`: kinds hold blanks here."""
    head, mark, tail = said.partition("!")
    if mark:
        return head + "!", " ", tail.strip()
    words = said.split()
    if words[-1] in ("items", "bytes", "characters", "value"):
        return " ".join(words[:-2]), " ", " ".join(words[-2:])
    return said, " ", ""


def checked(method: str, given: dict[str, Any], uploads: frozenset[str]) -> dict[str, Any]:
    """The parameters of a call with their kinds; raises the refusal that a wrong one earns."""
    described = table()["methods"].get(method)
    if described is None:
        raise Refusal(404, "Not Found: method not found")
    fields = {name: _field(said) for name, said in described["fields"].items()}
    unknown = given.keys() - fields.keys() - uploads
    if unknown:
        raise bad(f"unknown parameter {sorted(unknown)[0]}")
    values = {}
    for name, known in fields.items():
        if name in uploads:
            values[name] = f"attach://{name}"
        elif name not in given:
            if known.is_required:
                raise _missing(name)
        else:
            values[name] = _value(name, given[name], known, uploads)
    return values


def _missing(name: str) -> Refusal:
    known = {
        "text": "message text is empty",
        "chat_id": "chat_id is empty",
        "document": "there is no document in the request",
        "photo": "there is no photo in the request",
    }
    return bad(known.get(name, f'parameter "{name}" is required'))


def _value(name: str, raw: Any, known: Field, uploads: frozenset[str]) -> Any:
    for kind in known.kinds:
        try:
            value = _as_kind(raw, kind, uploads)
        except (ValueError, TypeError):
            continue
        _measured(name, value, known)
        return value
    raise bad(f'field "{name}" must be of type {" or ".join(known.kinds)}')


def _as_kind(raw: Any, kind: str, uploads: frozenset[str]) -> Any:
    if kind.startswith("Array of "):
        items = json.loads(raw) if isinstance(raw, str) else raw
        if not isinstance(items, list):
            raise ValueError(kind)
        return [_as_kind(item, kind.removeprefix("Array of "), uploads) for item in items]
    if kind in _PLAIN:
        return _PLAIN[kind](raw)
    if kind == "InputFile":
        return _upload(raw, uploads)
    return _object(json.loads(raw) if isinstance(raw, str) else raw, kind, uploads)


def _upload(raw: Any, uploads: frozenset[str]) -> str:
    if not (isinstance(raw, str) and raw.removeprefix("attach://") in uploads):
        raise ValueError("no such upload")
    return raw


def _object(raw: Any, kind: str, uploads: frozenset[str]) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise bad(f"object expected as {kind}")
    described = table()["types"][kind]
    if isinstance(described, list):
        return _one_of(raw, described, uploads)
    unknown = raw.keys() - described.keys()
    if unknown:
        raise ValueError(f"{kind} has no {sorted(unknown)[0]}")
    value = {}
    for name, said in described.items():
        known = _field(said)
        if name in raw:
            value[name] = _value(name, raw[name], known, uploads)
        elif known.is_required:
            raise ValueError(f"{kind} needs {name}")
    return value


def _one_of(raw: dict[str, Any], kinds: list[str], uploads: frozenset[str]) -> dict[str, Any]:
    """The kind that its `type` names, as BotCommandScopeChat is called `chat`."""
    named = str(raw.get("type", "")).replace("_", "")
    meant = [kind for kind in kinds if named and kind.casefold().endswith(named)]
    if not meant:
        raise ValueError(f"no kind called {named}")
    return _object(raw, min(meant, key=len), uploads)


def _measured(name: str, value: Any, known: Field) -> None:
    """Lengths; those of marked-up texts are counted after the markup was read."""
    if not known.unit or (name in _TEXTS and known.high in _MARKED_UP):
        return
    size = _size(value, known.unit)
    if not known.low <= size <= known.high:
        raise _too_long(name, size, known)


def _size(value: Any, unit: str) -> int:
    if unit == "value":
        return int(value)
    if unit == "bytes":
        return len(str(value).encode())
    return len(value)


def _too_long(name: str, size: int, known: Field) -> Refusal:
    if name == "callback_data":
        return bad("BUTTON_DATA_INVALID")
    if name in ("command", "description"):
        return bad(f"BOT_COMMAND_{'' if name == 'command' else 'DESCRIPTION_'}INVALID")
    return bad(f'"{name}" is {size} {known.unit}, allowed are {known.low}-{known.high}')


def _integer(raw: Any) -> int:
    if isinstance(raw, bool | float):
        raise TypeError("no integer")
    return int(raw)


def _number(raw: Any) -> float:
    return float(raw)


def _text(raw: Any) -> str:
    if not isinstance(raw, str):
        raise TypeError("no text")
    raw.encode("utf-8")
    return raw


def _truth(raw: Any) -> bool:
    if raw in (True, "true", "True", "1", 1):
        return True
    if raw in (False, "false", "False", "0", 0):
        return False
    raise ValueError("neither true nor false")


_PLAIN: Final = {"Integer": _integer, "Float": _number, "String": _text, "Boolean": _truth}
