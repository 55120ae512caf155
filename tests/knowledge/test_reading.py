import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from foundation.errors import UnreadableDocument
from knowledge.reading import Limits, ReadingPool, read_file

ACT = "tests.reading_acts:obey"
PROGRAM = """
from knowledge.reading import ReadingPool
with ReadingPool(workers=2, act="tests.reading_acts:obey") as pool:
    pool.read("ready", b"")
    print("ready", flush=True)
    list(pool.read_each((name, b"") for name in ("spin", "sleep", "sleep")))
"""


def a_pool(
    *, seconds: float = 20, workers: int = 1, memory_bytes: int = 400_000_000
) -> ReadingPool:
    limits = Limits(seconds=seconds, memory_bytes=memory_bytes)
    return ReadingPool(workers=workers, limits=limits, act=ACT)


def test_one_child_reads_file_after_file() -> None:
    with a_pool() as pool:
        outcomes = [pool.read(name, b"abc") for name in ("one", "two")]

    assert [outcome[:2] for outcome in outcomes] == [("one", 3), ("two", 3)]
    assert outcomes[0][2] == outcomes[1][2] != os.getpid()


def test_a_small_file_costs_less_than_a_millisecond() -> None:
    with a_pool() as pool:
        pool.read("first", b"")
        started = time.perf_counter()
        for _ in range(300):
            pool.read("more", b"x" * 3000)
        spent = time.perf_counter() - started

    assert spent < 0.3


def test_a_file_that_takes_too_long_is_refused_and_the_next_one_read() -> None:
    for name in ("sleep", "spin"):
        with a_pool(seconds=0.5) as pool:
            pool.read("first", b"")
            with pytest.raises(UnreadableDocument, match=r"longer than 0.5 seconds .* split it"):
                pool.read(name, b"")
            assert pool.read("next", b"")[0] == "next"


@pytest.mark.parametrize("name", ["leave", "crash", "fail", "recurse"])
def test_a_file_that_breaks_its_reader_is_refused_and_the_next_one_read(name: str) -> None:
    with a_pool() as pool:
        with pytest.raises(UnreadableDocument, match="cannot be read, it may be damaged"):
            pool.read(name, b"")
        assert pool.read("next", b"")[0] == "next"


def test_a_file_that_wants_too_much_memory_is_refused() -> None:
    with a_pool() as pool:
        with pytest.raises(UnreadableDocument, match="more memory"):
            pool.read("eat", b"")
        assert pool.read("next", b"")[0] == "next"


def test_a_child_that_has_grown_large_is_replaced() -> None:
    with a_pool() as pool:
        before = pool.read("one", b"")[2]
        assert pool.read("two", b"")[2] == before
        pool.read("grow", b"")
        assert pool.read("three", b"")[2] != before


def test_a_reader_s_own_refusal_is_passed_on_in_its_words() -> None:
    with (
        a_pool() as pool,
        pytest.raises(UnreadableDocument, match="This is refused: do something else"),
    ):
        pool.read("refuse", b"")


def test_what_a_reader_prints_goes_nowhere(capfd: pytest.CaptureFixture[str]) -> None:
    with a_pool() as pool:
        assert pool.read("talk", b"") == 5

    assert capfd.readouterr() == ("", "")


def test_a_reader_cannot_write_a_file(tmp_path: Path) -> None:
    target = tmp_path / "written"

    with a_pool() as pool, pytest.raises(UnreadableDocument):
        pool.read("write", str(target).encode())

    assert not target.exists() or target.stat().st_size == 0


def test_a_large_result_arrives_whole() -> None:
    with a_pool() as pool:
        assert pool.read("say much", b"") == "馆" * 20_000_000


def test_a_file_that_is_too_large_is_not_even_tried() -> None:
    with (
        ReadingPool(limits=Limits(file_bytes=1_000_000), act=ACT) as pool,
        pytest.raises(UnreadableDocument, match="larger than 1 MB"),
    ):
        pool.read("sleep", b"x" * 1_000_001)


def test_many_files_come_back_in_order_with_refusals_among_them() -> None:
    names = ["a", "refuse", "b", "leave", *(f"file {n}" for n in range(20))]

    with a_pool(workers=2) as pool:
        outcomes = list(pool.read_each((name, b"") for name in names))

    said = [type(o).__name__ if isinstance(o, Exception) else o[0] for o in outcomes]
    assert said == ["a", "UnreadableDocument", "b", "UnreadableDocument", *names[4:]]


def test_files_are_taken_only_as_fast_as_they_are_read() -> None:
    taken = 0

    def files() -> "list[tuple[str, bytes]]":
        nonlocal taken
        for _ in range(1000):
            taken += 1
            yield "a", b""

    with a_pool() as pool:
        next(iter(pool.read_each(files())))

    assert taken < 10


def test_leaving_the_block_ends_a_child_in_mid_course() -> None:
    with a_pool() as pool:
        child = psutil.Process(pool.read("who", b"")[2])

    assert not child.is_running()


@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_no_child_outlives_the_program(sign: signal.Signals) -> None:
    program = subprocess.Popen(
        [sys.executable, "-c", PROGRAM], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    with program:
        assert program.stdout
        program.stdout.readline()
        time.sleep(0.3)
        children = psutil.Process(program.pid).children(recursive=True)
        program.send_signal(sign)

    assert len(children) == 2
    assert psutil.wait_procs(children, timeout=5)[1] == []


@pytest.mark.parametrize("act", ["no_such_module:read", "tests.reading_acts:no_such_function"])
def test_an_installation_that_lacks_its_readers_blames_no_file(act: str) -> None:
    with ReadingPool(act=act) as pool, pytest.raises(UnreadableDocument, match="make setup"):
        pool.read("plan.txt", b"text")


def test_a_file_is_read_by_its_path(tmp_path: Path) -> None:
    path = tmp_path / "rules.txt"
    path.write_text("一、总则\n\n为了加强图书馆建设，制定本办法。\n", encoding="utf-8")

    assert "制定本办法" in read_file(path).text


def test_a_path_that_leads_nowhere_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="cannot be opened"):
        read_file(tmp_path / "nothing.txt")
