"""Measures LibCoach and writes docs/benchmarks.md: `make bench`, `python -m benchmarks [NAME…]`."""

import argparse
import subprocess
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from benchmarks.measuring import ROOT, machine, say
from benchmarks.report import figures_of, written
from benchmarks.sections import BY_NAME, SECTIONS, Section

_PAGE: Final = ROOT / "docs" / "benchmarks.md"


def main() -> int:
    options = _options()
    wanted = [BY_NAME[name] for name in options.names] or [s for s in SECTIONS if not s.on_request]
    failed = False
    for section in wanted:
        figures = _measured(section)
        failed |= figures is None
        _write(options.page, {} if figures is None else {section.name: figures})
    return int(failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, epilog=_listed(SECTIONS),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument(
        "names", nargs="*", choices=[*BY_NAME, []], metavar="NAME",
        help="which to measure; without one, all that are not on request only",
    )  # fmt: skip
    parser.add_argument("--page", type=Path, default=_PAGE, help="where to write the figures")
    return parser.parse_args()


def _listed(sections: Sequence[Section]) -> str:
    lines = ["measurements:"]
    for section in sections:
        asked = ", on request only" if section.on_request else ""
        lines.append(
            f"  {section.name:10} {section.title.lower()} (about {section.minutes} min{asked})"
        )
    return "\n".join(lines)


def _measured(section: Section) -> str | None:
    """Its figures; None, said in one sentence, when it could not be measured."""
    lacking = section.lacking()
    if lacking:
        say(f"{lacking[0]} is not there, so “{section.name}” is not measured.")
        return None
    say(f"measuring {section.name} (about {section.minutes} minutes)")
    about, revision = machine(), _revision()
    command = [sys.executable, "-m", section.module, *section.given]
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode != 0:
        say(f"“{section.name}” ended with status {done.returncode}; its old figures stay.")
        return None
    day = datetime.now(UTC).date().isoformat()
    return figures_of(section, done.stdout, machine=about, day=day, revision=revision)


def _revision() -> str:
    command = ["git", "rev-parse", "--short", "HEAD"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _write(page: Path, fresh: dict[str, str]) -> None:
    before = page.read_text("utf-8") if page.is_file() else ""
    page.write_text(written(SECTIONS, fresh, before), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
