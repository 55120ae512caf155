import inspect

import pytest

from foundation import errors
from foundation.errors import AppError, DeliveryFailed

ERRORS = [
    kind
    for _, kind in inspect.getmembers(errors, inspect.isclass)
    if issubclass(kind, Exception) and kind is not AppError
]


@pytest.mark.parametrize("kind", ERRORS, ids=lambda kind: kind.__name__)
def test_every_error_is_of_the_one_tree_and_is_drawn_in_it(kind: type[Exception]) -> None:
    assert issubclass(kind, AppError)
    assert f"── {kind.__name__} " in (errors.__doc__ or "")


def test_an_error_reads_as_its_sentence() -> None:
    assert str(AppError("The file is empty.")) == "The file is empty."


def test_a_failed_delivery_knows_whether_trying_again_helps() -> None:
    assert DeliveryFailed("They have left.", permanent=True).permanent
    assert not DeliveryFailed("Too many messages.", permanent=False).permanent
