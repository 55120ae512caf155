"""Folders and servers that are shared, damaged, half written or away."""

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from foundation.errors import IndexUnavailable
from retrieval.segment import Text
from retrieval.vectors.collection import VectorIndex
from retrieval.vectors.folder import VectorFolder
from retrieval.vectors.places import Damaged, FolderPlace
from retrieval.vectors.server import ServerPlace
from tests.chroma_server import ChromaServer
from tests.word_hashing import WordHashing

ROOT = Path(__file__).resolve().parents[3]
PUT = """
import sys
from pathlib import Path
from retrieval.segment import Text
from retrieval.vectors.collection import VectorIndex
from retrieval.vectors.folder import VectorFolder
from retrieval.vectors.places import FolderPlace
from tests.word_hashing import WordHashing

index = VectorIndex(FolderPlace(VectorFolder(Path(sys.argv[1]))), WordHashing())
for name in sys.argv[3:]:
    count = int(sys.argv[2])
    index.put([Text(name, n, f"公共图书馆应当免费开放，第{n}次，{name}", "") for n in range(count)])
    print(name, flush=True)
"""

Open = Callable[[], VectorIndex]


@pytest.fixture
def opened(tmp_path: Path) -> Iterator[Open]:
    places: list[FolderPlace] = []

    def another() -> VectorIndex:
        places.append(FolderPlace(VectorFolder(tmp_path / "vectors")))
        return VectorIndex(places[-1], WordHashing())

    yield another
    for place in places:
        place.close()


def putting(folder: Path, count: int, *names: str) -> subprocess.Popen[str]:
    """Another process that puts versions of some length."""
    return subprocess.Popen(
        [sys.executable, "-c", PUT, folder / "vectors", str(count), *names],
        cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


def some(version: str, count: int = 3) -> list[Text]:
    return [Text(version, n, f"读者应当爱护文献信息，第{n}条", "") for n in range(count)]


def found_in(index: VectorIndex, text: str = "读者应当爱护文献信息") -> set[str]:
    return {f.version for f in index.search(index.embedder.embed([text])[0], 50)}


@pytest.mark.timeout(120)
def test_two_processes_that_put_at_once_both_get_everything_in(
    tmp_path: Path, opened: Open
) -> None:
    one = putting(tmp_path, 700, "a1", "a2", "a3")
    other = putting(tmp_path, 700, "b1", "b2", "b3")
    assert (one.communicate()[0].split(), one.returncode) == (["a1", "a2", "a3"], 0)
    assert (other.communicate()[0].split(), other.returncode) == (["b1", "b2", "b3"], 0)

    index = opened()
    assert index.versions() == {"a1", "a2", "a3", "b1", "b2", "b3"}
    for name in ("a2", "b2"):
        vector = index.embedder.embed([f"公共图书馆应当免费开放，第5次，{name}"])[0]
        assert len(index.search(vector, 700, live={name})) == 700


@pytest.mark.timeout(120)
def test_a_reader_sees_what_another_process_puts(tmp_path: Path, opened: Open) -> None:
    index = opened()
    index.put(some("mine"))
    assert found_in(index) == {"mine"}

    writer = putting(tmp_path, 5, "theirs")
    writer.communicate()
    deadline = time.monotonic() + 60
    while "theirs" not in found_in(index) and time.monotonic() < deadline:
        time.sleep(0.1)

    assert found_in(index) == {"mine", "theirs"}
    assert index.versions() == {"mine", "theirs"}


@pytest.mark.timeout(120)
def test_a_writer_that_is_killed_leaves_no_half_version(tmp_path: Path, opened: Open) -> None:
    writer = putting(tmp_path, 60_000, "half")
    folder = VectorFolder(tmp_path / "vectors")
    deadline = time.monotonic() + 60
    while not folder.generation() and time.monotonic() < deadline:
        time.sleep(0.01)
    writer.send_signal(signal.SIGKILL)
    writer.wait()
    assert writer.stdout is not None
    writer.stdout.close()

    index = opened()
    index.put(some("whole"))

    assert index.versions() == {"whole"}
    assert index.halves() <= {"half"}
    vector = index.embedder.embed(["读者应当爱护文献信息"])[0]
    assert {f.version for f in index.search(vector, 3, live={"whole"})} == {"whole"}
    index.remove(index.halves())
    assert index.halves() == set()


def test_what_a_dead_writer_left_unfinished_is_not_read_and_begun_anew(
    tmp_path: Path, opened: Open
) -> None:
    first = opened()
    first.put(some("before"))
    first.place.close()  # type: ignore[attr-defined]
    (tmp_path / "vectors" / "unfinished").touch()

    index = opened()
    with pytest.raises(Damaged, match="documents check"):
        index.versions()
    index.put(some("after"))

    assert index.versions() == {"after"}
    assert found_in(index) == {"after"}


def test_a_writer_that_a_person_stops_leaves_everything_in_order(opened: Open) -> None:
    index = opened()
    index.put(some("before"))

    def stopped(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.place.write(stopped)

    assert opened().versions() == {"before"}


def overwrite(path: Path) -> None:
    path.write_bytes(b"not a database" * 500)


@pytest.mark.parametrize("damage", ["database", "vectors", "vectors gone", "a file instead"])
def test_a_damaged_folder_is_said_to_be_so_and_begun_anew(
    damage: str, tmp_path: Path, opened: Open
) -> None:
    index = opened()
    index.put(some("v", 1500))
    index.place.close()  # type: ignore[attr-defined]
    content = tmp_path / "vectors" / "chroma"
    if damage == "database":
        overwrite(content / "chroma.sqlite3")
    elif damage == "a file instead":
        shutil.rmtree(content)
        overwrite(content)
    else:
        for file in content.glob("*/*.*"):
            overwrite(file) if damage == "vectors" else file.unlink()

    with pytest.raises(Damaged, match="searching by words goes on"):
        found_in(opened())
    again = opened()
    again.put(some("w"))

    assert again.versions() == {"w"}
    assert found_in(again) == {"w"}


def test_a_folder_that_vanishes_in_mid_use_is_begun_anew(tmp_path: Path, opened: Open) -> None:
    index = opened()
    index.put(some("v"))
    shutil.rmtree(tmp_path / "vectors")

    index.put(some("w"))

    assert index.versions() == {"w"}


@pytest.fixture
def server(tmp_path: Path) -> Iterator[ChromaServer]:
    running = ChromaServer(tmp_path / "server")
    running.start()
    yield running
    running.stop()


@pytest.mark.timeout(120)
def test_a_server_that_goes_away_is_named_and_used_again_when_it_is_back(
    server: ChromaServer,
) -> None:
    place = ServerPlace(server.url, rest_seconds=0.0)
    index = VectorIndex(place, WordHashing())
    index.put(some("v"))

    server.stop()
    with pytest.raises(IndexUnavailable, match=r"127\.0\.0\.1.*searching by words goes on"):
        found_in(index)
    server.start()

    assert found_in(index) == {"v"}
    place.close()


@pytest.mark.timeout(120)
def test_a_server_that_hangs_is_given_up_and_then_left_alone(server: ChromaServer) -> None:
    place = ServerPlace(server.url)
    index = VectorIndex(place, WordHashing())
    index.put(some("v"))
    server.pause()

    with pytest.raises(IndexUnavailable):
        found_in(index)
    start = time.monotonic()
    with pytest.raises(IndexUnavailable):
        found_in(index)

    assert time.monotonic() - start < 0.5
    place.close()
