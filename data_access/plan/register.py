"""The register: measures with the breaks in their series, what they were rated by before, and who uses them."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import fields, replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.council.settings_store import get_today, list_earlier_tolerances
from data_access.models import MeasureRow, MeasureUseRow, SeriesBreakRow
from data_access.plan.changes import add_changes, list_changes
from data_access.store.errors import NotFoundError
from data_access.store.ordering import by_code
from performance.ground.dated import Change, Recording, as_it_stood, differences, version_of
from performance.ground.measures import Measure, RatingRule, SeriesBreak, ToleranceKind, Use
from performance.plan.refresh import Noun

_BESIDE = ("breaks", "earlier")
_MEASURE_COLUMNS = tuple(each.name for each in fields(Measure) if each.name not in _BESIDE)
_RULE = ("polarity", "tolerance", "tolerance_kind")


class MeasureNotFoundError(NotFoundError):
    def __init__(self, code: str) -> None:
        super().__init__(f'There is no measure "{code}" in the register.')


def list_measures(
    session: Session,
    *,
    codes: Collection[str] | None = None,
    unit_codes: Collection[str] | None = None,
    objective_codes: Collection[str] | None = None,
    on: date | None = None,
) -> list[Measure]:
    """Measures by code with their breaks; only those of the codes, units or objectives, where these are given.

    The objective is that of the day, today unless another is named: a plan adopted for next year links some anew.
    """
    query = select(MeasureRow).order_by(by_code(MeasureRow.code))
    for column, wanted in ((MeasureRow.code, codes), (MeasureRow.unit_code, unit_codes)):
        if wanted is not None:
            query = query.where(column.in_(wanted))
    rows = session.scalars(query).all()
    breaks: dict[str, list[SeriesBreak]] = {}
    for row in session.scalars(
        select(SeriesBreakRow).order_by(by_code(SeriesBreakRow.measure_code), SeriesBreakRow.on)
    ):
        breaks.setdefault(row.measure_code, []).append(SeriesBreak(on=row.on, reason=row.reason))
    changed = list_changes(session, Noun.MEASURE, codes=codes)
    day, defaults = on or get_today(session), list_earlier_tolerances(session)
    found = [_measure(row, tuple(breaks.get(row.code, ())), changed.get(row.code, ()), defaults, day) for row in rows]
    return [each for each in found if objective_codes is None or each.objective_code in objective_codes]


def find_measure(session: Session, *, code: str) -> Measure | None:
    return next(iter(list_measures(session, codes=[code])), None)


def get_measure(session: Session, *, code: str) -> Measure:
    measure = find_measure(session, code=code)
    if measure is None:
        raise MeasureNotFoundError(code)
    return measure


def save_measures(session: Session, *, measures: Iterable[Measure], recording: Recording) -> None:
    """Add or change measures, keeping what changed, and add or reword the breaks they name.

    A break is never taken away. Raises VersionTakenError where someone else changed one at this moment.
    """
    kept = list(measures)
    codes = [measure.code for measure in kept]
    stored = {each.code: each for each in list_measures(session, codes=codes, on=recording.effective_on)}
    changes = list_changes(session, Noun.MEASURE, codes=codes)
    for measure in kept:
        before = stored.get(measure.code)
        changed = differences(before, measure, leaving_out=_BESIDE) if before else {}
        session.merge(MeasureRow(**{name: getattr(measure, name) for name in _MEASURE_COLUMNS}))
        session.flush()
        if changed:
            version = version_of(changes.get(measure.code, ())) + 1
            add_changes(session, Noun.MEASURE, code=measure.code, version=version, changed=changed, recording=recording)
    save_breaks(session, breaks=[(measure.code, each) for measure in kept for each in measure.breaks])


def save_breaks(session: Session, *, breaks: Iterable[tuple[str, SeriesBreak]]) -> None:
    """Add or reword breaks in the series of measures, given as pairs of measure code and break."""
    for code, each in breaks:
        session.merge(SeriesBreakRow(measure_code=code, on=each.on, reason=each.reason))
    session.flush()


def list_measure_changes(session: Session, *, code: str) -> list[Change]:
    """Everything that ever changed about a measure, oldest first."""
    return list_changes(session, Noun.MEASURE, codes=[code]).get(code, [])


def save_use(session: Session, *, code: str, use: Use, on: date) -> None:
    """That the measure was used on the day, however often, and whoever else says so at the same moment."""
    with suppress(IntegrityError), session.begin_nested():
        session.add(MeasureUseRow(measure_code=code, use=use, on=on))
        session.flush()


def list_last_uses(session: Session, *, use: Use, measure_codes: Collection[str] | None = None) -> dict[str, date]:
    """The last day each measure, or each of these, was used so; measures never used are left out."""
    code, last = MeasureUseRow.measure_code, func.max(MeasureUseRow.on)
    query = select(code, last).where(MeasureUseRow.use == use).group_by(code).order_by(by_code(code))
    if measure_codes is not None:
        query = query.where(code.in_(measure_codes))
    return {measure_code: on for measure_code, on in session.execute(query)}


_Defaults = Sequence[tuple[date, Decimal]]


def find_first_use(session: Session, *, use: Use) -> date | None:
    """The day from which uses were counted, over all measures."""
    return session.scalar(select(func.min(MeasureUseRow.on)).where(MeasureUseRow.use == use))


def _measure(
    row: MeasureRow, breaks: tuple[SeriesBreak, ...], changes: Sequence[Change], defaults: _Defaults, on: date
) -> Measure:
    measure = Measure(breaks=breaks, **{name: getattr(row, name) for name in _MEASURE_COLUMNS})
    if not changes and not defaults:
        return measure
    as_linked = as_it_stood(measure, changes, on=on, only=["objective_code"])
    return replace(as_linked, earlier=_earlier(measure, changes, defaults))


def _earlier(measure: Measure, changes: Sequence[Change], defaults: _Defaults) -> tuple[RatingRule, ...]:
    """What it was rated by up to the day before each change of its rule, or of the council's default tolerance."""
    rule = [change for change in changes if change.field in _RULE]
    until = {change.recording.effective_on - timedelta(days=1) for change in rule} | {day for day, _ in defaults}
    return tuple(_rule_on(day, as_it_stood(measure, rule, on=day), defaults) for day in sorted(until))


def _rule_on(day: date, then: Measure, defaults: _Defaults) -> RatingRule:
    """The rule of the day; without a tolerance of its own, by the council's default of that day if it changed since."""
    default = next((percent for until, percent in defaults if day <= until), None)
    own = (then.tolerance, then.tolerance_kind)
    tolerance, kind = (default, ToleranceKind.PERCENT) if then.tolerance is None and default is not None else own
    return RatingRule(until=day, polarity=then.polarity, tolerance=tolerance, tolerance_kind=kind)
