"""A scorecard in two minutes: what is named under which heading, never twice, and what is asked."""

from dataclasses import replace
from decimal import Decimal

import pytest

from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.spc import Limits, PointType
from performance.review.ahead.forecast import Basis, Forecast
from performance.review.ahead.outlook import Outlook
from performance.review.brief import MOST, Brief, brief
from performance.review.told import Told, ToldCard, worst_first
from performance.review.variation import Variation
from tests.reporting.words.test_sentences import SEPTEMBER, a_line

LIMITS = Limits(
    mean=Decimal(10), lower=Decimal(5), upper=Decimal(15), near_lower=Decimal(7), near_upper=Decimal(13), points=24
)
YEAR = Period.year(2017)


def told(
    title: str, *, was: str = "10", now: str | None = "10", kind: PointType | None = None, red_ahead: str = ""
) -> Told:
    """A line with a target of 10, of which less is better; `red_ahead` is its chance of the year's target."""
    line = a_line(title, was=was, now=now)
    found = Variation(limits=LIMITS, kind=kind, assurance=None) if kind else None
    expected = Forecast(
        period=YEAR, value=Decimal(14), low=Decimal(12), high=Decimal(16), basis=Basis.RUN_RATE, behind=8,
        frequency=Frequency.MONTHLY,
    )  # fmt: skip
    outlook = Outlook(
        year=YEAR, forecast=expected, target=line.target, rag=Rag.RED, chance=Decimal(red_ahead), needed=None
    ) if red_ahead else None  # fmt: skip
    return Told(line=line, variation=found, outlook=outlook)


def said(*lines: Told) -> Brief:
    return brief(ToldCard(part="Waste", period=SEPTEMBER, lines=lines), "So it stands.")


def named(found: Brief, heading: str) -> list[str]:
    """The titles that the sentences under a heading begin with."""
    return [each.partition(":")[0] for each in dict(found.parts)[heading]]


def test_each_heading_names_what_is_its_own_and_nothing_twice() -> None:
    found = said(
        told("Red and real", was="10", now="20", kind=PointType.CONCERN),
        told("Red", was="20", now="20"),
        told("Better and real", was="20", now="5", kind=PointType.IMPROVEMENT),
        told("Green and better", was="9", now="8"),
        told("Green and as it was", was="8", now="8"),
        told("Green, but not for long", was="8", now="8", red_ahead="0.4"),
        told("Usual", was="8", now="9", kind=PointType.COMMON_CAUSE),
    )
    assert named(found, "Changes") == ["Red and real", "Better and real"]
    assert named(found, "Worries") == ["Red", "Green, but not for long"]
    assert named(found, "Improvements") == ["Green and better"]
    assert dict(found.parts)["Questions"] == (
        "What brings red back to its target, and by when?",
        "What brings red and real back to its target, and by when?",
    )


def test_at_most_three_are_named_the_worst_first() -> None:
    found = said(*(told(f"Red {number}", now=str(20 + number)) for number in range(5)))
    assert named(found, "Worries") == ["Red 4", "Red 3", "Red 2"]
    assert all(len(sentences) <= MOST for _, sentences in found.parts)
    real = said(*(told(f"Real {number}", now=str(20 + number), kind=PointType.CONCERN) for number in range(5)))
    assert named(real, "Changes") == ["Real 4", "Real 3", "Real 2"]
    assert named(real, "Worries") == ["Real 1", "Real 0"]


def test_one_question_of_each_kind_comes_before_a_second_of_any() -> None:
    found = said(
        told("Red", now="20"), told("Redder", now="30"), told("Missing", now=None),
        told("Slim", now="8", red_ahead="0.04"), told("Not so slim", now="8", red_ahead="0.3"),
    )  # fmt: skip
    assert dict(found.parts)["Questions"] == (
        "What brings redder back to its target, and by when?",
        "Why is there no figure of missing for September 2017?",
        "With 4% chance of its target at year end, does the target of slim still stand, or what will be done?",
    )


def test_a_real_improvement_is_told_as_one_though_its_newest_step_is_worse() -> None:
    real = [told(f"Real {number}", now=str(20 + number), kind=PointType.CONCERN) for number in range(3)]
    found = said(*real, told("Eased", was="5", now="6", kind=PointType.IMPROVEMENT))
    assert dict(found.parts)["Improvements"] == (
        "Eased: 6 in September 2017, target 10, green. A real change for the better.",
    )


def test_what_is_expected_red_has_the_chance_of_its_target() -> None:
    found = said(told("Green, but not for long", was="8", now="8", red_ahead="0.1"))
    (worry,) = dict(found.parts)["Worries"]
    assert worry.endswith("Red is expected at year end, with a chance of meeting its target of 10%.")


def test_what_is_narrowed_says_so() -> None:
    card = ToldCard(part="Waste", period=SEPTEMBER, lines=(), narrowed=("red", "finance"))
    assert brief(card, "So.").title == "In two minutes: Waste, September 2017 (only red, finance)"
    assert card.title == "Scorecard: Waste, September 2017 (only red, finance)"


def test_nothing_to_say_is_said() -> None:
    found = said(told("Green and as it was", was="8", now="8"))
    assert [len(sentences) for _, sentences in found.parts] == [1, 1, 1, 1]
    assert dict(found.parts)["Questions"] == ("Nothing asks for a question.",)
    assert said().opening == "So it stands. Of 0 measures: none."


def test_a_real_change_whose_figure_has_not_come_in_is_not_named() -> None:
    assert named(said(told("Gone", now=None, kind=PointType.CONCERN)), "Changes")[0].startswith("Nothing has really")


def test_it_is_a_plain_page() -> None:
    text = said(told("Red", was="10", now="20", kind=PointType.CONCERN)).text
    assert text.startswith("In two minutes: Waste, September 2017\n\nSo it stands. Of 1 measure: 1 red.\n\nCHANGES\n")
    assert "1. Red: 20 in September 2017, target 10, red. A real change for the worse.\n" in text
    assert text.endswith("\n")


@pytest.mark.parametrize(("title", "inside"), [("NHS checks", "NHS checks"), ("Checks", "checks")])
def test_a_title_inside_a_sentence_keeps_its_abbreviation(title: str, inside: str) -> None:
    (question, *_) = dict(said(told(title, now="20")).parts)["Questions"]
    assert question == f"What brings {inside} back to its target, and by when?"


def test_a_line_is_told_with_how_firm_it_is_and_what_is_expected() -> None:
    line = told("Red", now="20", red_ahead="0.004")
    assert (line.figure, line.year_end, line.expects_red) == ("20", "14, under 1% chance", True)
    firm = replace(line, line=replace(line.line, is_provisional=True))
    assert firm.figure == "20 (provisional)"
    known = replace(line, outlook=replace(line.outlook, forecast=replace(line.outlook.forecast, basis=Basis.KNOWN)))
    assert not known.expects_red
    assert told("Red").year_end == ""


def test_the_worst_comes_first() -> None:
    lines = [told("A", now="11"), told("B", now="30"), told("C", now="12", kind=PointType.CONCERN)]
    assert [each.measure.title for each in worst_first(lines)] == ["C", "B", "A"]


def test_a_scorecard_of_now_says_so() -> None:
    card = ToldCard(part="Waste", period=None, lines=())
    assert (card.title, card.opening) == ("Scorecard: Waste, now", "Now, each at its newest figure, ")
