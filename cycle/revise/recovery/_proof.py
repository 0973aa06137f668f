"""What the figures say of closing a recovery plan: two tests, either of which is enough (docs/domain.md, Recovery)."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cycle.revise.recovery.evidence import OffTarget, off_target
from data_access.council.settings_store import get_default_tolerance, get_setting, get_today
from data_access.plan.register import get_measure
from data_access.revise import recovery_details
from data_access.revise.recovery import PlanRecord
from performance.ground.readers import IN_FULL
from performance.revise.recovery import is_back, shifted_for_the_better


@dataclass(frozen=True, kw_only=True)
class Test:
    """One of the tests a plan is closed by, with what came of it in words."""

    in_words: str
    passed: bool


def closing_tests(session: Session, plan: PlanRecord, standing: Collection[OffTarget]) -> tuple[Test, ...]:
    """What a plan may close on, each held against all its measures since the period that called for it: periods back on
    target, or a shift for the better."""
    today, percent = get_today(session), get_default_tolerance(session)
    periods = int(get_setting(session, name="periods_back"))
    back = all(is_back(each.measure, each.series, since=plan.period, up_to=today, default_percent=percent,
                       periods=periods) for each in standing)  # fmt: skip
    shifted = all(
        shifted_for_the_better(each.measure, each.series, since=plan.period, up_to=today) for each in standing
    )
    noun = "time" if periods == 1 else "times"
    return (
        Test(in_words=f"On target {periods} {noun} running since the plan was called for", passed=back),
        Test(in_words="A real and lasting change for the better since the plan was called for",
             passed=shifted),
    )  # fmt: skip


def is_proved(session: Session, plan: PlanRecord) -> bool:
    """Whether the figures alone let the plan close."""
    codes = [plan.measure_code, *recovery_details.list_shares(session, plan_ids=[plan.id]).get(plan.id, ())]
    measures = [get_measure(session, code=code) for code in codes]
    standing = off_target(session, measures=measures, area=plan.area_code, reader=IN_FULL)
    return any(test.passed for test in closing_tests(session, plan, standing))
