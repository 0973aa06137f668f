"""Saved views on the Explorer, and the log of requests for data, as people use them."""

import pytest
from streamlit.testing.v1 import AppTest

from cycle.review import saved_views
from performance.ground.people import Role, User
from tests.builders import WARDS, a_user, add_council, add_figure, add_measure
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
EXPLORER, REQUESTS = "pages/review/explorer.py", "pages/review/data_requests.py"


def a_leader() -> User:
    add_council()
    add_measure("BINS", title="Missed bins")
    add_figure("BINS", "2017-09", "30")
    return a_user("leader", Role.LEADERSHIP, "COUNCIL")


def press(app: AppTest, label: str) -> AppTest:
    return next(each for each in app.button if each.label == label).click().run()


def test_what_is_seen_is_kept_under_a_title_and_opened_by_its_link(open_page: Open) -> None:
    leader = a_leader()
    app = open_page(leader, EXPLORER, **{"m": "BINS", "as": "table"})
    app.text_input(key="view-title").input("Bins, as a table")
    press(app, "Save this view")
    assert "The view “Bins, as a table” is saved." in texts(app)
    (view,) = saved_views.list_views(by=leader)
    assert dict(view.query) == {"m": "BINS", "as": "table"}

    other = open_page(a_user("other"), EXPLORER, view=str(view.id))
    assert not other.exception
    assert other.query_params["m"] == "BINS"
    assert "view" not in other.query_params
    assert "You see the view “Bins, as a table”." in texts(other)
    assert "September 2017" in texts(other)
    assert not [each for each in other.button if each.label.startswith("Remove")]


def test_a_view_is_removed_by_who_kept_it(open_page: Open) -> None:
    leader = a_leader()
    saved_views.save_view("Bins", {"m": "BINS"}, by=leader)
    app = press(open_page(leader, EXPLORER), "Remove Bins")
    assert "The view “Bins” is removed." in texts(app)
    assert "No view is saved yet." in texts(app)


def test_nothing_chosen_cannot_be_kept_and_the_title_stays(open_page: Open) -> None:
    app = open_page(a_leader(), EXPLORER)
    app.text_input(key="view-title").input("Nothing")
    press(app, "Save this view")
    assert "Choose a measure first" in texts(app)
    assert app.text_input(key="view-title").value == "Nothing"


@pytest.mark.parametrize("number", ["99", "x", "-1", "٣", "9" * 40])
def test_a_link_to_no_view_says_so_and_leaves_the_explorer_as_it_is(open_page: Open, number: str) -> None:
    app = open_page(a_leader(), EXPLORER, view=number)
    assert not app.exception
    assert ("There is no such view" if number == "99" else "is not the number of a saved view.") in texts(app)
    if number != "99":
        press(app, "Open this page without it")
    assert "Choose a measure." in texts(app)


def test_a_map_of_the_wards_and_a_sentence_where_there_is_none(open_page: Open) -> None:
    leader = a_leader()
    add_measure("TIPS", title="Fly-tips", unit="number")
    for ward in WARDS:
        add_figure("TIPS", "2017-08", "20", area=ward)
        add_figure("TIPS", "2017-09", "30", area=ward)
    app = open_page(leader, EXPLORER, **{"m": "TIPS,BINS", "as": "map"})
    assert not app.exception
    assert "All wards, September 2017." in texts(app)
    assert "There are no figures by ward in these years." in texts(app)
    before = open_page(leader, EXPLORER, **{"m": "TIPS", "as": "map", "to": "2016"})
    assert "There are no figures by ward in these years." in texts(before)


def test_a_request_is_sent_and_whoever_asks_alike_is_told(open_page: Open) -> None:
    leader = a_leader()
    app = open_page(leader, REQUESTS)
    assert "Nothing was asked for yet." in texts(app)
    app.text_area(key="request-question").input("How many bins were missed?")
    app.text_input(key="request-for").input("Scrutiny Board")
    press(app, "Send this request")
    assert "Your request is in the log." in texts(app)
    assert app.text_area(key="request-question").value == ""
    assert "for Scrutiny Board" in texts(app)
    assert "Not answered yet." in texts(app)

    other = open_page(a_user("other"), REQUESTS)
    other.text_area(key="request-question").input("Which bins were missed most?").run()
    assert "Something like it was asked before:" in texts(other)
    assert not other.text_area(key="request-question").label.startswith("The answer")


def test_an_answer_with_its_view_stands_in_the_log(open_page: Open) -> None:
    leader = a_leader()
    view = saved_views.save_view("Bins", {"m": "BINS"}, by=leader)
    asked = saved_views.ask("How many?", by=leader)
    officer = a_user("officer", Role.POLICY_OFFICER, "COUNCIL")
    app = open_page(officer, REQUESTS)
    app.text_area(key=f"answer-text-{asked.id}").input("Thirty in September.")
    app.selectbox(key=f"answer-view-{asked.id}").select(view.id)
    press(app, "Send this answer")
    assert "The answer stands in the log." in texts(app)
    assert "Thirty in September." in texts(app)
    assert f"Answered by {officer.name}" in texts(app)
    assert [each.view_id for each in saved_views.list_requests(by=officer).requests] == [view.id]


def test_an_answer_that_came_second_is_kept_beside_the_first(open_page: Open) -> None:
    leader = a_leader()
    asked = saved_views.ask("How many?", by=leader)
    officer, analyst = a_user("officer", Role.POLICY_OFFICER, "COUNCIL"), a_user("analyst", Role.BI_TEAM, "COUNCIL")
    app = open_page(officer, REQUESTS)
    app.text_area(key=f"answer-text-{asked.id}").input("Forty.")
    saved_views.answer(asked.id, "Thirty.", version=1, by=analyst)
    press(app, "Send this answer")
    assert "Someone answered this request meanwhile." in texts(app)
    assert "Thirty." in texts(app)
    assert app.text_area(key=f"answer-text-{asked.id}").value == "Forty."
    press(app, "Send this answer")
    assert [each.answer for each in saved_views.list_requests(by=officer).requests] == ["Forty."]


def test_a_leader_reads_answers_and_gives_none(open_page: Open) -> None:
    leader = a_leader()
    saved_views.ask("How many?", by=leader)
    assert "Send this answer" not in [each.label for each in open_page(leader, REQUESTS).button]
