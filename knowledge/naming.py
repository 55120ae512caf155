"""The ids of files that are added: the one asked for, else made of the file's name."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

from knowledge.offer import Offered
from knowledge.record import slug


@dataclass
class Naming:
    """The ids of one run; no two files that differ share one."""

    asked: str | None = None
    _taken: dict[str, str] = field(default_factory=dict)
    _named: dict[str, list[str]] = field(default_factory=dict)

    def ids(
        self, files: Sequence[tuple[Offered, str]], held: Mapping[str, Sequence[str]]
    ) -> list[str]:
        """An id for each file and its hash; `held` says which documents hold the same bytes."""
        bases = [self.asked or slug(PurePath(offered.name).stem) for offered, _ in files]
        ids: list[str | None] = []
        # Who is here already under a number of its own keeps it, whoever comes before it now.
        for base, (_, sha256) in zip(bases, files, strict=True):
            same = (d for d in held.get(sha256, ()) if _is_made_of(base, d))
            ids.append(next((d for d in same if self._take(d, sha256)), None))
        return [
            document or self._free(base, sha256)
            for document, base, (_, sha256) in zip(ids, bases, files, strict=True)
        ]

    def same_bytes(self, document: str, sha256: str) -> list[str]:
        """The other ids of this run that have the same bytes."""
        return [d for d in self._named.get(sha256, ()) if d != document]

    def _free(self, base: str, sha256: str) -> str:
        document, count = base, 1
        while not self._take(document, sha256):
            count += 1
            document = f"{base}-{count}"
        return document

    def _take(self, document: str, sha256: str) -> bool:
        if document not in self._taken:
            self._taken[document] = sha256
            self._named.setdefault(sha256, []).append(document)
        return self._taken[document] == sha256


def _is_made_of(base: str, document: str) -> bool:
    return re.fullmatch(re.escape(base) + r"(-\d+)?", document) is not None
