"""Direction of travel."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.measures import Accumulation, Polarity, SeriesBreak
from performance.ground.periods import Frequency, Period, parse_period
from performance.ground.reckoning.direction import Direction, direction
from performance.ground.values import Absence, Value, round_half_up
from performance.review.scorecard import ScorecardLine, scorecard_line
from tests.performance.builders import (
    DEFAULT,
    a_figure,
    a_measure,
    a_series,
    a_target,
    monthly_targets,
    months,
)

MAY, JUNE = Period.month(2017, 5), Period.month(2017, 6)
LOWER, RANGE, CONTEXT = {"polarity": Polarity.LOWER}, {"polarity": Polarity.RANGE}, {"polarity": Polarity.CONTEXT}


def value(text: str) -> Value:
    return Absence(text) if text in set(Absence) else Decimal(text)


@pytest.mark.parametrize(
    ("fields", "before", "now", "band", "expected"),
    [
        pytest.param({}, "5", "6", None, "improving", id="more is better"),
        pytest.param({}, "6", "5", None, "worsening", id="less is worse"),
        pytest.param(LOWER, "6", "5", None, "improving", id="less is better where lower is better"),
        pytest.param(LOWER, "5", "6", None, "worsening", id="more is worse where lower is better"),
        pytest.param({"polarity": Polarity.RISE_WANTED}, "5", "6", None, "improving", id="a rise wanted"),
        pytest.param({}, "5.4", "4.6", None, "no_change", id="both print as 5"),
        pytest.param({}, "5.4", "5.5", None, "improving", id="they print as 5 and 6"),
        pytest.param({}, "0", "0", None, "no_change", id="zero is a figure"),
        pytest.param({"meaningful_change": Decimal(2)}, "5", "6", None, "no_change", id="smaller than matters"),
        pytest.param({"meaningful_change": Decimal(2)}, "5", "7", None, "improving", id="just as much as matters"),
        pytest.param(CONTEXT, "5", "6", None, "increasing", id="context only increases"),
        pytest.param(CONTEXT, "6", "5", None, "decreasing", id="context only decreases"),
        pytest.param(CONTEXT, "5", "5", None, "no_change", id="context without change"),
        pytest.param(RANGE, "5", "6", None, "increasing", id="a range without a band increases"),
        pytest.param(RANGE, "6", "5", None, "decreasing", id="a range without a band decreases"),
        pytest.param(RANGE, "4", "5", ("3", "6"), "no_change", id="both inside the band"),
        pytest.param(RANGE, "9", "7", ("3", "6"), "improving", id="nearer to the band"),
        pytest.param(RANGE, "7", "9", ("3", "6"), "worsening", id="further from the band"),
        pytest.param(RANGE, "7", "2", ("3", "6"), "no_change", id="as far on the other side of the band"),
        pytest.param(RANGE, "1", "4", ("3", "6"), "improving", id="into the band"),
        pytest.param({}, "not_provided", "5", None, "not_available", id="nothing before"),
        pytest.param({}, "5", "not_due", None, "not_available", id="nothing now"),
        pytest.param({"decimals": 2}, "-0.30", "-0.20", None, "improving", id="less far below zero"),
    ],
)
def test_direction(fields: dict, before: str, now: str, band: tuple[str, str] | None, expected: str) -> None:
    target = a_target(band) if band else None
    found = direction(a_measure(**fields), now=value(now), before=value(before), band=target, across=(MAY, JUNE))
    assert found == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param(date(2017, 5, 1), Direction.IMPROVING, id="a break on the first day before: both are new"),
        pytest.param(date(2017, 5, 15), Direction.NOT_AVAILABLE, id="a break within the earlier period"),
        pytest.param(date(2017, 6, 1), Direction.NOT_AVAILABLE, id="a break between"),
        pytest.param(date(2017, 6, 30), Direction.NOT_AVAILABLE, id="a break within the later period"),
        pytest.param(date(2017, 7, 1), Direction.IMPROVING, id="a break afterwards: both are old"),
    ],
)
def test_a_series_break(day: date, expected: Direction) -> None:
    measure = a_measure(breaks=(SeriesBreak(on=day, reason="new method"),))
    assert direction(measure, now=Decimal(6), before=Decimal(5), band=None, across=(MAY, JUNE)) is expected


def test_every_direction_has_a_word_and_an_arrow() -> None:
    assert all(each.in_words and each.arrow for each in Direction)
    assert Direction.NO_CHANGE.in_words == "No clear change"


TODAY = date(2030, 1, 1)


def headed(now: str | None, *, before: str | None = None, year: str | None = None, **fields: Any) -> ScorecardLine:
    """October 2017 of a measure with a figure in September, and one in October 2016."""
    entries = {"2017-10": now, "2017-09": before, "2016-10": year}
    figures = {parse_period(when): a_figure(entry, when) for when, entry in entries.items() if entry is not None}
    return scorecard_line(
        a_measure(**fields), a_series(figures), period=parse_period("2017-10"), today=TODAY, default_percent=DEFAULT
    )  # fmt: skip


@pytest.mark.parametrize(
    ("line", "full", "short"),
    [
        pytest.param(
            headed("413", before="437", **LOWER),
            "Improving: down from 437 in September 2017", "Improving: down from 437 in Sep 2017",
            id="better is down",
        ),
        pytest.param(
            headed("96.2", before="95", decimals=1, unit="percent"),
            "Improving: up from 95.0% in September 2017", "Improving: up from 95.0% in Sep 2017",
            id="better is up",
        ),
        pytest.param(
            headed("413", before="437", year="400", seasonal=True, **LOWER),
            "Worsening: up from 400 in October 2016", "Worsening: up from 400 a year before",
            id="a seasonal measure is held against a year before",
        ),
        pytest.param(
            headed("413", year="400", accumulation=Accumulation.CUMULATIVE),
            "Improving: up from 400 in October 2016", "Improving: up from 400 a year before",
            id="and a total to date",
        ),
        pytest.param(
            headed("5", before="4.6"),
            "No clear change: the same as in September 2017", "No clear change: the same as in Sep 2017",
            id="the same as printed",
        ),
        pytest.param(
            headed("5", before="4", meaningful_change=Decimal(2)),
            "No clear change: up from 4 in September 2017, too little to matter",
            "No clear change: up from 4 in Sep 2017, too little to matter",
            id="less than what matters",
        ),
        pytest.param(
            headed("5", before="4", polarity=Polarity.CONTEXT),
            "Increasing: up from 4 in September 2017", "Increasing: up from 4 in Sep 2017",
            id="context",
        ),
        pytest.param(
            headed("5"), "Not available: no figure for September 2017", "Not available: no figure for Sep 2017",
            id="nothing to compare with",
        ),
        pytest.param(
            headed("5", before="4", breaks=(SeriesBreak(on=date(2017, 10, 1), reason="New"),)),
            "Not available: not comparable with September 2017", "Not available: not comparable with Sep 2017",
            id="a break between",
        ),
        pytest.param(headed(None, before="4"), "Not available", "Not available", id="no figure"),
    ],
)  # fmt: skip
def test_a_direction_says_what_it_compares_with(line: ScorecardLine, full: str, short: str) -> None:
    assert line.travel.in_words(line.measure) == full
    assert line.travel.in_words(line.measure, short=True) == short
    assert line.travel.in_a_sentence(line.measure) == full.replace(": ", ", ", 1).lower().replace(
        "september", "September"
    ).replace("october", "October")


def test_years_together_and_years_from_any_day_are_spans() -> None:
    pooled = a_measure(frequency=Frequency.YEARLY, accumulation=Accumulation.ROLLING)
    spans = [parse_period(each) for each in ("2012-01-01/P3Y", "2013-01-01/P3Y")]
    series = a_series({each: a_figure(str(value), each) for value, each in enumerate(spans, 4)})
    line = scorecard_line(pooled, series, period=parse_period("2017-10"), today=TODAY, default_percent=DEFAULT)
    assert line.travel.in_words(pooled) == "Improving: up from 4 over January 2012 to December 2014"


def test_within_a_range_nothing_gets_better_or_worse() -> None:
    figures = months(["4", "5"], "2017-09")
    series = a_series(figures, monthly_targets([("3", "6")] * 2, "2017-09"))
    line = scorecard_line(
        a_measure(**RANGE), series, period=parse_period("2017-10"), today=TODAY, default_percent=DEFAULT
    )  # fmt: skip
    assert line.travel.in_words(line.measure) == (
        "No clear change: up from 4 in September 2017, as near to its range as before"
    )


_NUMBERS = st.decimals(-50, 50, places=2)


@given(
    st.tuples(_NUMBERS, _NUMBERS, _NUMBERS), st.sampled_from(Polarity), st.booleans(), st.booleans(),
    st.none() | st.integers(1, 9), st.integers(0, 2),
)  # fmt: skip
def test_words_of_direction_agree_with_the_figures_they_name(
    numbers: tuple[Decimal, Decimal, Decimal],
    polarity: Polarity,
    seasonal: bool,
    cumulative: bool,
    matters: int | None,
    decimals: int,
) -> None:
    now, before, year = (str(each) for each in numbers)
    line = headed(
        now, before=before, year=year, polarity=polarity, seasonal=seasonal, decimals=decimals, may_be_negative=True,
        accumulation=Accumulation.CUMULATIVE if cumulative else Accumulation.SNAPSHOT,
        meaningful_change=matters and Decimal(matters),
    )  # fmt: skip
    printed = [round_half_up(each, decimals) for each in numbers]
    for travel, is_year in ((line.travel, seasonal or cumulative), (line.travel_over_a_year, True)):
        then = printed[2 if is_year else 1]
        for short in (False, True):
            words = travel.in_words(line.measure, short=short)
            assert (" up from " in words) == (printed[0] > then)
            assert (" down from " in words) == (printed[0] < then)
            assert ("the same as" in words) == (printed[0] == then)
            assert words.startswith("No clear change") or f" from {line.measure.print_value(then)} " in words
            named = "a year before" if is_year and short else ("2016" if is_year else "2017")
            assert named in words
            assert "period before" not in words
        assert ("a year before" in travel.in_words(line.measure, short=True)) == is_year
