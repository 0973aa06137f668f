"""Scorecard, measure and wards as people open them: from a link, with words where there is nothing to show."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from cycle.revise.recovery import planning
from data_access.council.settings_store import save_setting
from data_access.models import AreaRow
from data_access.plan.tree import save_actions
from data_access.store.database import transaction
from performance.ground.commentary import Commentary
from performance.ground.dated import Recording
from performance.ground.figures import FigureStatus
from performance.ground.measures import Accumulation, ContentKind, Perspective, Polarity, ToleranceKind
from performance.ground.organisation import Action, ActionStatus, AreaKind
from performance.ground.people import Role, User
from performance.ground.periods import Frequency, Period
from performance.ground.values import Absence
from tests.builders import (
    COUNCIL,
    NATION,
    RECORDED,
    WARDS,
    a_user,
    add_area,
    add_council,
    add_figure,
    add_group,
    add_measure,
    add_share,
    add_target,
)
from tests.cycle.review.test_ward_profile import residents_and_deprivation
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
SCORECARD, MEASURE, WARDS_PAGE, PROFILE = (
    f"pages/review/{name}.py" for name in ("scorecard", "measure", "wards", "ward_profile")
)


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
    assert app.title[0].value == "Scorecard: Waste and recycling, August 2017"
    chosen = [app.get_by_key(f"pick_{name}").value for name in ("scope", "period", "order", "layout")]
    assert chosen == ["WASTE", "2017-08-01/P1M", "name", "balanced"]
    assert "Missed bins" in seen(app)


@pytest.mark.parametrize("written", ["2017-07-01/P3M", "2016/17", "2017-09-01/P1M"])
def test_a_period_in_the_address_may_be_written_in_any_way_files_may(open_page: Open, written: str) -> None:
    a_red_measure()
    app = open_page(a_leader(), SCORECARD, period=written)
    seen(app)
    assert app.get_by_key("pick_period").value.startswith(written[:4])


@pytest.mark.parametrize("page", [SCORECARD, "pages/review/what_changed.py"])
def test_it_opens_on_the_newest_month_with_most_figures_in_and_says_so(open_page: Open, page: str) -> None:
    a_red_measure()
    why = "September 2017 is the newest month with most of the council's figures in (1 of 1). October 2017 has 0 of 1"
    leader = a_leader()
    app = open_page(leader, page)
    assert app.get_by_key("pick_period").value == "2017-09-01/P1M"
    assert why in seen(app)
    chosen = open_page(leader, page, period="2017-10")
    assert chosen.get_by_key("pick_period").value == "2017-10-01/P1M"
    assert "newest month" not in seen(chosen)


KIND_OF = {"people": ContentKind.HR, "quality": ContentKind.QUALITY_ASSURANCE}


def many_measures(many: int, kind: ContentKind = ContentKind.LOCAL) -> None:
    """Matters of the council's customers and one of its people; all green but the last, which is red."""
    add_council()
    for number in range(many):
        perspective = Perspective.PEOPLE if number == 0 else Perspective.CUSTOMER
        title = f"{chr(65 + number)} matter"
        add_measure(f"M{number}", title=title, perspective=perspective, unit="pounds", content_kind=kind)
        add_figure(f"M{number}", "2017-09", "5" if number < many - 1 else "1")
        add_target(f"M{number}", "2017-09", "4")


@pytest.mark.parametrize("layout", ["balanced", "time", "money", "people", "quality"])
@pytest.mark.parametrize("order", ["red", "plan", "name"])
def test_more_lines_than_are_taken_in_at_once_are_folded_in_every_order_and_layout(
    open_page: Open, order: str, layout: str
) -> None:
    many_measures(16, KIND_OF.get(layout, ContentKind.LOCAL))
    app = open_page(a_leader(), SCORECARD, order=order, layout=layout)
    by_perspective = ["Customer and outcomes: 15 measures, 1 red, 14 green", "People and learning: 1 measure, 1 green"]
    by_letter = ["A to O: 15 measures, 15 green", "P: 1 measure, 1 red"]
    assert folds(app) == (by_letter if order == "name" else by_perspective)
    assert all(f"{chr(65 + number)} matter<" in seen(app) for number in range(16))
    assert [each for each in app.get("html") if "P matter</a>: £1, target £4" in each.proto.body]


@pytest.mark.parametrize("layout", ["balanced", "time", "money", "people", "quality"])
def test_as_many_as_are_taken_in_at_once_are_folded_on_a_phone_alone(open_page: Open, layout: str) -> None:
    many_measures(15, KIND_OF.get(layout, ContentKind.LOCAL))
    app = open_page(a_leader(), SCORECARD, layout=layout)
    assert folds(app) == []
    assert "<summary>15 measures, 1 red, 14 green</summary></details>" in seen(app)


def test_a_letter_with_more_lines_than_are_taken_in_at_once_stands_alone(open_page: Open) -> None:
    add_council()
    for title in ("Bins", *(f"Care {number}" for number in range(16)), "Drains"):
        add_measure(title, title=title)
    app = open_page(a_leader(), SCORECARD, order="name")
    assert folds(app) == ["B: 1 measure, not rated", "C: 16 measures, not rated", "D: 1 measure, not rated"]


def test_every_red_is_named_and_none_is_below(open_page: Open) -> None:
    add_council()
    for number in range(12):
        add_measure(f"M{number}", title=f"Matter {number}")
        add_figure(f"M{number}", "2017-09", "1")
        add_target(f"M{number}", "2017-09", "4")
    reds = re.search(r'<ul class="named reds".*?</ul>', seen(open_page(a_leader(), SCORECARD, period="2017-09")))
    assert reds
    assert reds[0].count("<a href=") == 12


def folds(app: AppTest) -> list[str]:
    return [each.label for each in app.expander if re.search(r": \d+ measures?, ", each.label)]


