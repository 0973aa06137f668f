"""Reading for exports: figures, targets, ward figures, the register and the audit trail, as rows under columns.

Without a role an export is the operator's and unrestricted; with one it holds what that role may see.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from cycle.ground.batches import in_batches
from cycle.ground.series.hiding import figures_of
from data_access.council import areas, units
from data_access.council.settings_store import get_today
from data_access.plan import register, targets
from data_access.store.database import reading
from performance.ground.figures import Figure
from performance.ground.measures import Measure
from performance.ground.organisation import Area, AreaKind, units_below
from performance.ground.people import PERMISSIONS, NotAllowedError, Permission, Role
from performance.ground.periods import Period
from performance.ground.readers import IN_FULL, OFFICER, PUBLIC, Reader
from performance.ground.reckoning.due import stored_value
from performance.ground.values import Absence, rounded

FIGURE_COLUMNS = (
    "measure_code", "area_code", "period", "numerator", "denominator", "value", "status", "commentary",
)  # fmt: skip
RECORDED_COLUMNS = ("revision", "recorded_at", "recorded_by")
WARD_COLUMNS = ("measure_code", "title", "area_code", "area_name", *FIGURE_COLUMNS[2:], *RECORDED_COLUMNS)
TARGET_COLUMNS = (
    "measure_code", "area_code", "period", "target", "lower", "upper", "profile", "rationale", "revision",
    "effective_from", "proposed_by", "decided_by", "decided_at",
)  # fmt: skip
_CODES = {Absence.NOT_APPLICABLE: "z", Absence.NOT_PUBLISHED: "x", Absence.SUPPRESSED: "c"}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What an export is narrowed to; None is everything. A unit stands for all below it."""

    period: Period | None = None
    unit_code: str | None = None
    measure_code: str | None = None
    as_known_at: datetime | None = None
    role: Role | None = None


@dataclass(frozen=True, kw_only=True)
class Export:
    """Columns and rows; cells are texts, numbers, dates, yes or no, or None for empty.

    Rows may be had once, for those of figures are read as they are asked for: there may be a million.
    """

    columns: tuple[str, ...]
    rows: Iterable[tuple[Any, ...]]


def export_figures(wanted: Wanted) -> Export:
    """Current figures of every area, with the columns that an import reads; `value` as printed."""
    demand_role(wanted, Permission.VIEW_SCORECARDS)
    _demand_known(wanted)
    return Export(
        columns=FIGURE_COLUMNS + RECORDED_COLUMNS,
        rows=(
            (figure.measure_code, figure.area_code, *_figure_cells(measure, figure))
            for measure, _, figure in _current(wanted)
        ),
    )


def export_wards(wanted: Wanted) -> Export:
    """Current figures of wards, with the names of measures and wards."""
    demand_role(wanted, Permission.VIEW_WARDS)
    _demand_known(wanted)
    return Export(
        columns=WARD_COLUMNS,
        rows=(
            (measure.code, measure.title, area.code, area.name, *_figure_cells(measure, figure))
            for measure, area, figure in _current(wanted, kinds=[AreaKind.WARD])
        ),
    )


def export_targets(wanted: Wanted) -> Export:
    """Agreed targets as they were set, the newest revision of each; the first columns are the setup sheet's."""
    with reading() as session:
        demand_role(wanted, Permission.VIEW_TARGETS)
        codes = [measure.code for measure in measures_of(session, wanted)]
        newest = {}
        for record in targets.list_records(session, measure_codes=codes):
            if record.decided_at is None or not was_known(record.decided_at, wanted) or record.state != "agreed":
                continue
            if wanted.period is None or wanted.period.covers(record.target.period):
                newest[record.target.measure_code, record.target.area_code, record.target.period] = record
        return Export(columns=TARGET_COLUMNS, rows=[_target_cells(record) for record in newest.values()])


def export_register(wanted: Wanted) -> Export:
    """Measures with the columns of the setup sheet."""
    with reading() as session:
        demand_role(wanted, Permission.VIEW_SCORECARDS)
        return sheet_of(measures_of(session, wanted))


