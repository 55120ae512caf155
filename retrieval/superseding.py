"""Of a document and the one that replaced it, the newer is heard first."""

from collections.abc import Sequence

from retrieval.candidates import Candidate
from retrieval.library import Library


def newer_first(candidates: Sequence[Candidate], library: Library) -> list[Candidate]:
    """Drafts in their order, but none of a replaced document before those of its successors."""
    ordered: list[Candidate] = []
    for candidate in candidates:
        for version in (*_successors(candidate, library), None):
            of_it = [c for c in candidates if _version(c) == version] if version else [candidate]
            ordered += [c for c in of_it if all(c is not other for other in ordered)]
    return ordered


def _successors(candidate: Candidate, library: Library) -> list[str]:
    """The versions that replaced its document, the newest first; a circle ends."""
    found: list[str] = []
    record = library.record(_version(candidate))
    while record.replaced_by:
        version = library.version_of(record.replaced_by)
        if version is None or version in found:
            break
        found.insert(0, version)
        record = library.record(version)
    return found


def _version(candidate: Candidate) -> str:
    return candidate.draft.quotes()[0].version
