"""The hexagon map: one equal tile a ward, near the ward's place, drawn by us until real boundaries are imported."""

import csv
import math
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from performance.ground.incoming import BoundariesRead
from performance.ground.organisation import BoundaryEdition

EDITION = BoundaryEdition(
    name="Hexagons drawn by us from the wards' places",
    valid_from=date(2004, 6, 10),
    valid_to=date(2023, 5, 3),
    drawn_by_us=True,
)

# The middle of the first tile of the first row, and how far apart the tiles of a row stand.
_FIRST_LONGITUDE, _FIRST_LATITUDE = -2.18415, 52.61972
_TILE_KM = 2.0
_KM_A_DEGREE = 111.32
_DECIMALS = 6
Tile = tuple[int, int]


def read_hexagon_map(path: Path, *, names: Mapping[str, str]) -> BoundariesRead:
    """The map in a file of ward_code, column and row; every second row stands half a tile to the right."""
    with path.open(encoding="utf-8", newline="") as file:
        tiles = {row["ward_code"]: (int(row["column"]), int(row["row"])) for row in csv.DictReader(file)}
    return BoundariesRead(edition=EDITION, geometries=hexagons(tiles), names={code: names[code] for code in tiles})


def hexagons(tiles: Mapping[str, Tile]) -> dict[str, dict[str, Any]]:
    """A GeoJSON polygon in longitude and latitude for each code, its ring clockwise."""
    return {code: {"type": "Polygon", "coordinates": [_ring(column, row)]} for code, (column, row) in tiles.items()}


def _ring(column: int, row: int) -> list[list[float]]:
    radius = _TILE_KM / math.sqrt(3)
    east = (column + row % 2 / 2) * _TILE_KM
    south = row * radius * 1.5
    # From the top corner round by the right: clockwise, seen from above.
    turns = [math.radians(60 * corner) for corner in range(6)]
    corners = [_place(east + radius * math.sin(turn), radius * math.cos(turn) - south) for turn in turns]
    return [*corners, corners[0]]


def _place(east: float, north: float) -> list[float]:
    """Longitude and latitude of a point so many kilometres east and north of the first tile's middle."""
    km_a_degree_east = _KM_A_DEGREE * math.cos(math.radians(_FIRST_LATITUDE))
    longitude = _FIRST_LONGITUDE + east / km_a_degree_east
    return [round(longitude, _DECIMALS), round(_FIRST_LATITUDE + north / _KM_A_DEGREE, _DECIMALS)]
