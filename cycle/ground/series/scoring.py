"""The scorecard of a part of the council: its measures with what stands beside each, never added up into one colour."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.moments import day_of
from cycle.ground.series.comparing import Comparator, newest_of_comparators
from cycle.ground.series.each import Own, of_each
from cycle.ground.series.lately import Recent, latest_few, latest_number
from cycle.ground.series.red_now import RedNow, newest_lines, red_now
from cycle.ground.series.standing import NOTHING
from cycle.ground.series.warding import by_ward
from data_access.council.settings_store import get_default_tolerance, get_today
from data_access.council.units import get_unit, list_units
from data_access.plan.register import list_measures
from data_access.plan.tree import get_node, list_nodes
from performance.ground.figures import Series
from performance.ground.measures import ContentKind, Measure
from performance.ground.organisation import PlanNode, Unit, units_below
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.reckoning.rag import Rag, Standing
from performance.ground.reckoning.spc import PointType
from performance.ground.values import Absence
from performance.review.ahead.outlook import Outlook
from performance.review.fullness import Fullness, Opening, added_up, fullness, opening
from performance.review.scorecard import ScorecardLine, scorecard_line
from performance.review.told import Told, ToldCard
from performance.review.variation import Variation, variation

CORPORATE = "corporate"
STATUTORY = "statutory"
RECENT, SPARK = 6, 12
_KINDS = {kind.value: kind.in_words.lower() for kind in ContentKind} | {STATUTORY: "required by law"}


@dataclass(frozen=True, kw_only=True)
class Scope:
    """A part of the council that has a scorecard: the whole, a node of the plan, or a unit."""

    code: str
    name: str
    level: str


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A line of a scorecard with what stands beside it. `recent` runs to the period shown; `comparators` are the wider
    areas and the middle of the group, of whose numbers only the last years need be there.

    `variation` and `outlook` are None where there is too little history, or the measure is reported once a year; the
    outlook also while it is still to come.
    """

    line: ScorecardLine
    recent: tuple[Recent, ...]
    comparators: tuple[Comparator, ...]
    variation: Variation | None
    outlook: Outlook | None = None

    @property
    def measure(self) -> Measure:
        return self.line.measure

    @property
    def told(self) -> Told:
        """As it is handed out."""
        compared = "; ".join(each.in_words(self.measure) for each in self.comparators)
        return Told(
            line=self.line,
            variation=self.variation,
            outlook=self.outlook,
            compared=compared,
            numbers=tuple(each.number for each in self.recent),
        )

    @property
    def last(self) -> Recent | None:
        """The newest figure there is, where the period's own has none."""
        known = [each for each in self.recent if each.number is not None]
        return known[-1] if known and isinstance(self.line.value, Absence) else None


# Compared by identity: kept values are drawn once and the drawing kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class Scorecard:
    """A balanced scorecard: its entries in the order of the register, never added up into one colour.

    Of now, where each measure stands at its newest figure, `period` is the month that has begun. `in_full` says that
    the asker sees what small counts of people hide from others. `to_come` are the measures whose outlook is not worked
    out yet (year_end.py); `narrowed` says in words to which of them it is.
    """

    scope: Scope
    period: Period
    entries: tuple[Entry, ...]
    as_known_at: datetime | None = None
    is_now: bool = False
    in_full: bool = False
    to_come: frozenset[str] = frozenset()
    narrowed: tuple[str, ...] = ()

    @property
    def asked(self) -> Period | None:
        """The period asked for; None for one of now."""
        return None if self.is_now else self.period

    @property
    def when_in_words(self) -> str:
        return "now" if self.is_now else self.period.in_words

    @property
    def told(self) -> ToldCard:
        """As it is handed out, its lines in their order."""
        lines = tuple(each.told for each in self.entries)
        return ToldCard(
            part=self.scope.name, level=self.scope.level, period=self.asked, lines=lines, narrowed=self.narrowed
        )

    @property
    def reds(self) -> list[Entry]:
        """The reds, the worst first: real changes for the worse, then by how far beyond the target, in tolerances."""
        return sorted(self.where(Rag.RED), key=lambda each: (not _is_getting_worse(each), -each.line.tolerances_off))

    @property
    def waiting(self) -> tuple[Entry, ...]:
        """The lines whose year's end is to come, in the order of the scorecard."""
        return tuple(each for each in self.entries if each.measure.code in self.to_come)

    def count(self, *ratings: Rag) -> int:
        return sum(entry.line.rag in ratings for entry in self.entries)

    def of_kinds(self, kinds: Collection[str]) -> "Scorecard":
        """Only measures of these kinds; of all, where none is named. `statutory` is whatever law requires."""
        if not kinds:
            return self
        found = (each for each in self.entries if kinds_of(each.measure) & set(kinds))
        return self.only(found, *(_KINDS[kind] for kind in sorted(kinds)))

    def of_standings(self, standings: Collection[Standing]) -> "Scorecard":
        """Only measures that count among these; all, where none is named."""
        if not standings:
            return self
        found = (each for each in self.entries if Standing.of(each.line.rag) in standings)
        return self.only(found, *(each.value for each in Standing if each in standings))

    def where(self, *ratings: Rag) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.line.rag in ratings)

    def only(self, entries: Iterable[Entry], *words: str) -> "Scorecard":
        """Only these of its lines, which the words say."""
        shown = tuple(entries)
        to_come = self.to_come & {each.measure.code for each in shown}
        return replace(self, entries=shown, to_come=to_come, narrowed=(*self.narrowed, *words))


