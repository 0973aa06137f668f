"""What is unusual about a possible figure: every question of the catalogue, and none about the usual."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.ground.measures import Accumulation
from performance.ground.periods import Frequency, parse_period
from performance.ground.reckoning.unusual import Check, CheckLimits, questions
from performance.ground.values import Absence
from tests.performance.builders import a_figure, a_measure, a_share, months


def ask(measure, entry, history, period: str = "2017-10") -> list[str]:
    return [problem.message for problem in questions(measure, a_figure(entry, period), history)]


RATES = months(["95.1", "96.4", "95.7", "96.2"], "2017-06")


@pytest.mark.parametrize(
    ("measure", "entry", "history", "asked"),
    [
        pytest.param(
            a_share(), "0.965", RATES, "Check: you entered 0.965%. Last month was 96.2%. Did you mean 96.5%?",
            id="a share typed as a fraction",
        ),
        pytest.param(
            a_measure(), "9600", months(["940", "960"], "2017-08"),
            "Check: you entered 9,600. Last month was 960. Did you mean 960?", id="ten times too much",
        ),
        pytest.param(
            a_measure(decimals=1), "9.4", months(["9.4"], "2017-09"),
            "Check: this is exactly the same as September (9.4). Confirm it or change it", id="unchanged",
        ),
        pytest.param(
            a_measure(accumulation=Accumulation.CUMULATIVE), "1180", months(["1204"], "2017-09"),
            "Check: the year-to-date total fell from 1,204 to 1,180. Totals to date should not fall",
            id="a total to date that goes down",
        ),
        pytest.param(
            a_measure(), "788",
            months(["660"], "2014-10") | months(["671"], "2015-10") | months(["680"], "2016-10"),
            "Check: 788 is outside the usual range of 635 to 707. Confirm it or change it",
            id="far from the same month in earlier years",
        ),
    ],
)  # fmt: skip
def test_the_unusual_is_questioned(measure, entry: str, history, asked: str) -> None:
    assert ask(measure, entry, history) == [asked]


@pytest.mark.parametrize(
    ("measure", "entry", "history", "period"),
    [
        pytest.param(a_share(), "96.5", RATES, "2017-10", id="as usual"),
        pytest.param(a_share(), "96.5", {}, "2017-10", id="no history"),
        pytest.param(a_measure(), "0", months(["0"], "2017-09"), "2017-10", id="still none of a rare event"),
        pytest.param(a_share(), ("5", "5"), months([("9", "9")], "2017-09"), "2017-10", id="still all of them"),
        pytest.param(
            a_measure(accumulation=Accumulation.CUMULATIVE), "9", months(["99"], "2017-03"), "2017-04", id="a new year"
        ),
        pytest.param(a_measure(), "5", months(["50"], "2017-11"), "2017-10", id="a later figure is no history"),
        pytest.param(a_measure(), "40", months(["3", "60", "12"], "2017-07"), "2017-10", id="within a wide range"),
    ],
)
def test_the_usual_is_not(measure, entry, history, period: str) -> None:
    assert ask(measure, entry, history, period) == []


def test_an_absence_is_not_questioned() -> None:
    assert ask(a_share(), Absence.NOT_PUBLISHED, RATES) == []


def test_a_new_five_year_cycle_may_begin_below_the_last() -> None:
    measure = a_share(accumulation=Accumulation.CUMULATIVE, frequency=Frequency.QUARTERLY, cycle_months=60)
    quarters = list(parse_period("2013-04-01/P5Y").split(3))
    history = {quarter: a_figure(str(number + 1), quarter) for number, quarter in enumerate(quarters)}
    assert ask(measure, "2", history, "2018-04-01/P3M") == []


@pytest.mark.parametrize(
    ("measure", "entry", "history", "check"),
    [
        pytest.param(a_share(), "0.965", RATES, Check.SLIP, id="a fraction"),
        pytest.param(a_share(), ("41", "4380"), RATES, Check.SLIP, id="a count with a digit too many"),
        pytest.param(a_share(), "0.965", {}, Check.SLIP, id="a fraction of which nothing is known"),
        pytest.param(
            a_share(accumulation=Accumulation.CUMULATIVE), "0.283",
            months(["28.1"], "2015-04") | months(["28.4"], "2016-04"), Check.SLIP,
            id="a running total is held against the same month before",
        ),
        pytest.param(a_measure(accumulation=Accumulation.CUMULATIVE), "9", months(["10"], "2017-09"), Check.FELL,
                     id="a total that fell"),
    ],
)  # fmt: skip
def test_a_question_names_its_rule(measure, entry, history, check: Check) -> None:
    period = "2017-04" if check is Check.SLIP and measure.accumulation is Accumulation.CUMULATIVE else "2017-10"
    assert [each.check for each in questions(measure, a_figure(entry, period), history)] == [check]


def test_counts_with_a_digit_too_many_are_shown_with_what_they_come_to() -> None:
    assert ask(a_share(), ("412", "4380"), RATES) == [
        "Check: 412 of 4,380 comes to 9.4%. Last month was 96.2%. Confirm it or change it"
    ]


@pytest.mark.parametrize(
    ("entry", "history"),
    [
        pytest.param("1", {}, id="one percent is no fraction"),
        pytest.param("0", {}, id="none is no fraction"),
        pytest.param(("1", "200"), {}, id="counts are not typed as a fraction"),
        pytest.param("0.4", months(["0.3", "0.5"], "2017-08"), id="rare here"),
    ],
)
def test_a_small_share_is_not_a_fraction(entry, history) -> None:
    assert ask(a_share(), entry, history) == []


@pytest.mark.parametrize(
    ("before", "running", "asked"),
    [
        (["9"], 1, "Check: this is exactly the same as September (9). Confirm it or change it"),
        (["9", "9", "9"], 3, "Check: this is exactly the same as every period since July (9). Confirm it or change it"),
        (["8", "9", "9"], 3, None),
        (["9", "9"], 3, None),
    ],
)
def test_how_long_a_figure_may_stay_the_same_is_the_councils_to_say(before, running: int, asked: str | None) -> None:
    history = months(before, f"2017-{10 - len(before):02d}")
    found = questions(a_measure(), a_figure("9", "2017-10"), history, limits=CheckLimits(unchanged_periods=running))
    assert [each.message for each in found] == ([asked] if asked else [])


def test_same_as_last_month_by_choice_is_not_asked_about() -> None:
    same = months(["9"], "2017-09")
    assert questions(a_measure(), a_figure("9", "2017-10"), same, without={Check.UNCHANGED}) == []


@pytest.mark.parametrize(("multiple", "is_asked"), [("4", True), ("12", False)])
def test_how_far_is_unusual_is_the_councils_to_say(multiple: str, is_asked: bool) -> None:
    history = months(["660"], "2014-10") | months(["671"], "2015-10") | months(["680"], "2016-10")
    limits = CheckLimits(usual_range=Decimal(multiple))
    assert bool(questions(a_measure(), a_figure("770", "2017-10"), history, limits=limits)) is is_asked


@pytest.mark.parametrize(
    ("measure", "total", "asked"),
    [
        pytest.param(a_measure(), "1180", ["Check: the wards add up to 1,180, not 1,204. Confirm it or change it"],
                     id="counts that do not add up"),
        pytest.param(a_measure(), "1204", [], id="counts that do"),
        pytest.param(a_measure(), None, [], id="not every ward is there"),
        pytest.param(a_measure(unit="per 1,000"), "99", [], id="rates never add up"),
        pytest.param(a_measure(unit="score"), "99", [], id="scores never add up"),
        pytest.param(a_measure(unit="days"), "99", [], id="waits never add up"),
    ],
)  # fmt: skip
def test_wards_are_held_against_the_city(measure, total: str | None, asked: list[str]) -> None:
    ward_total = None if total is None else Decimal(total)
    found = questions(measure, a_figure("1204", "2017-10"), {}, ward_total=ward_total)
    assert [each.message for each in found] == asked


def test_the_usual_range_of_a_share_never_passes_all_of_it() -> None:
    history = months(["99"], "2014-10") | months(["91"], "2015-10") | months(["95"], "2016-10")
    assert ask(a_share(), "60", history) == [
        "Check: 60.0% is outside the usual range of 79.0% to 100.0%. Confirm it or change it"
    ]


def test_a_value_that_prints_as_the_end_of_the_usual_range_is_within_it() -> None:
    """707.4 prints 707, and so does the end of the range: nobody could see what is doubted."""
    history = months(["660"], "2014-10") | months(["671"], "2015-10") | months(["680"], "2016-10")
    assert ask(a_measure(), "707.4", history) == []
    assert "outside the usual range of 635 to 707" in ask(a_measure(), "707.5", history)[0]


def test_a_unit_in_words_is_said_once_in_a_range() -> None:
    history = months(["60"], "2014-10") | months(["61"], "2015-10") | months(["62"], "2016-10")
    measure = a_measure(unit="per 100,000")
    assert "usual range of 57 to 65 per 100,000" in ask(measure, "90", history)[0]


NUMBERS = st.decimals(0, 10**6, places=3)


@given(
    value=NUMBERS,
    history=st.lists(NUMBERS, max_size=40),
    accumulation=st.sampled_from(Accumulation),
    is_share=st.booleans(),
    total=st.none() | NUMBERS,
)
def test_every_question_of_any_history_has_a_rule_a_field_and_one_sentence(
    value: Decimal, history: list[Decimal], accumulation: Accumulation, is_share: bool, total: Decimal | None
) -> None:
    measure = (a_share if is_share else a_measure)(accumulation=accumulation)
    figures = months([str(each) for each in history], "2014-06")
    found = questions(measure, a_figure(str(value), "2017-10"), figures, ward_total=total)
    assert len({each.check for each in found}) == len(found) <= 2
    for each in found:
        assert each.message.startswith("Check: ")
        assert each.field == "value"
        assert each.check.in_words
