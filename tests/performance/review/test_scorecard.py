"""What a scorecard for a period shows."""

from datetime import date
from decimal import Decimal

import pytest

from performance.ground.figures import FigureStatus, Series
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.periods import Frequency, YearBasis, parse_period
from performance.ground.reckoning.direction import Direction
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from performance.review.scorecard import ScorecardLine, periods_in_play, scorecard_line
from tests.performance.builders import (
    DEFAULT,
    a_figure,
    a_measure,
    a_series,
    a_share,
    a_target,
    monthly_targets,
    months,
)

TODAY = date(2017, 11, 10)
YEARLY, QUARTERLY = {"frequency": Frequency.YEARLY}, {"frequency": Frequency.QUARTERLY}


def line(measure: Measure, series: Series, period: str, *, today: date = TODAY) -> ScorecardLine:
    return scorecard_line(measure, series, period=parse_period(period), today=today, default_percent=DEFAULT)


def stored(**figures: str) -> Series:
    """Figures by the period as people write it, with - for the slash."""
    read = {parse_period(text.replace("_", "/")): entry for text, entry in figures.items()}
    return a_series({period: a_figure(entry, period) for period, entry in read.items()})


def test_a_month_of_a_monthly_measure() -> None:
    series = a_series(months(["94.94", "95.04"], "2017-09"), monthly_targets(["95", "95"], "2017-09"))
    shown = line(a_measure(decimals=1), series, "2017-10")
    assert (shown.value, shown.rag, shown.short, shown.long) == (
        Decimal("95.0"),
        Rag.GREEN,
        Direction.IMPROVING,
        Direction.NOT_AVAILABLE,
    )
    assert (shown.target.number, shown.tolerance, shown.area_code) == (95, Decimal("4.75"), "E08000031")
    assert (shown.months_provided, shown.months_due, shown.is_partial) == (1, 1, False)


def test_the_period_before_is_the_one_in_the_calendar_not_the_last_with_a_figure() -> None:
    shown = line(a_measure(), a_series(months(["1", None, "3"], "2017-08")), "2017-10")
    assert shown.short is Direction.NOT_AVAILABLE


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"seasonal": True}, id="a seasonal measure"),
        pytest.param({"accumulation": Accumulation.CUMULATIVE}, id="a cumulative measure"),
    ],
)
def test_is_compared_with_the_same_time_last_year(fields: dict) -> None:
    series = a_series(months(["9"], "2016-10") | months(["1", "5"], "2017-09"))
    shown = line(a_measure(**fields), series, "2017-10")
    assert (shown.short, shown.long) == (Direction.WORSENING, Direction.WORSENING)


class TestAQuarterOfMonths:
    """A measure reported more often than the scorecard's period."""

    def test_is_compared_with_the_quarter_before_and_a_year_before(self) -> None:
        year_ago = months(["9", "9", "9"], "2016-07")
        series = a_series(year_ago | months(["1", "1", "1", "2", "2", "2"], "2017-04"))
        shown = line(a_measure(), series, "Q2 2017/18")
        assert (shown.value, shown.short, shown.long) == (6, Direction.IMPROVING, Direction.WORSENING)

    def test_an_incomplete_one_has_no_direction_and_says_partial(self) -> None:
        series = a_series(months(["1", "1", "1", "2", "2"], "2017-04"), monthly_targets(["2"] * 6))
        shown = line(a_measure(), series, "Q2 2017/18")
        assert (shown.value, shown.rag, shown.short) == (4, Rag.GREEN, Direction.NOT_AVAILABLE)
        assert (shown.months_provided, shown.months_due, shown.is_partial) == (2, 3, True)

    def test_an_incomplete_one_before_gives_no_direction(self) -> None:
        series = a_series(months(["1", None, "1", "2", "2", "2"], "2017-04"))
        assert line(a_measure(), series, "Q2 2017/18").short is Direction.NOT_AVAILABLE

    def test_the_latest_of_a_snapshot_says_as_at_which_month(self) -> None:
        series = a_series(months(["1", "1", "1", "2", "2"], "2017-04"), monthly_targets(["1", "1", "1", "3", "4"]))
        shown = line(a_measure(accumulation=Accumulation.SNAPSHOT), series, "Q2 2017/18")
        assert (shown.value, shown.target.number, shown.as_at.short) == (2, 4, "Aug 2017")


