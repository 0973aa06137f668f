"""A report is due once for each week, month or quarter, on a working day, and after its figures close."""

from datetime import date, timedelta

import pytest

from performance.ground.periods import Period
from performance.report.occasions import Days, newest, next_after
from performance.report.schedules import Often

HOLIDAYS = {date(2017, 12, 25), date(2017, 12, 26), date(2018, 1, 1)}


def working_day(day: date) -> date:
    while day.weekday() > 4 or day in HOLIDAYS:
        day += timedelta(days=1)
    return day


DAYS = Days(
    working_day=working_day, closes_on=lambda period: working_day(period.end + timedelta(days=15 * period.months))
)


@pytest.mark.parametrize(
    ("often", "today", "key", "due_on"),
    [
        pytest.param(Often.MONTHLY, date(2017, 11, 15), "2017-09-01/P1M", date(2017, 10, 17), id="the day they close"),
        pytest.param(Often.MONTHLY, date(2017, 11, 16), "2017-10-01/P1M", date(2017, 11, 16), id="the day after"),
        pytest.param(Often.QUARTERLY, date(2017, 11, 14), "2017-04-01/P3M", date(2017, 8, 15), id="a quarter before"),
        pytest.param(Often.QUARTERLY, date(2017, 11, 15), "2017-07-01/P3M", date(2017, 11, 15), id="a quarter's day"),
        pytest.param(Often.WEEKLY, date(2017, 11, 10), "2017-11-06", date(2017, 11, 6), id="a Friday is of its week"),
        pytest.param(Often.WEEKLY, date(2017, 12, 26), "2017-12-18", date(2017, 12, 18), id="no working day yet"),
        pytest.param(Often.WEEKLY, date(2017, 12, 27), "2017-12-25", date(2017, 12, 27), id="after bank holidays"),
        pytest.param(Often.WEEKLY, date(2018, 1, 1), "2017-12-25", date(2017, 12, 27), id="over the year's end"),
    ],
)
def test_the_newest_is_the_last_that_is_due(often: Often, today: date, key: str, due_on: date) -> None:
    found = newest(often, today=today, days=DAYS)
    assert (found.key, found.due_on) == (key, due_on)
    assert found.period is None if often is Often.WEEKLY else found.period is not None


@pytest.mark.parametrize("often", Often)
def test_each_day_of_three_years_has_one_and_they_follow_each_other(often: Often) -> None:
    seen: dict[str, date] = {}
    for number in range(3 * 365):
        today = date(2016, 1, 1) + timedelta(days=number)
        now, then = (each(often, today=today, days=DAYS) for each in (newest, next_after))
        assert now.due_on <= today < then.due_on
        assert seen.setdefault(now.key, now.due_on) == now.due_on
        assert working_day(now.due_on) == now.due_on
        if now.period and then.period:
            assert then.period == now.period.following
    assert (
        len(seen)
        in {Often.WEEKLY: range(155, 160), Often.MONTHLY: range(36, 39), Often.QUARTERLY: range(12, 15)}[often]
    )


def test_an_occasion_is_named_by_its_period_or_its_week() -> None:
    assert newest(Often.WEEKLY, today=date(2017, 11, 10), days=DAYS).in_words == "Week of 6 Nov 2017"
    found = newest(Often.MONTHLY, today=date(2017, 11, 20), days=DAYS)
    assert (found.in_words, found.period) == ("October 2017", Period.month(2017, 10))
