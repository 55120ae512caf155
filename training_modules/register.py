"""The register of a track: the version of each module that was approved, and its keys.

A changed key makes answers before and after it another question, so it needs a new version; the
register knows what the key was.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from training_modules.module import Item, ItemType, Module

REGISTER_FILE: Final = "register.yaml"


@dataclass(frozen=True, slots=True)
class Registered:
    version: int
    keys: Mapping[str, str]


def keys_of(module: Module) -> dict[str, str]:
    """What is right of each scored item, as a line a person can compare."""
    return {item.id: _key(item) for item in module.items if item.is_scored}


def _key(item: Item) -> str:
    if item.number is not None:
        return f"{item.type} {item.number.value:g} ± {item.number.tolerance:g}"
    if item.type is ItemType.DILEMMA:
        scores = " ".join(f"{one.id}={one.score:g}" for one in item.options)
        return f"{item.type} {scores}"
    return f"{item.type} {' '.join(item.key)}"


def read_registers(folders: Iterable[Path]) -> dict[str, Registered]:
    """What was approved so far, by module id."""
    found: dict[str, Registered] = {}
    for folder in folders:
        found |= {name: _registered(one) for name, one in _load(folder / REGISTER_FILE).items()}
    return found


def register(module: Module, folder: Path) -> None:
    """Keep the version and the keys of a module that was approved just now."""
    import yaml

    path = folder / REGISTER_FILE
    kept = _load(path) | {module.id: {"version": module.version, "keys": keys_of(module)}}
    head = "# What was approved: written by `libcoach modules approve`.\n"
    text = head + yaml.safe_dump(kept, allow_unicode=True, width=200)
    aside = path.with_name(path.name + ".part")
    aside.write_text(text, "utf-8")
    aside.replace(path)


def _load(path: Path) -> dict[str, Any]:
    import yaml

    try:
        loaded = yaml.safe_load(path.read_text("utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return {}
    except yaml.YAMLError:
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _registered(said: Any) -> Registered:
    given = said if isinstance(said, dict) else {}
    version, keys = given.get("version"), given.get("keys")
    return Registered(
        version if isinstance(version, int) else 0,
        {str(k): str(v) for k, v in keys.items()} if isinstance(keys, dict) else {},
    )
