"""What a measure is, and how its numbers are printed."""

from datetime import date
from decimal import Decimal

import pytest

from performance.ground.measures import Accumulation, ContentKind, Perspective, Polarity
from performance.ground.periods import Frequency, YearBasis
from performance.ground.values import Absence
from tests.performance.builders import a_figure, a_measure, a_share


@pytest.mark.parametrize(
    ("fields", "is_ratio"),
    [
        ({"unit": "percent"}, True),
        ({"unit": "per 10,000"}, True),
        ({"unit": "days", "denominator_definition": "Employees"}, True),
        ({"unit": "days"}, False),
        ({"unit": "pounds"}, False),
    ],
)
def test_a_ratio_names_a_denominator_or_is_a_percent_or_a_rate(fields: dict, is_ratio: bool) -> None:
    assert a_measure(**fields).is_ratio is is_ratio


def test_a_value_is_numerator_over_denominator_times_multiplier() -> None:
    assert a_share().work_out(Decimal(411), Decimal(438 * 2)) == pytest.approx(
        Decimal(411) / 876 * 100, rel=Decimal("1e-26")
    )
    assert a_share().work_out(Decimal(0), Decimal(5)) == 0
    assert a_share().work_out(Decimal(0), Decimal(0)) is Absence.NOT_APPLICABLE
    assert a_measure(multiplier=Decimal(100)).work_out(Decimal(5), None) == 5


@pytest.mark.parametrize(
    ("unit", "decimals", "value", "printed"),
    [
        ("percent", 1, "96.25", "96.3%"),
        ("percent", 1, "-0.04", "0.0%"),
        ("pounds", 0, "1234567", "£1,234,567"),
        ("pounds", 0, "-5", "-£5"),
        ("days", 1, "9.4", "9.4 days"),
        ("days", 0, "1", "1 day"),
        ("number", 0, "0", "0"),
        ("per 10,000", 1, "128", "128.0 per 10,000"),
        ("tonnes", 0, "1200", "1,200 tonnes"),
    ],
)
def test_a_value_is_printed_with_its_unit(unit: str, decimals: int, value: str, printed: str) -> None:
    assert a_measure(unit=unit, decimals=decimals).print_value(Decimal(value)) == printed


def test_an_absence_is_printed_in_words() -> None:
    assert a_measure().print_value(Absence.NOT_PROVIDED) == "Not yet received"


def test_a_target_keeps_its_decimals() -> None:
    assert a_measure(unit="percent").print_target(Decimal("94.25")) == "94.25%"
    assert a_measure(decimals=1).print_target(Decimal(9)) == "9.0"
    assert a_measure(unit="percent", decimals=1).print_target(Decimal(700) / 12) == "58.33%"
    assert a_measure(unit="pounds").print_target(Decimal(135520000) / 12) == "£11,293,333"
    assert a_measure(unit="pounds").print_target(Decimal("94.25")) == "£94.25", "as it was agreed"


def test_a_percentage_changes_by_percentage_points() -> None:
    assert a_share().print_change(Decimal("-1.4")) == "1.4 percentage points"
    assert a_measure().print_change(Decimal(-12)) == "12"


def test_a_figure_is_due_after_its_lag() -> None:
    measure = a_measure(lag_days=10, frequency=Frequency.QUARTERLY, year_basis=YearBasis.FINANCIAL)
    assert measure.due_on(measure.own_period(date(2017, 5, 5))) == date(2017, 7, 10)
    assert measure.latest_period(date(2017, 6, 29)).iso == "2017-01-01/P3M"
    assert measure.latest_period(date(2017, 6, 30)).iso == "2017-04-01/P3M"


def test_a_figure_that_says_the_same_is_no_new_revision() -> None:
    assert a_figure("5").same_content(a_figure("5", revision=3, recorded_by="someone"))
    assert not a_figure("0").same_content(a_figure(Absence.NOT_PROVIDED))


def test_every_choice_has_its_words() -> None:
    assert Polarity.RISE_WANTED.in_words == "More reporting is better (a rise can be good)"
    assert all(each.in_words for each in (*Polarity, *ContentKind, *Perspective))
    assert len(Accumulation) == 4
