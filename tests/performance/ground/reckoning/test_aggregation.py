"""How figures add up over time."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.figures import Series
from performance.ground.measures import Accumulation
from performance.ground.periods import Frequency, Period, YearBasis, parse_period
from performance.ground.reckoning.aggregation import in_month_part, in_month_parts, months_in_words
from performance.ground.reckoning.due import figure_value
from performance.ground.values import Absence, round_half_up
from tests.performance.builders import (
    a_figure,
    a_measure,
    a_series,
    a_share,
    a_target,
    monthly_targets,
    months,
    over,
    to_date,
)

CUMULATIVE = {"accumulation": Accumulation.CUMULATIVE}
SNAPSHOT = {"accumulation": Accumulation.SNAPSHOT}
ROLLING = {"accumulation": Accumulation.ROLLING}
Q1 = "Q1 2017/18"
NOT_PUBLISHED, NOT_APPLICABLE = Absence.NOT_PUBLISHED, Absence.NOT_APPLICABLE


@pytest.mark.parametrize(
    ("measure", "entries", "expected"),
    [
        pytest.param(a_measure(), ["1", "2", "3"], "6", id="counts are added"),
        pytest.param(a_measure(), ["1", "0", "3"], "4", id="zero is a figure"),
        pytest.param(a_measure(), ["1", None, "3"], "4", id="a gap adds nothing and is not filled"),
        pytest.param(a_measure(), ["-1", "2", "-3"], "-2", id="negative counts are added"),
        pytest.param(a_measure(), ["0.4", "0.4", "0.4"], "1.2", id="unrounded numbers are added, and rounded once"),
        pytest.param(a_share(), [("1", "10"), ("80", "90"), ("0", "0")], "81", id="a ratio is all over all"),
        pytest.param(a_share(), [("1", "10"), None, ("89", "90")], "90", id="a ratio with a gap"),
        pytest.param(a_measure(**CUMULATIVE), ["1", "3", "6"], "6", id="cumulative is the latest"),
        pytest.param(a_measure(**CUMULATIVE), ["1", "3", None], "3", id="cumulative as at the latest there is"),
        pytest.param(a_measure(**CUMULATIVE), ["5", "3", "4"], "4", id="a cumulative figure that goes down stays"),
        pytest.param(
            a_measure(**SNAPSHOT), ["7", "5", NOT_PUBLISHED], "5", id="a snapshot is the latest with a number"
        ),
        pytest.param(a_measure(**ROLLING), ["7", "5", "6"], "6", id="rolling is the latest"),
        pytest.param(a_share(**ROLLING), ["7", "5", "6"], "6", id="a rolling ratio needs no counts"),
    ],
)
def test_a_quarter_of_months(measure, entries, expected: str) -> None:
    assert over(measure, Q1, a_series(months(entries))).value == Decimal(expected)


@pytest.mark.parametrize(
    ("measure", "entries", "today", "expected"),
    [
        pytest.param(a_share(), ["90", "80", "70"], "2018-01-01", "not_applicable", id="values without counts"),
        pytest.param(a_share(), [("9", "10"), "80", "70"], "2018-01-01", "not_applicable", id="some without counts"),
        pytest.param(
            a_share(), [("0", "0")] * 3, "2018-01-01", "not_applicable", id="nothing of nothing in all months"
        ),
        pytest.param(a_measure(), [], "2018-01-01", "not_provided", id="nothing came"),
        pytest.param(a_measure(), [], "2017-04-20", "not_due", id="nothing is due"),
        pytest.param(a_measure(), [], "2017-06-01", "not_provided", id="some due, some not, none there"),
        pytest.param(a_measure(), [NOT_PUBLISHED] * 3, "2018-01-01", "not_published", id="the months agree"),
        pytest.param(
            a_measure(), [NOT_PUBLISHED, NOT_APPLICABLE, None], "2018-01-01", "not_provided", id="the months disagree"
        ),
    ],
)
def test_an_aggregate_without_a_value(measure, entries, today: str, expected: str) -> None:
    assert over(measure, Q1, a_series(months(entries)), today=date.fromisoformat(today)).value == expected


def test_the_year_to_date_of_unequal_denominators_is_not_the_mean_of_the_percentages() -> None:
    """10% of ten requests and 90% of ninety: 82 in a hundred, not 50."""
    series = a_series(months([("1", "10"), ("81", "90")]))
    assert to_date(a_share(), "2017-05", series).value == 82


counts = st.tuples(st.integers(0, 500), st.integers(1, 500)).map(lambda pair: (min(pair), max(pair)))


@given(parts=st.lists(counts, min_size=2, max_size=12))
def test_a_ratio_is_always_all_numerators_over_all_denominators(parts: list[tuple[int, int]]) -> None:
    series = a_series(months([(str(above), str(below)) for above, below in parts]))
    found = over(a_share(), "2017/18", series).value
    assert isinstance(found, Decimal)
    exact = Fraction(100 * sum(above for above, _ in parts), sum(below for _, below in parts))
    assert abs(Fraction(found) - exact) < Fraction(1, 10**50)
    assert 0 <= found <= 100


@given(values=st.lists(st.decimals(-999, 999, places=3), min_size=1, max_size=12))
def test_a_sum_is_rounded_once_at_the_end(values: list[Decimal]) -> None:
    found = over(a_measure(), "2017/18", a_series(months([str(value) for value in values]))).value
    assert isinstance(found, Decimal)
    assert round_half_up(found, 0) == round_half_up(sum(values, Decimal(0)), 0)


class TestTargetsOfAggregates:
    """Whose target an aggregate is held to."""

    def test_a_sum_is_held_to_the_targets_of_the_months_with_figures(self) -> None:
        series = a_series(months(["1", None, "3"]), monthly_targets(["10", "20", "30"]))
        assert over(a_measure(), Q1, series).target.number == 40

    def test_one_month_without_a_target_leaves_the_sum_without(self) -> None:
        series = a_series(months(["1", "2", "3"]), monthly_targets(["10", None, "30"]))
        assert over(a_measure(), Q1, series).target is None

    def test_a_month_without_a_figure_may_lack_a_target(self) -> None:
        series = a_series(months(["1", None, "3"]), monthly_targets(["10", None, "30"]))
        assert over(a_measure(), Q1, series).target.number == 40

    def test_the_target_for_exactly_the_period_wins_over_the_sum(self) -> None:
        quarter = a_target("50", Q1)
        series = a_series(months(["1", "2", "3"]), monthly_targets(["10", "20", "30"]) | {quarter.period: quarter})
        assert over(a_measure(), Q1, series).target is quarter

    def test_the_bounds_of_ranges_are_added_each(self) -> None:
        series = a_series(months(["1", "2", "3"]), monthly_targets([("1", "2")] * 3))
        assert over(a_measure(), Q1, series).target.bounds == (3, 6)

    def test_a_ratio_is_held_to_the_target_of_the_last_month_with_a_value(self) -> None:
        series = a_series(months([("1", "2"), ("1", "2"), ("0", "0")]), monthly_targets(["90", "91", "92"]))
        assert over(a_share(), Q1, series).target.number == 91

    @pytest.mark.parametrize("fields", [CUMULATIVE, SNAPSHOT, ROLLING])
    def test_the_latest_is_held_to_the_target_of_the_month_shown(self, fields: dict) -> None:
        series = a_series(months(["1", "2"]), monthly_targets(["10", "20", "30"]))
        found = over(a_measure(**fields), Q1, series)
        assert (found.target.number, found.as_at) == (20, parse_period("2017-05"))

    def test_a_figure_of_its_own_period_is_held_to_its_own_target_even_before_it_came(self) -> None:
        series = a_series({}, monthly_targets(["10"]))
        assert over(a_measure(), "2017-04", series).target.number == 10


class TestMonthsProvidedAndDue:
    """ "8 of 9 months"."""

    def test_a_number_and_an_allowed_reason_count_and_silence_does_not(self) -> None:
        entries = ["1", None, NOT_APPLICABLE, NOT_PUBLISHED, Absence.SUPPRESSED, Absence.NOT_PROVIDED, "0"]
        found = to_date(a_measure(), "2017-10", a_series(months(entries)))
        assert (found.months_provided, found.months_due) == (5, 7)
        assert months_in_words(a_measure(), found) == "5 of 7 months"

    def test_nothing_of_nothing_counts_as_provided(self) -> None:
        found = to_date(a_share(), "2017-04", a_series(months([("0", "0")])))
        assert (found.value, found.months_provided) == (NOT_APPLICABLE, 1)

    def test_a_month_is_due_only_once_its_due_date_has_passed(self) -> None:
        measure = a_measure(lag_days=10)
        on_the_day = to_date(measure, "2017-05", a_series(), today=date(2017, 6, 10))
        after_it = to_date(measure, "2017-05", a_series(), today=date(2017, 6, 11))
        assert (on_the_day.months_due, after_it.months_due) == (1, 2)

    def test_a_figure_before_its_due_date_never_makes_two_of_one(self) -> None:
        found = to_date(a_measure(), "2017-05", a_series(months(["1", "2"])), today=date(2017, 6, 2))
        assert months_in_words(a_measure(), found) == "2 of 2 months"

    def test_months_before_the_measure_began_are_not_expected(self) -> None:
        measure = a_measure(active_from=date(2017, 6, 1))
        found = to_date(measure, "2017-07", a_series(months(["1", "2"], "2017-06")))
        assert (found.months_provided, found.months_due, found.is_complete) == (2, 2, True)

    def test_a_retired_measure_is_not_applicable_afterwards(self) -> None:
        measure = a_measure(active_to=date(2017, 3, 31))
        assert over(measure, "2017-04", a_series()).value is NOT_APPLICABLE

    def test_a_partial_sum_says_so(self) -> None:
        found = over(a_measure(), Q1, a_series(months(["1", "2"])))
        assert (found.value, found.is_complete, found.is_partial) == (3, False, True)

    def test_a_number_still_to_be_published_makes_a_sum_partial(self) -> None:
        assert over(a_measure(), Q1, a_series(months(["1", "2", NOT_PUBLISHED]))).is_partial


class TestYearToDate:
    """The measure's own year, up to the end of the period shown."""

    series = a_series(months([str(number) for number in range(1, 25)], "2016-04"))

    @pytest.mark.parametrize(
        ("basis", "expected"),
        [
            pytest.param(YearBasis.FINANCIAL, sum(range(13, 20)), id="financial: April to October"),
            pytest.param(YearBasis.ACADEMIC, 18 + 19, id="academic: September and October"),
            pytest.param(YearBasis.CALENDAR, sum(range(10, 20)), id="calendar: January to October"),
        ],
    )
    def test_each_measure_keeps_its_own_year(self, basis: YearBasis, expected: int) -> None:
        assert to_date(a_measure(year_basis=basis), "2017-10", self.series).value == expected

    def test_of_a_cumulative_measure_is_the_figure_itself(self) -> None:
        assert to_date(a_measure(**CUMULATIVE), "2017-10", self.series).value == 19

    def test_starts_again_in_april(self) -> None:
        assert to_date(a_measure(), "2017-04", self.series).value == 13
        assert to_date(a_measure(), "2017-03", self.series).value == sum(range(1, 13))

    def test_nothing_is_carried_into_the_new_year(self) -> None:
        series = a_series(months(["7"], "2017-03"))
        assert to_date(a_measure(**SNAPSHOT), "2017-04", series).value is Absence.NOT_PROVIDED

    def test_of_a_quarterly_measure_adds_quarters(self) -> None:
        measure = a_measure(frequency=Frequency.QUARTERLY)
        figures = {p: a_figure("5", p) for p in parse_period("2017/18").split(3)}
        assert to_date(measure, "Q2 2017/18", a_series(figures)).value == 10


