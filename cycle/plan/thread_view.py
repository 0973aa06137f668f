"""What the golden thread is read from: the plan on a day with its status, and where people's own work hangs on it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from sqlalchemy.orm import Session

from cycle.ground.memory import remembered
from cycle.ground.series.each import Own, of_each
from cycle.ground.series.red_now import newest_lines
from cycle.ground.series.standing import NOTHING
from cycle.ground.series.warding import by_ward
from data_access.council.people import Person, list_people, list_posts
from data_access.council.settings_store import get_default_tolerance, get_today
from data_access.council.units import list_units
from data_access.plan import threads
from data_access.plan.changes import list_changes
from data_access.plan.register import list_measures
from data_access.plan.tree import get_node, list_nodes
from performance.ground.dated import as_it_stood
from performance.ground.figures import Series
from performance.ground.measures import Measure
from performance.ground.organisation import PlanNode, Unit, units_below
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.reckoning.due import figure_value, is_due
from performance.ground.reckoning.rag import rate
from performance.plan.own_thread import OwnObjective, PersonalThread
from performance.plan.refresh import Noun
from performance.plan.thread import (
    Branch,
    Counts,
    Gap,
    Strand,
    count,
    find_gaps,
    found_in,
    gaps_of_units,
    grow,
    is_found,
    line_up,
    loose,
    of_units,
    staffed,
)


# Compared by identity: kept values are drawn once and the drawing kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class GoldenThread:
    """The plan as it stood on a day, of a part of the council, and what is missing from it.

    `loose` are the measures that hang on nothing; `counts` are of all measures, whatever was searched for.
    """

    day: date
    today: date
    branches: tuple[Branch, ...]
    loose: tuple[Strand, ...]
    counts: Counts
    gaps: tuple[Gap, ...]
    units: tuple[Unit, ...]

    @property
    def unit_names(self) -> dict[str, str]:
        return {unit.code: unit.name for unit in self.units}


@dataclass(frozen=True, kw_only=True)
class MyThread:
    """A person's thread: the way from the node their work hangs on up to its priority, and their own objectives.

    `way` is empty while nothing is picked, or after the node has left the plan: then `ended` names it.
    """

    person: Person
    manager_name: str
    stored: PersonalThread | None
    chosen_by: str
    way: tuple[Branch, ...]
    ended: PlanNode | None
    objectives: tuple[OwnObjective, ...]

    @property
    def version(self) -> int:
        """What a change is based on; 0 while nothing is picked."""
        return self.stored.version if self.stored else 0


@dataclass(frozen=True, kw_only=True, eq=False)
class WholePlan:
    """All there is on a day, before anybody looks at a part of it."""

    nodes: tuple[PlanNode, ...]
    strands: tuple[Strand, ...]
    units: tuple[Unit, ...]
    gaps: tuple[Gap, ...]


def whole_plan(session: Session, day: date, *, reader: Reader) -> WholePlan:
    """The plan on the day with its status, kept until something changes."""
    return remembered(session, ("whole plan", day, reader), lambda: _work_out(session, day, reader=reader))


def _work_out(session: Session, day: date, *, reader: Reader) -> WholePlan:
    nodes, units = list_nodes(session, on=day), list_units(session, on=day)
    strands = _strands(session, _measures(session, day), day, reader=reader)
    names = {unit.code: unit.name for unit in units}
    gaps = find_gaps(nodes, strands, day=day, in_post=staffed(units, list_posts(session, on=day)), unit_names=names)
    return WholePlan(nodes=tuple(nodes), strands=tuple(strands), units=tuple(units), gaps=gaps)


def _measures(session: Session, day: date) -> list[Measure]:
    """The measures in use on the day, worded as they were."""
    changes = list_changes(session, Noun.MEASURE)
    worded = [as_it_stood(each, changes.get(each.code, ()), on=day) for each in list_measures(session, on=day)]
    return [each for each in worded if each.is_in_use(day)]


def _strands(session: Session, measures: Sequence[Measure], day: date, *, reader: Reader) -> list[Strand]:
    today = get_today(session)
    seen = min(day, today)
    known_at = datetime.combine(seen, time.max).astimezone() if seen < today else None
    lines = newest_lines(session, measures, reader=reader, as_known_at=known_at)
    percent = get_default_tolerance(session)

    def strand(measure: Measure, own: Series) -> Strand:
        line = lines.get(measure.code)
        period = line.period if line else _without_number(measure, own, seen)
        value = figure_value(measure, own.stored(period), period, today=seen)
        rag = line.rag if line else rate(value, None, measure, default_percent=percent)
        overdue = _overdue(measure, own, seen) if line else None
        is_late = overdue is not None and overdue.end > period.end
        return Strand(measure=measure, rag=rag, period=period, overdue=overdue if is_late else None)

    def make(of: Sequence[Measure], own: Own) -> dict[str, tuple[bool, Strand]]:
        return {each.code: (each.code in own, strand(each, own.get(each.code, NOTHING))) for each in of}

    found = of_each(session, ("strand",), measures, make, reader=reader, as_known_at=known_at)
    ward_alone = by_ward(session, [each for each in measures if not found[each.code][0]], reader)
    return [Strand(measure=each.measure) if code in ward_alone else each for code, (_, each) in found.items()]


def _without_number(measure: Measure, series: Series, day: date) -> Period:
    """What a measure without any number answers for: its newest reason for none, or what it owes."""
    ended = [period for period in series.figures if period.end <= day]
    if not ended:
        return measure.latest_period(day)
    newest, overdue = max(ended, key=lambda period: (period.end, period.months)), _overdue(measure, series, day)
    return overdue if overdue and overdue.end > newest.end else newest


def _overdue(measure: Measure, series: Series, day: date) -> Period | None:
    """The newest period whose day has passed and nothing was said for; none where figures follow no calendar."""
    expected = measure.latest_period(day)
    due = expected if is_due(measure, expected, today=day) else expected.previous
    keeps_to_calendar = all(measure.own_period(each.start) == each for each in series.figures)
    return due if keeps_to_calendar and due not in series.figures else None


def part_of(whole: WholePlan, day: date, today: date, unit: str, find: str) -> GoldenThread:
    """The part of the whole that hangs together with a unit, and of that what the words are found in."""
    nodes, strands, gaps = whole.nodes, whole.strands, whole.gaps
    if unit:
        below = units_below(unit, ((each.code, each.parent_code) for each in whole.units))
        nodes = of_units(nodes, strands, below)
        strands = tuple(strand for strand in strands if strand.measure.unit_code in below)
        gaps = gaps_of_units(gaps, below)
    branches, unhung = grow(nodes, strands), loose(whole.nodes, strands)
    if find.strip():
        branches = found_in(branches, find)
        unhung = tuple(strand for strand in unhung if is_found(strand, find))
    return GoldenThread(
        day=day,
        today=today,
        branches=branches,
        loose=unhung,
        counts=count(strands),
        gaps=gaps,
        units=whole.units,
    )


def threads_of(session: Session, people: Sequence[Person], *, reader: Reader) -> list[MyThread]:
    """The threads of people whom the asker may read: themselves, or those they manage. Asked by the caller."""
    today, usernames = get_today(session), [person.username for person in people]
    whole = whole_plan(session, today, reader=reader)
    branches = grow(whole.nodes, whole.strands)
    stored = {each.username: each for each in threads.list_threads(session, usernames=usernames)}
    names = {each.username: each.name for each in list_people(session, on=today)}
    own: dict[str, list[OwnObjective]] = {}
    for each in threads.list_objectives(session, usernames=usernames):
        own.setdefault(each.username, []).append(each)
    return [
        _thread_of(session, person, stored.get(person.username), branches, names, tuple(own.get(person.username, ())))
        for person in people
    ]


def _thread_of(
    session: Session,
    person: Person,
    stored: PersonalThread | None,
    branches: tuple[Branch, ...],
    names: Mapping[str, str],
    objectives: tuple[OwnObjective, ...],
) -> MyThread:
    way = line_up(branches, stored.node_code) if stored else ()
    return MyThread(
        person=person,
        manager_name=names.get(person.manager or "", ""),
        stored=stored,
        chosen_by=names.get(stored.chosen_by, stored.chosen_by) if stored else "",
        way=way,
        ended=get_node(session, code=stored.node_code) if stored and not way else None,
        objectives=objectives,
    )
