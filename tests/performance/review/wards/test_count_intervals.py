"""Intervals of ward figures, against the worked examples of the papers that gave them and against Poisson sums."""

from decimal import Decimal
from math import exp
from statistics import NormalDist

import pytest

from performance.review.wards.count_intervals import Interval, Standing, Z, byar, interval_of, wilson
from tests.performance.builders import a_measure, a_share


def test_the_constant_is_the_normal_distributions_own() -> None:
    assert float(Z) == pytest.approx(NormalDist().inv_cdf(0.975), abs=1e-12)


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, "0.2553", "0.3662"), (15, 148, "0.0624", "0.1605"), (0, 20, "0.0000", "0.1611"),
     (1, 29, "0.0061", "0.1718")],
    ids=["81 of 263", "15 of 148", "none of 20", "1 of 29"],
)  # fmt: skip
def test_a_shares_interval_is_that_of_newcombes_table(count: int, of: int, low: str, high: str) -> None:
    found = wilson(Decimal(count), Decimal(of))
    assert (round(found.low, 4), round(found.high, 4)) == (Decimal(low), Decimal(high))


def test_a_share_of_all_ends_at_exactly_one() -> None:
    found = wilson(Decimal(20), Decimal(20))
    assert (round(found.low, 4), found.high) == (Decimal("0.8389"), Decimal(1))


def poisson_at_most(count: int, mean: float) -> float:
    """The chance of at most so many events where so many are expected, summed term by term."""
    term = total = exp(-mean)
    for number in range(1, count + 1):
        term *= mean / number
        total += term
    return total


@pytest.mark.parametrize("count", [5, 10, 25, 65, 240])
def test_byars_interval_leaves_a_fortieth_on_either_side_of_a_count(count: int) -> None:
    found = byar(Decimal(count))
    assert 1 - poisson_at_most(count - 1, float(found.low)) == pytest.approx(0.025, abs=0.001)
    assert poisson_at_most(count, float(found.high)) == pytest.approx(0.025, abs=0.001)


def test_byars_interval_is_that_of_the_published_tables() -> None:
    # Exact limits printed in tables of the Poisson distribution: 10 events, 4.80 to 18.39; 25 events, 16.18 to 36.90.
    for count, low, high in ((10, 4.80, 18.39), (25, 16.18, 36.90)):
        found = byar(Decimal(count))
        assert (float(found.low), float(found.high)) == (pytest.approx(low, abs=0.02), pytest.approx(high, abs=0.02))


def test_no_events_at_all_may_still_have_been_a_few() -> None:
    found = byar(Decimal(0))
    assert found.low == 0
    assert 3 < found.high < 4


@pytest.mark.parametrize(
    ("whole", "standing"),
    [("1.9", Standing.HIGHER), ("2", Standing.SIMILAR), ("4", Standing.SIMILAR), ("4.1", Standing.LOWER)],
    ids=["the whole is below", "exactly at the low end", "exactly at the high end", "the whole is above"],
)
def test_similar_means_that_the_interval_contains_the_whole(whole: str, standing: Standing) -> None:
    assert Interval(low=Decimal(2), high=Decimal(4)).standing(Decimal(whole)) is standing


def test_an_interval_is_in_the_figures_own_unit() -> None:
    share = interval_of(a_share(), Decimal(81), Decimal(263))
    rate = interval_of(a_measure(unit="per 1,000", multiplier=Decimal(1000)), Decimal(10), Decimal(5000))
    count = interval_of(a_measure(), Decimal(10), None)
    assert share
    assert rate
    assert count
    assert (round(share.low, 2), round(share.high, 2)) == (Decimal("25.53"), Decimal("36.62"))
    assert (round(rate.low, 2), round(rate.high, 2)) == (Decimal("0.96"), Decimal("3.68"))
    assert round(count.high, 1) == Decimal("18.4")


@pytest.mark.parametrize(
    ("fields", "numerator", "denominator"),
    [
        ({"unit": "percent", "is_share": True}, None, None),
        ({"unit": "percent", "is_share": True}, "5", "0"),
        ({"unit": "percent", "is_share": True}, "11", "10"),
        ({"unit": "percent"}, "5", "10"),
        ({"unit": "days", "denominator_definition": "Employees"}, "50", "10"),
        ({"unit": "score"}, "12", None),
        ({"may_be_negative": True}, "12", None),
        ({}, "-1", None),
    ],
    ids=["no counts", "nothing to count", "more than all", "a percentage that is no share", "an average", "a score",
         "a number that may be negative", "a negative number"],
)  # fmt: skip
def test_there_is_no_interval_where_counts_do_not_say_how_much_is_chance(
    fields: dict[str, object], numerator: str | None, denominator: str | None
) -> None:
    counts = [None if each is None else Decimal(each) for each in (numerator, denominator)]
    assert interval_of(a_measure(**fields), *counts) is None
