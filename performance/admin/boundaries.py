"""Which wards a set of boundaries has to hold: all that stood while it was in force."""

from collections.abc import Iterable

from performance.ground.incoming import BoundariesRead, RowProblem
from performance.ground.organisation import Area, AreaKind, BoundaryEdition

MOST_NAMED = 5


def wards_missing(read: BoundariesRead, areas: Iterable[Area], *, council: str) -> list[RowProblem]:
    """A sentence that names the wards of the council that the file does not draw; empty where it draws them all."""
    due = [area for area in areas if _is_due(area, read.edition, council)]
    missing = [f"{ward.code} {ward.name}" for ward in due if ward.code not in read.geometries]
    if not missing:
        return []
    more = f" and {len(missing) - MOST_NAMED:,} more" if len(missing) > MOST_NAMED else ""
    counted = "1 ward" if len(missing) == 1 else f"{len(missing):,} wards"
    return [
        RowProblem(
            row=0,
            column="",
            message=f"The file does not draw {counted} of the {len(due):,} in the register:"
            f" {', '.join(missing[:MOST_NAMED])}{more}. Export the boundaries of the whole council. Where a ward"
            " was not there in the time of these boundaries, put right the days they are in force, or the ward's own"
            " first and last day in the register.",
        )
    ]


def _is_due(area: Area, edition: BoundaryEdition, council: str) -> bool:
    """A ward of ours that stood from the first day of the edition, and on its last where it has one."""
    ours = area.kind is AreaKind.WARD and area.parent_code in {council, None}
    return ours and area.stood(edition.valid_from) and (edition.valid_to is None or area.stood(edition.valid_to))
