"""When commentary is asked for, what is missing from it, and where it says otherwise than the figures."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.do.answers import check_line
from performance.do.calendar import Calendar
from performance.do.commentary_check import asked_about, carried_forward
from performance.do.returns import Asked, ReturnLine
from performance.do.typed import Answer, Choice
from performance.ground.commentary import Commentary
from performance.ground.figures import Series
from performance.ground.measures import Accumulation, CommentaryRule, Measure, Polarity, SeriesBreak
from performance.ground.reckoning.unusual import Check
from performance.ground.values import Absence
from tests.performance.builders import DEFAULT, a_figure, a_measure, a_target, months

TODAY = date(2017, 11, 10)
FULL = Commentary(
    what_happened="Two crews were short.",
    why="Sickness.",
    what_next="Recruit two.",
    who="Head of Waste",
    by_when="30/11/2017",
    back_on_track="January 2018",
)
ALL = ("what_happened", "why", "what_next", "who", "by_when", "back_on_track")


def a_line(measure: Measure, history: dict[Any, Any], target: str | None = "100", stored: Any = None) -> ReturnLine:
    """October 2017 of a measure, asked on 10 November."""
    figures = history | ({stored.period: stored} if stored else {})
    period = a_figure("1", "2017-10").period
    targets = {} if target is None else {period: a_target(target, "2017-10")}
    return ReturnLine(
        asked=Asked(measure=measure, period=period, dates=Calendar().dates(measure, period)),
        area_code="E08000031",
        series=Series(figures=figures, targets=targets),
        today=TODAY,
        default_percent=DEFAULT,
    )


def check(line: ReturnLine, value: str, said: Commentary = Commentary()):  # noqa: B008 - a frozen value
    return check_line(line, Answer(measure_code=line.measure.code, value=value, commentary=said))


def gaps(line: ReturnLine, value: str, said: Commentary = Commentary()) -> list[tuple[str, str]]:  # noqa: B008
    return [(gap.field, gap.message) for gap in check(line, value, said).gaps]


# When it is asked for

STEADY = months(["100", "101", "99", "100", "102", "98", "100", "101", "99", "100", "101", "99"], "2016-10")


@pytest.mark.parametrize(
    ("rule", "value", "because", "boxes"),
    [
        (CommentaryRule.RED_OR_CHANGE, "50", "It is off target", ALL),
        (CommentaryRule.RED_OR_CHANGE, "99", None, ()),
        (CommentaryRule.RED_OR_CHANGE, "101", None, ()),
        (CommentaryRule.RED_OR_CHANGE, "130", "It is a real change for the better", ("what_happened", "why")),
        (CommentaryRule.OFF_TARGET_OR_CHANGE, "99", "It is off target", ALL),
        (CommentaryRule.OFF_TARGET_OR_CHANGE, "101", None, ()),
        (CommentaryRule.CHANGE, "99", None, ()),
        (
            CommentaryRule.CHANGE, "50", "It is a real change for the worse",
            ("what_happened", "why", "what_next", "who", "by_when"),
        ),
        (CommentaryRule.NEVER, "50", None, ()),
        (CommentaryRule.NEVER, "130", None, ()),
    ],
)  # fmt: skip
def test_a_measures_own_rule_says_when(rule: CommentaryRule, value: str, because: str | None, boxes: tuple) -> None:
    line = a_line(a_measure(commentary_rule=rule), STEADY)
    asked = asked_about(line, a_figure(value, "2017-10"))
    assert (asked.because if asked else None, asked.boxes if asked else ()) == (because, boxes)


@pytest.mark.parametrize(
    "measure",
    [
        pytest.param(a_measure(accumulation=Accumulation.CUMULATIVE), id="a running total"),
        pytest.param(a_measure(accumulation=Accumulation.ROLLING), id="a rolling year"),
        pytest.param(a_measure(breaks=(SeriesBreak(on=date(2017, 9, 1), reason="New"),)), id="after a break"),
    ],
)
def test_without_a_chart_there_is_no_real_change(measure: Measure) -> None:
    assert asked_about(a_line(measure, STEADY), a_figure("130", "2017-10")) is None


def test_too_few_points_tell_no_change() -> None:
    few = dict(list(STEADY.items())[-6:])
    assert asked_about(a_line(a_measure(), few, target=None), a_figure("500", "2017-10")) is None


@pytest.mark.parametrize("value", ["130", "60"])
def test_a_measure_for_context_is_asked_about_a_real_change_only(value: str) -> None:
    line = a_line(a_measure(polarity=Polarity.CONTEXT), STEADY)
    asked = asked_about(line, a_figure(value, "2017-10"))
    assert asked is not None
    assert asked.because.startswith("It is a real change, ")
    assert asked_about(line, a_figure("101", "2017-10")) is None


def shifted(*, told: str) -> dict[Any, Any]:
    """Eight months on a new level; the last of them with a word on why."""
    after = months(["120"] * 8, "2017-02")
    last = max(after)
    return months(["100", "101", "99", "100", "102", "98", "100", "101", "99", "100"], "2016-04") | after | {
        last: a_figure("120", last, commentary=told)
    }  # fmt: skip


def test_a_change_that_goes_on_is_asked_about_until_it_has_been_told() -> None:
    now = a_figure("120.5", "2017-10")
    assert asked_about(a_line(a_measure(), shifted(told="")), now) is not None
    assert asked_about(a_line(a_measure(), shifted(told="What happened: A second depot opened")), now) is None


def test_an_absence_asks_for_nothing() -> None:
    line = a_line(a_measure(), STEADY)
    answer = Answer(measure_code=line.measure.code, choice=Choice.NOT_APPLICABLE)
    assert check_line(line, answer).gaps == ()
    assert asked_about(line, a_figure(Absence.NOT_APPLICABLE, "2017-10")) is None


# What is missing

RED = a_line(a_measure(title="Missed bins"), months(["95"], "2017-09"))


def test_nothing_said_at_all_is_one_problem() -> None:
    assert gaps(RED, "50") == [("what_happened", "Enter commentary for missed bins. It is off target")]


def test_each_question_left_out_is_named() -> None:
    assert gaps(RED, "50", Commentary(why="Sickness")) == [
        ("what_happened", "Enter what happened, for missed bins. It is off target"),
        ("what_next", "Enter what you will do, for missed bins. It is off target"),
        ("who", "Enter who will do it, for missed bins. It is off target"),
        ("by_when", "Enter the action due date, for missed bins. It is off target"),
        ("back_on_track", "Enter when it will be back on track, for missed bins. It is off target"),
    ]


def test_a_whole_commentary_leaves_no_gap() -> None:
    assert gaps(RED, "50", FULL) == []


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({"by_when": "31/10/2017"}, ("by_when", "Action due date must be after 31 October 2017, for missed bins")),
        ({"by_when": "9 November 2017"},
         ("by_when", "Action due date must be today, 10 November 2017, or later, for missed bins")),
        ({"by_when": "soon"},
         ("by_when", 'Action due date must be a date, like 30/11/2017, not "soon", for missed bins')),
        ({"back_on_track": "October 2017"},
         ("back_on_track", "When it will be back on track must be after 31 October 2017, for missed bins")),
        ({"back_on_track": "in spring"},
         ("back_on_track", 'When it will be back on track must be a month or a date, like May 2018, not "in spring". '
                           'If nobody can say yet, write "not known", for missed bins')),
    ],
)  # fmt: skip
def test_days_that_cannot_be_are_said(changed: dict[str, str], expected: tuple[str, str]) -> None:
    assert gaps(RED, "50", Commentary(**{name: getattr(FULL, name) for name in ALL} | changed)) == [expected]


@pytest.mark.parametrize("text", ["not known", "Not  known", "Q4 2017/18", "1/11/2017", "2017/18"])
def test_when_it_is_back_on_track_may_be_a_month_a_quarter_or_not_known(text: str) -> None:
    assert gaps(RED, "50", Commentary(**{name: getattr(FULL, name) for name in ALL} | {"back_on_track": text})) == []


def test_a_day_that_was_right_when_it_was_given_is_not_asked_again() -> None:
    stored = a_figure("50", "2017-10", commentary=FULL.text.replace("30 November 2017", "5 November 2017"), revision=1)
    line = a_line(a_measure(), months(["95"], "2017-09"), stored=stored)
    said = Commentary(**{name: getattr(FULL, name) for name in ALL} | {"by_when": "5/11/2017", "why": "Flu."})
    assert gaps(line, "51", said) == []


def test_what_was_sent_with_words_of_its_own_is_not_asked_again() -> None:
    stored = a_figure("50", "2017-10", commentary="A bad month.", revision=1)
    line = a_line(a_measure(), months(["95"], "2017-09"), stored=stored)
    assert gaps(line, "50", Commentary(what_happened="A bad month.")) == []
    assert gaps(line, "51", Commentary(what_happened="A bad month."))[0][0] == "why"


def test_a_confirmed_question_is_kept_by_name_with_the_figure() -> None:
    line = a_line(a_measure(), months(["100"], "2017-09"))
    asked = check(line, "100")
    assert [each.check for each in asked.questions] == [Check.UNCHANGED]
    assert asked.figure.confirmed_checks == ()
    assert asked.gaps[0].field == "confirmed"
    confirmed = check(line, "100", Commentary(confirmed="Counted twice"))
    assert confirmed.figure.confirmed_checks == ("unchanged",)
    assert confirmed.gaps == ()


# Last month's action


def before(**said: str) -> ReturnLine:
    september = a_figure("50", "2017-09", commentary=Commentary(**said).text)
    return a_line(a_measure(), {september.period: september})


@pytest.mark.parametrize(
    ("said", "carried"),
    [
        ({"why": "Flu"}, None),
        (
            {"what_next": "Recruit", "who": "Head", "by_when": "30/11/2017", "back_on_track": "May 2018"},
            Commentary(what_next="Recruit", who="Head", by_when="30 November 2017", back_on_track="May 2018"),
        ),
        (
            {"what_next": "Recruit", "who": "Head", "by_when": "31/10/2017", "back_on_track": "October 2017"},
            Commentary(what_next="Recruit", who="Head"),
        ),
        ({"what_next": "Recruit", "by_when": "soon"}, Commentary(what_next="Recruit")),
        (
            {"what_next": "Recruit", "back_on_track": "not known"},
            Commentary(what_next="Recruit", back_on_track="not known"),
        ),
    ],
)
def test_an_action_is_carried_forward_without_the_days_gone_by(said: dict, carried: Commentary | None) -> None:
    assert carried_forward(before(**said)) == carried


# Words against figures


def doubts(measure: Measure, now: str, history: dict[Any, Any], text: str) -> list[str]:
    checked = check(a_line(measure, history, target=None), now, Commentary(what_happened=text))
    return [each.message for each in checked.questions if each.check is Check.SAYS_OTHERWISE]


LOWER = a_measure(title="Days lost to sickness", unit="days", decimals=1, polarity=Polarity.LOWER)
WORSE = ("10.4", months(["9.4"], "2017-09"))
BETTER = ("8.4", months(["9.4"], "2017-09"))


@pytest.mark.parametrize(
    ("entry", "text", "went"),
    [
        (WORSE, "Sickness improved this month.", "it improved, but it rose from 9.4 days"),
        (WORSE, "Better than expected", "it improved, but it rose"),
        (WORSE, "The figure fell.", "it fell, but it rose"),
        (WORSE, "Fell again because of flu jabs", "it fell, but it rose"),
        (WORSE, "Days lost to sickness have decreased", "it fell, but it rose"),
        (BETTER, "Things got worse", "it got worse, but it fell"),
        (BETTER, "Absence deteriorated; flu.", "it got worse, but it fell"),
        (BETTER, "It rose a little", "it rose, but it fell"),
    ],
)
def test_a_claim_that_the_figures_speak_against_is_questioned(entry: tuple, text: str, went: str) -> None:
    (message,) = doubts(LOWER, entry[0], entry[1], text)
    assert message.startswith(f"Check: you say {went}")
    assert message.endswith("Change the words or say why they are right")


def test_the_message_says_from_where_to_where_and_what_that_means() -> None:
    assert doubts(LOWER, *WORSE, "It improved") == [
        "Check: you say it improved, but it rose from 9.4 days in September 2017 to 10.4 days, which is worse. "
        "Change the words or say why they are right"
    ]


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (WORSE, "Sickness worsened."),
        (WORSE, "It has not improved"),
        (WORSE, "This hasn't got better"),
        (WORSE, "It is expected to improve: no improvement yet"),
        (WORSE, "We will have improved it by May"),
        (WORSE, "Long-term cases fell from 38 to 31, yet each was longer"),
        (WORSE, "Colds rose in every depot"),
        (WORSE, "Needs to be improved"),
        (WORSE, ""),
        (BETTER, "Vacancies increased in three teams"),
        (BETTER, "It fell, though staff numbers rose"),
        (BETTER, "It is no worse"),
    ],
)
def test_ordinary_words_are_left_alone(entry: tuple, text: str) -> None:
    assert doubts(LOWER, entry[0], entry[1], text) == []


def test_a_claim_borne_out_by_the_year_before_stands() -> None:
    history = months(["12.0"], "2016-10") | months(["9.4"], "2017-09")
    assert doubts(LOWER, "10.4", history, "It improved on last year") == []


def test_nothing_is_held_against_a_figure_across_a_break_or_without_one_before() -> None:
    assert doubts(LOWER, "10.4", {}, "It improved") == []
    broken = a_measure(polarity=Polarity.LOWER, breaks=(SeriesBreak(on=date(2017, 10, 1), reason="New"),))
    assert doubts(broken, "104", months(["94"], "2017-09"), "It improved") == []


def test_no_change_bears_out_nothing_and_speaks_against_nothing() -> None:
    steady = a_measure(polarity=Polarity.LOWER, meaningful_change=Decimal(5))
    assert doubts(steady, "95", months(["94"], "2017-09"), "It improved") == []


def test_a_running_total_is_only_compared_with_a_year_before() -> None:
    total = a_measure(accumulation=Accumulation.CUMULATIVE)
    history = months(["90"], "2016-10") | months(["50"], "2017-09")
    assert len(doubts(total, "80", history, "It improved")) == 1


@pytest.mark.parametrize(
    ("text", "is_asked"),
    [
        ("Two crews were short.", True),
        ("  two CREWS  were short ", True),
        ("Two crews were short again.", False),
        ("", False),
    ],
)
def test_what_was_said_last_month_word_for_word_is_questioned(text: str, is_asked: bool) -> None:
    september = a_figure("50", "2017-09", commentary="What happened: Two crews were short.\nWhy: Flu")
    line = a_line(a_measure(), {september.period: september})
    found = [each for each in check(line, "51", Commentary(what_happened=text)).questions]
    assert [each.check for each in found] == ([Check.SAME_WORDS] if is_asked else [])


# Anything at all


@given(
    value=st.decimals(0, 10**6, places=2),
    said=st.builds(Commentary, **dict.fromkeys((*ALL, "confirmed"), st.text(max_size=60))),
    rule=st.sampled_from(CommentaryRule),
    polarity=st.sampled_from(Polarity),
)
def test_no_words_ever_keep_a_possible_figure_from_its_draft(
    value: Decimal, said: Commentary, rule: CommentaryRule, polarity: Polarity
) -> None:
    line = a_line(a_measure(commentary_rule=rule, polarity=polarity), STEADY)
    checked = check(line, str(value), said)
    assert checked.problems == ()
    assert checked.figure is not None
    named = {*ALL, "confirmed"}
    assert all(gap.field in named and gap.message.strip() for gap in checked.gaps)
    assert all(each.message.startswith("Check: ") for each in checked.questions)


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","y")', "<script>alert(1)</script>", "x" * 20_000, "\x00\x1b"])
def test_any_commentary_is_kept_counted_or_refused_in_a_sentence(text: str) -> None:
    checked = check(RED, "120", Commentary(what_happened=text))
    found = [*checked.problems, *checked.gaps]
    if len(text) > 600:
        assert [problem.field for problem in found] == ["what_happened"]
        assert "characters" in found[0].message
    else:
        assert found == []
