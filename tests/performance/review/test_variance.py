"""How far a figure lies from its budget or target, in its unit, in percent and in words."""

from decimal import Decimal

import pytest

from performance.ground.measures import Polarity
from performance.ground.values import Absence
from performance.review.variance import variance
from tests.performance.builders import a_measure, a_share, a_target


@pytest.mark.parametrize(
    ("value", "target", "said"),
    [
        ("1100000", "1000000", "£100,000 over (10.0%)"),
        ("995000", "1000000", "£5,000 under (0.5%)"),
        ("1000000", "1000000", "On budget"),
        ("-300000", "0", "£300,000 under"),
        ("100000001", "100000000", "£1 over (under 0.1%)"),
        ("-900", "-1000", "£100 over (10.0%)"),
        ("1000.4", "1000", "On budget"),
    ],
    ids=[
        "over the budget", "under the budget", "exactly on it", "a budget of nothing has no percent",
        "a share that prints as nothing is not said to be nothing", "an income is a budget below nothing",
        "what does not print is no variance",
    ],
)  # fmt: skip
def test_a_variance_in_pounds_says_its_side_its_size_and_its_share(value: str, target: str, said: str) -> None:
    measure = a_measure(unit="pounds", polarity=Polarity.LOWER, may_be_negative=True)
    found = variance(measure, Decimal(value), a_target(target))
    assert found is not None
    assert found.in_words(measure) == said


def test_a_percentage_lies_points_away_and_has_no_percent_of_percent() -> None:
    measure = a_share(decimals=1)
    found = variance(measure, Decimal("94.2"), a_target("95"))
    assert found is not None
    assert found.percent is None
    assert found.in_words(measure) == "0.8 points under"


@pytest.mark.parametrize(
    ("value", "said"),
    [("7.5", "0.5 points under"), ("8", "In range"), ("12", "In range"), ("13.0", "1.0 points over")],
)
def test_of_a_range_it_is_the_distance_from_the_bound_that_is_missed(value: str, said: str) -> None:
    measure = a_share(decimals=1, polarity=Polarity.RANGE)
    found = variance(measure, Decimal(value), a_target(("8", "12")))
    assert found is not None
    assert found.in_words(measure) == said


def test_without_a_figure_or_a_target_there_is_none() -> None:
    assert variance(a_measure(), Absence.NOT_DUE, a_target("5")) is None
    assert variance(a_measure(), Decimal(5), None) is None
    assert variance(a_measure(), Decimal(5), a_target(("8", "12"))) is None
