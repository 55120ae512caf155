"""What every measurement needs: the machine, a program's time and memory, tables."""

import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parent.parent
LIBCOACH: Final = Path(sys.executable).with_name("libcoach")
_KILOBYTE: Final = 1024


@dataclass(frozen=True, slots=True)
class Spent:
    """What a process and its children took so far, in seconds and bytes."""

    wall: float
    cpu: float
    own_peak: int
    child_peak: int

    @classmethod
    def now(cls) -> "Spent":
        own = resource.getrusage(resource.RUSAGE_SELF)
        children = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = own.ru_utime + own.ru_stime + children.ru_utime + children.ru_stime
        peaks = own.ru_maxrss * _KILOBYTE, children.ru_maxrss * _KILOBYTE
        return cls(time.perf_counter(), cpu, *peaks)


def machine() -> str:
    """Cores, memory and Python, and what else was running: a figure means little without."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    cores = len(os.sched_getaffinity(0))
    load = os.getloadavg()[0]
    python = f"{platform.python_implementation()} {platform.python_version()}"
    return (
        f"{cores} cores ({_processor()}), {memory:.0f} GB, {platform.system()}, {python}; "
        f"{load:.1f} processes waited for a core or had one when it began"
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text("utf-8").splitlines()
    except OSError:
        return platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()


def child(module: str, *given: object) -> dict[str, Any]:
    """What a measuring module says, run in a process of its own so that its memory is its own."""
    command = [sys.executable, "-m", module, *map(str, given)]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True)
    said: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return said


def run(command: Sequence[str | Path], environment: Mapping[str, str]) -> tuple[float, float]:
    """The wall time and the processor time of a command that must succeed."""
    before = Spent.now()
    subprocess.run(
        command, cwd=ROOT, env={**os.environ, **environment}, check=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    after = Spent.now()
    return after.wall - before.wall, after.cpu - before.cpu


def percentile(values: Sequence[float], share: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[share - 1]


def table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table; figures stand to the right."""
    marks = [":--", *["--:"] * (len(header) - 1)]
    lines = [header, marks, *rows]
    return "\n".join("| " + " | ".join(map(str, line)) + " |" for line in lines)


def megabytes(size: float) -> str:
    return f"{size / 1e6:,.0f} MB"


def say(message: str) -> None:
    """Progress, beside the figures."""
    print(message, file=sys.stderr, flush=True)
