"""How whole and how timely the figures of each unit were, month by month: a row a unit, to read and to take away."""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from functools import lru_cache

import streamlit as st

from components.parts import taken_away, wide_table
from components.parts.markup import plain
from cycle.review.quality.view import QualityView
from performance.ground.organisation import Unit, UnitKind
from performance.ground.periods import Period
from performance.review.quality.received import Counts
from reporting.tables.facts import GAP, Fact, Number, Table

_WHOLE = ""
_SHARES: dict[str, Callable[[Counts], Decimal | None]] = {
    "Received": lambda counts: counts.received_percent,
    "On time": lambda counts: counts.on_time_percent,
}
_DUE = "Due"


def show(view: QualityView) -> None:
    """Two tables on the page; the file has a third, of how many figures the shares are of."""
    if not view.units:
        return
    with st.expander(f"Unit by unit ({len(view.units)}), month by month"):
        for table in _tables(view)[:2]:
            wide_table.show(f"{table.name}, of the figures due", table, newest_last=True)
        st.caption(plain(f"{GAP} stands where nothing was due."))
        with st.container(horizontal=True):
            name = f"data-quality-{view.month.iso}-{view.name}"
            taken_away.as_excel("Download as Excel", lambda: _tables(view), _about(view), file=name)
            taken_away.as_csv("Download as CSV", lambda: _tables(view), file=name)


def name_of(unit: Unit) -> str:
    return f"{unit.name} ({unit.kind.value})" if unit.kind is UnitKind.DIRECTORATE else unit.name


@lru_cache(maxsize=64)
def _tables(view: QualityView) -> tuple[Table, ...]:
    """Laid out once for each view that is kept."""
    counted = {_WHOLE: view.year} | {row.unit.code: row.months for row in view.units}
    names = {_WHOLE: view.name[0].upper() + view.name[1:]} | {row.unit.code: name_of(row.unit) for row in view.units}
    # The line of a part of the council is that of its own unit.
    if any(row.unit.name == view.name for row in view.units):
        del names[_WHOLE]
    months = {month.iso: month.short for month in view.year}
    found = {title: list(_shares(counted, names, share)) for title, share in _SHARES.items()}
    found[_DUE] = list(_due(counted, names))
    return tuple(
        Table(name=title, rows_are="Unit", rows=names, columns=months, facts=facts, first=[("Counted", title)])
        for title, facts in found.items()
    )


def _shares(
    counted: Mapping[str, Mapping[Period, Counts]], names: Mapping[str, str], share: Callable[[Counts], Decimal | None]
) -> Iterator[Fact]:
    for code in names:
        for month, counts in counted[code].items():
            if (percent := share(counts)) is not None:
                yield Fact(row=code, column=month.iso, said=Number(value=percent, unit="percent"))


def _due(counted: Mapping[str, Mapping[Period, Counts]], names: Mapping[str, str]) -> Iterator[Fact]:
    for code in names:
        for month, counts in counted[code].items():
            yield Fact(row=code, column=month.iso, said=Number(value=Decimal(counts.due)))


def _about(view: QualityView) -> taken_away.About:
    title = f"Figures due from {view.name} in the twelve months to {view.month.in_words}, by unit and month"
    return [
        *taken_away.about(title, of="Data quality", at=view.as_known_at),
        ("Received", "Of the figures due, how many in percent came: a number or an allowed reason."),
        ("On time", "Of the figures due, how many in percent came by their due date."),
        ("Due", "How many figures these are percentages of: their due date has passed."),
    ]
