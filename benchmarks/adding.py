"""Adds files to a home and says what it took, as JSON; run by others in a process of its own."""

import argparse
import json
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Final

from benchmarks.material import shuffled
from benchmarks.measuring import Spent
from bot.wiring import open_app
from foundation.settings import Settings
from knowledge.adding import Adding
from knowledge.offer import Offered, Outcome, Wanted
from knowledge.reading import ReadingPool
from retrieval.index import SearchIndex
from retrieval.lexical import Found
from retrieval.segment import Text

_READERS: Final = 2


class NoVectors:
    """The dense half left out: to see what the rest takes."""

    trouble: str | None = None

    def put(self, texts: Sequence[Text]) -> None: ...

    def remove(self, versions: Iterable[str]) -> None: ...

    def versions(self) -> set[str] | None:
        return None

    def search(self, question: str, k: int, live: Collection[str] | None = None) -> list[Found]:  # noqa: ARG002
        return []


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="where the files are")
    parser.add_argument("--home", type=Path, required=True, help="an empty folder, or a home")
    parser.add_argument("--files", type=int, default=0, help="how many; 0 is all")
    parser.add_argument("--passages", type=int, default=0, help="stop when so many are there")
    parser.add_argument("--vectors", action="store_true", help="with the shipped embedding")
    options = parser.parse_args()
    app = open_app(Settings(home=options.home))
    index = app.index if options.vectors else SearchIndex(app.index.lexical, NoVectors())
    files = islice(shuffled(options.folder), options.files or None)
    readers = min(_READERS, os.cpu_count() or 1)
    before = Spent.now()
    with ReadingPool(workers=readers) as pool:
        adding = Adding(app.sessions, index, pool.read, app.clock, Wanted(), readers)
        outcomes = _until(adding.results(map(_offered, files)), options.passages)
        counts = Counter(outcome.status for outcome in outcomes)
        passages = sum(outcome.passages for outcome in outcomes)
    print(json.dumps(_taken(before, readers) | {"passages": passages, "files": counts}))


def _until(outcomes: Iterator[Outcome], most: int) -> list[Outcome]:
    """All of them, or as many as make so many passages."""
    found: list[Outcome] = []
    passages = 0
    for outcome in outcomes:
        found.append(outcome)
        passages += outcome.passages
        if most and passages >= most:
            break
    return found


def _taken(before: Spent, readers: int) -> dict[str, float]:
    """What it took; the readers' memory is that of the largest, for each of them."""
    after = Spent.now()
    return {
        "wall": after.wall - before.wall,
        "cpu": after.cpu - before.cpu,
        "peak": after.own_peak + readers * after.child_peak,
        "own_peak": after.own_peak,
    }


def _offered(path: Path) -> Offered:
    return Offered(str(path), path.name, path.read_bytes())


if __name__ == "__main__":
    main()
