"""Review: the scorecard of any part of the council, one measure with all that is known of it, and the wards."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.access import demand
from cycle.comparing import Comparator, comparators_of
from cycle.hiding import council_series
from cycle.memory import remembered
from cycle.returning import council_area, names
from cycle.warding import WardMap, list_ward_measures, ward_map_of
from data_access.database import reading
from data_access.figures import list_revisions
from data_access.plan import get_node, list_nodes
from data_access.register import get_measure, list_measures
from data_access.reopenings import list_reopenings
from data_access.settings_store import get_default_tolerance, get_today
from data_access.units import get_unit, list_units
from performance.aggregation import figure_value, numbers
from performance.figures import Figure, Series
from performance.measures import Measure
from performance.organisation import PlanNode, Unit, units_below
from performance.people import Permission, User
from performance.periods import Period
from performance.rag import Rag, rate
from performance.scorecard import ScorecardLine, scorecard_line
from performance.values import Absence

NOTHING = Series(figures={}, targets={})
CORPORATE = "corporate"
RECENT, SPARK = 6, 12


@dataclass(frozen=True, kw_only=True)
class Scope:
    """A part of the council that has a scorecard: the whole, a node of the plan, or a unit."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, kw_only=True)
class Recent:
    """One of the latest periods of a measure: how it was rated, and its number where it had one."""

    period: Period
    rag: Rag
    number: Decimal | None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of a scorecard with what stands beside it. `recent` runs to the period shown."""

    line: ScorecardLine
    recent: tuple[Recent, ...]
    comparators: tuple[Comparator, ...]

    @property
    def measure(self) -> Measure:
        return self.line.measure


# Compared by identity: kept values are drawn once and the drawing kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class Scorecard:
    """A balanced scorecard: its entries in the order of the register, never added up into one colour."""

    scope: Scope
    period: Period
    entries: tuple[Entry, ...]

    def count(self, *ratings: Rag) -> int:
        return sum(entry.line.rag in ratings for entry in self.entries)

    def where(self, *ratings: Rag) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.line.rag in ratings)


# Compared by identity: kept values are drawn once and the drawing kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class MeasurePage:
    """All that is known of one measure for the council itself. `revisions` are newest first; `corrected_because` are
    the reasons for which something locked was opened again, by the id of the request."""

    measure: Measure
    unit_name: str
    objective: PlanNode | None
    line: ScorecardLine
    series: Series
    figures: tuple[Recent, ...]
    comparators: tuple[Comparator, ...]
    revisions: tuple[Figure, ...]
    corrected_because: dict[int, str]
    known_as: dict[str, str]
    has_wards: bool
    default_percent: Decimal
    today: date

    @property
    def is_by_ward_alone(self) -> bool:
        """Whether there is nothing to show of the council as a whole, and nothing is expected."""
        return self.has_wards and not (self.series.figures or self.series.targets)


def list_scopes(*, by: User) -> list[Scope]:
    """Every part of the council that has a scorecard: the whole, then the plan, then directorates and services."""
    with reading() as session:
        demand(session, by, Permission.VIEW_SCORECARDS)
        return list(remembered(session, ("scopes",), lambda: _scopes(session)))


def list_periods(*, by: User) -> list[Period]:
    """The periods a scorecard can be drawn for, newest first: two years of months, quarters and years that ended."""
    with reading() as session:
        demand(session, by, Permission.VIEW_SCORECARDS)
        today = get_today(session)
    found: list[Period] = []
    for months, many in ((1, 24), (3, 8), (12, 3)):
        latest = Period.containing(today, months=months).previous
        found += [latest.shifted(-months * step) for step in range(many)]
    return found


def scorecard(period: Period, scope: str, *, by: User) -> Scorecard:
    """The scorecard of a part of the council for a period. Raises a NotFoundError for a part there is not."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_SCORECARDS)
        sees_all = user.may(Permission.MAINTAIN_REGISTER)
        key = ("scorecard", period, scope, sees_all)
        return remembered(session, key, lambda: _scorecard(session, period, scope, sees_all=sees_all))