def test_real_changes_that_are_not_red_are_links_with_their_figure_and_colour(open_page: Open) -> None:
    add_council()
    usual = ["10", "11", "9", "10", "12", "10", "9", "11", "10", "9", "11", "10"]
    for code, title, polarity, newest, target in (
        ("A", "Red already", Polarity.LOWER, "40", "10"),
        ("B", "Not red yet", Polarity.LOWER, "40", "50"),
        ("C", "Better", Polarity.HIGHER, "40", "50"),
        ("D", "Only more", Polarity.CONTEXT, "40", ""),
        ("E", "As usual", Polarity.LOWER, "10", "10"),
    ):
        add_measure(code, title=title, polarity=polarity)
        if target:
            add_target(code, "2017-09", target)
        for back, value in enumerate([newest, *usual]):
            add_figure(code, Period.month(2017, 9).shifted(-back).iso, value)
    found = seen(open_page(a_leader(), SCORECARD, period="2017-09"))
    listed = {
        label: re.findall(r'measure=(\w)&amp;period=2017-09-01%2FP1M">[^<]*</a>: ([^<]*)</li>', items)
        for label, items in re.findall(r'<ul class="named [^"]*" aria-label="([^"]*)">(.*?)</ul>', found)
    }
    assert {label: [code for code, _ in each] for label, each in listed.items()} == {
        "Red, the worst first": ["A", "C"],
        "Real changes for the worse, not red": ["B"],
        "Real changes neither better nor worse": ["D"],
    }
    assert listed["Real changes for the worse, not red"][0][1] == "40, target 50; green"
    assert "Real changes: 2 for the worse, 1 of them red; 1 for the better, 1 of them red; 1 neither" in found


def test_it_opens_on_the_newest_month_without_a_word_where_most_of_it_is_in(open_page: Open) -> None:
    a_red_measure()
    add_figure("BINS", "2017-10", "8")
    app = open_page(a_leader(), SCORECARD)
    assert app.get_by_key("pick_period").value == "2017-10-01/P1M"
    assert "newest month" not in seen(app)


def test_choosing_another_part_writes_it_into_the_address(open_page: Open) -> None:
    a_red_measure()
    app = open_page(a_leader(), SCORECARD)
    app.get_by_key("pick_scope").select("PLACE").run()
    assert app.query_params["scope"] in ("PLACE", ["PLACE"])
    assert app.title[0].value == "Scorecard: Place, September 2017"


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
    assert "1 of 1 rated measure is red. Worse than before: Missed bins." in found
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


def test_the_reds_stand_first_by_name_the_worst_of_them_on_top(open_page: Open) -> None:
    add_council()
    usual = ["10", "11", "9", "10", "12", "10", "9", "11", "10", "9", "11", "10"]
    for code, title, values in (
        ("A", "Far off", [*usual[:-1], "40"]),
        ("B", "Further off", ["90"] * 2),
        ("C", "On target", ["9"] * 2),
        ("D", "A little off", ["12"] * 2),
    ):
        add_measure(code, title=title, polarity=Polarity.LOWER)
        add_target(code, "2017-09", "10")
        for back, value in enumerate(reversed(values)):
            add_figure(code, Period.month(2017, 9).shifted(-back).iso, value)
    leader = a_leader()
    found = seen(open_page(leader, SCORECARD, period="2017-09"))
    reds = re.search(r'<ul class="named reds".*?</ul>', found)
    assert reds
    listed = re.findall(r'measure=(\w)&amp;period=2017-09-01%2FP1M">([^<]*)</a>: ([^<]*)</li>', reds[0])
    assert [code for code, _, _ in listed] == ["A", "B", "D"]
    assert listed[0][2].startswith("40, target 10; a real change for the worse")
    assert listed[1][2] == (
        "90, target 10; no clear change, the same as in Aug 2017; not tested for a real change: too few figures"
    )
    asked_for = seen(open_page(leader, SCORECARD, period="2017-09", status="red"))
    assert re.search(r'<ul class="named reds".*?</ul>', asked_for)
    assert '<details class="folds" open>' in asked_for
    assert '<details class="folds" open>' not in found


def test_a_line_says_what_its_direction_compares_with_and_how_often_its_target_was_met(open_page: Open) -> None:
    add_council()
    add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER)
    for back, value in enumerate(["8", "9", "10", "8", "9", "10", "8", "9", "10", "8", "9", "10"]):
        period = Period.month(2017, 9).shifted(-back).iso
        add_figure("BINS", period, value)
        add_target("BINS", period, "10")
    leader = a_leader()
    line = seen(open_page(leader, SCORECARD, period="2017-09"))
    for words in (
        '<small aria-hidden="true">down from 9 in Aug 2017</small><span class="vh">down from 9 in August 2017</span>',
        '<small aria-hidden="true">Target met in 12 of the last 12</small>'
        '<span class="vh">; met in 12 of the last 12; its usual range reaches past the target, '
        "so a miss would not be unusual</span>",
    ):
        assert words in line
    one = open_page(leader, MEASURE, measure="BINS", view="usual")
    said = "met in 12 of the last 12; its usual range reaches past the target, so a miss would not be unusual."
    assert f"Green: usual ups and downs; {said}" in seen(one)
    assert (
        "Latest step: improving, down from 9 in August 2017. Over a year: not available, no figure for September"
        in seen(one)
    )
    assert chart_words(one)[0].endswith(said[1:])


