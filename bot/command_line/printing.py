"""How commands print: one JSON value a line for programs, plain lines for people."""

import json
import sys
from typing import Any


def print_json(value: Any) -> None:
    """One line of JSON, in UTF-8 whatever the terminal's locale and the names of files."""
    line = json.dumps(value, ensure_ascii=False) + "\n"
    sys.stdout.buffer.write(line.encode("utf-8", "replace"))
    sys.stdout.buffer.flush()
