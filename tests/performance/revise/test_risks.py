"""The risk register's rules: scores in words, what is new or overdue, the matrix, and what moved."""

from dataclasses import replace
from datetime import date

import pytest

from performance.ground.organisation import Risk
from performance.revise.risks import (
    Level,
    RiskEntry,
    Score,
    Which,
    check_risk,
    highest_first,
    matrix,
    moved_in_words,
    score_of,
)

TODAY = date(2017, 11, 10)
FLOOD = RiskEntry(
    risk=Risk(code="RK01", title="Floods", event="Roads close", owner_role="Head", likelihood=3, impact=4),
    reviewed_on=TODAY,
)


@pytest.mark.parametrize(
    ("likelihood", "impact", "level"),
    [(1, 4, Level.LOW), (5, 1, Level.MEDIUM), (3, 3, Level.MEDIUM), (2, 5, Level.HIGH), (3, 5, Level.VERY_HIGH),
     (5, 5, Level.VERY_HIGH)],
)  # fmt: skip
def test_a_score_is_a_number_and_a_word(likelihood: int, impact: int, level: Level) -> None:
    score = Score(likelihood=likelihood, impact=impact)
    assert (score.number, score.level) == (likelihood * impact, level)


def test_a_score_says_how_likely_and_how_bad() -> None:
    assert Score(likelihood=3, impact=4).in_words == "High: 12 of 25, possible (3) and major (4)"
    assert score_of(None, 4) is None


@pytest.mark.parametrize(
    ("fields", "flags"),
    [
        ({}, ()),
        ({"opened_on": date(2017, 8, 12)}, ("New",)),
        ({"opened_on": date(2017, 8, 11)}, ()),
        ({"is_emerging": True}, ("Emerging",)),
        ({"target": Score(likelihood=2, impact=3)}, ("Above its aim",)),
        ({"target": Score(likelihood=3, impact=4)}, ()),
        ({"reviewed_on": date(2017, 8, 10)}, ()),
        ({"reviewed_on": date(2017, 8, 9)}, ("Review overdue",)),
        ({"reviewed_on": None}, ("Review overdue",)),
        ({"closed_on": TODAY, "reviewed_on": None}, ("Closed",)),
    ],
)
def test_what_is_said_of_a_risk_at_a_glance(fields: dict[str, object], flags: tuple[str, ...]) -> None:
    assert replace(FLOOD, **fields).flags(TODAY) == flags  # type: ignore[arg-type]


def test_a_risk_without_a_score_says_so_and_is_to_be_looked_at() -> None:
    unscored = replace(FLOOD, risk=replace(FLOOD.risk, impact=None))
    assert unscored.flags(TODAY) == ("Not scored", "Review overdue")


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (Score(likelihood=3, impact=3), Score(likelihood=3, impact=4), "Up from 9 to 12"),
        (Score(likelihood=3, impact=4), Score(likelihood=1, impact=4), "Down from 12 to 4"),
        (Score(likelihood=2, impact=3), Score(likelihood=3, impact=2), "Still 6"),
        (None, Score(likelihood=1, impact=1), "Scored 1"),
        (None, None, "Not scored"),
    ],
)
def test_a_move_is_said_in_words(before: Score | None, now: Score | None, words: str) -> None:
    assert moved_in_words(before, now) == words


def test_the_matrix_counts_open_risks_by_the_score_asked_for() -> None:
    closed = replace(FLOOD, risk=replace(FLOOD.risk, code="RK02"), closed_on=TODAY)
    other = replace(FLOOD, risk=replace(FLOOD.risk, code="RK03"), inherent=Score(likelihood=5, impact=5))
    assert matrix([FLOOD, closed, other], Which.CURRENT) == {Score(likelihood=3, impact=4): ("RK01", "RK03")}
    assert matrix([FLOOD, closed, other], Which.INHERENT) == {Score(likelihood=5, impact=5): ("RK03",)}
    assert matrix([FLOOD], Which.TARGET) == {}


def test_the_highest_stand_first_new_ones_before_others_and_closed_ones_last() -> None:
    def entry(code: str, likelihood: int, **fields: object) -> RiskEntry:
        return replace(FLOOD, risk=replace(FLOOD.risk, code=code, likelihood=likelihood), **fields)  # type: ignore[arg-type]

    found = highest_first(
        [entry("A", 2), entry("B", 5, closed_on=TODAY), entry("C", 4), entry("D", 4, is_emerging=True)], TODAY
    )
    assert [each.code for each in found] == ["D", "C", "A", "B"]


@pytest.mark.parametrize(
    ("words", "fields"),
    [
        ({"title": " "}, ["title"]),
        ({"event": ""}, ["event"]),
        ({"owner_role": ""}, ["owner_role"]),
        ({"cause": "x" * 1001}, ["cause"]),
    ],
)
def test_what_a_risk_needs(words: dict[str, str], fields: list[str]) -> None:
    wrong = replace(FLOOD, risk=replace(FLOOD.risk, **words))  # type: ignore[arg-type]
    assert [problem.field for problem in check_risk(wrong)] == fields
    assert check_risk(FLOOD) == []


def test_a_score_now_is_not_above_the_one_before_anything_is_done() -> None:
    assert [each.field for each in check_risk(replace(FLOOD, inherent=Score(likelihood=2, impact=4)))] == ["current"]