class TestAMeasureReportedLessOften:
    """Its latest own period, labelled as such."""

    def test_is_shown_with_its_latest_own_period(self) -> None:
        shown = line(a_measure(**QUARTERLY), stored(**{"2017-04-01_P3M": "1", "2017-07-01_P3M": "2"}), "2017-11")
        assert (shown.period.iso, shown.value, shown.short) == ("2017-07-01/P3M", 2, Direction.IMPROVING)

    def test_is_not_carried_past_its_due_date(self) -> None:
        measure = a_measure(**YEARLY, lag_days=30)
        shown = line(measure, stored(**{"2015_16": "1"}), "2017-10")
        assert (shown.period.in_words, shown.rag) == ("2016/17", Rag.NOT_PROVIDED)

    def test_is_not_due_until_then(self) -> None:
        shown = line(a_measure(**YEARLY, lag_days=300), stored(**{"2015_16": "1"}), "2017-10")
        assert (shown.period.in_words, shown.rag) == ("2016/17", Rag.NOT_DUE)

    def test_of_another_year_shows_that_year(self) -> None:
        measure = a_measure(**YEARLY, year_basis=YearBasis.ACADEMIC)
        shown = line(measure, stored(**{"2016-09-01_P1Y": "5"}), "2017-10")
        assert (shown.period.iso, shown.value) == ("2016-09-01/P1Y", 5)

    def test_of_another_year_shows_it_on_a_yearly_scorecard_too(self) -> None:
        measure = a_measure(**YEARLY, year_basis=YearBasis.CALENDAR)
        shown = line(measure, stored(**{"2015-01-01_P1Y": "4", "2016-01-01_P1Y": "5"}), "2016/17")
        assert (shown.period.iso, shown.value, shown.long) == ("2016-01-01/P1Y", 5, Direction.IMPROVING)

    def test_a_year_that_starts_on_any_day_is_shown_as_published(self) -> None:
        shown = line(a_measure(**YEARLY), stored(**{"2015-10-06_P1Y": "4", "2016-10-06_P1Y": "5"}), "2017-10")
        assert (shown.period.iso, shown.value, shown.short) == ("2016-10-06/P1Y", 5, Direction.IMPROVING)

    def test_pooled_years_are_compared_with_those_a_year_earlier(self) -> None:
        measure = a_measure(**YEARLY, accumulation=Accumulation.ROLLING, polarity=Polarity.LOWER)
        shown = line(measure, stored(**{"2012-01-01_P3Y": "4", "2013-01-01_P3Y": "5"}), "2017-10")
        assert (shown.period.iso, shown.value, shown.short) == ("2013-01-01/P3Y", 5, Direction.WORSENING)

    def test_a_figure_after_the_scorecard_is_not_shown(self) -> None:
        shown = line(a_measure(**YEARLY), stored(**{"2016_17": "4", "2017_18": "5"}), "2017-10", today=date(2019, 1, 1))
        assert (shown.period.in_words, shown.value) == ("2016/17", 4)

    def test_an_academic_quarter_does_not_fit_into_a_financial_one(self) -> None:
        measure = a_measure(**QUARTERLY, year_basis=YearBasis.ACADEMIC)
        shown = line(measure, stored(**{"2017-06-01_P3M": "4"}), "Q2 2017/18")
        assert (shown.period.iso, shown.value) == ("2017-06-01/P3M", 4)


@pytest.mark.parametrize(
    ("frequency", "period", "expected"),
    [
        pytest.param(Frequency.MONTHLY, "2017-10", ["2017-10-01/P1M"], id="its own month"),
        pytest.param(
            Frequency.MONTHLY,
            "Q2 2017/18",
            ["2017-07-01/P1M", "2017-08-01/P1M", "2017-09-01/P1M"],
            id="the months of a quarter",
        ),
        pytest.param(Frequency.QUARTERLY, "2017-10", ["2017-07-01/P3M"], id="the latest quarter"),
        pytest.param(Frequency.YEARLY, "2017/18", ["2017-04-01/P1Y"], id="its own year"),
        pytest.param(Frequency.YEARLY, "2017-10", ["2016-04-01/P1Y"], id="the latest year"),
    ],
)
def test_the_periods_in_play(frequency: Frequency, period: str, expected: list[str]) -> None:
    found = periods_in_play(a_measure(frequency=frequency), parse_period(period))
    assert [each.iso for each in found] == expected


