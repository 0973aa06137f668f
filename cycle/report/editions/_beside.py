"""What is frozen with an edition besides its figures: how recovery plans stand, the highest risks, targets set anew.

As it stands when the edition is frozen: of plans and risks nobody asks how they stood when figures closed.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.milestones import milestone_lines
from cycle.ground.series.hiding import council_series
from cycle.ground.series.standing import NOTHING
from data_access.council.settings_store import get_today
from data_access.plan.register import list_measures
from data_access.plan.targets import TargetRecord, list_records
from data_access.revise import recovery, risks
from data_access.revise.recovery import PlanRecord
from data_access.revise.recovery_details import list_shares
from performance.ground.figures import Series, TargetState
from performance.ground.measures import Measure
from performance.ground.organisation import ActionStatus, MilestoneState
from performance.ground.periods import add_months, day_in_words
from performance.ground.readers import PUBLIC
from performance.ground.reckoning.rag import Rag, target_in_words
from performance.report.beside import NO_PLAN, Beside, FrozenRisk, PlanNow, TargetChange
from performance.report.editions import Edition, Freeze
from performance.report.frozen import FrozenLine
from performance.revise.risks import Level, RiskEntry

_HIGH = (Level.HIGH, Level.VERY_HIGH)
_MOST_RISKS = 12
_MONTHS = 3  # so far targets are looked back for, where no edition was before


def with_recovery(session: Session, lines: Sequence[FrozenLine]) -> list[FrozenLine]:
    """The lines with how the recovery plan of each stands; of a red without one, that there is none."""
    plans = _standing(session, {each.measure_code for each in lines})
    measures = {each.code: each for each in list_measures(session) if each.code in plans}
    area = council_area(session)
    series = council_series(session, measures=list(measures.values()), area=area, reader=PUBLIC)
    said = {
        code: _in_words(session, plans[code], measure, series.get((code, area), NOTHING))
        for code, measure in measures.items()
    }
    return [
        replace(line, recovery=said.get(line.measure_code, NO_PLAN if line.rag is Rag.RED else "")) for line in lines
    ]


def beside_of(session: Session, edition: Edition, lines: Sequence[FrozenLine], *, since: Freeze | None) -> Beside:
    """The highest risks, all of them or those of the edition's measures where it is of some kinds; and the targets that
    were agreed since the committee's edition before."""
    titles = {each.measure_code: each.title for each in lines}
    entries = [each for each in risks.list_entries(session) if each.is_open and _is_high(each)]
    if edition.kinds:
        entries = [each for each in entries if each.risk.measure_code in titles]
    highest = sorted(entries, key=lambda each: (-(each.current.number if each.current else 0), each.code))
    return Beside(
        risks=tuple(_risk(each) for each in highest[:_MOST_RISKS]),
        targets=tuple(_changed_targets(session, titles, since)),
    )


def _standing(session: Session, codes: set[str]) -> dict[str, PlanRecord]:
    """The plan that answers for each measure, its own before one it shares: the newest that stands today."""
    today, area = get_today(session), council_area(session)
    plans = [each for each in recovery.list_plans(session) if each.area_code == area and each.stands_on(today)]
    shares = list_shares(session, plan_ids=[each.id for each in plans])
    found: dict[str, PlanRecord] = {}
    for plan in plans:
        found.setdefault(plan.measure_code, plan)
    for plan in plans:
        for code in shares.get(plan.id, ()):
            found.setdefault(code, plan)
    return {code: plan for code, plan in found.items() if code in codes}


def _in_words(session: Session, plan: PlanRecord, measure: Measure, series: Series) -> str:
    if not plan.is_open and plan.tolerated_until:
        return f"It is tolerated until {day_in_words(plan.tolerated_until)} ({plan.reference})."
    own = [
        each
        for each in recovery.list_milestones(session, plan_ids=[plan.id]).get(plan.id, [])
        if (each.measure_code or plan.measure_code) == measure.code
    ]
    found = sorted(
        milestone_lines(measure, own, series, today=get_today(session)), key=lambda each: each.milestone.period.end
    )
    actions = recovery.list_actions(session, plan_ids=[plan.id]).get(plan.id, [])
    today = get_today(session)
    late = [
        each for each in actions
        if each.status is ActionStatus.LATE
        or (each.status is not ActionStatus.DONE and each.ends_on is not None and each.ends_on < today)
    ]  # fmt: skip
    return PlanNow(
        reference=plan.reference,
        is_agreed=plan.agreed_by is not None,
        states=tuple(each.state for each in found),
        next_milestone=next((each.in_words for each in found if each.state is MilestoneState.NOT_YET), ""),
        done=sum(each.status is ActionStatus.DONE for each in actions),
        late=len(late),
        actions=len(actions),
    ).in_words


def _is_high(entry: RiskEntry) -> bool:
    return entry.current is not None and entry.current.level in _HIGH


def _risk(entry: RiskEntry) -> FrozenRisk:
    risk = entry.risk
    return FrozenRisk(
        code=entry.code,
        title=risk.title,
        in_words=entry.in_words,
        owner_role=risk.owner_role or "",
        mitigation=risk.mitigation,
    )


def _changed_targets(session: Session, titles: Mapping[str, str], since: Freeze | None) -> Iterator[TargetChange]:
    """Each agreed target that took the place of another for the same period, by measure and period."""
    first = since.at.date() if since else add_months(get_today(session), -_MONTHS)
    measures = {each.code: each for each in list_measures(session) if each.code in titles}
    records = list_records(
        session, measure_codes=list(titles), area_codes=[council_area(session)], states=[TargetState.AGREED]
    )
    before: dict[tuple[str, object], TargetRecord] = {}
    for record in records:
        key = record.target.measure_code, record.target.period
        earlier, measure = before.get(key), measures.get(record.target.measure_code)
        before[key] = record
        if earlier and measure and record.decided_at and record.decided_at.date() >= first:
            was, now = (target_in_words(measure, each.target) for each in (earlier, record))
            if was != now:
                yield TargetChange(
                    measure_code=measure.code,
                    title=measure.title,
                    period=record.target.period,
                    was=was,
                    now=now,
                    because=record.rationale,
                )
