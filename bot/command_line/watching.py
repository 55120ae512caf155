"""What a person sees while files are added: on a terminal's standard error, and nowhere else."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from foundation.wording import say
from knowledge.gathering import gather
from knowledge.offer import Outcome

_NAME_WIDTH = 40


class Watched:
    """Is told what goes on; without anybody at a terminal it keeps it to itself."""

    def reading(self, name: str) -> None:
        """A file is being read."""

    def done(self, outcome: Outcome) -> None:
        """A file is done."""


class _Bar(Watched):
    def __init__(self, progress: Any, task: Any, language: str) -> None:
        self._progress, self._task, self._language = progress, task, language
        self._files = self._passages = 0

    def reading(self, name: str) -> None:
        from rich.markup import escape

        shown = name if len(name) <= _NAME_WIDTH else f"{name[: _NAME_WIDTH - 1]}…"
        self._progress.update(self._task, description=escape(shown))

    def done(self, outcome: Outcome) -> None:
        self._files += 1
        self._passages += outcome.passages
        counts = {"files": self._files, "passages": self._passages}
        said = say("documents.add.progress", self._language, **counts)
        self._progress.update(self._task, advance=1, counts=said)


@contextmanager
def watching(language: str, paths: Sequence[Path]) -> Iterator[Watched]:
    """Shows a bar with what is being read, the files done and their passages."""
    if not sys.stderr.isatty():
        yield Watched()
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (
        BarColumn(20), TextColumn("{task.fields[counts]}"), TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(say("documents.add.counting", language), total=None, counts="")
        progress.update(task, total=sum(1 for _ in gather(paths)))
        yield _Bar(progress, task, language)
