"""Every text a person reads, in Chinese and English, from one file."""

from functools import cache
from pathlib import Path
from typing import Any, Final

FILE: Final = Path(__file__).with_name("wording.yaml")


@cache
def _texts() -> dict[str, dict[str, str]]:
    import yaml

    with FILE.open("rb") as file:
        texts: dict[str, dict[str, str]] = yaml.load(file, Loader=_loader())  # noqa: S506
    return texts


def _loader() -> Any:
    """The fast loader where its library is there; both are the safe one."""
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def say(key: str, language: str, **values: object) -> str:
    """The text of a key in a language, its places filled."""
    text = _texts()[key][language]
    return text.format(**values) if values else text


def keys() -> list[str]:
    return sorted(_texts())
