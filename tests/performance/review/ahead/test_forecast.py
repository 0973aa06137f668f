"""Where a measure will stand at year end: what is known stays, what is missing is forecast, too little is not."""

import math
import random
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.ground.figures import Profile
from performance.ground.measures import Accumulation, Measure, Polarity, SeriesBreak
from performance.ground.periods import Frequency, Period, parse_period
from performance.ground.values import Absence
from performance.review.ahead.forecast import Basis, Chance, Forecast, chance_of, forecast, year_target
from performance.review.ahead.smoothing import smooth
from tests.performance.builders import LATER, a_measure, a_series, a_share, a_target, monthly_targets, months

YEAR = parse_period("2017/18")
SNAPSHOT = {"accumulation": Accumulation.SNAPSHOT}
CUMULATIVE = {"accumulation": Accumulation.CUMULATIVE}
NEAR = 0.5


def expected(
    entries, measure: Measure | None = None, *, start: str = "2017-04", period: Period = YEAR, up_to: date = LATER
) -> Forecast | None:
    texts = [str(entry) if isinstance(entry, int) else entry for entry in entries]
    return forecast(measure or a_measure(), months(texts, start), period, up_to=up_to)


def expected_surely(*args, **kwargs) -> Forecast:
    found = expected(*args, **kwargs)
    assert found is not None
    assert found.low <= found.value <= found.high
    return found


def noisy(count: int, *, level: float = 100, season: float = 0, rise: float = 0, noise: float = 2) -> list[int]:
    """Months from April on, the same every time."""
    chance = random.Random(3)  # noqa: S311
    return [
        round(level + rise * place + season * math.sin(place * math.pi / 6) + chance.gauss(0, noise))
        for place in range(count)
    ]


# Whole years of history and eight months of this one: April 2015 to November 2017.
LONG = noisy(32)


@pytest.mark.parametrize(
    ("count", "basis"),
    [
        pytest.param(5, None, id="5 months: none"),
        pytest.param(6, Basis.RUN_RATE, id="6 months: a run-rate"),
        pytest.param(23, Basis.RUN_RATE, id="23 months: still a run-rate"),
        pytest.param(24, Basis.SMOOTHING, id="24 months: smoothed"),
    ],
)
def test_how_much_history_a_forecast_needs(count: int, basis: Basis | None) -> None:
    start = Period.month(2017, 11).shifted(1 - count)
    found = expected(noisy(count), start=start.iso)
    assert (found and found.basis) == basis


def test_a_run_rate_is_the_months_so_far_going_on() -> None:
    found = expected_surely([10, 12, 11, 9, 10, 14, 11, 10, 12])
    assert (found.value, found.basis_in_words) == (99 + 3 * 11, "run-rate of 9 months")
    assert 99 + 27 <= found.low < found.value < found.high <= 99 + 42


def test_a_run_rate_goes_on_as_in_the_latest_year_only() -> None:
    found = expected_surely([1000] * 6 + [10] * 12, start="2016-06")
    assert (found.value, found.behind) == (120, 12)


def test_months_of_a_count_are_added_up_with_what_is_known() -> None:
    found = expected_surely(LONG, start="2015-04")
    assert found.basis_in_words == "smoothing of 32 months"
    assert abs(found.value - (sum(LONG[24:]) + 4 * 100)) < 8
    assert found.high - found.low < 4 * 2 * 2 * 1.5


def test_a_season_goes_on_where_two_whole_years_show_it() -> None:
    entries = noisy(30, season=40)
    found = smooth([float(each) for each in entries], season=12, ahead=6)
    assert found is not None
    usual = [100 + 40 * math.sin(place * math.pi / 6) for place in range(30, 36)]
    assert max(abs(now - then) for now, then in zip(found.expected[30:], usual, strict=True)) < 5


def test_a_trend_goes_on_and_fades() -> None:
    found = smooth([float(each) for each in noisy(30, rise=3, noise=1)], season=12, ahead=12)
    assert found is not None
    assert 190 + 20 < found.expected[-1] < 190 + 40


def test_a_gap_is_passed_over_and_not_joined() -> None:
    whole = noisy(32, season=40)
    gapped = [None if place in {10, 11} else each for place, each in enumerate(whole)]
    found, same = expected_surely(gapped, start="2015-04"), expected_surely(whole, start="2015-04")
    assert (found.behind, found.basis) == (30, Basis.SMOOTHING)
    assert abs(found.value - same.value) < 20


