"""How a recovery plan stood, and targets set anew, in sentences."""

import pytest

from performance.ground.organisation import MilestoneState
from performance.ground.periods import Period
from performance.report.beside import PlanNow, TargetChange

MET, MISSED, NOT_YET = MilestoneState.MET, MilestoneState.MISSED, MilestoneState.NOT_YET


@pytest.mark.parametrize(
    ("plan", "said"),
    [
        (PlanNow(reference="R-07", is_agreed=False, states=(MET,)), "R-07 is drafted, and not agreed yet."),
        (PlanNow(reference="R-07", is_agreed=True), "R-07: nothing is set for it yet."),
        (PlanNow(reference="R-07", is_agreed=True, states=(MET,)), "R-07: 1 of 1 milestone met."),
        (
            PlanNow(reference="R-07", is_agreed=True, states=(MET, MISSED, NOT_YET), done=2, late=1, actions=4,
                    next_milestone="At most 12 days by June"),
            "R-07: 1 of 3 milestones met, 1 missed; 2 of 4 actions done, 1 late. Next: at most 12 days by June.",
        ),
        (PlanNow(reference="R-07", is_agreed=True, actions=1), "R-07: 0 of 1 action done."),
    ],
)  # fmt: skip
def test_how_a_plan_stood(plan: PlanNow, said: str) -> None:
    assert plan.in_words == said


@pytest.mark.parametrize(
    ("because", "said"),
    [
        ("", "95.0% for April 2017 to March 2018, and now 96.0%."),
        ("the contract asks for it.", "95.0% for April 2017 to March 2018, and now 96.0%. The contract asks for it."),
    ],
)
def test_a_target_set_anew_says_why_where_somebody_did(because: str, said: str) -> None:
    year = Period.year(2017)
    change = TargetChange(measure_code="A", title="Calls", period=year, was="95.0%", now="96.0%", because=because)
    assert change.in_words == said.replace("April 2017 to March 2018", year.in_words)