def kinds_of(measure: Measure) -> set[str]:
    """What a scorecard can be narrowed by: the kind of content, and whether the law requires it."""
    return {measure.content_kind.value} | ({STATUTORY} if measure.statutory_reference else set())


def scopes_of(session: Session) -> tuple[Scope, ...]:
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


def _is_getting_worse(entry: Entry) -> bool:
    return entry.variation is not None and entry.variation.kind is PointType.CONCERN


def opening_of(session: Session, *, reader: Reader, as_known_at: datetime | None) -> Opening:
    """Which of the last twelve months the scorecards open on, by the figures of the whole council.

    A part with a measure or two would open on whatever month these were last in, each part on another.
    """
    today, measures = day_of(session, as_known_at), list_measures(session)
    newest = Period.containing(today, months=1).previous
    months = [newest.shifted(-back) for back in range(12)]

    def make(asked: Sequence[Measure], own: Own) -> dict[str, tuple[Fullness, ...]]:
        return {
            each.code: tuple(fullness([(each, own[each.code])], month, today=today) for month in months)
            if each.code in own
            else ()
            for each in asked
        }

    found = of_each(session, ("how full",), measures, make, reader=reader, as_known_at=as_known_at)
    every = [each for of_measure in found.values() for each in of_measure]
    return opening([added_up(every, month) for month in months])


def scorecard_of(
    session: Session, asked: Period | None, scope: str, *, reader: Reader, as_known_at: datetime | None
) -> Scorecard:
    """The scorecard of the period asked for; without one, of now. What is expected at year end is still to come."""
    today = day_of(session, as_known_at)
    period = asked or Period.containing(today, months=1)
    part, measures = measures_of(session, scope, period)
    measures = [each for each in measures if (each.is_active(asked) if asked else each.is_in_use(today))]

    def make(of: Sequence[Measure], own: Own) -> dict[str, tuple[bool, Entry]]:
        compared = newest_of_comparators(session, measures=of, up_to=period.end, as_known_at=as_known_at)
        percent, area = get_default_tolerance(session), council_area(session)
        at = _At(asked=asked, end=period.end, today=today, percent=percent, area=area)
        return {
            each.code: (each.code in own, _entry(each, own.get(each.code, NOTHING), compared[each.code], at))
            for each in of
        }

    found = of_each(session, ("entry", asked), measures, make, reader=reader, as_known_at=as_known_at)
    ward_alone = by_ward(session, [each for each in measures if not found[each.code][0]], reader)
    entries = tuple(entry for code, (_, entry) in found.items() if code not in ward_alone)
    return Scorecard(
        scope=part,
        period=period,
        entries=entries,
        as_known_at=as_known_at,
        is_now=asked is None,
        in_full=reader.every,
        to_come=frozenset(each.measure.code for each in entries),
    )


@dataclass(frozen=True, kw_only=True)
class _At:
    """When a scorecard is read, and by whose tolerance; `asked` is None for one of now."""

    asked: Period | None
    end: date
    today: date
    percent: Decimal
    area: str


def _entry(measure: Measure, own: Series, compared: Sequence[Comparator], at: _At) -> Entry:
    shown = at.asked or latest_number(measure, own, at.today)
    line = scorecard_line(measure, own, period=shown, today=at.today, default_percent=at.percent, area_code=at.area)
    return Entry(
        line=line,
        recent=latest_few(measure, own, line.period.end, at.today, at.percent, many=SPARK),
        comparators=tuple(compared),
        variation=variation(line, own, up_to=at.end),
    )


def red_now_of(session: Session, scope: str, *, reader: Reader, as_known_at: datetime | None) -> RedNow:
    _, measures = measures_of(session, scope, Period.containing(day_of(session, as_known_at), months=1))
    return red_now(newest_lines(session, measures, reader=reader, as_known_at=as_known_at).values())


def measures_of(session: Session, scope: str, period: Period) -> tuple[Scope, list[Measure]]:
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


def _has_measures(node: PlanNode, used: set[str | None], nodes: Sequence[PlanNode]) -> bool:
    return bool(units_below(node.code, ((each.code, each.parent_code) for each in nodes)) & used)


def _parents(units: Iterable[Unit]) -> list[tuple[str, str | None]]:
    return [(unit.code, unit.parent_code) for unit in units]
