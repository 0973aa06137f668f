"""Sentences about a line say what the line shows: headline, alternative text and doubts over the same figures."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.measures import Accumulation, Measure, SeriesBreak
from performance.ground.periods import Period
from performance.ground.values import Absence
from performance.report.annual import ChartKind
from reporting.documents.annual import Drawn, chart_page, describe
from reporting.words.chart_headlines import check_headline, suggest_headline
from reporting.words.movement import movement
from tests.reporting.documents.test_images import MEASURE

SMOKE = replace(MEASURE, title="Adults who smoke")
IN_WORK = {Period.year(2011 + step): Decimal(number) for step, number in enumerate(
    ("61.3", "62.0", "63.5", "65.2", "64.9", "64.1"))}  # fmt: skip


def alt(measure: Measure, numbers: dict[Period, Decimal]) -> str:
    return describe(measure, [Drawn(name="Testing", values=dict(numbers))], kind=ChartKind.LINE, place="Testing")


def test_a_line_that_rose_is_not_down_because_its_last_step_is() -> None:
    measure = replace(MEASURE, title="Residents in work")
    assert suggest_headline(measure, IN_WORK) == "Residents in work: up from 61.3% in 2011/12 to 64.1%"
    assert "It rose from 61.3% in 2011/12 to 64.1% in 2016/17; highest 65.2% in 2014/15." in alt(measure, IN_WORK)
    (doubt,) = check_headline("Residents in work down to 64.1%", measure, IN_WORK)
    assert doubt == 'The headline says "fell", but the figure went from 61.3% in 2011/12 to 64.1% in 2016/17.'
    assert check_headline("In work: down to 64.1% since 2014/15", measure, IN_WORK) == []


def test_a_total_to_date_is_held_against_the_same_month_of_other_years() -> None:
    measure = replace(MEASURE, title="Council tax collected", accumulation=Accumulation.CUMULATIVE)
    months = {Period.month(2016, 4): "9.4", Period.month(2017, 2): "95", Period.month(2017, 3): "97"}
    numbers = {period: Decimal(text) for period, text in (months | {Period.month(2017, 4): "9.6"}).items()}
    assert suggest_headline(measure, numbers) == "Council tax collected: up to 9.6% in Apr 2017"
    assert "It rose from 9.4% in Apr 2016 to 9.6% in Apr 2017." in alt(measure, numbers)
    del numbers[Period.month(2016, 4)]
    assert suggest_headline(measure, numbers) == "Council tax collected: 9.6% in Apr 2017"
    assert "It was 9.6% in Apr 2017." in alt(measure, numbers)


def test_nothing_is_said_across_a_break_in_the_series() -> None:
    measure = replace(MEASURE, title="In work", breaks=(SeriesBreak(on=date(2015, 4, 1), reason="New survey."),))
    assert suggest_headline(measure, IN_WORK) == "In work: down from 64.9% in 2015/16 to 64.1%"
    assert "It fell from 64.9% in 2015/16 to 64.1% in 2016/17." in alt(measure, IN_WORK)
    assert "Figures from 1 April 2015 cannot be compared with earlier ones." in alt(measure, IN_WORK)
    late = replace(measure, breaks=(SeriesBreak(on=date(2016, 4, 1), reason="New survey."),))
    assert check_headline("More people rose", late, IN_WORK) == [
        'The headline says "rose", but nothing can be compared.'
    ]
    # A year in which the series breaks stands by itself, since it is neither the one nor the other.
    within = replace(measure, breaks=(SeriesBreak(on=date(2016, 9, 1), reason="New survey."),))
    assert suggest_headline(within, IN_WORK) == "In work: 64.1% in 2016/17"
    assert "It was 64.1% in 2016/17." in alt(within, IN_WORK)


NUMBERS = st.lists(st.none() | st.integers(0, 1000), min_size=1, max_size=30)


@pytest.mark.parametrize("accumulation", [Accumulation.IN_PERIOD, Accumulation.CUMULATIVE])
@given(numbers=NUMBERS, broken=st.integers(0, 40), day=st.sampled_from((1, 15)))
def test_every_sentence_is_true_of_the_line_as_it_is_drawn(
    accumulation: Accumulation, numbers: list[int | None], broken: int, day: int
) -> None:
    begins = Period.month(2014, 4)
    on = begins.shifted(broken).start.replace(day=day)
    measure = replace(SMOKE, accumulation=accumulation, breaks=(SeriesBreak(on=on, reason="New."),), is_share=False)
    known = {begins.shifted(step): Decimal(n) / 10 for step, n in enumerate(numbers) if n is not None}
    moved, said, drawn = (
        movement(measure, known),
        suggest_headline(measure, known),
        alt(measure, known) if known else "",
    )
    if moved is None:
        assert not {"up", "down", "lowest", "highest"} & set(said.replace(",", "").split())
        assert "rose" not in drawn
        assert "fell" not in drawn
        return
    assert all(each.start >= on for each in moved.known) or moved.last.end < on
    went = moved.now - moved.then()
    words = set(said.replace(",", "").lower().split())
    assert ("up" in words, "down" in words) == (went > 0, went < 0)
    assert (" rose " in drawn, " fell " in drawn) == (went > 0, went < 0)
    assert "lowest" not in words or all(moved.now < n for p, n in moved.known.items() if p != moved.last)
    assert "highest" not in words or all(moved.now > n for p, n in moved.known.items() if p != moved.last)
    assert not [doubt for doubt in check_headline(said, measure, known) if "but the figure" in doubt or "but " in doubt]


def test_a_year_without_a_figure_is_said() -> None:
    gap = {period: number for period, number in IN_WORK.items() if period != Period.year(2013)}
    drawn = Drawn(name="Testing", values=gap | {Period.year(2013): Absence.NOT_PROVIDED})
    said = describe(SMOKE, [drawn], kind=ChartKind.LINE, place="Testing")
    assert "2013/14 has no figure." in said
    assert "no figure" not in alt(SMOKE, IN_WORK)


@pytest.mark.parametrize(
    ("headline", "subtitle"),
    [
        ("Fewer smoke", "Adults who smoke, percent, Testing, 2011/12 to 2016/17"),
        ("Adults who smoke: up to 64.1%", "Percent, Testing, 2011/12 to 2016/17"),
        ("In Testing, adults who smoke, at last", "Percent, 2011/12 to 2016/17"),
        ("Adults who smokescreen", "Adults who smoke, percent, Testing, 2011/12 to 2016/17"),
    ],
)
def test_what_the_headline_says_the_line_beneath_does_not_say_again(headline: str, subtitle: str) -> None:
    page = chart_page(
        SMOKE, [Drawn(name="Testing", values=dict(IN_WORK))], kind=ChartKind.LINE, headline=headline, place="Testing",
        council="Testing", known_on=date(2017, 11, 10),
    )  # fmt: skip
    assert page.subtitle == subtitle
