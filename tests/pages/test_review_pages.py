"""Scorecard, measure and wards as people open them: from a link, with words where there is nothing to show."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from performance.figures import FigureStatus
from performance.measures import Accumulation, Polarity
from performance.people import Role, User
from tests.builders import (
    COUNCIL,
    NATION,
    WARDS,
    a_user,
    add_council,
    add_figure,
    add_measure,
    add_target,
)
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
SCORECARD, MEASURE, WARDS_PAGE = (f"pages/review/{name}.py" for name in ("scorecard", "measure", "wards"))


def a_leader() -> User:
    return a_user("leader", Role.LEADERSHIP, "COUNCIL")


def a_red_measure(**fields: object) -> None:
    add_council()
    add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER, **fields)
    for month, value in (("2017-08", "9"), ("2017-09", "30")):
        add_figure("BINS", month, value)
        add_target("BINS", month, "10")


def seen(app: AppTest) -> str:
    """The words of a page that has nothing a person should not read."""
    assert not app.exception
    found = texts(app)
    for wrong in (">None<", "nan<", "Traceback", "Decimal("):
        assert wrong not in found
    return found


def chart_words(app: AppTest) -> list[str]:
    return [element.proto.alt for element in app.get("vega_lite_chart")]


# The scorecard


def test_a_link_opens_the_part_the_period_and_the_order_its_sender_saw(open_page: Open) -> None:
    a_red_measure()
    app = open_page(a_leader(), SCORECARD, scope="WASTE", period="2017-08", order="name")
    assert app.title[0].value == "Scorecard: Waste and recycling"
    assert [box.value for box in app.selectbox][:3] == ["WASTE", "2017-08-01/P1M", "name"]
    assert "Missed bins" in seen(app)


@pytest.mark.parametrize("written", ["2017-07-01/P3M", "2016/17", "2017-09-01/P1M"])
def test_a_period_in_the_address_may_be_written_in_any_way_files_may(open_page: Open, written: str) -> None:
    a_red_measure()
    app = open_page(a_leader(), SCORECARD, period=written)
    seen(app)
    assert app.get_by_key("pick_period").value.startswith(written[:4])


def test_nonsense_in_the_address_falls_back_to_the_first_choice(open_page: Open) -> None:
    a_red_measure()
    app = open_page(a_leader(), SCORECARD, scope="<script>", period="yesterday", order="x")
    assert app.title[0].value == "Scorecard: Whole council"
    assert app.get_by_key("pick_period").value == "2017-10-01/P1M"
    seen(app)


def test_choosing_another_part_writes_it_into_the_address(open_page: Open) -> None:
    a_red_measure()
    app = open_page(a_leader(), SCORECARD)
    app.get_by_key("pick_scope").select("PLACE").run()
    assert app.query_params["scope"] in ("PLACE", ["PLACE"])
    assert app.title[0].value == "Scorecard: Place"


def test_a_red_measure_stands_with_its_comparator_or_says_there_is_none(open_page: Open) -> None:
    a_red_measure()
    leader = a_leader()
    assert "No comparator is published for this measure." in seen(open_page(leader, SCORECARD, period="2017-09"))
    add_figure("BINS", "2017-06", "12", area=NATION)
    assert "England 12 (Jun 2017)" in seen(open_page(leader, SCORECARD, period="2017-09"))


def test_status_is_a_word_and_a_shape_and_the_counts_are_there(open_page: Open) -> None:
    a_red_measure()
    add_measure("SILENT", title="Nothing yet")
    found = seen(open_page(a_leader(), SCORECARD, period="2017-09"))
    assert "1 of 1 rated measure is red. Getting worse: Missed bins." in found
    assert "▲</span> Red" in found
    assert "Not yet received (1): Nothing yet." in found


def test_provisional_estimated_partial_and_illustrative_are_said(open_page: Open) -> None:
    add_council()
    for code, status in (("PROV", FigureStatus.PROVISIONAL), ("EST", FigureStatus.ESTIMATED)):
        add_measure(code, illustrative=True)
        add_figure(code, value="5", status=status)
    leader = a_leader()
    month = seen(open_page(leader, SCORECARD, period="2017-09"))
    assert "Sep 2017, provisional" in month
    assert "Sep 2017, estimated" in month
    assert "Illustrative." in month
    assert "1 of 3 months" in seen(open_page(leader, SCORECARD, period="2017-07-01/P3M"))


def test_each_perspective_says_how_many_are_red_and_reds_come_first_in_it(open_page: Open) -> None:
    a_red_measure()
    add_measure("ALSO", title="A green one")
    add_figure("ALSO", value="9")
    add_target("ALSO", "2017-09", "8")
    found = seen(open_page(a_leader(), SCORECARD, period="2017-09"))
    assert "Customer and outcomes <small>1 red, 1 green</small>" in found
    assert found.index(">Missed bins<") < found.index(">A green one<")


def test_a_snapshot_in_a_longer_period_says_the_month_it_is_as_at(open_page: Open) -> None:
    add_council()
    add_measure("HOMES", accumulation=Accumulation.SNAPSHOT)
    add_figure("HOMES", "2017-08", "5")
    found = seen(open_page(a_leader(), SCORECARD, period="2017-07-01/P3M"))
    assert "Q2 2017/18, as at Aug 2017, 1 of 3 months" in found


def test_a_part_without_measures_says_what_to_do(open_page: Open) -> None:
    add_council()
    app = open_page(a_leader(), SCORECARD, scope="HOUSING")
    assert "No measures belong to this part of the council yet" in seen(app)


def test_a_title_with_a_script_in_it_is_only_text(open_page: Open) -> None:
    add_council()
    add_measure("X", title="<script>alert(1)</script>")
    add_figure("X", value="1", commentary="=HYPERLINK(1) <img src=x onerror=alert(1)>")
    leader = a_leader()
    assert "<script>" not in seen(open_page(leader, SCORECARD, period="2017-09"))
    page = open_page(leader, MEASURE, measure="X")
    assert not page.exception
    assert not any("<img" in element.proto.body for element in page.get("html"))


# One measure


def test_a_measure_shows_rating_rule_trend_comparators_and_revisions(open_page: Open) -> None:
    a_red_measure(illustrative=True)
    add_figure(
        "BINS", "2017-09", "31", revision=2, commentary="What happened: strike.", status=FigureStatus.PROVISIONAL
    )
    add_figure("BINS", "2017-06", "12", area=NATION)
    app = open_page(a_leader(), MEASURE, measure="BINS")
    found = seen(app)
    assert app.title[0].value == "Missed bins"
    for words in (
        "31 in September 2017, provisional, target 10",
        "Green at 10 or below.",
        "Illustrative figures",
        "What happened: strike.",
        "June 2017",
        "Provisional",
    ):
        assert words in found
    trend, compared = chart_words(app)
    assert trend.startswith("Line chart of Missed bins for Testing, August 2017 to September 2017.")
    places, when = "Testing 31, Sep 2017; England 12, Jun 2017.", "The latest figure of each, with its period."
    assert compared == f"Dot plot of Missed bins. {places} {when}"


def test_a_comparator_of_a_longer_period_is_in_the_table_and_on_no_line_of_numbers_with_ours(open_page: Open) -> None:
    a_red_measure()
    add_figure("BINS", "2016/17", "400", area=NATION)
    app = open_page(a_leader(), MEASURE, measure="BINS")
    assert "400" in seen(app)
    assert [alt.split(" of ")[0] for alt in chart_words(app)] == ["Line chart"]


def test_a_measure_without_figures_has_words_in_every_place(open_page: Open) -> None:
    add_council()
    add_measure("SILENT", title="Nothing yet")
    found = seen(open_page(a_leader(), MEASURE, measure="SILENT"))
    for words in (
        "There are no figures to draw yet.",
        "No commentary has been written for this measure.",
        "No comparator is published for this measure.",
        "Nothing has been recorded yet.",
    ):
        assert words in found


def test_a_measure_kept_by_ward_alone_leads_to_its_wards(open_page: Open) -> None:
    add_council()
    add_measure("WARDS", title="By ward")
    add_figure("WARDS", value="5", area=WARDS[0])
    found = seen(open_page(a_leader(), MEASURE, measure="WARDS"))
    assert "This measure has figures for wards alone" in found
    assert "Not yet received" not in found


def test_an_empty_register_is_said(open_page: Open) -> None:
    add_council()
    assert "The register has no measures yet." in seen(open_page(a_leader(), MEASURE))


# Wards


def a_ward_measure(**fields: object) -> None:
    add_council()
    add_measure("BINS", title="Missed bins", counts_people=True, **fields)
    for ward, count in zip(WARDS, ("3", "9", "20", "30", "0", "12"), strict=True):
        add_figure("BINS", value=count, area=ward)
    add_figure("BINS", value="74", area=COUNCIL)


def test_without_boundaries_the_map_is_words_and_bars_and_table_still_stand(open_page: Open) -> None:
    a_ward_measure()
    app = open_page(a_user("councillor", Role.COUNCILLOR, "COUNCIL"), WARDS_PAGE, ward=WARDS[3])
    found = seen(app)
    assert "No ward boundaries are held for this period." in found
    assert "**Ward 4**: 30, highest of 4 wards. Testing: 74." in found
    assert chart_words(app) == ["Missed bins by ward, September 2017. Highest in Ward 4, 30; lowest in Ward 5, 0."]


def test_a_hidden_count_is_nowhere_on_the_page(open_page: Open) -> None:
    a_ward_measure()
    app = open_page(a_user("councillor", Role.COUNCILLOR, "COUNCIL"), WARDS_PAGE, ward=WARDS[0])
    found = seen(app)
    assert "**Ward 1**: hidden to protect people." in found
    for ward in ("Ward 1", "Ward 2"):
        assert re.search(f"{ward}</th><td[^>]*>Hidden to protect people</td><td[^>]*>–", found)
    drawn = "".join(element.proto.spec for element in app.get("vega_lite_chart"))
    assert "Ward 1" not in drawn


def test_the_submitting_service_sees_its_own_count(open_page: Open) -> None:
    a_ward_measure()
    assert "**Ward 1**: 3" in seen(open_page(a_user(), WARDS_PAGE, ward=WARDS[0]))


def test_the_illustrative_label_stands_on_the_ward_page(open_page: Open) -> None:
    a_ward_measure(illustrative=True)
    assert "Illustrative figures" in seen(open_page(a_leader(), WARDS_PAGE))


def test_no_ward_figures_at_all_is_said(open_page: Open) -> None:
    add_council()
    assert "No measure has figures by ward yet." in seen(open_page(a_leader(), WARDS_PAGE))
