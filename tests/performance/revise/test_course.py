"""The path a recovery plan lays down, how far the figures are off it, and the course that makes."""

from collections.abc import Sequence
from decimal import Decimal

import pytest

from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.organisation import Milestone
from performance.ground.periods import Frequency, Period, parse_period
from performance.revise.course import Course, expected_path, gaps, standing
from tests.performance.builders import a_measure, a_share

DAYS = a_measure(polarity=Polarity.LOWER, unit="days", decimals=1)
STEADY = ["30", "31", "29", "30", "31", "29", "30", "31", "30"]  # up to September 2017: 30


def a_milestone(number: str, period: str) -> Milestone:
    when = parse_period(period)
    return Milestone(id=1, number=Decimal(number), period=when, original_period=when)


def known(entries: Sequence[str | None], *, last: str = "2017-09") -> dict[Period, Decimal]:
    """Monthly numbers that end with the period."""
    end = parse_period(last)
    found = {end.shifted(place - len(entries) + 1): entry for place, entry in enumerate(entries)}
    return {period: Decimal(entry) for period, entry in found.items() if entry is not None}


SEPTEMBER = Period.month(2017, 9)


def test_the_path_goes_straight_from_the_red_to_each_milestone() -> None:
    path = expected_path(
        DAYS, [a_milestone("27", "2017-12"), a_milestone("25", "2018-02")], known(["30"]), start=SEPTEMBER
    )
    assert [(each.period.iso[:7], each.number) for each in path] == [
        ("2017-09", 30), ("2017-10", 29), ("2017-11", 28), ("2017-12", 27), ("2018-01", 26), ("2018-02", 25)
    ]  # fmt: skip


def test_without_milestones_nothing_is_expected() -> None:
    assert expected_path(DAYS, [], known(["30"]), start=SEPTEMBER) == ()
    assert expected_path(DAYS, [a_milestone("27", "2017-08")], known(["30"]), start=SEPTEMBER) == ()


def test_the_band_is_known_from_eight_figures_on() -> None:
    milestone = [a_milestone("27", "2017-12")]
    few = expected_path(DAYS, milestone, known(STEADY[-7:]), start=SEPTEMBER)
    enough = expected_path(DAYS, milestone, known(STEADY[-8:]), start=SEPTEMBER)
    assert few[-1].low is None
    # Differences 2, 1, 1, 2, 1, 1, 1: their mean, by 1.128, times 1.2816.
    half = Decimal(9) / 7 / Decimal("1.128") * Decimal("1.2816")
    band = [round(each or Decimal(0), 20) for each in (enough[-1].low, enough[-1].high)]
    assert band == [round(27 - half, 20), round(27 + half, 20)]


def test_a_gap_between_figures_is_no_difference() -> None:
    with_gap = [*STEADY[:4], None, *STEADY[5:]]
    path = expected_path(DAYS, [a_milestone("27", "2017-12")], known(with_gap), start=SEPTEMBER)
    assert path[-1].low is None


def test_what_comes_after_the_plan_began_does_not_widen_the_band() -> None:
    milestone = [a_milestone("27", "2017-12")]
    before = expected_path(DAYS, milestone, known(STEADY), start=SEPTEMBER)
    wild = known(STEADY) | {Period.month(2017, 10): Decimal(90)}
    assert expected_path(DAYS, milestone, wild, start=SEPTEMBER)[-1] == before[-1]


def test_a_share_is_never_expected_beyond_the_whole() -> None:
    share = a_share()
    path = expected_path(share, [a_milestone("99", "2017-12")], known(["80", "95", "80", "95", "80", "95", "80", "95"]),
                         start=SEPTEMBER)  # fmt: skip
    assert path[-1].high == 100


def test_a_cumulative_measure_begins_its_year_from_nothing() -> None:
    measure = a_measure(accumulation=Accumulation.CUMULATIVE)
    path = expected_path(
        measure, [a_milestone("30", "2018-06")], {Period.month(2018, 1): Decimal(80)}, start=Period.month(2018, 1)
    )
    assert [(each.period.iso[:7], each.number) for each in path] == [
        ("2018-01", 80), ("2018-04", 10), ("2018-05", 20), ("2018-06", 30)
    ]  # fmt: skip