def test_without_a_red_there_is_no_list_of_them(open_page: Open) -> None:
    add_council()
    add_measure("BINS", polarity=Polarity.LOWER)
    add_figure("BINS", "2017-09", "9")
    add_target("BINS", "2017-09", "10")
    assert 'class="named reds"' not in seen(open_page(a_leader(), SCORECARD, period="2017-09"))


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
    assert "<script>alert" not in seen(open_page(leader, SCORECARD, period="2017-09"))
    page = open_page(leader, MEASURE, measure="X")
    assert not page.exception
    assert not any("<img src=x" in element.proto.body for element in page.get("html"))


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
        "England 12 in Jun 2017",
        "Provisional",
    ):
        assert words in found
    trend, parts = chart_words(app)
    assert trend.startswith("Line chart of Missed bins for Testing, August 2017 to September 2017.")
    assert parts == "Bar chart of the parts of the change: Cannot be told +22."
    assert "It went from 9 in August 2017, when it was last not red, to 31 in September 2017." in found
    compared, _ = chart_words(
        open_page(User(username="leader", name="Leader"), MEASURE, measure="BINS", view="compare")
    )
    places, when = "Testing 31, Sep 2017; England 12, Jun 2017.", "The latest figure of each, with its period."
    assert compared == f"Dot plot of Missed bins. {places} {when}"


def test_mean_and_median_of_one_thing_stand_side_by_side(open_page: Open) -> None:
    add_council()
    add_measure("RELET", title="Days to relet", unit="days", polarity=Polarity.LOWER)
    add_measure("MID", title="Days to relet, median", unit="days", polarity=Polarity.LOWER, median_of="RELET")
    for month, mean, middle in (("2017-08", "25", "20"), ("2017-09", "30", "21")):
        add_figure("RELET", month, mean)
        add_figure("MID", month, middle)
    leader = a_leader()
    said = "Mean 30 days and median 21 days in September 2017: a few long or large cases pull the mean up."
    for code, line, other in (("RELET", "Median", "See the median"), ("MID", "Mean", "See the mean")):
        app = open_page(leader, MEASURE, measure=code)
        assert said in seen(app)
        assert [each.proto.label for each in app.get("page_link") if other in each.proto.label]
        assert f'"{line}"' in app.get("vega_lite_chart")[0].proto.spec


def test_a_median_of_a_mean_without_a_figure_is_only_linked(open_page: Open) -> None:
    add_council()
    add_measure("RELET", title="Days to relet", unit="days")
    add_measure("MID", title="Days to relet, median", unit="days", median_of="RELET")
    add_figure("RELET", "2017-09", "30")
    app = open_page(a_leader(), MEASURE, measure="RELET")
    assert "Mean 30" not in seen(app)
    assert [each.proto.label for each in app.get("page_link") if "See the median" in each.proto.label]


def six_councils() -> None:
    """Councils of one group with figures for August, and one of them for September."""
    a_red_measure(comparator_group="Like us")
    codes = [f"E0800010{number}" for number in range(6)]
    for number, code in enumerate(codes):
        add_area(code, f"Council {number}", AreaKind.OTHER_COUNCIL)
        add_figure("BINS", "2017-08", str(5 + number), area=code)
    add_figure("BINS", "2017-09", "8", area=codes[0])
    add_group("Like us", *codes)


def test_our_rank_is_of_the_newest_period_in_which_enough_councils_have_a_figure(open_page: Open) -> None:
    six_councils()
    found = seen(open_page(a_leader(), MEASURE, measure="BINS", view="compare"))
    # 9 against 5, 6, 7, 8, 9 and 10, where lower is better: four are better, and one is as good.
    assert "Testing: 9, rank 5 of 7, quartile 3 (1 is best) among councils with a figure for August 2017." in found


def test_only_the_councils_chosen_are_drawn_and_listed_and_the_rank_stays(open_page: Open) -> None:
    six_councils()
    app = open_page(a_leader(), MEASURE, measure="BINS", view="compare", councils="E08000101,E08000104")
    found = seen(app)
    assert app.get_by_key("pick_councils").value == ["E08000101", "E08000104"]
    assert "rank 5 of 7" in found
    assert "Council 4" in found
    (dots, _) = chart_words(app)
    assert "2 councils from 6, Aug 2017 (Council 1) to 9, Aug 2017 (Council 4)." in dots
    assert ">Council 3<" not in found


def test_a_comparator_of_a_longer_period_is_in_the_table_and_on_no_line_of_numbers_with_ours(open_page: Open) -> None:
    a_red_measure()
    add_figure("BINS", "2016/17", "400", area=NATION)
    app = open_page(a_leader(), MEASURE, measure="BINS", view="compare")
    assert "400" in seen(app)
    assert [alt.split(" of ")[0] for alt in chart_words(app)] == ["Bar chart"]


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
    assert "**Ward 4**: 30, highest of 4 wards. Average ward: 12.3 (Testing's figure over its wards)." in found
    assert chart_words(app) == [
        "Ranked bars of Missed bins by ward, September 2017. Highest in Ward 4, 30; lowest in Ward 5, 0. "
        "Average ward: 12.3. "
        "2 wards have no figure that may be shown."
    ]


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


def test_why_a_ward_is_hidden_reads_alike_for_the_small_one_and_the_one_beside_it(open_page: Open) -> None:
    a_ward_measure()
    councillor = a_user("councillor", Role.COUNCILLOR, "COUNCIL")
    why = [
        re.search(rf"\*\*{name}\*\*: (.*)", seen(open_page(councillor, WARDS_PAGE, ward=ward)))
        for name, ward in (("Ward 1", WARDS[0]), ("Ward 2", WARDS[1]))
    ]
    assert why[0][1] == why[1][1]
    assert why[0][1].startswith("hidden to protect people. From 1 to 4 people in a ward could be recognised")
    assert "A hidden number need not be a small one." in why[0][1]


