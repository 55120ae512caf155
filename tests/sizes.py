"""Files and functions stay small enough to be read at one sitting: `python -m tests.sizes`."""

import ast
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parent.parent
LONGEST_FILE: Final = 250
LONGEST_TEST_FILE: Final = 500
LONGEST_FUNCTION: Final = 50
_LEFT_OUT: Final = {"var", "build", "dist", "__pycache__"}


def problems(root: Path = ROOT) -> Iterator[str]:
    """Everything that is too long or says not what it is for, each with its number."""
    for path in python_files(root):
        name = path.relative_to(root)
        yield from _problems_of_file(str(name), path.read_text("utf-8"), name.parts[0] == "tests")


def python_files(root: Path) -> Iterator[Path]:
    """Every Python file of the project, in order; not those of environments and caches."""
    for folder, below, files in os.walk(root):
        below[:] = sorted(b for b in below if not b.startswith(".") and b not in _LEFT_OUT)
        yield from (Path(folder) / name for name in sorted(files) if name.endswith(".py"))


def _problems_of_file(name: str, code: str, is_test: bool) -> Iterator[str]:
    lines = code.count("\n")
    longest = LONGEST_TEST_FILE if is_test else LONGEST_FILE
    if lines > longest:
        yield f"{name}: {lines} lines, at most {longest}"
    tree = ast.parse(code, name)
    if not is_test and not ast.get_docstring(tree):
        yield f"{name}: no docstring that says what the module is for"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            if length > LONGEST_FUNCTION:
                at_most = f"at most {LONGEST_FUNCTION}"
                yield f"{name}:{node.lineno}: {node.name} has {length} lines, {at_most}"


if __name__ == "__main__":
    found = list(problems())
    print("\n".join(found) or "Every file and function keeps its size.")
    sys.exit(bool(found))
