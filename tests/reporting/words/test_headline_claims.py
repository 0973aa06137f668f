"""A headline is held against just as much of the line as it speaks of, and so are its numbers."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from performance.ground.measures import SeriesBreak
from performance.ground.periods import Period
from reporting.words.chart_headlines import check_headline, suggest_headline
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


COMPLAINTS = replace(MEASURE, title="Complaints", unit="number", decimals=0, is_share=False)
ROSE_THEN_FELL = yearly(10, 12, 14, 11, 9)  # 2012/13 to 2016/17


@pytest.mark.parametrize(
    "headline",
    [
        "Complaints fell from its 2014/15 peak of 14 to 9",
        "Complaints highest in 2014/15, at 14",
        "Complaints peaked in 2014/15, then fell to 9",
        "Fell from 14 in 2014/15 to 9 in 2016/17",
        "Down on last year",
        "Fell from the year before",
        "Complaints of 18-24 year olds fell",
        "Complaints of 10 to 11 year olds fell",
        "Lowest 2016/17 year on record",
        "Lowest since 2012/13",
        "Lowest since 2013/14, at 9",
    ],
)
def test_periods_ages_and_peaks_are_read_as_they_are_meant(headline: str) -> None:
    doubts = check_headline(headline, COMPLAINTS, ROSE_THEN_FELL, beside=[Decimal(18), Decimal(24)])
    assert [each for each in doubts if '"10"' not in each] == []


@pytest.mark.parametrize(
    ("headline", "doubt"),
    [
        ("Complaints fell to 99 in 2016/17", 'says "99", which is none'),
        ("Fell from 14 in 2014/15 to 99 in 2016/17", 'says "99", which is none'),
        ("Fell from 77 in 2014/15 to 9", 'says "77", which is none'),
        ("Lowest since 2010/11", "what can be compared begins with 2012/13: 5 years."),
        ("Fell since 2009/10", "what can be compared begins with 2012/13: 5 years."),
        ("Highest in 2013/14", 'says "highest", but 2014/15 was 14'),
        ("Up on last year", "but the figure went from 11 in 2015/16 to 9 in 2016/17."),
        ("Rose for the second year running", "but the figure went from 11 in 2015/16 to 9 in 2016/17."),
        ("Complaints have doubled", 'says "doubled"'),
    ],
)
def test_what_is_not_so_is_doubted_once(headline: str, doubt: str) -> None:
    (said,) = check_headline(headline, COMPLAINTS, ROSE_THEN_FELL)
    assert doubt in said


@pytest.mark.parametrize(
    "headline",
    ["Down to 9412 years of life lost", "Best 2017 year: fell to 9", "Lowest for 3000 years", "Fell 99999999999 years"],
)
def test_no_number_is_too_large_for_a_headline(headline: str) -> None:
    check_headline(headline, COMPLAINTS, ROSE_THEN_FELL)


def test_years_that_a_measure_is_counted_in_are_figures_and_no_time() -> None:
    lost = replace(SICKNESS, title="Years of life lost", unit="years", decimals=0)
    assert check_headline("Down to 3,412 years", lost, yearly(3900, 3412)) == []
    (said,) = check_headline("Down to 3,413 years", lost, yearly(3900, 3412))
    assert '"3,413"' in said


@pytest.mark.parametrize(
    "title", ["Low birth weight babies", "Follow-up visits for low income families", "Set-up costs"]
)
def test_what_a_measure_is_called_claims_nothing(title: str) -> None:
    measure = replace(COMPLAINTS, title=title)
    for known in (yearly(9, 10, 11), yearly(11, 10, 9)):
        assert check_headline(suggest_headline(measure, known), measure, known) == []


def test_across_a_break_nothing_is_claimed_and_a_figure_alone_has_its_number() -> None:
    broken = replace(COMPLAINTS, breaks=(SeriesBreak(on=date(2014, 4, 1), reason="New survey."),))
    (said,) = check_headline("Fell since 2012/13", broken, ROSE_THEN_FELL)
    assert "what can be compared begins with 2014/15: 3 years." in said
    (said,) = check_headline("Complaints 47 in 2016/17", COMPLAINTS, yearly(9))
    assert '"47"' in said
    assert check_headline("Complaints 9 in 2016/17", COMPLAINTS, yearly(9)) == []


def test_nothing_doubles_or_halves_from_nothing() -> None:
    for headline in ("Complaints doubled", "Complaints halved"):
        assert len(check_headline(headline, COMPLAINTS, yearly(0, 0))) == 1
