"""Milestones of recovery plans with what the figures say of them."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date

from data_access.revise.recovery import PlanRecord
from performance.do.delivery import Delivery
from performance.ground.figures import Series, Target
from performance.ground.measures import Measure
from performance.ground.organisation import Milestone, MilestoneState, PlanStatus
from performance.ground.periods import Period
from performance.ground.reckoning.aggregation import aggregate
from performance.ground.values import Value
from performance.revise.recovery import Unticked, milestone_in_words, milestone_met


@dataclass(frozen=True, kw_only=True)
class MilestoneLine:
    """A milestone and what the figures say of it. `unticked` is there where an earlier figure met it."""

    milestone: Milestone
    in_words: str
    state: MilestoneState
    actual: Value
    said: tuple[Delivery, ...] = ()
    unticked: Unticked | None = None

    @property
    def may_move(self) -> bool:
        """Neither met, nor met once and taken back, which is to stay in sight."""
        return self.state is not MilestoneState.MET and self.unticked is None


def milestone_lines(
    measure: Measure,
    milestones: Collection[Milestone],
    series: Series,
    *,
    today: date,
    said: Mapping[str, tuple[Delivery, ...]] | None = None,
) -> tuple[MilestoneLine, ...]:
    """Each milestone with its state by the figures that stand."""
    return tuple(
        MilestoneLine(
            milestone=each,
            in_words=milestone_in_words(measure, each, _band(series, each.period)),
            state=milestone_met(measure, each, series, today=today),
            actual=aggregate(measure, series, each.period, today=today).value,
            said=(said or {}).get(f"milestone-{each.id}", ()),
        )
        for each in milestones
    )


def _band(series: Series, period: Period) -> Target | None:
    """The range a milestone leads to: of its own period, or the latest there is."""
    if period in series.targets:
        return series.targets[period]
    latest = max(series.targets, default=None)
    return series.targets[latest] if latest else None


def under_way(plan: PlanRecord) -> PlanRecord:
    """The plan once something is said of how it goes: an agreed one is in progress."""
    return replace(plan, status=PlanStatus.IN_PROGRESS) if plan.status is PlanStatus.AGREED else plan
