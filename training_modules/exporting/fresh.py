"""Files that are whole or not there: written under another name and renamed when they are done."""

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from foundation.errors import ExportRefused


@contextmanager
def fresh_file(path: Path) -> Iterator[Path]:
    """A place to write to, which becomes `path` when nothing went wrong; else nothing is left."""
    if path.is_dir():
        raise ExportRefused(f"{path} is a folder; name a file in it.")
    with fresh_folder(path.parent, path) as folder:
        written = folder / path.name
        yield written
        written.replace(path)


@contextmanager
def fresh_folder(parent: Path, target: Path) -> Iterator[Path]:
    """A folder beside the target that is gone afterwards; what the system refuses is told."""
    if not parent.is_dir():
        raise ExportRefused(f"There is no folder {parent}; make it, or name another place.")
    try:
        folder = Path(mkdtemp(prefix=".libcoach-", dir=parent))
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise ExportRefused(_sentence(target, error)) from error


def _sentence(target: Path, error: OSError) -> str:
    if error.errno == errno.ENOSPC:
        return f"The disk is full, {target} was not written; make room or name another place."
    reason = error.strerror or str(error)
    return f"{target} cannot be written ({reason}); name a place that may be written."
