"""The material that measurements take from beside the checkout."""

import hashlib
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from benchmarks.measuring import ROOT

DATA: Final = Path("../shared/data")
LAWS: Final = DATA / "laws.tar.xz"
LAW_QUESTIONS: Final = ROOT / "benchmarks" / "laws.jsonl"


@contextmanager
def unpacked_laws(archive: Path = LAWS) -> Iterator[Path]:
    """A folder with the laws, which is gone afterwards."""
    if not archive.is_file():
        raise SystemExit(f"{archive} is not there: this is measured with the laws it holds.")
    with TemporaryDirectory(prefix="libcoach-laws-") as folder:
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
        yield Path(folder)


def shuffled(folder: Path) -> list[Path]:
    """The laws in an order of chance that is always the same: the first hundred are like all."""
    paths = [path for path in folder.rglob("*.md") if path.is_file()]
    return sorted(paths, key=lambda path: _chance(path.relative_to(folder)))


def _chance(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()
