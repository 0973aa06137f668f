"""Direction of travel."""

from datetime import date
from decimal import Decimal

import pytest

from performance.direction import Direction, direction
from performance.measures import Polarity, SeriesBreak
from performance.periods import Period
from performance.values import Absence, Value
from tests.performance.builders import a_measure, a_target

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
