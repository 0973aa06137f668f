"""How targets spread, rule and are questioned."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.figures import Profile, Target
from performance.ground.measures import Accumulation, Measure, Polarity, ToleranceKind
from performance.ground.periods import Frequency, Period, parse_period
from performance.ground.reckoning.rag import Rag
from performance.plan.target_profiles import apportion, spread
from performance.plan.targets import check_target, in_force, target_questions, would_have_been
from tests.performance.builders import DEFAULT, a_measure, a_series, a_share, a_target, monthly_targets, months, over

CUMULATIVE = {"accumulation": Accumulation.CUMULATIVE}
SNAPSHOT = {"accumulation": Accumulation.SNAPSHOT}
YEAR = parse_period("2017/18")


def annual(entry: str | tuple[str, str], profile: Profile | None, **fields) -> Target:
    return a_target(entry, YEAR, profile=profile, **fields)


def spread_numbers(measure: Measure, target: Target, outturn: str | None = None, history: dict | None = None) -> list:
    start = None if outturn is None else Decimal(outturn)
    return [part.number for part in spread(target, measure, outturn=start, history=history or {}).values()]


def values(entries: list[int], start: str) -> dict[Period, Decimal]:
    return {period: figure.value for period, figure in months([str(entry) for entry in entries], start).items()}


@pytest.mark.parametrize(
    ("measure", "profile", "total", "outturn", "first", "sixth", "last"),
    [
        pytest.param(a_measure(), Profile.FLAT, "120", None, 10, 10, 10, id="flat counts: a twelfth each"),
        pytest.param(a_share(), Profile.FLAT, "96", None, 96, 96, 96, id="flat ratios: the target each"),
        pytest.param(a_measure(**SNAPSHOT), Profile.FLAT, "96", None, 96, 96, 96, id="flat snapshots: the target each"),
        pytest.param(
            a_measure(**CUMULATIVE), Profile.FLAT, "120", None, 10, 60, 120, id="flat totals to date build up"
        ),
        pytest.param(a_measure(**CUMULATIVE), Profile.CUMULATIVE, "120", None, 10, 60, 120, id="cumulative"),
        pytest.param(a_share(**CUMULATIVE), Profile.CUMULATIVE, "96", None, 8, 48, 96, id="a cumulative percentage"),
        pytest.param(a_share(), Profile.STRAIGHT_LINE, "96", "84", 85, 90, 96, id="a line from last year's outturn"),
        pytest.param(a_measure(**SNAPSHOT), Profile.STRAIGHT_LINE, "60", "84", 82, 72, 60, id="a line downwards"),
        pytest.param(a_share(), Profile.STRAIGHT_LINE, "96", None, 96, 96, 96, id="a line without an outturn is flat"),
        pytest.param(a_measure(), Profile.SEASONAL, "120", None, 10, 10, 10, id="seasonal without history is flat"),
        pytest.param(a_share(), Profile.SEASONAL, "96", None, 96, 96, 96, id="a seasonal ratio stays level"),
    ],
)
def test_a_profile(measure, profile, total, outturn, first, sixth, last) -> None:
    numbers = spread_numbers(measure, annual(total, profile), outturn)
    assert (len(numbers), numbers[0], numbers[5], numbers[11]) == (12, first, sixth, last)


@pytest.mark.parametrize("profile", [None, Profile.MANUAL])
def test_an_annual_target_without_a_profile_gives_months_none(profile: Profile | None) -> None:
    assert spread(annual("120", profile), a_measure(), outturn=None, history={}) == {}


def test_a_context_measure_takes_no_target() -> None:
    (problem,) = check_target(annual("120", Profile.FLAT), a_measure(polarity=Polarity.CONTEXT))
    assert "for context and takes no target" in problem.message


def test_each_bound_of_a_range_spreads() -> None:
    parts = spread(annual(("60", "120"), Profile.FLAT), a_measure(polarity=Polarity.RANGE), outturn=None, history={})
    assert {part.bounds for part in parts.values()} == {(5, 10)}


def test_a_third_of_a_target_is_a_third_again_by_the_quarter() -> None:
    targets = spread(annual("100", Profile.FLAT), a_measure(), outturn=None, history={})
    series = a_series(months(["25", "0", "0"]), targets)
    assert over(a_measure(), "Q1 2017/18", series).target.number == 25


class TestSeasonal:
    """By the shares of earlier years."""

    def test_follows_the_shares_of_last_year(self) -> None:
        history = values([10] * 6 + [30] * 6, "2016-04")
        assert spread_numbers(a_measure(), annual("120", Profile.SEASONAL), history=history) == [5] * 6 + [15] * 6

    def test_averages_the_shares_not_the_counts_of_several_years(self) -> None:
        history = values([100] * 12, "2015-04") | values([0] * 6 + [2] * 6, "2016-04")
        assert spread_numbers(a_measure(), annual("120", Profile.SEASONAL), history=history) == [5] * 6 + [15] * 6

    def test_uses_three_complete_years_at_most_and_passes_over_a_year_with_a_gap(self) -> None:
        broken = values([10] * 12, "2016-04")
        broken.pop(parse_period("2016-08"))
        history = values([1] + [0] * 11, "2012-04") | broken
        for year in (2013, 2014, 2015):
            history |= values([10] * 12, f"{year}-04")
        assert spread_numbers(a_measure(), annual("120", Profile.SEASONAL), history=history) == [10] * 12

    def test_takes_the_running_sum_of_a_cumulative_measure(self) -> None:
        history = values([5, 10, 15, 20, 25, 30, 45, 60, 75, 90, 105, 120], "2016-04")
        numbers = spread_numbers(a_measure(**CUMULATIVE), annual("240", Profile.SEASONAL), history=history)
        assert (numbers[0], numbers[5], numbers[6], numbers[11]) == (10, 60, 90, 240)

    def test_gives_the_units_left_over_to_the_largest_remainders(self) -> None:
        assert apportion(Decimal(10), [Fraction(1, 3)] * 3, 0) == [4, 3, 3]
        assert apportion(Decimal(10), [Fraction(1, 2), Fraction(3, 10), Fraction(1, 5)], 0) == [5, 3, 2]
        assert apportion(Decimal("0.5"), [Fraction(1, 4), Fraction(3, 4)], 0) == [Decimal("0.1"), Decimal("0.4")]

    def test_a_year_of_nothing_has_no_shares(self) -> None:
        history = values([0] * 12, "2016-04")
        assert spread_numbers(a_measure(), annual("120", Profile.SEASONAL), history=history) == [10] * 12


totals = st.decimals(-99999, 999999, places=3)
histories = st.lists(st.none() | st.integers(-50, 500), max_size=60)


@given(
    total=totals,
    outturn=st.none() | totals,
    profile=st.sampled_from([Profile.FLAT, Profile.STRAIGHT_LINE, Profile.CUMULATIVE, Profile.SEASONAL]),
    accumulation=st.sampled_from(Accumulation),
    is_ratio=st.booleans(),
    decimals=st.integers(0, 3),
    entries=histories,
    frequency=st.sampled_from([Frequency.MONTHLY, Frequency.QUARTERLY]),
)
def test_a_profile_reconciles_to_its_target_whatever_the_history(
    total, outturn, profile, accumulation, is_ratio, decimals, entries, frequency
) -> None:
    """Added up where periods are added up; at the year's end where the latest stands for the year."""
    build = a_share if is_ratio else a_measure
    measure = build(accumulation=accumulation, decimals=decimals, frequency=frequency)
    period = Period(start=date(2017, 4, 1), months=frequency.months).shifted(-60)
    history = {period.shifted(k * frequency.months): Decimal(n) for k, n in enumerate(entries) if n is not None}
    numbers = [
        part.number for part in spread(annual(str(total), profile), measure, outturn=outturn, history=history).values()
    ]
    assert len(numbers) == 12 // frequency.months
    adds_up = accumulation is Accumulation.IN_PERIOD and not is_ratio
    assert (sum(numbers) if adds_up else numbers[-1]) == total


