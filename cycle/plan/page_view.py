"""What a plan on a page shows, as it stood on a day: its place in the thread, evidence, actions, measures and risks.

A page is made to be printed and handed round, so nobody's page shows a small count of people.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.council import council_area, names
from cycle.ground.series.hiding import council_series
from cycle.ground.series.standing import NOTHING
from cycle.ground.series.warding import WardMap, by_ward, ward_map_of
from cycle.plan.thread_view import WholePlan, whole_plan
from data_access.council.settings_store import get_default_tolerance, get_setting, get_today
from data_access.do.deliveries import list_deliveries
from data_access.plan.register import list_measures
from data_access.plan.tree import get_node, list_action_changes, list_actions, list_node_changes
from data_access.revise.risks import list_entries
from performance.do.delivery import Delivery
from performance.ground.dated import Change, version_of
from performance.ground.figures import Series, Target
from performance.ground.measures import Measure
from performance.ground.organisation import Action, NodeKind, PlanNode, units_below
from performance.ground.periods import Frequency, Period
from performance.ground.readers import Reader
from performance.ground.reckoning.due import numbers
from performance.ground.reckoning.rag import Rag
from performance.ground.values import round_half_up
from performance.plan.on_a_page import FIELDS, ActionChange, action_differences, actions_on, said_as
from performance.plan.thread import Strand
from performance.review.scorecard import ScorecardLine, scorecard_line
from performance.revise.risks import RiskEntry, highest_first

# What is off target stands first: on paper there may be no room for the rest.
_FIRST = (Rag.RED, Rag.AMBER, Rag.NOT_PROVIDED, Rag.GREEN)
_POINTS = {Frequency.MONTHLY: 24, Frequency.QUARTERLY: 12, Frequency.YEARLY: 10}


# Compared by identity: kept values are drawn once and the drawing kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class Evidence:
    """A measure that shows why the plan matters: its wards, or the council's own figures over time, as printed."""

    measure: Measure
    line: ScorecardLine | None = None
    wards: WardMap | None = None
    numbers: tuple[tuple[Period, Decimal], ...] = ()
    targets: tuple[tuple[Period, Target], ...] = ()


