"""How long a person waits before LibCoach is there."""

import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.measuring import LIBCOACH, run, table

_TIMES: Final = 5
_QUESTION: Final = "浙江图书馆2025年数字资源总量目标是多少"
_COMMANDS: Final[dict[str, list[str | Path]]] = {
    "`python -c pass`, to compare": [sys.executable, "-c", "pass"],
    "`libcoach --help`": [LIBCOACH, "--help"],
    "`libcoach chat`, to its prompt": [LIBCOACH, "chat"],
    "`libcoach ask`": [LIBCOACH, "ask", _QUESTION],
}


def main() -> None:
    with TemporaryDirectory(prefix="libcoach-bench-") as home:
        environment = {"LIBCOACH_HOME": str(Path(home) / "home")}
        first = run(_COMMANDS["`libcoach ask`"], environment)
        rows = []
        for name, command in _COMMANDS.items():
            times = [run(command, environment) for _ in range(_TIMES)]
            wall, cpu = (statistics.median(column) for column in zip(*times, strict=True))
            rows.append([name, f"{wall:.2f} s", f"{cpu:.2f} s"])
    rows.append(["`libcoach ask`, the first ever", *(f"{part:.2f} s" for part in first)])
    print(table((f"median of {_TIMES}", "time", "of processor time"), rows))


if __name__ == "__main__":
    main()
