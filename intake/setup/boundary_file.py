"""A boundary file: GeoJSON or TopoJSON in, one polygon or multipolygon an area out, every ring the right way round."""

import json
import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from intake.files.tables import FileNotReadError
from intake.setup.boundary_places import Outline, misplaced, off_the_map
from intake.setup.topojson import features_of
from performance.ground.incoming import BoundariesRead, RowProblem, nearest
from performance.ground.organisation import BoundaryEdition

MOST_BYTES = 40_000_000
# Six decimals of a degree are eleven centimetres: finer than any published ward boundary.
_DECIMALS = 6
_CUT_OFF = "exceededTransferLimit"

Ring = list[list[float]]


class _GeometryFaultError(ValueError):
    """What is wrong with one geometry, said as the end of a sentence about its area."""


class _FeatureFaultError(ValueError):
    """What is wrong with one feature, as a sentence."""


@dataclass(frozen=True, kw_only=True)
class _Keys:
    """The properties that hold an area's code and name, and the codes of the areas we know."""

    code: str
    name: str
    known: Collection[str]


def read_boundaries(
    content: bytes, *, name: str, code_key: str, name_key: str, edition: BoundaryEdition, known: Collection[str]
) -> tuple[BoundariesRead, list[RowProblem]]:
    """The polygons of a file by area code, and a sentence for everything for which it cannot be kept.

    Raises FileNotReadError where the file is neither GeoJSON nor TopoJSON.
    """
    loaded = _loaded(content, name)
    keys = _Keys(code=code_key, name=name_key, known=known)
    outlines: dict[str, Outline] = {}
    names: dict[str, str] = {}
    problems = _cut_off(loaded, name)
    for number, feature in enumerate(_features(loaded, name), start=1):
        try:
            code, names_it = _named(feature.get("properties") or {}, keys, taken=outlines)
            outlines[code] = Outline(feature=number, code=code, geometry=_geometry(code, feature.get("geometry")))
            names[code] = names_it
        except _FeatureFaultError as wrong:
            problems.append(RowProblem(row=0, column="", message=f"Feature {number}: {wrong}"))
    if not outlines and not problems:
        raise FileNotReadError(f"{name} holds no features.")
    problems += misplaced(list(outlines.values()))
    geometries = {code: dict(outline.geometry) for code, outline in outlines.items()}
    return BoundariesRead(edition=edition, geometries=geometries, names=names), problems


def _cut_off(loaded: dict[str, Any], name: str) -> list[RowProblem]:
    """A map server hands out so many features at a time, and marks an answer that does not hold them all."""
    objects = loaded.get("objects") if loaded.get("type") == "Topology" else None
    parts = [loaded, *(objects.values() if isinstance(objects, dict) else ())]
    marked = [part for part in parts if isinstance(part, dict)]
    marked += [part["properties"] for part in marked if isinstance(part.get("properties"), dict)]
    if not any(part.get(_CUT_OFF) is True for part in marked):
        return []
    return [
        RowProblem(
            row=0,
            column="",
            message=f'{name} is cut off: the server it comes from marked it with "{_CUT_OFF}", so features are missing.'
            " Download the whole layer as a file, or fetch the rest page by page and put the pages together.",
        )
    ]


def _loaded(content: bytes, name: str) -> dict[str, Any]:
    if len(content) > MOST_BYTES:
        raise FileNotReadError(f"{name} is larger than {MOST_BYTES // 1_000_000} MB. Use a generalised edition.")
    try:
        loaded = json.loads(content.decode("utf-8-sig"), parse_constant=float)
    except (ValueError, RecursionError) as fault:
        raise FileNotReadError(f"{name} is not GeoJSON or TopoJSON: it cannot be read as JSON in UTF-8.") from fault
    if not isinstance(loaded, dict):
        raise FileNotReadError(f"{name} is neither GeoJSON nor TopoJSON.")
    return loaded


def _features(loaded: dict[str, Any], name: str) -> list[dict[str, Any]]:
    try:
        found = features_of(loaded) if loaded.get("type") == "Topology" else loaded["features"]
        if not all(isinstance(each, dict) and isinstance(each.get("properties") or {}, dict) for each in found):
            raise TypeError
    except (KeyError, IndexError, TypeError, ValueError, OverflowError) as fault:
        raise FileNotReadError(f"{name} is neither a GeoJSON FeatureCollection nor a whole TopoJSON.") from fault
    return list(found)


