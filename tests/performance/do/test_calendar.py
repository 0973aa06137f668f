"""When figures open, are on time and lock: working days, holidays, days that were set instead, and what is refused."""

from datetime import date

import pytest

from performance.do.calendar import Calendar, Dates, DatesRefusedError, check_dates, lock_in_words
from performance.ground.measures import Measure
from performance.ground.periods import Frequency, Period
from tests.performance.builders import a_measure

OCTOBER = Period.month(2017, 10)
# The days off of England around the turn of the year 2017.
HOLIDAYS = frozenset({date(2017, 12, 25), date(2017, 12, 26), date(2018, 1, 1)})


def a_monthly(lag_days: int) -> Measure:
    return a_measure(lag_days=lag_days)


def the_calendar(**fields: object) -> Calendar:
    return Calendar(**({"holidays": HOLIDAYS, "lock_after": 10} | fields))


@pytest.mark.parametrize(
    ("period", "lag_days", "on_time_by"),
    [
        (OCTOBER, 14, date(2017, 11, 14)),  # a Tuesday
        (OCTOBER, 4, date(2017, 11, 6)),  # Saturday: the Monday after
        (OCTOBER, 5, date(2017, 11, 6)),  # Sunday
        (Period.month(2017, 11), 25, date(2017, 12, 27)),  # Christmas Day: after Boxing Day
        (Period.month(2017, 11), 23, date(2017, 12, 27)),  # the Saturday before it
        (Period.month(2017, 12), 1, date(2018, 1, 2)),  # New Year's Day
    ],
)
def test_on_time_by_is_the_due_day_or_the_next_working_day(period: Period, lag_days: int, on_time_by: date) -> None:
    assert the_calendar().dates(a_monthly(lag_days), period).on_time_by == on_time_by


@pytest.mark.parametrize(
    ("lock_after", "locks_on"),
    [(0, date(2017, 12, 20)), (1, date(2017, 12, 21)), (3, date(2017, 12, 27)), (6, date(2018, 1, 2)), (None, None)],
)
def test_a_figure_locks_a_number_of_working_days_later(lock_after: int | None, locks_on: date | None) -> None:
    calendar = the_calendar(lock_after=lock_after)
    assert calendar.dates(a_monthly(20), Period.month(2017, 11)).locks_on == locks_on


def test_a_figure_opens_the_day_after_its_period_or_a_month_before_it_is_due() -> None:
    calendar = the_calendar()
    assert calendar.dates(a_monthly(14), OCTOBER).opens_on == date(2017, 11, 1)
    assert calendar.dates(a_monthly(90), OCTOBER).opens_on == date(2017, 12, 29)


@pytest.mark.parametrize(
    ("day", "is_open", "is_locked"),
    [
        (date(2017, 10, 31), False, False),
        (date(2017, 11, 1), True, False),
        (date(2017, 11, 28), True, False),
        (date(2017, 11, 29), False, True),
    ],
)
def test_the_first_and_the_last_day_belong_to_the_window(day: date, is_open: bool, is_locked: bool) -> None:
    dates = the_calendar().dates(a_monthly(14), OCTOBER)
    assert dates.locks_on == date(2017, 11, 28)
    assert (dates.is_open(day), dates.is_locked(day)) == (is_open, is_locked)


SET = Dates(
    opens_on=date(2017, 11, 2), on_time_by=date(2017, 11, 20), locks_on=date(2017, 12, 4), reason="The ledger is late"
)


def test_days_that_were_set_hold_for_the_period_and_no_other() -> None:
    calendar = the_calendar(set_dates={(Frequency.MONTHLY, OCTOBER): SET})
    assert calendar.dates(a_monthly(14), OCTOBER) == SET
    assert calendar.dates(a_monthly(14), OCTOBER.following).reason == ""
    assert calendar.ruled(a_monthly(14), OCTOBER).on_time_by == date(2017, 11, 14)


def test_a_figure_that_comes_long_after_the_others_keeps_its_own_days() -> None:
    calendar = the_calendar(set_dates={(Frequency.MONTHLY, OCTOBER): SET})
    assert calendar.dates(a_monthly(90), OCTOBER).on_time_by == date(2018, 1, 29)


@pytest.mark.parametrize(
    ("days", "message"),
    [
        ((date(2017, 10, 31), date(2017, 11, 14), date(2017, 11, 28)), "the day after the period ends"),
        ((date(2017, 11, 15), date(2017, 11, 14), date(2017, 11, 28)), "must follow each other"),
        ((date(2017, 11, 1), date(2017, 11, 14), date(2017, 11, 13)), "must follow each other"),
        ((date(2017, 11, 1), date(2017, 11, 18), date(2017, 11, 28)), "must be a working day. Choose Monday 20 Novem"),
        ((date(2017, 11, 1), date(2017, 12, 22), date(2017, 12, 25)), "Locks on must be a working day"),
    ],
)
def test_days_that_make_no_round_are_refused(days: tuple[date, date, date], message: str) -> None:
    with pytest.raises(DatesRefusedError, match=message):
        check_dates(*days, period=OCTOBER, calendar=the_calendar())


def test_days_that_make_a_round_are_not() -> None:
    check_dates(date(2017, 11, 1), date(2017, 11, 14), date(2017, 11, 14), period=OCTOBER, calendar=the_calendar())


@pytest.mark.parametrize(
    ("lock_after", "said"),
    [
        (None, "A figure locks by its day only where the BI team set a last day for its round."),
        (0, "A figure locks with the day it is on time by, unless the BI team set another last day for its round."),
        (1, "A figure locks 1 working day after the day it is on time by, unless"),
        (10, "A figure locks 10 working days after the day it is on time by, unless"),
    ],
)
def test_the_sentence_is_true_of_the_rule_and_of_what_is_set_beside_it(lock_after: int | None, said: str) -> None:
    assert lock_in_words(lock_after).startswith(said)
