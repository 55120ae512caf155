"""Every figure beside a formula of its own, on cases that are small enough to reckon."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from training_modules.indicators.statistics import (
    bootstrap,
    class_gain,
    difference,
    effect_size,
    mean,
    net_score,
    ratio,
    share,
)

PRE = np.array([0.25, 0.5, 0.5, 0.75, 0.25, 1.0])
POST = np.array([0.5, 0.75, 0.5, 1.0, 0.75, 1.0])
PAIRS = np.column_stack([PRE, POST])


@pytest.mark.parametrize(("yes", "of"), [(0, 5), (3, 7), (9, 10), (10, 10), (431, 997)])
def test_a_share_has_the_interval_of_wilson(yes: int, of: int) -> None:
    expected = binomtest(yes, of).proportion_ci(method="wilson")

    found = share(yes, of)

    assert found.value == yes / of
    assert (found.low, found.high) == pytest.approx((expected.low, expected.high))


def test_the_net_promoter_score_has_the_error_of_its_formula() -> None:
    found = net_score(15, 6, 30)

    error = 1.959964 * np.sqrt((0.5 + 0.2 - 0.3**2) / 30)
    assert found.value == pytest.approx(30)
    assert (found.low, found.high) == pytest.approx((30 - 100 * error, 30 + 100 * error), abs=1e-3)
    # The research note reckons plus or minus 28 points for these numbers.
    assert round(100 * error) == 28


def test_where_all_say_the_same_the_score_has_no_error_of_the_formula() -> None:
    assert (net_score(8, 0, 8).low, net_score(8, 0, 8).high) == (100, 100)


def test_the_difference_the_class_gain_and_the_effect_are_those_of_the_formulas() -> None:
    spread = (PRE.std(ddof=1) + POST.std(ddof=1)) / 2

    assert bootstrap(PAIRS, difference).value == pytest.approx((POST - PRE).mean())
    assert bootstrap(PAIRS, class_gain).value == pytest.approx(
        (POST.mean() - PRE.mean()) / (1 - PRE.mean())
    )
    assert bootstrap(PAIRS, effect_size).value == pytest.approx((POST - PRE).mean() / spread)
    assert bootstrap(PAIRS, ratio).value == pytest.approx(POST.sum() / PRE.sum())


def test_the_interval_is_that_of_resampling_people_one_by_one() -> None:
    draw = np.random.default_rng(7)
    people = draw.normal(0.2, 0.3, size=(60, 1)).round(2)
    drawn = [people[draw.integers(0, 60, 60), 0].mean() for _ in range(4000)]

    found = bootstrap(people, mean)

    expected = np.percentile(drawn, [2.5, 97.5])
    assert (found.low, found.high) == pytest.approx(tuple(expected), abs=0.012)


def test_the_interval_covers_the_truth_about_as_often_as_it_says() -> None:
    draw = np.random.default_rng(11)
    covered = 0
    for _ in range(200):
        found = bootstrap(draw.normal(1.0, 1.0, size=(40, 1)), mean)
        assert found.low is not None
        assert found.high is not None
        covered += found.low <= 1.0 <= found.high

    assert 0.89 <= covered / 200 <= 0.99


@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(0, 8)), min_size=2, max_size=30), st.randoms()
)
def test_the_order_of_people_does_not_matter(pairs: list[tuple[int, int]], dice: object) -> None:
    shuffled = list(pairs)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]

    first, second = (bootstrap(np.array(p, float) / 8, difference) for p in (pairs, shuffled))

    assert first == second


def test_a_gain_where_nothing_could_be_gained_is_no_number() -> None:
    assert np.isnan(bootstrap(np.ones((6, 2)), class_gain).value)
    assert np.isnan(bootstrap(np.ones((6, 2)), effect_size).value)
