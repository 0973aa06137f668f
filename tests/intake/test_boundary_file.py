"""Boundaries: closed rings of longitudes and latitudes, the outer ones clockwise, each under a known code."""

import copy
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from intake.boundary_file import read_boundaries
from intake.tables import FileNotReadError
from performance.incoming import BoundariesRead, RowProblem
from performance.organisation import BoundaryEdition

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
