"""What a return is made of, read in one go: measures asked for, figures, targets, and who may do what with it."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.do._locks import Locks, lock_of, why_closed, why_not_yours
from cycle.do._ward_totals import ward_totals
from cycle.ground.access import demand
from cycle.ground.council import council_area, names
from cycle.ground.series.hiding import council_series, series_of
from cycle.ground.working_days import build_calendar
from data_access.council.settings_store import get_check_limits, get_default_tolerance, get_today
from data_access.council.units import find_unit, get_unit, list_units
from data_access.do.figures import current_series
from data_access.do.reopenings import list_reopenings
from data_access.do.returns import find_last_questions, find_return, list_returns
from data_access.plan.register import list_measures
from data_access.store.requests import find_key
from performance.do.reopening import Reopening
from performance.do.returns import NO_FIGURES, Asked, MyReturn, ReturnLine, asked_in, asked_later, why_locked
from performance.ground.measures import Measure
from performance.ground.organisation import Return, ReturnStatus, Unit
from performance.ground.people import NotAllowedError, Permission, User
from performance.ground.periods import Period
from performance.ground.readers import IN_FULL, Reader, reader_of
from performance.ground.reading_order import as_read
from performance.ground.reckoning.completeness import is_figure_provided

MONTHS_SHOWN = 13
SUBMIT = "submit return"


@dataclass(frozen=True, kw_only=True)
class Owed:
    """A month of a service: how many figures it asks for, how many are in, and how many are late.

    `due_on` is the day of the first of those missing, late ones included; of all, where none is. `locks_on` is the day
    on which the first of those missing locks; `is_locked` says that nothing of it can be entered any more. What came
    complete by file before anyone made a return of it, so not `has_return`, is history.
    """

    unit: Unit
    period: Period
    status: ReturnStatus
    asked: int
    provided: int
    late: int
    due_on: date
    locks_on: date | None = None
    is_locked: bool = False
    has_return: bool = True

    @property
    def may_be_sent(self) -> bool:
        """Whether the service can still do something about it."""
        return not self.is_settled and (self.status is ReturnStatus.RETURNED or not self.is_locked)

    @property
    def is_open(self) -> bool:
        """Whether it should: a question to answer, a figure to enter, or figures of its own to submit."""
        return self.may_be_sent and (self.has_return or self.provided < self.asked)

    @property
    def urgency(self) -> tuple[bool, bool, int, str]:
        """What comes first: a question, then what is late, the newest of it first, then what is due soonest."""
        day = self.due_on.toordinal()
        asked = self.status is ReturnStatus.RETURNED
        return not asked, not self.late, -day if self.late else day, self.unit.name

    @property
    def is_settled(self) -> bool:
        """Nothing is left for the service to do."""
        sent = self.status in {ReturnStatus.SUBMITTED, ReturnStatus.APPROVED}
        return sent and self.provided == self.asked

    @property
    def in_words(self) -> str:
        """5 of 12 in, 2 late."""
        if self.is_settled or self.status is ReturnStatus.RETURNED:
            return self.status.in_words
        late = f", {self.late} late" if self.late else ""
        return f"{self.provided} of {self.asked} in{late}"


def build_return(session: Session, *, unit_code: str, period: Period, by: User) -> MyReturn:
    """The return of a unit for a month, as it stands in this transaction, for this person."""
    today = get_today(session)
    unit = find_unit(session, code=unit_code, on=today) or get_unit(session, code=unit_code, on=period.end)
    stored = find_return(session, unit_code=unit_code, period=period)
    measures, calendar = list_measures(session, unit_codes=[unit_code]), build_calendar(session)
    asked = [each for measure in measures if (each := asked_in(measure, period, calendar))]
    known_as = names(session)
    decided_by = known_as.get((stored.decided_by if stored else None) or "", "the head of service")
    reopened = list_reopenings(session, unit_codes=[unit_code], period=period)
    lines = _lines(
        session, asked, today=today, stored=stored, approver=decided_by, reopened=reopened, reader=return_reader(by)
    )
    begun = {line.measure.code for line in lines}
    later = [each for measure in measures if (each := asked_later(measure, period, calendar))]
    return MyReturn(
        unit=unit,
        period=period,
        today=today,
        lines=lines,
        not_due=tuple([each for each in asked if each.measure.code not in begun] + later),
        stored=stored,
        names=known_as,
        locked_because=why_closed(session, unit_code=unit_code, period=period)
        or why_not_yours(unit, by)
        or why_locked(stored, lines, approver=decided_by),
        questions=_questions(session, unit_code, period, stored),
        reopened=tuple(each for each in reopened if each.is_open(today)),
        role_titles=_role_titles(session, measures, on=today),
        receipt_key=_receipt_key(session, stored),
    )


def demand_reader(session: Session, by: User, unit_code: str) -> User:
    """Officers read every return; whoever only signs off in a head's place reads those they sign off."""
    user = demand(session, by, Permission.READ_RETURNS)
    if not user.may(Permission.VIEW_SCORECARDS) and not user.may(Permission.READ_RETURNS, at=unit_code):
        raise NotAllowedError(Permission.READ_RETURNS, at=unit_code)
    return user


def return_reader(by: User) -> Reader:
    """For whom a return is read: whoever signs it off reads what they sign."""
    reader, signs_off = reader_of(by), by.units_where(Permission.APPROVE_RETURNS)
    return replace(reader, units=reader.units | signs_off, unsigned=reader.unsigned or bool(signs_off))


