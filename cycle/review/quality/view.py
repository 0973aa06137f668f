"""The quality of the council's data as it is read: by unit, by month, by measure, and what is still to be done."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.memory import remembered, remembered_each
from cycle.ground.moments import day_of
from cycle.ground.series.warding import by_ward
from cycle.review.quality._chasing import Reminder, reminders_of
from cycle.review.quality.asked import Question, questions_of
from cycle.review.quality.doubts import Confirmed, Restated, confirmed_of, due_as_seen, restated_of
from cycle.review.quality.of_measure import YEAR, MeasureQuality, ToTheDay, in_month, to_the_day
from data_access.council.units import get_unit, list_units
from data_access.do.measured import list_measured_at
from data_access.plan.register import list_measures
from performance.ground.measures import Measure
from performance.ground.organisation import Unit, UnitKind, units_below
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.ground.readers import OFFICER
from performance.ground.reckoning.completeness import due_periods
from performance.review.quality.challenges import Challenge
from performance.review.quality.received import Counts, DueFigure, added_up, count

COUNCIL_WIDE = "council"
_MONTHS = 24
_Months = Mapping[Period, Counts]
_Found = TypeVar("_Found")


@dataclass(frozen=True, kw_only=True)
class UnitRow:
    """A unit with the counts of all that is measured at it and below it."""

    unit: Unit
    counts: Counts


@dataclass(frozen=True, kw_only=True)
class UnitYear:
    """A unit with the counts of each month of the year, of all that is measured at it and below it."""

    unit: Unit
    months: Mapping[Period, Counts]


# Compared by identity: kept values are drawn once and the drawing kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class QualityView:
    """The data of a part of the council for a month, and of the year that ends with it.

    `due` are the figures of the month, `rows` the units that they belong to, and `not_due` how many are not due yet.
    `units` are those of which anything was due in the year.
    """

    month: Period
    name: str
    as_known_at: datetime | None
    today: date
    counts: Counts
    not_due: int
    rows: tuple[UnitRow, ...]
    due: tuple[DueFigure, ...]
    year: Mapping[Period, Counts]
    units: tuple[UnitYear, ...]
    measures: tuple[MeasureQuality, ...]
    restated: tuple[Restated, ...]
    confirmed: tuple[Confirmed, ...]
    open: tuple[Question, ...]
    reminders: tuple[Reminder, ...]
    may_doubt: bool


def months_of(session: Session) -> list[Period]:
    today, measures = day_of(session, None), list_measures(session)
    latest = Period.containing(today, months=1).previous
    months = [latest.shifted(-step) for step in range(_MONTHS)]
    begun = (at for at, month in enumerate(months) if any(due_periods(m, within=month, today=today) for m in measures))
    return months[next(begun, 0) :]


def units_of(session: Session, month: Period) -> dict[str, str]:
    measured = {measure.unit_code for measure in list_measures(session) if measure.is_active(month)}
    units = list_units(session, on=month.end)
    shown = [unit for unit in units if unit.kind is not UnitKind.COUNCIL and _below(unit.code, units) & measured]
    return {COUNCIL_WIDE: "Whole council"} | {
        unit.code: f"{unit.kind.value.capitalize()}: {unit.name}" for unit in shown
    }


def view_of(session: Session, month: Period, unit_code: str, *, as_known_at: datetime | None, by: User) -> QualityView:
    units, today = list_units(session, on=month.end), day_of(session, as_known_at)
    whole = unit_code == COUNCIL_WIDE
    name = "the whole council" if whole else get_unit(session, code=unit_code, on=month.end).name
    inside = None if whole else _below(unit_code, units)
    measures = _measures(session, inside)
    lately = to_the_day(session, measures, as_known_at=as_known_at)
    then = in_month(session, measures, month, as_known_at=as_known_at)
    due = due_as_seen(session, [each for measure in measures for each in then[measure.code].due], by=by)
    active = [measure for measure in measures if measure.is_active(month)]
    months = [month.shifted(-step) for step in range(YEAR - 1, -1, -1)]
    came = {code: {month: count(of_unit)} for code, of_unit in _by_owner((each.measure, each) for each in due).items()}
    lots = _by_owner((measure, then[measure.code].year) for measure in measures if then[measure.code].year)
    year = {code: _added_up(of_unit, months) for code, of_unit in lots.items()}
    restated = [(measure, lately[measure.code].restated) for measure in measures if lately[measure.code].restated]
    confirmed = [each.confirmed for each in then.values() if each.confirmed]
    missing = [figure for each in lately.values() for figure in each.missing]
    return QualityView(
        month=month,
        name=name,
        as_known_at=as_known_at,
        today=today,
        counts=_added_up(came.values(), [month])[month],
        not_due=sum(_ends_with(each, month) for each in active) - len(due),
        rows=tuple(
            UnitRow(unit=unit, counts=_added_up(of_unit, [month])[month])
            for unit, of_unit in _by_unit(units, came, inside)
        ),
        due=due,
        year=_added_up(year.values(), months),
        units=tuple(
            UnitYear(unit=unit, months=_added_up(of_unit, months)) for unit, of_unit in _by_unit(units, year, inside)
        ),
        measures=tuple(lately[measure.code].quality for measure in active),
        restated=restated_of(session, restated, as_known_at=as_known_at, by=by),
        confirmed=confirmed_of(session, confirmed, by=by),
        open=questions_of(session, _all_open(lately.values()), as_known_at=as_known_at, by=by),
        reminders=reminders_of(session, missing, today=today, by=by),
        may_doubt=by.may(Permission.DOUBT_FIGURES) and as_known_at is None,
    )


def _measures(session: Session, inside: frozenset[str] | None) -> list[Measure]:
    """Those of the units that have, or should have, figures of the council's own."""
    key = ("measures of units", inside)
    measures = remembered(session, key, lambda: tuple(list_measures(session, unit_codes=inside)), apart=True)
    in_wards = set(by_ward(session, measures, OFFICER))

    def work_out(missing: list[Measure]) -> dict[str, bool]:
        area, codes = council_area(session), [each.code for each in missing]
        own = set(list_measured_at(session, area_code=area, measure_codes=codes))
        return {code: code in own for code in codes}

    asked = [each for each in measures if each.code in in_wards]
    has_own = remembered_each(session, ("of the council's own",), asked, work_out)
    return [each for each in measures if has_own.get(each.code, True)]


