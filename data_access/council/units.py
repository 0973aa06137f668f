"""Organisation units and where they stand on a day."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from data_access.council.dates import valid_on
from data_access.models import UnitPlacementRow, UnitRow
from data_access.store.errors import NotFoundError
from data_access.store.ordering import by_code
from performance.ground.organisation import Unit, UnitKind
from performance.ground.reading_order import as_read


class UnitNotFoundError(NotFoundError):
    def __init__(self, code: str, on: date) -> None:
        super().__init__(f'There is no organisation unit "{code}" on {on.isoformat()}.')


def list_units(session: Session, *, on: date) -> list[Unit]:
    """Units as they stand on the day, council first, then directorates, services and teams, by name as it is read."""
    order = list(UnitKind)
    found = [_unit(*row) for row in session.execute(_placed().where(*valid_on(UnitPlacementRow, on)))]
    return sorted(found, key=lambda unit: (order.index(unit.kind), as_read(unit.name), unit.code))


def find_unit(session: Session, *, code: str, on: date) -> Unit | None:
    row = session.execute(_placed().where(UnitPlacementRow.unit_code == code, *valid_on(UnitPlacementRow, on))).first()
    return None if row is None else _unit(*row)


def get_unit(session: Session, *, code: str, on: date) -> Unit:
    unit = find_unit(session, code=code, on=on)
    if unit is None:
        raise UnitNotFoundError(code, on)
    return unit


def list_placements(session: Session) -> list[Unit]:
    """Every placement there ever was: a unit that moved appears once for each place."""
    return [_unit(*row) for row in session.execute(_placed())]


def save_placements(session: Session, *, units: Iterable[Unit]) -> None:
    """Add or change placements; one is known by unit and first day. Parents come first, or are there already."""
    placed = list(units)
    for unit in placed:
        session.merge(UnitRow(code=unit.code, kind=unit.kind))
    session.flush()
    query = select(UnitPlacementRow).order_by(UnitPlacementRow.id)
    rows = {(row.unit_code, row.valid_from): row for row in session.scalars(query)}
    for unit in placed:
        row = rows.get((unit.code, unit.valid_from))
        if row is None:
            row = UnitPlacementRow(unit_code=unit.code, valid_from=unit.valid_from)
            session.add(row)
        row.name, row.parent_code, row.owner_role = unit.name, unit.parent_code, unit.owner_role
        row.valid_to = unit.valid_to
    session.flush()


def _placed() -> Select[UnitRow, UnitPlacementRow]:
    return (
        select(UnitRow, UnitPlacementRow)
        .join(UnitPlacementRow, UnitPlacementRow.unit_code == UnitRow.code)
        .order_by(by_code(UnitPlacementRow.unit_code), UnitPlacementRow.valid_from.desc(), UnitPlacementRow.id)
    )


def _unit(unit: UnitRow, placement: UnitPlacementRow) -> Unit:
    return Unit(
        code=unit.code,
        name=placement.name,
        kind=unit.kind,
        parent_code=placement.parent_code,
        owner_role=placement.owner_role,
        valid_from=placement.valid_from,
        valid_to=placement.valid_to,
    )
