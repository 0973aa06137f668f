"""Numbers as printed, and the reasons there are none."""

from decimal import Decimal

import pytest

from performance.ground.values import Absence, round_half_up, rounded


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
