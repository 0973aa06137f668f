"""Risks, as those who keep them and those who read them use the pages."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from cycle.revise import risks
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.revise.risks import Score
from tests.builders import a_user, add_council, add_figure, add_measure
from tests.cycle.revise.test_risks import FLOOD
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
LIST, ONE = "pages/revise/risks.py", "pages/revise/risk.py"


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def html(app: AppTest) -> str:
    return "\n".join(str(each.proto.body) for each in app.get("html"))


def a_manager() -> User:
    add_council()
    add_measure("BINS", title="Missed bins", unit_code="WASTE")
    return a_user()


def test_a_risk_is_put_on_the_register_and_stands_on_the_matrix(open_page: Open) -> None:
    manager = a_manager()
    app = open_page(manager, LIST)
    assert "No risk is on the register here." in texts(app)
    app.text_input(key="risk-title-new-risk-g0").input("Floods")
    press(app, "Put it on the register")
    assert "Enter what may happen" in texts(app)
    assert app.text_input(key="risk-title-new-risk-g0").value == "Floods"
    app.text_area(key="risk-event-new-risk-g0").input("Roads close")
    app.text_input(key="risk-owner-new-risk-g0").input("Head")
    app.selectbox(key="likely-now-new-risk-g0").select(3)
    app.selectbox(key="bad-now-new-risk-g0").select(4)
    press(app, "Put it on the register")
    assert not app.exception
    assert "RK01 is on the register." in texts(app)
    assert '<a href="risk?risk=RK01">RK01: Floods</a>' in html(app)
    assert ">High: 12 of 25, possible (3) and major (4)</td>" in html(app)
    assert '<small>High, 12</small>1: <a href="risk?risk=RK01"' in html(app)
    assert "New on the register" in html(app)


def test_the_matrix_is_a_table_with_headers_on_both_sides(open_page: Open) -> None:
    manager = a_manager()
    risks.add_risk(replace(FLOOD, inherent=Score(likelihood=5, impact=5)), by=manager)
    found = html(open_page(manager, LIST, score="inherent"))
    assert found.count('<th scope="row">') >= 5
    assert '<th scope="col">5. Severe</th>' in found
    assert "Open risks by likelihood and impact: before anything is done" in found
    assert "<small>Very high, 25</small>1: " in found


def test_a_risk_is_looked_at_again_given_an_action_worded_anew_and_closed(open_page: Open) -> None:
    manager = a_manager()
    risks.add_risk(FLOOD, by=manager)
    app = open_page(manager, ONE, risk="RK01")
    app.selectbox(key="likely-review-of-risk-RK01-g0").select(4)
    press(app, "Keep the review")
    assert "Enter why" in texts(app)
    app.text_area(key="review-reason-of-risk-RK01-g0").input("It rains more")
    press(app, "Keep the review")
    assert "Up from 4 to 8" in html(app)
    app.text_input(key="what-mitigation-of-risk-RK01-g1").input("Clear the drains")
    press(app, "Add it")
    assert "Enter the role of who does it" in texts(app)
    app.text_area(key="risk-cause-of-risk-RK01-g1").input("Rain")
    app.text_input(key="word-reason-of-risk-RK01-g1").input("Understood")
    press(app, "Save the wording")
    assert "Cause: Rain" in texts(app)
    app.text_input(key="close-reason-of-risk-RK01-g2").input("The river is dammed")
    press(app, "Close the risk")
    assert not app.exception
    assert "Closed because: The river is dammed" in texts(app)
    assert "Close the risk" not in [button.label for button in app.button]


def test_risks_stand_on_the_scorecard_of_their_measure(open_page: Open) -> None:
    manager = a_manager()
    add_figure("BINS", Period.month(2017, 10).iso, "9")
    risks.add_risk(FLOOD, by=manager)
    app = open_page(manager, "pages/review/scorecard.py")
    assert "Risks (1)" in [each.label for each in app.expander]
    assert "Floods. Low: 4 of 25, unlikely (2) and moderate (2)." in texts(app)


def test_risks_stand_on_the_page_of_their_measure_and_the_register_is_narrowed_to_them(open_page: Open) -> None:
    manager = a_manager()
    add_measure("CALLS", title="Calls answered", unit_code="WASTE")
    for code in ("BINS", "CALLS"):
        add_figure(code, Period.month(2017, 10).iso, "9")
    for number in range(6):
        risks.add_risk(replace(FLOOD, risk=replace(FLOOD.risk, title=f"Flood {number}")), by=manager)
    app = open_page(manager, "pages/review/measure.py", measure="BINS")
    assert "Risks (6)" in [each.label for each in app.expander]
    assert "Flood 0. Low: 4 of 25, unlikely (2) and moderate (2)." in texts(app)
    (on,) = [each.proto for each in app.get("page_link") if each.proto.label == "All 6 on the register"]
    assert on.query_string == "measure=BINS"
    other = open_page(manager, "pages/review/measure.py", measure="CALLS")
    assert not [each.label for each in other.expander if each.label.startswith("Risks")]
    past = open_page(manager, "pages/review/measure.py", measure="BINS", known="2017-11-01")
    assert not [each.label for each in past.expander if each.label.startswith("Risks")]

    assert 'data-title="It threatens">Missed bins' in html(open_page(manager, LIST, measure="BINS"))


def test_a_risk_is_moved_to_another_measure_and_part_of_the_plan(open_page: Open) -> None:
    manager = a_manager()
    add_measure("CALLS", title="Calls answered", unit_code="WASTE")
    risks.add_risk(FLOOD, by=manager)
    app = open_page(manager, ONE, risk="RK01")
    assert app.selectbox(key="risk-measure-of-risk-RK01-g0").value == "BINS"
    app.selectbox(key="risk-measure-of-risk-RK01-g0").select("CALLS")
    app.selectbox(key="risk-node-of-risk-RK01-g0").select("B1")
    app.text_input(key="word-reason-of-risk-RK01-g0").input("It is of the calls")
    press(app, "Save the wording")
    assert not app.exception
    assert "Part of the plan, Measure" in html(app)
    moved = risks.get_risk("RK01", by=manager).entry
    assert (moved.risk.measure_code, moved.risk.node_code, moved.unit_code) == ("CALLS", "B1", "WASTE")


def test_who_only_reads_has_no_forms_and_a_councillor_no_page(open_page: Open) -> None:
    risks.add_risk(FLOOD, by=a_manager())
    app = open_page(a_user("stranger", unit="HOUSING"), ONE, risk="RK01")
    assert "You may not keep the risk register for Waste and recycling" in texts(app)
    assert [button.label for button in app.button] == ["Sign out"]
    member = a_user("member", Role.COUNCILLOR, "COUNCIL")
    for page in (LIST, ONE):
        assert "Floods" not in texts(open_page(member, page, risk="RK01"))


@pytest.mark.parametrize("query", [{}, {"risk": "RK99"}])
def test_an_address_that_names_nothing_leads_back(query: dict[str, str], open_page: Open) -> None:
    assert "There is no such risk. Choose one from the register." in texts(open_page(a_manager(), ONE, **query))


def test_what_one_writes_of_a_risk_stays_while_another_changes_it(open_page: Open) -> None:
    manager = a_manager()
    risks.add_risk(FLOOD, by=manager)
    app = open_page(manager, ONE, risk="RK01")
    app.text_area(key="review-reason-of-risk-RK01-g0").input("It rains more")
    risks.review_risk("RK01", score=Score(likelihood=3, impact=3), reason="So", version=1, by=a_user("colleague"))
    press(app, "Keep the review")
    assert "changed" in texts(app)
    assert app.text_area(key="review-reason-of-risk-RK01-g0").value == "It rains more"
    assert risks.get_risk("RK01", by=manager).entry.version == 2
    press(app, "Keep the review")
    assert not app.exception
    assert risks.get_risk("RK01", by=manager).changes[0].recording.reason == "It rains more"
