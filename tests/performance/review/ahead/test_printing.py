"""Many doubles printed at once are printed as each would be alone."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from performance.ground.values import round_half_up
from performance.review.ahead.printing import print_all


@given(numbers=st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=5), decimals=st.integers(0, 4))
def test_many_numbers_at_once_are_printed_as_each_would_be_alone(numbers, decimals) -> None:
    for number, printed in zip(numbers, print_all(numbers, decimals), strict=True):
        assert abs(printed - Decimal(number)) <= Decimal("0.5").scaleb(-decimals) + Decimal(abs(number)) / 10**14
        assert printed.as_tuple().exponent == -decimals


def test_a_large_number_among_them_leaves_the_small_ones_their_digits() -> None:
    assert print_all([1e10, 1.00549], 3) == [Decimal("10000000000.000"), Decimal("1.005")]


@given(halves=st.integers(-10_000, 10_000), decimals=st.integers(0, 3))
def test_a_half_goes_away_from_zero_whatever_dust_a_double_has(halves, decimals) -> None:
    exact = (Decimal(halves) + Decimal("0.5")).scaleb(-decimals)
    assert print_all([float(exact) * (1 - 1e-15)], decimals) == [round_half_up(exact, decimals)]


def test_no_minus_stands_before_nothing_and_the_largest_keep_their_digits() -> None:
    assert [str(each) for each in print_all([-0.0, -0.04, 1e15], 1)] == ["0.0", "0.0", "1000000000000000.0"]


def test_those_that_print_alike_are_one_object() -> None:
    first, second, third = print_all([1.01, 1.02, 1.5], 1)
    assert first is second
    assert first != third
