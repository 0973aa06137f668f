"""The classes of a map."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.review.wards.classes import CLASSES, class_bounds, class_of

NUMBERS = st.lists(st.decimals(min_value=0, max_value=10_000, places=1, allow_nan=False), min_size=1, max_size=60)


def test_twenty_wards_fall_into_five_classes_with_readable_bounds() -> None:
    assert class_bounds([Decimal(number) for number in range(1, 21)]) == (5, 9, 13, 17)


@pytest.mark.parametrize("values", [[], ["3"], ["7", "7", "7"]], ids=["no values", "one value", "all alike"])
def test_values_that_do_not_differ_make_one_class(values: list[str]) -> None:
    assert class_bounds([Decimal(value) for value in values]) == ()


def test_a_value_on_a_bound_belongs_to_the_class_above() -> None:
    bounds = (Decimal(5), Decimal(10))
    assert [class_of(Decimal(value), bounds) for value in ("4.9", "5", "9.9", "10", "11")] == [0, 1, 1, 2, 2]


@given(NUMBERS)
def test_every_value_has_a_class_and_bounds_rise(values: list[Decimal]) -> None:
    bounds = class_bounds(values)
    assert list(bounds) == sorted(set(bounds))
    assert len(bounds) < CLASSES
    assert all(0 <= class_of(value, bounds) <= len(bounds) for value in values)
