"""What was expected, what came, what came on time."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from performance.ground.figures import Figure
from performance.ground.periods import Frequency, parse_period
from performance.ground.reckoning.completeness import completeness, due_periods, expected_figures
from performance.ground.values import Absence
from tests.performance.builders import AREA, CODE, a_figure, a_measure

YEAR, TODAY = parse_period("2017/18"), date(2017, 7, 10)


def expect(measure=None, *, today: date = TODAY) -> list:
    return expected_figures([measure or a_measure()], [AREA], within=YEAR, today=today)


def came(*figures: Figure) -> dict:
    revisions: dict = {}
    for figure in figures:
        revisions.setdefault((CODE, AREA, figure.period), []).append(figure)
    return revisions


def recorded(entry, period: str, day: str) -> Figure:
    return a_figure(entry, period, recorded_at=datetime.fromisoformat(day).replace(tzinfo=UTC))


def test_expected_are_periods_whose_due_date_has_passed() -> None:
    assert [item.period.short for item in expect()] == ["Apr 2017", "May 2017", "Jun 2017"]
    assert len(expect(today=date(2017, 7, 5))) == 2


def test_expected_only_while_the_measure_is_active() -> None:
    assert len(expect(a_measure(active_from=date(2017, 5, 20)))) == 2
    assert expect(a_measure(active_to=date(2017, 3, 31))) == []


@pytest.mark.parametrize(
    ("within", "expected"),
    [
        pytest.param("2017-03", ["2016/17"], id="in the month in which its year ends"),
        pytest.param("2017-04", [], id="in no other month"),
    ],
)
def test_a_yearly_measure_is_expected_once(within: str, expected: list[str]) -> None:
    measure = a_measure(frequency=Frequency.YEARLY)
    found = due_periods(measure, within=parse_period(within), today=date(2018, 1, 1))
    assert [period.short for period in found] == expected


def test_a_number_and_an_allowed_reason_are_provided_and_an_empty_return_is_nothing() -> None:
    revisions = came(
        recorded("0", "2017-04", "2017-05-01"),
        recorded(Absence.NOT_PUBLISHED, "2017-05", "2017-06-01"),
        recorded(Absence.NOT_PROVIDED, "2017-06", "2017-07-01"),
    )
    found = completeness(expect(), revisions)
    assert (found.expected, found.provided, found.on_time) == (3, 2, 2)
    assert found.in_words == "2 of 3 received (67%), 2 on time"


def test_on_time_is_on_the_due_date_and_a_later_correction_is_not_late() -> None:
    revisions = came(
        recorded("1", "2017-04", "2017-05-05"),
        recorded("2", "2017-04", "2017-09-01"),
        recorded("1", "2017-05", "2017-06-06"),
    )
    found = completeness(expect(), revisions)
    assert (found.provided, found.on_time) == (2, 1)


def test_a_figure_taken_back_is_not_provided() -> None:
    taken_back = came(recorded("1", "2017-04", "2017-05-01"), recorded(Absence.NOT_PROVIDED, "2017-04", "2017-05-02"))
    assert completeness(expect(), taken_back).provided == 0


def test_rates_never_exceed_a_hundred_percent() -> None:
    """Figures nobody expected, or expected twice, add nothing."""
    early = [recorded("1", f"2017-{month:02d}", "2017-04-01") for month in range(4, 13)]
    found = completeness(expect() * 2, came(*early))
    assert (found.provided_percent, found.on_time_percent) == (Decimal(100), Decimal(100))


def test_nothing_expected_has_no_rate() -> None:
    found = completeness([], {})
    assert (found.provided_percent, found.in_words) == (None, "Nothing was due")
