"""What is printed is the exact fraction rounded once, whatever it was multiplied by and added up from on the way."""

from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.comparators import Middle, group_value
from performance.measures import Measure, Polarity
from performance.periods import parse_period
from performance.rag import Rag
from performance.scorecard import scorecard_line
from performance.values import round_half_up
from tests.performance.builders import LATER, a_figure, a_series, a_share, a_target, months, to_date

MULTIPLIERS = (1, 3, 7, 12, 24, 52, 100, 365, 1000, 100_000)
SEPTEMBER = parse_period("2017-09")
decimals = st.integers(0, 4)
counts = st.tuples(st.integers(0, 50_000), st.integers(1, 50_000))
multipliers = st.sampled_from(MULTIPLIERS)


def printed(exact: Fraction, places: int) -> Decimal:
    """The rule again, in whole numbers alone: halves away from zero."""
    units = abs(exact) * 10**places
    whole = (2 * units.numerator + units.denominator) // (2 * units.denominator)
    return Decimal(whole if exact >= 0 else -whole).scaleb(-places)


def a_rate(multiplier: int, places: int = 0) -> Measure:
    return a_share(unit="days", denominator_definition="Of", multiplier=Decimal(multiplier), decimals=places)


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
