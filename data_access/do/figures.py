"""Figures: append-only revisions, of which the highest is the current one."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, exists, func, insert, null, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, aliased

from data_access.do.signed import list_last_approved, sent_and_signed, signed_off, waits
from data_access.models import AreaRow, Base, FigureRow
from data_access.store.ordering import by_code
from performance.ground.figures import Figure
from performance.ground.organisation import AreaKind
from performance.ground.periods import Period, add_months

Columns = TypeVarTuple("Columns")
FigureKey = tuple[str, str, Period]
_FEW = 24
_TABLE = Base.metadata.tables[FigureRow.__tablename__]
_YEAR = 12  # months
_OF_ONE = ("measure_code", "area_code", "period_start", "period_months")
CurrentFigures = dict[tuple[str, str], dict[Period, Figure]]

_COLUMNS = (
    FigureRow.measure_code,
    FigureRow.area_code,
    FigureRow.period_start,
    FigureRow.period_months,
    FigureRow.numerator,
    FigureRow.denominator,
    FigureRow.value,
    FigureRow.absence,
    FigureRow.status,
    FigureRow.commentary,
    FigureRow.expected_on,
    FigureRow.confirmed_checks,
    FigureRow.reopening_id,
    FigureRow.revision,
    FigureRow.recorded_at,
    FigureRow.recorded_by,
)


class RevisionTakenError(Exception):
    """Someone else saved the same revision of the figure a moment before."""

    def __init__(self, figure: Figure) -> None:
        super().__init__(
            f"Someone else saved {figure.measure_code} for {figure.period.in_words} a moment ago."
            " Look at their figure, then choose."
        )


def current_series(
    session: Session,
    *,
    measure_codes: Collection[str],
    area_codes: Collection[str] | None = None,
    periods: Collection[Period] | None = None,
    as_known_at: datetime | None = None,
    signed_only: bool = False,
) -> CurrentFigures:
    """Current figures by (measure, area), then by period, in order of time; as they were known at a past moment.

    With `periods`, those of periods that begin with one of them. With `signed_only` the newest revision that does not
    wait for a sign-off, whatever has come in since.
    """
    query = _ordered().where(FigureRow.measure_code.in_(measure_codes))
    if area_codes is not None:
        query = query.where(FigureRow.area_code.in_(area_codes))
    if periods is not None:
        query = query.where(FigureRow.period_start.in_({period.start for period in periods}))
    query = _known_at(query, as_known_at)
    if signed_only:
        query = sent_and_signed(query)
    figures = _figures(session, query)
    found: CurrentFigures = {}
    for figure in signed_off(session, figures, measure_codes=measure_codes) if signed_only else figures:
        # Revisions come in order, so the highest is the one that stays.
        found.setdefault((figure.measure_code, figure.area_code), {})[figure.period] = figure
    return found


def list_revisions(
    session: Session, *, measure_code: str, area_code: str, period: Period | None = None
) -> list[Figure]:
    """Every revision of a measure in an area, by period and revision; of one period where it is given."""
    query = _ordered().where(FigureRow.measure_code == measure_code, FigureRow.area_code == area_code)
    if period is not None:
        query = query.where(FigureRow.period_start == period.start, FigureRow.period_months == period.months)
    return list(_figures(session, query))


def list_histories(
    session: Session,
    *,
    measure_codes: Collection[str],
    area_code: str,
    signed_only: bool = False,
    ended_since: date | None = None,
    revised_since: date | None = None,
) -> dict[str, dict[Period, list[Figure]]]:
    """Every revision of many measures in one area, by measure and period, the earliest first; or of those that do not
    wait for a sign-off.

    With `ended_since`, of periods that ended on that day or later, of the few that were published for more than a year,
    and of those revised since another day; some that ended shortly before may be among them.
    """
    query = _ordered().where(FigureRow.measure_code.in_(measure_codes), FigureRow.area_code == area_code)
    if ended_since is not None:
        query = query.where(or_(*_lately(ended_since, revised_since)))
    if signed_only:
        query = sent_and_signed(query)
    figures = _figures(session, query)
    found: dict[str, dict[Period, list[Figure]]] = {}
    for figure in signed_off(session, figures, measure_codes=measure_codes) if signed_only else figures:
        found.setdefault(figure.measure_code, {}).setdefault(figure.period, []).append(figure)
    return found


def list_every_revision(
    session: Session, *, measure_codes: Collection[str], area_codes: Collection[str]
) -> list[Figure]:
    """Every revision of these measures in these areas, by measure, area, period and revision."""
    query = _ordered().where(FigureRow.measure_code.in_(measure_codes), FigureRow.area_code.in_(area_codes))
    return list(_figures(session, query))


def list_recorded(session: Session, *, at: datetime) -> list[Figure]:
    """The figures recorded at this very moment, as one import records all of its own."""
    return list(_figures(session, _ordered().where(FigureRow.recorded_at == at)))


def list_measured_in(
    session: Session, *, kinds: Collection[AreaKind], measure_codes: Collection[str] | None = None
) -> list[str]:
    """The codes of measures, or of those among these, that have figures for areas of these kinds, in order."""
    query = select(FigureRow.measure_code).where(_of_areas(kinds))
    if measure_codes is not None:
        query = query.where(FigureRow.measure_code.in_(measure_codes))
    return sorted(session.scalars(query.distinct()))


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
    code, area = FigureRow.measure_code, FigureRow.area_code
    query = _known_at(select(code, area).where(code.in_(measure_codes), _of_areas(kinds)).distinct(), as_known_at)
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
    of_one = (FigureRow.measure_code, FigureRow.period_start, FigureRow.period_months)
    # The earliest revision waits the least. Where none of them waits the index tells, without the rows.
    earliest = func.min(FigureRow.recorded_at) if signed_only else null()
    query = select(*of_one, earliest).where(FigureRow.measure_code.in_(measure_codes), _of_areas(kinds))
    query = _known_at(query, as_known_at).group_by(*of_one)
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
    query = select(FigureRow.measure_code).where(
        FigureRow.measure_code.in_(measure_codes), FigureRow.area_code == area_code
    )
    return sorted(session.scalars(query.distinct()))


def list_first_periods(
    session: Session, *, measure_codes: Collection[str], kinds: Collection[AreaKind]
) -> dict[str, list[Period]]:
    """The first period of each length that areas of these kinds have figures for, by measure."""
    length = FigureRow.period_months
    query = (
        select(FigureRow.measure_code, length, func.min(FigureRow.period_start))
        .where(FigureRow.measure_code.in_(measure_codes), _of_areas(kinds))
        .group_by(FigureRow.measure_code, length)
        .order_by(by_code(FigureRow.measure_code), length)
    )
    found: dict[str, list[Period]] = {}
    for code, months, start in session.execute(query):
        found.setdefault(code, []).append(period_of(start, months))
    return found


def is_any_signed_off(
    session: Session,
    *,
    measure_code: str,
    area_codes: Collection[str],
    ended_by: date,
    as_known_at: datetime | None = None,
) -> bool:
    """Whether a figure of a period that has ended waits for no sign-off. Asked of a few first: mostly all are so."""
    query = _ordered().where(FigureRow.measure_code == measure_code, FigureRow.area_code.in_(area_codes))
    query = sent_and_signed(_known_at(query, as_known_at))
    return any(
        figure.period.end <= ended_by
        for asked in (query.limit(_FEW), query)
        for figure in signed_off(session, _figures(session, asked), measure_codes=[measure_code])
    )


def figures_exist(session: Session, *, measure_code: str) -> bool:
    """Whether anything was ever stored of the measure, in any area."""
    return session.scalar(select(FigureRow.id).where(FigureRow.measure_code == measure_code).limit(1)) is not None


def find_latest_period(session: Session, *, measure_code: str) -> Period | None:
    """The newest period that anything is stored for, in any area."""
    query = select(FigureRow.period_start, FigureRow.period_months).where(FigureRow.measure_code == measure_code)
    row = session.execute(query.order_by(FigureRow.period_start.desc(), FigureRow.period_months.desc())).first()
    return None if row is None else period_of(row.period_start, row.period_months)


def find_current(session: Session, *, measure_code: str, area_code: str, period: Period) -> Figure | None:
    revisions = list_revisions(session, measure_code=measure_code, area_code=area_code, period=period)
    return revisions[-1] if revisions else None


def add_figure(session: Session, *, figure: Figure, return_id: int | None = None) -> None:
    """Append one revision. Raises RevisionTakenError where someone else has saved that revision meanwhile."""
    try:
        with session.begin_nested():
            session.execute(insert(FigureRow), [_values(figure, return_id)])
    except IntegrityError as fault:
        if find_revision(session, figure=figure) is None:
            raise
        raise RevisionTakenError(figure) from fault


def add_figures(
    session: Session, *, figures: Iterable[Figure], return_ids: Mapping[FigureKey, int] | None = None
) -> int:
    """Append many revisions at once and say how many; those of a return under its id."""
    ids = return_ids or {}
    rows = [_values(each, ids.get((each.measure_code, each.area_code, each.period))) for each in figures]
    if rows:
        # Of the table and not of its class: nobody wants the rows back, and of many that takes twice as long.
        session.execute(insert(_TABLE), rows)
    return len(rows)


def find_revision(session: Session, *, figure: Figure) -> Figure | None:
    """What is stored under the figure's own measure, area, period and revision."""
    revisions = list_revisions(
        session, measure_code=figure.measure_code, area_code=figure.area_code, period=figure.period
    )
    return next((each for each in revisions if each.revision == figure.revision), None)


