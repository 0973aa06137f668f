"""A measure by ward and month, to take away: a row a ward, and a column each of the last thirteen periods."""

from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache

import streamlit as st

from components.parts import taken_away
from cycle.ground.series.warding import WardMap
from performance.ground.periods import Period
from performance.ground.values import Absence
from reporting.tables.facts import Fact, Number, Table

# A year, and the same month of the year before.
_MOST = 13


def download(found: WardMap, at: datetime | None) -> None:
    """The file of every ward of the map, up to the period shown; nothing of one period, which the table has."""
    if len(_periods(found)) < 2:
        return
    each = {1: "month", 3: "quarter", 12: "year"}.get(found.period.months, "period")
    name = f"wards-by-{each}-{found.measure.code}-{found.period.iso}"
    with st.container(horizontal=True):
        taken_away.as_excel(f"Every {each} by ward (Excel)", lambda: [_table(found)], _about(found, at), file=name)
        taken_away.as_csv(f"Every {each} by ward (CSV)", lambda: [_table(found)], file=name)


@lru_cache(maxsize=32)
def _table(found: WardMap) -> Table:
    """Laid out once for each map that is kept, of what its reader may see."""
    measure = found.measure
    return Table(
        name="Figures",
        rows_are="Ward",
        rows={ward.area.code: ward.area.name for ward in found.wards},
        columns={period.iso: period.short for period in _periods(found)},
        facts=list(_facts(found)),
        first=[("Measure code", measure.code), ("Measure", measure.title), ("Unit", measure.unit)],
    )


def _facts(found: WardMap) -> Iterator[Fact]:
    periods = set(_periods(found))
    for ward in found.wards:
        for period, value in found.values.get(ward.area.code, {}).items():
            if period in periods:
                said = value if isinstance(value, Absence) else Number(value=value, unit=found.measure.unit)
                yield Fact(row=ward.area.code, column=period.iso, said=said)


def _periods(found: WardMap) -> list[Period]:
    """The oldest first. Only those in which these wards have figures: other wards have other boundaries."""
    drawn = [found.values.get(ward.area.code, {}) for ward in found.wards]
    known = {period for said in drawn for period in said if _belongs(period, found.period)}
    return sorted(known)[-_MOST:]


def _belongs(period: Period, shown: Period) -> bool:
    """Months stand with months: never a year among them."""
    return period <= shown and period.months == shown.months


def _about(found: WardMap, at: datetime | None) -> taken_away.About:
    measure, periods = found.measure, _periods(found)
    title = f"{measure.title} by ward, {periods[0].in_words} to {periods[-1].in_words}"
    in_full = [measure] if found.in_full else []
    return [*taken_away.about(title, of="Wards", at=at, in_full=in_full), taken_away.of_measure(measure)]
