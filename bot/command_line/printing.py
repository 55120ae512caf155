"""How commands print: one JSON value a line for programs, plain lines for people."""

import json
import sys
from typing import Any


def print_json(value: Any) -> None:
    """One line of JSON, in UTF-8 whatever the terminal's locale."""
    sys.stdout.buffer.write(json.dumps(value, ensure_ascii=False).encode() + b"\n")
    sys.stdout.buffer.flush()
