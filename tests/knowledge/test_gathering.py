import os
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from knowledge.gathering import Found, Refused, gather


def zipped(members: dict[str, bytes]) -> bytes:
    stream = BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return stream.getvalue()


def told(base: Path, *paths: Path) -> list[str]:
    """What was found, each with the reason it was refused for."""
    lines = []
    for item in gather(paths):
        place = os.path.relpath(item.label, base)
        lines.append(f"{place}: {item.reason}" if isinstance(item, Refused) else place)
    return lines


def test_folders_are_searched_deeply_in_a_stable_order(tmp_path: Path) -> None:
    for name in ("b/c/two.txt", "b/one.txt", "a.txt", "c.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("text")

    assert told(tmp_path, tmp_path) == ["a.txt", "b/c/two.txt", "b/one.txt", "c.txt"]


def test_litter_is_passed_over_in_silence(tmp_path: Path) -> None:
    for name in (".hidden", "~$plan.docx", "Thumbs.db", ".git/config", "plan.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("text")

    assert told(tmp_path, tmp_path) == ["plan.txt"]


def test_a_file_named_twice_is_found_once(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")

    assert told(tmp_path, tmp_path / "a.txt", tmp_path) == ["a.txt"]


def test_an_empty_folder_says_so(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / ".DS_Store").write_text("")

    (line,) = told(tmp_path, tmp_path / "empty")
    assert line == "empty: This folder holds no documents: name another one."


def test_what_is_not_there_is_refused_and_the_rest_found(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")

    assert told(tmp_path, tmp_path / "none.txt", tmp_path / "a.txt") == [
        "none.txt: There is nothing here: check the name.", "a.txt",
    ]  # fmt: skip


def test_a_name_that_no_disk_can_hold_is_refused(tmp_path: Path) -> None:
    (item,) = gather([tmp_path / ("长" * 300 + ".txt")])

    assert isinstance(item, Refused)
    assert item.reason == "The name is too long: shorten it."


def test_a_link_out_of_the_folder_is_refused_and_one_within_it_is_not_doubled(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (folder / "a.txt").write_text("text")
    (folder / "inside.txt").symlink_to(folder / "a.txt")
    (folder / "loop").symlink_to(folder)
    (folder / "lost.txt").symlink_to(folder / "gone.txt")
    (folder / "out.txt").symlink_to(tmp_path / "secret.txt")
    (folder / "round").symlink_to(folder / "round")

    lines = told(folder, folder)

    assert lines[0] == "a.txt"
    assert [line.split(":")[0] for line in lines[1:]] == ["lost.txt", "out.txt", "round"]
    assert "leads out of the folder" in lines[2]


def test_a_link_that_is_named_itself_is_followed(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("text")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")

    assert told(tmp_path, tmp_path / "link.txt") == ["link.txt"]


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_what_may_not_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "closed").mkdir(mode=0)
    (tmp_path / "locked.txt").write_text("text")
    (tmp_path / "locked.txt").chmod(0)

    assert all("may not be read" in line for line in told(tmp_path, tmp_path))


def test_a_pipe_is_no_document(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")

    assert told(tmp_path, tmp_path) == ["pipe: This is no ordinary file: add a document."]


def test_a_file_that_is_too_large_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"x" * 2_000_001)

    (item,) = gather([tmp_path], largest=2_000_000)

    assert isinstance(item, Refused)
    assert "larger than 2 MB" in item.reason


def test_the_documents_in_a_zip_file_are_found_one_by_one(tmp_path: Path) -> None:
    members = {"b/two.txt": b"2", "one.txt": b"1", "__MACOSX/one.txt": b"", "b/.DS_Store": b""}
    (tmp_path / "a.zip").write_bytes(zipped(members))

    found = list(gather([tmp_path]))

    assert [(f.inner, f.name, f.read()) for f in found if isinstance(f, Found)] == [
        ("b/two.txt", "two.txt", b"2"), ("one.txt", "one.txt", b"1"),
    ]  # fmt: skip


def test_a_zip_file_is_opened_whatever_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "plan.pdf").write_bytes(zipped({"one.txt": b"1"}))

    assert told(tmp_path, tmp_path) == ["plan.pdf/one.txt"]


def test_hostile_members_are_refused_alone(tmp_path: Path) -> None:
    members = {
        "../up.txt": b"x",
        "/root.txt": b"x",
        "good.txt": b"x",
        "in.zip": zipped({"a": b"x"}),
    }
    (tmp_path / "a.zip").write_bytes(zipped(members))

    lines = told(tmp_path, tmp_path)

    assert "a.zip/good.txt" in lines
    assert sum("leads out of the zip file" in line for line in lines) == 2
    assert sum("zip file within a zip file" in line for line in lines) == 1
    assert len(lines) == 4


def test_short_plain_names_in_a_zip_file_stay_as_they_are(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"good.txt": b"1", "b/two.txt": b"2"}))

    assert told(tmp_path, tmp_path) == ["a.zip/b/two.txt", "a.zip/good.txt"]


def test_names_written_in_gbk_are_read(tmp_path: Path) -> None:
    name = "浙江省公共图书馆事业发展规划.txt"
    # The library writes either ASCII or UTF-8 names, so the GBK bytes are put in afterwards.
    stand_in = b"x" * len(name.encode("gbk"))
    data = zipped({stand_in.decode(): b"1"}).replace(stand_in, name.encode("gbk"))
    (tmp_path / "a.zip").write_bytes(data)

    assert told(tmp_path, tmp_path) == [f"a.zip/{name}"]


def test_a_very_long_name_in_a_zip_file_is_no_obstacle(tmp_path: Path) -> None:
    name = "长" * 300 + ".txt"
    (tmp_path / "a.zip").write_bytes(zipped({name: b"1"}))

    (item,) = gather([tmp_path])
    assert isinstance(item, Found)
    assert (item.name, item.read()) == (name, b"1")


def test_a_member_that_is_damaged_is_refused_alone(tmp_path: Path) -> None:
    good, bad = b"good text " * 50, bytes(range(256)) * 8
    data = bytearray(zipped({"bad.txt": bad, "good.txt": good}))
    at = data.index(b"bad.txt") + 60
    data[at : at + 20] = bytes(20)
    (tmp_path / "a.zip").write_bytes(bytes(data))

    assert [line.split(": ")[0] for line in told(tmp_path, tmp_path)] == [
        "a.zip/bad.txt",
        "a.zip/good.txt",
    ]
    assert "damaged inside" in told(tmp_path, tmp_path)[0]


def test_a_bomb_is_refused_unopened(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({"zeros.txt": bytes(40_000_000)}))

    (line,) = told(tmp_path, tmp_path)
    assert "unpack to far more" in line


def test_a_zip_file_without_documents_says_so(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(zipped({}))

    assert told(tmp_path, tmp_path) == ["a.zip: This zip file holds no documents: add another one."]


def test_office_documents_are_not_taken_for_zip_files(tmp_path: Path) -> None:
    from docx import Document

    Document().save(str(tmp_path / "plan.docx"))

    assert told(tmp_path, tmp_path) == ["plan.docx"]
