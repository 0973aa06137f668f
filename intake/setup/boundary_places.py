"""Where the outlines of a boundary file lie: in the United Kingdom, in degrees the right way round, and together."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from performance.ground.incoming import RowProblem

# West, south, east and north in degrees: half a degree beyond Rockall, Scilly and Shetland, and no further east than
# Lowestoft, so that an outline of the Midlands that lost its minus sign lies outside. No longitude of it is one of its
# latitudes, so a point that fits turned round is turned round.
_KINGDOM = (-14.2, 49.4, 1.8, 61.4)
# British National Grid in metres: 700 by 1,300 kilometres.
_GRID_EAST, _GRID_NORTH = 700_000, 1_300_000
# Wards on land touch, however large the council, so this needs no measure of how far its wards are spread: Highland's
# are as near each other as a city's. Only seas part them, and the widest that one council could have are narrower:
# St Kilda is 64 km from North Uist, Scilly 45 from Cornwall, Fair Isle 39 from the rest of Shetland. What is measured
# is from edge to edge of the boxes around two outlines, which are never farther apart than the outlines within them.
_FAR_KM = 75
_KM_A_DEGREE = 111.2
_MOST_NAMED = 5


class _Place(Enum):
    """What is wrong with a point, as the end of a sentence about its area, and what to do."""

    METRES = (
        "is drawn in metres of a grid such as the British National Grid ({x:.9g}, {y:.9g}), which is no longitude and"
        " latitude. Export the boundaries in degrees: WGS 84 (EPSG:4326)."
    )
    NO_DEGREES = (
        "has the point {x:.9g}, {y:.9g}, which is no longitude and latitude."
        " Export the boundaries in degrees: WGS 84 (EPSG:4326)."
    )
    TURNED = (
        "has latitude before longitude ({x:.9g}, {y:.9g}): its axes are turned. GeoJSON puts longitude first."
        " Export the boundaries again with longitude before latitude."
    )
    OUTSIDE = (
        "has the point {x:.9g}, {y:.9g} (longitude, latitude), which lies outside the United Kingdom. Export the"
        " boundaries as WGS 84 (EPSG:4326), and look whether they are this council's."
    )


@dataclass(frozen=True, kw_only=True)
class Outline:
    """An area as the file draws it; `feature` is its place in the file."""

    feature: int
    code: str
    geometry: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class _Box:
    west: float
    south: float
    east: float
    north: float

    def km_from(self, other: "_Box") -> float:
        """How far apart two boxes are at least; 0 where they touch."""
        up = max(self.south - other.north, other.south - self.north, 0)
        along = max(self.west - other.east, other.west - self.east, 0)
        north_most = math.radians(max(self.north, other.north))
        return _KM_A_DEGREE * math.hypot(up, along * math.cos(north_most))


def misplaced(outlines: Sequence[Outline]) -> list[RowProblem]:
    """A sentence for each way in which outlines lie where none of the council's can; empty where all is well."""
    if found := _off_the_map(outlines):
        return found
    return [*_drawn_twice(outlines), *_apart(outlines)]


def off_the_map(geometry: Mapping[str, Any]) -> str:
    """What is wrong with where an outline lies, as the end of a sentence about its area; empty where nothing is."""
    found = _first_fault(geometry)
    return found[1] if found else ""


def _off_the_map(outlines: Sequence[Outline]) -> list[RowProblem]:
    """The first outline of each fault stands for all that share it: who reads one sentence has read them all."""
    shared: dict[_Place, list[tuple[Outline, str]]] = {}
    for outline in outlines:
        if found := _first_fault(outline.geometry):
            shared.setdefault(found[0], []).append((outline, found[1]))
    return [_said(*alike[0], others=len(alike) - 1) for alike in shared.values()]


def _first_fault(geometry: Mapping[str, Any]) -> tuple[_Place, str] | None:
    faults = ((fault, fault.value.format(x=x, y=y)) for x, y in _points(geometry) if (fault := _fault_of(x, y)))
    return next(faults, None)


def _said(outline: Outline, fault: str, *, others: int) -> RowProblem:
    more = f" The same holds for {others:,} more feature{'' if others == 1 else 's'}." if others else ""
    return RowProblem(row=0, column="", message=f"Feature {outline.feature}: {outline.code} {fault}{more}")


def _fault_of(x: float, y: float) -> _Place | None:
    if _in_kingdom(x, y):
        return None
    if _in_kingdom(y, x):
        return _Place.TURNED
    if -180 <= x <= 180 and -90 <= y <= 90:
        return _Place.OUTSIDE
    return _Place.METRES if 0 <= x <= _GRID_EAST and 0 <= y <= _GRID_NORTH else _Place.NO_DEGREES


def _in_kingdom(longitude: float, latitude: float) -> bool:
    west, south, east, north = _KINGDOM
    return west <= longitude <= east and south <= latitude <= north


def _drawn_twice(outlines: Sequence[Outline]) -> list[RowProblem]:
    """Outlines that are another's, point for point: one of the two is not that area's."""
    first: dict[frozenset[tuple[float, float]], Outline] = {}
    problems = []
    for outline in outlines:
        other = first.setdefault(frozenset(_points(outline.geometry)), outline)
        if other.code != outline.code:
            said = f"has the same outline as {other.code}. Export the boundaries again, each area with its own."
            problems.append(_said(outline, said, others=0))
    return problems


def _apart(outlines: Sequence[Outline]) -> list[RowProblem]:
    """Outlines that lie far from the most of them, which are taken for the council."""
    boxes = [_box(outline.geometry) for outline in outlines]
    council, *strays = _groups(boxes) or [[]]
    problems = []
    for group in strays:
        km = min(boxes[one].km_from(boxes[other]) for one in group for other in council)
        codes = [outlines[one].code for one in group]
        rest = f" and {len(codes) - _MOST_NAMED:,} more" if len(codes) > _MOST_NAMED else ""
        problems.append(
            RowProblem(
                row=0,
                column="",
                message=f"Feature {outlines[group[0]].feature}: {', '.join(codes[:_MOST_NAMED])}{rest}"
                f" {'lies' if len(codes) == 1 else 'lie'} {km:,.0f} km from all the others, farther than any council's"
                " islands. Look at the file on a map, and export the boundaries again.",
            )
        )
    return problems


def _groups(boxes: Sequence[_Box]) -> list[list[int]]:
    """The boxes by number, together where each is near another of its group; the largest group first."""
    groups: list[list[int]] = []
    left = list(range(len(boxes)))
    while left:
        group, waiting = [], [left.pop(0)]
        while waiting:
            here = waiting.pop()
            group.append(here)
            near = {each for each in left if boxes[here].km_from(boxes[each]) <= _FAR_KM}
            left = [each for each in left if each not in near]
            waiting += near
        groups.append(sorted(group))
    return sorted(groups, key=len, reverse=True)


def _box(geometry: Mapping[str, Any]) -> _Box:
    points = list(_points(geometry))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return _Box(west=min(xs), south=min(ys), east=max(xs), north=max(ys))


def _points(geometry: Mapping[str, Any]) -> Iterator[tuple[float, float]]:
    parts = geometry["coordinates"]
    polygons = [parts] if geometry["type"] == "Polygon" else parts
    return ((point[0], point[1]) for polygon in polygons for ring in polygon for point in ring)