def test_what_its_source_hides_is_not_called_small_where_nothing_is_hidden_for_that(open_page: Open) -> None:
    add_council()
    with transaction() as session:
        save_setting(session, name="small_number_threshold", value="0")
    add_measure("BINS", title="Missed bins", counts_people=True)
    add_figure("BINS", absence=Absence.SUPPRESSED, area=WARDS[0])
    add_figure("BINS", value="9", area=WARDS[1])
    found = seen(open_page(a_user("councillor", Role.COUNCILLOR, "COUNCIL"), WARDS_PAGE, ward=WARDS[0]))
    assert "hidden by whoever publishes the figure, to protect people." in found
    assert "could be recognised" not in found


def test_why_a_total_is_hidden_is_said_once_and_in_the_councils_own_threshold(open_page: Open) -> None:
    add_council()
    with transaction() as session:
        save_setting(session, name="small_number_threshold", value="3")
    add_measure("BINS", title="Missed bins", counts_people=True)
    for area, count in ((WARDS[0], "1"), (WARDS[1], "1"), (COUNCIL, "2")):
        add_figure("BINS", value=count, area=area)
    found = seen(open_page(a_user("councillor", Role.COUNCILLOR, "COUNCIL"), WARDS_PAGE, ward=WARDS[0]))
    assert "**Testing**: hidden to protect people. From 1 to 2 people in a ward could be recognised" in found
    assert found.count("the total would give such a number away") == 1


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("pages/plan/targets.py", {"unit": "WASTE", "measure": "BINS"}),
        ("pages/revise/recovery_plan.py", {"measure": "BINS"}),
    ],
)
def test_a_month_that_is_hidden_is_named_where_a_chart_leaves_it_out(
    open_page: Open, page: str, query: dict[str, str]
) -> None:
    add_council()
    add_measure("BINS", title="Missed bins", counts_people=True)
    for area, count, before in ((WARDS[0], "1", "20"), (WARDS[1], "1", "30"), (COUNCIL, "2", "50")):
        add_figure("BINS", "2017-08", before, area=area)
        add_figure("BINS", "2017-09", count, area=area)
    others = a_user("other", Role.SERVICE_MANAGER, "PEOPLE")
    assert "September 2017: hidden to protect people." in seen(open_page(others, page, **query))
    assert "hidden to protect people" not in seen(open_page(a_user("own"), page, **query))


def test_the_page_is_read_as_known_at_a_past_day_and_back(open_page: Open) -> None:
    add_council()
    add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER)
    add_figure("BINS", "2017-08", "9", at=datetime(2017, 9, 5, tzinfo=UTC))
    add_figure("BINS", "2017-08", "30", revision=2, at=datetime(2017, 10, 20, tzinfo=UTC))
    app = open_page(a_leader(), SCORECARD, period="2017-08", known="2017-09-30")
    assert "Shown as it was known at the end of 30 September 2017." in seen(app)
    assert "<td" in seen(app)
    assert ">9<br>" in seen(app)
    app.button(key="known_now").click().run()
    assert "known" not in app.query_params
    assert ">30<br>" in seen(app)


@pytest.mark.parametrize(
    ("nonsense", "words"),
    [
        ("yesterday", "“yesterday” is not a day. Write one like 2017-09-30."),
        ("2030-01-01", "1 January 2030 cannot be shown here, only 1 January 1992 to 10 November 2017."),
        ("1800-01-01", "1 January 1800 cannot be shown here"),
    ],
)
def test_a_moment_that_is_none_is_said(open_page: Open, nonsense: str, words: str) -> None:
    a_red_measure()
    assert words in seen(open_page(a_leader(), SCORECARD, known=nonsense))


def test_a_scorecard_is_narrowed_to_kinds_of_measure(open_page: Open) -> None:
    a_red_measure(content_kind=ContentKind.FINANCE)
    add_measure("LAW", title="Required", statutory_reference="SDL 012-01")
    leader, bins, law = a_leader(), "Missed bins</a>", "Required</a>"
    for kinds, there, gone in (("finance", bins, law), ("statutory", law, bins)):
        found = seen(open_page(leader, SCORECARD, kinds=kinds))
        assert there in found
        assert gone not in found


def test_a_scorecard_over_time_has_each_figure_with_its_period_and_status(open_page: Open) -> None:
    a_red_measure()
    found = seen(open_page(a_leader(), SCORECARD, period="2017-09", layout="time"))
    assert "Missed bins: its latest six figures" not in found
    assert "30 ▲ Red, Sep 2017" in found
    assert "9 ✔ Green, Aug 2017" in found


def test_a_scorecard_of_money_has_variances_in_pounds_and_in_percent(open_page: Open) -> None:
    add_council()
    add_measure("SPEND", title="Net spending", unit="pounds", polarity=Polarity.LOWER,
                accumulation=Accumulation.CUMULATIVE)  # fmt: skip
    add_measure("BINS", title="Missed bins")
    add_figure("SPEND", "2017-09", "1100000")
    add_target("SPEND", "2017-09", "1000000")
    found = seen(open_page(a_leader(), SCORECARD, period="2017-09", layout="money"))
    assert "£100,000 over (10.0%)" in found
    assert found.count("Missed bins") == 1, "only among what has not come in"


def test_a_forecast_outturn_is_shown_as_it_was_given_with_its_band_in_words(open_page: Open) -> None:
    add_council()
    outturn = {"unit": "pounds", "content_kind": ContentKind.FINANCE, "accumulation": Accumulation.SNAPSHOT}
    rule = {"polarity": Polarity.LOWER, "tolerance": Decimal(1), "tolerance_kind": ToleranceKind.PERCENT}
    add_measure("OUT", title="Outturn", **outturn, **rule)
    for month in range(36):
        add_figure("OUT", Period.month(2014, 10).shifted(month).iso, "1005000")
    add_target("OUT", "2017-09", "1000000")
    leader = a_leader()
    found = seen(open_page(leader, SCORECARD, period="2017-09", layout="money"))
    assert "forecast outturn against budget, each forecast as it was given" in found
    assert "£5,000 over (0.5%)" in found
    assert "within its tolerance of £10,000" in found
    assert "Expected at year end" not in found
    assert "The figure itself is what is expected" in seen(open_page(leader, SCORECARD, period="2017-09"))
    said = seen(open_page(leader, MEASURE, measure="OUT", view="usual"))
    assert "no forecast is made of it" in said
    assert "not for forecasts of a year's outturn" in said


