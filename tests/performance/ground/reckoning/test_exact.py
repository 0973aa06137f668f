"""What is printed is the exact fraction rounded once, whatever it was multiplied by and added up from on the way."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from performance.ground.figures import Profile
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.periods import Period, parse_period
from performance.ground.reckoning.aggregation import in_month_parts
from performance.ground.reckoning.due import numbers
from performance.ground.reckoning.rag import Rag, rate
from performance.ground.reckoning.spc import process_limits
from performance.ground.values import round_half_up
from performance.plan.consequences import read_target
from performance.plan.target_profiles import spread
from performance.review.ahead.forecast import forecast
from performance.review.ahead.outlook import needed
from performance.review.ahead.turning import turning
from performance.review.changed import change_in_words
from performance.review.comparators import Middle, group_value
from performance.review.explaining import Cause, explain
from performance.review.scorecard import scorecard_line
from performance.revise.effect import effect
from tests.performance.builders import (
    DEFAULT,
    LATER,
    a_figure,
    a_measure,
    a_series,
    a_share,
    a_target,
    months,
    over,
    to_date,
)

MULTIPLIERS = (1, 3, 7, 12, 24, 52, 100, 365, 1000, 100_000)
SEPTEMBER = parse_period("2017-09")
decimals = st.integers(0, 4)
counts = st.tuples(st.integers(0, 50_000), st.integers(1, 50_000))
multipliers = st.sampled_from(MULTIPLIERS)
rates = st.fractions(min_value=0, max_value=300_000, max_denominator=50_000)


def printed(exact: Fraction, places: int) -> Decimal:
    """The rule again, in whole numbers alone: halves away from zero."""
    units = abs(exact) * 10**places
    whole = (2 * units.numerator + units.denominator) // (2 * units.denominator)
    return Decimal(whole if exact >= 0 else -whole).scaleb(-places)


def a_rate(multiplier: int, places: int = 0) -> Measure:
    rate_of = {"unit": "days", "denominator_definition": "Of", "is_share": False}
    return a_share(multiplier=Decimal(multiplier), decimals=places, **rate_of)


@pytest.mark.parametrize(
    ("numerator", "denominator", "multiplier", "value"), [(75, 730, 365, "37.5"), (1, 24, 12, "0.5"), (5, 14, 7, "2.5")]
)
def test_counts_are_multiplied_before_they_are_divided(
    numerator: int, denominator: int, multiplier: int, value: str
) -> None:
    assert a_rate(multiplier).work_out(Decimal(numerator), Decimal(denominator)) == Decimal(value)


def test_a_half_that_was_multiplied_up_is_rated_as_it_prints() -> None:
    """75 of 730, times 365, is 37.5 and prints 38: where lower is better and 37 is the target, that is red."""
    measure = replace(a_rate(365), polarity=Polarity.LOWER)
    line = scorecard_line(
        measure,
        a_series({SEPTEMBER: a_figure(("75", "730"), SEPTEMBER)}, {SEPTEMBER: a_target("37", SEPTEMBER)}),
        period=SEPTEMBER,
        today=LATER,
        default_percent=Decimal(1),
    )
    assert (measure.print_value(line.value), line.rag) == ("38 days", Rag.RED)


@given(of=counts, multiplier=multipliers, places=decimals)
def test_a_value_of_counts_is_its_exact_fraction(of: tuple[int, int], multiplier: int, places: int) -> None:
    value = a_rate(multiplier).work_out(Decimal(of[0]), Decimal(of[1]))
    assert isinstance(value, Decimal)
    assert round_half_up(value, places) == printed(Fraction(of[0] * multiplier, of[1]), places)


@given(multiplier=multipliers, places=decimals, half=st.integers(0, 10_000), times=st.integers(1, 50))
def test_a_value_that_lies_on_a_half_goes_up(multiplier: int, places: int, half: int, times: int) -> None:
    """Random counts seldom lie on a half, where it matters: these do."""
    exact = Fraction(2 * half + 1, 2 * 10**places)
    of = exact / multiplier
    value = a_rate(multiplier).work_out(Decimal(of.numerator * times), Decimal(of.denominator * times))
    assert isinstance(value, Decimal)
    assert round_half_up(value, places) == printed(exact, places)


@given(entries=st.lists(counts, min_size=6, max_size=6), multiplier=multipliers, places=decimals)
def test_a_year_to_date_is_its_exact_fraction(entries: list[tuple[int, int]], multiplier: int, places: int) -> None:
    measure = a_rate(multiplier, places)
    series = a_series(months([(str(above), str(below)) for above, below in entries]))
    found = to_date(measure, "2017-09", series).value
    exact = Fraction(sum(above for above, _ in entries) * multiplier, sum(below for _, below in entries))
    assert isinstance(found, Decimal)
    assert round_half_up(found, places) == printed(exact, places)


@given(councils=st.lists(counts, min_size=1, max_size=9), multiplier=multipliers, places=decimals)
def test_the_mean_of_a_group_is_its_exact_fraction(
    councils: list[tuple[int, int]], multiplier: int, places: int
) -> None:
    values = {f"E0800003{place}": {SEPTEMBER: each} for place, each in enumerate(worked_out(councils, multiplier))}
    found = group_value(values, period=SEPTEMBER, middle=Middle.MEAN)
    exact = sum((Fraction(above * multiplier, below) for above, below in councils), Fraction(0)) / len(councils)
    assert found is not None
    assert round_half_up(found.value, places) == printed(exact, places)


def test_thirds_and_sixths_that_make_a_half_are_a_half() -> None:
    """Three of these never end as decimals; what is lost at their ends must not push the mean, 5.5, under the half."""
    of = [(9, 6), (51, 6), (32, 6), (47, 6), (13, 3)]
    values = {f"E0800003{place}": {SEPTEMBER: each} for place, each in enumerate(worked_out(of, 1))}
    found = group_value(values, period=SEPTEMBER, middle=Middle.MEAN)
    assert found is not None
    assert round_half_up(found.value, 0) == 6


def worked_out(of: Iterable[tuple[int, int]], multiplier: int) -> list[Decimal]:
    values = [a_rate(multiplier).work_out(Decimal(above), Decimal(below)) for above, below in of]
    return [value for value in values if isinstance(value, Decimal)]


# What is worked out from other figures: half the cases lie on a half, where a digit lost on the way shows.


@st.composite
def halves(draw: st.DrawFn) -> tuple[Fraction, Fraction, int]:
    """A rate, a second one that lies a half (of the last place printed) or so from it, and the places."""
    places, first = draw(decimals), draw(rates)
    step = Fraction(2 * draw(st.integers(-40, 40)) + 1, 2 * 10**places)
    return first, max(first + step, first - step), places


# One ends a digit earlier than the other, so that not even what they share falls away.
ACROSS = (Fraction(599_999, 6), Fraction(300_001, 3), 0)


def entry(exact: Fraction, multiplier: int) -> tuple[str, str]:
    """Counts that come to the rate."""
    share = exact / multiplier
    return str(share.numerator), str(share.denominator)


@example(of=ACROSS, multiplier=100_000)
@given(of=halves(), multiplier=multipliers)
def test_what_a_month_added_is_the_exact_difference(of: tuple[Fraction, Fraction, int], multiplier: int) -> None:
    first, second, places = of
    measure = replace(a_rate(multiplier, places), accumulation=Accumulation.CUMULATIVE)
    figures = months([entry(first, multiplier), entry(second, multiplier)])
    added = in_month_parts(measure, numbers(measure, figures))[parse_period("2017-05")]
    assert round_half_up(added, places) == printed(second - first, places)


@example(of=ACROSS, multiplier=100_000)
@given(of=halves(), multiplier=multipliers)
def test_the_season_is_the_exact_middle_of_its_steps(of: tuple[Fraction, Fraction, int], multiplier: int) -> None:
    first, second, places = of
    pair = [entry(first, multiplier), entry(second, multiplier)]
    series = a_series(months(pair, "2015-08") | months(pair, "2016-08") | months(pair, "2017-08"))
    found = explain(a_rate(multiplier, places), series, SEPTEMBER)
    assert found is not None
    season = sum((part.amount for part in found.parts if part.cause is Cause.SEASON), Decimal(0))
    assert season == printed(second - first, places)


@example(of=ACROSS, multiplier=100_000)
@given(of=halves(), multiplier=multipliers)
def test_a_part_of_a_change_is_exact(of: tuple[Fraction, Fraction, int], multiplier: int) -> None:
    """Only the denominator moves: all of the change is its part."""
    first, second, places = of
    if not first:
        return
    above, below = (first / multiplier).numerator, (first / multiplier).denominator
    fewer = Fraction(above * multiplier) / second
    scale = fewer.denominator
    figures = months([(str(above * scale), str(below * scale)), (str(above * scale), str(fewer.numerator))], "2017-08")
    found = explain(a_rate(multiplier, places), a_series(figures), SEPTEMBER)
    assert found is not None
    told = sum((part.amount for part in found.parts if part.cause is Cause.DENOMINATOR), Decimal(0))
    assert told == printed(second - first, places)
    assert sum(part.amount for part in found.parts) == found.whole == found.value_now - found.value_before


def enough(exact: Fraction, places: int, *, at_most: bool) -> Decimal:
    """As printed, on the side that is enough."""
    units = exact * 10**places
    return Decimal(floor(units) if at_most else ceil(units)).scaleb(-places)


@given(
    entries=st.lists(counts, min_size=3, max_size=11), multiplier=multipliers, places=decimals, aim=rates,
    polarity=st.sampled_from([Polarity.HIGHER, Polarity.LOWER]),
)  # fmt: skip
def test_what_is_needed_of_the_rest_is_enough_and_no_more(
    entries: list[tuple[int, int]], multiplier: int, places: int, aim: Fraction, polarity: Polarity
) -> None:
    target = printed(aim, places)
    measure = replace(a_rate(multiplier, places), may_be_negative=True, polarity=polarity)
    series = a_series(months([(str(above), str(below)) for above, below in entries]))
    found = needed(measure, series, a_target(str(target), "2017/18"), today=LATER)
    above, below = (sum(each[place] for each in entries) for place in (0, 1))
    coming = Fraction(below * (12 - len(entries)), len(entries))
    assert found is not None
    exact = (Fraction(target) * (below + coming) - above * multiplier) / coming
    assert found.each == enough(exact, places, at_most=polarity is Polarity.LOWER)


@given(of=halves(), multiplier=multipliers)
def test_the_median_of_two_councils_is_exact(of: tuple[Fraction, Fraction, int], multiplier: int) -> None:
    first, second, places = of
    measure = a_rate(multiplier)
    both = [
        measure.work_out(Decimal(above), Decimal(below))
        for above, below in (entry(each, multiplier) for each in (first, 2 * second - first))
    ]
    values = {f"E0800003{place}": {SEPTEMBER: each} for place, each in enumerate(both) if isinstance(each, Decimal)}
    found = group_value(values, period=SEPTEMBER)
    assert found is not None
    assert round_half_up(found.value, places) == printed(second, places)


@given(of=st.lists(rates, min_size=3, max_size=12), shift=halves(), multiplier=multipliers)
def test_the_mean_before_and_after_a_plan_is_exact(
    of: list[Fraction], shift: tuple[Fraction, Fraction, int], multiplier: int
) -> None:
    """Figures above and below nought, whose mean is a half: what they share in digits falls away."""
    half, places = shift[1] - shift[0], shift[2]
    around = [*of, *(-each for each in of), half * (2 * len(of) + 1)]
    measure = replace(a_rate(multiplier, places), may_be_negative=True)
    known = numbers(measure, months([entry(each, multiplier) for each in around], "2010-01"))
    found = effect(measure, known, called_by=max(known), ended_in=None).before
    assert found is not None
    used = around[-found.count :]
    assert round_half_up(found.mean, places) == printed(sum(used, Fraction(0)) / len(used), places)


@given(now=rates, then=rates, multiplier=multipliers, places=decimals)
def test_a_change_is_what_the_two_printed_values_differ_by(
    now: Fraction, then: Fraction, multiplier: int, places: int
) -> None:
    measure = a_rate(multiplier, places)
    values = [printed(each, places) for each in (then, now)]
    said = change_in_words(measure, then=values[0], now=values[1], across=(SEPTEMBER.previous, SEPTEMBER))
    change = values[1] - values[0]
    assert said.startswith(
        f"{'Up' if change > 0 else 'Down'} {measure.print_change(change)}" if change else "No change"
    )


@given(number=st.fractions(min_value=-100_000, max_value=100_000, max_denominator=5000), places=decimals)
def test_halves_go_away_from_nought_on_either_side(number: Fraction, places: int) -> None:
    half = Fraction(2 * int(number * 10**places) + 1, 2 * 10**places)
    for exact in (number, half, -half):
        as_decimal = Decimal(exact.numerator) / exact.denominator
        assert round_half_up(as_decimal, places) == printed(exact, places)


def test_a_number_of_twenty_digits_is_rated_too() -> None:
    assert rate(Decimal(10**20), a_target("1"), a_measure(), default_percent=DEFAULT) is Rag.GREEN


@given(values=st.lists(st.integers(0, 200_000), min_size=8, max_size=40), places=st.integers(0, 2))
def test_the_mean_of_a_process_is_said_as_the_exact_mean_prints(values: list[int], places: int) -> None:
    """Its arithmetic is in doubles, as the reference's is: 968.945 is a little less there, and printed 968.94."""
    scaled = [2 * value for value in values]
    # The last is such that the mean lies on a half.
    scaled[-1] += -sum(scaled) % len(scaled) + len(scaled) // 2 if len(scaled) % 2 == 0 else 0
    known = [Decimal(each).scaleb(-places) for each in scaled]
    found = process_limits(known)
    assert found is not None
    measure = a_measure(decimals=places, unit="days")
    exact = measure.print_value(printed(sum(map(Fraction, known), Fraction(0)) / len(known), places))
    said = replace(found, lower=None, upper=None).in_words(measure)
    assert exact in said.replace("Always ", "").split(" in the mean")[0]