@pytest.mark.parametrize("count", [9, 33])
def test_a_month_of_this_year_without_a_figure_is_expected_too(count: int) -> None:
    entries: list = [100] * count
    entries[-3] = None
    start = Period.month(2017, 12).shifted(1 - count).iso
    assert expected_surely(entries, start=start).value == 1200


def test_a_month_with_nothing_to_count_adds_nothing() -> None:
    entries = [10, 10, Absence.NOT_APPLICABLE, 10, 10, 10, 10, 10, 10]
    assert expected_surely(entries).value == 110


@pytest.mark.parametrize("number", ["0", "7", "-3"])
@pytest.mark.parametrize("count", [8, 32])
def test_a_constant_series_goes_on_as_it_is(number: str, count: int) -> None:
    start = Period.month(2017, 11).shifted(1 - count).iso
    found = expected_surely([number] * count, a_measure(may_be_negative=True), start=start)
    assert (found.low, found.value, found.high) == (12 * Decimal(number),) * 3


def test_a_count_never_goes_below_zero_unless_it_may() -> None:
    falling = [max(0, 60 - 2 * place) for place in range(30)]
    assert expected_surely(falling, start="2015-06").low >= sum(falling[22:])
    below = [-each for each in falling]
    assert expected_surely(below, a_measure(may_be_negative=True), start="2015-06").value < 0


@pytest.mark.parametrize("count", [9, 33])
def test_a_share_stays_between_nothing_and_the_whole(count: int) -> None:
    entries = [str(90 + place % 9 if count == 9 else min(100, 92 + place % 9)) for place in range(count)]
    start = Period.month(2017, 12).shifted(1 - count).iso
    found = expected_surely(entries, a_share(**SNAPSHOT), start=start)
    assert found.low >= 0
    assert found.high <= 100


def test_a_ratio_with_counts_is_the_years_counts_never_the_mean_of_percentages() -> None:
    entries = [("10", "10"), *[("50", "100")] * 7]
    found = expected_surely(entries, a_share())
    usual = (10 + 7 * 100) / 8
    rate = (100 + 7 * 50) / 8
    weight = 710 + 4 * usual
    assert abs(float(found.value) - (36000 + 4 * usual * rate) / weight) < 0.06


def test_a_ratio_without_counts_is_the_level_at_year_end() -> None:
    assert expected_surely(["80.0", "82.0"] * 4, a_share()).value == Decimal("81.0")


@pytest.mark.parametrize("kind", [Accumulation.SNAPSHOT, Accumulation.ROLLING])
def test_a_level_goes_on_from_where_it_is(kind: Accumulation) -> None:
    found = expected_surely([50, 52, 51, 53, 52, 54, 55], a_measure(accumulation=kind))
    assert found.value == 55
    assert 50 < found.low < found.high < 60


def test_a_cumulative_measure_is_its_latest_total_and_the_parts_to_come() -> None:
    totals = [10, 20, 30, 40, 50, 60, 70]
    assert expected_surely(totals, a_measure(**CUMULATIVE)).value == 120
    assert expected_surely([*totals[:4], None, *totals[5:], 80], a_measure(**CUMULATIVE)).value == 120
    three_years = [10 * (place % 12 + 1) for place in range(31)]
    assert expected_surely(three_years, a_measure(**CUMULATIVE), start="2015-04").value == 120


def test_a_cumulative_measure_that_begins_anew_before_the_year_asked_for_starts_from_nothing() -> None:
    totals = [10, 20, 30, 40, 50, 60, 70]
    found = expected_surely(totals, a_measure(**CUMULATIVE), period=parse_period("2018/19"))
    assert found.value == 120


def test_a_cycle_of_five_years_goes_on_through_the_year() -> None:
    measure = a_measure(cycle_months=60, active_from=date(2016, 4, 1), **CUMULATIVE)
    found = expected_surely([10 * (place + 1) for place in range(20)], measure, start="2016-04")
    assert found.value == 240


def test_a_percentage_to_date_that_stands_at_a_level_is_not_added_up() -> None:
    level = ["95.0", "95.4", "94.8", "95.1", "95.0", "94.9", "95.2"]
    assert expected_surely(level, a_share(**CUMULATIVE)).value == Decimal("95.2")
    growing = [str(5 * (place + 1)) for place in range(7)]
    assert expected_surely(growing, a_share(**CUMULATIVE)).value == Decimal("60.0")


