"""What is under way in a month: the actions and milestones of the plans that units own, with what was said of them."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cycle.ground.milestones import MilestoneLine, milestone_lines
from cycle.ground.series.hiding import series_of
from cycle.ground.series.standing import NOTHING
from data_access.council.settings_store import get_today
from data_access.council.units import list_units
from data_access.do.deliveries import list_deliveries
from data_access.plan import tree
from data_access.plan.register import get_measure, list_measures
from data_access.revise import recovery
from data_access.revise.recovery import PlanRecord
from performance.do.delivery import Delivery, DeliveryLine, is_open_action, is_open_milestone
from performance.ground.measures import Measure
from performance.ground.organisation import Action, Milestone, PlanStatus
from performance.ground.periods import Period
from performance.ground.readers import Reader

# A recovery plan is delivered once someone else has agreed it, until it is closed.
_DELIVERED = (PlanStatus.AGREED, PlanStatus.IN_PROGRESS)


@dataclass(frozen=True, kw_only=True)
class _Found:
    """An action and where it hangs; `begins` is when it is taken to begin where it names no day."""

    action: Action
    unit_code: str
    where: str
    node_code: str | None = None
    plan_id: int | None = None
    begins: date | None = None


def under_way(
    session: Session, *, unit_codes: Collection[str], period: Period, reader: Reader, held: bool = False
) -> dict[str, tuple[DeliveryLine, ...]]:
    """By unit, what was under way in the month: actions by their end, the earliest first, and then milestones.

    Held, nobody else says anything of them until the transaction ends.
    """
    measures = {each.code: each for each in list_measures(session, unit_codes=unit_codes)}
    plans = _plans(session, measures, period)
    actions = [*_of_the_plan(session, unit_codes, measures, period), *_of_recovery(session, plans, measures)]
    milestones = recovery.list_milestones(session, plan_ids=[each.id for each in plans])
    said = list_deliveries(
        session,
        action_ids=[each.action.id for each in actions],
        milestone_ids=[each.id for found in milestones.values() for each in found],
        held=held,
    )
    versions = action_versions(session, actions=[each.action for each in actions])
    lines: dict[str, list[DeliveryLine]] = defaultdict(list)
    today = get_today(session)
    for found in sorted(actions, key=lambda each: (each.action.ends_on or date.max, each.action.id)):
        history = said.get(f"action-{found.action.id}", ())
        if is_open_action(found.action, period, history, begins=found.begins):
            version = versions.get(found.action.id, 1)
            lines[found.unit_code].append(_action_line(found, period, today, history, version))
    for line, unit_code in _milestones(session, plans, measures, milestones, period, said, reader):
        lines[unit_code].append(line)
    return {code: tuple(found) for code, found in lines.items()}


def action_versions(session: Session, *, actions: Iterable[Action]) -> dict[int, int]:
    """The newest version of each action of the plan; what was never changed is at version 1."""
    actions = list(actions)
    changes = tree.list_action_changes(
        session,
        node_codes={each.node_code for each in actions if each.node_code},
        measure_codes={each.measure_code for each in actions if each.measure_code},
    )
    return {change.action_id: change.version for change in changes}


def _plans(session: Session, measures: Mapping[str, Measure], period: Period) -> list[PlanRecord]:
    """The units' recovery plans that were agreed, and opened by the end of the month."""
    found = recovery.list_plans(session, statuses=_DELIVERED, measure_codes=list(measures))
    return [each for each in found if each.opened_at.date() <= period.end]


def _of_the_plan(
    session: Session, unit_codes: Collection[str], measures: Mapping[str, Measure], period: Period
) -> Iterable[_Found]:
    returned_by = _returned_by(session)
    nodes = {
        node.code: node
        for node in tree.list_nodes(session, on=period.end)
        if returned_by.get(node.unit_code or "") in unit_codes
    }
    for action in tree.list_actions(session, node_codes=list(nodes)):
        node = nodes[action.node_code or ""]
        unit_code = returned_by[node.unit_code or ""]
        yield _Found(action=action, unit_code=unit_code, where=node.title, node_code=node.code)
    for action in tree.list_actions(session, measure_codes=list(measures)):
        measure = measures[action.measure_code or ""]
        if action.node_code is None:
            yield _Found(
                action=action, unit_code=measure.unit_code, where=measure.title, node_code=measure.objective_code
            )


