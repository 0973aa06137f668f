"""The map of the wards: it lets the page scroll, bears the names that fit, and never opens on shades of raw counts."""

import json
from datetime import date
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from components.review.wards import labels
from components.review.wards.classes import FILLS
from data_access.council.settings_store import save_setting
from data_access.models import BoundaryEditionRow, BoundaryRow
from data_access.store.database import transaction
from performance.ground.measures import Polarity
from performance.ground.people import Role, User
from tests.builders import WARDS, a_user, add_council, add_figure, add_measure, add_share
from tests.pages.conftest import Open

pytestmark = pytest.mark.usefixtures("sqlite_database")
WARDS_PAGE = "pages/review/wards.py"
# Two thousand pixels a degree: a square of a twentieth is a hundred pixels wide.
ZOOM = 10.46


def square(west: float, south: float = 52.5, step: float = 0.05) -> dict[str, Any]:
    east, north = west + step, south + step
    ring = [[west, south], [west, north], [east, north], [east, south], [west, south]]
    return {"type": "Polygon", "coordinates": [ring]}


def a_councillor() -> User:
    return a_user("councillor", Role.COUNCILLOR, "COUNCIL")


def boundaries() -> None:
    with transaction() as session:
        session.add(BoundaryEditionRow(name="Squares", valid_from=date(2004, 6, 10), drawn_by_us=False))
        session.flush()
        session.add_all(
            BoundaryRow(edition_name="Squares", area_code=ward, geometry=square(-2.2 + 0.05 * place))
            for place, ward in enumerate(WARDS)
        )


def fly_tips(*, residents: bool) -> None:
    """A count that is higher than residents tell in the first ward."""
    add_council()
    boundaries()
    add_measure("TIPS", title="Fly-tips", polarity=Polarity.LOWER)
    for ward, count in zip(WARDS, ("90", "30", "30", "30", "30", "30"), strict=True):
        add_figure("TIPS", value=count, area=ward)
    add_figure("TIPS", value="240")
    if residents:
        add_measure("POP", title="Residents", polarity=Polarity.CONTEXT)
        for ward in WARDS:
            add_figure("POP", value="1000", area=ward)
        with transaction() as session:
            save_setting(session, name="ward_population", value="POP")


def drawn(app: AppTest) -> dict[str, Any]:
    assert not app.exception
    (chart,) = app.get("deck_gl_json_chart")
    return dict(json.loads(chart.proto.json))


def layer(spec: dict[str, Any], name: str) -> dict[str, Any]:
    return next(each for each in spec["layers"] if each["id"] == name)


def test_the_wheel_is_left_to_the_page(open_page: Open) -> None:
    fly_tips(residents=False)
    spec = drawn(open_page(a_councillor(), WARDS_PAGE, measure="TIPS"))
    assert [view["controller"] for view in spec["views"]] == [{"scrollZoom": False}]


def test_the_names_stand_on_the_map(open_page: Open) -> None:
    fly_tips(residents=False)
    names = layer(drawn(open_page(a_councillor(), WARDS_PAGE, measure="TIPS")), "names")
    assert {each["text"] for each in names["data"]} == {f"Ward {number}" for number in range(1, 7)}
    assert names["pickable"] is False


def test_a_count_opens_compared_by_residents(open_page: Open) -> None:
    fly_tips(residents=True)
    app = open_page(a_councillor(), WARDS_PAGE, measure="TIPS")
    assert app.get_by_key("pick_colour").value == "compared"
    fills = [each["properties"]["fill"][:3] for each in layer(drawn(app), "wards")["data"]["features"]]
    assert fills == [[243, 243, 243]] * 5 + [[122, 60, 28]], "the chosen ward is drawn last"


def test_a_link_to_the_counts_still_shows_them(open_page: Open) -> None:
    fly_tips(residents=True)
    app = open_page(a_councillor(), WARDS_PAGE, measure="TIPS", colour="value")
    assert app.get_by_key("pick_colour").value == "value"


def test_a_share_opens_by_its_value(open_page: Open) -> None:
    add_council()
    add_share("CLAIM", title="Claimants", polarity=Polarity.LOWER)
    for ward in WARDS:
        add_figure("CLAIM", counts=("100", "1000"), area=ward)
    add_figure("CLAIM", counts=("600", "6000"))
    assert open_page(a_councillor(), WARDS_PAGE, measure="CLAIM").get_by_key("pick_colour").value == "value"


