"""Numbers by hand, and a seasonal total to date: whatever came before, they come to the year's target exactly."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.figures import Profile, Target
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.periods import Period, parse_period
from performance.plan.target_profiles import check_parts, spread
from performance.plan.targets import check_target, in_force
from tests.performance.builders import a_measure, a_share, a_target

YEAR = parse_period("2017/18")
MONTHS = list(YEAR.split(1))
TOTAL = a_measure(accumulation=Accumulation.CUMULATIVE, unit="pounds", decimals=2, may_be_negative=True)

pennies = st.decimals(0, 99_999_999, places=2)
# Years in which nothing came in, months without a figure, and a total that was put right downwards.
months_of_history = st.lists(st.none() | st.just(Decimal(0)) | st.decimals(-999, 99_999, places=2), max_size=72)


def by_hand(number: str, *parts: str, periods: list[Period] | None = None) -> Target:
    pairs = tuple(zip(periods or MONTHS, map(Decimal, parts), strict=False))
    return a_target(number, YEAR, profile=Profile.MANUAL, parts=pairs)


@given(annual=pennies, added=months_of_history)
def test_a_seasonal_total_to_date_reconciles_to_the_penny_for_any_history(annual: Decimal, added: list) -> None:
    history, total, month = {}, Decimal(0), YEAR.shifted(-72).start
    for number, period in zip(added, Period(start=month, months=72).split(1), strict=False):
        total = Decimal(0) if period.start.month == 4 else total
        if number is not None:
            total += number
            history[period] = total
    parts = spread(a_target(str(annual), YEAR, profile=Profile.SEASONAL), TOTAL, outturn=None, history=history)
    assert list(parts) == MONTHS
    assert parts[MONTHS[-1]].number == annual
    if any(number is not None for number in added[-12:]) and len(history) == 72 and total:
        assert all(part.number == part.number.quantize(Decimal("0.01")) for part in parts.values())


@given(parts=st.lists(st.integers(0, 500), min_size=12, max_size=12), off=st.integers(-5, 5))
def test_numbers_by_hand_reconcile_exactly_or_the_difference_is_said(parts: list[int], off: int) -> None:
    target = by_hand(str(sum(parts) + off), *map(str, parts))
    wrong = check_parts(target, a_measure())
    assert (wrong is None) is (off == 0)
    if wrong:
        assert f"{abs(off)} {'less' if off > 0 else 'more'} than the target of" in wrong
    assert [part.number for part in spread(target, a_measure(), outturn=None, history={}).values()] == parts


@pytest.mark.parametrize(
    "measure",
    [
        pytest.param(a_share(), id="a ratio"),
        pytest.param(a_measure(accumulation=Accumulation.CUMULATIVE), id="a total to date"),
        pytest.param(a_measure(accumulation=Accumulation.SNAPSHOT), id="a snapshot"),
    ],
)
def test_where_periods_do_not_add_up_the_last_number_is_the_years(measure: Measure) -> None:
    assert check_parts(by_hand("90", *["50"] * 11, "90"), measure) is None
    said = check_parts(by_hand("90", *["90"] * 11, "80"), measure)
    assert said is not None
    assert said.startswith("The last number is the year's: it is 80")


def test_every_period_has_its_number_and_none_is_outside_the_year() -> None:
    measure = a_measure()
    assert check_parts(by_hand("30", "10", "10", "10"), measure) == (
        "Enter a number for July 2017, August 2017, September 2017 and 6 more"
    )
    outside = [*MONTHS, MONTHS[-1].following]
    assert "within 2017/18" in (check_parts(by_hand("120", *["10"] * 13, periods=outside), measure) or "")
    a_range = a_target(("1", "2"), YEAR, profile=Profile.MANUAL, parts=((MONTHS[0], Decimal(1)),))
    assert "single target" in (check_parts(a_range, a_measure(polarity=Polarity.RANGE)) or "")


def test_numbers_by_hand_rule_their_months_and_keep_the_targets_own_tolerance() -> None:
    target = by_hand("78", *map(str, range(1, 13)))
    ruling = in_force([target], a_measure(), figures={})
    assert [ruling[month].number for month in MONTHS] == list(range(1, 13))
    assert ruling[YEAR].number == 78


def test_numbers_by_hand_are_checked_like_any_target() -> None:
    (problem,) = check_target(by_hand("100", "10", "10"), a_measure())
    assert (problem.field, problem.message[:20]) == ("parts", "Enter a number for J")
    (problem,) = check_target(by_hand("40", *["50"] * 11, "101"), a_share())
    assert "must be between 0% and 100%" in problem.message


def test_a_tolerance_of_its_own_is_checked() -> None:
    for tolerance, said in (("-1", "must be 0 or more"), ("101", "between 0 and 100")):
        (problem,) = check_target(a_target("10", tolerance=Decimal(tolerance)), a_measure())
        assert (problem.field, said in problem.message) == ("tolerance", True)
    (problem,) = check_target(a_target("0", tolerance=Decimal(10)), a_measure())
    assert problem.field == "tolerance"


def test_a_target_that_came_after_its_period_does_not_rule_what_another_had_ruled() -> None:
    """A month's own target brought in late never recolours what the year's profile rated, nor a quarter its months."""
    year = a_target("120", YEAR, profile=Profile.FLAT)
    june = a_target("99", "2017-06", effective_from=MONTHS[7].start)
    quarter = a_target("99", Period(start=YEAR.start, months=3), effective_from=MONTHS[7].start)
    december = a_target("99", "2017-12", effective_from=MONTHS[7].start)
    ruling = in_force([year, june, quarter, december], a_measure(), figures={})
    assert ruling[june.period].number == 10
    assert quarter.period not in ruling
    assert ruling[december.period].number == 99
    assert in_force([june], a_measure(), figures={})[june.period].number == 99