class TestInForce:
    """Which target rules."""

    def test_an_annual_target_rules_its_year_and_by_its_profile_the_months(self) -> None:
        ruling = in_force([annual("120", Profile.FLAT)], a_measure(), figures={})
        assert (ruling[YEAR].number, ruling[parse_period("2017-10")].number, len(ruling)) == (120, 10, 13)

    def test_a_target_changed_mid_year_takes_effect_forward_only(self) -> None:
        first = annual("120", Profile.FLAT, effective_from=date(2017, 4, 1))
        loosened = annual("60", Profile.FLAT, effective_from=date(2017, 10, 1), revision=1)
        ruling = in_force([loosened, first], a_measure(), figures={})
        by_month = [ruling[month].number for month in YEAR.split(1)]
        assert by_month == [10] * 6 + [5] * 6
        assert ruling[YEAR].number == 60

    def test_a_change_after_a_period_ended_leaves_it_as_it_was(self) -> None:
        first, changed = a_target("10"), a_target("5", revision=1, effective_from=date(2017, 5, 1))
        assert in_force([first, changed], a_measure(), figures={}) == {first.period: first}

    def test_the_first_target_rules_its_whole_period_whenever_it_was_agreed(self) -> None:
        late = annual("120", Profile.FLAT, effective_from=date(2017, 11, 10))
        assert in_force([late], a_measure(), figures={})[parse_period("2017-04")].number == 10

    def test_a_change_to_months_by_hand_takes_the_spread_away_from_then_on(self) -> None:
        first = annual("120", Profile.FLAT)
        manual = annual("120", Profile.MANUAL, effective_from=date(2018, 1, 1), revision=1)
        ruling = in_force([first, manual], a_measure(), figures={})
        assert parse_period("2017-12") in ruling
        assert parse_period("2018-01") not in ruling

    def test_a_month_given_for_itself_wins_over_the_spread(self) -> None:
        june = a_target("99", "2017-06")
        ruling = in_force([june, annual("120", Profile.FLAT)], a_measure(), figures={})
        assert (ruling[june.period].number, ruling[parse_period("2017-07")].number) == (99, 10)

    def test_a_straight_line_starts_from_what_last_year_came_to(self) -> None:
        figures = months([("84", "100")] * 12, "2016-04")
        ruling = in_force([annual("96", Profile.STRAIGHT_LINE)], a_share(), figures=figures)
        assert ruling[parse_period("2017-04")].number == 85

    def test_a_sum_of_last_year_with_a_month_missing_is_no_outturn(self) -> None:
        figures = months(["10"] * 11, "2016-04")
        ruling = in_force([annual("120", Profile.STRAIGHT_LINE)], a_measure(), figures=figures)
        assert ruling[parse_period("2017-04")].number == 10

    def test_the_year_that_begins_after_is_not_touched(self) -> None:
        ruling = in_force([annual("120", Profile.FLAT)], a_measure(), figures={})
        assert parse_period("2018-04") not in ruling


