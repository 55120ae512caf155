"""Making the index whole in the background: a version at a time, taken up again any time."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass

from foundation.database import Sessions
from foundation.errors import UnknownDocument
from knowledge import catalogue
from knowledge.index import Entry, PassageIndex
from knowledge.rows import DocumentRow


@dataclass(frozen=True, slots=True)
class Waiting:
    """A version that answers and is not whole in the index."""

    version: str
    document: str


def plan(wanted: Mapping[str, str], held: Collection[str]) -> tuple[Waiting, ...]:
    """What is still to be done, in the order of the documents' ids."""
    lacking = [Waiting(key, document) for key, document in wanted.items() if key not in held]
    return tuple(sorted(lacking, key=lambda one: (one.document, one.version)))


def waiting(sessions: Sessions, index: PassageIndex) -> tuple[Waiting, ...]:
    with sessions() as session:
        wanted = catalogue.version_keys(session)
    return plan(wanted, index.versions())


def step(sessions: Sessions, index: PassageIndex, one: Waiting) -> None:
    """Index one version; one that was removed or replaced meanwhile is left out."""
    with sessions() as session:
        if one.version not in catalogue.version_keys(session):
            return
        try:
            reading = catalogue.load_reading(session, one.version)
        except UnknownDocument:
            return
        title = session.get_one(DocumentRow, one.document).title
    index.put([Entry(one.version, one.document, title, reading)])


def catch_up(
    sessions: Sessions, index: PassageIndex, stopped: Callable[[], bool] = lambda: False
) -> Iterator[Waiting]:
    """Index what is waiting, until it is done or `stopped`; yields each version that was."""
    for one in waiting(sessions, index):
        if stopped():
            return
        step(sessions, index, one)
        yield one
