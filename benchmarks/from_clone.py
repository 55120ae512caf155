"""From nothing to the first answer: a clone, `make setup`, `libcoach ask`."""

import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.measuring import ROOT, say, table

_QUESTION: Final = "浙江图书馆2025年数字资源总量目标是多少"


def main() -> None:
    with TemporaryDirectory(prefix="libcoach-clone-") as folder:
        checkout = Path(folder) / "libcoach"
        steps = {
            "`git clone`": ["git", "clone", "-q", str(ROOT), str(checkout)],
            "`make setup`": ["make", "-C", str(checkout), "setup"],
            "`libcoach ask`, the first": [str(checkout / ".venv/bin/libcoach"), "ask", _QUESTION],
            "`libcoach ask`, the second": [str(checkout / ".venv/bin/libcoach"), "ask", _QUESTION],
        }
        rows = [[name, f"{_seconds(_step(command)):.1f} s"] for name, command in steps.items()]
    print(table(("step", "time"), rows))


def _step(command: list[str]) -> Callable[[], object]:
    ours = {name: value for name, value in os.environ.items() if not name.startswith("LIBCOACH_")}
    say(" ".join(command[:2]))
    # Our figures go to standard output; what the steps say goes beside them.
    return lambda: subprocess.run(command, env=ours, stdout=2, check=True)


def _seconds(act: Callable[[], object]) -> float:
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
