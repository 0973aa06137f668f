"""What is written for an edition: figures by token, reds with their three parts, and what keeps it unpublished."""

from dataclasses import replace
from decimal import Decimal

import pytest

from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.spc import PointType
from performance.ground.values import Absence
from performance.report.frozen import FrozenLine, FrozenOutlook, FrozenPoint, FrozenProcess, FrozenToDate
from performance.report.pack import Pack, changed_since
from performance.report.tokens import FIELDS, fill
from performance.report.words import OF_PACK, OF_RED, Place, Said, Spot, story
from tests.performance.report.test_editions import COMPARATOR, EDITION, LINE, QUARTER

LINES = {LINE.measure_code: LINE}
RED = replace(LINE, rag=Rag.RED, heading="Worsening: down from 95.0%")
NOBODY = "a comparator or why there is none"
TOLD = "What happened: Fewer\nWhy: A lorry broke\nWhat next: A new lorry"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        pytest.param("It was {{WCP1063.value}}.", "It was 92.1%.", id="a value"),
        pytest.param("{{ WCP1063.target }}{{WCP1063.status}}", "95.0%amber", id="two, one with spaces"),
        pytest.param("{{WCP1063.period}}", QUARTER.in_words, id="a period"),
        pytest.param("A brace { alone }, and {none}", "A brace { alone }, and {none}", id="no token"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_a_token_says_what_is_frozen(text: str, said: str) -> None:
    filled = fill(text, LINES)
    assert (filled.text, filled.broken) == (said, ())


@pytest.mark.parametrize(
    ("text", "why"),
    [
        pytest.param("{{WCP9999.value}}", "there is no measure WCP9999 in it", id="no such measure"),
        pytest.param("{{WCP1063.valu}}", "nothing is called valu. Write one of value, target", id="no such field"),
        pytest.param("{{WCP1063}}", "there is no measure WCP1063 in it", id="no field"),
        pytest.param("{{}}", "there is no measure", id="nothing inside"),
        pytest.param("{{WCP1063.value", "{{ or }} without the other", id="not closed"),
        pytest.param("WCP1063.value}}", "{{ or }} without the other", id="not opened"),
        pytest.param("{WCP1063.value}", "{{ or }} without the other", id="single braces"),
        pytest.param("{{WCP1063.year_to_date}}", "Collections has no figure to say there", id="no year to date"),
    ],
)
def test_a_broken_token_stays_as_it_was_written_and_is_named(text: str, why: str) -> None:
    filled = fill(f"So: {text}.", LINES)
    assert filled.text == f"So: {text}."
    (said,) = filled.broken
    assert why in said


def test_a_figure_that_is_not_there_is_no_figure_to_write() -> None:
    absent = replace(LINE, value=Absence.NOT_PROVIDED, figure="Not yet received")
    assert fill("{{WCP1063.value}}", {"WCP1063": absent}).broken != ()
    assert (
        fill("{{WCP1063.value}}", {"WCP1063": replace(LINE, firmness="2 of 3 months")}).text == "92.1% (2 of 3 months)"
    )


def test_three_braces_are_one_too_many() -> None:
    assert fill("{{{WCP1063.value}}}", LINES).broken != ()


def test_a_code_may_have_a_dot_and_every_field_says_something() -> None:
    line = replace(LINE, measure_code="A.1", to_date=FrozenToDate(value=Decimal(3), rag=Rag.AMBER, in_words="3"))
    for field in FIELDS:
        assert fill(f"{{{{A.1.{field}}}}}", {"A.1": replace(line, heading="Improving")}).broken == ()


def test_what_a_figure_says_is_not_looked_through_for_tokens() -> None:
    assert fill("{{WCP1063.title}}", {"WCP1063": replace(LINE, title="{{WCP1063.value}}")}).broken != ()


def written(**words: str) -> dict[Spot, Said]:
    return {(Place(place), LINE.measure_code): Said(words=said, by="officer") for place, said in words.items()}


@pytest.mark.parametrize(
    ("line", "words", "lacks"),
    [
        pytest.param(RED, {}, (NOBODY, "a cause", "an action"), id="nothing"),
        pytest.param(replace(RED, commentary=TOLD), {}, (NOBODY,), id="its service said why"),
        pytest.param(replace(RED, commentary=TOLD, comparators=(COMPARATOR,)), {}, (), id="and it is compared"),
        pytest.param(RED, {"comparator": "Nobody", "cause": "Rain", "action": "Wait"}, (), id="all written"),
        pytest.param(RED, {"comparator": "Nobody", "cause": "Rain"}, ("an action",), id="one is left"),
    ],
)  # fmt: skip
def test_a_red_comes_with_somebody_to_compare_with_a_cause_and_an_action(
    line: FrozenLine, words: dict[str, str], lacks: tuple[str, ...]
) -> None:
    told = story([line], written(**words))
    (red,) = told.reds
    assert red.lacks == lacks
    assert bool(told.unfinished) is bool(lacks)


def test_what_is_written_stands_in_place_of_what_the_service_said() -> None:
    line = replace(RED, commentary=TOLD, comparators=(COMPARATOR,))
    (red,) = story([line], written(cause="The lorry of {{WCP1063.title}}", comparator="On {{WCP1063.target}}")).reds
    assert (red.cause, red.action) == ("The lorry of Collections", "A new lorry")
    assert red.comparator == "England 90.0%. On 95.0%"
    assert [label for label, _ in red.parts] == ["Direction", "What happened", "Compared", "Why", "What is done"]


def test_a_broken_token_is_named_with_its_place() -> None:
    said = {(Place.SUMMARY, ""): Said(words="{{X.value}}", by="officer")} | written(cause="{{Y.value}}")
    told = story([replace(RED, comparators=(COMPARATOR,), commentary=TOLD)], said)
    assert told.broken == (
        "Summary: {{X.value}}: there is no measure X in it",
        "Collections: {{Y.value}}: there is no measure Y in it",
    )
    assert len(told.unfinished) == 2


def test_what_the_service_said_is_looked_through_too() -> None:
    line = replace(RED, comparators=(COMPARATOR,), commentary="Why: {{X.value}}\nWhat next: Wait")
    assert story([line], {}).broken == ("Collections: {{X.value}}: there is no measure X in it",)


def test_words_beside_a_measure_that_is_not_red_any_more_are_not_looked_at() -> None:
    assert story([LINE], written(cause="{{Y.value}}")).unfinished == ()


def test_what_is_published_shows_no_token_of_what_is_hidden_since() -> None:
    hidden = replace(RED, measure_code="GONE", value=Absence.SUPPRESSED, figure=Absence.SUPPRESSED.in_words)
    words = {(place, RED.measure_code if place in OF_RED else ""): "Of {{GONE.value}}, {{ GONE.year_to_date }}"
             for place in (*OF_PACK, *OF_RED)}  # fmt: skip
    told = story([RED, hidden], {spot: Said(words=each, by="officer") for spot, each in words.items()})
    assert "{{GONE.value}}" in told.words[Place.SUMMARY], "a draft shows what stands in the way"
    shown, said = told.as_published, "Of (hidden to protect people), (hidden to protect people)"
    assert set(shown.words.values()) == {said}
    assert shown.reds[0].comparator.endswith(said)
    assert (shown.reds[0].cause, shown.reds[0].action) == (said, said)


def test_reds_come_the_worst_first() -> None:
    near, far = (replace(RED, measure_code=code, tolerances_off=Decimal(off)) for code, off in (("N", 2), ("F", 9)))
    real = replace(near, measure_code="R", process=FrozenProcess(mean=Decimal(1), point=PointType.CONCERN))
    assert [each.line.measure_code for each in story([near, far, real], {}).reds] == ["R", "F", "N"]
    ambers = [replace(each, rag=Rag.AMBER) for each in (near, far, real)]
    pack = Pack(edition=EDITION, lines=(*ambers, RED), story=story(ambers, {}))
    assert [each.measure_code for each in pack.ambers] == ["R", "F", "N"]


def test_what_changed_is_a_status_of_a_newer_figure() -> None:
    then = Period(start=QUARTER.shifted(-3).start, months=3)
    before = replace(LINE, period=then, rag=Rag.GREEN, figure="96.0%")
    (moved,) = changed_since((before,), (LINE,))
    assert moved.in_words == "Green to amber: 96.0% in Q1 2017/18, 92.1% in Q2 2017/18"
    absent = replace(LINE, rag=Rag.NOT_PROVIDED, value=Absence.NOT_PROVIDED)
    for was, now in (
        (replace(before, rag=Rag.AMBER), LINE), (replace(before, period=QUARTER), LINE), (before, absent),
        (absent, LINE), (replace(before, measure_code="OTHER"), LINE),
    ):  # fmt: skip
        assert changed_since((was,), (now,)) == ()


def test_a_line_without_what_is_hidden_by_now_tells_nothing_of_it() -> None:
    months = [Period.month(2017, month) for month in (5, 7, 8)]
    points = tuple(FrozenPoint(period=each, number=Decimal(9), target=Decimal(8), rag=Rag.GREEN) for each in months)
    whole = replace(
        RED, points=points, commentary=TOLD, usual="usual", process=FrozenProcess(mean=Decimal(9)),
        to_date=FrozenToDate(value=Decimal(3), rag=Rag.AMBER, in_words="3"),
    )  # fmt: skip
    assert whole.without([Period.month(2017, 6)]) is whole, "of a month that it shows nothing of"
    assert whole.without(()) is whole
    earlier = whole.without([months[0]])
    assert (earlier.figure, [each.number for each in earlier.points]) == ("92.1%", [None, Decimal(9), Decimal(9)])
    assert (earlier.process, earlier.to_date, earlier.outlook) == (None, None, None)
    assert earlier.heading == earlier.usual == "Not shown: earlier figures are hidden to protect people"
    within = whole.without([months[1]])
    assert (within.value, within.rag, within.commentary) == (Absence.SUPPRESSED, Rag.SUPPRESSED, "")
    assert whole.without([QUARTER]).value is Absence.SUPPRESSED


def test_a_red_tells_what_is_expected_what_is_not_written_yet_and_that_it_is_made_up() -> None:
    outlook = FrozenOutlook(
        value=Decimal(91), low=Decimal(90), high=Decimal(92), rag=Rag.RED, in_words="91.0%, small chance"
    )
    line = replace(RED, outlook=outlook, is_illustrative=True, heading="Worsening", usual="usual ups and downs")
    (red,) = story([line], {}).reds
    assert red.parts == (
        ("Direction", "Worsening. Usual ups and downs."),
        ("Expected for the year", "91.0%, small chance."),
        ("Still to be written", "a comparator or why there is none and a cause and an action"),
        ("Note", "The figures are illustrative."),
    )
