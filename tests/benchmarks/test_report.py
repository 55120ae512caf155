import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.report import figures_in, figures_of, written
from benchmarks.sections import BY_NAME, SECTIONS, Section

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "docs" / "benchmarks.md"


def test_the_help_lists_every_measurement() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks", "--help"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip

    listed = done.stdout.partition("measurements:")[2]
    assert re.findall(r"^ {2}(\w+)", listed, re.M) == [section.name for section in SECTIONS]


def test_every_section_of_the_page_names_the_command_that_measures_it() -> None:
    parts = PAGE.read_text("utf-8").split("\n## ")[1:]

    commands = [re.findall(r"`python\s-m\sbenchmarks\s(\w+)`", part) for part in parts]

    assert commands == [[section.name] for section in SECTIONS]


@pytest.mark.parametrize("section", SECTIONS, ids=lambda section: section.name)
def test_every_measurement_has_its_module(section: Section) -> None:
    module = ROOT / (section.module.replace(".", "/") + ".py")

    assert module.is_file()


def test_what_was_not_measured_now_stays_as_it_was() -> None:
    before = written(SECTIONS, {"start": "0.1 s", "laws": "90 %"}, "")

    after = written(SECTIONS, {"start": "0.2 s"}, before)

    assert figures_in(after) == {"start": "0.2 s", "laws": "90 %"}


def test_figures_say_when_and_on_what_they_were_measured() -> None:
    text = figures_of(
        BY_NAME["embedding"], "hit@1 90 %\n", machine="2 cores", day="2026-11-21", revision="abc"
    )

    assert text == "On 2026-11-21, revision abc: 2 cores.\n\n```text\nhit@1 90 %\n```"