def list_measures_by_title(*, by: User) -> list[Measure]:
    """Every measure, to choose one from."""
    with reading() as session:
        demand(session, by, Permission.VIEW_SCORECARDS)
        return list(remembered(session, ("measures by title",), lambda: _by_title(list_measures(session))))


def measure_page(code: str, *, by: User) -> MeasurePage:
    """One measure at its latest period with a figure. Raises MeasureNotFoundError."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_SCORECARDS)
        measure = remembered(session, ("one measure", code), lambda: get_measure(session, code=code))
        sees_all = _sees_all(user, measure)
        key = ("measure", code, sees_all)
        return remembered(session, key, lambda: _measure_page(session, measure, sees_all=sees_all))


def ward_measures(*, by: User) -> list[Measure]:
    """The measures that have ward figures, by title."""
    with reading() as session:
        demand(session, by, Permission.VIEW_WARDS)
        return list(_ward_measures(session))


def ward_map(code: str, period: Period | None, *, by: User) -> WardMap:
    """A measure by ward for a period (the latest, where none is given), without what this person may not see."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_WARDS)
        measure = remembered(session, ("one measure", code), lambda: get_measure(session, code=code))
        sees_all = _sees_all(user, measure)
        key = ("wards", code, period, sees_all)
        return remembered(session, key, lambda: ward_map_of(session, measure, period, sees_all=sees_all))


def _ward_measures(session: Session) -> tuple[Measure, ...]:
    return remembered(session, ("ward measures",), lambda: list_ward_measures(session))


def _sees_all(user: User, measure: Measure) -> bool:
    """Small counts of people are for the service that submits them and for the BI team."""
    return user.may(Permission.MAINTAIN_REGISTER) or user.may(Permission.ENTER_FIGURES, at=measure.unit_code)


def _scopes(session: Session) -> tuple[Scope, ...]:
    today = get_today(session)
    used = {measure.objective_code for measure in list_measures(session)}
    plan = list_nodes(session, on=today)
    nodes = [node for node in plan if _has_measures(node, used, plan)]
    units = [unit for unit in list_units(session, on=today) if unit.parent_code]
    levels = {"priority": "Priority", "outcome": "Outcome", "objective": "Objective", "plan": "Plan"}
    return (
        Scope(code=CORPORATE, name="Whole council", level="Corporate"),
        *(Scope(code=node.code, name=node.title, level=levels[node.kind.value]) for node in nodes),
        *(Scope(code=unit.code, name=unit.name, level=unit.kind.value.capitalize()) for unit in units),
    )


def _by_title(measures: Iterable[Measure]) -> tuple[Measure, ...]:
    return tuple(sorted(measures, key=lambda measure: (measure.title.casefold(), measure.code)))


def _has_measures(node: PlanNode, used: set[str | None], nodes: Sequence[PlanNode]) -> bool:
    return bool(units_below(node.code, ((each.code, each.parent_code) for each in nodes)) & used)


def _measures_of(session: Session, scope: str, period: Period) -> tuple[Scope, list[Measure]]:
    """The measures of a part of the council, by the organisation as it stood at the period's end."""
    if scope == CORPORATE:
        return Scope(code=CORPORATE, name="Whole council", level="Corporate"), list_measures(session)
    nodes = list_nodes(session)
    if scope in {node.code for node in nodes}:
        node = get_node(session, code=scope)
        below = units_below(scope, ((each.code, each.parent_code) for each in nodes))
        kind = node.kind.value.capitalize()
        return Scope(code=scope, name=node.title, level=kind), list_measures(session, objective_codes=below)
    unit = get_unit(session, code=scope, on=get_today(session))
    below = units_below(scope, _parents(list_units(session, on=period.end)))
    return Scope(code=scope, name=unit.name, level=unit.kind.value.capitalize()), list_measures(
        session, unit_codes=below
    )


def _parents(units: Iterable[Unit]) -> list[tuple[str, str | None]]:
    return [(unit.code, unit.parent_code) for unit in units]


