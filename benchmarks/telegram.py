"""Telegram under load: replies a second beside a bare echo bot of the framework, and memory."""

import argparse
import json
import signal
import statistics
import subprocess
import sys
from typing import Any, Final

from benchmarks.measuring import ROOT, megabytes, say, table

_PEOPLE: Final = (1000, 10_000)
_GREETING: Final = "你好"
_NAMES: Final = {
    "echo": "a bare echo bot, the framework's example",
    "echo-at-once": "the same, 256 updates at once",
    "channel": "our channel, echoing",
    "libcoach": "LibCoach, a greeting",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="*", default=_PEOPLE)
    parser.add_argument("--updates", type=int, default=100_000, help="for the memory")
    options = parser.parse_args()
    parts = [_load(people) for people in options.people]
    if options.updates:
        parts.append(_memory(options.updates))
    print("\n\n".join(parts))


def played(bot: str, people: int, rounds: int = 1) -> dict[str, Any]:
    """One bot against the other side: what both measured."""
    say(f"{bot}: {people} people, {rounds} times")
    side = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.telegram_side", "--people", str(people),
         "--rounds", str(rounds), "--words", _GREETING],
        cwd=ROOT, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert side.stdout is not None
    url = side.stdout.readline().strip()
    running = subprocess.Popen(
        [sys.executable, "-m", "benchmarks.telegram_bots", bot, url],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
    )  # fmt: skip
    measured: dict[str, Any] = json.loads(side.stdout.readline())
    running.send_signal(signal.SIGTERM)
    told, _ = running.communicate(timeout=60)
    side.wait()
    return measured | json.loads(told.splitlines()[-1])


def _load(people: int) -> str:
    """Everybody says something at the same moment."""
    bots = [bot for bot in _NAMES if people <= _PEOPLE[0] or bot != "echo-at-once"]
    results = {bot: played(bot, people) for bot in bots}
    bare = max(results[bot]["a_second"] for bot in bots if bot.startswith("echo"))
    rows = [
        (
            _NAMES[bot], f"{r['replies']:,}", f"{r['a_second']:,.0f}", f"{r['p95']:.1f} s",
            f"{r['cpu']:.1f} s", f"{r['a_second'] / bare:.2f}",
        )
        for bot, r in results.items()
    ]  # fmt: skip
    head = ("", "replies", "a second", "p95 of the wait", "processor", "beside the faster bare one")
    return f"{people:,} people at once:\n\n" + table(head, rows)


def _memory(updates: int) -> str:
    """Our channel over many updates: the memory in the second fifth of the run and in the last."""
    result = played("channel", 1000, updates // 1000)
    seen = result["memory"]
    fifth = max(1, len(seen) // 5)
    early, late = statistics.median(seen[fifth : 2 * fifth]), statistics.median(seen[-fifth:])
    row = (f"{result['replies']:,}", megabytes(early), megabytes(late), f"{late / early:.2f}")
    return table(("updates", "memory early", "memory at the end", "ratio"), [row])


if __name__ == "__main__":
    main()