def _named(properties: dict[str, Any], keys: _Keys, *, taken: Collection[str]) -> tuple[str, str]:
    """The feature's code and name."""
    code = str(properties.get(keys.code) or "").strip()
    if fault := _code_fault(code, properties, keys, taken):
        raise _FeatureFaultError(fault)
    name = str(properties.get(keys.name) or "").strip()
    if not name:
        raise _FeatureFaultError(f'{code} has no property "{keys.name}".{nearest(keys.name, properties)}')
    return code, name


def _code_fault(code: str, properties: dict[str, Any], keys: _Keys, taken: Collection[str]) -> str:
    if not code:
        return f'There is no property "{keys.code}".{nearest(keys.code, properties)}'
    if code not in keys.known:
        return f'area code "{code}" is not in the list of areas.{nearest(code, keys.known)} Import the areas first.'
    return f"{code} stands in the file twice." if code in taken else ""


def _geometry(code: str, geometry: Any) -> dict[str, Any]:
    try:
        return _drawn(geometry)
    except _GeometryFaultError as wrong:
        raise _FeatureFaultError(f"{code} {wrong}") from wrong


def _drawn(geometry: Any) -> dict[str, Any]:
    """The geometry with closed rings of pairs of numbers, outer rings clockwise and holes the other way."""
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in {"Polygon", "MultiPolygon"}:
        raise _GeometryFaultError(f"is drawn as {kind or 'nothing'}. Only Polygon and MultiPolygon are areas.")
    parts = geometry.get("coordinates")
    polygons = [parts] if kind == "Polygon" else parts
    if not isinstance(polygons, list) or not polygons:
        raise _GeometryFaultError("has no coordinates.")
    drawn = [list(_wound(rings)) for polygon in polygons if (rings := _rings(polygon))]
    if not drawn:
        raise _GeometryFaultError(off_the_map(geometry) or "encloses nothing.")
    return {"type": kind, "coordinates": drawn[0] if kind == "Polygon" else drawn}


def _rings(polygon: Any) -> list[Ring]:
    """The rings that enclose something: a hole folded flat is left out, and so is a polygon whose outer ring is."""
    if not isinstance(polygon, list) or not polygon:
        raise _GeometryFaultError("has a polygon without rings.")
    rings = [_ring(points) for points in polygon]
    return [ring for ring in rings if not _is_flat(ring)] if not _is_flat(rings[0]) else []


def _ring(points: Any) -> Ring:
    if not isinstance(points, list) or len(points) < 4:
        raise _GeometryFaultError("has a ring of fewer than four points.")
    ring = [_point(point) for point in points]
    if ring[0] != ring[-1]:
        raise _GeometryFaultError("has a ring that is not closed: its last point is not its first.")
    return ring


def _is_flat(ring: Ring) -> bool:
    return math.isclose(_clockwise_area(ring), 0, abs_tol=1e-12)


def _point(point: Any) -> list[float]:
    if not isinstance(point, list) or len(point) < 2 or not all(type(each) in {int, float} for each in point[:2]):
        raise _GeometryFaultError("has a point that is not a pair of numbers.")
    try:
        x, y = float(point[0]), float(point[1])
    except OverflowError as fault:  # a number of hundreds of digits
        raise _GeometryFaultError("has a point that is not a pair of numbers.") from fault
    if not (math.isfinite(x) and math.isfinite(y)):
        raise _GeometryFaultError("has a point that is not a pair of numbers.")
    return [round(x, _DECIMALS), round(y, _DECIMALS)]


def _wound(rings: Sequence[Ring]) -> Iterator[Ring]:
    """Charts on a sphere fill what lies to the right of a ring, so an outer ring the wrong way fills the whole map."""
    for place, ring in enumerate(rings):
        is_clockwise = _clockwise_area(ring) > 0
        yield ring if is_clockwise is (place == 0) else ring[::-1]


def _clockwise_area(ring: Ring) -> float:
    """Twice the area of the ring, positive where it runs clockwise."""
    return sum((x2 - x1) * (y2 + y1) for (x1, y1), (x2, y2) in pairwise(ring))
