"""How a figure was made, said so that anyone can make it again."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from performance.ground.figures import Figure, FigureStatus, Series
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.aggregation import aggregate
from performance.ground.values import Absence
from reporting.words.number_words import added_up_in_words, number_in_words

SEPTEMBER = Period.month(2017, 9)
MEASURE = Measure(
    code="CALLS", title="Calls answered", unit="percent", polarity=Polarity.HIGHER, multiplier=Decimal(100), decimals=1,
    accumulation=Accumulation.IN_PERIOD, frequency=Frequency.MONTHLY, unit_code="CUSTOMER", source="The call system",
    numerator_definition="Calls answered", denominator_definition="Calls offered",
)  # fmt: skip
FIGURE = Figure(
    measure_code="CALLS", area_code="E1", period=SEPTEMBER, numerator=Decimal(1250), denominator=Decimal(1300),
    revision=1, recorded_at=datetime(2017, 10, 5, 9, tzinfo=UTC), recorded_by="manager",
)  # fmt: skip
NAMES = {"manager": "Customer manager"}


def test_a_ratio_shows_its_counts_its_formula_and_who_recorded_it() -> None:
    assert number_in_words(MEASURE, FIGURE, known_as=NAMES) == [
        "96.2% for September 2017.",
        "1,250 (Calls answered) ÷ 1,300 (Calls offered) × 100, rounded half up to 1 decimal place.",
        "Recorded by Customer manager on 5 October 2017, revision 1.",
        "Source: The call system.",
    ]


def test_what_stood_before_is_told_newest_first() -> None:
    earlier = [replace(FIGURE, numerator=Decimal(number)) for number in (1100, 1200)]
    earlier[1] = replace(earlier[1], revision=2, recorded_at=None)
    said = number_in_words(MEASURE, replace(FIGURE, revision=3), earlier=earlier, known_as={})
    assert said[3:5] == [
        "Before that, revision 2: 92.3%.",
        "Before that, revision 1: 84.6%, recorded by manager on 5 October 2017.",
    ]


def test_a_provisional_figure_and_a_confirmed_check_say_so() -> None:
    figure = replace(FIGURE, status=FigureStatus.PROVISIONAL, confirmed_checks=("unusual", "gone by now"))
    said = " ".join(number_in_words(MEASURE, figure, known_as=NAMES))
    assert "It is provisional: the final figure follows as another revision." in said
    assert "A check questioned it and the service confirmed it: " in said
    assert "; gone by now." in said


def test_a_value_without_counts_and_a_count_alone() -> None:
    value = replace(FIGURE, numerator=None, denominator=None, value=Decimal("96.15"))
    assert number_in_words(MEASURE, value, known_as=NAMES)[1] == "Entered as a value, without counts."
    counted = replace(MEASURE, denominator_definition="", unit="number", multiplier=Decimal(1), decimals=0)
    figure = replace(FIGURE, denominator=None)
    assert number_in_words(counted, figure, known_as=NAMES)[:2] == [
        "1,250 for September 2017.", "Counted: Calls answered.",
    ]  # fmt: skip


def test_a_reason_in_place_of_a_figure_has_no_inputs() -> None:
    figure = replace(FIGURE, numerator=None, denominator=None, absence=Absence.NOT_PUBLISHED)
    said = number_in_words(MEASURE, figure, known_as=NAMES)
    assert len(said) == 3
    assert "÷" not in " ".join(said)
    assert "without counts" not in " ".join(said)


QUARTER = Period(start=date(2017, 7, 1), months=3)


def _added_up(measure: Measure, *figures: Figure) -> list[str]:
    series = Series(figures={each.period: each for each in figures}, targets={})
    return added_up_in_words(measure, series, aggregate(measure, series, QUARTER, today=date(2017, 11, 10)))


def test_a_quarter_of_a_ratio_adds_its_counts_up_and_says_how_firm_they_are() -> None:
    august = replace(FIGURE, period=Period.month(2017, 8), numerator=Decimal(10), denominator=Decimal(700), revision=2)
    assert _added_up(MEASURE, replace(FIGURE, status=FigureStatus.PROVISIONAL), august) == [
        "63.0% for Q2 (July to September) 2017/18, from 2 of 3 months.",
        "The counts of its periods added up: 1,260 (Calls answered) ÷ 2,000 (Calls offered) × 100, rounded half up to 1"
        " decimal place.",
        "Provisional: September 2017.",
        "Corrected since first recorded: 1 of its figures.",
        "Choose one of its periods to see who recorded it, when, and what stood there before.",
    ]


def test_a_quarter_of_percentages_without_counts_is_none_and_says_why() -> None:
    bare = replace(FIGURE, numerator=None, denominator=None, value=Decimal(90))
    said = _added_up(MEASURE, bare, replace(bare, period=Period.month(2017, 8)))
    assert said[1].startswith("There is none: figures without their counts cannot be added up")


def test_a_quarter_of_counts_is_their_sum_and_one_of_states_is_its_last() -> None:
    counted = replace(
        MEASURE, numerator_definition="", denominator_definition="", unit="number", multiplier=Decimal(1), decimals=0
    )
    figures = [
        replace(FIGURE, numerator=None, denominator=None, value=Decimal(number), period=Period.month(2017, month))
        for month, number in ((7, 9), (8, 7), (9, 1200))
    ]
    assert _added_up(counted, *figures)[:2] == [
        "1,216 for Q2 (July to September) 2017/18, from 3 of 3 months.", "Its periods added up: 9 + 7 + 1,200.",
    ]  # fmt: skip
    states = replace(counted, accumulation=Accumulation.SNAPSHOT)
    assert _added_up(states, *figures)[1] == (
        "It is the figure of September 2017: each says how things stood on a day."
    )
