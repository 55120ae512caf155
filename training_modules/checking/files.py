"""Checking files: those that are named, seen among all the others that are there."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from training_modules.checking.checker import check, in_order
from training_modules.checking.sources import Holds
from training_modules.fault import Fault
from training_modules.module import Module, Track
from training_modules.parsing import parse_file
from training_modules.register import read_registers
from training_modules.shelf import files_below
from training_modules.track_file import TRACK_FILE, parse_track_file

_MODULE: Final = ".md"


@dataclass(frozen=True, slots=True)
class Checked:
    """How many modules were looked at, and everything that is wrong with them."""

    modules: int
    faults: tuple[Fault, ...]


def check_files(named: Sequence[Path], folders: Sequence[Path], holds: Holds) -> Checked:
    """Check these files and folders; without any, all that is in the folders of the shelf.

    A module is always seen among the others, but only the faults of what was named are told.
    """
    wanted = list(_files(named or folders))
    files = list(dict.fromkeys([*_files(folders), *wanted]))
    faults: list[Fault] = []
    modules: dict[Path, Module] = {}
    tracks: dict[str, Track] = {}
    for path in files:
        if path.name == TRACK_FILE:
            read = parse_track_file(path)
            tracks |= {read.track.id: read.track} if read.track else {}
            faults += read.faults
        else:
            parsed = parse_file(path)
            modules |= {path: parsed.module} if parsed.module else {}
            faults += parsed.faults
    seen = _standing(modules, wanted)
    register = read_registers({path.parent: None for path in files})
    faults += check(seen, list(tracks.values()), holds, register)
    told = {path.resolve() for path in wanted}
    mine = [one for one in _without_echo(faults) if one.path and one.path.resolve() in told]
    return Checked(sum(path.suffix == _MODULE for path in wanted), in_order(mine))


def _files(places: Iterable[Path]) -> Iterator[Path]:
    for place in places:
        if place.is_dir():
            yield from files_below(place, _MODULE)
            yield from (p for p in files_below(place, TRACK_FILE) if p.name == TRACK_FILE)
        elif place.exists():
            yield place


def _standing(modules: dict[Path, Module], wanted: Sequence[Path]) -> list[Module]:
    """A named file stands for another of the same id in another folder; so does an own one."""
    named = set(wanted)
    kept: dict[tuple[str, Path], Module] = {}
    owner: dict[str, Path] = {}
    for path, module in sorted(modules.items(), key=lambda one: one[0] in named):
        before = owner.get(module.id)
        if module.id and before is not None and before != path.parent and path.stem == module.id:
            kept = {key: m for key, m in kept.items() if key[0] != module.id}
        owner[module.id] = path.parent
        kept[(module.id, path)] = module
    return list(kept.values())


def _without_echo(faults: Sequence[Fault]) -> Iterator[Fault]:
    """What has no part in a language has no text in it either: that is said once."""
    missing = {(one.path, one.line) for one in faults if one.rule == "language.missing"}
    for one in faults:
        if one.rule != "text.missing" or (one.path, one.line) not in missing:
            yield one
