"""Why a figure moved, in sentences."""

from decimal import Decimal

from performance.explaining import explain
from performance.periods import Period
from performance.spc import Limits, PointType
from performance.variation import Variation
from reporting.explained import explained_in_words
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
        " We cannot tell why: what is known explains less than half of it."
    )


def test_what_is_known_is_said_from_the_largest() -> None:
    series = a_series(months([("80", "100"), ("78", "80")], "2017-08"), monthly_targets(["90", "85"], "2017-08"))
    found = explain(a_share(), series, NOW)
    assert found is not None
    real = Variation(limits=LIMITS, kind=PointType.IMPROVEMENT, assurance=None)
    assert explained_in_words(a_share(), found, real) == (
        "It went from 80.0% in August 2017 to 97.5% in September 2017."
        " Against its target that is +22.5 percentage points."
        " Of that,"
        " +20.0 percentage points comes from the number below the line (Total number of requests),"
        " +5.0 percentage points is the target, which moved and"
        " −2.5 percentage points comes from the number above the line (Requests answered on time)."
        " The counts say where it moved; the commentary says why."
    )


def test_a_target_that_moved_is_a_reason() -> None:
    series = a_series(months(["10", "11"], "2017-08"), monthly_targets(["10", "7"], "2017-08"))
    found = explain(a_measure(), series, NOW)
    assert found is not None
    assert explained_in_words(a_measure(), found, None) == (
        "It went from 10 in August 2017 to 11 in September 2017. Against its target that is +4."
        " Of that, +3 is the target, which moved. +1 cannot be told."
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
        "It went from 10 in August 2017 to 18 in September 2017. Against its target that is +9."
        " We cannot tell why: what is known explains less than half of it."
        " It shows as follows: +1 is the target, which moved."
    )