def texts_of(shapes: dict[str, dict[str, Any]], names: dict[str, str], zoom: float = ZOOM) -> list[str]:
    return [each.text for each in labels.that_fit(shapes, names, zoom=zoom)]


def test_a_long_name_is_broken_into_lines_as_wide_as_its_ward() -> None:
    assert texts_of({"A": square(-2.2)}, {"A": "Bushbury South and Low Hill"}) == ["Bushbury South and\nLow Hill"]
    assert texts_of({"A": square(-2.2)}, {"A": "Ynys Môn"}) == ["Ynys Môn"]


def test_a_name_wider_or_higher_than_its_ward_is_left_out_until_there_is_room() -> None:
    small = {"A": square(-2.2, step=0.01)}
    assert texts_of(small, {"A": "Wednesfield"}) == []
    assert texts_of(small, {"A": "Wednesfield"}, zoom=ZOOM + 3) == ["Wednesfield"]
    assert texts_of({"A": square(-2.2, step=0.02)}, {"A": "Up and at it all day and all of the night too"}) == []


def test_two_names_never_lie_on_each_other_and_the_larger_ward_keeps_its_own() -> None:
    around, within = square(-2.2), square(-2.19, south=52.51, step=0.03)
    assert texts_of({"A": within, "B": around}, {"A": "Within", "B": "Around"}) == ["Around"]
    assert texts_of({"A": square(-2.2), "B": square(-2.15)}, {"A": "West", "B": "East"}) == ["West", "East"]


def test_a_name_stands_in_the_middle_of_the_largest_part_of_its_ward() -> None:
    parts = [square(-2.2)["coordinates"], square(-2.6, step=0.01)["coordinates"]]
    (found,) = labels.that_fit({"A": {"type": "MultiPolygon", "coordinates": parts}}, {"A": "Mainland"}, zoom=ZOOM)
    assert found.position == pytest.approx((-2.175, 52.525), abs=1e-3)


@pytest.mark.parametrize("ground", [*FILLS, (122, 60, 28), (243, 243, 243), (127, 178, 224), (190, 190, 190)])
def test_letters_stand_out_from_every_colour_of_the_map(ground: tuple[int, int, int]) -> None:
    letters, edge = labels.inks(ground)
    assert {letters, edge} == {(11, 12, 12), (255, 255, 255)}
    assert contrast(letters, ground) >= 4.5


def contrast(one: tuple[int, int, int], other: tuple[int, int, int]) -> float:
    """As WCAG 2 defines it."""

    def luminance(colour: tuple[int, int, int]) -> float:
        parts = [part / 255 for part in colour]
        linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
        return sum(weight * part for weight, part in zip((0.2126, 0.7152, 0.0722), linear, strict=True))

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def the_view(app: AppTest) -> tuple[float, float]:
    """How large the map is drawn, and the longitude in its middle."""
    view = json.loads(app.get("deck_gl_json_chart")[0].proto.json)["initialViewState"]
    return view["zoom"], view["longitude"]


def test_the_map_comes_closer_to_the_ward_and_stays_so_when_another_is_chosen(open_page: Open) -> None:
    fly_tips(residents=False)
    app = open_page(a_councillor(), WARDS_PAGE, measure="TIPS", ward=WARDS[0])
    zoom, _ = the_view(app)

    def press(label: str) -> None:
        next(each for each in app.button if each.label == label).click().run()

    def may(label: str) -> bool:
        return not next(each for each in app.button if each.label == label).disabled

    assert (may("Closer"), may("Further away")) == (True, False)
    press("Closer")
    assert the_view(app) == (zoom + 1, pytest.approx(-2.175))
    app.get_by_key("pick_ward").select(WARDS[5]).run()
    assert the_view(app) == (zoom + 1, pytest.approx(-2.2 + 0.05 * 5 + 0.025))
    press("Closer")
    press("Closer")
    assert the_view(app)[0] == pytest.approx(zoom + 3)
    assert (may("Closer"), may("Further away")) == (False, True)
    press("Further away")
    assert the_view(app)[0] == pytest.approx(zoom + 2)
    press("Show the whole map")
    assert the_view(app) == (zoom, pytest.approx(-2.05))
