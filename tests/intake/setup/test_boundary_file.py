"""Boundaries: closed rings of longitudes and latitudes, the outer ones clockwise, each under a known code."""

import copy
import json
from datetime import date
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest

from intake.files.tables import FileNotReadError
from intake.setup.boundary_file import read_boundaries
from performance.ground.incoming import BoundariesRead, RowProblem
from performance.ground.organisation import BoundaryEdition

EDITION = BoundaryEdition(name="2013", valid_from=date(2004, 6, 10))
WARDS = [f"E0500{number}" for number in range(1321, 1341)]
ANTICLOCKWISE = [[-2.1, 52.5], [-2.0, 52.5], [-2.0, 52.6], [-2.1, 52.6], [-2.1, 52.5]]
HOLE = [[-2.07, 52.53], [-2.03, 52.53], [-2.03, 52.57], [-2.07, 52.57], [-2.07, 52.53]]
FLAT = [[-2.07, 52.53], [-2.03, 52.53], [-2.07, 52.53], [-2.07, 52.53]]


def a_file(*rings: Any, kind: str = "Polygon", code: str = WARDS[0]) -> dict[str, Any]:
    geometry = {"type": kind, "coordinates": list(rings) or [ANTICLOCKWISE]}
    feature = {"type": "Feature", "properties": {"code": code, "name": "Ward"}, "geometry": geometry}
    return {"type": "FeatureCollection", "features": [feature]}


def read(loaded: object, *, code_key: str = "code", name_key: str = "name") -> tuple[BoundariesRead, list[RowProblem]]:
    content = loaded if isinstance(loaded, bytes) else json.dumps(loaded).encode()
    return read_boundaries(
        content, name="wards.geojson", code_key=code_key, name_key=name_key, edition=EDITION, known=WARDS
    )


def test_outer_rings_run_clockwise_and_holes_the_other_way() -> None:
    found, problems = read(a_file(ANTICLOCKWISE, HOLE[::-1]))
    assert not problems
    assert found.geometries[WARDS[0]]["coordinates"] == [ANTICLOCKWISE[::-1], HOLE]
    again, _ = read(a_file(ANTICLOCKWISE[::-1], HOLE))
    assert again == found


def test_a_hole_that_encloses_nothing_is_left_out() -> None:
    found, problems = read(a_file(ANTICLOCKWISE, FLAT))
    assert not problems
    assert len(found.geometries[WARDS[0]]["coordinates"]) == 1


@pytest.mark.parametrize(
    ("loaded", "said"),
    [
        pytest.param(a_file(ANTICLOCKWISE[:-1]), "not closed", id="an open ring"),
        pytest.param(a_file(ANTICLOCKWISE[:3]), "fewer than four", id="too few points"),
        pytest.param(a_file(FLAT), "encloses nothing", id="a flat polygon"),
        pytest.param(a_file([[391000, 298000]] * 4), "no longitude and latitude", id="metres, not degrees"),
        pytest.param(a_file([["a", "b"]] * 4), "pair of numbers", id="words for numbers"),
        pytest.param(a_file([1.0, 2.0], kind="Point"), "Point", id="a point"),
        pytest.param(a_file(code="E05001399"), "nearest match", id="an unknown code"),
        pytest.param(a_file(code=""), 'no property "code"', id="no code"),
    ],
)
def test_a_feature_that_cannot_be_kept_is_named(loaded: dict[str, Any], said: str) -> None:
    _, problems = read(loaded)
    assert len(problems) == 1
    assert problems[0].in_words.startswith("Feature 1: ")
    assert said in problems[0].in_words


def test_a_code_that_stands_there_twice_is_named() -> None:
    loaded = a_file()
    loaded["features"].append(copy.deepcopy(loaded["features"][0]))
    assert "twice" in read(loaded)[1][0].message


@pytest.mark.parametrize(
    "content",
    [b"", b"not json", b"[]", b'{"type": "FeatureCollection"}', b'{"type": "Topology", "objects": {"a": {}}}',
     b'{"type": "FeatureCollection", "features": [1]}', b'{"type": "FeatureCollection", "features": []}',
     b'{"features": ' + b"[" * 100_000],
)  # fmt: skip
def test_what_is_neither_geojson_nor_topojson_is_refused_with_a_sentence(content: bytes) -> None:
    with pytest.raises(FileNotReadError, match=r"wards\.geojson"):
        read(content)


