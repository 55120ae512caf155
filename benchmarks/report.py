"""docs/benchmarks.md: every section with its command; what was not measured now stays."""

import re
import textwrap
from collections.abc import Mapping, Sequence

from benchmarks.sections import Section

_OPENING = """# Benchmarks

`make bench` runs every measurement of this page whose material is there and writes the page anew;
each section names the command that measures it alone, and the machine on which that was done last.
Every figure comes from such a run. Where other programs wanted the same cores, the time on the
clock says little, so the processor time is given beside it, and comparisons are ratios from one
run."""
_NOT_YET = "Not measured yet."


def written(sections: Sequence[Section], fresh: Mapping[str, str], before: str) -> str:
    """The whole page: fresh figures where there are some, else those that it held before."""
    kept = figures_in(before)
    parts = [
        _part(section, fresh.get(section.name) or kept.get(section.name)) for section in sections
    ]
    return "\n\n".join((_OPENING, *parts)) + "\n"


def figures_in(page: str) -> dict[str, str]:
    """What a page holds between the marks of each section."""
    marked = re.finditer(
        r"<!-- (?P<name>\w+) -->\n(?P<figures>.*?)\n<!-- /(?P=name) -->", page, re.S
    )
    return {found["name"]: found["figures"] for found in marked if found["figures"] != _NOT_YET}


def _part(section: Section, figures: str | None) -> str:
    name = section.name
    told = f"Measured by `python -m benchmarks {name}`"
    told += f", on request only (about {section.minutes} minutes)." if section.on_request else "."
    marked = f"<!-- {name} -->\n{figures or _NOT_YET}\n<!-- /{name} -->"
    said = textwrap.fill(section.says, 100, break_on_hyphens=False)
    return f"## {section.title}\n\n{said}\n\n{told}\n\n{marked}"


def figures_of(section: Section, said: str, *, machine: str, day: str, revision: str) -> str:
    """What a measuring module said, with when and on what."""
    shown = said.strip() if section.is_markdown else f"```text\n{said.strip()}\n```"
    return f"On {day}, revision {revision}: {machine}.\n\n{shown}"
