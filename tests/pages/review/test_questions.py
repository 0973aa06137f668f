"""Questions about figures as people meet them: on the measure, on the ward, and on Home; nothing typed is lost."""

import pytest
from streamlit.testing.v1 import AppTest

from cycle.review.quality import challenges
from performance.ground.people import Role, User
from performance.ground.periods import Period
from tests.builders import WARDS, a_user, add_council, add_figure, add_measure, add_target
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
MEASURE, WARDS_PAGE, HOME = "pages/review/measure.py", "pages/review/wards.py", "pages/home/today.py"
SEPTEMBER = Period.month(2017, 9)


def a_leader() -> User:
    return a_user("leader", Role.LEADERSHIP, "COUNCIL")


def a_measure() -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    for month, value in (("2017-08", "9"), ("2017-09", "30")):
        add_figure("BINS", month, value)
        add_target("BINS", month, "10")


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def box(app: AppTest, label: str) -> object:
    return next(each for each in app.text_area if each.label == label)


def test_a_question_is_asked_on_the_measure_and_the_box_is_empty_for_the_next(open_page: Open) -> None:
    a_measure()
    app = open_page(a_leader(), MEASURE, measure="BINS")
    assert "Nobody has asked about these figures." in texts(app)
    box(app, "Your question").set_value("Why *so* many?")
    app.get_by_key("asked-period-BINS-E08000031").select("2017-08-01/P1M")
    press(app, "Ask the service")
    assert not app.exception
    assert "Your question is with the service." in texts(app)
    assert "Why *so* many?" in texts(app)
    assert "August 2017: a question" in texts(app)
    assert "It has waited since today for Waste and recycling to answer" in texts(app)
    assert box(app, "Your question").value == ""


def test_an_empty_question_is_refused_in_a_sentence_and_a_long_one_stays_typed(open_page: Open) -> None:
    a_measure()
    app = press(open_page(a_leader(), MEASURE, measure="BINS"), "Ask the service")
    assert "Enter your question." in texts(app)
    box(app, "Your question").set_value("x" * 4001)
    press(app, "Ask the service")
    assert "The longest that is kept is 4,000" in texts(app)
    assert box(app, "Your question").value == "x" * 4001


def test_the_service_finds_the_question_on_home_and_answers_it_and_the_asker_settles_it(open_page: Open) -> None:
    a_measure()
    leader, manager = a_leader(), a_user()
    challenges.ask("BINS", None, SEPTEMBER, text="Why so many?", by=leader)
    assert "Why so many? (It has waited since today" in texts(open_page(manager, HOME))
    app = open_page(manager, MEASURE, measure="BINS")
    box(app, "Your answer").set_value("New rounds.")
    assert "Your answer is sent." in texts(press(app, "Send the answer"))
    home = open_page(leader, HOME)
    assert [link.label for link in home.get("page_link")].count("Missed bins, September 2017: answered to you") == 1
    app = open_page(leader, MEASURE, measure="BINS")
    box(app, "If this does not answer it, ask on").set_value("Which rounds?")
    press(app, "It is settled")
    assert "You have typed a question." in texts(app)
    press(app, "Ask on")
    assert "2 questions, 1 of them open." in texts(app)
    assert "Which rounds?" in texts(app)


def test_whoever_answers_second_reads_the_first_answer_and_keeps_their_own_words(open_page: Open) -> None:
    a_measure()
    manager, other = a_user(), a_user("other")
    asked = challenges.ask("BINS", None, SEPTEMBER, text="Why so many?", by=a_leader())
    app = open_page(manager, MEASURE, measure="BINS")
    challenges.answer(asked.id, text="First to say so.", version=1, by=other)
    box(app, "Your answer").set_value("Mine was better.")
    press(app, "Send the answer")
    assert not app.exception
    assert "First to say so." in texts(app)
    assert "Mine was better." in texts(app)
    press(app, "Discard what I wrote")
    assert "Mine was better." not in texts(app)


def test_a_councillor_asks_about_the_chosen_ward(open_page: Open) -> None:
    a_measure()
    add_measure("FLY", title="Fly-tips")
    for ward in WARDS:
        add_figure("FLY", "2017-09", "8", area=ward)
    councillor = a_user("councillor", Role.COUNCILLOR, "COUNCIL")
    app = open_page(councillor, WARDS_PAGE, measure="FLY", ward=WARDS[1])
    box(app, "Your question").set_value("Why here?")
    press(app, "Ask the service")
    assert "You asked on" in texts(app)
    assert challenges.thread("FLY", WARDS[1], by=councillor).questions[0].challenge.text == "Why here?"
    challenges.answer(1, text="A market.", version=1, by=a_user())
    assert "Ward 2, September 2017: answered to you" in [
        link.label.removeprefix("Fly-tips, ") for link in open_page(councillor, HOME).get("page_link")
    ]


def test_in_the_past_nothing_can_be_asked(open_page: Open) -> None:
    a_measure()
    app = open_page(a_leader(), MEASURE, measure="BINS", known="2017-11-05")
    assert not app.exception
    assert not [each for each in app.text_area if each.label == "Your question"]