def _by_owner(found: Iterable[tuple[Measure, _Found]]) -> dict[str, list[_Found]]:
    """What was found of measures, by their unit."""
    by_owner: dict[str, list[_Found]] = {}
    for measure, each in found:
        by_owner.setdefault(measure.unit_code, []).append(each)
    return by_owner


def _by_unit(
    units: Sequence[Unit], counted: Mapping[str, _Months], inside: Collection[str] | None
) -> Iterator[tuple[Unit, list[_Months]]]:
    """Each directorate, then what is below it, wherever something was due, with what was counted there."""
    for unit in _in_order(units):
        below = _below(unit.code, units)
        of_unit = [counted[code] for code in below if code in counted]
        if of_unit and (inside is None or unit.code in inside):
            yield unit, of_unit


def _added_up(counted: Collection[_Months], months: Iterable[Period]) -> dict[Period, Counts]:
    return {month: added_up(each[month] for each in counted if month in each) for month in months}


def _in_order(units: Sequence[Unit]) -> list[Unit]:
    """Each unit before those below it, the council itself left out."""
    council = {unit.code for unit in units if unit.kind is UnitKind.COUNCIL}
    waiting = [unit for unit in reversed(units) if unit.code not in council and unit.parent_code in council | {None}]
    found: list[Unit] = []
    while waiting:
        unit = waiting.pop()
        found.append(unit)
        waiting += [each for each in reversed(units) if each.parent_code == unit.code and each not in found]
    return found


def _all_open(lately: Iterable[ToTheDay]) -> list[Challenge]:
    found = [asked for each in lately for asked in each.open]
    return sorted(found, key=lambda each: (each.asked_at, each.id))


def _below(code: str, units: Sequence[Unit]) -> frozenset[str]:
    return units_below(code, ((unit.code, unit.parent_code) for unit in units))


def _ends_with(measure: Measure, month: Period) -> bool:
    return measure.own_period(month.end).end == month.end
