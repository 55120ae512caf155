"""How fast documents are added, what memory that takes, and how both grow with their number."""

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from benchmarks.material import unpacked_laws
from benchmarks.measuring import LIBCOACH, child, megabytes, run, say, table

_SIZES: Final = (100, 1000, 3464)
_SMALL: Final = _SIZES[0]
_HEADER: Final = (
    "laws", "passages", "seconds", "passages a second", "of processor time",
    "passages a second of it", "peak memory", "added again",
)  # fmt: skip


def main() -> None:
    with unpacked_laws() as folder, TemporaryDirectory(prefix="libcoach-bench-") as homes:
        rows, runs = [], []
        for size in _SIZES:
            first, again = _added_twice(folder, Path(homes) / str(size), size)
            runs.append(first)
            rows.append(_row(size, first, again))
        print(table(_HEADER, rows))
        print(f"\n{_growth(runs[0], runs[-1])}")
        print(f"\n{_with_vectors(folder, Path(homes), runs[0])}")


def _added_twice(folder: Path, home: Path, size: int) -> tuple[dict[str, Any], dict[str, Any]]:
    say(f"adding {size} laws")
    _new_home(home)
    given = (folder, "--home", home, "--files", size)
    return child("benchmarks.adding", *given), child("benchmarks.adding", *given)


def _new_home(home: Path) -> None:
    """The founding documents are in, so that only the laws are measured."""
    home.mkdir()
    run([LIBCOACH, "documents", "list"], {"LIBCOACH_HOME": str(home)})


def _row(size: int, first: dict[str, Any], again: dict[str, Any]) -> list[str]:
    passages = first["passages"]
    return [
        f"{size:,}", f"{passages:,}", f"{first['wall']:.1f}", f"{passages / first['wall']:,.0f}",
        f"{first['cpu']:.1f} s", f"{passages / first['cpu']:,.0f}", megabytes(first["peak"]),
        f"{again['wall'] / first['wall']:.1%}",
    ]  # fmt: skip


def _growth(small: dict[str, Any], large: dict[str, Any]) -> str:
    more = large["passages"] / small["passages"]
    return (
        f"With {more:.1f} times the passages it takes {large['cpu'] / small['cpu']:.1f} times the "
        f"processor time and {large['peak'] / small['peak']:.1f} times the memory "
        f"({megabytes((large['peak'] - small['peak']) / (more - 1))} more for each "
        f"{small['passages']:,} passages). Memory is that of the program and of both its readers."
    )


def _with_vectors(folder: Path, homes: Path, without: dict[str, Any]) -> str:
    say(f"adding {_SMALL} laws with vectors")
    home = homes / "vectors"
    _new_home(home)
    given = (folder, "--home", home, "--files", _SMALL, "--vectors")
    found = child("benchmarks.adding", *given)
    return (
        f"With the vectors of the shipped model, {_SMALL} laws take "
        f"{found['wall'] / without['wall']:.1f} times the time of the first row "
        f"({found['cpu'] / without['cpu']:.1f} times the processor time), "
        f"{megabytes(found['peak'])} at most."
    )


if __name__ == "__main__":
    main()