def test_savings_stand_apart_from_spending_cumulative_against_plan(open_page: Open) -> None:
    add_council()
    for code, polarity, figure in (("SAVED", Polarity.HIGHER, "400000"), ("SPENT", Polarity.LOWER, "600000")):
        add_measure(code, title=code, unit="pounds", polarity=polarity, accumulation=Accumulation.CUMULATIVE)
        add_figure(code, "2017-09", figure)
        add_target(code, "2017-09", "500000")
    found = seen(open_page(a_leader(), SCORECARD, period="2017-09", layout="money"))
    saved, spent = found.index("savings and income against plan"), found.index("spending against budget")
    assert saved < found.index("£100,000 under (20.0%)") < spent < found.index("£100,000 over (20.0%)")
    assert found.count("beyond its tolerance of £25,000") == 2


def test_staffing_has_each_measure_of_its_kind_against_its_target(open_page: Open) -> None:
    a_red_measure(content_kind=ContentKind.HR)
    add_measure("OTHER", title="Something else")
    found = seen(open_page(a_leader(), SCORECARD, period="2017-09", layout="people"))
    table = found[found.index("September 2017: HR and staffing") :]
    assert "20 over (200.0%)" in table
    assert "up from 9 in Aug 2017" in table
    assert ">Something else</a>" not in table


def test_quality_assurance_has_themes_as_rows_and_aligned_periods_as_columns(open_page: Open) -> None:
    add_council()
    kind = {"content_kind": ContentKind.QUALITY_ASSURANCE, "frequency": Frequency.QUARTERLY}
    add_measure("VOICE", title="Voice of the child", **kind)
    add_measure("PLANS", title="Planning", **kind)
    add_measure("CHECKS", title="Records checked", content_kind=ContentKind.QUALITY_ASSURANCE)
    for code, quarters in (("VOICE", ("2017-01", "2017-04", "2017-07")), ("PLANS", ("2017-01", "2017-07"))):
        for quarter in quarters:
            add_figure(code, f"{quarter}-01/P3M", "60")
            add_target(code, f"{quarter}-01/P3M", "70" if quarter == "2017-07" else "50")
    add_figure("CHECKS", "2017-09", "3")
    found = seen(open_page(a_leader(), SCORECARD, period="2017-09", layout="quality"))
    assert found.count("quality assurance, quarterly</caption>") == found.count("assurance, monthly</caption>") == 1
    rows = re.findall(r'<th role="rowheader" scope="row"[^>]*>.*?</tr>', found)
    (plans,) = [row for row in rows if "Planning" in row]
    cells = re.findall(r'data-title="(Q\d 20\d\d/\d\d)"[^>]*>(.*?)</td>', plans)
    assert [title for title, _ in cells] == ["Q4 2016/17", "Q1 2017/18", "Q2 2017/18"]
    assert [re.sub("<[^>]*>", " ", cell).split() for _, cell in cells] == [
        ["60", "✔", "Green"], ["◻", "Not", "yet", "received"], ["60", "▲", "Red"],
    ]  # fmt: skip


def test_what_changed_in_words_and_tables(open_page: Open) -> None:
    a_red_measure()
    found = seen(open_page(a_leader(), "pages/review/what_changed.py", period="2017-09"))
    assert "September 2017, against August 2017: 1 status moved" in found
    assert "0 for the better and 1 for the worse" in found
    assert "▲ Red" in found


def test_a_red_that_only_a_softer_target_ended_says_so_wherever_it_is_said_to_have_moved(open_page: Open) -> None:
    add_council()
    add_measure("BEDS", title="Temporary homes", polarity=Polarity.LOWER)
    for month, value, target in (("2017-08", "48", "40"), ("2017-09", "47", "50")):
        add_figure("BEDS", month, value)
        add_target("BEDS", month, target)
    why = "Its target moved from 40 to 50: against the one before it would be red"
    leader = a_leader()
    for page, asked in (("pages/review/what_changed.py", {"period": "2017-09"}), (MEASURE, {"measure": "BEDS"})):
        assert why in seen(open_page(leader, page, **asked))
    home = seen(open_page(leader, "pages/home/today.py"))
    assert f"<small>{why}</small>" in home
    assert "<span>47</span> <small>Sep 2017</small>" in home


def test_a_red_measure_says_first_what_its_service_says_of_it(open_page: Open) -> None:
    a_red_measure()
    leader = a_leader()
    assert "**Why is it red?** Its service has not said why." in seen(open_page(leader, MEASURE, measure="BINS"))
    told = Commentary(why="Two lorries broke down", what_next="Hire two", who="Manager", by_when="30/11/2017")
    add_figure("BINS", "2017-09", "30", commentary=told.text, revision=2)
    found = seen(open_page(leader, MEASURE, measure="BINS"))
    assert "Its service says: Two lorries broke down. Next: Hire two (Manager, by 30 November 2017)." in found
    assert "Not tested for a real change: too few figures." in found


def test_a_scorecard_names_what_is_red_now_and_was_not_then(open_page: Open) -> None:
    a_red_measure()
    add_measure("BEDS", title="Temporary homes", polarity=Polarity.LOWER)
    for month, value in (("2017-09", "30"), ("2017-10", "9")):
        add_figure("BEDS", month, value)
        add_target("BEDS", month, "10")
    add_figure("BINS", "2017-10", "30")
    add_target("BINS", "2017-10", "10")
    leader = a_leader()
    found = seen(open_page(leader, SCORECARD, period="2017-08"))
    assert "each at its newest figure. Not red in August 2017 but now: Missed bins." in found
    found = seen(open_page(leader, SCORECARD, period="2017-09"))
    assert "each at its newest figure. No longer red: Temporary homes." in found


