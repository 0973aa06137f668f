"""Numbers as printed, and the reasons there are none."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.values import Absence, round_half_up, round_half_up_all, rounded


@pytest.mark.parametrize(
    ("number", "decimals", "printed"),
    [
        ("0.5", 0, "1"),
        ("1.5", 0, "2"),
        ("2.5", 0, "3"),
        ("-0.5", 0, "-1"),
        ("-2.5", 0, "-3"),
        ("1.005", 2, "1.01"),
        ("2.675", 2, "2.68"),
        ("-0.4", 0, "0"),
        ("0", 1, "0.0"),
        ("94.949", 1, "94.9"),
        ("1E+3", 0, "1000"),
    ],
)
def test_halves_are_rounded_away_from_zero(number: str, decimals: int, printed: str) -> None:
    assert str(round_half_up(Decimal(number), decimals)) == printed


def test_an_absence_stays_itself() -> None:
    assert rounded(Absence.NOT_DUE, 1) is Absence.NOT_DUE


def test_an_allowed_reason_is_provided_and_silence_is_not() -> None:
    provided = {absence for absence in Absence if absence.is_provided}
    assert provided == {Absence.NOT_APPLICABLE, Absence.NOT_PUBLISHED, Absence.SUPPRESSED}
    assert all(absence.in_words for absence in Absence)


@given(numbers=st.lists(st.floats(-1e12, 1e12), min_size=1, max_size=5), decimals=st.integers(0, 4))
def test_many_numbers_at_once_are_printed_as_each_would_be_alone(numbers, decimals) -> None:
    for number, printed in zip(numbers, round_half_up_all(numbers, decimals), strict=True):
        assert abs(printed - Decimal(number)) <= Decimal("0.5").scaleb(-decimals) + Decimal(abs(number)) / 10**14
        assert printed.as_tuple().exponent == -decimals


def test_a_large_number_among_them_leaves_the_small_ones_their_digits() -> None:
    assert round_half_up_all([1e10, 1.00549], 3) == [Decimal("10000000000.000"), Decimal("1.005")]


@given(halves=st.integers(-10_000, 10_000), decimals=st.integers(0, 3))
def test_a_half_goes_away_from_zero_whatever_dust_a_double_has(halves, decimals) -> None:
    exact = (Decimal(halves) + Decimal("0.5")).scaleb(-decimals)
    assert round_half_up_all([float(exact) * (1 - 1e-15)], decimals) == [round_half_up(exact, decimals)]
