"""Doing slow work ahead of time while what is done already is written, all in one order."""

from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

T = TypeVar("T")
R = TypeVar("R")


def in_order(
    act: Callable[[T], R], items: Iterator[T], *, workers: int, patience: float
) -> Iterator[R | None]:
    """What acting on each item gives, in their order; None whenever the next one takes long."""
    pool = ThreadPoolExecutor(workers, thread_name_prefix="reading")
    ahead: deque[Future[R]] = deque()
    try:
        for item in items:
            ahead.append(pool.submit(act, item))
            if len(ahead) > 2 * workers:
                yield from _waited(ahead.popleft(), patience)
        while ahead:
            yield from _waited(ahead.popleft(), patience)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _waited(future: Future[R], patience: float) -> Iterator[R | None]:
    while True:
        try:
            yield future.result(patience)
        except TimeoutError:
            if future.done():
                raise
            yield None
        else:
            return