def test_what_changed_since_a_past_day(open_page: Open) -> None:
    a_red_measure()
    add_figure("BINS", "2017-09", "8", revision=2, at=datetime(2017, 11, 9, tzinfo=UTC))
    found = seen(open_page(a_leader(), "pages/review/what_changed.py", period="2017-09", then="2017-11-08"))
    assert "against what was known on 8 November 2017: 1 figure differs" in found
    assert "Figures that differ" in found


def an_amber_measure() -> None:
    add_council()
    add_measure("CALLS", title="Calls answered")
    for place in range(48):
        month = Period.month(2013, 10).shifted(place).iso
        add_figure("CALLS", month, str(96 + (place * 7) % 3 - 1))
        add_target("CALLS", month, "100")


def test_what_may_turn_red_says_what_would_stop_it_and_how_far_to_trust_it(open_page: Open) -> None:
    an_amber_measure()
    found = seen(open_page(a_leader(), "pages/review/may_turn_red.py"))
    assert "Whole council: one measure is amber at its latest figure." in found
    assert "Red below 95" in found
    assert "figures held back" in found
    assert "Nothing is recorded" in found


def test_what_may_turn_red_says_what_is_being_done_about_it(open_page: Open) -> None:
    an_amber_measure()
    recording = Recording(by="import", at=RECORDED, effective_on=date(2017, 4, 1))
    actions = [
        Action(id=0, action="Two <more> lines", measure_code="CALLS", responsible_role="Manager",
               ends_on=date(2018, 1, 31), status=ActionStatus.LATE),
        Action(id=0, action="Count the calls", measure_code="CALLS", status=ActionStatus.DONE),
    ]  # fmt: skip
    with transaction() as session:
        save_actions(session, actions=actions, recording=recording)
    leader = a_leader()
    manager = a_user()
    plan_id = planning.open_plan("CALLS", period=Period.month(2017, 9), cause="Too few lines", by=manager)
    found = texts(open_page(leader, "pages/review/may_turn_red.py"))
    assert 'href="measure?measure=CALLS&amp;period=' in found
    assert f'href="recovery-plan?plan=R-{plan_id:02d}">Recovery plan R-01</a>: drafted' in found
    assert "Two &lt;more&gt; lines (Manager, by 31 January 2018): late by its owner&#x27;s word" in found
    assert "Count the calls" not in found


def test_what_its_service_says_it_will_do_is_something_being_done(open_page: Open) -> None:
    an_amber_measure()
    told = Commentary(what_next="Train <two> more", who="Duty Manager", by_when="30/11/2017")
    add_figure("CALLS", "2017-09", "97", commentary=told.text, revision=2)
    found = texts(open_page(a_leader(), "pages/review/may_turn_red.py"))
    assert "Train &lt;two&gt; more (Duty Manager, by 30 November 2017): said with the figure" in found
    assert "Nothing is recorded" not in found


def test_nothing_amber_is_said(open_page: Open) -> None:
    a_red_measure()
    assert "Whole council: no measure is amber" in seen(open_page(a_leader(), "pages/review/may_turn_red.py"))


def test_wards_before_there_was_any_figure_say_so(open_page: Open) -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    for ward in WARDS:
        add_figure("BINS", "2017-08", "9", area=ward, at=datetime(2017, 9, 5, tzinfo=UTC))
    leader = a_leader()
    assert "Ward 1" in seen(open_page(leader, WARDS_PAGE, known="2017-09-06"))
    assert "Missed bins is not available by ward, or was not then." in seen(
        open_page(leader, WARDS_PAGE, known="2017-09-04")
    )


def test_a_measure_says_in_one_sentence_its_colour_whether_it_is_usual_and_whether_it_will_be_met(
    open_page: Open,
) -> None:
    add_council()
    add_measure("CALLS", title="Calls answered")
    for place in range(42):
        add_figure("CALLS", Period.month(2014, 4).shifted(place).iso, str(96 + (place * 7) % 3 - 1))
    add_target("CALLS", "2017-09", "100")
    add_target("CALLS", "2017/18", "1200")
    found = seen(open_page(a_leader(), MEASURE, measure="CALLS"))
    assert (
        "usual ups and downs; not met in the only one that had a target; "
        "as it runs, it will not meet the target unless something changes." in found
    )
    assert "Usually between 9" in found
    assert "under 1% chance of meeting the year" in found
    assert "Needs at least" in found


def a_process(**fields: object) -> None:
    add_council()
    add_measure("CALLS", title="Calls answered", **fields)
    for place in range(30):
        add_figure(
            "CALLS", Period.month(2015, 4).shifted(place).iso, str(96 + (place * 7) % 3 - (9 if place > 17 else 0))
        )
    add_target("CALLS", "2017-09", "95")


def an_analyst() -> User:
    return a_user("analyst", Role.BI_TEAM, "COUNCIL")


def test_usual_ups_and_downs_are_drawn_with_words_and_each_point_in_a_table(open_page: Open) -> None:
    a_process()
    app = open_page(a_leader(), MEASURE, measure="CALLS", view="usual")
    found = seen(app)
    alt, _ = chart_words(app)
    assert alt.startswith("XmR chart of Calls answered, April 2015 to September 2017. Usually between")
    for words in (
        "XmR chart with the rules of NHSRplotthedots",
        "■ orange: a real change for the worse",
        "Usually between",
    ):
        assert words in found
    assert not [each for each in app.button if each.label == "Set limits anew"]


