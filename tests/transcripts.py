"""Documents that show a command and its output: found, run, and compared with what comes out."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
_FENCE: Final = re.compile(
    r"^```console(?: exit=(?P<status>\d+))?\n(?P<body>.*?)^```$", re.M | re.S
)
_SECONDS: Final = 240


@dataclass(frozen=True)
class Shown:
    """A command as a document shows it, the output it promises, and where that stands."""

    line: int
    command: str
    output: str
    status: int = 0


def shown_in(text: str) -> Iterator[Shown]:
    """Every `$ command` of the blocks fenced as ```console; `> ` continues a command."""
    for fence in _FENCE.finditer(text):
        first = text.count("\n", 0, fence.start("body")) + 1
        status = int(fence["status"] or 0)
        commands = re.split(r"^\$ ", fence["body"], flags=re.M)
        line = first + commands[0].count("\n")
        for shown in commands[1:]:
            command, _, output = shown.partition("\n")
            while output.startswith("> "):
                more, _, output = output[2:].partition("\n")
                command += "\n" + more
            yield Shown(line, command, output.rstrip(), status)
            line += shown.count("\n")


def is_as_shown(shown: str, seen: str) -> bool:
    """Compare line by line; `...` stands for any words, alone in a line for any lines."""
    pattern = ""
    for line in _lines(shown):
        if line == "...":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*".join(re.escape(part) for part in line.split("...")) + r"\n"
    return re.fullmatch(pattern, "".join(line + "\n" for line in _lines(seen))) is not None


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().splitlines()]


def run_as_reader(command: str, folder: Path) -> tuple[int, str]:
    """What a person with nothing but our commands sees: status, and all that is printed."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("LIBCOACH_")}
    environment |= {
        "LIBCOACH_HOME": str(folder / "home"),
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{environment.get('PATH', '')}",
        "LC_ALL": "C.UTF-8", "COLUMNS": "100", "NO_COLOR": "1",
    }  # fmt: skip
    done = subprocess.run(
        ["bash", "-c", command],
        cwd=folder, env=environment, stdin=subprocess.DEVNULL, timeout=_SECONDS, check=False,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
    )  # fmt: skip
    return done.returncode, done.stdout
