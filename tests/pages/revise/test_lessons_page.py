"""Lessons, as those who look for one and those who write one use the page."""

import pytest
from streamlit.testing.v1 import AppTest

from cycle.revise import lessons
from cycle.revise.lessons import LessonText
from performance.ground.people import Role
from tests.builders import a_user, add_council, add_measure
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE = "pages/revise/lessons.py"


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def html(app: AppTest) -> str:
    return "\n".join(str(each.proto.body) for each in app.get("html"))


def test_a_lesson_is_found_by_a_form_of_its_word_and_marked(open_page: Open) -> None:
    add_council()
    manager = a_user()
    for title, advice in (("Empty homes", "Pay contractors <b>by the home</b>"), ("Rounds", "Ask the crews")):
        lessons.write_lesson("WASTE", said=LessonText(title=title, advice=advice), by=manager)
    app = open_page(manager, PAGE, find="contractor")
    assert "1 lesson with “contractor”." in texts(app)
    assert "Pay <mark>contractors</mark> &lt;b&gt;by the home&lt;/b&gt;" in html(app)
    assert "Rounds" not in html(app)
    app.text_input(key="pick_find").set_value("parking").run()
    assert "0 lessons with “parking”." in texts(app)
    assert app.query_params["find"] == "parking"


def test_a_lesson_is_written_refused_reworded_and_withdrawn(open_page: Open) -> None:
    add_council()
    add_measure("BINS", title="Missed bins", unit_code="WASTE")
    manager = a_user()
    app = open_page(manager, PAGE)
    assert "0 lessons." in texts(app)
    app.text_input(key="lesson-title-new").input("Rounds")
    press(app, "Keep the lesson")
    assert "Enter what you would tell another service" in texts(app)
    assert app.text_input(key="lesson-title-new").value == "Rounds"
    app.text_area(key="lesson-advice-new").input("Ask the crews")
    app.selectbox(key="lesson-measure-new").select("BINS")
    press(app, "Keep the lesson")
    assert not app.exception
    assert "1 lesson." in texts(app)
    assert app.text_input(key="lesson-title-new").value == ""
    assert "See Missed bins" in [each.proto.label for each in app.get("page_link")]
    app.text_area(key="lesson-advice-of-lesson-1-g0").input("Ask the drivers")
    app.selectbox(key="lesson-measure-of-lesson-1-g0").select("")
    press(app, "Save the wording")
    assert "See Missed bins" not in [each.proto.label for each in app.get("page_link")]
    assert "Ask the drivers" in html(app)
    press(app, "Withdraw the lesson")
    assert "0 lessons." in texts(app)


@pytest.mark.parametrize("role", [Role.COUNCILLOR, Role.DEPUTY, Role.EMPLOYEE])
def test_whoever_does_not_read_scorecards_has_no_lessons_either(open_page: Open, role: Role) -> None:
    add_council()
    lessons.write_lesson("WASTE", said=LessonText(title="Rounds", advice="Ask"), by=a_user())
    assert "Rounds" in html(open_page(a_user("reader", Role.POLICY_OFFICER, "COUNCIL"), PAGE))
    assert "Rounds" not in html(open_page(a_user("other", role, "COUNCIL"), PAGE))


def test_a_measure_is_shown_with_the_lessons_of_its_service(open_page: Open) -> None:
    add_council()
    add_measure("BINS", unit_code="WASTE")
    add_measure("HOMES", unit_code="HOUSING")
    manager = a_user()
    lessons.write_lesson("WASTE", said=LessonText(title="Rounds", advice="Ask the crews"), by=manager)
    app = open_page(manager, "pages/review/measure.py", measure="BINS")
    assert [each.label for each in app.expander if "Lessons" in each.label] == [
        "Lessons of this measure and its service (1)"
    ]
    assert "Ask the crews" in html(app)
    assert "Ask the crews" not in html(open_page(manager, "pages/review/measure.py", measure="HOMES"))


def test_what_one_writes_of_a_lesson_stays_while_another_changes_it(open_page: Open) -> None:
    add_council()
    manager = a_user()
    number = lessons.write_lesson("WASTE", said=LessonText(title="Rounds", advice="Ask"), by=manager)
    app = open_page(manager, PAGE)
    app.text_area(key=f"lesson-advice-of-lesson-{number}-g0").input("Ask the drivers")
    lessons.correct_lesson(number, said=LessonText(title="Rounds", advice="Wait"), version=1, by=a_user("colleague"))
    press(app, "Save the wording")
    assert app.text_area(key=f"lesson-advice-of-lesson-{number}-g0").value == "Ask the drivers"
    assert "Wait" in html(app)
    assert "Someone else changed this lesson" in texts(app)
    press(app, "Save the wording")
    assert not app.exception
    assert "Ask the drivers" in html(app)
