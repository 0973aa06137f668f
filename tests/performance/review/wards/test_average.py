"""The average ward and counts per head: of counts alone, and never so that a hidden one could be worked out."""

from decimal import Decimal

import pytest

from performance.ground.periods import Period
from performance.ground.values import Absence, Value
from performance.review.wards.average import (
    average_in_words,
    average_ward,
    average_wards,
    made_of_in_words,
    per_head,
    per_head_in_words,
)
from tests.performance.builders import a_measure, a_share

HIDDEN, MISSING = Absence.SUPPRESSED, Absence.NOT_PROVIDED


@pytest.mark.parametrize(
    ("wards", "whole", "expected"),
    [
        pytest.param((10, 20, 33), 63, 21, id="of all wards"),
        pytest.param((10, 20, 33), None, 21, id="without the council's figure"),
        pytest.param((0, 0), 0, 0, id="of nothing"),
        pytest.param((HIDDEN, HIDDEN, 30), 42, 14, id="hidden wards: of the council's figure"),
        pytest.param((HIDDEN, HIDDEN, 30), HIDDEN, None, id="which may be hidden itself"),
        pytest.param((HIDDEN, HIDDEN, 30), None, None, id="or not held"),
        pytest.param((10, MISSING, 30), 60, None, id="of some wards only"),
        pytest.param((HIDDEN, MISSING, 30), 60, None, id="hidden and missing"),
        pytest.param((HIDDEN, 90, 110), 100, None, id="an index: wards shown come to more than the council"),
        pytest.param((), 60, None, id="no wards"),
    ],
)
def test_the_average_ward(wards: tuple[Value | int, ...], whole: Value | int | None, expected: int | None) -> None:
    values = [Decimal(each) if isinstance(each, int) else each for each in wards]
    found = average_ward(a_measure(), values, Decimal(whole) if isinstance(whole, int) else whole)
    assert found == (None if expected is None else Decimal(expected))


def test_averages_that_are_compared_are_made_in_one_way() -> None:
    shown, hidden = [Decimal(10), Decimal(20)], [HIDDEN, HIDDEN]
    apart = average_wards(a_measure(), (shown, Decimal(36)), (shown, Decimal(38)))
    assert apart == [15, 15]
    assert average_wards(a_measure(), (shown, Decimal(36)), (hidden, Decimal(38))) == [18, 19]
    assert average_wards(a_measure(), (shown, None), (hidden, Decimal(38))) == [None, 19]
    assert average_wards(a_measure(unit="days"), (shown, Decimal(36)), (hidden, Decimal(38))) == [None, None]


@pytest.mark.parametrize("unit", ["score", "days", "years", "percent"])
def test_what_wards_do_not_add_up_to_has_no_average_and_no_rate(unit: str) -> None:
    measure = a_measure(unit=unit)
    assert average_ward(measure, [Decimal(1), Decimal(3)], Decimal(2)) is None
    assert per_head(measure, Decimal(1), Decimal(1000)) is None
    assert average_ward(a_share(), [Decimal(1), Decimal(3)], Decimal(2)) is None


def test_per_head_needs_a_count_that_may_be_shown_and_residents() -> None:
    assert per_head(a_measure(), Decimal(21), Decimal(14000)) == Decimal("1.5")
    for count, residents in (
        (HIDDEN, Decimal(14000)),
        (None, Decimal(1)),
        (Decimal(21), None),
        (Decimal(1), Decimal(0)),
    ):
        assert per_head(a_measure(), count, residents) is None
    assert per_head(a_measure(unit="pounds"), Decimal(21), Decimal(14000)) is None


def test_both_are_printed_with_one_decimal_at_least() -> None:
    assert average_in_words(a_measure(), Decimal("1234.55")) == "1,234.6"
    assert average_in_words(a_measure(decimals=2), Decimal("1.555")) == "1.56"
    assert average_in_words(a_measure(unit="pounds"), Decimal("1234.5")) == "£1,235"
    assert per_head_in_words(Decimal("1500"), None) == "1,500.0 per 1,000 residents"
    assert per_head_in_words(Decimal("1.55"), Period.month(2016, 6)) == "1.6 per 1,000 residents of June 2016"


def test_an_average_says_where_hidden_wards_are_in_it() -> None:
    shown = [Decimal(10), Decimal(20)]
    assert made_of_in_words(Decimal(15), shown, "Testing") == ""
    assert made_of_in_words(Decimal(15), [*shown, HIDDEN], "Testing") == " (Testing's figure over its wards)"
    assert made_of_in_words(None, [HIDDEN], "Testing") == ""