def test_topojson_that_names_one_arc_again_and_again_is_refused_before_it_is_put_together() -> None:
    arc = [[step % 7, step % 5] for step in range(20_000)]
    rings = {"type": "Polygon", "properties": {"code": WARDS[0], "name": "x"}, "arcs": [[0] * 4_000]}
    topology = {"type": "Topology", "arcs": [arc], "objects": {"wards": {"geometries": [rings]}}}
    begun = perf_counter()
    with pytest.raises(FileNotReadError, match="nor a whole TopoJSON"):
        read(topology)
    assert perf_counter() - begun < 5


@pytest.mark.parametrize("number", [10**400, -(10**400)])
def test_a_number_of_hundreds_of_digits_is_no_place(number: int) -> None:
    assert "not a pair of numbers" in sentences(a_file([[number, 52], [-2, 53], [-2, 52], [number, 52]]))[0]
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.5, 0.5], "translate": [0, 0]},
        "arcs": [[[number, 52], [1, 1], [2, 2]]],
        "objects": {"wards": {"type": "Polygon", "properties": {"code": WARDS[0], "name": "x"}, "arcs": [[0]]}},
    }
    with pytest.raises(FileNotReadError, match="nor a whole TopoJSON"):
        read(topology)


def test_topojson_is_put_together_from_its_arcs_forwards_and_backwards() -> None:
    topology = {
        "type": "Topology",
        "transform": {"scale": [0.1, 0.1], "translate": [-2.1, 52.5]},
        "arcs": [[[0, 0], [1, 0], [0, 1]], [[0, 0], [0, 1], [1, 0]]],
        "objects": {"wards": {"type": "GeometryCollection", "geometries": [
            {"type": "Polygon", "properties": {"code": WARDS[0], "name": "Ward"}, "arcs": [[0, ~1]]},
        ]}},
    }  # fmt: skip
    found, problems = read(topology)
    assert not problems
    assert found.geometries[WARDS[0]]["coordinates"] == [ANTICLOCKWISE[::-1]]


@pytest.mark.parametrize(
    ("file", "keys"),
    [
        ("wolverhampton_wards_2013.geojson", ("WD13CD", "WD13NM")),
        ("wolverhampton_wards_2013.topojson", ("WD13CD", "WD13NM")),
        ("wolverhampton_wards_2021_ultra_generalised.geojson", ("ward_code", "ward_name")),
    ],
)
def test_the_published_wards_are_read_from_either_format(shared_data: Path, file: str, keys: tuple[str, str]) -> None:
    content = (shared_data / "boundaries" / file).read_bytes()
    found, problems = read(content, code_key=keys[0], name_key=keys[1])
    assert not problems
    assert sorted(found.geometries) == WARDS
    assert set(found.names) == set(WARDS)


def squares(*places: tuple[float, float], step: float = 0.05) -> dict[str, Any]:
    """A file with a square ward at each place: the south-west corner's longitude and latitude."""
    loaded: dict[str, Any] = {"type": "FeatureCollection", "features": []}
    for code, (west, south) in zip(WARDS, places, strict=False):
        east, north = west + step, south + step
        ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
        loaded["features"] += a_file(ring, code=code)["features"]
    return loaded


def in_a_row(count: int, *, west: float = -2.2, south: float = 52.5, step: float = 0.05) -> list[tuple[float, float]]:
    return [(west + step * number, south) for number in range(count)]


def turned(loaded: dict[str, Any]) -> dict[str, Any]:
    """The same file with latitude before longitude."""
    for feature in loaded["features"]:
        geometry = feature["geometry"]
        geometry["coordinates"] = [[[y, x] for x, y in ring] for ring in geometry["coordinates"]]
    return loaded


def sentences(loaded: object) -> list[str]:
    return [problem.in_words for problem in read(loaded)[1]]


def test_two_areas_with_one_outline_are_refused() -> None:
    (said,) = sentences(squares(*in_a_row(2), in_a_row(1)[0]))
    assert said.startswith(f"Feature 3: {WARDS[2]} has the same outline as {WARDS[0]}.")


def test_axes_the_other_way_round_are_said_once_for_all_outlines() -> None:
    (said,) = sentences(turned(squares(*in_a_row(3))))
    assert said.startswith(f"Feature 1: {WARDS[0]} has latitude before longitude (52.5, -2.2): its axes are turned.")
    assert "Export the boundaries again with longitude before latitude." in said
    assert said.endswith("The same holds for 2 more features.")


