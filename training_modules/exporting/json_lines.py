"""JSON lines: one object a row, which says of which sheet it is."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final, TextIO

from training_modules.exporting.csv_files import Files
from training_modules.exporting.fresh import fresh_file
from training_modules.exporting.sheet import Sheet

_encoder: Final = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=str)


class _Lines:
    def __init__(self, file: TextIO) -> None:
        self.file = file

    def write(self, sheet: Sheet) -> None:
        names: tuple[str, ...] = ("sheet", *sheet.header)
        encode, write = _encoder.encode, self.file.write
        for row in sheet.rows:
            values: dict[str, Any] = dict(zip(names, (sheet.name, *row), strict=True))
            write(encode(values) + "\n")


@contextmanager
def json_lines(path: Path) -> Iterator[Files]:
    with (
        fresh_file(path) as place,
        place.open("w", encoding="utf-8", errors="replace", newline="\n") as file,
    ):
        yield _Lines(file)
