"""The file of a track: its names, its questions of confidence, its modules in order."""

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from training_modules.fault import Fault, Noted
from training_modules.markup.front_matter import FrontMatter, fields_of
from training_modules.module import Track

TRACK_FILE: Final = "track.yaml"
_FIELDS: Final = ("id", "version", "title", "about", "confidence", "modules")
_QUESTIONS: Final = 3


@dataclass(frozen=True, slots=True)
class ParsedTrack:
    track: Track | None
    faults: tuple[Fault, ...]


def parse_track(text: str, path: Path | None = None) -> ParsedTrack:
    noted = Noted(path)
    front = fields_of(text.removeprefix("\ufeff").split("\n"), 1, _FIELDS, (), noted)
    if front is None:
        return ParsedTrack(None, noted.in_order())
    track = _track(front)
    if len(track.confidence) != _QUESTIONS and "confidence" in front.values:
        front.note("track.confidence", "confidence", count=len(track.confidence))
    for name in {one for one in track.modules if track.modules.count(one) > 1}:
        front.note("track.twice", "modules", id=name)
    return ParsedTrack(track, noted.in_order())


def parse_track_file(path: Path) -> ParsedTrack:
    try:
        return parse_track(path.read_text("utf-8"), path)
    except UnicodeDecodeError:
        noted = Noted(path)
        noted.add("file.encoding", 1)
        return ParsedTrack(None, noted.in_order())


def _track(front: FrontMatter) -> Track:
    return Track(
        front.id("id"), front.bilingual("title"), front.bilingual("about"),
        front.bilinguals("confidence"), front.names("modules"), front.number("version", 1, 9999),
    )  # fmt: skip
