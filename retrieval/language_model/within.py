"""A bound on how long something may take, whatever it waits for."""

import threading
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as TookTooLong
from typing import TypeVar

from foundation.errors import ModelUnavailable
from retrieval.language_model.faults import SLOW

T = TypeVar("T")


def within(seconds: float, work: Callable[[], T]) -> T:
    """The result of some work, or ModelUnavailable when it is not there in time.

    Time-outs of a connection do not bound the look-up of a name or a server that sends a byte now
    and then. The thread is left behind, and does not keep the program from ending.
    """
    future: Future[T] = Future()

    def run() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - handed to the caller, whatever it is
            future.set_exception(error)

    threading.Thread(target=run, name="language model", daemon=True).start()
    try:
        return future.result(max(seconds, 0.0))
    except TookTooLong as error:
        raise ModelUnavailable(SLOW.sentence) from error
