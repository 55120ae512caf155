from datetime import date, timedelta

import pytest

from knowledge.life import ANSWERING, Life, Status

TODAY = date(2026, 3, 1)
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("life", "status"),
    [
        (Life(), Status.IN_FORCE),
        (Life(TODAY, TODAY), Status.IN_FORCE),
        (Life(valid_until=TODAY), Status.IN_FORCE),
        (Life(valid_until=TODAY - DAY), Status.EXPIRED),
        (Life(valid_from=TODAY), Status.IN_FORCE),
        (Life(valid_from=TODAY + DAY), Status.COMING),
        (Life(replaced_by="newer"), Status.SUPERSEDED),
        (Life(is_draft=True), Status.DRAFT),
        (Life(is_removed=True), Status.REMOVED),
    ],
)
def test_dates_and_marks_decide_the_status(life: Life, status: Status) -> None:
    assert life.status(TODAY) is status


@pytest.mark.parametrize(
    ("life", "status"),
    [
        (Life(valid_until=TODAY - DAY, replaced_by="newer"), Status.SUPERSEDED),
        (Life(valid_until=TODAY - DAY, is_draft=True, replaced_by="newer"), Status.DRAFT),
        (Life(valid_from=TODAY + DAY, is_draft=True, is_removed=True), Status.REMOVED),
    ],
)
def test_of_several_the_one_that_says_most_counts(life: Life, status: Status) -> None:
    assert life.status(TODAY) is status


def test_what_is_over_still_answers_but_drafts_and_what_was_removed_do_not() -> None:
    assert set(Status) - ANSWERING == {Status.DRAFT, Status.REMOVED}
