"""Rows of the setup workbook about measures, the breaks in their series, and their targets."""

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from intake.figures.figures_file import fit_period
from intake.figures.period_names import read_target_period
from intake.files.cells import Cells
from intake.files.tables import Row
from intake.setup.setup_rows import Codes, optional
from performance.ground.entry import Problem
from performance.ground.figures import Profile, Target
from performance.ground.incoming import Known, TargetLine
from performance.ground.measures import (
    Accumulation,
    CommentaryRule,
    ContentKind,
    Measure,
    Perspective,
    Polarity,
    SeriesBreak,
    ToleranceKind,
)
from performance.ground.periods import Frequency, Period, YearBasis, parse_period
from performance.plan.targets import check_target

_PER = re.compile(r"per ([\d,]+)")


def read_measure(cells: Cells, codes: Codes) -> Measure:
    unit = cells.text("unit", needed=True).strip()
    denominator_definition = cells.text("denominator_definition")
    active_from, active_to = cells.days("active_from", "active_to")
    measure = Measure(
        code=cells.code("measure_code"),
        title=cells.text("title", needed=True),
        unit=unit,
        polarity=cells.choice("polarity", Polarity),
        accumulation=cells.choice("accumulation", Accumulation),
        frequency=cells.choice("frequency", Frequency),
        unit_code=cells.code("organisation_unit", known=codes.of("organisation"), where="sheet organisation"),
        objective_code=optional(cells, "objective", codes, "plan"),
        multiplier=_multiplier(cells, unit),
        decimals=cells.whole("decimals", default=0, low=0, high=6) or 0,
        definition=cells.text("definition"),
        numerator_definition=cells.text("numerator_definition"),
        denominator_definition=denominator_definition,
        polarity_note=cells.text("polarity_note"),
        is_share=cells.yes_no("is_share", default=unit == "percent" and bool(denominator_definition)),
        may_be_negative=cells.yes_no("may_be_negative", default=unit == "pounds"),
        year_basis=cells.choice("year_basis", YearBasis, YearBasis.FINANCIAL),
        cycle_months=cells.whole("cycle_months", default=12, low=12, high=240) or 12,
        content_kind=cells.choice("content_kind", ContentKind, ContentKind.LOCAL),
        perspective=cells.choice("perspective", Perspective, Perspective.CUSTOMER),
        owner_role=cells.text("owner_role"),
        tolerance=_not_negative(cells, "tolerance"),
        tolerance_kind=cells.choice("tolerance_kind", ToleranceKind, ToleranceKind.PERCENT),
        counts_people=cells.yes_no("counts_people", default=False),
        seasonal=cells.yes_no("seasonal", default=False),
        meaningful_change=_not_negative(cells, "meaningful_change"),
        lag_days=cells.whole("lag_days", default=0, low=0, high=2000) or 0,
        source=cells.text("source"),
        collection_method=cells.text("collection_method"),
        rationale=cells.text("rationale"),
        formula=cells.text("formula"),
        quality_notes=cells.text("quality_notes"),
        target_basis=cells.text("target_basis"),
        methodology=cells.text("methodology"),
        methodology_reviewed_on=cells.day("methodology_reviewed_on"),
        statutory_reference=cells.text("statutory_reference"),
        comparator_group=_group(cells, codes),
        no_target_reason=cells.text("no_target_reason"),
        active_from=active_from,
        active_to=active_to,
        replaces=optional(cells, "replaces", codes, "measures"),
        illustrative=cells.yes_no("illustrative", default=False),
        commentary_rule=cells.choice("commentary_rule", CommentaryRule, CommentaryRule.RED_OR_CHANGE),
        median_of=optional(cells, "median_of", codes, "measures"),
    )
    _check_median(cells, measure, codes)
    codes.measures[measure.code] = measure
    return measure


def read_typed(texts: Mapping[str, str], *, known: Known) -> tuple[Measure, list[Problem]]:
    """A measure typed into a form, read as a row of the sheet would be; what is wrong is named by its column."""
    cells = Cells(Row(number=1, cells=dict(texts)), sheet="measures")
    measure = read_measure(cells, Codes(known))
    return measure, [Problem(field=each.column, message=each.message) for each in cells.problems]


def read_break(cells: Cells, codes: Codes) -> tuple[str, SeriesBreak]:
    on = cells.day("on")
    if on is None and not cells.problems:
        cells.missing("on")
    code = cells.code("measure_code", known=codes.of("measures"), where="register")
    return code, SeriesBreak(on=on or date.min, reason=cells.text("reason", needed=True))


def read_target(cells: Cells, codes: Codes) -> TargetLine:
    code = cells.code("measure_code", known=codes.of("measures"), where="register")
    measure = codes.measures.get(code)
    unit = measure.unit if measure else None
    target = Target(
        measure_code=code,
        area_code=cells.code("area_code", known=codes.of("areas"), where="list of areas"),
        period=_target_period(cells, measure),
        number=cells.number("target", unit=unit),
        lower=cells.number("lower", unit=unit),
        upper=cells.number("upper", unit=unit),
        profile=cells.choice("profile", Profile, Profile.FLAT) if cells.plain("profile") else None,
    )
    if measure is not None and not cells.problems:
        for problem in check_target(target, measure):
            cells.object(problem.field, problem.message)
    return TargetLine(target=target, rationale=cells.text("rationale"))


def _target_period(cells: Cells, measure: Measure | None) -> Period:
    """A target may be for the measure's own period, or for a longer one, such as its year."""
    try:
        if measure is None:
            return parse_period(cells.plain("period"))
        period = read_target_period(cells.plain("period"), measure)
        if period.months <= measure.frequency.months:
            period = fit_period(period, measure)
    except ValueError as fault:
        cells.object("period", str(fault))
        return Period(start=date.min, months=1)
    return period


def _multiplier(cells: Cells, unit: str) -> Decimal:
    """As given; else 100 for percent, N for a unit that says per N, and 1."""
    given = cells.number("multiplier")
    if given is not None:
        if given <= 0:
            cells.object("multiplier", "The multiplier must be more than 0.")
        return given
    if unit == "percent":
        return Decimal(100)
    match = _PER.match(unit)
    return Decimal(match[1].replace(",", "")) if match else Decimal(1)


def _not_negative(cells: Cells, column: str) -> Decimal | None:
    found = cells.number(column)
    if found is not None and found < 0:
        cells.object(column, f"{column.replace('_', ' ')} must not be negative.")
    return found


def _check_median(cells: Cells, measure: Measure, codes: Codes) -> None:
    """A median stands beside a mean of the same unit; of a measure further down the sheet the unit is not known yet."""
    if measure.median_of is None:
        return
    other = codes.measures.get(measure.median_of)
    if measure.median_of == measure.code:
        cells.object("median_of", "A measure is not the median of itself. Give the code of the mean.")
    elif other is not None and other.unit != measure.unit:
        cells.object("median_of", f"{other.code} is in {other.unit}, not in {measure.unit}. Both must have one unit.")


def _group(cells: Cells, codes: Codes) -> str:
    group = cells.text("comparator_group")
    if group and group not in codes.of("comparator_groups"):
        cells.object("comparator_group", f'There is no comparator group "{group}". Add it to comparator_groups.')
    return group
