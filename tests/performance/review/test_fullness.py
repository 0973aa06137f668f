"""Which month a scorecard opens on, and how it says so."""

from datetime import date

import pytest

from performance.ground.measures import Measure
from performance.ground.periods import Frequency, Period, parse_period
from performance.ground.values import Absence
from performance.review.fullness import Fullness, fullness, opening
from tests.performance.builders import Entry, a_figure, a_measure, a_series

OCTOBER, SEPTEMBER = parse_period("2017-10"), parse_period("2017-09")
TODAY = date(2017, 11, 10)


def months(*found: tuple[int, int]) -> list[Fullness]:
    """Newest first, from October 2017 on."""
    return [
        Fullness(period=OCTOBER.shifted(-back), reported=reported, measures=measures)
        for back, (reported, measures) in enumerate(found)
    ]


@pytest.mark.parametrize(
    ("found", "opens_on"),
    [
        pytest.param([(55, 55), (55, 55)], "2017-10", id="all in"),
        pytest.param([(3, 4), (4, 4)], "2017-10", id="just three in four"),
        pytest.param([(34, 55), (54, 55)], "2017-09", id="too few yet"),
        pytest.param([(34, 55), (41, 55), (54, 55)], "2017-08", id="and too few of the month before"),
        pytest.param([(1, 55), (2, 55)], "2017-10", id="never enough: the newest"),
        pytest.param([(0, 0), (0, 0)], "2017-10", id="no measures at all"),
        pytest.param([(0, 0), (2, 2)], "2017-09", id="measures that have ended"),
    ],
)
def test_the_newest_month_with_most_of_its_figures_in(found: list[tuple[int, int]], opens_on: str) -> None:
    assert opening(months(*found)).chosen.period == parse_period(opens_on)


def test_it_says_why_it_is_not_the_newest_and_else_nothing() -> None:
    assert opening(months((34, 55), (54, 55))).in_words == (
        "September 2017 is the newest month with most of the council's figures in (54 of 55)."
        " October 2017 has 34 of 55 so far: choose it under “Period”."
    )
    assert opening(months((55, 55), (54, 55))).in_words == ""


@pytest.mark.parametrize(
    ("measure", "entry", "reported"),
    [
        pytest.param(a_measure(), "4", 1, id="a figure"),
        pytest.param(a_measure(), "0", 1, id="zero is a figure"),
        pytest.param(a_measure(), Absence.SUPPRESSED, 1, id="an allowed reason"),
        pytest.param(a_measure(), Absence.NOT_PROVIDED, 0, id="a figure said to be missing"),
        pytest.param(a_measure(), None, 0, id="late"),
        pytest.param(a_measure(lag_days=60), None, 0, id="not due yet"),
    ],
)
def test_a_measure_has_reported(measure: Measure, entry: Entry | None, reported: int) -> None:
    series = a_series({} if entry is None else {OCTOBER: a_figure(entry, OCTOBER)})
    found = fullness([(measure, series)], OCTOBER, today=TODAY)
    assert (found.reported, found.measures) == (reported, 1)


def test_a_measure_reported_less_often_counts_by_the_period_that_is_shown() -> None:
    quarterly = a_measure(frequency=Frequency.QUARTERLY)
    quarter = Period.containing(SEPTEMBER.end, months=3)
    series = a_series({quarter: a_figure("4", quarter)})
    assert fullness([(quarterly, series)], OCTOBER, today=TODAY).reported == 1
    assert fullness([(quarterly, a_series())], OCTOBER, today=TODAY).reported == 0


def test_a_measure_that_was_not_in_use_is_not_waited_for() -> None:
    later = a_measure(active_from=date(2017, 11, 1))
    assert fullness([(later, a_series())], OCTOBER, today=TODAY).measures == 0