# What is rated is what is printed


@given(of=counts, multiplier=multipliers, places=decimals, off=st.integers(-3, 3), percent=st.integers(0, 20))
def test_a_colour_can_be_checked_with_what_is_printed(
    of: tuple[int, int], multiplier: int, places: int, off: int, percent: int
) -> None:
    value = a_rate(multiplier, places).work_out(Decimal(of[0]), Decimal(of[1]))
    shown = printed(Fraction(of[0] * multiplier, of[1]), places)
    aim = shown + off * Decimal(1).scaleb(-places)
    missed, allowed = Fraction(aim) - Fraction(shown), abs(Fraction(aim)) * percent / 100
    due = Rag.GREEN if missed <= 0 else Rag.AMBER if missed <= allowed else Rag.RED
    target = a_target(str(aim))
    assert rate(value, target, a_rate(multiplier, places), default_percent=Decimal(percent)) is due


@pytest.mark.parametrize(
    ("polarity", "annual", "edge"),
    [(Polarity.HIGHER, "800", 60), (Polarity.LOWER, "800", 73)],
)
def test_the_last_value_that_is_not_red_is_rated_so(polarity: Polarity, annual: str, edge: int) -> None:
    """A twelfth of 800 is kept to twelve places; a tenth off it is 60, not a hair above it, which would print as 61."""
    measure = a_measure(polarity=polarity)
    year = a_target(annual, "2017/18", profile=Profile.FLAT)
    target = spread(year, measure, outturn=None, history={})[Period.month(2017, 12)]
    ahead = forecast(
        measure, months(["60", "70"] * 21, "2014-04"), Period.month(2017, 12), up_to=SEPTEMBER.end, with_trial=False
    )
    found = turning(measure, target, ahead, assumed=False, default_percent=Decimal(10))
    assert found is not None
    assert found.edges == (edge,)
    assert rate(Decimal(edge), target, measure, default_percent=Decimal(10)) is Rag.AMBER


