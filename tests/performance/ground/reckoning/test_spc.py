"""XmR charts against the worked examples of the reference, and where the app adds to it: gaps, breaks, few points."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.figures import Series
from performance.ground.measures import Accumulation, Measure, Polarity, RatingRule, SeriesBreak, ToleranceKind
from performance.ground.periods import Frequency, Period, parse_period
from performance.ground.reckoning.spc import Assurance, PointType, Process, Signal, process_limits, read_process
from performance.ground.values import Absence
from tests.performance.builders import LATER, Entry, a_measure, a_share, a_target, months

COMMON, BETTER, WORSE = PointType.COMMON_CAUSE, PointType.IMPROVEMENT, PointType.CONCERN
UP, DOWN = PointType.NEUTRAL_HIGH, PointType.NEUTRAL_LOW
# Wolverhampton, July 2023 to December 2025.
GUEST_NIGHTS = """
7670 7970 7470 7870 7400 5630 4880 5830 7040 6880 7330 7030 9270 8680 8070 9060 9720 6650 5810 7080 9850 9250
9230 10030 13560 11200 11730 11480 10980 8890
"""
NOISE = (50, 53, 49, 52, 48, 51, 50, 52, 47, 51, 49, 52)


def read(
    entries: list[int | str | Entry | None],
    measure: Measure | None = None,
    *,
    start: str = "2017-04",
    target: str | None = None,
    up_to: date = LATER,
) -> Process | None:
    texts = [str(entry) if isinstance(entry, int) else entry for entry in entries]
    aim = a_target(target) if target else None
    return read_process(
        measure or a_measure(), Series(figures=months(texts, start), targets={}), up_to=up_to, target=aim
    )


def read_surely(*args, **kwargs) -> Process:
    process = read(*args, **kwargs)
    assert process is not None
    return process


def kinds(process: Process) -> list[PointType | None]:
    return [point.kind for point in process.points]


def test_a_constant_series_has_no_limits_and_is_sometimes_met() -> None:
    process = read_surely([100] * 12, a_measure(decimals=1), start="2017-04", target="99.7")
    assert process.limits is not None
    assert (process.limits.mean, process.limits.lower, process.limits.upper) == (100, None, None)
    assert (process.limits.near_lower, process.limits.near_upper) == (None, None)
    assert kinds(process) == [COMMON] * 12
    assert process.assurance is Assurance.INCONSISTENT


def test_a_constant_series_with_one_odd_point_is_outside_its_own_limits_everywhere() -> None:
    entries = ["5"] * 8 + ["3", "5"]
    process = read_surely(entries, a_measure(polarity=Polarity.LOWER), start="2017-06", target="5.1")
    assert process.limits is not None
    lines = [process.limits.mean, process.limits.lower, process.limits.upper, process.limits.near_lower]
    assert [float(line) for line in lines] == [4.7999999999999998] * 4
    assert kinds(process) == [WORSE] * 8 + [BETTER, WORSE]
    assert {point.signal for point in process.points} == {Signal.OUTSIDE}
    assert process.assurance is Assurance.CONSISTENT_PASS


def test_a_moving_range_exactly_at_the_bound_is_screened_out() -> None:
    entries = [5000, 5700, 4900, 5650, 4902, 8169, 7434, 8194, 7424, 8144, 7394]
    process = read_surely(entries, start="2017-05", target="8618.2483")
    limits = process.limits
    assert limits is not None
    assert [float(limits.mean), float(limits.lower), float(limits.upper)] == [
        6628.272727272727, 4638.2971717171713, 8618.2482828282828,
    ]  # fmt: skip
    assert [float(limits.near_lower), float(limits.near_upper)] == [5301.6223569023568, 7954.9230976430972]
    assert kinds(process) == [
        WORSE, COMMON, WORSE, COMMON, WORSE, BETTER, COMMON, BETTER, COMMON, BETTER, COMMON,
    ]  # fmt: skip
    assert {point.signal for point in process.points} == {Signal.TWO_OF_THREE, None}
    assert process.assurance is Assurance.CONSISTENT_FAIL


@pytest.mark.parametrize(
    ("number", "rated"),
    [
        pytest.param("8618.248282828283", Assurance.INCONSISTENT, id="a target on the limit"),
        pytest.param("8618.248282828285", Assurance.CONSISTENT_FAIL, id="a target one double above it"),
        pytest.param("4638.29", Assurance.CONSISTENT_PASS, id="a target below the lower limit"),
        pytest.param("6000", Assurance.INCONSISTENT, id="a target between the limits"),
    ],
)
def test_assurance_is_the_target_against_the_limits(number: str, rated: Assurance) -> None:
    entries = [5000, 5700, 4900, 5650, 4902, 8169, 7434, 8194, 7424, 8144, 7394]
    assert read_surely(entries, target=number).assurance is rated
    mirror = {
        Assurance.CONSISTENT_FAIL: Assurance.CONSISTENT_PASS,
        Assurance.CONSISTENT_PASS: Assurance.CONSISTENT_FAIL,
        Assurance.INCONSISTENT: Assurance.INCONSISTENT,
    }
    assert read_surely(entries, a_measure(polarity=Polarity.LOWER), target=number).assurance is mirror[rated]
    assert read_surely(entries, a_measure(polarity=Polarity.RISE_WANTED), target=number).assurance is rated


def test_without_a_target_or_a_good_way_there_is_no_assurance() -> None:
    assert read_surely([*NOISE]).assurance is None
    for polarity in (Polarity.CONTEXT, Polarity.RANGE):
        assert read_surely([*NOISE], a_measure(polarity=polarity), target="90").assurance is None


@pytest.mark.parametrize(
    ("polarity", "high", "low"),
    [
        pytest.param(Polarity.HIGHER, BETTER, WORSE, id="higher is better"),
        pytest.param(Polarity.RISE_WANTED, BETTER, WORSE, id="a rise is wanted"),
        pytest.param(Polarity.LOWER, WORSE, BETTER, id="lower is better"),
        pytest.param(Polarity.RANGE, UP, DOWN, id="in range is better"),
        pytest.param(Polarity.CONTEXT, UP, DOWN, id="neither is better"),
    ],
)
def test_a_point_is_better_or_worse_by_polarity(polarity: Polarity, high: PointType, low: PointType) -> None:
    up = read_surely([*NOISE, 80], a_measure(polarity=polarity))
    down = read_surely([*NOISE, 20], a_measure(polarity=polarity))
    assert (up.latest.kind, down.latest.kind) == (high, low)
    assert up.latest.signal is down.latest.signal is Signal.OUTSIDE


def signals(entries: list[int], **kwargs) -> list[Signal | None]:
    return [point.signal for point in read_surely(entries, **kwargs).points]


def test_seven_rising_make_a_trend_and_six_do_not() -> None:
    tail = [80, 20, 80, 20, 80, 20]
    assert signals([44, 45, 46, 47, 48, 49, 50, *tail])[:7] == [Signal.TREND] * 7
    assert Signal.TREND not in signals([45, 46, 47, 48, 49, 50, 20, *tail])
    assert Signal.TREND not in signals([44, 45, 46, 47, 47, 48, 49, *tail])  # an equal neighbour breaks it


def test_a_shared_peak_belongs_to_the_falling_side() -> None:
    peak = [44, 45, 46, 47, 48, 49, 50, 49, 48, 47, 46, 45, 44]
    process = read_surely([*peak, 80, 20, 80, 20, 80, 20])
    assert [point.signal for point in process.points[:13]] == [Signal.TREND] * 13
    assert kinds(process)[:13] == [BETTER] * 6 + [WORSE] * 7


def test_two_trends_that_touch_in_a_tie_make_the_first_one_end_in_a_fall() -> None:
    # The last of 1..7 is followed by a 7 in a trend too: the step between them is 0, which counts as low.
    process = read_surely([100, *range(101, 107), 106, *range(107, 113), 60, 150])
    at_tie = process.points[6]
    assert (at_tie.signal, at_tie.kind) == (Signal.TREND, WORSE)
    assert process.points[5].kind is BETTER


def test_seven_on_one_side_make_a_shift_and_one_on_the_mean_breaks_it() -> None:
    low, high = [40, 46, 41, 47, 42, 46, 41], [60, 54, 59, 53, 58, 54, 59]
    assert signals(low + high) == [Signal.SHIFT] * 14
    entries = [*low[:3], 50, *low[3:6], *high[:3], 50, *high[3:6], 59, 45, 59, 37]
    process = read_surely(entries)
    assert process.limits is not None
    assert process.limits.mean == 50
    assert Signal.SHIFT not in {point.signal for point in process.points}


def test_the_one_published_monthly_series_has_the_published_limits() -> None:
    """Short-term-let guest nights in Wolverhampton, 30 months: the check values, unscreened."""
    nights = GUEST_NIGHTS.split()
    limits = process_limits([Decimal(each) for each in nights], screened=False)
    assert limits is not None
    assert [round(each, 2) for each in (limits.mean, limits.lower, limits.upper)] == [
        Decimal("8451.33"), Decimal("5609.72"), Decimal("11292.95"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("points", "shown", "trial"),
    [
        pytest.param(7, False, False, id="7 points: no chart"),
        pytest.param(8, True, True, id="8 points: trial limits"),
        pytest.param(12, True, True, id="12 points: still trial"),
        pytest.param(13, True, False, id="13 points: limits"),
    ],
)
def test_limits_need_points(points: int, shown: bool, trial: bool) -> None:
    values = [Decimal(50 + place % 3) for place in range(points)]
    limits = process_limits(values)
    assert (limits is not None, limits is not None and limits.is_trial) == (shown, trial)
    assert (read([int(value) for value in values]) is not None) is shown


def test_a_moving_range_is_taken_only_between_adjacent_months() -> None:
    joined = process_limits([Decimal(each) for each in NOISE])
    values = [Decimal(each) for each in NOISE]
    gapped = process_limits([*values[:6], Absence.NOT_PROVIDED, *values[6:]])
    assert joined is not None
    assert gapped is not None
    assert joined.mean == gapped.mean
    assert joined.upper != gapped.upper  # the range from 51 to 50, across the gap, is not among them
    alone = process_limits([value for each in values for value in (each, Absence.NOT_PUBLISHED)])
    assert alone is not None
    assert (alone.mean, alone.lower, alone.upper, alone.points) == (joined.mean, None, None, 12)


@pytest.mark.parametrize("hole", [None, Absence.SUPPRESSED, ("0", "0")], ids=["no figure", "hidden", "0 of 0"])
def test_a_gap_ends_a_run(hole: Entry | None) -> None:
    low = ["40", "46", "41", "47", "42", "46", "41"]
    high = ["60", "54", "59", "53", "58", "54", "59", "53"]
    process = read_surely([*low[:3], hole, *low[3:], *high], a_share(is_share=False))
    assert [point.signal for point in process.points] == [None] * 7 + [Signal.SHIFT] * 8
    assert len(process.points) == 15


def test_a_series_break_starts_limits_and_rules_of_its_own() -> None:
    split = SeriesBreak(on=date(2018, 4, 1), reason="Counted by the new system")
    process = read_surely([*NOISE, *(each * 10 for each in NOISE)], a_measure(breaks=(split,)), target="505")
    assert set(kinds(process)) == {COMMON}
    before, after = process.points[0].limits, process.limits
    assert before is not None
    assert after is not None
    assert round(after.mean, 9) == round(before.mean * 10, 9)
    assert process.assurance is Assurance.INCONSISTENT


def test_a_stretch_too_short_after_a_break_says_so() -> None:
    split = SeriesBreak(on=date(2018, 4, 1), reason="Counted by the new system")
    process = read_surely([*NOISE, 500, 510], a_measure(breaks=(split,)), target="505")
    assert (process.limits, process.latest.kind, process.assurance) == (None, None, None)
    assert process.points[0].limits is not None
    assert read([500] * 7, a_measure(breaks=(split,))) is None


def test_a_person_may_rebase() -> None:
    figures = months([str(each) for each in (*NOISE, *(each + 50 for each in NOISE))])
    process = read_process(
        a_measure(), Series(figures=figures, targets={}, rebased_on=(date(2018, 4, 1),)), up_to=LATER
    )
    assert process is not None
    assert set(kinds(process)) == {COMMON}


@pytest.mark.parametrize(
    "fields",
    [
        pytest.param({"accumulation": Accumulation.CUMULATIVE}, id="a cumulative measure"),
        pytest.param({"accumulation": Accumulation.ROLLING}, id="a rolling measure"),
        pytest.param({"frequency": Frequency.YEARLY}, id="a yearly measure"),
    ],
)
def test_no_chart_where_points_are_not_independent(fields) -> None:
    measure = a_measure(**fields)
    figures = months([str(each) for each in NOISE])
    if measure.frequency is Frequency.YEARLY:
        figures = {Period.year(period.start.year + i): figure for i, (period, figure) in enumerate(figures.items())}
    assert read_process(measure, Series(figures=figures, targets={}), up_to=LATER) is None


def test_a_snapshot_by_quarter_has_a_chart() -> None:
    measure = a_measure(accumulation=Accumulation.SNAPSHOT, frequency=Frequency.QUARTERLY)
    quarters = {parse_period("2015-04-01/P3M").shifted(3 * i): each for i, each in enumerate(NOISE)}
    figures = {
        period: figure for period, figure in zip(quarters, months([str(e) for e in NOISE]).values(), strict=True)
    }
    process = read_process(measure, Series(figures=figures, targets={}), up_to=LATER)
    assert process is not None
    assert len(process.points) == 12


def test_figures_after_the_period_do_not_change_what_it_said() -> None:
    now = read_surely([*NOISE])
    assert read([*NOISE, 90, 95, 99], up_to=date(2018, 3, 31)) == now


def test_points_are_read_as_they_are_printed() -> None:
    assert read_surely(["49.6", "50.4"] * 6) == read_surely(["50"] * 12)


def test_the_polarity_of_the_time_counts() -> None:
    until = RatingRule(
        until=date(2017, 12, 31), polarity=Polarity.LOWER, tolerance=None, tolerance_kind=ToleranceKind.PERCENT
    )
    process = read_surely([90, *NOISE, 90], a_measure(earlier=(until,)))
    assert (process.points[0].kind, process.latest.kind) == (WORSE, BETTER)


def test_limits_are_clipped_only_where_they_are_drawn() -> None:
    share = process_limits([Decimal(each) for each in (99, 95, 98, 94, 99, 96, 99, 95)])
    assert share is not None
    assert share.upper is not None
    assert share.upper > 100
    assert share.drawn(a_share()) == (share.lower, 100)
    assert share.in_words(a_share()) == "Usually between 87.0% and 100.0% (trial limits, from 8 points)"
    same = process_limits([Decimal(5)] * 13)
    assert same is not None
    assert (same.drawn(a_measure()), same.in_words(a_measure())) == (None, "Always 5")


def test_a_figure_every_other_month_is_not_said_to_be_always_the_same() -> None:
    gaps = [each for entry in (4, 6) * 4 for each in (Decimal(entry), Absence.NOT_PROVIDED)]
    found = process_limits(gaps)
    assert found is not None
    assert found.lower is None
    assert found.in_words(a_measure()) == "5 in the mean; too many gaps to say what is usual"


small = st.lists(st.integers(0, 99).map(Decimal) | st.just(Absence.NOT_PROVIDED), min_size=8, max_size=30)


@given(values=small)
def test_limits_stand_around_the_mean_whatever_the_figures(values) -> None:
    limits = process_limits(values)
    if limits is None:
        assert sum(isinstance(value, Decimal) for value in values) < 8
    elif limits.lower is not None:
        assert limits.lower <= limits.near_lower <= limits.mean <= limits.near_upper <= limits.upper


@given(values=small)
def test_turned_upside_down_the_signals_stay(values) -> None:
    def seen(sign: int) -> list[Signal | None]:
        measure = a_measure(may_be_negative=True)
        entries = [str(value * sign) if isinstance(value, Decimal) else None for value in values]
        process = read(entries, measure)
        return [point.signal for point in process.points] if process else []

    assert seen(1) == seen(-1)


@given(value=st.decimals(-1000, 1000, places=3), count=st.integers(8, 40))
def test_a_constant_series_never_shifts(value: Decimal, count: int) -> None:
    process = read_surely([str(value)] * count, a_measure(decimals=3, may_be_negative=True))
    assert set(kinds(process)) == {COMMON}