class TestPartOfAMonth:
    """What a month of a cumulative measure added."""

    def test_most_start_again_in_april(self) -> None:
        measure = a_measure(**CUMULATIVE)
        series = a_series(months(["10", "12", "3", "5"], "2017-02"))
        parts = [in_month_part(measure, series, p, today=date(2018, 1, 1)) for p in sorted(series.figures)]
        assert parts == [Absence.NOT_PROVIDED, 2, 3, 2]

    def test_nhs_health_checks_start_again_every_five_years(self) -> None:
        measure = a_share(**CUMULATIVE, frequency=Frequency.QUARTERLY, cycle_months=60)
        quarters = list(parse_period("2017-04-01/P2Y").split(3))
        to_date_each = [Decimal(tenths) / 10 for tenths in (3, 8, 12, 20, 33, 49)]
        parts = in_month_parts(measure, dict(zip(quarters, to_date_each, strict=False)))
        assert list(parts.values()) == [Decimal(tenths) / 10 for tenths in (3, 5, 4, 8, 13, 16)]

    def test_a_new_cycle_starts_from_nothing(self) -> None:
        measure = a_measure(**CUMULATIVE, cycle_months=60, active_from=date(2013, 4, 1))
        values = {parse_period("2018-03"): Decimal(60), parse_period("2018-04"): Decimal(2)}
        assert in_month_parts(measure, values) == {parse_period("2018-04"): 2}

    def test_a_gap_is_never_joined(self) -> None:
        series = a_series(months(["1", None, "6"]))
        found = in_month_part(a_measure(**CUMULATIVE), series, parse_period("2017-06"), today=date(2018, 1, 1))
        assert found is Absence.NOT_PROVIDED

    def test_a_cumulative_figure_that_goes_down_takes_away(self) -> None:
        series = a_series(months(["5", "3"]))
        assert in_month_part(a_measure(**CUMULATIVE), series, parse_period("2017-05"), today=date(2018, 1, 1)) == -2


