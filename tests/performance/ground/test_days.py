"""Days as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.days import DayNotUnderstoodError, read_day, read_day_or_period_end
from performance.ground.periods import day_in_words


@pytest.mark.parametrize(
    "text",
    [
        "30/11/2017", "30/11/17", "30.11.2017", "30-11-2017", "30 11 2017", "2017-11-30", "30 November 2017",
        "30 Nov 2017", " 30  november  2017 ", "30th November 2017", "30 Nov 17",
    ],
)  # fmt: skip
def test_is_read_the_day_before_the_month(text: str) -> None:
    assert read_day(text, label="It") == date(2017, 11, 30)


@pytest.mark.parametrize(
    "text",
    ["", "31/11/2017", "30/02/2018", "11/30/2017", "soon", "November", "November 2017", "1899-01-01", "9999-12-31",
     "٣٠/11/2017", "30/11/2017 or so", "-1/1/2017", "0/0/0000", "<script>", "=TODAY()"],
)  # fmt: skip
def test_what_names_no_day_is_refused_in_a_sentence(text: str) -> None:
    with pytest.raises(DayNotUnderstoodError, match=r"^Action due date must be a date, like 30/11/2017, not "):
        read_day(text, label="Action due date")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("30/11/2017", date(2017, 11, 30)),
        ("January 2018", date(2018, 1, 31)),
        ("Feb 2020", date(2020, 2, 29)),
        ("Q4 2017/18", date(2018, 3, 31)),
        ("2017/18", date(2018, 3, 31)),
    ],
)
def test_a_period_stands_for_its_last_day(text: str, day: date) -> None:
    assert read_day_or_period_end(text, label="It") == day


@given(st.dates(date(1900, 1, 1), date(2200, 12, 31)))
def test_a_day_reads_back_however_it_is_written(day: date) -> None:
    written = (day.isoformat(), f"{day:%d/%m/%Y}", day_in_words(day), f"{day.day}.{day.month}.{day.year}")
    assert {read_day(text) for text in written} == {day}


@given(st.text(max_size=30))
def test_any_text_is_a_day_or_refused_at_a_length_that_can_be_read(text: str) -> None:
    try:
        assert 1900 <= read_day_or_period_end(text, label="It").year <= 2201
    except DayNotUnderstoodError as fault:
        assert str(fault).startswith("It must be a month or a date")  # noqa: PT017
