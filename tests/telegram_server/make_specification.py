"""Writes specification.json out of the whole machine-readable specification of the Bot API.

`python -m tests.telegram_server.make_specification bot-api-10.1.json LICENSE`. The whole one is
made by github.com/PaulSonOfLars/telegram-bot-api-spec; its licence is kept with the table.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any, Final

TABLE: Final = Path(__file__).with_name("specification.json")
_LENGTH: Final = re.compile(r"(\d+)-(\d+) (characters|bytes|items)")
_VALUES: Final = re.compile(r"Values between (\d+)-(\d+) are accepted")


def compact(whole: dict[str, Any], licence: str) -> dict[str, Any]:
    """Methods with their fields, and the types that fields are made of; no prose."""
    methods = {
        name: {"returns": method["returns"], "fields": _fields(method)}
        for name, method in whole["methods"].items()
    }
    types: dict[str, Any] = {}
    waiting = [kind for method in methods.values() for kind in _kinds(method["fields"])]
    while waiting:
        name = waiting.pop()
        described = whole["types"].get(name)
        if described is None or name in types:
            continue
        types[name] = described.get("subtypes") or _fields(described)
        waiting += types[name] if isinstance(types[name], list) else _kinds(types[name])
    updates = [f["name"] for f in whole["types"]["Update"]["fields"] if f["name"] != "update_id"]
    return {
        "version": whole["version"], "licence": licence, "updates": updates,
        "methods": methods, "types": dict(sorted(types.items())),
    }  # fmt: skip


def _fields(described: dict[str, Any]) -> dict[str, str]:
    return {field["name"]: _field(field) for field in described.get("fields", [])}


def _field(field: dict[str, Any]) -> str:
    """`Integer|String! 1..64 bytes`: kinds, `!` when it must be there, what is allowed."""
    said = "|".join(field["types"]) + ("!" if field["required"] else "")
    length = _LENGTH.search(field["description"])
    values = _VALUES.search(field["description"])
    if length:
        said += f" {length[1]}..{length[2]} {length[3]}"
    elif values:
        said += f" {values[1]}..{values[2]} value"
    return said


def _kinds(fields: dict[str, str]) -> list[str]:
    return [
        kind.rpartition("Array of ")[2]
        for field in fields.values()
        for part in field.partition("!")[0].split("|")
        for kind in [re.sub(r" \d+\.\..*", "", part)]
    ]


def main() -> None:
    whole = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    licence = Path(sys.argv[2]).read_text("utf-8").strip()
    table = compact(whole, licence)
    TABLE.write_text(_written(table), "utf-8")


def _written(table: dict[str, Any]) -> str:
    """One method or type a line, so that a change can be read."""
    parts = []
    for key, value in table.items():
        if key in ("methods", "types"):
            lines = [f"{json.dumps(n)}: {json.dumps(v)}" for n, v in value.items()]
            parts.append(f'"{key}": {{\n' + ",\n".join(lines) + "\n}")
        else:
            parts.append(f'"{key}": {json.dumps(value)}')
    return "{\n" + ",\n".join(parts) + "\n}\n"


if __name__ == "__main__":
    main()
