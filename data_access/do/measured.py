"""What there are figures of: which measures have some, where, and for which periods, without reading them."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from sqlalchemy import ColumnElement, exists, func, null, select
from sqlalchemy.orm import Session

from data_access.do.figures import current_series, is_any_signed_off, known_at, period_of
from data_access.do.signed import list_last_approved, sent_and_signed, waits
from data_access.models import AreaRow, Base, FigureRow, MeasureRow
from data_access.store.ordering import by_code
from performance.ground.organisation import AreaKind
from performance.ground.periods import Period

_ROW = Base.metadata.tables[FigureRow.__tablename__].c


def list_measured_in(session: Session, *, kinds: Collection[AreaKind], measure_codes: Collection[str]) -> list[str]:
    """The codes of those of the measures that have figures for areas of these kinds, in order."""
    # Asked of each measure, where the first figure answers, and not of all the figures there are.
    has_figures = exists().where(_ROW.measure_code == MeasureRow.code, _of_areas(kinds))
    return sorted(session.scalars(select(MeasureRow.code).where(MeasureRow.code.in_(measure_codes), has_figures)))


def list_areas_measured(
    session: Session,
    *,
    measure_codes: Collection[str],
    kinds: Collection[AreaKind],
    as_known_at: datetime | None = None,
    signed_only: bool = False,
) -> dict[str, list[str]]:
    """The codes of the areas of these kinds that each measure has a figure for, or one that waits for no sign-off; or
    had at a past moment."""
    code, area = _ROW.measure_code, _ROW.area_code
    query = known_at(select(code, area).where(code.in_(measure_codes), _of_areas(kinds)).distinct(), as_known_at)
    found: dict[str, list[str]] = {}
    for measure_code, area_code in sorted((each[0], each[1]) for each in session.execute(query)):
        found.setdefault(measure_code, []).append(area_code)
    return _signed_among(session, found, kinds, as_known_at) if signed_only else found


def _signed_among(
    session: Session, found: Mapping[str, Collection[str]], kinds: Collection[AreaKind], as_known_at: datetime | None
) -> dict[str, list[str]]:
    """The first figures are asked for first: what waits for a sign-off is new, mostly."""
    begun = list_first_periods(session, measure_codes=found, kinds=kinds)
    first = {period for periods in begun.values() for period in periods}
    signed = current_series(session, measure_codes=found, periods=first, as_known_at=as_known_at, signed_only=True)
    return {
        code: [
            area
            for area in areas
            if (code, area) in signed
            or is_any_signed_off(
                session, measure_code=code, area_codes=[area], ended_by=date.max, as_known_at=as_known_at
            )
        ]
        for code, areas in found.items()
    }


def list_places_measured(
    session: Session, *, measure_codes: Collection[str], area_codes: Collection[str]
) -> set[tuple[str, str]]:
    """Which of the measures have a figure for which of the areas, by (measure code, area code)."""
    query = select(_ROW.measure_code, _ROW.area_code).where(
        _ROW.measure_code.in_(measure_codes), _ROW.area_code.in_(area_codes)
    )
    return {(code, area) for code, area in session.execute(query.distinct())}


def list_periods_measured(
    session: Session,
    *,
    measure_codes: Collection[str],
    kinds: Collection[AreaKind],
    as_known_at: datetime | None = None,
    signed_only: bool = False,
) -> dict[str, set[Period]]:
    """The periods that each measure has a figure for in any area of these kinds; or had at a past moment.

    With `signed_only` those of a figure that waits for no sign-off: for kinds of the council's own areas.
    """
    of_one = (_ROW.measure_code, _ROW.period_start, _ROW.period_months)
    # The earliest revision waits the least. Where none of them waits the index tells, without the rows.
    earliest = func.min(_ROW.recorded_at) if signed_only else null()
    query = select(*of_one, earliest).where(_ROW.measure_code.in_(measure_codes), _of_areas(kinds))
    query = known_at(query, as_known_at).group_by(*of_one)
    if signed_only:
        query = sent_and_signed(query)
    approved = list_last_approved(session, measure_codes=measure_codes) if signed_only else {}
    found: dict[str, set[Period]] = {}
    for measure_code, start, months, recorded_at in session.execute(query):
        period = period_of(start, months)
        if not approved or not waits(measure_code, period, recorded_at, approved):
            found.setdefault(measure_code, set()).add(period)
    return found


def list_measured_at(session: Session, *, area_code: str, measure_codes: Collection[str]) -> list[str]:
    """The codes of those of the measures that have a figure for the area, in order."""
    has_figures = exists().where(_ROW.measure_code == MeasureRow.code, _ROW.area_code == area_code)
    return sorted(session.scalars(select(MeasureRow.code).where(MeasureRow.code.in_(measure_codes), has_figures)))


def list_first_periods(
    session: Session, *, measure_codes: Collection[str], kinds: Collection[AreaKind]
) -> dict[str, list[Period]]:
    """The first period of each length that areas of these kinds have figures for, by measure."""
    length = _ROW.period_months
    query = (
        select(_ROW.measure_code, length, func.min(_ROW.period_start))
        .where(_ROW.measure_code.in_(measure_codes), _of_areas(kinds))
        .group_by(_ROW.measure_code, length)
        .order_by(by_code(_ROW.measure_code), length)
    )
    found: dict[str, list[Period]] = {}
    for code, months, start in session.execute(query):
        found.setdefault(code, []).append(period_of(start, months))
    return found


def figures_exist(session: Session, *, measure_code: str) -> bool:
    """Whether anything was ever stored of the measure, in any area."""
    return session.scalar(select(_ROW.id).where(_ROW.measure_code == measure_code).limit(1)) is not None


def find_latest_period(session: Session, *, measure_code: str) -> Period | None:
    """The newest period that anything is stored for, in any area."""
    query = select(_ROW.period_start, _ROW.period_months).where(_ROW.measure_code == measure_code)
    row = session.execute(query.order_by(_ROW.period_start.desc(), _ROW.period_months.desc())).first()
    return None if row is None else period_of(row.period_start, row.period_months)


def _of_areas(kinds: Collection[AreaKind]) -> ColumnElement[bool]:
    return _ROW.area_code.in_(select(AreaRow.code).where(AreaRow.kind.in_(kinds)))
