"""Topics: what people call what a shipped module teaches, beyond the words of the module itself."""

from functools import cache
from pathlib import Path
from typing import Final

from retrieval.folding import fold

_FILE: Final = Path(__file__).with_name("library") / "topics.tsv"


@cache
def topics_of(module: str) -> tuple[str, ...]:
    """Folded, in both languages; none for a module that somebody added."""
    return _all().get(module, ())


@cache
def _all() -> dict[str, tuple[str, ...]]:
    lines = _FILE.read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return {module: tuple(map(fold, f"{zh};{en}".split(";"))) for module, zh, en in rows}