def test_limits_are_set_anew_with_a_reason_and_taken_back(open_page: Open) -> None:
    a_process()
    app = open_page(an_analyst(), MEASURE, measure="CALLS", view="usual")
    app.get_by_key("rebase-day-CALLS").set_value(date(2016, 10, 1))
    app.get_by_key("rebase-why-CALLS").set_value("A new telephone system")
    app = next(each for each in app.button if each.label == "Set limits anew").click().run()
    found = seen(app)
    assert "Limits are worked out as you said." in found
    assert "Limits set anew from 1 October 2016 by Business intelligence team, COUNCIL: A new telephone system" in found
    app.get_by_key("rebase-because-CALLS").set_value("It was taken out again")
    app = next(each for each in app.button if each.label == "Take it back").click().run()
    assert "Limits set anew from" not in seen(app)


def test_limits_set_anew_without_a_day_or_with_too_few_figures_are_refused_in_a_sentence(open_page: Open) -> None:
    a_process()
    app = open_page(an_analyst(), MEASURE, measure="CALLS", view="usual")
    app = next(each for each in app.button if each.label == "Set limits anew").click().run()
    assert "Enter the day from which limits are set anew." in seen(app)
    app.get_by_key("rebase-day-CALLS").set_value(date(2017, 8, 1))
    app.get_by_key("rebase-why-CALLS").set_value("A new telephone system")
    app = next(each for each in app.button if each.label == "Set limits anew").click().run()
    assert "There are 2 figures since 1 August 2017. Limits need 8" in seen(app)
    assert app.get_by_key("rebase-why-CALLS").value == "A new telephone system"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"accumulation": Accumulation.CUMULATIVE}, "This measure is cumulative."),
        ({"frequency": Frequency.YEARLY}, "This measure is reported once a year."),
        ({}, "Too few points to tell noise from change: 1 of 8"),
    ],
)
def test_why_there_is_no_process(open_page: Open, fields: dict[str, object], said: str) -> None:
    add_council()
    add_measure("FEW", title="Few", **fields)
    add_figure("FEW", "2016/17" if "frequency" in fields else "2017-09", "9")
    assert said in seen(open_page(a_leader(), MEASURE, measure="FEW", view="usual"))


def test_the_same_months_across_years(open_page: Open) -> None:
    a_process()
    app = open_page(a_leader(), MEASURE, measure="CALLS", view="season")
    alt, _ = chart_words(app)
    assert alt == "Line chart of Calls answered, a line a year. In Sep: 2015/16 98; 2016/17 98; 2017/18 89."
    assert "Calls answered in the same periods of 3 years" in seen(app)


def test_numerator_and_denominator_one_under_the_other(open_page: Open) -> None:
    add_council()
    add_share("ON_TIME", title="Requests answered on time")
    for month, counts in (("2017-07", ("90", "100")), ("2017-08", ("80", "100")), ("2017-09", ("95", "110"))):
        add_figure("ON_TIME", month, counts=counts)
    app = open_page(a_leader(), MEASURE, measure="ON_TIME", view="counts")
    assert [alt.split(",")[0] for alt in chart_words(app)][:2] == [
        "Line chart of Answered on time", "Line chart of All requests",
    ]  # fmt: skip
    assert "86.4%" in seen(app)
    assert "95 (Answered on time) ÷ 110 (All requests) × 100, rounded half up to 1 decimal place." in seen(app)
    assert "comes from what it is divided by (All requests)" in seen(app)


def test_any_number_is_explained_from_a_link(open_page: Open) -> None:
    a_red_measure(source="The depot")
    add_figure("BINS", "2017-08", "12", revision=2)
    leader = a_leader()
    app = open_page(leader, MEASURE, measure="BINS", number="2017-08")
    said = seen(app)
    assert app.get_by_key("pick_number").value == "2017-08-01/P1M"
    assert "12 for August 2017." in said
    assert "Before that, revision 1: 9, recorded by " in said
    assert "Its target for August 2017 was agreed" in said
    assert "Source: The depot." in said
    app.query_params.pop("number")
    assert "30 for September 2017." in seen(app.run())


def test_the_year_to_date_and_a_quarter_are_explained_too(open_page: Open) -> None:
    a_red_measure()
    leader = a_leader()
    said = seen(open_page(leader, MEASURE, measure="BINS", number="2017-07-01/P3M"))
    assert "for Q2 (July to September) 2017/18, from 2 of 3 months." in said
    assert "Its periods added up: 9 + 30." in said
    to_date = seen(open_page(leader, MEASURE, measure="BINS", number="2017-04-01/P6M"))
    assert "2 of 6 months." in to_date


def test_a_view_that_the_measure_does_not_have_is_said(open_page: Open) -> None:
    a_red_measure()
    app = open_page(a_leader(), MEASURE, measure="BINS", view="counts")
    assert "The link asks for “counts” as “View”" in seen(app)
    app.button[-1].click().run()
    alt, _ = chart_words(app)
    assert alt.startswith("Line chart of Missed bins for Testing")


def a_share_by_ward() -> None:
    """Ward 1 far above the council, ward 2 like it; a year before too."""
    add_council()
    add_share("CLAIM", title="Claimants", polarity=Polarity.LOWER, accumulation=Accumulation.SNAPSHOT)
    for month in ("2017-08", "2017-09"):
        for ward, count in zip(WARDS, ("400", "101", "20", "100", "100", "100"), strict=True):
            add_figure("CLAIM", month, counts=(count if month == "2017-09" else "100", "1000"), area=ward)
        add_figure("CLAIM", month, counts=("600", "6000"))


def a_councillor() -> User:
    return a_user("councillor", Role.COUNCILLOR, "COUNCIL")