def count_figures(session: Session) -> int:
    """Stored revisions, all of them."""
    return session.scalar(select(func.count()).select_from(FigureRow)) or 0


def _of_areas(kinds: Collection[AreaKind]) -> ColumnElement[bool]:
    return FigureRow.area_code.in_(select(AreaRow.code).where(AreaRow.kind.in_(kinds)))


def _known_at(figures: Select[*Columns], moment: datetime | None) -> Select[*Columns]:
    return figures if moment is None else figures.where(FigureRow.recorded_at <= moment)


def _lately(ended_since: date, revised_since: date | None) -> Iterator[ColumnElement[bool]]:
    """What holds of figures of periods that ended, or were revised, since these days; and of a few more."""
    yield FigureRow.period_start >= add_months(ended_since.replace(day=1), -_YEAR)
    yield FigureRow.period_months > _YEAR
    if revised_since is not None:
        # A day earlier, whatever the hour of the council's day is elsewhere.
        since = datetime.combine(revised_since - timedelta(days=1), time.min, tzinfo=UTC)
        later = aliased(FigureRow)
        same = (getattr(later, name) == getattr(FigureRow, name) for name in _OF_ONE)
        yield exists().where(*same, later.revision > 1, later.recorded_at >= since)


def _ordered() -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).order_by(
        by_code(FigureRow.measure_code),
        by_code(FigureRow.area_code),
        FigureRow.period_start,
        FigureRow.period_months,
        FigureRow.revision,
    )