@pytest.mark.parametrize(
    ("ring", "said"),
    [
        pytest.param([[391000, 298000], [391000, 1198000.5], [392000, 299000], [391000, 298000]],
                     "in metres of a grid such as the British National Grid (391000, 298000)", id="the grid"),
        pytest.param([[-233000, 6900000], [-233000, 6901000], [-232000, 6901000], [-233000, 6900000]],
                     "no longitude and latitude", id="metres of a map on the web"),
        pytest.param([[2.3, 48.8], [2.3, 48.9], [2.4, 48.9], [2.3, 48.8]], "outside the United Kingdom", id="Paris"),
        pytest.param([[2.1, 52.5], [2.1, 52.6], [2.2, 52.6], [2.1, 52.5]], "outside the United Kingdom", id="no minus"),
        pytest.param([[0, 0], [0, 1], [1, 1], [0, 0]], "outside the United Kingdom", id="null island"),
        pytest.param([*ANTICLOCKWISE[:2], [0, 0], *ANTICLOCKWISE[2:]], "the point 0, 0 (long", id="one point astray"),
        pytest.param([[float("nan"), 52.5]] * 4, "pair of numbers", id="no number"),
    ],
)  # fmt: skip
def test_an_outline_outside_the_country_is_refused_with_what_to_do(ring: Any, said: str) -> None:
    (found,) = sentences(a_file(ring))
    assert said in found
    assert "Export the boundaries" in found or "pair of numbers" in found


@pytest.mark.parametrize(
    ("west", "south"),
    [(-0.8, 60.83), (-6.37, 49.88), (-8.17, 54.4), (1.72, 52.46), (-8.65, 57.8), (-13.7, 57.59)],
    ids=["Shetland", "Scilly", "Fermanagh", "Lowestoft", "St Kilda", "Rockall"],
)
def test_the_whole_country_is_inside(west: float, south: float) -> None:
    assert sentences(squares((west, south))) == []


@pytest.mark.parametrize("shift", [(3, 0), (-3, 0), (0, 3), (0, -2.5)])
@pytest.mark.parametrize("count", [2, 20])
def test_a_ward_that_lies_far_from_the_others_is_refused(shift: tuple[float, float], count: int) -> None:
    places = in_a_row(count)
    west, south = places[-1]
    (said,) = sentences(squares(*places[:-1], (west + shift[0], south + shift[1])))
    assert said.startswith(f"Feature {count}: {WARDS[count - 1]} lies ")
    assert "km from all the others" in said


def test_wards_astray_together_are_named_together() -> None:
    (said,) = sentences(squares(*in_a_row(6), (0.5, 52.5), (0.55, 52.5)))
    assert said.startswith(f"Feature 7: {WARDS[6]}, {WARDS[7]} lie ")


@pytest.mark.parametrize(
    ("places", "step"),
    [
        pytest.param([(-6.37, 49.88), (-6.3, 49.95), (-5.7, 50.05), (-5.6, 50.1)], 0.05, id="Scilly with Cornwall"),
        pytest.param([(-7.5, 56.95), (-7.4, 57.3), (-7.3, 57.6), (-7.0, 57.9), (-6.4, 58.2)], 0.1, id="Western Isles"),
        pytest.param([(-1.2, 59.85), (-1.3, 60.2), (-0.9, 60.7), (-1.65, 59.5)], 0.05, id="Shetland with Fair Isle"),
        pytest.param([(-6.8, 57.0), (-6.2, 57.5), (-5.6, 57.9), (-5.0, 58.2), (-3.6, 58.3), (-4.2, 57.3), (-5.5, 56.6)],
                     0.6, id="Highland"),
    ],
)  # fmt: skip
def test_islands_and_wide_councils_are_no_strays(places: list[tuple[float, float]], step: float) -> None:
    assert sentences(squares(*places, step=step)) == []


@pytest.mark.parametrize(
    "mark",
    [{"exceededTransferLimit": True}, {"properties": {"exceededTransferLimit": True}}],
    ids=["at the top", "in properties"],
)
def test_a_file_that_the_server_marked_as_cut_off_is_refused(mark: dict[str, Any]) -> None:
    (said,) = sentences(a_file() | mark)
    assert said.startswith("wards.geojson is cut off: ")
    assert "Download the whole layer" in said
    topology: dict[str, Any] = {"type": "Topology", "arcs": [], "objects": {"wards": {"geometries": []}}}
    assert "is cut off" in sentences(topology | mark)[0]
    topology["objects"]["wards"] |= mark
    assert "is cut off" in sentences(topology)[0]


def test_a_mark_that_says_it_is_whole_is_no_fault() -> None:
    assert sentences(a_file() | {"exceededTransferLimit": False, "properties": {"exceededTransferLimit": False}}) == []
