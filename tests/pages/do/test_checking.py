"""Check before you submit, as people use it: exceptions first, four questions, a reason for what is unusual."""

import pytest
from streamlit.testing.v1 import AppTest

from performance.ground.commentary import Commentary
from performance.ground.measures import CommentaryRule
from performance.ground.people import User
from tests.builders import a_user, add_council, add_figure, add_measure, add_share, add_target
from tests.conftest import rows_of
from tests.pages.conftest import Open, texts
from tests.pages.do.test_do_pages import box, fill, october, press, title

pytestmark = pytest.mark.usefixtures("sqlite_database")
LAST_MONTH = Commentary(
    what_happened="Two crews were short.",
    why="Flu.",
    what_next="Recruit two.",
    who="Depot Manager",
    by_when="30/11/2017",
    back_on_track="January 2018",
)


def a_service(**fields: object) -> User:
    """A count that was off target in September too, and a share that nothing is wrong with."""
    add_council()
    add_measure("COUNT", title="Missed bins", **fields)
    add_share("SHARE", title="Requests answered")
    add_figure("COUNT", "2017-09", "90", commentary=LAST_MONTH.text)
    add_figure("SHARE", "2017-09", counts=("400", "430"))
    add_target("COUNT", "2017-10", "100")
    return a_user()


def checked(open_page: Open, count: str, **typed: str) -> AppTest:
    app = october(open_page, a_service())
    fill(app, count, **typed)
    return press(app, "Check figures")


def say(app: AppTest, **said: str) -> None:
    for name, text in said.items():
        box(app, name).input(text)


def stored() -> list[tuple[object, ...]]:
    return rows_of("SELECT commentary, confirmed_checks FROM figures WHERE measure_code = 'COUNT' "
                   "AND period_start = '2017-10-01'")  # fmt: skip


def test_exceptions_come_first_with_why_they_are_asked_about(open_page: Open) -> None:
    words = texts(checked(open_page, "50"))
    assert "**You have not submitted yet.** 2 figures: 1 to say why. Preview shows" in words
    assert words.index("Look at these first (1)") < words.index("The rest (1)")
    assert "**Say why.** It is off target. Green at 100 or above." in words
    assert "September 2017: what was said" in words
    assert "Two crews were short." in words


def test_a_commentary_that_is_written_is_counted_no_more(open_page: Open) -> None:
    app = checked(open_page, "50")
    say(app, what_happened="A crew was short.", why="Flu.", what_next="Recruit.", by_when="30/11/2017")
    press(app, "Carry forward this action")
    assert "**You have not submitted yet.** 2 figures. Preview shows" in texts(app)


def test_each_figure_can_be_changed_by_a_link_that_says_which(open_page: Open) -> None:
    app = checked(open_page, "50")
    words = texts(app)
    for code, name in (("COUNT", "missed bins"), ("SHARE", "requests answered")):
        assert f'one={code}" data-change="st-key-change-{code}"' in words
        assert f'Change<span class="only-heard"> {name}</span>' in words
    press(app, "Change missed bins")
    assert title(app) == "October 2017 figures: Waste and recycling"
    assert app.query_params["one"] == "COUNT"
    assert box(app, "value").value == "50"


def test_last_months_action_is_carried_forward_in_one_choice(open_page: Open) -> None:
    app = checked(open_page, "50")
    say(app, what_happened="A third crew was short.", why="The depot moved.")
    press(app, "Carry forward this action")
    assert [box(app, name).value for name in ("what_next", "who", "by_when", "back_on_track")] == [
        "Recruit two.", "Depot Manager", "30 November 2017", "January 2018",
    ]  # fmt: skip
    assert "already" not in texts(app)
    assert box(app, "what_happened").value == "A third crew was short."
    press(app, "Submit 2 figures")
    assert title(app) == "Figures submitted"
    assert stored()[0][0] == (
        "What happened: A third crew was short.\nWhy: The depot moved.\nWhat next: Recruit two.\n"
        "Who: Depot Manager\nBy when: 30 November 2017\nBack on track: January 2018"
    )


def test_nothing_said_is_one_error_with_its_way_there(open_page: Open) -> None:
    app = press(checked(open_page, "50"), "Submit 2 figures")
    words = texts(app)
    assert words.count("Enter commentary for missed bins. It is off target") == 2
    assert 'data-field="st-key-what_happened-COUNT-2017-10-1"' in words
    assert title(app).startswith("Check your October 2017 figures")
    assert stored() == []


def test_days_that_cannot_be_are_refused_and_kept_as_typed(open_page: Open) -> None:
    app = checked(open_page, "50")
    press(app, "Carry forward this action")
    say(app, what_happened="A third crew was short.", why="x", by_when="31/10/2017", back_on_track="spring")
    press(app, "Submit 2 figures")
    words = texts(app)
    assert words.count("Action due date must be after 31 October 2017, for missed bins") == 2
    assert words.count("When it will be back on track must be a month or a date, like May 2018") == 2
    assert (box(app, "by_when").value, box(app, "back_on_track").value) == ("31/10/2017", "spring")


