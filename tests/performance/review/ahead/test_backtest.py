"""Forecasts tried out on figures held back."""

from datetime import date

from performance.ground.measures import SeriesBreak
from performance.review.ahead.backtest import Tried, together, try_out
from tests.performance.builders import LATER, a_measure, months

NOISE = [str(100 + (place * 37) % 11) for place in range(48)]


def test_two_ends_of_a_monthly_series_are_tried_twelve_and_six_months_ahead() -> None:
    found = try_out(a_measure(), months(NOISE, "2014-04"), up_to=LATER)
    assert (found.figures, found.series) == (18, 1)
    assert 0 < found.held <= 18


def test_what_is_not_forecast_from_enough_history_is_not_tried() -> None:
    assert try_out(a_measure(), months(NOISE[:29], "2014-04"), up_to=LATER) == Tried()
    assert try_out(a_measure(), {}, up_to=LATER) == Tried()
    broken = a_measure(breaks=(SeriesBreak(on=date(2017, 4, 1), reason="A new system"),))
    assert try_out(broken, months(NOISE, "2014-04"), up_to=LATER) == Tried()


def test_the_day_up_to_which_figures_are_known_ends_the_series() -> None:
    known = months(NOISE, "2014-04")
    earlier = try_out(a_measure(), known, up_to=date(2017, 3, 31))
    assert earlier == try_out(a_measure(), months(NOISE[:36], "2014-04"), up_to=LATER)


def test_a_forecast_that_cannot_know_what_comes_misses_it() -> None:
    leap = [*NOISE[:36], *["500"] * 12]
    found = try_out(a_measure(), months(leap, "2014-04"), up_to=LATER)
    assert found.held < found.figures / 2


def test_several_measures_in_one_sentence() -> None:
    both = together([Tried(figures=18, held=15, series=1), Tried(figures=6, held=5, series=1), Tried()])
    assert both.in_words == "20 of 24 figures held back (83%) lay within the interval, over 2 measures"
    assert Tried().in_words == "There is too little history to try a forecast on earlier figures"
