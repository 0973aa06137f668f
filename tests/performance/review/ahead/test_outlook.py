"""The year's end: what is expected, what colour that would be, the chance, and what it takes."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import ceil

import pytest

from performance.ground.measures import Accumulation, ContentKind, Measure, Polarity
from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from performance.review.ahead.forecast import forecast
from performance.review.ahead.outlook import Outlook, Reach, needed, outlook
from tests.performance.builders import DEFAULT, a_measure, a_series, a_share, a_target, months

YEAR = Period.year(2017)
TODAY = date(2017, 9, 30)
# Three years that go up and down about 10 a month, and half of a fourth.
HISTORY = [str(10 + (place * 7) % 5 - 2) for place in range(42)]


def of_the_year(measure: Measure, target: str | None, history: list[str] = HISTORY) -> Outlook | None:
    series = a_series(months(history, "2014-04"), {YEAR: a_target(target, YEAR)} if target else {})
    expected = forecast(measure, series.figures, YEAR, up_to=TODAY, with_trial=False)
    return outlook(measure, series, expected, today=TODAY, default_percent=DEFAULT)


def test_a_target_well_below_is_reached_and_one_well_above_is_not() -> None:
    low, high = of_the_year(a_measure(), "60"), of_the_year(a_measure(), "240")
    assert low is not None
    assert high is not None
    assert (low.rag, low.chance_in_words) == (Rag.GREEN, "over 99% chance")
    assert (high.rag, high.chance_in_words) == (Rag.RED, "under 1% chance")


def test_a_chance_on_a_half_is_rounded_up_in_every_sentence() -> None:
    found = of_the_year(a_measure(), "120")
    assert found is not None
    eighth = replace(found, chance=Decimal("0.125"))
    assert (eighth.percent, eighth.chance_in_words) == (13, "13% chance")


def test_what_is_left_is_shared_out_over_the_months_to_come() -> None:
    found = of_the_year(a_measure(), "122")
    assert found is not None
    assert found.needed is not None
    so_far = sum(int(each) for each in HISTORY[36:])
    assert found.needed.periods == 6
    assert found.needed.each == ceil((122 - so_far) / 6) > (122 - so_far) / 6, "one less would miss it"
    assert found.needed.in_words(a_measure()).startswith(f"Needs at least {found.needed.each} a month for 6 months")
    assert "the best so far was 12" in found.needed.in_words(a_measure())


@pytest.mark.parametrize(
    ("polarity", "said"), [(Polarity.LOWER, "at most 9"), (Polarity.HIGHER, "at least 9")], ids=["lower", "higher"]
)
def test_a_level_is_needed_at_the_years_end_only(polarity: Polarity, said: str) -> None:
    measure = a_measure(accumulation=Accumulation.SNAPSHOT, polarity=polarity)
    series = a_series(months(HISTORY, "2014-04"))
    found = needed(measure, series, a_target("9", YEAR), today=TODAY)
    assert found is not None
    assert found.in_words(measure).startswith(f"Needs {said} at the end of the year")


def test_the_rest_of_a_ratio_pooled_with_what_is_known_makes_the_target() -> None:
    series = a_series(months([("80", below) for below in ("100", "50", "150", "100", "100", "100")]))
    found = needed(a_share(), series, a_target("85", YEAR), today=TODAY)
    assert found is not None
    assert (found.each, found.periods, found.reach) == (Decimal("90.0"), 6, Reach.TOGETHER)
    assert found.in_words(a_share()).startswith("Needs at least 90.0% over the 6 months left; the best so far was")


def test_a_share_that_would_have_to_pass_the_whole_is_out_of_reach() -> None:
    series = a_series(months([("10", "100")] * 6))
    assert needed(a_share(), series, a_target("85", YEAR), today=TODAY) is None


def test_a_ratio_without_anything_yet_needs_its_target() -> None:
    found = needed(a_share(), a_series(), a_target("85", YEAR), today=TODAY)
    assert found is not None
    assert (found.each, found.periods, found.best) == (Decimal("85.0"), 12, None)


def test_a_total_that_is_past_its_target_needs_nothing_more() -> None:
    series = a_series(months(HISTORY, "2014-04"))
    assert needed(a_measure(polarity=Polarity.LOWER), series, a_target("20", YEAR), today=TODAY) is None


def test_a_year_that_is_over_needs_nothing() -> None:
    series = a_series(months([*HISTORY, *["10"] * 6], "2014-04"))
    assert needed(a_measure(), series, a_target("120", YEAR), today=date(2018, 4, 30)) is None


def test_a_range_asks_for_no_number() -> None:
    series = a_series(months(HISTORY, "2014-04"))
    assert needed(a_measure(polarity=Polarity.RANGE), series, a_target(("9", "11"), YEAR), today=TODAY) is None


def test_without_a_target_the_value_stands_alone() -> None:
    found = of_the_year(a_measure(), None)
    assert found is not None
    assert (found.target, found.chance, found.rag, found.chance_in_words) == (None, None, Rag.NO_TARGET, "")


def test_too_little_history_has_no_outlook() -> None:
    assert of_the_year(a_measure(), "120", HISTORY[:3]) is None


def test_a_year_with_all_its_figures_says_whether_the_target_was_met() -> None:
    series = a_series(months(["10"] * 48, "2014-04"), {YEAR: a_target("121", YEAR)})
    expected = forecast(a_measure(), series.figures, YEAR, up_to=date(2018, 4, 30), with_trial=False)
    found = outlook(a_measure(), series, expected, today=date(2018, 4, 30), default_percent=Decimal(5))
    assert found is not None
    assert (found.chance_in_words, found.rag, found.needed) == ("target missed", Rag.AMBER, None)


def test_a_forecast_outturn_is_never_run_through_the_forecast_again() -> None:
    outturn = a_measure(unit="pounds", content_kind=ContentKind.FINANCE, accumulation=Accumulation.SNAPSHOT)
    assert of_the_year(outturn, "60") is None
    for other in (
        replace(outturn, accumulation=Accumulation.CUMULATIVE),
        replace(outturn, content_kind=ContentKind.LOCAL),
        replace(outturn, unit="percent"),
    ):
        assert of_the_year(other, "60") is not None, other
