"""The register and one measure's documentation as people open and change them."""

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from cycle.plan import register
from performance.ground.people import Role
from performance.plan.register_changes import Documented
from tests.builders import a_user, add_council, add_figure, add_measure
from tests.conftest import rows_of
from tests.pages.conftest import Open, texts

LIST, ONE = "pages/plan/measures.py", "pages/plan/methodology.py"


@pytest.fixture(autouse=True)
def council(sqlite_database: str) -> None:
    assert sqlite_database
    add_council()
    add_measure("BINS", title="Missed bins", owner_role="Head of Waste")
    add_measure("OLD", title="Old bins", active_to=date(2017, 3, 31))


def seen(app: AppTest) -> str:
    assert not app.exception
    return texts(app) + " ".join(element.proto.body for element in app.get("html"))


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def test_the_register_is_narrowed_by_its_address(open_page: Open) -> None:
    reader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    found = seen(open_page(reader, LIST))
    assert "Missed bins" in found
    assert "Old bins" not in found
    assert "Old bins (retired)" in seen(open_page(reader, LIST, shown="retired"))
    assert "No measure fits" in seen(open_page(reader, LIST, find="sickness"))
    assert "Worth asking" not in found


def test_titles_lead_to_the_measure_and_the_worst_health_stands_first_unless_by_code(open_page: Open) -> None:
    reader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    add_measure("ASH", title="Ash & cinders", source="The weighbridge", collection_method="Weighed")
    found = seen(open_page(reader, LIST))
    assert '<a href="measure?measure=ASH">Ash &amp; cinders</a>' in found
    health = [int(each) for each in re.findall(r'data-title="Health"[^>]*>(\d+) of', texts(open_page(reader, LIST)))]
    assert health == sorted(health)
    assert len(set(health)) == 2, "or the order says nothing"
    assert found.index("measure=BINS") < found.index("measure=ASH")
    by_code = seen(open_page(reader, LIST, order="code"))
    assert by_code.index("measure=ASH") < by_code.index("measure=BINS")


def test_the_policy_officer_sees_what_might_be_given_up(open_page: Open) -> None:
    found = seen(open_page(a_user("policy", Role.POLICY_OFFICER, "COUNCIL"), LIST))
    assert "Worth asking whether they are needed: 1" in found
    assert "Never updated." in found


def test_a_method_is_written_and_its_reason_asked_for(open_page: Open) -> None:
    app = open_page(a_user("policy", Role.POLICY_OFFICER, "COUNCIL"), ONE, measure="BINS")
    assert "Retire it" not in [button.label for button in app.button]
    app.text_area(key="formula-BINS-method-g0").set_value("Missed / due")
    app = press(app, "Save the methodology")
    assert "Enter why it changes" in seen(app)
    assert app.text_area(key="formula-BINS-method-g0").value == "Missed / due"
    app.text_input(key="reason-BINS-method-g0").set_value("The panel asked")
    app = press(app, "Save the methodology")
    found = seen(app)
    assert "The methodology of Missed bins is saved." in found
    assert "The panel asked" in found
    assert rows_of("SELECT formula FROM measures WHERE code = 'BINS'") == [("Missed / due",)]


def test_the_second_person_keeps_what_they_typed_and_sees_who_was_first(open_page: Open) -> None:
    officer, analyst = a_user("policy", Role.POLICY_OFFICER, "COUNCIL"), a_user("bi", Role.BI_TEAM, "COUNCIL")
    app = open_page(analyst, ONE, measure="BINS")
    first = Documented(sections={"formula": "Theirs"}, reviewed=False, reason="First")
    register.change_register("BINS", first, version=1, by=officer)
    app.text_area(key="formula-BINS-method-g0").set_value("Mine")
    app.text_input(key="reason-BINS-method-g0").set_value("Second")
    app = press(app, "Save the methodology")
    assert "formula to “Theirs”" in seen(app)
    assert app.text_area(key="formula-BINS-method-g0").value == "Mine"
    app = press(app, "Save the methodology")
    assert rows_of("SELECT formula FROM measures WHERE code = 'BINS'") == [("Mine",)]


def test_boxes_left_alone_never_undo_what_someone_else_wrote(open_page: Open) -> None:
    officer, analyst = a_user("policy", Role.POLICY_OFFICER, "COUNCIL"), a_user("bi", Role.BI_TEAM, "COUNCIL")
    app = open_page(analyst, ONE, measure="BINS")
    first = Documented(sections={"definition": "Theirs"}, reviewed=False, reason="First")
    register.change_register("BINS", first, version=1, by=officer)
    app.text_area(key="formula-BINS-method-g0").set_value("Mine")
    app.text_input(key="reason-BINS-method-g0").set_value("Second")
    press(app, "Save the methodology")
    assert rows_of("SELECT definition, formula FROM measures WHERE code = 'BINS'") == [("Theirs", "Mine")]


def test_a_field_is_read_as_the_file_reads_it(open_page: Open) -> None:
    app = open_page(a_user("bi", Role.BI_TEAM, "COUNCIL"), ONE, measure="BINS")
    app.text_input(key="decimals-BINS-fields-g0").set_value("nine")
    app.text_input(key="reason-BINS-fields-g0").set_value("A slip")
    app = press(app, "Save the fields")
    assert "There is a problem" in seen(app)
    app.text_input(key="decimals-BINS-fields-g0").set_value("1")
    app = press(app, "Save the fields")
    assert rows_of("SELECT decimals FROM measures WHERE code = 'BINS'") == [(1,)]


def test_a_unit_that_figures_rest_on_is_refused_in_words(open_page: Open) -> None:
    add_figure("BINS", "2017-09", "5")
    app = open_page(a_user("bi", Role.BI_TEAM, "COUNCIL"), ONE, measure="BINS")
    app.text_input(key="unit-BINS-fields-g0").set_value("days")
    app.text_input(key="reason-BINS-fields-g0").set_value("A better way")
    app = press(app, "Save the fields")
    assert "let it replace this one" in seen(app)


def test_a_measure_is_added_as_a_copy_and_opens_to_be_documented(open_page: Open) -> None:
    app = open_page(a_user("bi", Role.BI_TEAM, "COUNCIL"), LIST)
    app = app.selectbox(key="like-new-measure-g0").set_value("BINS").run()
    app.text_input(key="title-new-measure-BINS-g0").set_value("New bins")
    app = press(app, "Add the measure")
    assert "There is a problem" in seen(app)
    app.text_input(key="measure_code-new-measure-BINS-g0").set_value("NEWBINS")
    app = press(app, "Add the measure")
    assert "New bins is in the register." in seen(app)
    assert rows_of("SELECT unit_code, title FROM measures WHERE code = 'NEWBINS'") == [("WASTE", "New bins")]


def test_opening_a_measures_page_is_counted(open_page: Open) -> None:
    open_page(a_user("leader", Role.LEADERSHIP, "COUNCIL"), "pages/review/measure.py", measure="BINS")
    assert rows_of("SELECT measure_code, use FROM measure_uses") == [("BINS", "opened")]
