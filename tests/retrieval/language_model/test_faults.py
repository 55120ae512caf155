"""What a status and its headers mean."""

import pytest

from retrieval.language_model.faults import fault_of_status


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "2.5"}, 2.5),
        ({"retry-after": "-4"}, 0.0),
        (
            {
                "retry-after": "Wed, 21 Oct 2026 07:28:10 GMT",
                "date": "Wed, 21 Oct 2026 07:28:00 GMT",
            },
            10.0,
        ),
        ({"retry-after": "Wed, 21 Oct 2026 07:28:10 GMT"}, None),
        ({"retry-after": "soon"}, None),
        ({}, None),
    ],
)
def test_the_server_says_how_long_to_wait(headers: dict[str, str], wait: float | None) -> None:
    assert fault_of_status(429, headers).wait == wait


@pytest.mark.parametrize("status", [429, 500, 502, 503, 408])
def test_what_may_pass_is_tried_again(status: int) -> None:
    assert fault_of_status(status, {}).retries > 0


@pytest.mark.parametrize("status", [400, 401, 402, 403, 404, 422])
def test_what_will_not_pass_is_not(status: int) -> None:
    assert fault_of_status(status, {}).retries == 0
