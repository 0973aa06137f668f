"""Sentences made from the figures alone: true, short, and the same words everywhere."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from performance.ground.figures import Figure, Series, Target
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.spc import PointType, read_process
from performance.ground.values import Absence
from performance.review.scorecard import ScorecardLine, scorecard_line
from performance.review.variation import variation
from reporting.charts.alternative_text import process_alt, spark_alt, trend_alt
from reporting.charts.over_time import Aim, Line, Trend
from reporting.charts.spc_chart import ProcessChart
from reporting.words.sentences import (
    headline,
    mean_and_median,
    real_changes_in_a_sentence,
    scorecard_in_a_sentence,
    travel_in_words,
)

JULY, AUGUST, SEPTEMBER = (Period.month(2017, month) for month in (7, 8, 9))
COUNCIL = "E08000031"


def a_measure(title: str = "Bins missed", **fields: object) -> Measure:
    given: dict[str, object] = {
        "code": title, "title": title, "unit": "number", "polarity": Polarity.LOWER,
        "accumulation": Accumulation.IN_PERIOD, "frequency": Frequency.MONTHLY, "unit_code": "WASTE",
    }  # fmt: skip
    return Measure(**(given | fields))  # type: ignore[arg-type]


def a_line(
    title: str = "Bins missed", *, was: str = "10", now: str | None = "10", target: str | None = "10", **fields: object
) -> ScorecardLine:
    measure = a_measure(title, **fields)
    figures = {AUGUST: Figure(measure_code=title, area_code=COUNCIL, period=AUGUST, value=Decimal(was))}
    if now is not None:
        figures[SEPTEMBER] = Figure(measure_code=title, area_code=COUNCIL, period=SEPTEMBER, value=Decimal(now))
    targets = {}
    if target is not None:
        targets[SEPTEMBER] = Target(
            measure_code=title, area_code=COUNCIL, period=SEPTEMBER, number=Decimal(target)
        )  # fmt: skip
    return scorecard_line(
        measure, Series(figures=figures, targets=targets), period=SEPTEMBER, today=date(2017, 11, 10),
        default_percent=Decimal(5),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        ([], "No measure is rated for this period."),
        ([a_line(target=None)], "No measure is rated for this period."),
        ([a_line()], "Not one of 1 rated measure is red."),
        ([a_line(), a_line(now="20")], "1 of 2 rated measures is red. Worse than before: Bins missed."),
        ([a_line(was="30", now="20")], "1 of 1 rated measure is red; none of them is worse than before."),
        ([a_line("A", now="20"), a_line("B", now="20")], "2 of 2 rated measures are red. Worse than before: A and B."),
        (
            [a_line(name, now="20") for name in "ABCD"],
            "4 of 4 rated measures are red, 4 of them worse than before.",
        ),
        ([a_line(now=None)], "No measure is rated for this period."),
        (
            [a_line(now="20", accumulation=Accumulation.CUMULATIVE)],
            "1 of 1 rated measure is red; none of them is known to be worse than before.",
        ),
    ],
)
def test_a_scorecard_in_a_sentence(lines: list[ScorecardLine], said: str) -> None:
    assert scorecard_in_a_sentence(lines) == said


def test_a_scorecard_says_of_when_it_is() -> None:
    lines, when = [a_line(), a_line(now="20")], "In September 2017, "
    assert (
        scorecard_in_a_sentence(lines, when) == f"{when}1 of 2 rated measures is red. Worse than before: Bins missed."
    )
    assert scorecard_in_a_sentence(lines[:1], when) == f"{when}not one of 1 rated measure is red."


RED, GREEN = a_line("Noise", now="20"), a_line("Parks", now="8")


@pytest.mark.parametrize(
    ("kinds", "said"),
    [
        pytest.param([], "", id="nothing can be told"),
        pytest.param(
            [(RED, PointType.COMMON_CAUSE), (GREEN, PointType.COMMON_CAUSE)],
            "Not one of the 2 that can be told is a real change: all lie within their usual ups and downs.",
            id="all is as usual",
        ),
        pytest.param(
            [(GREEN, PointType.CONCERN), (RED, PointType.CONCERN), (GREEN, PointType.IMPROVEMENT)],
            "Real changes: 2 for the worse, 1 of them red; 1 for the better.",
            id="the worse before the better, and how many are red",
        ),
        pytest.param(
            [(GREEN, PointType.IMPROVEMENT)] * 5,
            "Real changes: 5 for the better.",
            id="only for the better",
        ),
        pytest.param(
            [(GREEN, PointType.NEUTRAL_HIGH)],
            "Real changes: 1 neither better nor worse.",
            id="neither better nor worse",
        ),
    ],
)
def test_real_changes_in_a_sentence(kinds: list[tuple[ScorecardLine, PointType]], said: str) -> None:
    assert real_changes_in_a_sentence(kinds) == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (a_line(was="10", now="8"), "8 in September 2017: green, improving, down from 10 in August 2017"),
        (a_line(was="10", now="20"), "20 in September 2017: red, worsening, up from 10 in August 2017"),
        (a_line(target=None), "10 in September 2017, no clear change, the same as in August 2017"),
        (a_line(now=None), "Not yet received for September 2017"),
        (
            a_line(polarity=Polarity.CONTEXT, now="12", target=None),
            "12 in September 2017, increasing, up from 10 in August 2017",
        ),
    ],
)
def test_the_headline_of_a_measure(line: ScorecardLine, said: str) -> None:
    assert headline(line) == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param(
            a_line(was="10", now="8"),
            "Latest step: improving, down from 10 in August 2017."
            " Over a year: not available, no figure for September 2016.",
            id="two comparisons",
        ),
        pytest.param(
            a_line(now="8", seasonal=True), "Not available: no figure for September 2016.", id="a year before alone"
        ),
    ],
)
def test_where_a_measure_is_heading_is_said_once_for_each_comparison(line: ScorecardLine, said: str) -> None:
    assert travel_in_words(line) == said


def test_a_process_chart_in_words_says_whether_the_target_is_met() -> None:
    periods = [Period.month(2017, 1).shifted(each) for each in range(9)]
    figures = {
        each: Figure(measure_code="Bins missed", area_code=COUNCIL, period=each, value=Decimal(place % 3 + 8))
        for place, each in enumerate(periods)
    }
    targets = {
        each: Target(measure_code="Bins missed", area_code=COUNCIL, period=each, number=Decimal(11)) for each in periods
    }
    series, up_to = Series(figures=figures, targets=targets), periods[-1].end
    measure = a_measure()
    line = scorecard_line(
        measure, series, period=periods[-1], today=date(2017, 11, 10), default_percent=Decimal(5)
    )  # fmt: skip
    process, found = read_process(measure, series, up_to=up_to), variation(line, series, up_to=up_to)
    assert process is not None
    chart = ProcessChart(measure=measure, process=process, periods=tuple(periods))
    assert process_alt(chart).endswith("the newest, 10, is usual ups and downs.")
    assert process_alt(chart, found).endswith(
        "is usual ups and downs. Met in 9 of the last 9 that had a target; "
        "its usual range reaches past the target, so a miss would not be unusual."
    )
    late = process_alt(replace(chart, periods=tuple(periods[4:]), target=Decimal(11)))
    assert late.startswith("XmR chart of Bins missed, May 2017 to September 2017.")
    assert "0 of 5 points are real changes" in late
    assert late.endswith("The target is 11.")


def test_a_chart_in_words_has_its_ends_its_extremes_and_the_target() -> None:
    known = ((JULY, Decimal(9)), (AUGUST, Decimal(12)), (SEPTEMBER, Decimal(8)))
    chart = Trend(
        periods=(JULY, AUGUST, SEPTEMBER), lines=(Line(name="Testing", numbers=known),), unit="number",
        aims=(Aim(period=SEPTEMBER, number=Decimal(10)),),
    )  # fmt: skip
    assert trend_alt(a_measure(), chart) == (
        "Line chart of Bins missed for Testing, July 2017 to September 2017. It fell from 9 in Jul 2017 to 8 in "
        "Sep 2017; highest 12 in Aug 2017. The target is 10."
    )


def test_a_chart_without_figures_says_so() -> None:
    chart = Trend(periods=(AUGUST,), lines=(Line(name="Testing", numbers=()),), unit="number")
    assert trend_alt(a_measure(), chart) == "Line chart of Bins missed for Testing. There are no figures to draw."


def test_a_sparkline_in_words() -> None:
    measure = a_measure(unit="percent", decimals=1)
    assert spark_alt(measure, []) == "No figures"
    known = [(AUGUST, Decimal("4.25")), (SEPTEMBER, Decimal(3))]
    assert spark_alt(measure, known) == "2 figures: it fell from 4.3% in Aug 2017 to 3.0% in Sep 2017."


def test_no_sentence_shows_an_absence_as_a_number() -> None:
    for absence in Absence:
        assert "None" not in absence.in_words


@pytest.mark.parametrize(
    ("mean", "median", "said"),
    [
        pytest.param("24.2", "19", "19.0 in September 2017: a few long or large cases pull the mean up.",
                     id="up"),
        pytest.param("15", "19", "a few short or small cases pull the mean down.", id="down"),
        pytest.param("20.8", "19", "they are close together.", id="less than a tenth"),
        pytest.param("20.9", "19", "pull the mean up.", id="a tenth"),
        pytest.param("0", "0", "they are close together.", id="both nought"),
        pytest.param("0.1", "0", "pull the mean up.", id="a median of nought"),
        pytest.param("0.04", "0", "they are close together.", id="both print nought"),
    ],
)  # fmt: skip
def test_mean_and_median_side_by_side(mean: str, median: str, said: str) -> None:
    found = mean_and_median(
        a_measure(decimals=1), Period.month(2017, 9), mean=Decimal(mean), median=Decimal(median)
    )  # fmt: skip
    assert found.endswith(said)