@lru_cache(maxsize=4096)
def period_of(start: date, months: int) -> Period:
    """One period for each start and length, since they come by the hundred thousand."""
    return Period(start=start, months=months)


def _figures(session: Session, query: Select[*tuple[Any, ...]]) -> Iterator[Figure]:
    for (
        measure,
        area,
        start,
        months,
        *numbers,
        status,
        words,
        expected,
        checks,
        reopening,
        revision,
        at,
        by,
    ) in session.execute(query):
        top, bottom, value, absence = numbers
        yield Figure(
            measure_code=measure,
            area_code=area,
            period=period_of(start, months),
            numerator=top,
            denominator=bottom,
            value=value,
            absence=absence,
            status=status,
            commentary=words,
            expected_on=expected,
            confirmed_checks=tuple(checks.split("|")) if checks else (),
            reopening_id=reopening,
            revision=revision,
            recorded_at=at,
            recorded_by=by,
        )


def _values(figure: Figure, return_id: int | None) -> dict[str, Any]:
    return {
        "measure_code": figure.measure_code,
        "area_code": figure.area_code,
        "period_start": figure.period.start,
        "period_months": figure.period.months,
        "revision": figure.revision,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "value": figure.value,
        "absence": figure.absence,
        "status": figure.status,
        "commentary": figure.commentary,
        "expected_on": figure.expected_on,
        "confirmed_checks": "|".join(figure.confirmed_checks),
        "reopening_id": figure.reopening_id,
        "return_id": return_id,
        "recorded_at": figure.recorded_at,
        "recorded_by": figure.recorded_by,
    }
