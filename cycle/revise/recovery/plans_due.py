"""Revise, on Home: the recovery plans that wait for a person, and which red has one."""

from collections.abc import Mapping
from dataclasses import dataclass

from cycle.revise.recovery import planning
from cycle.revise.recovery.view import PlanSummary
from performance.ground.organisation import PlanStatus
from performance.ground.people import Permission, User
from performance.ground.periods import Period


@dataclass(frozen=True, kw_only=True)
class PlansDue:
    """Plans to agree, to answer (tolerate or not), to say this month's word of, and to judge; and by measure, the
    open plan of each."""

    to_agree: tuple[PlanSummary, ...] = ()
    to_answer: tuple[PlanSummary, ...] = ()
    to_update: tuple[PlanSummary, ...] = ()
    to_judge: tuple[PlanSummary, ...] = ()
    of_measure: Mapping[str, PlanSummary] | None = None

    @property
    def is_any(self) -> bool:
        return bool(self.to_agree or self.to_answer or self.to_update or self.to_judge)


def plans_due(*, by: User) -> PlansDue:
    """What waits for the person among the recovery plans; nothing for those who do not see them."""
    if not by.may(Permission.VIEW_RECOVERY_PLANS):
        return PlansDue()
    plans = planning.list_plans(by=by)
    decides, drafts = (
        [each for each in plans if each.off.measure.unit_code in by.units_where(permission)]
        for permission in (Permission.AGREE_RECOVERY_PLANS, Permission.DRAFT_RECOVERY_PLANS)
    )
    return PlansDue(
        to_agree=tuple(each for each in decides if _waits_for(each, by)),
        to_answer=tuple(each for each in decides if each.plan.is_asked and each.plan.asked_by != by.username),
        to_update=tuple(each for each in drafts if _lacks_a_word(each)),
        to_judge=tuple(each for each in drafts if each.plan.status is PlanStatus.CLOSED and not each.is_judged),
        of_measure={
            measure.code: each
            for each in reversed(plans)
            for measure in (each.off.measure, *each.shared)
            if each.plan.is_open
        },
    )


def _waits_for(each: PlanSummary, by: User) -> bool:
    """Drafted by someone else, and whole enough to be agreed."""
    return (
        each.plan.status is PlanStatus.DRAFTED
        and each.plan.opened_by != by.username
        and bool(each.plan.cause.strip() and each.milestones)
    )


def _lacks_a_word(each: PlanSummary) -> bool:
    """Under way, opened before the month that ended last was over, and nothing said for that month or since."""
    if each.plan.status not in {PlanStatus.AGREED, PlanStatus.IN_PROGRESS}:
        return False
    month = Period.containing(each.today, months=1).previous
    spoken = each.spoken_for is not None and each.spoken_for.start >= month.start
    return each.plan.opened_at.date() <= month.end and not spoken
