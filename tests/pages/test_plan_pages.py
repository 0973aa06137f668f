"""Targets, as a service manager and a head of service use the page."""

from decimal import Decimal

import pytest

from cycle import plan
from performance.figures import Profile, Target
from performance.measures import Polarity
from performance.people import Role, User
from performance.periods import Period
from tests.builders import COUNCIL, a_user, add_council, add_figure, add_measure, add_share, add_target
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE = "pages/plan/targets.py"


def a_service() -> User:
    add_council()
    add_share("SHARE", title="Requests answered on time")
    for month in range(18):
        add_figure("SHARE", Period.month(2016, 4).shifted(month).iso, counts=(str(140 + month % 6 * 2), "200"))
    return a_user()


def a_proposal(by: User) -> int:
    target = Target(
        measure_code="SHARE", area_code=COUNCIL, period=Period.year(2018), number=Decimal(74), profile=Profile.FLAT
    )
    return plan.propose_target(target, rationale="One point more", based_on=0, by=by)


def test_the_history_is_there_before_anything_is_typed(open_page: Open) -> None:
    app = open_page(a_service(), PAGE, year="2018")
    assert not app.exception
    assert "0 of 1 measures have an agreed target for 2018/19." in texts(app)
    assert len(app.get("vega_lite_chart")) == 1
    assert app.text_input(key="target-SHARE-2018").label == "Target, in %"


def test_a_number_shows_what_it_would_have_meant_and_is_proposed(open_page: Open) -> None:
    manager = a_service()
    app = open_page(manager, PAGE, year="2018", measure="SHARE")
    app.text_input(key="target-SHARE-2018").input("74%").run()
    assert "Met in 6 of 18 months." in texts(app)
    assert "6 green" in texts(app)
    app.text_area(key="rationale-SHARE-2018").input("One point more")
    app.button(key="propose-SHARE-2018").click().run()
    assert not app.exception
    assert "It waits for someone else to agree it" in texts(app)
    (waiting,) = plan.list_waiting(by=manager)
    assert (waiting.in_words, waiting.rationale) == ("74.0%", "One point more")


def test_a_doubtful_number_asks_for_a_reason_and_keeps_what_was_typed(open_page: Open) -> None:
    app = open_page(a_service(), PAGE, year="2018")
    app.text_input(key="target-SHARE-2018").input("7.4").run()
    assert "Did you mean 74.0%? If it is right" in texts(app)
    app.button(key="propose-SHARE-2018").click().run()
    assert "There is a problem" in texts(app)
    assert "Enter why a target of 7.4% is right" in texts(app)
    assert app.text_input(key="target-SHARE-2018").value == "7.4"


@pytest.mark.parametrize(
    ("typed", "said"),
    [("many", "Target must be a number"), ("", "Enter the target for"), ("140", "must be between 0% and 100%")],
)
def test_what_cannot_be_is_said_at_the_field(typed: str, said: str, open_page: Open) -> None:
    app = open_page(a_service(), PAGE, year="2018")
    app.text_input(key="target-SHARE-2018").input(typed)
    app.button(key="propose-SHARE-2018").click().run()
    assert not app.exception
    assert said in texts(app)
    assert "There is a problem" in texts(app)


def test_someone_who_proposed_meanwhile_is_shown(open_page: Open) -> None:
    manager = a_service()
    head = a_user("head", Role.HEAD, "PLACE")
    app = open_page(manager, PAGE, year="2018")
    app.text_input(key="target-SHARE-2018").input("75").run()
    a_proposal(head)
    app.button(key="propose-SHARE-2018").click().run()
    assert "PLACE proposed 74.0% for 2018/19" in texts(app)
    assert [each.in_words for each in plan.list_waiting(by=head)] == ["74.0%"]
    app.button(key="propose-SHARE-2018").click().run()
    assert [each.in_words for each in plan.list_waiting(by=head)] == ["75.0%"]


def test_a_head_agrees_what_waits(open_page: Open) -> None:
    target_id = a_proposal(a_service())
    head = a_user("head", Role.HEAD, "PLACE")
    app = open_page(head, PAGE)
    assert "One point more" in texts(app)
    app.button(key=f"agree-{target_id}").click().run()
    assert "Agreed: Requests answered on time, 74.0% for 2018/19." in texts(app)
    assert plan.list_waiting(by=head) == []


def test_declining_needs_a_reason(open_page: Open) -> None:
    a_proposal(a_service())
    head = a_user("head", Role.HEAD, "PLACE")
    app = open_page(head, PAGE)
    decline = next(button for button in app.button if button.label.startswith("Decline"))
    decline.click().run()
    assert "Enter why you decline the target" in texts(app)
    assert len(plan.list_waiting(by=head)) == 1


def test_whoever_proposed_has_no_button_to_agree(open_page: Open) -> None:
    a_service()
    head = a_user("head", Role.HEAD, "PLACE")
    target_id = a_proposal(head)
    app = open_page(head, PAGE)
    assert f"agree-{target_id}" not in [button.key for button in app.button]
    assert "Another head of service" in texts(app)


def test_another_service_is_read_only_and_says_why(open_page: Open) -> None:
    a_service()
    app = open_page(a_user("housing", unit="HOUSING"), PAGE, unit="WASTE")
    assert "You may not propose targets for Waste and recycling" in texts(app)
    assert not [box for box in app.text_input if str(box.key).startswith("target-")]


def test_a_measure_without_a_target_says_why(open_page: Open) -> None:
    add_council()
    add_measure("QUIET", polarity=Polarity.CONTEXT, no_target_reason="It describes demand.")
    add_figure("QUIET", value="3")
    app = open_page(a_user(), PAGE)
    assert not app.exception
    assert "No target: for context" in texts(app)


def test_a_range_asks_for_both_bounds_and_a_change_for_its_day(open_page: Open) -> None:
    add_council()
    add_share("SHARE", polarity=Polarity.RANGE)
    add_figure("SHARE", value="60")
    add_target("SHARE", Period.year(2017).iso, bounds=("50", "70"), profile=Profile.FLAT)
    manager = a_user()
    app = open_page(manager, PAGE)
    app.text_input(key="lower-SHARE-2017").input("55")
    app.text_input(key="upper-SHARE-2017").input("72")
    app.button(key="propose-SHARE-2017").click().run()
    assert not app.exception
    assert app.date_input(key="day-SHARE-2017").value.isoformat() == "2017-11-10"
    assert [each.in_words for each in plan.list_waiting(by=manager)] == ["55.0% to 72.0%"]


def test_an_empty_register_says_what_to_do(open_page: Open) -> None:
    add_council()
    assert "There are no measures yet." in texts(open_page(a_user(), PAGE))
