"""Of a long series only what bears on a period is found: and then the same is asked as of the whole series."""

from decimal import Decimal

import pytest

from performance.do.near import Near
from performance.ground.periods import Period, parse_period
from performance.ground.reckoning.unusual import RECENT_PERIODS, questions_among
from tests.performance.builders import a_figure, a_measure

JANUARY = Period.month(2012, 1)
SERIES = {JANUARY.shifted(step): Decimal(600 + step % 12) for step in range(72)}


def near(period: str, *, back: int = 2) -> list[str]:
    return [each.iso[:7] for each in Near(SERIES, back=back).of(parse_period(period))]


@pytest.mark.parametrize(
    ("period", "found"),
    [
        pytest.param("2016-10", ["2012-10", "2013-10", "2014-10", "2015-10", "2016-08", "2016-09", "2016-10"], id="of"),
        pytest.param("2018-01", [*(f"{year}-01" for year in range(2012, 2018)), "2017-11", "2017-12"], id="not yet in"),
        pytest.param("2012-02", ["2012-01", "2012-02"], id="nearly the first"),
        pytest.param("2012-01", ["2012-01"], id="the first, and never the later ones"),
    ],
)
def test_the_last_before_it_its_month_in_earlier_years_and_its_own_are_found_in_order(
    period: str, found: list[str]
) -> None:
    assert near(period) == found


def test_a_month_among_the_last_ones_keeps_its_place_in_the_order() -> None:
    found = near("2015-03", back=14)
    assert found == sorted(found)
    assert (found[:3], len(found)) == (["2012-03", "2013-03", "2014-01"], 2 + 14 + 1)


@pytest.mark.parametrize("value", ["603", "606", "640", "6030"])
def test_what_is_near_is_asked_as_the_whole_series_would_be(value: str) -> None:
    found = Near(SERIES, back=RECENT_PERIODS)
    for period in SERIES:
        figure = a_figure(value, period)
        assert questions_among(a_measure(), figure, found.of(period)) == questions_among(a_measure(), figure, SERIES)
