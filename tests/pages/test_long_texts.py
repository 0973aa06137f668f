"""What is longer than its box takes stays as it was typed, is said to be too long, and is refused in words."""

from datetime import UTC, datetime

import pytest
from streamlit.testing.v1 import AppTest

from cycle.ground import passwords
from cycle.plan import targets as plan_targets
from cycle.revise import lessons
from data_access.council.people import save_password
from data_access.store.database import transaction
from performance.ground.people import Role
from tests.builders import a_user, add_council
from tests.conftest import rows_of
from tests.cycle.report.annual.test_charts import a_yearly_measure
from tests.pages.conftest import Open, texts
from tests.pages.plan import test_plan_pages as targets
from tests.pages.revise import test_meeting_pages as meetings

pytestmark = pytest.mark.usefixtures("sqlite_database")


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click().run()
    assert not app.exception
    return app


def test_a_long_answer_stays_in_its_form_and_is_kept_once_it_is_shorter(open_page: Open) -> None:
    add_council()
    manager, long = a_user(), "word " * 500
    app = open_page(manager, "pages/revise/lessons.py")
    app.text_input(key="lesson-title-new").input("Rounds")
    app.text_area(key="lesson-advice-new").input(long)
    press(app, "Keep the lesson")
    assert "Error: 2,499 characters; at most 2,000: shorten it by 499" in texts(app)
    assert "What you would tell another service must be 2,000 characters or less. You have 2,499" in texts(app)
    assert app.text_area(key="lesson-advice-new").value == long
    assert lessons.find_lessons(by=manager) == []
    app.text_area(key="lesson-advice-new").input(long[:1950])
    press(app, "Keep the lesson")
    assert "shorten it" not in texts(app)
    assert len(lessons.find_lessons(by=manager)[0].lesson.advice) == 1949


def test_what_is_nearly_too_long_says_how_long_it_is(open_page: Open) -> None:
    add_council()
    app = open_page(a_user("leader", Role.LEADERSHIP, "COUNCIL"), "pages/review/data_requests.py")
    app.text_area(key="request-question").input("x" * 1800).run()
    assert "of 2,000 characters" not in texts(app)
    app.text_area(key="request-question").input("x" * 1801).run()
    assert "1,801 of 2,000 characters." in texts(app)


def test_who_is_there_is_sent_back_and_not_cut_off(open_page: Open) -> None:
    leader = meetings.a_leader()
    app = open_page(leader, meetings.ONE, meeting=str(meetings.a_meeting(leader)))
    app.text_area(key="there-of-attendance-1-g0").input("Head of Waste, " * 200)
    press(app, "Keep who is there")
    assert "Who is there must be 2,000 characters or less. You have 2,999" in texts(app)
    assert len(app.text_area(key="there-of-attendance-1-g0").value) == 3000
    assert rows_of("SELECT attendance FROM review_meetings") == [("",)]


def test_a_long_reason_for_a_target_is_a_draft_and_no_proposal(open_page: Open) -> None:
    manager = targets.a_service()
    app = open_page(manager, targets.PAGE, year="2018")
    app.text_input(key="target-SHARE-2018").input("74%").run()
    app.text_input(key="rationale-SHARE-2018").input("x" * 2100).run()
    assert "Error: 2,100 characters; at most 2,000: shorten it by 100" in texts(app)
    app.button(key="propose-all").click().run()
    assert "must be 2,000 characters or less. You have 2,100" in texts(app)
    assert plan_targets.list_waiting(by=manager) == []
    again = open_page(manager, targets.PAGE, year="2018")
    assert len(again.text_input(key="rationale-SHARE-2018").value) == 2100
    again.text_input(key="rationale-SHARE-2018").input("x" * 20_001).run()
    assert not again.exception
    assert "must be 2,000 characters or less. You have 20,001" in texts(again)
    assert rows_of("SELECT LENGTH(rationale) FROM targets") == [(2100,)]


def test_a_long_password_is_refused_whole(open_page: Open) -> None:
    """Cut without a word, it would be another one than whoever chose it has written down."""
    add_council()
    a_user("starter")
    with transaction() as session:
        save_password(session, username="starter", password_hash=passwords.hash_password("one-time", rounds=4),
                      one_time_since=datetime.now(UTC))  # fmt: skip
    app = open_page(None)
    app.text_input(key="sign_in_username").input("starter")
    app.text_input(key="sign_in_password").input("one-time")
    app.button[0].click().run()
    chosen = "three random words " * 7
    app.text_input(key="password_old").input("one-time")
    app.text_input(key="password_new").input(chosen)
    app.button[0].click().run()
    assert [error.value for error in app.error] == ["Password must be between 12 and 128 characters."]
    assert app.text_input(key="password_new").value == chosen


def test_more_words_than_can_be_looked_for_stay_in_the_box_and_out_of_the_address(open_page: Open) -> None:
    add_council()
    app = open_page(a_user(), "pages/revise/lessons.py", find="bins")
    app.text_input(key="pick_find").input("bins " * 20).run()
    assert "Error: 99 characters; at most 80: shorten it by 19" in texts(app)
    assert app.text_input(key="pick_find").value == "bins " * 20
    assert "find" not in app.query_params
    app.run()
    assert app.text_input(key="pick_find").value == "bins " * 20
    app.text_input(key="pick_find").input("rounds").run()
    assert app.query_params["find"] == "rounds"
    assert "shorten it" not in texts(app)


def test_a_chart_is_drawn_once_its_headline_is_short_enough(open_page: Open) -> None:
    app = open_page(a_yearly_measure(), "pages/report/annual_chart.py")
    headline = next(box for box in app.text_input if str(box.key).startswith("words-headline-"))
    headline.input("It fell " * 30).run()
    assert not app.exception
    assert "The chart is drawn, and can be taken away, once its texts are short enough." in texts(app)
    assert len(app.get("download_button")) == 0
    headline.input("It fell").run()
    assert len(app.get("download_button")) == 6
