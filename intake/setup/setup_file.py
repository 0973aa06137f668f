"""The setup workbook: its sheets as values of the register, parents first, with a sentence for every fault."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import pairwise
from typing import Any

from intake.files.cells import Cells
from intake.files.tables import Table, table_problems
from intake.setup import setup_measures, setup_rows
from performance.admin.setup_columns import SETUP_SHEETS, is_example, is_read_me
from performance.ground.incoming import Known, Register, RowProblem
from performance.ground.organisation import Unit


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """How a sheet is read: what a row is, what makes two rows one and the same, and which row stands above which."""

    read: Callable[[Cells, setup_rows.Codes], Any]
    key: Callable[[Any], object]
    parent: Callable[[Any], str | None] | None = None


# In the order in which sheets lean on each other, as performance/admin/setup_columns.py has their columns.
SHEETS: Mapping[str, Sheet] = {
    "settings": Sheet(read=setup_rows.read_setting, key=lambda setting: setting.name),
    "areas": Sheet(read=setup_rows.read_area, key=lambda area: area.code, parent=lambda area: area.parent_code),
    "organisation": Sheet(
        read=setup_rows.read_unit, key=lambda unit: (unit.code, unit.valid_from), parent=lambda unit: unit.parent_code
    ),
    "plan": Sheet(read=setup_rows.read_node, key=lambda node: node.code, parent=lambda node: node.parent_code),
    "comparator_groups": Sheet(
        read=setup_rows.read_membership, key=lambda each: (each.group_name, each.area_code, each.valid_from)
    ),
    "measures": Sheet(
        read=setup_measures.read_measure, key=lambda measure: measure.code, parent=lambda measure: measure.replaces
    ),
    "series_breaks": Sheet(read=setup_measures.read_break, key=lambda each: (each[0], each[1].on)),
    "targets": Sheet(
        read=setup_measures.read_target,
        key=lambda line: (line.target.measure_code, line.target.area_code, line.target.period),
    ),
    "actions": Sheet(
        read=setup_rows.read_action, key=lambda action: (action.node_code, action.measure_code, action.action)
    ),
    "risks": Sheet(read=setup_rows.read_risk, key=lambda risk: risk.code),
    "people": Sheet(read=setup_rows.read_account, key=lambda account: account.username),
}


def read_setup(tables: Iterable[Table], *, known: Known) -> tuple[Register, list[RowProblem]]:
    """The register the sheets describe, and every problem found, whatever the order of the sheets."""
    problems: list[RowProblem] = []
    by_name: dict[str, Table] = {}
    for table in (without_examples(table) for table in tables if not is_read_me(table.name)):
        problems += _sheet_problems(table, by_name)
        by_name[table.name.casefold()] = table
    if any(problem.row <= 1 for problem in problems):
        return Register(), problems
    codes = setup_rows.Codes(known)
    for name, table in by_name.items():
        codes.add(name, table)
    found: dict[str, tuple[Any, ...]] = {}
    for name, sheet in SHEETS.items():
        if name in by_name:
            items, faults = _read_sheet(sheet, by_name[name], codes)
            problems += faults
            found[name] = tuple(items)
    columns = {name: table.columns for name, table in by_name.items()}
    return Register(columns=columns, **found), problems


def without_examples(table: Table) -> Table:
    """The sheet without its worked examples, which say so in their first cell, and without what was wrong in them."""
    if not table.columns:
        return table
    examples = {row.number for row in table.rows if is_example(row.cells.get(table.columns[0], ""))}
    return replace(
        table,
        rows=tuple(row for row in table.rows if row.number not in examples),
        problems=tuple(problem for problem in table.problems if problem.row not in examples),
    )


def _sheet_problems(table: Table, seen: Mapping[str, Table]) -> list[RowProblem]:
    name = table.name.casefold()
    if name not in SHEETS:
        message = f'There is no sheet "{table.name}". Sheets are: {", ".join(SHEETS)}.'
        return [RowProblem(row=0, column="", message=message)]
    if name in seen:
        return [RowProblem(row=0, column="", message="The sheet is there twice.", sheet=table.name)]
    sheet = SETUP_SHEETS[name]
    return table_problems(table, known=(*sheet.names, *sheet.added), required=sheet.required)


def _read_sheet(sheet: Sheet, table: Table, codes: setup_rows.Codes) -> tuple[list[Any], list[RowProblem]]:
    problems: list[RowProblem] = []
    rows: dict[object, int] = {}
    items: list[Any] = []
    for row in table.rows:
        cells = Cells(row, sheet=table.name)
        item = sheet.read(cells, codes)
        if not cells.problems:
            first = rows.setdefault(sheet.key(item), row.number)
            if first != row.number:
                cells.object(table.columns[0], f"The row says again what row {first} is for.")
        problems += cells.problems
        items.append(item)
    if problems or sheet.parent is None:
        return items, problems
    if table.name.casefold() == "organisation":
        problems = _two_places(items, table.name)
    placed, loops = _parents_first(items, sheet, table)
    return placed, problems + loops


def _two_places(units: list[Unit], sheet: str) -> list[RowProblem]:
    """A unit may move, but stands in one place on any day and stays the kind of unit it is."""
    problems = []
    ordered = sorted(units, key=lambda unit: (unit.code, unit.valid_from or date.min))
    for first, second in pairwise(ordered):
        if first.code != second.code:
            continue
        if first.valid_to is None or second.valid_from is None or first.valid_to >= second.valid_from:
            message = f"{first.code} stands in two places on one day. End the first before the second begins."
            problems.append(RowProblem(row=0, column="valid_from", message=message, sheet=sheet))
        if first.kind is not second.kind:
            message = f"{first.code} is a {first.kind} and a {second.kind}."
            problems.append(RowProblem(row=0, column="kind", message=message, sheet=sheet))
    return problems


def _parents_first(items: list[Any], sheet: Sheet, table: Table) -> tuple[list[Any], list[RowProblem]]:
    """Items in an order in which every parent stands before its children; a loop is a problem."""
    assert sheet.parent is not None  # noqa: S101 - asked by the caller
    waiting, placed = list(items), list[Any]()
    while waiting:
        missing = {item.code for item in waiting}
        ready = [item for item in waiting if sheet.parent(item) not in missing]
        if not ready:
            names = ", ".join(sorted(missing))
            message = f"These lean on each other in a circle, which cannot be: {names}."
            return [], [RowProblem(row=0, column="parent_code", message=message, sheet=table.name)]
        placed += ready
        waiting = [item for item in waiting if sheet.parent(item) in missing]
    return placed, []