def test_a_cumulative_figure_that_goes_down_may_go_down_again() -> None:
    found = expected_surely([10, 20, 15, 25, 30, 28, 40], a_measure(**CUMULATIVE))
    assert found.low < found.value


def test_a_year_that_is_whole_is_known() -> None:
    found = expected_surely([10] * 11 + [13])
    assert (found.basis, found.low, found.value, found.high) == (Basis.KNOWN, 123, 123, 123)
    assert expected_surely([50] * 12, a_measure(**SNAPSHOT)).value == 50


def test_figures_after_the_day_are_not_looked_at() -> None:
    entries = [10] * 6
    found = expected_surely([*entries, 500, 500], up_to=date(2017, 9, 30))
    assert found == expected_surely(entries)


def test_history_before_a_series_break_is_left_out() -> None:
    split = SeriesBreak(on=date(2017, 4, 1), reason="Counted by the new system")
    found = expected_surely([1000] * 24 + [10] * 8, a_measure(breaks=(split,)), start="2015-04")
    assert (found.value, found.basis, found.behind) == (120, Basis.RUN_RATE, 8)
    late = SeriesBreak(on=date(2017, 9, 1), reason="Counted by the new system")
    assert expected([1000] * 29 + [10] * 3, a_measure(breaks=(late,)), start="2015-04") is None


def test_a_series_that_ended_long_ago_has_no_forecast() -> None:
    assert expected(LONG, start="2012-04") is None
    assert expected(LONG, a_measure(active_to=date(2017, 3, 31)), start="2014-04") is None


def test_quarters_and_years_are_forecast_too() -> None:
    quarterly = a_measure(frequency=Frequency.QUARTERLY)
    first = parse_period("2015-04-01/P3M")
    figures = {first.shifted(3 * place): each for place, each in enumerate(months(["30"] * 10).values())}
    found = forecast(quarterly, figures, YEAR, up_to=LATER)
    assert found is not None
    assert (found.value, found.basis_in_words) == (120, "smoothing of 10 quarters")
    yearly = a_measure(frequency=Frequency.YEARLY)
    rates = months(["50", "52", "51", "53", "52"]).values()
    years = {Period.year(2012 + place): each for place, each in enumerate(rates)}
    found = forecast(yearly, years, YEAR, up_to=LATER)
    assert found is not None
    assert (found.value, found.basis_in_words) == (52, "run-rate of 5 years")
    assert found.low < 52 < found.high


def test_a_forecast_is_tried_on_the_latest_whole_year() -> None:
    found = expected_surely([10] * 12 + [20] * 12 + [20] * 8, start="2015-04")
    assert found.trial is not None
    assert (found.trial.period, found.trial.missed_by) == (parse_period("2016/17"), 13)
    told = expected_surely([10] * 12 + [10] * 8 + [20] * 4 + [20] * 8, start="2015-04")
    assert told.error_in_words(a_measure()) == "Tried on 2016/17: run-rate of 12 months was off by 40"
    ahead = expected_surely([10] * 12 + [20] * 12 + [20] * 8, start="2015-04", period=parse_period("2018/19"))
    assert ahead.trial is not None
    assert ahead.trial.period == parse_period("2016/17")
    assert expected_surely([10] * 8).error_in_words(a_measure()).startswith("There is too little history")


def test_the_same_figures_give_the_same_forecast() -> None:
    for entries in (LONG, LONG[-8:]):
        assert expected(entries, start="2015-04") == expected(entries, start="2015-04")


def chance(entries, target: str | tuple[str, str], measure: Measure | None = None, **fields) -> Chance | None:
    texts = [str(entry) for entry in entries]
    start = Period.month(2017, 11).shifted(1 - len(texts)).iso
    aim = a_target(target, YEAR, profile=Profile.FLAT)
    return chance_of(measure or a_measure(**fields), a_series(months(texts, start)), aim, today=LATER)


def chance_in_words(*args, **kwargs) -> str:
    found = chance(*args, **kwargs)
    assert found is not None
    return found.in_words


def test_the_chance_of_a_target_in_words() -> None:
    entries = [10, 12, 11, 9, 10, 14, 11, 10]
    assert chance_in_words(entries, "60") == "More than a 99% chance on present trend (run-rate of 8 months)"
    assert chance_in_words(entries, "200") == "Less than a 1% chance on present trend (run-rate of 8 months)"
    assert chance_in_words(LONG, "1200").endswith("% chance on present trend (smoothing of 32 months)")
    found = chance(entries, "131")
    assert found is not None
    assert Decimal("0.2") < found.probability < Decimal("0.8")


