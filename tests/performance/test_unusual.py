"""What is unusual about a possible figure: every question of the catalogue, and none about the usual."""


import pytest

from performance.measures import Accumulation
from performance.periods import Frequency, parse_period
from performance.unusual import questions
from performance.values import Absence
from tests.performance.builders import a_figure, a_measure, a_share, months


def ask(measure, entry, history, period: str = "2017-10") -> list[str]:
    return [problem.message for problem in questions(measure, a_figure(entry, period), history)]


RATES = months(["95.1", "96.4", "95.7", "96.2"], "2017-06")


@pytest.mark.parametrize(
    ("measure", "entry", "history", "asked"),
    [
        pytest.param(
            a_share(), "0.965", RATES, "Check: you entered 0.965%. Last month was 96.2%. Did you mean 96.5%?",
            id="a share typed as a fraction",
        ),
        pytest.param(
            a_measure(), "9600", months(["940", "960"], "2017-08"),
            "Check: you entered 9,600. Last month was 960. Did you mean 960?", id="ten times too much",
        ),
        pytest.param(
            a_measure(decimals=1), "9.4", months(["9.4"], "2017-09"),
            "Check: this is exactly the same as September (9.4). Confirm it or change it", id="unchanged",
        ),
        pytest.param(
            a_measure(accumulation=Accumulation.CUMULATIVE), "1180", months(["1204"], "2017-09"),
            "Check: the year-to-date total fell from 1,204 to 1,180. Totals to date should not fall",
            id="a total to date that goes down",
        ),
        pytest.param(
            a_measure(), "788",
            months(["660"], "2014-10") | months(["671"], "2015-10") | months(["680"], "2016-10"),
            "Check: 788 is outside the usual range of 635 to 707. Confirm it or change it",
            id="far from the same month in earlier years",
        ),
    ],
)  # fmt: skip
def test_the_unusual_is_questioned(measure, entry: str, history, asked: str) -> None:
    assert ask(measure, entry, history) == [asked]


@pytest.mark.parametrize(
    ("measure", "entry", "history", "period"),
    [
        pytest.param(a_share(), "96.5", RATES, "2017-10", id="as usual"),
        pytest.param(a_share(), "96.5", {}, "2017-10", id="no history"),
        pytest.param(a_measure(), "0", months(["0"], "2017-09"), "2017-10", id="still none of a rare event"),
        pytest.param(a_share(), ("5", "5"), months([("9", "9")], "2017-09"), "2017-10", id="still all of them"),
        pytest.param(
            a_measure(accumulation=Accumulation.CUMULATIVE), "9", months(["99"], "2017-03"), "2017-04", id="a new year"
        ),
        pytest.param(a_measure(), "5", months(["50"], "2017-11"), "2017-10", id="a later figure is no history"),
        pytest.param(a_measure(), "40", months(["3", "60", "12"], "2017-07"), "2017-10", id="within a wide range"),
    ],
)
def test_the_usual_is_not(measure, entry, history, period: str) -> None:
    assert ask(measure, entry, history, period) == []


def test_an_absence_is_not_questioned() -> None:
    assert ask(a_share(), Absence.NOT_PUBLISHED, RATES) == []


def test_a_new_five_year_cycle_may_begin_below_the_last() -> None:
    measure = a_share(accumulation=Accumulation.CUMULATIVE, frequency=Frequency.QUARTERLY, cycle_months=60)
    quarters = list(parse_period("2013-04-01/P5Y").split(3))
    history = {quarter: a_figure(str(number + 1), quarter) for number, quarter in enumerate(quarters)}
    assert ask(measure, "2", history, "2018-04-01/P3M") == []
