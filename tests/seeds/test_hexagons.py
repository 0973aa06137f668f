"""The hexagon map: twenty equal tiles, none over another, each about where its ward is."""

import json
from itertools import combinations, pairwise
from math import cos, hypot, radians
from pathlib import Path

from intake.setup.hexagons import hexagons, read_hexagon_map
from performance.ground.organisation import AreaKind
from tests.seeds.conftest import SEEDS, Council

Ring = list[list[float]]


def km(one: list[float], other: list[float]) -> float:
    return hypot((one[0] - other[0]) * 111.32 * cos(radians(52.6)), (one[1] - other[1]) * 111.32)


def middle(ring: Ring) -> list[float]:
    corners = ring[:-1]
    return [sum(corner[axis] for corner in corners) / len(corners) for axis in (0, 1)]


def rings(council: Council) -> dict[str, Ring]:
    names = {area.code: area.name for area in council.register.areas if area.kind is AreaKind.WARD}
    drawn = read_hexagon_map(SEEDS / "ward_hexagons.csv", names=names)
    assert drawn.edition.drawn_by_us
    assert drawn.names == names
    return {code: geometry["coordinates"][0] for code, geometry in drawn.geometries.items()}


def test_every_ward_has_a_closed_tile_drawn_clockwise(council: Council) -> None:
    drawn = rings(council)

    assert len(drawn) == 20
    for ring in drawn.values():
        assert len(ring) == 7
        assert ring[0] == ring[-1]
        area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
        assert area < 0


def test_no_tile_lies_over_another(council: Council) -> None:
    middles = [middle(ring) for ring in rings(council).values()]

    assert min(km(one, other) for one, other in combinations(middles, 2)) > 1.99


def test_neighbouring_tiles_share_an_edge() -> None:
    drawn = hexagons({"left": (0, 0), "right": (1, 0), "below": (0, 1)})
    corners = {code: {tuple(corner) for corner in shape["coordinates"][0]} for code, shape in drawn.items()}

    def shared(one: str, other: str) -> int:
        return sum(any(km(list(a), list(b)) < 0.001 for b in corners[other]) for a in corners[one])

    assert shared("left", "right") == shared("left", "below") == shared("right", "below") == 2


def test_each_tile_is_near_its_ward(council: Council, shared_data: Path) -> None:
    features = json.loads((shared_data / "boundaries/wolverhampton_wards_2013.geojson").read_text())["features"]
    drawn = rings(council)

    for feature in features:
        code, outline = feature["properties"]["WD13CD"], feature["geometry"]["coordinates"][0]
        assert km(middle(drawn[code]), middle(outline)) < 2, feature["properties"]["WD13NM"]
