import struct
import zipfile
from io import BytesIO

import pytest

from foundation.errors import UnreadableDocument
from knowledge.readers.archive import open_archive


def test_a_plain_archive_opens(zip_of):
    assert open_archive(zip_of({"a/b.xml": "x"})).read("a/b.xml") == b"x"


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "empty"), (b"PK\x03\x04", "damaged"), (b"MZ" * 500, "damaged")],
)
def test_what_is_no_archive_is_refused(data, reason):
    with pytest.raises(UnreadableDocument, match=reason):
        open_archive(data)


def test_a_truncated_archive_is_refused(zip_of):
    data = zip_of({"a.xml": "x" * 1000})

    with pytest.raises(UnreadableDocument, match="cut short"):
        open_archive(data[: len(data) // 2])


def test_one_member_that_swells_is_refused(zip_of):
    with pytest.raises(UnreadableDocument, match="unpack"):
        open_archive(zip_of({"a.xml": bytes(11_000_000)}))


def test_more_than_three_hundred_megabytes_in_all_are_refused(zip_of):
    data = bytearray(zip_of({"a.xml": "x", "b.xml": "y"}))
    at = -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        struct.pack_into("<I", data, at + 20, 2_000_000)
        struct.pack_into("<I", data, at + 24, 160_000_000)

    with pytest.raises(UnreadableDocument, match="unpack"):
        open_archive(bytes(data))


def test_too_many_members_are_refused():
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number in range(20_001):
            archive.writestr(f"{number}", b"")

    with pytest.raises(UnreadableDocument, match="unpack"):
        open_archive(stream.getvalue())


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/etc/passwd", "C:/a", "a\\..\\b"])
def test_members_outside_of_the_archive_are_refused(zip_of, name):
    with pytest.raises(UnreadableDocument, match="hostile"):
        open_archive(zip_of({name: "x"}))


def test_a_locked_archive_is_refused(zip_of):
    data = bytearray(zip_of({"a.xml": "x"}))
    data[data.find(b"PK\x01\x02") + 8] |= 1

    with pytest.raises(UnreadableDocument, match="password"):
        open_archive(bytes(data))
