"""All rules over all modules: every fault there is, in the order of the files."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Final

from training_modules.checking.approvals import NONE_REGISTERED, approvals, versions
from training_modules.checking.bilingual import both_languages
from training_modules.checking.chinese import marks, simplified
from training_modules.checking.giveaways import giveaways
from training_modules.checking.keys import keys
from training_modules.checking.length import lengths, reading_time
from training_modules.checking.sources import Holds, quotes, sources
from training_modules.checking.tracks import ids, of_tracks, places
from training_modules.checking.whole import whole
from training_modules.checking.wording import wording
from training_modules.fault import Fault
from training_modules.module import Module, Status, Track
from training_modules.register import Registered

_RULES: Final[tuple[Callable[[Module], Iterable[Fault]], ...]] = (
    whole, sources, keys, giveaways, wording, both_languages, lengths, reading_time, marks,
    simplified, approvals,
)  # fmt: skip


def check(
    modules: Sequence[Module], tracks: Sequence[Track], holds: Holds,
    register: Mapping[str, Registered] = NONE_REGISTERED,
) -> tuple[Fault, ...]:  # fmt: skip
    """Everything that keeps these modules from being delivered; of none that is retired."""
    living = [module for module in modules if module.status is not Status.RETIRED]
    found = [one for module in living for one in check_one(module, holds, register)]
    found += [*ids(modules), *places(modules, tracks), *of_tracks(living, tracks)]
    return in_order(found)


def check_one(
    module: Module, holds: Holds, register: Mapping[str, Registered] = NONE_REGISTERED
) -> Iterator[Fault]:
    """What is wrong with one module, whatever stands around it."""
    for rule in _RULES:
        yield from rule(module)
    yield from quotes(module, holds)
    yield from versions(module, register)


def in_order(found: Iterable[Fault]) -> tuple[Fault, ...]:
    """By file and line; what was said twice, once."""
    unique = dict.fromkeys(found)
    return tuple(sorted(unique, key=lambda one: (str(one.path or ""), one.line)))
