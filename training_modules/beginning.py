"""Beginning a module: a draft to fill in, in its folder, listed in its track."""

from dataclasses import replace
from pathlib import Path
from string import Template
from typing import Final

from foundation.errors import InvalidModule
from training_modules.markup.front_matter import ID
from training_modules.module import Track
from training_modules.shelf import Shelf
from training_modules.track_file import TRACK_FILE
from training_modules.writing import track_as_yaml

TEMPLATE: Final = Path(__file__).with_name("template.md")


def begin(shelf: Shelf, folder: Path, name: str, track: str) -> Path:
    """Write the draft of a new module and answer its file; nothing that is there is touched."""
    text = Template(TEMPLATE.read_text("utf-8")).substitute(id=name, track=track)
    return place(shelf, folder, name, track, text)


def place(shelf: Shelf, folder: Path, name: str, track: str, text: str) -> Path:
    """Write a module that is not there yet, and list it in its track."""
    if not ID.fullmatch(name):
        raise InvalidModule(
            f"“{name}” is no id: use lower-case letters, digits and hyphens, 3 to 40 characters."
        )
    found = shelf.track(track)
    if found is None:
        known = ", ".join(one.id for one in shelf.tracks()) or "none yet"
        raise InvalidModule(
            f"There is no track “{track}”; there are: {known}."
            f" A new one begins with a {TRACK_FILE}."
        )
    path = folder / track / f"{name}.md"
    if path.exists() or shelf.module(name) is not None:
        raise InvalidModule(f"A module {name} is there already; choose another id.")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    if name not in found.modules:
        _list(path.parent / TRACK_FILE, found, name)
    return path


def _list(path: Path, track: Track, name: str) -> None:
    """In the own file of the track, which stands before the shipped one."""
    listed = replace(track, modules=(*track.modules, name))
    path.write_text(track_as_yaml(listed), "utf-8")