PERCENT_OF_ITS_OWN = {"tolerance": Decimal(10), "tolerance_kind": ToleranceKind.PERCENT}
IN_RANGE = {"polarity": Polarity.RANGE}


@pytest.mark.parametrize(
    ("measure", "target", "field", "message"),
    [
        pytest.param(
            a_measure(**PERCENT_OF_ITS_OWN),
            a_target("0"),
            "target",
            "A tolerance of 10% of a target of 0 is nothing. "
            "Give Visits an absolute tolerance, in number, before setting a target of 0",
            id="a percentage of a target of zero",
        ),
        pytest.param(
            a_measure(polarity=Polarity.CONTEXT),
            a_target("1"),
            "target",
            "Visits is for context and takes no target",
            id="a context measure",
        ),
        pytest.param(a_measure(), a_target(None), "target", "Enter the target for Visits", id="no number"),
        pytest.param(
            a_measure(),
            a_target(("1", "2")),
            "lower",
            "Visits takes a single target, not a range",
            id="a range for one",
        ),
        pytest.param(
            a_measure(**IN_RANGE),
            a_target("1"),
            "target",
            "Visits takes a range. Enter its lower and upper bounds",
            id="one number for a range",
        ),
        pytest.param(
            a_measure(**IN_RANGE),
            a_target(None, lower=Decimal(1)),
            "upper",
            "Enter the upper bound of the range for Visits",
            id="one bound only",
        ),
        pytest.param(
            a_measure(**IN_RANGE),
            a_target(("5", "3")),
            "lower",
            "The lower bound of the range must not be above the upper bound",
            id="bounds the wrong way round",
        ),
        pytest.param(
            a_share(),
            a_target("101"),
            "target",
            "The target for Requests answered on time must be between 0% and 100%",
            id="more than all of them",
        ),
        pytest.param(a_measure(), a_target("-1"), "target", "The target for Visits must be 0 or more", id="negative"),
        pytest.param(
            a_measure(frequency=Frequency.QUARTERLY),
            a_target("1"),
            "period",
            "Visits is reported quarterly. A target cannot be for a shorter period",
            id="shorter than the measure's own",
        ),
    ],
)
def test_an_impossible_target_is_refused(measure, target, field: str, message: str) -> None:
    assert [(found.field, found.message) for found in check_target(target, measure)] == [(field, message)]


