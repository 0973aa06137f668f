"""When a recovery plan is called for, and whether its milestones are met."""

from datetime import date
from decimal import Decimal

import pytest

from performance.ground.figures import Series
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.organisation import Milestone, MilestoneState
from performance.ground.periods import Frequency, Period, parse_period
from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.spc import PointType
from performance.revise.recovery import Call, calls, is_back, milestone_in_words, milestone_met, running
from tests.performance.builders import DEFAULT, a_figure, a_measure, a_series, a_target, monthly_targets, months

UP_TO = date(2017, 11, 10)


def series_of(entries: list[str | None]) -> Series:
    """Against a target of 100 in every month from April 2017."""
    return a_series(months(entries), monthly_targets(["100"] * 12))


@pytest.mark.parametrize(
    ("entries", "expected"),
    [
        pytest.param(["100", "90", "90"], 2, id="red twice running"),
        pytest.param(["90", "100", "90"], 1, id="red once"),
        pytest.param(["90", "90", "97"], 0, id="amber now"),
        pytest.param(["90", None, "90"], 1, id="a gap between is never joined"),
        pytest.param(["90", "90", None], 2, id="the latest two with figures"),
        pytest.param([], 0, id="no figures"),
    ],
)
def test_for_how_long_a_measure_is_red(entries: list[str | None], expected: int) -> None:
    assert running(a_measure(), series_of(entries), Rag.RED, up_to=UP_TO, default_percent=DEFAULT) == expected


def test_figures_after_the_day_do_not_count() -> None:
    series = series_of(["90", "90", "100"])
    assert running(a_measure(), series, Rag.RED, up_to=date(2017, 6, 15), default_percent=DEFAULT) == 2


@pytest.mark.parametrize(
    ("periods_red", "kind", "chance", "expected"),
    [
        pytest.param(2, None, None, [Call.REDS_RUNNING], id="red as often as the council says"),
        pytest.param(1, None, None, [], id="once less"),
        pytest.param(0, PointType.CONCERN, None, [Call.REAL_CHANGE], id="a real change for the worse, green as yet"),
        pytest.param(0, PointType.IMPROVEMENT, None, [], id="one for the better"),
        pytest.param(0, PointType.NEUTRAL_HIGH, None, [], id="one that is neither"),
        pytest.param(0, None, "0.099", [Call.SLIM_CHANCE], id="a slim chance"),
        pytest.param(0, None, "0.1", [], id="a chance of just the setting"),
        pytest.param(3, PointType.CONCERN, "0", list(Call), id="every reason is given"),
    ],
)
def test_what_calls_for_a_plan(
    periods_red: int, kind: PointType | None, chance: str | None, expected: list[Call]
) -> None:
    given = None if chance is None else Decimal(chance)
    found = calls(periods_red=periods_red, reds_running=2, kind=kind, chance=given, slim=Decimal(10))
    assert list(found) == expected


def test_nought_turns_the_slim_chance_off() -> None:
    assert not calls(periods_red=0, reds_running=2, kind=None, chance=Decimal(0), slim=Decimal(0))


def test_two_red_years_of_pooled_figures_call_for_one() -> None:
    measure = a_measure(frequency=Frequency.YEARLY, accumulation=Accumulation.ROLLING)
    periods = [Period(start=date(year, 1, 1), months=36) for year in (2013, 2014)]
    series = a_series({p: a_figure("90", p) for p in periods}, {p: a_target("100", p) for p in periods})
    assert running(measure, series, Rag.RED, up_to=UP_TO, default_percent=DEFAULT) == 2


def test_three_greens_running_make_a_plan_ready_to_close() -> None:
    told = {"up_to": UP_TO, "default_percent": DEFAULT, "periods": 3}
    april, may = Period.month(2017, 4), Period.month(2017, 5)
    assert is_back(a_measure(), series_of(["90", "100", "100", "101"]), since=april, **told)  # type: ignore[arg-type]
    assert not is_back(a_measure(), series_of(["100", "97", "100"]), since=april, **told)  # type: ignore[arg-type]
    assert not is_back(a_measure(), series_of(["90", "100", "100", "101"]), since=may, **told)  # type: ignore[arg-type]


def a_milestone(number: str, period: str = "2017-10", **fields) -> Milestone:
    when = parse_period(period)
    return Milestone(**({"id": 1, "number": Decimal(number), "period": when, "original_period": when} | fields))


LOWER, RANGE = a_measure(polarity=Polarity.LOWER, unit="days"), a_measure(polarity=Polarity.RANGE)


@pytest.mark.parametrize(
    ("measure", "number", "entry", "expected"),
    [
        pytest.param(LOWER, "12", "12", "met", id="at most, exactly"),
        pytest.param(LOWER, "12", "12.4", "met", id="at most, as printed"),
        pytest.param(LOWER, "12", "13", "missed", id="at most, missed"),
        pytest.param(a_measure(), "12", "12", "met", id="at least, exactly"),
        pytest.param(a_measure(), "12", "11", "missed", id="at least, missed"),
        pytest.param(a_measure(), "0", "0", "met", id="zero is a figure"),
        pytest.param(a_measure(), "12", None, "not_yet", id="without a figure nobody knows"),
        pytest.param(RANGE, "25", "26", "missed", id="above its range, a range means at most"),
        pytest.param(RANGE, "25", "24", "met", id="above its range, and come down far enough"),
        pytest.param(RANGE, "5", "6", "met", id="below its range, a range means at least"),
    ],
)
def test_a_milestone_ticks_itself(measure: Measure, number: str, entry: str | None, expected: str) -> None:
    band = a_target(("10", "20"), "2017-10")
    series = a_series(months([entry], "2017-10"), {band.period: band})
    assert milestone_met(measure, a_milestone(number), series, today=UP_TO) == expected


def test_a_milestone_by_a_quarter_waits_for_the_whole_quarter() -> None:
    series = a_series(months(["5", "5"], "2017-07"))
    found = milestone_met(a_measure(), a_milestone("10", "Q2 2017/18"), series, today=UP_TO)
    assert found is MilestoneState.NOT_YET
    assert found.in_words == "Not known yet"


def test_a_moved_milestone_keeps_its_first_date_visible() -> None:
    moved = a_milestone("12", moves=2, original_period=parse_period("2017-08"))
    assert milestone_in_words(LOWER, a_milestone("12")) == "At most 12 days by October 2017"
    assert milestone_in_words(LOWER, moved) == (
        "At most 12 days by October 2017 (moved twice, first set for August 2017)"
    )
