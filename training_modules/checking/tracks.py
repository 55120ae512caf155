"""Modules among each other: ids, tracks, what comes after what, dilemmas often enough."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from training_modules.checking.giveaways import giveaways_of_track
from training_modules.checking.texts import at
from training_modules.fault import Fault, fault
from training_modules.module import ItemType, Module, Status, Track
from training_modules.track_file import TRACK_FILE


def ids(modules: Sequence[Module]) -> Iterator[Fault]:
    counts = Counter(module.id for module in modules if module.id)
    for module in modules:
        if counts[module.id] > 1:
            yield at(module, "module.twice", id=module.id)


def places(modules: Sequence[Module], tracks: Sequence[Track]) -> Iterator[Fault]:
    """Every module stands in its track, every track has its modules."""
    by_id = {track.id: track for track in tracks}
    for module in modules:
        track = by_id.get(module.track)
        if track is None:
            known = ", ".join(by_id) or "-"
            yield at(module, "track.unknown", "track", track=module.track, known=known)
        elif module.id not in track.modules and module.status is not Status.RETIRED:
            yield at(module, "track.unlisted", id=module.id, track=track.id)
        yield from _after(module, modules, track)
    present = {module.id for module in modules}
    for track in tracks:
        for name in track.modules:
            if name not in present:
                yield _at_track(track, modules, "track.absent", id=name)


def _after(module: Module, modules: Sequence[Module], track: Track | None) -> Iterator[Fault]:
    """What comes first is there, and does come first."""
    known = {one.id for one in modules}
    order = list(track.modules) if track else []
    for name in module.after:
        if name not in known:
            yield at(module, "after.unknown", "after", id=name)
        elif name == module.id or (
            name in order and module.id in order and order.index(name) > order.index(module.id)
        ):
            yield at(module, "after.later", "after", id=name)


def of_tracks(modules: Sequence[Module], tracks: Sequence[Track]) -> Iterator[Fault]:
    """What only a whole track can have: enough dilemmas, keys that give nothing away."""
    by_id: Mapping[str, Module] = {module.id: module for module in modules}
    for track in tracks:
        own = [by_id[name] for name in track.modules if name in by_id]
        if not own:
            continue
        with_dilemma = [m for m in own if any(i.type is ItemType.DILEMMA for i in m.practice)]
        if 2 * len(with_dilemma) + 1 < len(own):
            count, needed = len(with_dilemma), len(own) // 2
            yield _at_track(
                track, modules, "track.dilemmas", count=count, needed=needed, size=len(own)
            )
        yield from giveaways_of_track(own)


def _at_track(track: Track, modules: Sequence[Module], rule: str, **values: object) -> Fault:
    folders = (m.path.parent for m in modules if m.track == track.id and m.path is not None)
    folder = next(folders, None)
    return fault(rule, folder / TRACK_FILE if folder else None, 1, track=track.id, **values)