@dataclass(frozen=True, kw_only=True)
class PageAction:
    """An action with its version, the measure it belongs to where it is not of the plan itself, and its delivery."""

    action: Action
    version: int
    measure: Measure | None = None
    said: tuple[Delivery, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HistoryLine:
    """One field as it changed: who, when, what it was and is, and why."""

    at: datetime
    effective_on: date
    by: str
    field: str
    before: str
    after: str
    reason: str


# Compared by identity: kept values are drawn once and the drawing kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class PlanPage:
    """A plan on a page. `above` runs from the priority down; `measures_of` says whose measures stand here."""

    node: PlanNode
    version: int
    unit_name: str
    above: tuple[PlanNode, ...]
    below: tuple[PlanNode, ...]
    evidence: tuple[Evidence, ...]
    actions: tuple[PageAction, ...]
    measures: tuple[ScorecardLine, ...]
    by_ward_alone: tuple[Measure, ...]
    measures_of: str
    risks: tuple[RiskEntry, ...]
    history: tuple[HistoryLine, ...]
    known_as: dict[str, str]
    council_name: str
    place: str
    default_percent: Decimal
    on: date
    today: date


def page_of(session: Session, code: str, on: date, *, reader: Reader) -> PlanPage:
    """The page as it stood on the day. Raises NodeNotFoundError."""
    reader = reader.for_everybody
    whole = whole_plan(session, on, reader=reader)
    node, today = get_node(session, code=code, on=on), get_today(session)
    strands, measures_of = _strands_of(node, whole)
    figures = _Figures.read(session, node, strands, whole, on, reader)
    known_as = names(session)
    changes = list_node_changes(session, code=code)
    actions, action_changes = _actions(session, node, strands, on)
    lines = [figures.line(strand) for strand in strands if strand.period]
    lines.sort(key=lambda line: _FIRST.index(line.rag) if line.rag in _FIRST else len(_FIRST))
    return PlanPage(
        node=node,
        version=version_of(changes),
        unit_name=next((unit.name for unit in whole.units if unit.code == node.unit_code), ""),
        above=_above(node, whole.nodes),
        below=tuple(each for each in whole.nodes if each.parent_code == code),
        evidence=tuple(figures.evidence(session, measure) for measure in figures.shown),
        actions=actions,
        measures=tuple(lines),
        by_ward_alone=tuple(strand.measure for strand in strands if not strand.period),
        measures_of=measures_of,
        risks=_risks(session, node, strands),
        history=_history(session, changes, action_changes, known_as, on),
        known_as=known_as,
        council_name=get_setting(session, name="council_name"),
        place=get_setting(session, name="council_place"),
        default_percent=get_default_tolerance(session),
        on=on,
        today=today,
    )


@dataclass(frozen=True, kw_only=True, eq=False)
class _Figures:
    """The council's series of every measure on the page, as they were known on the day, read in one go."""

    area: str
    reader: Reader
    on: date
    percent: Decimal
    series: dict[tuple[str, str], Series]
    shown: tuple[Measure, ...]
    by_ward: frozenset[str]
    periods: dict[str, Period]

    @classmethod
    def read(
        cls, session: Session, node: PlanNode, strands: Sequence[Strand], whole: WholePlan, on: date, reader: Reader
    ) -> "_Figures":
        registered = {strand.measure.code: strand.measure for strand in whole.strands}
        shown = tuple(registered[code] for code in node.evidence if code in registered)
        measures = {each.code: each for each in (*shown, *(strand.measure for strand in strands))}
        today, area = get_today(session), council_area(session)
        known_at = datetime.combine(on, time.max).astimezone() if on < today else None
        return cls(
            area=area,
            reader=reader,
            on=min(on, today),
            percent=get_default_tolerance(session),
            series=council_series(
                session, measures=list(measures.values()), area=area, reader=reader, as_known_at=known_at
            ),
            shown=shown,
            by_ward=frozenset(by_ward(session, measures.values(), reader)),
            periods={strand.measure.code: strand.period for strand in whole.strands if strand.period},
        )

    def line(self, strand: Strand) -> ScorecardLine:
        """The measure at the period by which the golden thread rates it."""
        series = self.series.get((strand.measure.code, self.area), NOTHING)
        return scorecard_line(
            strand.measure,
            series,
            period=strand.period or strand.measure.latest_period(self.on),
            today=self.on,
            default_percent=self.percent,
            area_code=self.area,
        )

    def evidence(self, session: Session, measure: Measure) -> Evidence:
        if measure.code in self.by_ward and (wards := self._wards(session, measure)):
            return Evidence(measure=measure, wards=wards)
        series = self.series.get((measure.code, self.area), NOTHING)
        known = {period: number for period, number in numbers(measure, series.figures).items() if period.end <= self.on}
        recent = sorted(known)[-_POINTS.get(measure.frequency, 12) :]
        strand = Strand(measure=measure, period=self.periods.get(measure.code))
        return Evidence(
            measure=measure,
            line=self.line(strand) if recent else None,
            numbers=tuple((period, round_half_up(known[period], measure.decimals)) for period in recent),
            targets=tuple((period, target) for period, target in series.targets.items() if period in recent),
        )

    def _wards(self, session: Session, measure: Measure) -> WardMap | None:
        """The wards at the latest period that had ended by the day and can be ranked."""
        found = ward_map_of(session, measure, None, reader=self.reader)
        ended = next((period for period in found.periods if period.end <= self.on), None)
        if ended is None:
            return None
        found = found if ended == found.period else ward_map_of(session, measure, ended, reader=self.reader)
        return found if found.ranked else None


def _strands_of(node: PlanNode, whole: WholePlan) -> tuple[tuple[Strand, ...], str]:
    """The measures that hang on the node or below it; for a plan without any, its unit's measures of the objective."""
    below = units_below(node.code, ((each.code, each.parent_code) for each in whole.nodes))
    if own := tuple(strand for strand in whole.strands if strand.measure.objective_code in below):
        return own, ""
    objective = next((each for each in reversed(_above(node, whole.nodes)) if each.kind is NodeKind.OBJECTIVE), None)
    if node.kind is not NodeKind.PLAN or objective is None or node.unit_code is None:
        return (), ""
    units = units_below(node.unit_code, ((unit.code, unit.parent_code) for unit in whole.units))
    shared = tuple(
        strand
        for strand in whole.strands
        if strand.measure.objective_code == objective.code and strand.measure.unit_code in units
    )
    return shared, f"No measure hangs on this plan itself. These are its unit's measures of {objective.title}."


def _above(node: PlanNode, nodes: Iterable[PlanNode]) -> tuple[PlanNode, ...]:
    """From the priority down to the node's parent; a loop ends where it began."""
    known = {each.code: each for each in nodes}
    found: list[PlanNode] = []
    parent = known.get(node.parent_code or "")
    while parent is not None and parent not in found:
        found.insert(0, parent)
        parent = known.get(parent.parent_code or "")
    return tuple(found)


def _actions(
    session: Session, node: PlanNode, strands: Sequence[Strand], on: date
) -> tuple[tuple[PageAction, ...], list[ActionChange]]:
    """Of the node and of the measures on it; what ends first stands first, what is done last."""
    own = [strand.measure for strand in strands if strand.measure.objective_code == node.code]
    measures = {measure.code: measure for measure in own}
    changes = list_action_changes(session, node_codes=[node.code], measure_codes=list(measures))
    now = list_actions(session, node_codes=[node.code]) + list_actions(session, measure_codes=list(measures))
    stood = actions_on(now, changes, on=on)
    said = list_deliveries(session, action_ids=[action.id for action, _ in stood])
    found = [
        PageAction(
            action=action,
            version=version,
            measure=measures.get(action.measure_code or ""),
            said=tuple(each for each in said.get(f"action-{action.id}", ()) if each.recorded_at.date() <= on),
        )
        for action, version in stood
    ]
    found.sort(key=lambda each: (each.action.status.value == "done", each.action.ends_on or date.max, each.action.id))
    return tuple(found), changes


def _risks(session: Session, node: PlanNode, strands: Sequence[Strand]) -> tuple[RiskEntry, ...]:
    """Of the node and its measures, the highest first."""
    codes = {strand.measure.code for strand in strands}
    found = [
        entry
        for entry in list_entries(session)
        if entry.is_open and (entry.risk.node_code == node.code or entry.risk.measure_code in codes)
    ]
    return tuple(highest_first(found, get_today(session)))


def _history(
    session: Session,
    changes: Iterable[Change],
    action_changes: Iterable[ActionChange],
    known_as: dict[str, str],
    on: date,
) -> tuple[HistoryLine, ...]:
    """Every field that changed up to the day, newest first."""
    titles = {measure.code: measure.title for measure in list_measures(session)}
    found = [
        _history_line(change, FIELDS.get(change.field, change.field), *_both(change, titles), known_as)
        for change in changes
    ]
    found += [
        _history_line(change, field, before, after, known_as)
        for change in action_changes
        for field, before, after in action_differences(change)
    ]
    shown = [line for line in found if line.at.date() <= on or line.effective_on <= on]
    return tuple(sorted(shown, key=lambda line: line.at, reverse=True))


def _both(change: Change, titles: dict[str, str]) -> tuple[str, str]:
    """Before and after in words; measures by their titles."""
    if change.field == "evidence":
        before, after = ([titles.get(code, code) for code in codes] for codes in (change.before, change.after))
        return "; ".join(before), "; ".join(after)
    return said_as(change.before), said_as(change.after)


def _history_line(
    change: Change | ActionChange, field: str, before: str, after: str, known_as: dict[str, str]
) -> HistoryLine:
    made = change.recording
    return HistoryLine(
        at=made.at,
        effective_on=made.effective_on,
        by=known_as.get(made.by, made.by),
        field=field,
        before=before,
        after=after,
        reason=made.reason,
    )