def test_quarters_and_years_go_by_their_own_step() -> None:
    quarterly = a_measure(frequency=Frequency.QUARTERLY)
    start = parse_period("Q1 2017/18")
    path = expected_path(quarterly, [a_milestone("30", "Q3 2017/18")], {start: Decimal(20)}, start=start)
    assert [each.number for each in path] == [20, 25, 30]
    yearly = a_measure(frequency=Frequency.YEARLY, accumulation=Accumulation.ROLLING)
    pooled = [Period(start=parse_period(f"{year}-01").start, months=36) for year in (2013, 2014, 2015)]
    aim = Milestone(id=1, number=Decimal(40), period=pooled[2], original_period=pooled[2])
    path = expected_path(yearly, [aim], {pooled[0]: Decimal(20)}, start=pooled[0])
    assert [(each.period, each.number) for each in path] == [(pooled[0], 20), (pooled[1], 30), (pooled[2], 40)]


def course(later: list[str], *, measure: Measure = DAYS, before: list[str] = STEADY, **said: object) -> Course:
    """What the course is once these figures have come, from October 2017 on; the aim is 24 by March 2018."""
    figures = known(before)
    path = expected_path(measure, [a_milestone("24", "2018-03")], figures, start=SEPTEMBER)
    figures |= {SEPTEMBER.shifted(step): Decimal(entry) for step, entry in enumerate(later, start=1)}
    return standing(measure, gaps(measure, path, figures), **said).course  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        pytest.param([], Course.NOT_KNOWN, id="no figure yet"),
        pytest.param(["29"], Course.ON_COURSE, id="as expected"),
        pytest.param(["20"], Course.ON_COURSE, id="far ahead"),
        pytest.param(["30"], Course.ON_COURSE, id="one behind, within the band"),
        pytest.param(["30", "28.5"], Course.SLIPPING, id="two behind, within the band"),
        pytest.param(["30", "28"], Course.ON_COURSE, id="behind once, and back"),
        pytest.param(["33"], Course.OFF_COURSE, id="beyond the band"),
        pytest.param(["33", "28"], Course.ON_COURSE, id="beyond it, and back"),
        pytest.param(["29", "28", "27", "26", "25", "24", "24"], Course.ON_COURSE, id="the last milestone goes on"),
        pytest.param(["29", "28", "27", "26", "25", "24", "28"], Course.OFF_COURSE, id="and falls back after it"),
    ],
)
def test_the_course_by_the_figures(later: list[str], expected: Course) -> None:
    assert course(later) is expected


@pytest.mark.parametrize(
    ("later", "expected"),
    [(["29"], Course.ON_COURSE), (["30"], Course.SLIPPING), (["30", "29"], Course.OFF_COURSE)],
)
def test_without_a_band_one_behind_slips_and_two_are_off(later: list[str], expected: Course) -> None:
    assert course(later, before=["30"]) is expected


def test_milestones_and_actions_weigh_as_well() -> None:
    assert course(["29"], missed="The milestone is missed.") is Course.OFF_COURSE
    assert course(["29"], unticked="It was met.") is Course.SLIPPING
    assert course(["29"], late=1) is Course.SLIPPING


def test_higher_is_better_the_other_way_round() -> None:
    path = expected_path(a_measure(), [a_milestone("40", "2018-03")], known(STEADY), start=SEPTEMBER)
    (gap,) = gaps(a_measure(), path, {Period.month(2017, 10): Decimal(28)})
    assert (gap.expected, gap.behind) == (32, 4)


def test_the_reasons_say_expected_actual_and_by_how_much() -> None:
    path = expected_path(DAYS, [a_milestone("24", "2018-03")], known(STEADY), start=SEPTEMBER)
    found = gaps(DAYS, path, {Period.month(2017, 10): Decimal("33")})
    assert standing(DAYS, found, late=2).reasons == (
        "October 2017: expected 29.0 days, actual 33.0 days, behind by 4.0 days, more than the usual variation.",
        "2 actions are late.",
    )
