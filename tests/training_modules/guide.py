"""The module that the author's guide explains, put together from its parts."""

import re
from pathlib import Path
from typing import Final

from training_modules.module import Bilingual, Module, Track
from training_modules.parsing import parse

ROOT: Final = Path(__file__).parents[2]
GUIDE: Final = ROOT / "docs" / "writing-modules.md"
_PART: Final = re.compile(r"^```module\n(.*?)^```$", re.M | re.S)
NAME: Final = "practice-90-outsourcing"
TRACK: Final = Track(
    "professional-practice", Bilingual("专业实践", "Professional practice"),
    Bilingual("把事做好", "Doing it well"),
    (Bilingual("我能一", "I can"), Bilingual("我能二", "I can 2"), Bilingual("我能三", "I can 3")),
    (NAME,),
)  # fmt: skip


def text() -> str:
    return "".join(_PART.findall(GUIDE.read_text("utf-8")))


def module() -> Module:
    found = parse(text()).module
    assert found is not None
    return found


def holds(document: str, quote: str) -> bool:
    """Does the quote stand in the founding document, its lines joined?"""
    path = ROOT / "knowledge" / "documents" / f"{document}.txt"
    return path.is_file() and quote in path.read_text("utf-8")
