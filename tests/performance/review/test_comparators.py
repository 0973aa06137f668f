"""How a figure compares with other places."""

from decimal import Decimal

import pytest

from performance.ground.measures import Polarity
from performance.ground.periods import parse_period
from performance.review.comparators import Middle, group_value, quartile
from tests.performance.builders import a_target

THEN, NOW = parse_period("2015/16"), parse_period("2016/17")
GROUP = {
    "E1": {THEN: Decimal(1), NOW: Decimal(10)},
    "E2": {THEN: Decimal(2), NOW: Decimal(20)},
    "E3": {THEN: Decimal(99)},
    "E4": {NOW: Decimal(90)},
}


def decimals(*numbers: int) -> list[Decimal]:
    return [Decimal(number) for number in numbers]


def test_the_median_and_the_mean_say_which_and_of_how_many() -> None:
    middle, mean = group_value(GROUP, period=NOW), group_value(GROUP, period=NOW, middle=Middle.MEAN)
    assert (middle.value, middle.in_words) == (20, "median of 3 councils, 2016/17")
    assert (mean.value, mean.in_words) == (40, "mean of 3 councils, 2016/17")


def test_a_comparator_never_mixes_periods() -> None:
    """E3 has no figure for 2016/17: its older one is left out rather than mixed in."""
    assert group_value(GROUP, period=THEN).councils == 3
    assert group_value(GROUP, period=parse_period("2017/18")) is None


@pytest.mark.parametrize(
    ("value", "others", "polarity", "expected"),
    [
        pytest.param(9, (1, 2, 3), Polarity.HIGHER, (1, 4, 1), id="the highest is best"),
        pytest.param(9, (1, 2, 3), Polarity.LOWER, (4, 4, 4), id="the highest is worst where lower is better"),
        pytest.param(9, (1, 2, 3), Polarity.RISE_WANTED, (1, 4, 1), id="a rise wanted counts as higher"),
        pytest.param(5, (5, 5, 9), Polarity.HIGHER, (2, 4, 2), id="ties share a rank"),
        pytest.param(5, (5, 5, 5), Polarity.HIGHER, (1, 4, 1), id="all alike are all first"),
        pytest.param(3, (9, 8, 7, 6, 5, 4, 2, 1, 0), Polarity.HIGHER, (7, 10, 3), id="the seventh of ten"),
        pytest.param(0, (1, 2, 3), Polarity.LOWER, (1, 4, 1), id="a measure whose best value is zero"),
        pytest.param(-5, (1, 2, -9), Polarity.HIGHER, (3, 4, 3), id="negative values"),
    ],
)
def test_the_quartile_by_polarity(value: int, others: tuple[int, ...], polarity: Polarity, expected) -> None:
    found = quartile(Decimal(value), decimals(*others), polarity)
    assert (found.rank, found.of, found.quartile) == expected


def test_none_for_context_nor_for_a_range_without_a_band_nor_for_too_few() -> None:
    assert quartile(Decimal(1), decimals(1, 2, 3), Polarity.CONTEXT) is None
    assert quartile(Decimal(1), decimals(1, 2, 3), Polarity.RANGE) is None
    assert quartile(Decimal(1), decimals(1, 2), Polarity.HIGHER) is None


def test_a_range_ranks_by_the_distance_from_its_band() -> None:
    found = quartile(Decimal(7), decimals(4, 1, 20), Polarity.RANGE, band=a_target(("3", "6")))
    assert (found.rank, found.in_words) == (2, "rank 2 of 4, quartile 2 (1 is best)")
