"""Golden files: what the program made last time, kept as text that a person can read and judge."""

import os
from difflib import unified_diff
from pathlib import Path

FOLDER = Path(__file__).parent / "golden"


def check_golden(name: str, text: str) -> None:
    """Compare a text with `tests/golden/<name>`; LIBCOACH_WRITE_GOLDEN=1 writes it anew."""
    path = FOLDER / name
    if os.environ.get("LIBCOACH_WRITE_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        return
    assert path.exists(), f"{name} is not written yet; set LIBCOACH_WRITE_GOLDEN=1 to write it"
    kept = path.read_text(encoding="utf-8")
    if kept != text:
        lines = unified_diff(kept.splitlines(), text.splitlines(), "kept", "now", lineterm="", n=1)
        raise AssertionError(f"{name} differs from what was kept:\n" + "\n".join(lines))
