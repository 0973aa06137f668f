"""The drawing of the wards: the same colours and words as the other map, one chosen ward, and no hidden number."""

import json
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from performance.ground.measures import Polarity
from tests.builders import WARDS, add_council, add_figure, add_measure
from tests.pages.conftest import Open
from tests.pages.review.test_ward_map import WARDS_PAGE, a_councillor, boundaries, drawn, fly_tips, layer

pytestmark = pytest.mark.usefixtures("sqlite_database")


def drawing(app: AppTest) -> dict[str, Any]:
    assert not app.exception
    specs = [json.loads(each.proto.spec) for each in app.get("vega_lite_chart")]
    return next(each for each in specs if "projection" in each)


def shapes(app: AppTest) -> list[dict[str, Any]]:
    return list(drawing(app)["layer"][0]["data"]["values"])


def test_it_has_the_colours_and_names_of_the_other_map(open_page: Open) -> None:
    fly_tips(residents=True)
    reader = a_councillor()
    other = layer(drawn(open_page(reader, WARDS_PAGE, measure="TIPS")), "wards")["data"]["features"]
    app = open_page(reader, WARDS_PAGE, measure="TIPS", map="drawn")
    assert not app.get("deck_gl_json_chart")
    theirs = ["#{:02X}{:02X}{:02X}".format(*each["properties"]["fill"][:3]) for each in other]
    assert [each["fill"] for each in shapes(app)] == theirs
    assert {each["text"] for each in drawing(app)["layer"][2]["data"]["values"]} == {f"Ward {n}" for n in range(1, 7)}


def test_the_chosen_ward_alone_has_a_thick_outline_and_is_named_in_the_legend(open_page: Open) -> None:
    fly_tips(residents=False)
    app = open_page(a_councillor(), WARDS_PAGE, measure="TIPS", map="drawn", ward=WARDS[2])
    assert [each["code"] for each in shapes(app) if each["width"] == 3] == [WARDS[2]]
    assert shapes(app)[-1]["said"].endswith(", chosen")
    assert any("Thick outline: Ward 3, the ward chosen" in str(each.proto.body) for each in app.get("html"))


def test_a_count_is_read_beside_the_average_ward_and_not_the_sum(open_page: Open) -> None:
    fly_tips(residents=False)
    words = " ".join(each.value for each in open_page(a_councillor(), WARDS_PAGE, measure="TIPS").markdown)
    assert "Average ward: 40.0." in words
    assert "240" not in words


def test_a_hidden_ward_is_told_as_hidden_and_its_number_is_not_sent(open_page: Open) -> None:
    add_council()
    boundaries()
    add_measure("FEW", title="People waiting", counts_people=True, polarity=Polarity.LOWER)
    for ward, count in zip(WARDS, ("3", "41", "42", "43", "44", "45"), strict=True):
        add_figure("FEW", value=count, area=ward)
    app = open_page(a_councillor(), WARDS_PAGE, measure="FEW", map="drawn")
    (few,) = [each for each in shapes(app) if each["code"] == WARDS[0]]
    assert few["fill"] == "#BEBEBE"
    assert not any(letter.isdigit() for letter in few["words"])
    assert "idden" in few["words"] or "[c]" in few["words"], few["words"]
