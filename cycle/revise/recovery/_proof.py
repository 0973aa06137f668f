"""What the figures say of a recovery plan: two tests, either of which is enough to close it, and whether it worked
(docs/domain.md, Recovery)."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cycle.revise.recovery.evidence import OffTarget, off_target
from data_access.council.settings_store import get_default_tolerance, get_setting, get_today
from data_access.plan.register import get_measure
from data_access.revise import recovery_details
from data_access.revise.recovery import PlanRecord
from performance.ground.measures import Accumulation, Measure
from performance.ground.readers import IN_FULL, Reader
from performance.ground.reckoning.due import numbers
from performance.revise.effect import Effect, effect
from performance.revise.lessons import Verdict
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


def effect_of(plan: PlanRecord, off: OffTarget) -> Effect | None:
    """What the figures say of a plan that has ended; None of one that has not."""
    if plan.is_open or plan.ended_at is None:
        return None
    ended_in = off.measure.latest_period(plan.ended_at.date())
    known = numbers(off.measure, off.series.figures)
    target = off.series.targets.get(max(known)) if known else None
    # What a year is to come to is no range for what each of its months adds.
    band = target.bounds if target and off.measure.accumulation is not Accumulation.CUMULATIVE else None
    return effect(off.measure, known, called_by=plan.period, ended_in=ended_in, band=band)


def verdict_of_figures(session: Session, plan: PlanRecord, measure: Measure, *, reader: Reader) -> Verdict | None:
    """Whether a plan that has ended worked, by those figures of its own measure that the reader sees, as its page has
    them."""
    (off,) = off_target(session, measures=[measure], area=plan.area_code, reader=reader)
    found = effect_of(plan, off)
    return found.verdict if found else None
