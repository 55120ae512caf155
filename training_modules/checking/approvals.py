"""Approvals: what is called approved was let pass by two people, as it is now."""

from collections.abc import Iterator, Mapping
from typing import Final

from training_modules.approving import NEEDED
from training_modules.checking.texts import at
from training_modules.fault import Fault
from training_modules.module import Module, Status
from training_modules.register import Registered, keys_of

NONE_REGISTERED: Final[Mapping[str, Registered]] = {}


def approvals(module: Module) -> Iterator[Fault]:
    if module.status is not Status.APPROVED:
        return
    fitting = [one for one in module.approvals if one.sha256 == module.sha256]
    if len(fitting) < len(module.approvals):
        yield at(module, "approval.stale", "approvals")
    people = {" ".join(one.by.casefold().split()) for one in fitting if one.by}
    if len(people) < NEEDED:
        yield at(module, "approval.few", "status", count=len(people), needed=NEEDED)


def versions(module: Module, register: Mapping[str, Registered]) -> Iterator[Fault]:
    """A key that changed since the version was approved makes another version."""
    known = register.get(module.id)
    if known is None:
        return
    if module.version < known.version:
        yield at(module, "version.back", "version", version=module.version, last=known.version)
    if module.version != known.version:
        return
    now = keys_of(module)
    for item in (name for name in known.keys if now.get(name) != known.keys[name]):
        yield at(
            module, "version.key", item if item in now else "version", id=item,
            version=module.version,
        )  # fmt: skip
