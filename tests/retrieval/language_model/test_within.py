"""A bound in time."""

import threading
import time

import pytest

from foundation.errors import ModelUnavailable
from retrieval.language_model.within import within


def test_a_result_that_is_there_in_time_is_given() -> None:
    assert within(5, lambda: 42) == 42


def test_nobody_waits_longer_than_that() -> None:
    over = threading.Event()
    began = time.monotonic()

    with pytest.raises(ModelUnavailable, match="in time"):
        within(0.05, lambda: over.wait(10))

    assert time.monotonic() - began < 2
    over.set()


def test_an_error_is_raised_where_the_result_was_awaited() -> None:
    def work() -> int:
        raise KeyError("here")

    with pytest.raises(KeyError, match="here"):
        within(5, work)
