"""Reporting periods, in files and in words."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.periods import Period, PeriodNotUnderstoodError, YearBasis, add_months, parse_period


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2015-06-01/P1M", "2015-06-01/P1M"),
        ("2015-04-01/P3M", "2015-04-01/P3M"),
        ("2015-04-01/P1Y", "2015-04-01/P1Y"),
        ("2013-01-01/P3Y", "2013-01-01/P3Y"),
        ("2016-03-31/P1D", "2016-03-31/P1D"),
        ("2015-04-01/P12M", "2015-04-01/P1Y"),
        ("2015-06", "2015-06-01/P1M"),
        ("June 2015", "2015-06-01/P1M"),
        ("Jun-15", "2015-06-01/P1M"),
        ("2015/16", "2015-04-01/P1Y"),
        ("2015-16", "2015-04-01/P1Y"),
        ("1999/00", "1999-04-01/P1Y"),
        ("Q1 2015/16", "2015-04-01/P3M"),
        ("2015-16 Q4", "2016-01-01/P3M"),
        (" 2015-06 ", "2015-06-01/P1M"),
    ],
)
def test_a_period_is_read_as_the_formats_promise(text: str, iso: str) -> None:
    assert parse_period(text).iso == iso


@pytest.mark.parametrize(
    "text",
    ["", "2015", "2015-13-01/P1M", "2015-02-30/P1D", "2015/17", "Q5 2015/16", "Juni 2015", "2015-06-01/P0M", "0015-06"],
)
def test_anything_else_is_refused_with_a_sentence(text: str) -> None:
    with pytest.raises(PeriodNotUnderstoodError, match="is not a period"):
        parse_period(text)


@pytest.mark.parametrize(
    ("iso", "words", "short"),
    [
        ("2015-06-01/P1M", "June 2015", "Jun 2015"),
        ("2015-04-01/P3M", "Q1 (April to June) 2015/16", "Q1 2015/16"),
        ("2016-01-01/P3M", "Q4 (January to March) 2015/16", "Q4 2015/16"),
        ("2015-04-01/P1Y", "2015/16", "2015/16"),
        ("2015-01-01/P1Y", "2015", "2015"),
        ("2015-09-01/P1Y", "2015/16", "2015/16"),
        ("2016-07-01/P1Y", "July 2016 to June 2017", "July 2016 to June 2017"),
        ("2015-04-01/P7M", "April to October 2015", "April to October 2015"),
        ("2015-10-06/P1Y", "6 October 2015 to 5 October 2016", "6 October 2015 to 5 October 2016"),
        ("2016-02-29/P1D", "29 February 2016", "29 February 2016"),
    ],
)
def test_a_period_in_words(iso: str, words: str, short: str) -> None:
    period = parse_period(iso)
    assert (str(period), period.short) == (words, short)


@pytest.mark.parametrize(
    ("basis", "start"),
    [
        (YearBasis.FINANCIAL, date(2015, 4, 1)),
        (YearBasis.ACADEMIC, date(2015, 9, 1)),
        (YearBasis.CALENDAR, date(2016, 1, 1)),
    ],
)
def test_each_basis_has_its_own_year(basis: YearBasis, start: date) -> None:
    march = Period.month(2016, 3)
    assert Period.containing(march.start, months=12, basis=basis).start == start
    assert (march.year_to_date(basis).start, march.year_to_date(basis).end) == (start, march.end)


def test_a_leap_day_belongs_to_february() -> None:
    assert parse_period("2016-02").end == date(2016, 2, 29)
    assert add_months(date(2016, 2, 29), 12) == date(2017, 2, 28)
    assert Period.containing(date(2016, 2, 29), months=1) == parse_period("2016-02")


periods = st.builds(
    lambda day, months: Period(start=day.replace(day=1), months=months),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
    st.sampled_from([1, 3, 12, 36]),
)


@pytest.mark.parametrize("basis", YearBasis)
@given(start=st.dates(date(1950, 1, 1), date(2100, 1, 1)), months=st.sampled_from([0, 1, 3, 12, 24, 36]))
def test_whatever_a_page_calls_a_period_is_read_as_that_period(basis: YearBasis, start: date, months: int) -> None:
    """A measure's own periods, and those that begin on any day, as its pages write them."""
    own = Period.containing(start, months=months, basis=basis) if months in {1, 3, 12} else None
    any_day = Period(start=start.replace(day=min(start.day, 28)), months=months)
    for period in filter(None, (own, any_day)):
        of_another_year = period.months in {3, 12} and period.start.day == 1 and period != own
        if not of_another_year:
            assert parse_period(period.in_words, basis=basis) == period
            assert parse_period(period.short, basis=basis) == period


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("2014", "2014-01-01/P1Y"),
        ("2014 Q4", "2014-10-01/P3M"),
        ("Q4 2014", "2014-10-01/P3M"),
        ("2014-15 Q4", "2015-01-01/P3M"),
        ("Q4 (January to March) 2014/15", "2015-01-01/P3M"),
        ("2014/15", "2014-04-01/P1Y"),
    ],
)
def test_a_measure_of_the_calendar_year_has_names_of_its_own(text: str, iso: str) -> None:
    assert parse_period(text, basis=YearBasis.CALENDAR).iso == iso


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("2014", "2013/14 (2013-04-01/P1Y) or 2014/15 (2014-04-01/P1Y)"),
        (
            "2014 Q4",
            "Q3 (October to December) 2014/15 (2014-10-01/P3M) or Q4 (January to March) 2014/15 (2015-01-01/P3M)",
        ),
    ],
)
def test_a_name_of_two_meanings_is_refused_with_both(text: str, meanings: str) -> None:
    with pytest.raises(PeriodNotUnderstoodError, match=re.escape(f"It may mean {meanings}. Write the one you mean.")):
        parse_period(text)


@pytest.mark.parametrize("text", ["Q4 (October to December) 2014/15", "40 June 2014", "June 2014 to May 2014"])
def test_what_contradicts_itself_is_refused(text: str) -> None:
    with pytest.raises(PeriodNotUnderstoodError):
        parse_period(text)


@given(period=periods)
def test_what_is_written_is_read_again_and_neighbours_meet(period: Period) -> None:
    assert parse_period(period.iso) == period
    assert period.following.previous == period
    assert (period.following.start - period.end).days == 1
    assert [part.months for part in period.split(1)] == [1] * period.months
