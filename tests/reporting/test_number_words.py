"""How a figure was made, said so that anyone can make it again."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

from performance.figures import Figure, FigureStatus
from performance.measures import Accumulation, Measure, Polarity
from performance.periods import Frequency, Period
from performance.values import Absence
from reporting.number_words import number_in_words

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
