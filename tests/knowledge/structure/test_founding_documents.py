from pathlib import Path

import pytest

from knowledge.document import Reading
from knowledge.founding import FOLDER, founding_ids
from knowledge.readers.decoding import decode
from knowledge.readers.lines import read_lines
from knowledge.structure.understanding import understand
from tests.golden import check_golden
from tests.reading_as_text import written


def reading_of(document: str) -> Reading:
    data = Path(FOLDER / f"{document}.txt").read_bytes()
    return understand(read_lines(decode(data)), document)


@pytest.mark.parametrize("document", founding_ids())
def test_reads_as_its_golden_file_says(document: str) -> None:
    check_golden(f"documents/{document}.txt", written(reading_of(document)))
