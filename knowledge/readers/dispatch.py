"""Which reader reads what: from a file's bytes to the normal form."""

from pathlib import PurePath

from knowledge.document import Reading
from knowledge.readers.decoding import decode
from knowledge.readers.lines import read_lines
from knowledge.structure.understanding import understand


def read(name: str, data: bytes) -> Reading:
    """Read a file by what it is, whatever it is called, and understand its structure."""
    return understand(read_lines(decode(data)), PurePath(name).stem)
