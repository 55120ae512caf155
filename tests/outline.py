"""A reading as the few facts that a test asks for."""

from knowledge.document import Kind, Reading


def outline(reading: Reading, depth: int = 9) -> list[str]:
    """The titles of the sections, each two spaces to the right of the one it stands in."""
    return [
        "  " * (section.level - 1) + section.title
        for section in reading.sections[1:]
        if section.level <= depth
    ]


def under(reading: Reading, *path: str) -> list[str]:
    """What stands directly in the section of this path, headings aside."""
    return [
        passage.text
        for passage in reading.passages
        if reading.path(passage.section) == path and passage.kind is not Kind.HEADING
    ]


def kinds(reading: Reading, *path: str) -> list[str]:
    """Of what kind that is."""
    return [
        passage.kind.value
        for passage in reading.passages
        if reading.path(passage.section) == path and passage.kind is not Kind.HEADING
    ]


def rows(reading: Reading, table: int) -> list[list[str]]:
    """The rows of a table, a cell's parts joined by a slash."""
    cells = [reading.passages[row].cells for row in reading.tables[table].rows]
    return [["/".join(cell) for cell in row] for row in cells]
