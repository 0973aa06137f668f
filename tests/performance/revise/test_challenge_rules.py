"""The questions a review meeting is asked to put: each rule holds where it says so, and nowhere else."""

import re
from dataclasses import replace
from datetime import date

import pytest

from performance.ground.reckoning.rag import Rag
from performance.ground.reckoning.spc import Assurance, PointType
from performance.revise.challenge_rules import RULES, Signals, challenge, telling_first
from performance.revise.course import Course
from settings import ROOT

TODAY = date(2017, 11, 10)
CALM = Signals(rag=Rag.GREEN, comments=("All well",), today=TODAY)
"""A measure that nobody need ask anything about."""

CASES = {
    "no-plan": ({"rag": Rag.RED, "periods_red": 2}, {"rag": Rag.RED, "periods_red": 2, "plan": "R-01"}),
    "no-action": ({"rag": Rag.RED, "periods_red": 2}, {"rag": Rag.RED, "periods_red": 2, "actions": 1}),
    "off-course": ({"plan_course": Course.OFF_COURSE}, {"plan_course": Course.SLIPPING}),
    "real-change": ({"kind": PointType.CONCERN}, {"kind": PointType.COMMON_CAUSE}),
    "not-agreed": ({"plan_waits": 15}, {"plan_waits": 14}),
    "milestone-missed": ({"milestones_missed": 1}, {"milestones_missed": 0}),
    "unticked": ({"unticked": True}, {}),
    "narrative": (
        {"chance": 24, "promised": "March 2018"},
        {"chance": 24, "promised": " ", "comments": ("We are far off track",)},
    ),
    "promise-passed": (
        {"rag": Rag.RED, "promised_by": date(2017, 11, 9)},
        {"rag": Rag.RED, "promised_by": TODAY},
    ),
    "same-words": ({"comments": ("Same",) * 3}, {"comments": ("Same", "Same", "Other")}),
    "no-words": ({"rag": Rag.RED, "comments": ("",)}, {"rag": Rag.RED, "comments": ("A reason",)}),
    "long-late": ({"longest_late": 31}, {"longest_late": 30}),
    "moved-twice": ({"most_moves": 2}, {"most_moves": 1}),
    "silent-plan": ({"plan": "R-01", "plan_silent": 63}, {"plan": "R-01", "plan_silent": 62}),
    "risk-overdue": ({"risks_overdue": 1}, {"risks_overdue": 0}),
    "worse-than-all": (
        {"compared": 2, "worse_than": ("England", "Region")},
        {"compared": 1, "worse_than": ("England",)},
    ),
    "wider-gap": ({"wider": "England"}, {}),
    "beyond-best": ({"needs": "Needs at most 3 a month"}, {}),
    "slim-chance": ({"chance": 49}, {"chance": 50}),
    "never-as-it-runs": (
        {"assurance": Assurance.CONSISTENT_FAIL},
        {"assurance": Assurance.CONSISTENT_FAIL, "met": 1},
    ),
    "kept-open": ({"plan": "R-01", "periods_green": 3}, {"plan": "", "periods_green": 3}),
    "loosened": ({"loosened": True}, {}),
    "flattered": ({"worse_than_last_year": True}, {"rag": Rag.AMBER, "worse_than_last_year": True}),
    "late-figure": ({"is_late": True}, {}),
    "old-figure": ({"periods_old": 2}, {"periods_old": 1}),
    "doubted": ({"doubts": 1}, {}),
    "corrected": ({"corrected": 1}, {}),
    "few-cases": ({"cases": 29}, {"cases": 30}),
    "estimate": ({"is_estimate": True}, {}),
    "no-target": ({"has_target": False}, {"has_target": False, "may_have_target": False}),
    "method": ({"method_overdue": True}, {}),
    "no-owner": ({"owner": ""}, {}),
}


def codes(**fields: object) -> list[str]:
    return [rule.code for rule in challenge(replace(CALM, **fields))]  # type: ignore[arg-type]


def test_a_calm_measure_is_asked_nothing() -> None:
    assert codes() == []


def test_every_rule_has_a_case() -> None:
    assert set(CASES) == {rule.code for rule in RULES}


@pytest.mark.parametrize("code", CASES)
def test_a_rule_holds_where_it_says_so_and_not_beside_it(code: str) -> None:
    holds, does_not = CASES[code]
    assert code in codes(**holds)
    assert code not in codes(**does_not)


def test_the_weightiest_question_comes_first() -> None:
    assert codes(rag=Rag.RED, periods_red=2, owner="") == ["no-plan", "no-action", "no-owner"]
    weights = [rule.weight for rule in RULES]
    assert len(set(weights)) == len(weights)


def test_measures_with_the_weightiest_question_come_first_and_those_without_one_not_at_all() -> None:
    found = [
        ("A", challenge(replace(CALM, owner=""))),
        ("B", challenge(CALM)),
        ("C", challenge(replace(CALM, kind=PointType.CONCERN))),
        ("D", challenge(replace(CALM, kind=PointType.CONCERN, is_late=True))),
    ]
    assert [code for code, _ in telling_first(found, most=9)] == ["D", "C", "A"]
    assert [code for code, _ in telling_first(found, most=1)] == ["D"]


def test_the_rules_are_written_down_as_they_are() -> None:
    text = (ROOT / "docs" / "challenge-rules.md").read_text(encoding="utf-8")
    written = re.findall(r"^\| `([a-z-]+)` \| (.*?) \| (.*?) \|$", text, re.MULTILINE)
    assert written == [(rule.code, rule.when, rule.question) for rule in sorted(RULES, key=lambda each: -each.weight)]
