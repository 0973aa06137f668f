"""Figures: append-only revisions, of which the highest is the current one."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from itertools import islice
from typing import Any, TypeVarTuple

from sqlalchemy import ColumnElement, Select, exists, func, insert, or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.do.signed import sent_and_signed, signed_off
from data_access.models import Base, FigureRow
from data_access.store.ordering import by_code
from performance.ground.figures import Figure
from performance.ground.periods import Period, add_months

Columns = TypeVarTuple("Columns")
FigureKey = tuple[str, str, Period]
_FEW = 24
_AT_ONCE = 5_000  # rows
# The table and not its class: its rows are not wanted as objects that a session keeps, and come in half the time.
_TABLE = Base.metadata.tables[FigureRow.__tablename__]
_ROW = _TABLE.c
_YEAR = 12  # months
_OF_ONE = ("measure_code", "area_code", "period_start", "period_months")
CurrentFigures = dict[tuple[str, str], dict[Period, Figure]]

_COLUMNS = (
    _ROW.measure_code,
    _ROW.area_code,
    _ROW.period_start,
    _ROW.period_months,
    _ROW.numerator,
    _ROW.denominator,
    _ROW.value,
    _ROW.absence,
    _ROW.status,
    _ROW.commentary,
    _ROW.expected_on,
    _ROW.confirmed_checks,
    _ROW.reopening_id,
    _ROW.revision,
    _ROW.recorded_at,
    _ROW.recorded_by,
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
    since: date | None = None,
    as_known_at: datetime | None = None,
    signed_only: bool = False,
) -> CurrentFigures:
    """Current figures by (measure, area), then by period, in order of time; as they were known at a past moment.

    With `periods`, those of periods that begin with one of them; with `since`, of those that begin on that day or
    later, and of the few that are longer than a year. With `signed_only` the newest revision that does not wait for a
    sign-off, whatever has come in since.
    """
    query = _ordered().where(_ROW.measure_code.in_(measure_codes))
    if area_codes is not None:
        query = query.where(_ROW.area_code.in_(area_codes))
    if periods is not None:
        query = query.where(_ROW.period_start.in_({period.start for period in periods}))
    if since is not None:
        query = query.where(or_(_ROW.period_start >= since, _ROW.period_months > _YEAR))
    query = known_at(query, as_known_at)
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
    query = _ordered().where(_ROW.measure_code == measure_code, _ROW.area_code == area_code)
    if period is not None:
        query = query.where(_ROW.period_start == period.start, _ROW.period_months == period.months)
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

    With `ended_since`, of periods that ended on that day or later and of the few that were published for more than a
    year; with `revised_since`, of those recorded anew on that day or later; with both, of either. Some that ended, or
    were recorded anew, shortly before may be among them.
    """
    query = _ordered().where(_ROW.measure_code.in_(measure_codes), _ROW.area_code == area_code)
    if lately := [*_ended(ended_since), *_revised(revised_since)]:
        query = query.where(or_(*lately))
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
    query = _ordered().where(_ROW.measure_code.in_(measure_codes), _ROW.area_code.in_(area_codes))
    return list(_figures(session, query))


def list_recorded(session: Session, *, at: datetime) -> list[Figure]:
    """The figures recorded at this very moment, as one import records all of its own."""
    return list(_figures(session, _ordered().where(_ROW.recorded_at == at)))


def is_any_signed_off(
    session: Session,
    *,
    measure_code: str,
    area_codes: Collection[str],
    ended_by: date,
    as_known_at: datetime | None = None,
) -> bool:
    """Whether a figure of a period that has ended waits for no sign-off. Asked of a few first: mostly all are so."""
    query = _ordered().where(_ROW.measure_code == measure_code, _ROW.area_code.in_(area_codes))
    query = sent_and_signed(known_at(query, as_known_at))
    return any(
        figure.period.end <= ended_by
        for asked in (query.limit(_FEW), query)
        for figure in signed_off(session, _figures(session, asked), measure_codes=[measure_code])
    )


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
    ids, waiting, count = return_ids or {}, iter(figures), 0
    while some := list(islice(waiting, _AT_ONCE)):
        rows = [_values(each, ids.get((each.measure_code, each.area_code, each.period))) for each in some]
        # Of the table and not of its class: nobody wants the rows back, and of many that takes twice as long.
        session.execute(insert(_TABLE), rows)
        count += len(rows)
    return count


def find_revision(session: Session, *, figure: Figure) -> Figure | None:
    """What is stored under the figure's own measure, area, period and revision."""
    revisions = list_revisions(
        session, measure_code=figure.measure_code, area_code=figure.area_code, period=figure.period
    )
    return next((each for each in revisions if each.revision == figure.revision), None)


def count_figures(session: Session) -> int:
    """Stored revisions, all of them."""
    return session.scalar(select(func.count()).select_from(FigureRow)) or 0


def _ended(since: date | None) -> Iterator[ColumnElement[bool]]:
    """What holds of figures of periods that ended on the day or later, and of a few more."""
    if since is not None:
        yield _ROW.period_start >= add_months(since.replace(day=1), -_YEAR)
        yield _ROW.period_months > _YEAR


def _revised(since: date | None) -> Iterator[ColumnElement[bool]]:
    """What holds of figures that were recorded anew on the day or later: from a day earlier, whatever the hour of the
    council's day is elsewhere."""
    if since is not None:
        later = _TABLE.alias().c
        same = (later[name] == _ROW[name] for name in _OF_ONE)
        from_then = datetime.combine(since - timedelta(days=1), time.min, tzinfo=UTC)
        yield exists().where(*same, later.revision > 1, later.recorded_at >= from_then)


def _ordered() -> Select[*tuple[Any, ...]]:
    return select(*_COLUMNS).order_by(
        by_code(_ROW.measure_code),
        by_code(_ROW.area_code),
        _ROW.period_start,
        _ROW.period_months,
        _ROW.revision,
    )


def known_at(figures: Select[*Columns], moment: datetime | None) -> Select[*Columns]:
    """Of revisions those recorded by the moment; all, where there is none."""
    return figures if moment is None else figures.where(_ROW.recorded_at <= moment)


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