@pytest.mark.parametrize(
    ("fields", "period", "own"),
    [
        pytest.param({}, "2017-10", "2017-10-01/P1M", id="a month"),
        pytest.param({}, "Q2 2017/18", "2017-09-01/P1M", id="the last month of a quarter made of months"),
        pytest.param(QUARTERLY, "2017/18", "2018-01-01/P3M", id="the last quarter of a year made of quarters"),
        pytest.param(YEARLY, "2017-10", "2015-10-06/P1Y", id="a year as it was published"),
    ],
)
def test_the_measures_own_period_at_the_end_of_what_is_shown(fields: dict, period: str, own: str) -> None:
    series = stored(**{"2015-10-06_P1Y": "4"}) if fields is YEARLY else stored()
    assert line(a_measure(**fields), series, period).own_period.iso == own


def test_the_year_to_date_stands_beside_with_its_own_colour() -> None:
    series = a_series(months(["10", "10", "1"], "2017-04"), monthly_targets(["5"] * 12))
    shown = line(a_measure(), series, "2017-06")
    assert (shown.rag, shown.year_to_date_value, shown.ytd_rag) == (Rag.RED, 21, Rag.GREEN)


def test_an_absent_figure_still_shows_what_was_aimed_at() -> None:
    shown = line(a_share(), a_series({}, monthly_targets(["95"])), "2017-04")
    assert (shown.value, shown.target.number, shown.tolerance) == (Absence.NOT_PROVIDED, 95, Decimal("4.75"))


def test_context_and_no_target_show_no_target() -> None:
    target = a_target("5")
    context = line(a_measure(polarity=Polarity.CONTEXT), a_series(months(["1"]), {target.period: target}), "2017-04")
    untargeted = line(a_measure(), a_series(months(["1"])), "2017-04")
    assert (context.rag, context.target, context.tolerance) == (Rag.CONTEXT, None, None)
    assert (untargeted.rag, untargeted.target, untargeted.tolerance) == (Rag.NO_TARGET, None, None)


def test_says_when_a_figure_behind_it_is_provisional_or_estimated() -> None:
    figures = months(["1", "2"], "2017-07", status=FigureStatus.PROVISIONAL) | months(["3"], "2017-09")
    shown = line(a_measure(), a_series(figures), "Q2 2017/18")
    assert (shown.is_provisional, shown.is_estimated) == (True, False)


def test_a_range_without_a_figure_has_no_tolerance_yet() -> None:
    band = a_target(("3", "5"))
    shown = line(a_measure(polarity=Polarity.RANGE), a_series({}, {band.period: band}), "2017-04")
    assert (shown.target.bounds, shown.tolerance) == ((3, 5), None)


@pytest.mark.parametrize(
    ("targets", "fields", "said"),
    [
        (["40", "50"], {}, "Its target moved from 40 to 50: against the one before it would be red"),
        (["50", "40"], {}, "Its target moved from 50 to 40: against the one before it would be green"),
        (["50", "50"], {}, ""),
        (["49", "50"], {}, ""),
        (["40", "50"], {"seasonal": True}, ""),
        (["40", "50"], {"accumulation": Accumulation.CUMULATIVE}, ""),
        ([None, "50"], {}, ""),
        (["40", None], {}, ""),
    ],
)
def test_a_status_that_the_target_alone_moved_says_so(
    targets: list[str | None], fields: dict[str, object], said: str
) -> None:
    measure = a_measure(polarity=Polarity.LOWER, decimals=0, **fields)
    series = a_series(months(["48", "47"], "2017-09"), monthly_targets(targets, "2017-09"))
    shown = line(measure, series, "2017-10")
    assert (shown.target_moved_in_words, shown.is_by_target_alone) == (said, bool(said))


def test_a_target_stands_behind_the_figure_also_where_it_is_a_range_or_nought() -> None:
    nought = line(a_measure(decimals=0), a_series(months(["3"]), monthly_targets(["0"])), "2017-04")
    assert nought.against_target == ", target 0"
    within = a_measure(decimals=0, polarity=Polarity.RANGE)
    between = line(within, a_series(months(["3"]), monthly_targets([("2", "4")])), "2017-04")
    assert between.against_target == ", target 2 to 4"
    assert line(a_measure(), a_series(months(["3"])), "2017-04").against_target == ""
