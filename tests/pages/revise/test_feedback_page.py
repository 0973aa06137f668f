"""Feedback, as those who record it and those who read it use the page."""

from dataclasses import replace

import pytest
from streamlit.testing.v1 import AppTest

from cycle.revise import feedback
from performance.ground.people import Role
from tests.builders import a_user, add_council, add_figure, add_measure
from tests.cycle.revise.test_feedback import A_RECORD
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE = "pages/revise/feedback.py"


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def html(app: AppTest) -> str:
    return "\n".join(str(each.proto.body) for each in app.get("html"))


def test_feedback_is_recorded_counted_put_right_and_removed(open_page: Open) -> None:
    add_council()
    app = open_page(a_user(), PAGE)
    assert "Nothing is recorded of this yet." in texts(app)
    app.text_input(key="feedback-count-new-feedback-g0").input("seven")
    press(app, "Keep the record")
    assert "How many said it must be a number" in texts(app)
    app.text_input(key="feedback-count-new-feedback-g0").input("7")
    press(app, "Keep the record")
    assert "Enter the theme, or choose one used before" in texts(app)
    assert app.text_input(key="feedback-count-new-feedback-g0").value == "7"


def test_a_record_is_put_right_and_removed(open_page: Open) -> None:
    add_council()
    manager = a_user()
    feedback.record_feedback(A_RECORD, by=manager)
    app = open_page(manager, PAGE)
    assert "Missed bins stands first: 7 of 7 (100%)." in texts(app)
    app.text_input(key="feedback-count-of-feedback-1-g0").input("9")
    press(app, "Save the record")
    assert not app.exception
    assert "Missed bins stands first: 9 of 9 (100%)." in texts(app)
    press(app, "Remove the record")
    assert "Nothing is recorded of this yet." in texts(app)


def test_the_address_narrows_what_is_counted(open_page: Open) -> None:
    add_council()
    manager = a_user()
    feedback.record_feedback(A_RECORD, by=manager)
    assert "Nothing is recorded of this yet." in texts(open_page(manager, PAGE, kind="survey"))
    app = open_page(manager, PAGE, theme="Missed bins", kind="complaint")
    assert "<caption>How many said it, by theme and quarter</caption>" in html(app)


def test_a_measure_is_shown_with_what_people_said_of_it_and_of_its_service(open_page: Open) -> None:
    add_council()
    for code in ("BINS", "CALLS"):
        add_measure(code, title=f"Measure {code}", unit_code="WASTE")
        add_figure(code, value="9")
    add_measure("TENANCY", unit_code="HOUSING")
    add_figure("TENANCY", value="9")
    manager = a_user()
    for theme, measure in (("Late", "CALLS"), ("Missed", "BINS"), ("Rude", None)):
        feedback.record_feedback(replace(A_RECORD, theme=theme, measure_code=measure), by=manager)
    page = "pages/review/measure.py"
    app = open_page(manager, page, measure="BINS")
    assert "What people said of it and of its service (3)" in [each.label for each in app.expander]
    said = texts(app)
    assert said.index("**Missed:") < said.index("**Rude:")
    assert said.index("**Missed:") < said.index("**Late:")
    (on,) = [each.proto for each in app.get("page_link") if each.proto.label == "All feedback of this service"]
    assert on.query_string == "kind=all&unit=WASTE"
    assert "What people said" not in texts(open_page(manager, page, measure="TENANCY"))
    assert "**Missed:" not in texts(open_page(manager, page, measure="BINS", known="2017-11-01"))


def test_who_only_reads_has_no_forms_and_a_councillor_no_page(open_page: Open) -> None:
    add_council()
    feedback.record_feedback(A_RECORD, by=a_user())
    app = open_page(a_user("leader", Role.LEADERSHIP, "COUNCIL"), PAGE)
    assert "Missed bins: 7." in texts(app)
    assert [button.label for button in app.button] == ["Sign out"]
    app = open_page(a_user("member", Role.COUNCILLOR, "COUNCIL"), PAGE)
    assert "Missed bins" not in texts(app)


def test_a_part_of_a_person_is_refused_and_what_one_writes_stays_while_another_changes_it(open_page: Open) -> None:
    add_council()
    manager = a_user()
    number = feedback.record_feedback(A_RECORD, by=manager)
    app = open_page(manager, PAGE)
    app.text_input(key=f"feedback-count-of-feedback-{number}-g0").input("3.9")
    press(app, "Save the record")
    assert "How many said it must be a whole number" in texts(app)
    (stored,) = feedback.list_feedback(by=manager).records
    assert stored.count == A_RECORD.count
    feedback.correct_feedback(replace(stored, count=8), by=a_user("colleague"))
    app.text_input(key=f"feedback-count-of-feedback-{number}-g0").input("9")
    press(app, "Save the record")
    assert app.text_input(key=f"feedback-count-of-feedback-{number}-g0").value == "9"
    assert "Missed bins stands first: 8 of 8 (100%)." in texts(app)
    press(app, "Save the record")
    assert "Missed bins stands first: 9 of 9 (100%)." in texts(app)