def test_an_unusual_figure_asks_for_a_reason_that_is_kept_with_its_rule(open_page: Open) -> None:
    app = checked(open_page, "9000")
    assert "Check: you entered 9,000. Last month was 90. Did you mean 90?" in texts(app)
    press(app, "Submit 2 figures")
    assert texts(app).count("Enter why this is right, for missed bins, or change it") == 2
    say(app, confirmed="A strike of three weeks")
    press(app, "Submit 2 figures")
    assert title(app) == "Figures submitted"
    assert stored() == [("Confirmed as right: A strike of three weeks", "slip")]


def test_a_confirmation_belongs_to_the_number_it_confirmed(open_page: Open) -> None:
    app = checked(open_page, "9000")
    say(app, confirmed="A strike of three weeks")
    press(app, "Change figures")
    fill(app, "9,000")
    press(app, "Check figures")
    assert box(app, "confirmed").value == "A strike of three weeks", "the same number, with its thousands marked"
    press(app, "Change figures")
    fill(app, "900")
    press(app, "Check figures")
    assert box(app, "confirmed").value == ""
    press(app, "Submit 2 figures")
    assert "Enter why this is right, for missed bins, or change it" in texts(app)
    say(app, confirmed="A strike of three weeks")
    press(app, "Submit 2 figures")
    assert title(app) == "Figures submitted", "the same words may be right for another number, if they are said of it"


def test_a_commentary_written_for_another_number_is_asked_about(open_page: Open) -> None:
    """Before it is submitted and after: "nearly halved" goes with no other figure unread."""
    manager = a_service()
    app = october(open_page, manager)
    fill(app, "50")
    press(app, "Check figures")
    told = {"what_happened": "Nearly halved.", "why": "A crew was short.", "what_next": "Recruit."}
    asked = "Check: this was said when the figure was {}. Change the words or say why they are right"
    press(app, "Carry forward this action")
    say(app, **told)
    press(app, "Change figures")
    fill(app, "80")
    press(app, "Check figures")
    assert asked.format("50") in texts(app)
    press(app, "Submit 2 figures")
    assert "Enter why this is right, for missed bins, or change it" in texts(app)
    press(app, "Change figures")
    fill(app, "50.0")
    press(app, "Check figures")
    say(app, what_happened="Fewer than in September.")
    press(app, "Submit 2 figures")
    assert title(app) == "Figures submitted", "other words are said of the number that stands there"
    app = press(october(open_page, manager), "Change these figures")
    fill(app, "60")
    press(app, "Check figures")
    assert asked.format("50.0") in texts(app)
    say(app, confirmed="Sixty is fewer too")
    press(app, "Submit 2 figures")
    assert title(app) == "Figures submitted"
    assert stored()[-1][1] == "said_of"


def test_changes_to_what_was_submitted_are_said_to_be_changes(open_page: Open) -> None:
    manager = a_service()
    app = october(open_page, manager)
    fill(app, "120")
    press(app, "Check figures")
    press(app, "Submit 2 figures")
    app = october(open_page, manager)
    press(app, "Change these figures")
    fill(app, "121")
    press(app, "Check figures")
    assert "**You have not submitted these changes yet.**" in texts(app)


def test_commentary_that_says_otherwise_or_nothing_new_is_questioned(open_page: Open) -> None:
    app = checked(open_page, "50")
    press(app, "Carry forward this action")
    say(app, what_happened="Two crews were short.", why="It did.")
    press(app, "Submit 2 figures")
    assert "Check: this is word for word what was said for September 2017. Say what has changed since" in texts(app)
    say(app, what_happened="Collections improved.")
    press(app, "Submit 2 figures")
    assert "Check: you say it improved, but it fell from 90 in September 2017 to 50, which is worse." in texts(app)
    say(app, what_happened="Collections got worse.")
    press(app, "Submit 2 figures")
    assert title(app) == "Figures submitted"


@pytest.mark.parametrize(
    ("rule", "is_asked"), [(CommentaryRule.RED_OR_CHANGE, False), (CommentaryRule.OFF_TARGET_OR_CHANGE, True)]
)
def test_amber_is_asked_about_where_the_measure_says_so(rule: CommentaryRule, is_asked: bool, open_page: Open) -> None:
    app = october(open_page, a_service(commentary_rule=rule))
    fill(app, "98")
    press(app, "Check figures")
    assert ("Look at these first (1)" in texts(app)) is is_asked


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x","y")', "<script>alert(1)</script>", ":red[x] $y$ **z**"])
def test_any_words_are_kept_and_shown_as_they_were_typed(text: str, open_page: Open) -> None:
    app = checked(open_page, "50")
    press(app, "Carry forward this action")
    say(app, what_happened=text, why=text)
    press(app, "Submit 2 figures")
    assert title(app) == "Figures submitted"
    assert stored()[0][0].startswith(f"What happened: {text}\nWhy: {text}\n")
    assert "<script>alert" not in texts(october(open_page, a_user("other")))


def test_twenty_thousand_characters_are_counted_and_none_is_lost(open_page: Open) -> None:
    app = checked(open_page, "50")
    press(app, "Carry forward this action")
    say(app, what_happened="x" * 20_000, why="y")
    press(app, "Submit 2 figures")
    assert not app.exception
    assert "characters" in texts(app)
    assert stored() == []