def _scorecard(session: Session, period: Period, scope: str, *, sees_all: bool) -> Scorecard:
    part, measures = _measures_of(session, scope, period)
    measures = [measure for measure in measures if measure.is_active(period)]
    today, percent, area = get_today(session), get_default_tolerance(session), council_area(session)
    series = council_series(session, measures=measures, area=area, sees_all=sees_all)
    by_ward_alone = {measure.code for measure in _ward_measures(session)} - {code for code, _ in series}
    measures = [measure for measure in measures if measure.code not in by_ward_alone]
    compared = comparators_of(session, measures=measures, up_to=period.end)
    entries = []
    for measure in measures:
        own = series.get((measure.code, area), NOTHING)
        line = scorecard_line(measure, own, period=period, today=today, default_percent=percent, area_code=area)
        entries.append(
            Entry(
                line=line,
                recent=_recent(measure, own, line.period.end, today, percent, many=SPARK),
                comparators=tuple(each for each in compared[measure.code] if not each.is_neighbour),
            )
        )
    return Scorecard(scope=part, period=period, entries=tuple(entries))


def _recent(
    measure: Measure, series: Series, end: date, today: date, percent: Decimal, *, many: int
) -> tuple[Recent, ...]:
    """The measure's own periods up to a day, oldest first, those without a figure included."""
    last = max((each for each in series.figures if each.end <= end), default=measure.latest_period(end))
    last = max(last, measure.latest_period(end)) if last == measure.own_period(last.start) else last
    step = 12 if last.months > 12 else last.months
    first = min(series.figures, default=last)
    periods = [period for back in range(many) if (period := last.shifted(-step * back)).start >= first.start]
    return tuple(_rated(measure, series, period, today, percent) for period in reversed(periods))


def _rated(measure: Measure, series: Series, period: Period, today: date, percent: Decimal) -> Recent:
    value = figure_value(measure, series.stored(period), period, today=today)
    rag = rate(value, series.targets.get(period), measure, default_percent=percent)
    number = numbers(measure, {period: series.figures[period]}).get(period) if period in series.figures else None
    return Recent(period=period, rag=rag, number=number)


def _measure_page(session: Session, measure: Measure, *, sees_all: bool) -> MeasurePage:
    code = measure.code
    today, percent, area = get_today(session), get_default_tolerance(session), council_area(session)
    found = council_series(session, measures=[measure], area=area, sees_all=sees_all)
    series = found.get((code, area), NOTHING)
    latest = _latest(measure, series, today)
    revisions = list_revisions(session, measure_code=code, area_code=area)
    units = {unit.code: unit.name for unit in list_units(session, on=today)}
    every = _history(series, latest)
    return MeasurePage(
        measure=measure,
        unit_name=units.get(measure.unit_code, measure.unit_code),
        objective=get_node(session, code=measure.objective_code) if measure.objective_code else None,
        line=scorecard_line(measure, series, period=latest, today=today, default_percent=percent, area_code=area),
        series=series,
        figures=tuple(_rated(measure, series, period, today, percent) for period in every),
        comparators=tuple(comparators_of(session, measures=[measure], up_to=today)[code]),
        revisions=tuple(reversed([each for each in revisions if sees_all or not _is_hidden(each, series)])),
        corrected_because={each.id: each.reason for each in list_reopenings(session, unit_codes=[measure.unit_code])},
        known_as=dict(names(session)),
        has_wards=measure in _ward_measures(session),
        default_percent=percent,
        today=today,
    )


def _is_hidden(revision: Figure, series: Series) -> bool:
    """Whether the revision would show a number that the series hides."""
    shown = series.figures.get(revision.period)
    return shown is not None and shown.absence is Absence.SUPPRESSED and revision.absence is None


def _latest(measure: Measure, series: Series, today: date) -> Period:
    """The newest period that ended and has a number; without any, the measure's own latest."""
    ended = [period for period in numbers(measure, series.figures) if period.end <= today]
    return max(ended, key=lambda period: (period.end, period.months), default=measure.latest_period(today))


def _history(series: Series, latest: Period) -> list[Period]:
    """Every period of the calendar from the first figure to the newest, so that gaps are seen."""
    stored = sorted(series.figures)
    if not stored:
        return [latest]
    step = 12 if latest.months >= 12 else latest.months
    every, period = [], stored[0]
    while period.start <= max(stored[-1], latest).start:
        every.append(period)
        period = period.shifted(step)
    return every