def test_a_year_that_prints_on_target_has_met_it() -> None:
    """94.96% prints 95.0% and is green against 95; a new target of 95 is then no better than the year was."""
    series = a_series(months([("9496", "10000")] * 12, "2016-04"))
    found = read_target(a_share(), series, a_target("95", "2017/18"), today=LATER)
    assert found is not None
    assert found.in_words == "NO CHANGE: already met, 2016/17 came to 95.0%"


def test_how_much_better_a_target_is_follows_from_what_is_printed() -> None:
    """94.95% prints 95.0%: 95.5 is half a point better, though 0.55 would print 0.6."""
    worse = months([("99", "100")] * 12, "2015-04")
    series = a_series(worse | months([("9495", "10000")] * 12, "2016-04"))
    found = read_target(a_share(), series, a_target("95.5", "2017/18"), today=LATER)
    assert found is not None
    assert found.why == "0.5 percentage points better than 95.0% in 2016/17"


@given(entries=st.lists(counts, min_size=3, max_size=3), multiplier=multipliers, places=decimals)
def test_a_quarter_is_its_exact_fraction(entries: list[tuple[int, int]], multiplier: int, places: int) -> None:
    measure = a_rate(multiplier, places)
    found = over(measure, "Q1 2017/18", a_series(months([(str(above), str(below)) for above, below in entries]))).value
    assert isinstance(found, Decimal)
    exact = Fraction(sum(above for above, _ in entries) * multiplier, sum(below for _, below in entries))
    assert round_half_up(found, places) == printed(exact, places)
