"""Did a recovery plan work? Before and after, against what chance makes of the measure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from performance.ground.measures import Accumulation, Measure, Polarity, SeriesBreak
from performance.ground.periods import Period
from performance.revise.effect import effect
from performance.revise.lessons import Verdict
from tests.performance.builders import a_measure

START, END = Period.month(2017, 6), Period.month(2017, 12)
BEFORE = ["30", "32", "31", "30", "32", "31"]  # up to June 2017


def judged(later: Sequence[str], *, polarity: Polarity = Polarity.LOWER, ended: Period | None = END) -> Verdict:
    return effect(measure(polarity), figures(later), called_by=START, ended_in=ended).verdict


def measure(polarity: Polarity) -> Measure:
    return a_measure(polarity=polarity, unit="days")


def figures(later: Sequence[str]) -> dict[Period, Decimal]:
    first = START.shifted(1 - len(BEFORE))
    return {first.shifted(place): Decimal(entry) for place, entry in enumerate([*BEFORE, *later])}


DURING = ["30", "28", "26", "24", "23", "22"]  # July to December 2017


@pytest.mark.parametrize(
    ("later", "polarity", "expected"),
    [
        pytest.param([*DURING, "21", "22", "21"], Polarity.LOWER, Verdict.WORKED, id="lower, and lower is better"),
        pytest.param([*DURING, "21", "22", "21"], Polarity.HIGHER, Verdict.WORSE, id="lower, and higher is better"),
        pytest.param([*DURING, "31", "30", "31"], Polarity.LOWER, Verdict.NOT_PROVEN, id="as before"),
        pytest.param([*DURING, "40", "41", "40"], Polarity.LOWER, Verdict.WORSE, id="worse than before"),
        pytest.param([*DURING, "21", "22", "21"], Polarity.CONTEXT, Verdict.NOT_PROVEN, id="neither way is better"),
        pytest.param(DURING, Polarity.LOWER, Verdict.WORKED, id="none after yet: the newest of its own time"),
        pytest.param(["30"], Polarity.LOWER, Verdict.NOT_PROVEN, id="too few to tell"),
    ],
)
def test_the_verdict_of_the_figures(later: list[str], polarity: Polarity, expected: Verdict) -> None:
    assert judged(later, polarity=polarity) is expected


def test_one_good_month_proves_nothing() -> None:
    assert judged([*DURING[:3], "31", "32", "12"]) is Verdict.NOT_PROVEN


def test_the_three_stretches_share_no_period() -> None:
    found = effect(measure(Polarity.LOWER), figures([*DURING, "21", "22", "21"]), called_by=START, ended_in=END)
    stretches = [each for each in (found.before, found.during, found.after) if each is not None]
    assert [(each.first, each.last, each.count) for each in stretches] == [
        (Period.month(2017, 1), START, 6),
        (START.following, END, 6),
        (END.following, Period.month(2018, 3), 3),
    ]
    assert found.in_words == (
        "On average 31 days in the 6 figures up to June 2017, and 21 days in the 3 from January 2018 on."
        " That is better by more than chance makes of this measure."
    )


def test_towards_its_range_is_better_from_either_side() -> None:
    band = (Decimal(20), Decimal(25))
    within = figures([*DURING, "22", "23", "22"])
    ranged = measure(Polarity.RANGE)
    assert effect(ranged, within, called_by=START, ended_in=END, band=band).verdict is Verdict.WORKED
    below = figures([*DURING, "2", "3", "2"])
    assert effect(ranged, below, called_by=START, ended_in=END, band=band).verdict is Verdict.WORSE
    assert effect(ranged, below, called_by=START, ended_in=END).verdict is Verdict.NOT_PROVEN


def test_without_figures_there_is_nothing_to_say() -> None:
    found = effect(measure(Polarity.LOWER), {}, called_by=START, ended_in=END)
    assert (found.before, found.during, found.after) == (None, None, None)
    assert found.verdict is Verdict.NOT_PROVEN


APRIL = Period.month(2016, 4)


def of_a_year(values: Sequence[str], *, start: Period = APRIL) -> dict[Period, Decimal]:
    return {start.shifted(place): Decimal(value) for place, value in enumerate(values)}


WINTERS = ["20", "20", "20", "20", "20", "21", "30", "41", "40", "41", "30", "21"]
"""April to March: high in winter."""


def test_the_season_is_no_success() -> None:
    """Called for in a winter, and ended before a summer that is like every other summer."""
    called, ended = Period.month(2017, 3), Period.month(2017, 4)
    known = of_a_year([*WINTERS, "20", "20", "20", "20"])
    found = effect(measure(Polarity.LOWER), known, called_by=called, ended_in=ended)
    assert found.verdict is Verdict.NOT_PROVEN
    assert found.in_words.endswith("Against the same months before the plan it is not so: the season may explain it.")
    better = of_a_year([*WINTERS, "20", "11", "10", "11"])
    assert effect(measure(Polarity.LOWER), better, called_by=called, ended_in=ended).verdict is Verdict.WORKED


def test_what_adds_up_over_a_year_is_compared_by_what_each_period_added() -> None:
    """Twelve months of 10 each against three of 20 each: the sums would say that it fell."""
    spread = replace(measure(Polarity.LOWER), accumulation=Accumulation.CUMULATIVE)
    known = of_a_year([str(10 * month) for month in range(1, 13)]) | of_a_year(
        ["19", "40", "61", "80"], start=Period.month(2017, 4)
    )
    found = effect(spread, known, called_by=Period.month(2017, 3), ended_in=Period.month(2017, 4))
    assert found.verdict is Verdict.WORSE
    assert found.before is not None
    assert (found.before.mean, found.before.count) == (Decimal(10), 12)


@pytest.mark.parametrize(
    ("on", "verdict"),
    [
        pytest.param(date(2017, 9, 1), Verdict.NOT_PROVEN, id="between"),
        pytest.param(date(2018, 2, 1), Verdict.NOT_PROVEN, id="among those after"),
        pytest.param(date(2017, 3, 1), Verdict.WORKED, id="before those that are left"),
        pytest.param(date(2017, 5, 1), Verdict.NOT_PROVEN, id="too few are left before"),
        pytest.param(date(2018, 6, 1), Verdict.WORKED, id="later than all"),
    ],
)
def test_a_break_in_the_series_divides_what_can_be_compared(on: date, verdict: Verdict) -> None:
    broken = replace(measure(Polarity.LOWER), breaks=(SeriesBreak(on=on, reason="Counted anew"),))
    known = figures([*DURING, "21", "22", "21"])
    assert effect(broken, known, called_by=START, ended_in=END).verdict is verdict