class TestAValue:
    """A figure, or why there is none."""

    june = Period.month(2017, 6)

    @pytest.mark.parametrize(
        ("today", "expected"),
        [
            pytest.param("2017-07-05", Absence.NOT_DUE, id="on the due date"),
            pytest.param("2017-07-06", Absence.NOT_PROVIDED, id="after the due date"),
        ],
    )
    def test_without_a_figure(self, today: str, expected: Absence) -> None:
        assert figure_value(a_measure(), None, self.june, today=date.fromisoformat(today)) is expected

    def test_blank_is_not_zero(self) -> None:
        zero, blank = a_figure("0", self.june), a_figure(Absence.NOT_PROVIDED, self.june)
        assert figure_value(a_measure(), zero, self.june, today=date(2018, 1, 1)) == 0
        assert figure_value(a_measure(), blank, self.june, today=date(2018, 1, 1)) is Absence.NOT_PROVIDED

    def test_a_hundred_percent_is_not_nothing_of_nothing(self) -> None:
        all_of_them, none_of_none = a_figure(("5", "5"), self.june), a_figure(("0", "0"), self.june)
        assert figure_value(a_share(), all_of_them, self.june, today=date(2018, 1, 1)) == 100
        assert figure_value(a_share(), none_of_none, self.june, today=date(2018, 1, 1)) is NOT_APPLICABLE

    def test_a_denominator_of_zero_is_not_applicable_in_any_ratio(self) -> None:
        measure = a_measure(denominator_definition="Visits", numerator_definition="Cost", unit="pounds")
        assert (
            figure_value(measure, a_figure(("5", "0"), self.june), self.june, today=date(2018, 1, 1)) is NOT_APPLICABLE
        )

    def test_a_count_has_no_multiplier(self) -> None:
        measure = a_measure(multiplier=Decimal(100))
        figure = a_figure("0", self.june, value=None, numerator=Decimal(5))
        assert figure_value(measure, figure, self.june, today=date(2018, 1, 1)) == 5


@pytest.mark.parametrize("year", [2015, 2016, 2020])
def test_a_leap_day_or_a_year_of_53_weeks_changes_no_month(year: int) -> None:
    """Periods are months: 29 February and a 53rd week fall into one like any other day."""
    february = Period.month(year, 2)
    series = Series(figures={february: a_figure("3", february)}, targets={})
    assert over(a_measure(), february.iso, series).value == 3
    assert february.following == Period.month(year, 3)
