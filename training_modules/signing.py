"""Signing: an approval written into the file of a module; the second one makes it approved."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Final

from foundation.errors import InvalidModule
from training_modules.approving import NEEDED
from training_modules.content_hash import content_hash
from training_modules.module import Approval, Module, Status
from training_modules.parsing import parse, parse_file
from training_modules.register import register
from training_modules.writing import as_markdown, front_lines

_FIELD: Final = re.compile(r"[A-Za-z_]+:")


def signed(module: Module, by: str, role: str, on: date) -> Module:
    """The module with one more approval of what it says now; those of other words are dropped."""
    sha256 = content_hash(module)
    kept = tuple(one for one in module.approvals if one.sha256 == sha256)
    name = " ".join(by.split())
    if not name:
        raise InvalidModule("An approval needs a name: give it with --by.")
    if name.casefold() in {one.by.casefold() for one in kept}:
        raise InvalidModule(
            f"{name} has approved {module.id} already; another person must be next."
        )
    approvals = (*kept, Approval(name, " ".join(role.split()), on, sha256))
    status = Status.APPROVED if len(approvals) >= NEEDED else Status.IN_REVIEW
    return replace(module, status=status, approvals=approvals, sha256=sha256)


def sign_file(path: Path, by: str, role: str, on: date) -> Module:
    """Approve the module of a file, and keep its keys once it is approved."""
    found = parse_file(path).module
    if found is None:
        raise InvalidModule(f"{path} cannot be read; “libcoach modules check {path}” says why.")
    module = signed(found, by, role, on)
    text = path.read_text("utf-8")
    written = with_approvals(text, module)
    again = parse(written, path).module
    if again is None or again.sha256 != module.sha256 or again.approvals != module.approvals:
        written = as_markdown(module)
    aside = path.with_name(path.name + ".part")
    aside.write_text(written, "utf-8")
    aside.replace(path)
    if module.status is Status.APPROVED:
        register(module, path.parent)
    return module


def with_approvals(text: str, module: Module) -> str:
    """The same file with the status and the approvals of a module; nothing else is touched."""
    lines = text.split("\n")
    end = next(n for n, line in enumerate(lines) if n and line.rstrip() == "---")
    kept: list[str] = []
    is_left_out = False
    for line in lines[1:end]:
        if _FIELD.match(line):
            is_left_out = line.startswith(("status:", "approvals:"))
        if not is_left_out:
            kept.append(line)
    said = front_lines(module)
    start = next(n for n, line in enumerate(said) if line.startswith("status:"))
    return "\n".join([lines[0], *kept, *said[start:], *lines[end:]])
