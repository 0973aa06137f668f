"""Why a figure moved, in sentences."""

from decimal import Decimal

import pytest

from performance.ground.measures import Polarity
from performance.ground.periods import Period
from performance.ground.reckoning.spc import Limits, PointType
from performance.review.explaining import explain
from performance.review.variation import Variation
from reporting.words.explained import explained_in_words
from tests.performance.builders import a_measure, a_series, a_share, monthly_targets, months

NOW = Period.month(2017, 9)
LIMITS = Limits(mean=Decimal(10), lower=Decimal(5), upper=Decimal(15), near_lower=None, near_upper=None, points=24)


def test_noise_is_said_first() -> None:
    found = explain(a_measure(), a_series(months(["10", "14"], "2017-08")), NOW)
    assert found is not None
    usual = Variation(limits=LIMITS, kind=PointType.COMMON_CAUSE, assurance=None)
    assert explained_in_words(a_measure(), found, usual) == (
        "The figure lies within its usual ups and downs: ask what would change how it runs, not why this one moved."
        " It went from 10 in August 2017 to 14 in September 2017."
        " From the figures alone we cannot tell why: they explain less than half of it."
    )


def test_what_is_known_is_said_from_the_largest() -> None:
    series = a_series(months([("80", "100"), ("78", "80")], "2017-08"), monthly_targets(["90", "85"], "2017-08"))
    found = explain(a_share(), series, NOW)
    assert found is not None
    real = Variation(limits=LIMITS, kind=PointType.IMPROVEMENT, assurance=None)
    assert explained_in_words(a_share(), found, real) == (
        "It went from 80.0% in August 2017 to 97.5% in September 2017."
        " It passed its target, from 10.0 percentage points below it to 12.5 percentage points above it:"
        " 22.5 percentage points, for the better."
        " Of that,"
        " 20.0 percentage points comes from what it is divided by (Total number of requests),"
        " 5.0 percentage points is the target, which moved, and"
        " 2.5 percentage points the other way comes from the count (Requests answered on time)."
        " The counts say where it moved; the commentary says why."
    )


def test_a_target_that_moved_is_a_reason() -> None:
    series = a_series(months(["10", "11"], "2017-08"), monthly_targets(["10", "7"], "2017-08"))
    found = explain(a_measure(), series, NOW)
    assert found is not None
    assert explained_in_words(a_measure(), found, None) == (
        "It went from 10 in August 2017 to 11 in September 2017."
        " Its distance from the target grew by 4, for the better."
        " Of that, 3 is the target, which moved. 1 cannot be told."
    )


def test_no_change_needs_no_reason() -> None:
    found = explain(a_measure(), a_series(months(["10", "10"], "2017-08")), NOW)
    assert found is not None
    assert explained_in_words(a_measure(), found, None) == "It went from 10 in August 2017 to 10 in September 2017."


def test_parts_under_half_are_named_and_the_whole_cannot_be_told() -> None:
    series = a_series(months(["10", "18"], "2017-08"), monthly_targets(["10", "9"], "2017-08"))
    found = explain(a_measure(), series, NOW)
    assert found is not None
    assert explained_in_words(a_measure(), found, None) == (
        "It went from 10 in August 2017 to 18 in September 2017."
        " Its distance from the target grew by 9, for the better."
        " From the figures alone we cannot tell why: they explain less than half of it."
        " It shows as follows: 1 is the target, which moved."
    )


@pytest.mark.parametrize(
    ("polarity", "figures", "targets", "expected"),
    [
        (Polarity.HIGHER, ["48", "40"], ["50", "50"], "Its distance from the target grew by 8, for the worse."),
        (Polarity.HIGHER, ["40", "48"], ["50", "50"], "Its distance from the target shrank by 8, for the better."),
        (Polarity.HIGHER, ["60", "55"], ["50", "50"], "Its distance from the target shrank by 5, for the worse."),
        (Polarity.RISE_WANTED, ["60", "65"], ["50", "50"], "Its distance from the target grew by 5, for the better."),
        (Polarity.LOWER, ["60", "65"], ["50", "50"], "Its distance from the target grew by 5, for the worse."),
        (Polarity.LOWER, ["60", "50"], ["50", "50"], "Its distance from the target shrank by 10, for the better."),
        (Polarity.LOWER, ["40", "30"], ["50", "50"], "Its distance from the target grew by 10, for the better."),
        (Polarity.LOWER, ["45", "52"], ["50", "50"],
         "It passed its target, from 5 below it to 2 above it: 7, for the worse."),
        (Polarity.LOWER, ["45", "55"], ["40", "50"], "Its distance from the target stayed the same."),
    ],
)  # fmt: skip
def test_the_target_is_said_to_be_farther_or_nearer_and_which_way_is_good(
    polarity: Polarity, figures: list[str], targets: list[str], expected: str
) -> None:
    measure = a_measure(polarity=polarity)
    found = explain(measure, a_series(months(figures, "2017-08"), monthly_targets(targets, "2017-08")), NOW)
    assert found is not None
    assert expected in explained_in_words(measure, found, None)
