"""The sample modules as files in somebody's own folder, approved by two people."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from tests.training_modules.sample import TRACK, module
from training_modules.content_hash import content_hash
from training_modules.module import Approval, Module, Status
from training_modules.writing import as_markdown

OWN_TRACK = "own-track"
NAMES = ("own-01-sample", "own-02-sample")


def approved(made: Module) -> Module:
    digest = content_hash(made)
    people = (("li", "content"), ("wang", "ethics"))
    approvals = tuple(Approval(by, role, date(2026, 11, 20), digest) for by, role in people)
    return replace(made, status=Status.APPROVED, approvals=approvals)


def write_track(home: Path) -> None:
    """A track of two modules in the folder that a library has for its own."""
    folder = home / "modules" / OWN_TRACK
    folder.mkdir(parents=True)
    for name in NAMES:
        made = approved(replace(module(name), track=OWN_TRACK))
        (folder / f"{name}.md").write_text(as_markdown(made), "utf-8")
    both = {"zh": TRACK.title.zh, "en": TRACK.title.en}
    said = {
        "id": OWN_TRACK, "version": 1, "title": both, "about": both, "modules": list(NAMES),
        "confidence": [{"zh": one.zh, "en": one.en} for one in TRACK.confidence],
    }  # fmt: skip
    (folder / "track.yaml").write_text(json.dumps(said, ensure_ascii=False), "utf-8")
