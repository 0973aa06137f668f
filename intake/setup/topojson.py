"""TopoJSON as GeoJSON features: shared arcs put together again (github.com/topojson/topojson-specification)."""

from itertools import accumulate
from typing import Any

Point = list[float]
# All wards of the country in full detail come to fewer.
MOST_POINTS = 2_000_000


def features_of(topology: dict[str, Any]) -> list[dict[str, Any]]:
    """The features of every object in the topology.

    Raises KeyError, IndexError or TypeError where it is not whole, ValueError where it comes to more than MOST_POINTS:
    that is counted first, since a small file can name one arc again and again.
    """
    found = [each for one in topology["objects"].values() for each in one.get("geometries", [one])]
    if sum(_points_of(each["arcs"], topology["arcs"]) for each in found if "arcs" in each) > MOST_POINTS:
        raise ValueError("more points than any council's wards have")
    arcs = [_absolute(arc, topology.get("transform")) for arc in topology["arcs"]]
    return [
        {"type": "Feature", "properties": each.get("properties") or {}, "geometry": _geometry(each, arcs)}
        for each in found
    ]


def _points_of(named: Any, arcs: list[list[Any]]) -> int:
    """How many points the arcs come to that a ring, a list of rings or a list of those names by number."""
    if isinstance(named, list):
        return sum(_points_of(each, arcs) for each in named)
    return len(arcs[named if named >= 0 else ~named])


def _absolute(arc: list[list[float]], transform: dict[str, Any] | None) -> list[Point]:
    """With a transform, points are whole steps from the point before."""
    if transform is None:
        return [[point[0], point[1]] for point in arc]
    (scale_x, scale_y), (left, bottom) = transform["scale"], transform["translate"]
    xs = accumulate(point[0] for point in arc)
    ys = accumulate(point[1] for point in arc)
    return [[x * scale_x + left, y * scale_y + bottom] for x, y in zip(xs, ys, strict=True)]


def _geometry(each: dict[str, Any], arcs: list[list[Point]]) -> dict[str, Any]:
    kind = each["type"]
    if kind == "Polygon":
        return {"type": kind, "coordinates": [_ring(ring, arcs) for ring in each["arcs"]]}
    if kind == "MultiPolygon":
        return {"type": kind, "coordinates": [[_ring(ring, arcs) for ring in part] for part in each["arcs"]]}
    return {"type": kind}


def _ring(indices: list[int], arcs: list[list[Point]]) -> list[Point]:
    """Arcs end to end; one that is numbered ~n runs backwards, and each begins where the last one ended."""
    points: list[Point] = []
    for index in indices:
        arc = arcs[index] if index >= 0 else arcs[~index][::-1]
        points.extend(arc[1:] if points else arc)
    return points
