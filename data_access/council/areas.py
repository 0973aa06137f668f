"""Areas, the groups they are compared in, and the boundaries they are drawn with."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from data_access.council.dates import valid_on
from data_access.models import AreaRow, BoundaryEditionRow, BoundaryRow, ComparatorMembershipRow
from data_access.store.errors import NotFoundError
from data_access.store.ordering import by_code
from performance.ground.organisation import Area, AreaKind, BoundaryEdition, ComparatorMembership


class AreaNotFoundError(NotFoundError):
    def __init__(self, code: str) -> None:
        super().__init__(f'There is no area "{code}". Areas are known by their GSS codes: a letter and eight digits.')


def list_areas(
    session: Session, *, kinds: Collection[AreaKind] | None = None, on: date | None = None, parent: str | None = None
) -> list[Area]:
    """Areas by code; those of the kinds, below the parent, and there on the day, where these are given."""
    query = select(AreaRow).order_by(by_code(AreaRow.code))
    if kinds is not None:
        query = query.where(AreaRow.kind.in_(kinds))
    if on is not None:
        query = query.where(*valid_on(AreaRow, on))
    if parent is not None:
        query = query.where(AreaRow.parent_code == parent)
    return [_area(row) for row in session.scalars(query)]


def find_area(session: Session, *, code: str) -> Area | None:
    row = session.get(AreaRow, code)
    return None if row is None else _area(row)


def get_area(session: Session, *, code: str) -> Area:
    area = find_area(session, code=code)
    if area is None:
        raise AreaNotFoundError(code)
    return area


def save_areas(session: Session, *, areas: Iterable[Area]) -> None:
    """Add or change areas; a parent comes before its children, or is there already."""
    for area in areas:
        session.merge(
            AreaRow(
                code=area.code,
                name=area.name,
                kind=area.kind,
                parent_code=area.parent_code,
                valid_from=area.valid_from,
                valid_to=area.valid_to,
                aliases="|".join(area.aliases),
            )
        )
        session.flush()


def list_memberships(
    session: Session, *, group_name: str | None = None, on: date | None = None
) -> list[ComparatorMembership]:
    """Who is compared with whom, closest first; of one group and on one day where these are given."""
    query = select(ComparatorMembershipRow).order_by(
        by_code(ComparatorMembershipRow.group_name), ComparatorMembershipRow.rank,
        by_code(ComparatorMembershipRow.area_code),
        ComparatorMembershipRow.id,
    )  # fmt: skip
    if group_name is not None:
        query = query.where(ComparatorMembershipRow.group_name == group_name)
    if on is not None:
        query = query.where(*valid_on(ComparatorMembershipRow, on))
    return [
        ComparatorMembership(
            group_name=row.group_name,
            area_code=row.area_code,
            rank=row.rank,
            valid_from=row.valid_from,
            valid_to=row.valid_to,
        )
        for row in session.scalars(query)
    ]


def save_memberships(session: Session, *, memberships: Iterable[ComparatorMembership]) -> None:
    """Add or change memberships; one is known by group, area and first day."""
    rows = {(row.group_name, row.area_code, row.valid_from): row for row in session.scalars(_all_memberships())}
    for membership in memberships:
        row = rows.get((membership.group_name, membership.area_code, membership.valid_from))
        if row is None:
            row = ComparatorMembershipRow(
                group_name=membership.group_name, area_code=membership.area_code, valid_from=membership.valid_from
            )
            session.add(row)
        row.rank, row.valid_to = membership.rank, membership.valid_to
    session.flush()


def list_boundary_editions(session: Session, *, on: date | None = None) -> list[BoundaryEdition]:
    """Editions in force on the day: published ones before those we drew ourselves, the newest first among equals."""
    query = select(BoundaryEditionRow).order_by(
        BoundaryEditionRow.drawn_by_us, BoundaryEditionRow.valid_from.desc(), by_code(BoundaryEditionRow.name)
    )
    if on is not None:
        query = query.where(*valid_on(BoundaryEditionRow, on))
    return [
        BoundaryEdition(name=row.name, valid_from=row.valid_from, valid_to=row.valid_to, drawn_by_us=row.drawn_by_us)
        for row in session.scalars(query)
    ]


def list_boundaries(session: Session, *, edition_name: str) -> dict[str, dict[str, Any]]:
    """The edition's GeoJSON geometries by area code."""
    query = select(BoundaryRow).where(BoundaryRow.edition_name == edition_name).order_by(by_code(BoundaryRow.area_code))
    return {row.area_code: row.geometry for row in session.scalars(query)}


def save_boundary_edition(
    session: Session, *, edition: BoundaryEdition, geometries: Mapping[str, dict[str, Any]]
) -> None:
    """Add an edition, or put these polygons in the place of the ones it had."""
    session.merge(
        BoundaryEditionRow(
            name=edition.name,
            valid_from=edition.valid_from,
            valid_to=edition.valid_to,
            drawn_by_us=edition.drawn_by_us,
        )
    )
    session.flush()
    session.execute(delete(BoundaryRow).where(BoundaryRow.edition_name == edition.name))
    session.add_all(
        BoundaryRow(edition_name=edition.name, area_code=code, geometry=geometry)
        for code, geometry in sorted(geometries.items())
    )
    session.flush()


def _all_memberships() -> Any:
    return select(ComparatorMembershipRow).order_by(ComparatorMembershipRow.id)


def _area(row: AreaRow) -> Area:
    return Area(
        code=row.code,
        name=row.name,
        kind=row.kind,
        parent_code=row.parent_code,
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        aliases=tuple(row.aliases.split("|")) if row.aliases else (),
    )