def sheet_of(measures: Iterable[Measure]) -> Export:
    """Measures with the columns of the setup sheet."""
    columns = {"measure_code": "code", "organisation_unit": "unit_code", "objective": "objective_code"}
    names = (
        "measure_code", "title", "unit", "polarity", "accumulation", "frequency", "organisation_unit", "objective",
        "multiplier", "decimals", "definition", "numerator_definition", "denominator_definition", "polarity_note",
        "is_share", "may_be_negative", "year_basis", "cycle_months", "content_kind", "perspective", "owner_role",
        "tolerance", "tolerance_kind", "counts_people", "seasonal", "meaningful_change", "lag_days", "source",
        "collection_method", "rationale", "formula", "quality_notes", "target_basis", "methodology",
        "methodology_reviewed_on", "statutory_reference", "comparator_group", "no_target_reason",
        "active_from", "active_to", "replaces", "illustrative", "commentary_rule",
        "median_of",
    )  # fmt: skip
    return Export(
        columns=names,
        rows=[tuple(getattr(measure, columns.get(name, name)) for name in names) for measure in measures],
    )


def demand_role(wanted: Wanted, permission: Permission) -> None:
    """Raises NotAllowedError where the export is for a role that may not see such things."""
    if wanted.role is not None and permission not in PERMISSIONS[wanted.role]:
        raise NotAllowedError(permission)


def measures_of(session: Session, wanted: Wanted) -> list[Measure]:
    """The measures asked for, by code. Raises MeasureNotFoundError or UnitNotFoundError for a code unknown."""
    if wanted.measure_code is not None:
        return [register.get_measure(session, code=wanted.measure_code)]
    if wanted.unit_code is None:
        return register.list_measures(session)
    today = get_today(session)
    top = units.get_unit(session, code=wanted.unit_code, on=today)
    below = units_below(top.code, [(unit.code, unit.parent_code) for unit in units.list_units(session, on=today)])
    return register.list_measures(session, unit_codes=below)


def reader_for(wanted: Wanted) -> Reader:
    """For whom it is. Small counts of people are for the BI team alone: no other role is told whose service it is."""
    if wanted.role in {Role.BI_TEAM, None}:
        return IN_FULL
    return OFFICER if Permission.VIEW_SCORECARDS in PERMISSIONS[wanted.role] else PUBLIC


def was_known(moment: datetime, wanted: Wanted) -> bool:
    return wanted.as_known_at is None or moment <= wanted.as_known_at


def _demand_known(wanted: Wanted) -> None:
    """Raises what `measures_of` does, before the first row is asked for."""
    with reading() as session:
        measures_of(session, wanted)


def _current(wanted: Wanted, *, kinds: Collection[AreaKind] | None = None) -> Iterator[tuple[Measure, Area, Figure]]:
    """Current figures by measure, area and period, of areas of these kinds or of all; small counts of people hidden
    from all but who may see them. One view of the database, and a few measures of it at a time."""
    with reading() as session:
        places = {area.code: area for area in areas.list_areas(session, kinds=kinds)}
        for measures in in_batches(measures_of(session, wanted)):
            yield from _current_of(session, measures, places, wanted)


def _current_of(
    session: Session, measures: Sequence[Measure], places: Mapping[str, Area], wanted: Wanted
) -> Iterator[tuple[Measure, Area, Figure]]:
    by_code = {measure.code: measure for measure in measures}
    found = figures_of(
        session, measures=measures, area_codes=places, reader=reader_for(wanted), as_known_at=wanted.as_known_at
    )
    for (code, area), series in found.items():
        for period, figure in series.items():
            if wanted.period is None or wanted.period.covers(period):
                yield by_code[code], places[area], figure


def _figure_cells(measure: Measure, figure: Figure) -> tuple[Any, ...]:
    value = rounded(stored_value(measure, figure), measure.decimals)
    return (
        figure.period.iso,
        figure.numerator,
        figure.denominator,
        _CODES.get(value) if isinstance(value, Absence) else value,
        figure.status.value,
        figure.commentary,
        figure.revision or None,
        figure.recorded_at,
        figure.recorded_by,
    )


def _target_cells(record: targets.TargetRecord) -> tuple[Any, ...]:
    target = record.target
    return (
        target.measure_code,
        target.area_code,
        target.period.iso,
        target.number,
        target.lower,
        target.upper,
        target.profile,
        record.rationale,
        target.revision,
        target.effective_from,
        record.proposed_by,
        record.decided_by,
        record.decided_at,
    )
