"""Boundaries of wards from a file: an edition's polygons, kept whole or not at all, and never twice."""

from dataclasses import dataclass

from cycle.ground.access import demand
from cycle.ground.council import account_of
from data_access.council import areas
from data_access.council.settings_store import get_now, get_setting
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.admin.boundaries import wards_missing
from performance.ground.incoming import BoundariesRead, RefusedError
from performance.ground.organisation import Area
from performance.ground.people import Permission, User


@dataclass(frozen=True, kw_only=True)
class BoundariesReport:
    """How many polygons were kept, and the areas whose name in the file is not the one we know."""

    count: int
    changed: bool
    other_names: tuple[str, ...] = ()


def import_boundaries(
    read: BoundariesRead, *, source: str, dry_run: bool = False, by: User | None = None
) -> BoundariesReport:
    """Keep an edition's polygons; the same polygons again change nothing.

    Raises RefusedError where a ward that stood in the edition's time is missing.
    """
    with reading() if dry_run else transaction() as session:
        if by is not None:
            demand(session, by, Permission.MAINTAIN_REGISTER)
        known = {area.code: area for area in areas.list_areas(session)}
        if problems := wards_missing(read, known.values(), council=get_setting(session, name="council_area")):
            raise RefusedError(problems)
        editions = {edition.name: edition for edition in areas.list_boundary_editions(session)}
        stored = areas.list_boundaries(session, edition_name=read.edition.name)
        changed = editions.get(read.edition.name) != read.edition or stored != read.geometries
        if changed and not dry_run:
            areas.save_boundary_edition(session, edition=read.edition, geometries=read.geometries)
            add_event(
                session, at=get_now(session), username=account_of(by), verb="import boundaries", subject=source,
                after={"edition": read.edition.name, "areas": sorted(read.geometries)},
            )  # fmt: skip
    others = tuple(f"{code}: {name}" for code, name in sorted(read.names.items()) if _is_other(known.get(code), name))
    return BoundariesReport(count=len(read.geometries), changed=changed, other_names=others)


def _is_other(area: Area | None, name: str) -> bool:
    return area is not None and name != area.name and name not in area.aliases
