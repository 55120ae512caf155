"""Every text a person reads, in Chinese and English, from one folder."""

from functools import cache
from pathlib import Path
from typing import Any, Final

FOLDER: Final = Path(__file__).with_name("texts")
# Where the texts are whose family has no file of its own.
_OTHERS: Final = "chat"


@cache
def _families() -> frozenset[str]:
    return frozenset(path.stem for path in FOLDER.glob("*.yaml"))


@cache
def _texts(family: str) -> dict[str, dict[str, str]]:
    """The texts of one file; the others are not read until somebody needs them."""
    import yaml

    with (FOLDER / f"{family}.yaml").open("rb") as file:
        texts: dict[str, dict[str, str]] = yaml.load(file, Loader=_loader())  # noqa: S506
    return texts


def _loader() -> Any:
    """The fast loader where its library is there; both are the safe one."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def family(key: str) -> str:
    """The file of a key: the one named as the key begins."""
    first = key.partition(".")[0]
    return first if first in _families() else _OTHERS


def say(key: str, language: str, /, **values: object) -> str:
    """The text of a key in a language, its places filled."""
    text = _texts(family(key))[key][language]
    return text.format(**values) if values else text


def keys(*families: str) -> list[str]:
    """The keys of some families, or of all."""
    return sorted(key for name in families or _families() for key in _texts(name))