def _returned_by(session: Session) -> dict[str, str]:
    """On whose return each unit's actions stand: its own, or, where it has no measures, the nearest above that has."""
    measured = {measure.unit_code for measure in list_measures(session)}
    parents = {unit.code: unit.parent_code for unit in list_units(session, on=get_today(session))}
    found = {}
    for unit in parents:
        code: str | None = unit
        seen: set[str] = set()
        while code is not None and code not in measured and code not in seen:
            seen.add(code)
            code = parents.get(code)
        if code in measured:
            found[unit] = str(code)
    return found


def _of_recovery(session: Session, plans: Iterable[PlanRecord], measures: Mapping[str, Measure]) -> Iterable[_Found]:
    by_id = {each.id: each for each in plans}
    for plan_id, actions in recovery.list_actions(session, plan_ids=list(by_id)).items():
        opened, measure = by_id[plan_id], measures[by_id[plan_id].measure_code]
        for action in actions:
            yield _Found(
                action=action,
                unit_code=measure.unit_code,
                where=f"Recovery plan {opened.reference}, {measure.title}",
                plan_id=plan_id,
                begins=opened.opened_at.date(),
            )


def _action_line(
    found: _Found, period: Period, today: date, history: tuple[Delivery, ...], version: int
) -> DeliveryLine:
    return DeliveryLine(
        period=period,
        today=today,
        what=found.action.action,
        where=found.where,
        action=found.action,
        node_code=found.node_code,
        plan_id=found.plan_id,
        version=version,
        history=history,
    )


def _milestones(
    session: Session,
    plans: Iterable[PlanRecord],
    measures: Mapping[str, Measure],
    milestones: Mapping[int, Collection[Milestone]],
    period: Period,
    said: Mapping[str, tuple[Delivery, ...]],
    reader: Reader,
) -> Iterable[tuple[DeliveryLine, str]]:
    plans, today = [each for each in plans if milestones.get(each.id)], get_today(session)
    if not plans:
        return
    held = {(each.id, code): found for each in plans for code, found in _by_measure(each, milestones[each.id]).items()}
    own = [_measure(session, code, measures) for code in sorted({code for _, code in held})]
    series = series_of(session, measures=own, area_codes=sorted({each.area_code for each in plans}), reader=reader)
    for each in plans:
        for measure in own:
            of_measure = series.get((measure.code, each.area_code), NOTHING)
            for line in milestone_lines(measure, held.get((each.id, measure.code), ()), of_measure, today=today):
                if is_open_milestone(line.milestone, period, line.state):
                    line_of = _milestone_line(line, each, measure, period, today, said)
                    yield line_of, measures[each.measure_code].unit_code


def _by_measure(plan: PlanRecord, milestones: Iterable[Milestone]) -> dict[str, list[Milestone]]:
    """The plan's own measure, and those that share it: each milestone is a point on the line of one of them."""
    found: dict[str, list[Milestone]] = {}
    for each in milestones:
        found.setdefault(each.measure_code or plan.measure_code, []).append(each)
    return found


def _measure(session: Session, code: str, known: Mapping[str, Measure]) -> Measure:
    """One that shares a plan may be of another service."""
    return known.get(code) or get_measure(session, code=code)


def _milestone_line(
    line: MilestoneLine,
    of: PlanRecord,
    measure: Measure,
    period: Period,
    today: date,
    said: Mapping[str, tuple[Delivery, ...]],
) -> DeliveryLine:
    return DeliveryLine(
        period=period,
        today=today,
        what=line.in_words,
        where=f"Recovery plan {of.reference}, {measure.title}",
        milestone=line.milestone,
        state=line.state,
        actual=measure.print_value(line.actual),
        plan_id=of.id,
        version=1 + line.milestone.moves,
        history=said.get(f"milestone-{line.milestone.id}", ()),
    )