def test_wards_are_compared_with_the_council_in_words_and_in_the_table(open_page: Open) -> None:
    a_share_by_ward()
    app = open_page(a_councillor(), WARDS_PAGE, ward=WARDS[0], colour="compared")
    found = seen(app)
    assert app.get_by_key("pick_colour").value == "compared"
    assert "**Ward 1**: 40.0%, highest of 6 wards. Testing: 10.0%. Higher than Testing (worse)." in found
    assert "37.0% to 43.1%" in found
    assert "Similar to Testing" in found


def test_a_count_stands_beside_the_average_ward_and_beside_its_residents_share(open_page: Open) -> None:
    add_council()
    residents_and_deprivation()
    add_measure("TIPS", title="Fly-tips", polarity=Polarity.LOWER)
    for ward in WARDS:
        add_figure("TIPS", value="35", area=ward)
    add_figure("TIPS", value="210")
    found = seen(open_page(a_councillor(), WARDS_PAGE, measure="TIPS", ward=WARDS[0]))
    assert (
        "Average ward: 35.0. 35.0 per 1,000 residents of September 2017, 10.0 in Testing. Higher than Testing (worse)"
    ) in found
    assert ": 10 expected by its residents." in found
    assert "Per 1,000 residents of September 2017" in found
    assert "residents: 10" not in found


def test_the_change_of_a_count_is_told_of_the_average_ward_and_not_of_all_of_them(open_page: Open) -> None:
    add_council()
    add_measure("TIPS", title="Fly-tips", polarity=Polarity.LOWER)
    for month, each, all_of_them in (("2017-08", "35", "210"), ("2017-09", "40", "241")):
        for ward in WARDS:
            add_figure("TIPS", month, each, area=ward)
        add_figure("TIPS", month, all_of_them)
    found = seen(open_page(a_councillor(), WARDS_PAGE, measure="TIPS", period="2017-09", before="2017-08"))
    assert re.search("Average ward</th>.*35.0.*40.0.*Up 5.0 .14%., worse", found)
    assert "210" not in found
    assert "241" not in found


def test_a_count_without_residents_is_not_compared_and_the_page_says_why(open_page: Open) -> None:
    add_council()
    add_measure("TIPS", title="Fly-tips")
    add_figure("TIPS", value="5", area=WARDS[0])
    add_figure("TIPS", value="5")
    app = open_page(a_councillor(), WARDS_PAGE)
    assert "no other number of residents by ward is held" in seen(app)
    assert "pick_colour" not in {box.key for box in app.selectbox}


def test_a_link_shows_the_change_between_two_periods(open_page: Open) -> None:
    a_share_by_ward()
    app = open_page(a_councillor(), WARDS_PAGE, period="2017-09", before="2017-08", ward=WARDS[0])
    found = seen(app)
    assert "August 2017 and September 2017" in [header.value for header in app.header]
    assert "Up 30.0 percentage points, worse" in found
    assert re.search("Testing</th>.*No change", found)


def test_no_change_is_shown_between_other_wards(open_page: Open) -> None:
    a_share_by_ward()
    with transaction() as session:
        session.execute(update(AreaRow).where(AreaRow.code == WARDS[5]).values(valid_to=date(2017, 8, 31)))
    found = seen(open_page(a_councillor(), WARDS_PAGE, period="2017-09", before="2017-08"))
    assert "their boundaries were drawn anew in between" in found
    assert "percentage points" not in found


# The profile of a ward


def test_a_councillor_reads_a_ward_beside_the_council(open_page: Open) -> None:
    a_share_by_ward()
    app = open_page(a_councillor(), PROFILE, ward=WARDS[0])
    found = seen(app)
    assert app.title[0].value == "Ward 1 ward"
    assert "Of 1 measure that can be compared: 1 higher than Testing (worse)." in found
    assert "Higher than Testing (worse)" in found
    assert "Worsening since August 2017" in found
    assert "No measure of deprivation by ward is held, so no similar wards are named." in found
    assert "No action in the plan" in found


def test_a_hidden_figure_of_a_ward_says_why(open_page: Open) -> None:
    a_ward_measure()
    found = seen(open_page(a_councillor(), PROFILE, ward=WARDS[0]))
    assert "Hidden to protect people: small counts of people are not shown" in found
    assert re.search(r">3<|: 3\b", found) is None


def test_a_profile_without_any_ward_figures_is_said(open_page: Open) -> None:
    add_council()
    assert "No ward has a figure yet." in seen(open_page(a_councillor(), PROFILE))


def test_every_count_leads_to_the_list_it_counts(open_page: Open) -> None:
    """Red in August, nothing in since: red on the scorecard of now, not due on October's, with the last figure."""
    add_council()
    for code, value in (("BINS", "30"), ("PARKS", "5")):
        add_measure(code, title=f"{code} missed", polarity=Polarity.LOWER, lag_days=70)
        add_figure(code, "2017-08", value)
        add_target(code, "2017-08", "10")
    leader = a_leader()
    october = texts(open_page(leader, SCORECARD, period="2017-10"))
    assert "In October 2017" not in october
    assert "Red now: 1 of 2 rated measures</a>, each at its newest figure." in october
    assert "Last: Aug 2017: 30, red" in october
    assert 'href="scorecard?period=now"' in october
    now = open_page(leader, SCORECARD, period="now")
    assert "Scorecard: Whole council, now" in texts(now)
    assert "Now, each at its newest figure, 1 of 2 rated measures is red" in texts(now)
    assert 'href="scorecard?period=now&amp;status=red"' in texts(now)
    red = texts(open_page(leader, SCORECARD, period="now", status="red"))
    assert "Listed are 1 of 2 measures: those that are red." in red
    assert "PARKS missed" not in red.partition("Listed are")[2]
    thread = texts(open_page(leader, "pages/plan/golden_thread.py"))
    assert 'href="scorecard?scope=corporate&amp;period=now&amp;status=red">1 red</a>' in thread
