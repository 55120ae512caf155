from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.document import Reading
from knowledge.readers.decoding import decode
from knowledge.readers.lines import read_lines
from knowledge.structure.understanding import understand

DOCUMENTS = Path(__file__).parent / "documents"


@pytest.fixture(scope="session")
def read_document() -> Callable[[str], Reading]:
    """Read one of the documents beside these tests."""

    def read(name: str) -> Reading:
        return understand(read_lines(decode((DOCUMENTS / name).read_bytes())), name)

    return read
