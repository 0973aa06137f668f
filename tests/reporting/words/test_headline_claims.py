"""A headline is held against just as much of the line as it speaks of, and so are its numbers."""

from dataclasses import replace
from decimal import Decimal

import pytest

from performance.ground.periods import Period
from reporting.words.chart_headlines import check_headline
from tests.reporting.documents.test_images import MEASURE

SICKNESS = replace(MEASURE, title="Days lost for each employee aged 16 to 64", unit="days", decimals=1, is_share=False)


def monthly(*values: float) -> dict[Period, Decimal]:
    """Figures of months, the last of them March 2015."""
    first = Period.month(2015, 3).shifted(1 - len(values))
    return {first.shifted(step): Decimal(str(value)) for step, value in enumerate(values)}


def yearly(*values: float) -> dict[Period, Decimal]:
    """Figures of years, the last of them 2016/17."""
    return {Period.year(2017 - len(values) + step): Decimal(str(value)) for step, value in enumerate(values)}


# Lower once, 22 months before the last; then higher until it falls to 9.0.
ONCE_LOWER = monthly(*[10.0] * 17, 8.8, *[10.0] * 21, 9.0)


@pytest.mark.parametrize(
    "headline",
    [
        "Sickness at its lowest for 22 months",
        "Sickness: lowest for a year",
        "Lowest in twelve months",
        "Sickness fell over three years",
        "Sickness lowest since Aug 2013",
        "Sickness lowest since June 2013",
    ],
)
def test_a_claim_is_held_against_the_time_it_speaks_of_and_no_more(headline: str) -> None:
    assert check_headline(headline, SICKNESS, ONCE_LOWER) == []


@pytest.mark.parametrize(
    ("headline", "doubt"),
    [
        ("Lowest for three years", 'says "lowest for three years", but May 2013 was 8.8 days.'),
        ("Lowest for 23 months", 'says "lowest for 23 months", but May 2013 was 8.8 days.'),
        ("Lowest since Apr 2013", 'says "lowest", but May 2013 was 8.8 days.'),
        ("Sickness at its lowest", 'says "lowest", but May 2013 was 8.8 days.'),
        ("Highest for a quarter", 'says "highest for a quarter", but Feb 2015 was 10.0 days.'),
        ("Sickness rose over two years", 'says "rose", but the figure went from 10.0 days in Apr 2013 to 9.0 days in'),
        ("Fell for a decade", 'says "fell" and "a decade", but what can be compared begins with Dec 2011: 40 months.'),
        (
            "Fell for the second month running",
            'says "fell" and "second month running", but the figures say so of the last',
        ),
        (
            "Three consecutive months down",
            'says "fell" and "Three consecutive months", but the figures say so of the last 1',
        ),
    ],
)
def test_a_claim_over_a_time_is_doubted_with_what_the_figures_say_of_it(headline: str, doubt: str) -> None:
    (said,) = check_headline(headline, SICKNESS, ONCE_LOWER)
    assert doubt in said


def test_the_lowest_of_a_line_that_is_too_short_is_not_the_lowest_for_longer() -> None:
    falling = monthly(*[12.0] * 21, 9.0)
    (said,) = check_headline("Sickness: lowest for three years", SICKNESS, falling)
    assert said == (
        'The headline says "lowest" and "three years", but what can be compared begins with Jun 2013: 22 months.'
    )
    (said,) = check_headline("Lowest for five years", SICKNESS, yearly(5, 4, 3))
    assert said.endswith("begins with 2014/15: 3 years.")


def test_steps_that_go_one_way_are_counted() -> None:
    falling = monthly(8, 9, 12, 11, 10, 9)
    assert check_headline("Sickness down three months in a row", SICKNESS, falling) == []
    assert check_headline("Sickness down for the third month running", SICKNESS, falling) == []
    (said,) = check_headline("Sickness down for the fourth month running", SICKNESS, falling)
    assert "of the last 3 only" in said


def test_years_may_be_counted_as_steps_or_as_years() -> None:
    assert check_headline("Fell over five years", SICKNESS, yearly(9, 8, 7, 7, 6)) == []
    assert check_headline("Fell over four years", SICKNESS, yearly(9, 8, 7, 7, 6)) == []


@pytest.mark.parametrize(
    "headline",
    [
        "Sickness fell to 9.0 days",
        "Sickness fell to 9 days",
        "Sickness fell by 3 days, or 25%",
        "Sickness fell from 12.0 days in 2014/15 to 9.0",
        "Down from 12 in 2014",
        "2 in 3 teams fell",
        "Sickness of staff aged 16 to 64 fell",
        "Below the 8.4 days of England, and down",
        "Down on the 3rd floor",
    ],
)
def test_a_number_that_is_one_of_the_figures_is_not_doubted(headline: str) -> None:
    """Rounded as it may be; how far it moved; another's that is drawn; or none of the figures at all."""
    assert check_headline(headline, SICKNESS, yearly(12, 11, 9), beside=[Decimal("8.42")]) == []


@pytest.mark.parametrize(
    ("headline", "typed"),
    [
        ("Sickness fell to 9.1 days", "9.1"),
        ("Sickness fell by 30%", "30%"),
        ("Down to 90 days", "90"),
        ("Down to 8.4, below England", "8.4"),
    ],
)
def test_a_number_that_is_none_of_the_figures_is_doubted(headline: str, typed: str) -> None:
    (said,) = check_headline(headline, SICKNESS, yearly(12, 11, 9))
    assert said == f'The headline says "{typed}", which is none of the figures and no difference of theirs.'


def test_a_sum_in_millions_is_read_as_one() -> None:
    spent = replace(SICKNESS, title="Spent on roads", unit="pounds", decimals=0)
    known = yearly(4_812_300, 3_249_900)
    for said in ("Down to £3.2m", "Down to £3.25 million", "Down to £3,249,900", "Down to 3,250 thousand"):
        assert check_headline(said, spent, known) == [], said
    (doubt,) = check_headline("Down to £3.3m", spent, known)
    assert '"£3.3m"' in doubt