def test_the_chance_follows_polarity_and_bands() -> None:
    entries = [10, 12, 11, 9, 10, 14, 11, 10]
    higher, lower = chance(entries, "133"), chance(entries, "132", polarity=Polarity.LOWER)
    assert higher is not None
    assert lower is not None
    assert higher.probability + lower.probability == 1
    band = chance(entries, ("100", "160"), polarity=Polarity.RANGE)
    assert band is not None
    assert band.probability == 1
    assert chance(entries, "100", polarity=Polarity.CONTEXT) is None
    assert chance(entries, "100", polarity=Polarity.RANGE) is None


def test_a_chance_is_an_eight_percent_chance_where_it_is() -> None:
    made = expected_surely([10, 12, 11, 9, 10, 14, 11, 10])
    assert "an 8% chance" in Chance(probability=Decimal("0.08"), forecast=made).in_words
    assert "a 4% chance" in Chance(probability=Decimal("0.04"), forecast=made).in_words


def test_what_a_forecast_says() -> None:
    found = expected_surely(["9.4", "9.6"] * 4, a_measure(unit="days", decimals=1, **SNAPSHOT))
    words = found.in_words(a_measure(unit="days", decimals=1))
    assert (
        words
        == f"9.6 days, between {found.low} days and {found.high} days four times out of five (run-rate of 8 months)"
    )
    assert expected_surely([10] * 12).in_words(a_measure()) == "120 (all figures are in)"


def test_the_target_of_a_year() -> None:
    own = a_series(targets={YEAR: a_target("100", YEAR)} | monthly_targets(["9"] * 12))
    assert (target := year_target(a_measure(), own, YEAR)) is not None
    assert target.number == 100
    parts = a_series(targets=monthly_targets(["9"] * 12))
    for measure, number in ((a_measure(), 108), (a_share(), 9), (a_measure(**CUMULATIVE), 9)):
        assert (target := year_target(measure, parts, YEAR)) is not None
        assert target.number == number
    assert year_target(a_measure(), a_series(targets=monthly_targets(["9"] * 11)), YEAR) is None


@settings(max_examples=60)
@given(
    entries=st.lists(st.none() | st.integers(0, 1000), min_size=1, max_size=23),
    kind=st.sampled_from([*Accumulation]),
    share=st.booleans(),
)
def test_whatever_the_figures_the_value_lies_in_its_interval_and_within_what_can_be(entries, kind, share) -> None:
    shown = [None if entry is None else str(entry % 101 if share else entry) for entry in entries]
    measure = a_share(accumulation=kind) if share else a_measure(accumulation=kind)
    start = Period.month(2017, 11).shifted(1 - len(shown)).iso
    found = expected(shown, measure, start=start)
    if found is not None:
        assert found.low <= found.value <= found.high
        assert not share or 0 <= found.low <= found.high <= 100


@settings(max_examples=10)
@given(entries=st.lists(st.none() | st.integers(0, 1000), min_size=36, max_size=44))
def test_long_histories_with_gaps_and_zeros_are_forecast(entries) -> None:
    start = Period.month(2017, 11).shifted(1 - len(entries)).iso
    found = expected(entries, start=start, up_to=date(2017, 11, 30))
    if found is not None:
        assert 0 <= found.low <= found.value <= found.high


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param([3.0 * place for place in range(40)], id="a straight line"),
        pytest.param([float(place % 12) for place in range(40)], id="a season without noise"),
        pytest.param([float(place == 20) for place in range(40)], id="one event in forty months"),
        pytest.param([10.0 * (place > 20) for place in range(40)], id="one step"),
        pytest.param([2 ** (place / 4) * 1e6 for place in range(40)], id="doubling every four months"),
        pytest.param([None if place % 2 else float(place) for place in range(60)], id="every other month"),
    ],
)
def test_any_series_can_be_smoothed(entries) -> None:
    found = smooth(entries, season=12, ahead=6)
    assert found is not None
    assert all(math.isfinite(number) for path in found.paths for number in path)
    known = [(place, entry) for place, entry in enumerate(entries) if entry is not None]
    assert all(path[place] == pytest.approx(entry) for path in found.paths[:5] for place, entry in known)