def _receipt_key(session: Session, stored: Return | None) -> str:
    """What opens the receipt of the newest submission; what a file brought in has none."""
    if stored is None or stored.submitted_at is None or stored.submitted_by is None:
        return ""
    return find_key(session, verb=SUBMIT, username=stored.submitted_by, at=stored.submitted_at)


def _questions(session: Session, unit_code: str, period: Period, stored: Return | None) -> dict[str, str]:
    """What the approver asked about single figures, until they are submitted again."""
    if stored is None or stored.status is not ReturnStatus.RETURNED:
        return {}
    return find_last_questions(session, unit_code=unit_code, period=period)


def _role_titles(session: Session, measures: Iterable[Measure], *, on: date) -> tuple[str, ...]:
    """The roles of the organisation an action can be given to: the measures' own first, then the units'."""
    own = sorted({measure.owner_role for measure in measures}, key=as_read)
    others = sorted({unit.owner_role for unit in list_units(session, on=on)}, key=as_read)
    return tuple(title for title in dict.fromkeys([*own, *others]) if title)


def line_of(session: Session, *, measure: Measure, area_code: str, period: Period) -> ReturnLine:
    """One figure of a measure in whatever area, as it stands in this transaction, for whoever enters it, and whether
    it may be written."""
    found = series_of(session, measures=[measure], area_codes=[area_code], reader=IN_FULL)
    series = found.get((measure.code, area_code), NO_FIGURES)
    locks = Locks(session, [measure.unit_code], known_as=names(session))
    lock = locks.of(measure, area_code, period, current=series.stored(period))
    return ReturnLine(
        asked=locks.asked(measure, period),
        area_code=area_code,
        series=series,
        today=locks.today,
        locked_because=lock.why,
        reopening_id=lock.reopening_id,
        default_percent=get_default_tolerance(session),
        check_limits=get_check_limits(session),
        ward_total=ward_totals(session, measures=[measure], periods=[period]).get((measure.code, period)),
    )


def units_with_measures(session: Session, *, codes: Collection[str]) -> list[Unit]:
    """Those of the units, as they stand today, that have measures."""
    measured = {measure.unit_code for measure in list_measures(session, unit_codes=codes)}
    return [unit for unit in list_units(session, on=get_today(session)) if unit.code in measured]


def owed_by_month(session: Session, *, units: Collection[Unit]) -> list[Owed]:
    """Each unit's months that ask for figures, by unit, newest first."""
    today, codes, calendar = get_today(session), [unit.code for unit in units], build_calendar(session)
    measures = list_measures(session, unit_codes=codes)
    stored = {(each.unit_code, each.period): each.status for each in list_returns(session, unit_codes=codes)}
    area, month_now = council_area(session), Period.containing(today, months=1)
    months = [month_now.shifted(-step) for step in range(1, MONTHS_SHOWN + 1)]
    # What ends in the first of them may have begun a year before.
    since = months[-1].year_before.start
    kept = current_series(session, measure_codes=[each.code for each in measures], area_codes=[area], since=since)
    found = []
    for unit in units:
        for month in months:
            asked = _open_on(
                today, (asked_in(each, month, calendar) for each in measures if each.unit_code == unit.code)
            )
            missing = [
                each
                for each in asked
                if not is_figure_provided(each.measure, kept.get((each.measure.code, area), {}).get(each.period))
            ]
            if asked:
                found.append(
                    Owed(
                        unit=unit,
                        period=month,
                        status=stored.get((unit.code, month), ReturnStatus.DRAFT),
                        asked=len(asked),
                        provided=len(asked) - len(missing),
                        late=sum(each.dates.on_time_by < today for each in missing),
                        due_on=min(each.dates.on_time_by for each in missing or asked),
                        locks_on=min((day for each in missing if (day := each.dates.locks_on)), default=None),
                        is_locked=all(each.dates.is_locked(today) for each in missing or asked),
                        has_return=(unit.code, month) in stored,
                    )
                )
    return found


def _lines(
    session: Session,
    asked: Iterable[Asked],
    *,
    today: date,
    stored: Return | None,
    approver: str,
    reopened: Sequence[Reopening],
    reader: Reader,
) -> tuple[ReturnLine, ...]:
    asked, area = list(asked), council_area(session)
    measures = [each.measure for each in asked]
    found = council_series(session, measures=measures, area=area, reader=reader)
    tolerance: Decimal = get_default_tolerance(session)
    limits = get_check_limits(session)
    # What small counts add up to is the total that others are not told.
    told = [each for each in measures if not each.counts_people or reader.sees_small_counts(each)]
    wards = ward_totals(session, measures=told, periods=[each.period for each in asked])
    lines = []
    for each in asked:
        series = found.get((each.measure.code, area), NO_FIGURES)
        figure = series.stored(each.period)
        if figure is not None or each.dates.opens_on <= today:
            locked, reopening_id = lock_of(each, figure, stored, today=today, approver=approver, reopened=reopened)
            lines.append(
                ReturnLine(
                    asked=each,
                    area_code=area,
                    series=series,
                    today=today,
                    default_percent=tolerance,
                    locked_because=locked,
                    reopening_id=reopening_id,
                    check_limits=limits,
                    ward_total=wards.get((each.measure.code, each.period)),
                )
            )
    return tuple(lines)


def _open_on(today: date, asked: Iterable[Asked | None]) -> list[Asked]:
    return [each for each in asked if each is not None and each.dates.opens_on <= today]


def own_units(session: Session, user: User) -> list[Unit]:
    """The units, as they stand today, whose figures the person may enter."""
    return units_with_measures(session, codes=user.units_where(Permission.ENTER_FIGURES))
