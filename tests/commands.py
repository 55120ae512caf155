"""The real `libcoach` in a process and a home of its own, as a person or a script runs it.

The processes are forked from one that has imported the program, so that many can be started.
"""

import json
import os
import pwd
import resource
import signal
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from tests.forking import forking

_PATIENCE = 240


@dataclass(frozen=True)
class Ran:
    """What a command did: its exit status and what it printed."""

    status: int
    out: str
    err: str

    @property
    def lines(self) -> list[Any]:
        """What it printed in whole lines; one that was killed may have begun another."""
        return [json.loads(line) for line in self.out.splitlines(keepends=True) if line[-1] == "\n"]

    @property
    def value(self) -> Any:
        (value,) = self.lines
        return value


@dataclass
class Running:
    """A command at work."""

    process: BaseProcess
    out: Path
    err: Path

    def send(self, number: signal.Signals) -> None:
        if self.process.pid is not None and self.process.is_alive():
            with suppress(ProcessLookupError):  # it may end between the question and the shot
                os.kill(self.process.pid, number)

    def wait_for_output(self, lines: int = 1) -> None:
        """Until so many lines were printed, or it has ended."""
        while self.process.is_alive() and self.out.read_bytes().count(b"\n") < lines:
            time.sleep(0.005)

    def ended(self) -> Ran:
        self.process.join(_PATIENCE)
        status = self.process.exitcode
        if status is None:
            self.process.kill()
            raise AssertionError("the command does not end")
        # A device that is always full can be read without end.
        out = self.out.read_text("utf-8") if self.out.is_file() else ""
        return Ran(status, out, self.err.read_text("utf-8"))


@dataclass
class Home:
    """A folder that is LIBCOACH_HOME."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    _count: int = 0

    def start(
        self, *arguments: object, prepare: Callable[[], None] | None = None, out: str = ""
    ) -> Running:
        """The command, running; `prepare` is called in its process, `out` is where it prints."""
        context = forking()
        self._count += 1
        beside = self.folder.with_name(f"{self.folder.name}-{self._count}")
        beside.mkdir(parents=True)
        printed = Path(out or beside / "out")
        printed.touch()
        (beside / "err").touch()
        settings = {"LIBCOACH_HOME": str(self.folder), "LIBCOACH_LANGUAGE": "en", **self.settings}
        given = ([str(a) for a in arguments], settings, printed, beside / "err", prepare)
        process = context.Process(target=_act, args=given)
        process.start()
        return Running(process, printed, beside / "err")

    def run(self, *arguments: object, prepare: Callable[[], None] | None = None) -> Ran:
        return self.start(*arguments, prepare=prepare).ended()

    def documents(self, *arguments: object, prepare: Callable[[], None] | None = None) -> Ran:
        return self.run("documents", *arguments, prepare=prepare)


def _act(
    arguments: Sequence[str],
    settings: Mapping[str, str],
    out: Path,
    err: Path,
    prepare: Callable[[], None] | None,
) -> None:
    for number, path in ((1, out), (2, err)):
        os.dup2(os.open(path, os.O_WRONLY | os.O_APPEND), number)
    # Nobody's settings: neither those of whoever runs the tests nor those of a working folder.
    for name in [name for name in os.environ if name.startswith("LIBCOACH_")]:
        del os.environ[name]
    os.environ.update(settings)
    os.chdir(err.parent)
    sys.argv = ["libcoach", *arguments]
    if prepare is not None:
        prepare()
    from bot.command_line.main import main

    main()


def with_little_disk() -> None:
    """From here on no file can grow beyond half a megabyte."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, 500_000))


def as_nobody() -> None:
    """Root may write everywhere; anybody else is stopped by the permissions of files."""
    if os.geteuid() == 0:
        person = pwd.getpwnam("nobody")
        os.setgid(person.pw_gid)
        os.setuid(person.pw_uid)
