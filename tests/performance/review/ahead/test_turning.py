"""Ambers that may turn red: the quarter ahead, its target, the chance, and the last value that is not red."""

from datetime import date
from decimal import Decimal

import pytest

from performance.ground.measures import Measure, Polarity, ToleranceKind
from performance.ground.periods import Frequency, Period
from performance.review.ahead.forecast import forecast
from performance.review.ahead.turning import period_ahead, target_ahead, turning
from tests.performance.builders import DEFAULT, a_measure, a_series, a_target, monthly_targets, months

UP_TO = date(2017, 9, 30)
AHEAD = Period.month(2017, 12)
HISTORY = [str(100 + (place * 7) % 5 - 2) for place in range(42)]


def chance(target: str | tuple[str, str], **fields: object) -> tuple[Decimal, tuple[Decimal, ...]]:
    measure = a_measure(**fields)
    expected = forecast(measure, months(HISTORY, "2014-04"), AHEAD, up_to=UP_TO, with_trial=False)
    found = turning(measure, a_target(target, AHEAD), expected, assumed=False, default_percent=DEFAULT)
    assert found is not None
    return found.chance, found.edges


@pytest.mark.parametrize(
    ("target", "polarity", "likely", "edges"),
    [
        pytest.param("120", Polarity.HIGHER, True, [114], id="far too high a target is missed"),
        pytest.param("90", Polarity.HIGHER, False, [86], id="one far below is not, and the edge is rounded up"),
        pytest.param("90", Polarity.LOWER, True, [94], id="lower is better, and the edge is rounded down"),
        pytest.param("110", Polarity.LOWER, False, [115], id="lower is better, with room"),
        pytest.param(("99", "101"), Polarity.RANGE, False, [95, 106], id="a range has two edges"),
    ],
)
def test_how_likely_red_is(target: str, polarity: Polarity, likely: bool, edges: list[int]) -> None:
    found, shown = chance(target, polarity=polarity)
    assert (found > Decimal("0.9")) is likely
    assert (found < Decimal("0.1")) is not likely
    assert list(shown) == edges


def test_the_edge_is_the_last_printed_value_that_is_not_red() -> None:
    _, edges = chance("99.95", decimals=1, tolerance=Decimal("0.12"), tolerance_kind=ToleranceKind.ABSOLUTE)
    assert edges == (Decimal("99.9"),)


@pytest.mark.parametrize(
    ("frequency", "latest", "ahead"),
    [
        (Frequency.MONTHLY, Period.month(2017, 9), AHEAD),
        (Frequency.QUARTERLY, Period(start=date(2017, 7, 1), months=3), Period(start=date(2017, 10, 1), months=3)),
        (Frequency.YEARLY, Period.year(2016), Period.year(2017)),
    ],
)
def test_a_quarter_ahead(frequency: Frequency, latest: Period, ahead: Period) -> None:
    measure: Measure = a_measure(frequency=frequency)
    assert period_ahead(measure, latest) == ahead


def test_a_target_not_yet_agreed_is_assumed_to_go_on() -> None:
    series = a_series(targets=monthly_targets(["9", "10"], "2017-08"))
    found, assumed = target_ahead(series, AHEAD)
    assert found is not None
    assert (found.number, assumed) == (10, True)
    assert target_ahead(series, Period.month(2017, 9)) == (series.targets[Period.month(2017, 9)], False)
    assert target_ahead(a_series(), AHEAD) == (None, False)


def test_without_a_forecast_or_a_target_nothing_is_told() -> None:
    target = a_target("9", AHEAD)
    assert turning(a_measure(), target, None, assumed=False, default_percent=DEFAULT) is None
    expected = forecast(a_measure(), months(HISTORY, "2014-04"), AHEAD, up_to=UP_TO, with_trial=False)
    assert turning(a_measure(), None, expected, assumed=False, default_percent=DEFAULT) is None
    context = a_measure(polarity=Polarity.CONTEXT)
    assert turning(context, target, expected, assumed=False, default_percent=DEFAULT) is None