@pytest.mark.parametrize(
    ("measure", "target"),
    [
        pytest.param(a_measure(), a_target("0"), id="zero with the council's own tolerance"),
        pytest.param(
            a_measure(tolerance=Decimal(1), tolerance_kind=ToleranceKind.ABSOLUTE), a_target("0"), id="zero, absolute"
        ),
        pytest.param(a_measure(may_be_negative=True), a_target("-1"), id="negative where it may be"),
        pytest.param(a_measure(**IN_RANGE), a_target(("3", "3")), id="a range of one number"),
        pytest.param(a_measure(), annual("1", Profile.FLAT), id="a whole year"),
    ],
)
def test_a_possible_target_is_taken(measure, target) -> None:
    assert check_target(target, measure) == []


LAST_TWO_YEARS = months([str(90 + number % 20) for number in range(24)], "2015-04")


@pytest.mark.parametrize(
    ("target", "asked"),
    [
        pytest.param(a_target("100"), None, id="as usual"),
        pytest.param(a_target("60"), None, id="ambitious, within a factor of two"),
        pytest.param(a_target("0"), "the target is 0", id="zero"),
        pytest.param(a_target("1000"), "Did you mean 100?", id="ten times too much"),
        pytest.param(a_target("0.95"), "Did you mean 95?", id="a share typed as a fraction"),
        pytest.param(a_target("300"), "far from what has been", id="implausible"),
        pytest.param(annual("1200", Profile.FLAT), None, id="a year's total against twelve months"),
        pytest.param(annual("120", Profile.FLAT), "Did you mean 1,200?", id="a tenth of a year's total"),
    ],
)
def test_an_unlikely_target_is_questioned(target: Target, asked: str | None) -> None:
    found = target_questions(target, a_measure(), LAST_TWO_YEARS)
    assert (found == []) if asked is None else (asked in found[0].message)


def test_without_history_only_zero_is_questioned() -> None:
    assert target_questions(a_target("5"), a_measure(), {}) == []
    assert target_questions(a_target("0"), a_measure(), {})[0].message == (
        "Check: the target is 0. Confirm it or change it"
    )


def test_a_total_to_date_is_held_against_earlier_year_ends() -> None:
    figures = months([str(10 * number) for number in range(1, 13)], "2016-04")
    measure = a_measure(**CUMULATIVE)
    assert target_questions(annual("130", Profile.CUMULATIVE), measure, figures) == []
    assert "far" in target_questions(annual("50", Profile.CUMULATIVE), measure, figures)[0].message


class TestWouldHaveBeen:
    """The colours that past months would have had."""

    def test_says_in_how_many_of_the_last_36_months_it_was_met(self) -> None:
        series = a_series(months([str(number) for number in range(1, 41)], "2014-04"))
        found = would_have_been(a_measure(), series, annual("468", Profile.FLAT), default_percent=DEFAULT)
        assert found.in_words == "Met in 2 of 36 months"
        assert found.colours[parse_period("2017-05")] is Rag.AMBER

    def test_holds_each_month_to_the_same_month_of_the_profile(self) -> None:
        series = a_series(months([str(10 * number) for number in range(1, 13)], "2016-04"))
        target = annual("120", Profile.CUMULATIVE)
        found = would_have_been(a_measure(**CUMULATIVE), series, target, default_percent=DEFAULT)
        assert found.in_words == "Met in 12 of 12 months"

    def test_counts_years_of_a_yearly_measure(self) -> None:
        measure = a_measure(frequency=Frequency.YEARLY)
        figures = {p: f for p, f in monthly_targets([]).items()}
        assert would_have_been(measure, a_series(figures), annual("5", None), default_percent=DEFAULT).in_words == (
            "There are no figures to hold it against"
        )
