"""The shelf: every module and track, shipped and of one's own; read when somebody asks."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Generic, Self, TypeVar

from training_modules.fault import Fault
from training_modules.module import Item, Module, Track
from training_modules.parsing import Parsed, parse_file
from training_modules.track_file import TRACK_FILE, ParsedTrack, parse_track_file

LIBRARY: Final = Path(__file__).parent / "library"
_Read = TypeVar("_Read")


@dataclass
class _Kept(Generic[_Read]):
    """What files say; a file is read again when it was changed."""

    read: Callable[[Path], _Read]
    known: dict[Path, tuple[tuple[int, int], _Read]] = field(default_factory=dict)

    def of(self, path: Path) -> _Read | None:
        """None when the file has gone."""
        try:
            found = path.stat()
        except OSError:
            return None
        stamp = (found.st_mtime_ns, found.st_size)
        known = self.known.get(path)
        if known is None or known[0] != stamp:
            known = self.known[path] = (stamp, self.read(path))
        return known[1]


@dataclass
class Shelf:
    """Modules by id; one in the own folder stands before a shipped one of the same id.

    A file with a fault in its form is not on the shelf; `faults` names them.
    """

    folders: tuple[Path, ...]
    _parsed: _Kept[Parsed] = field(default_factory=lambda: _Kept(parse_file), repr=False)
    _tracks: _Kept[ParsedTrack] = field(default_factory=lambda: _Kept(parse_track_file), repr=False)
    _places: dict[str, Path] = field(default_factory=dict, repr=False)

    @classmethod
    def open(cls, own_folder: Path | None = None, library: Path = LIBRARY) -> Self:
        return cls((library,) if own_folder is None else (library, own_folder))

    def modules(self) -> tuple[Module, ...]:
        """Track by track, in the order of the track."""
        found = [m for m in map(self._at, self._paths().values()) if m is not None]
        order = [name for track in self.tracks() for name in track.modules]
        rank = {name: n for n, name in enumerate(order)}
        return tuple(sorted(found, key=lambda m: (rank.get(m.id, len(rank)), m.id)))

    def module(self, wanted: str) -> Module | None:
        place = self._places.get(wanted)
        found = self._at(place) if place else None
        if found is not None:
            return found
        place = self._paths().get(wanted)
        return self._at(place) if place else None

    def item(self, module: str, wanted: str) -> Item | None:
        found = self.module(module)
        return found.item(wanted) if found else None

    def tracks(self) -> tuple[Track, ...]:
        """In the order of their folders' names; an own one stands for a shipped one."""
        found: dict[str, Track] = {}
        for path in self._track_files():
            parsed = self._tracks.of(path)
            if parsed is not None and parsed.track is not None and not parsed.faults:
                found[parsed.track.id] = parsed.track
        return tuple(found.values())

    def track(self, wanted: str) -> Track | None:
        return next((track for track in self.tracks() if track.id == wanted), None)

    def faults(self) -> tuple[Fault, ...]:
        """What is wrong with the form of files, which keeps them off the shelf."""
        parsed: list[Parsed | ParsedTrack | None] = [
            self._tracks.of(p) for p in self._track_files()
        ]
        parsed += [self._parsed.of(path) for path in self._paths().values()]
        return tuple(one for found in parsed if found is not None for one in found.faults)

    def _at(self, path: Path) -> Module | None:
        parsed = self._parsed.of(path)
        return parsed.module if parsed is not None and not parsed.faults else None

    def _paths(self) -> dict[str, Path]:
        """The file of each id as the folders are now."""
        found = [p for folder in self.folders for p in files_below(folder, ".md")]
        self._places = {path.stem: path for path in found}
        return self._places

    def _track_files(self) -> Iterator[Path]:
        for folder in self.folders:
            yield from (p for p in files_below(folder, TRACK_FILE) if p.name == TRACK_FILE)


def files_below(folder: Path, ending: str) -> Iterator[Path]:
    """Files whose names end so, in order; none where there is no such folder."""
    for place, below, names in os.walk(folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        found = (name for name in sorted(names) if name.endswith(ending) and name[0] != ".")
        yield from (Path(place, name) for name in found)
