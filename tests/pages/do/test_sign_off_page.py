"""Sign-off, as people use it: single questions, old beside new, and deputies, through Home.py at an address."""

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from cycle.do import deputies, returns, signing_off
from performance.do.typed import Answer
from performance.ground.commentary import Commentary
from performance.ground.people import Role, User
from tests.builders import a_user, add_measure
from tests.conftest import rows_of
from tests.pages.conftest import Open, grid, texts
from tests.pages.do.test_do_pages import OCTOBER, a_service, fill, october, press
from tests.pages.home.test_home_page import links

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE = "pages/do/sign_off.py"


def submit(manager: User, count: str, *, key: str = "k", based_on: int = 0, said: Commentary | None = None) -> None:
    answers = [
        Answer(measure_code="COUNT", value=count, based_on=based_on, commentary=said or Commentary()),
        Answer(measure_code="SHARE", numerator="412", denominator="438", based_on=based_on),
    ]
    returns.submit_return("WASTE", OCTOBER, answers=answers, request_key=key, by=manager)


def submitted() -> tuple[User, User]:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    submit(manager, "120")
    return manager, head


def homes_wait() -> None:
    """Another return waits for the same head."""
    add_measure("HOMES", unit_code="HOUSING")
    housing = a_user("housing", Role.SERVICE_MANAGER, "HOUSING")
    answers = [Answer(measure_code="HOMES", value="8")]
    returns.submit_return("HOUSING", OCTOBER, answers=answers, request_key="h", by=housing)


def question(app: AppTest, code: str, text: str, *, version: int = 1) -> None:
    app.get_by_key(f"ask-{code}-2017-10-1-{version}").input(text)


def test_one_figure_goes_back_and_its_question_stands_in_its_row_and_on_home(open_page: Open) -> None:
    manager, head = submitted()
    app = open_page(head, PAGE)
    question(app, "SHARE", "Is 412 *all* of them?")
    press(app, "Return with questions")
    assert "Waste and recycling, October 2017 went back to the service with your questions." in texts(app)
    assert rows_of("SELECT measure_code, question FROM return_questions") == [("SHARE", "Is 412 *all* of them?")]
    back = october(open_page, manager)
    assert "1 figure came back with a question" in texts(back)
    assert "Is 412 *all* of them?" in str(grid(back)["rows"]["SHARE"])
    assert "Is 412" in texts(open_page(manager))


def test_after_it_came_back_the_old_figure_stands_beside_the_new_and_the_rest_is_folded(open_page: Open) -> None:
    manager, head = submitted()
    signing_off.return_with_question(
        "WASTE", OCTOBER, version=1, question="Have you checked?", questions={"COUNT": "Right?"}, by=head
    )
    submit(manager, "118", key="k2", based_on=1)
    words = texts(app := open_page(head, PAGE))
    assert "for the second time" in words
    assert "1 changed" in words
    assert "**Was** 120. **Now** 118." in words
    assert "Asked when it went back: Have you checked?" in words
    assert "Asked when it went back: Right?" in words
    assert [each.label for each in app.expander][:1] == ["Not changed (1)"]
    press(app, "Sign off 2 figures")
    assert rows_of("SELECT status, version FROM returns") == [("approved", 2)]


def test_signing_off_never_drops_a_question_that_was_typed(open_page: Open) -> None:
    _, head = submitted()
    app = open_page(head, PAGE)
    question(app, "COUNT", "Why so many?")
    press(app, "Sign off 2 figures")
    summary = next(each.proto.body for each in app.get("html") if "There is a problem" in each.proto.body)
    assert "You typed a question." in summary
    assert "ask-COUNT-2017-10-1-1" in summary
    assert rows_of("SELECT status FROM returns") == [("submitted",)]
    assert app.get_by_key("ask-COUNT-2017-10-1-1").value == "Why so many?"


def test_what_a_colleague_decided_meanwhile_is_said_and_nothing_changes(open_page: Open) -> None:
    _, head = submitted()
    app = open_page(head, PAGE)
    director = a_user("director", Role.HEAD, "COUNCIL")
    signing_off.approve_return("WASTE", OCTOBER, version=1, by=director)
    press(app, "Sign off 2 figures")
    assert rows_of("SELECT status, decided_by FROM returns") == [("approved", "director")]
    assert not app.exception


def test_a_head_names_a_deputy_who_signs_off_and_is_ended(open_page: Open) -> None:
    _, head = submitted()
    deputy = a_user("deputy", Role.LEADERSHIP, "COUNCIL")
    app = open_page(head, PAGE)
    assert "Nobody signs off in your place." in texts(app)
    press(app, "Name this deputy")
    assert "Choose where, who, and the first and last day." in texts(app)
    next(each for each in app.selectbox if each.label == "Who signs off").select("deputy")
    press(app, "Name this deputy")
    said = "Wider Leadership Team, COUNCIL signs off for Place from 10 November 2017 to 23 November 2017."
    assert said in texts(app)
    in_place = open_page(deputy, PAGE)
    assert "Sign off Waste and recycling, October 2017" in texts(in_place)
    assert not [each for each in in_place.button if each.label.startswith(("End now", "Name this"))]
    press(app, "End now: Wider Leadership Team, COUNCIL")
    assert "Nobody signs off in your place." in texts(app)
    assert "You may not sign off returns" in texts(open_page(deputy, PAGE))


def test_days_that_make_no_deputy_are_said(open_page: Open) -> None:
    _, head = submitted()
    a_user("deputy", Role.LEADERSHIP, "COUNCIL")
    app = open_page(head, PAGE)
    next(each for each in app.selectbox if each.label == "Who signs off").select("deputy")
    next(each for each in app.date_input if each.label == "Last day").set_value(date(2017, 11, 1))
    press(app, "Name this deputy")
    assert "The last day must be the first day or after it." in texts(app)
    assert deputies.list_deputies(by=head).named == ()


def test_a_link_to_a_return_that_is_signed_off_says_by_whom_and_shows_it_without_buttons(open_page: Open) -> None:
    _, head = submitted()
    app = open_page(head, PAGE, unit="WASTE", period="2017-10")
    press(app, "Sign off 2 figures")
    assert "Nothing waits for your sign-off" in texts(app)
    app = open_page(head, PAGE, unit="WASTE", period="2017-10")
    assert "signed these figures off on 10 November 2017. They are locked." in app.info[0].value
    assert app.title[0].value == "Waste and recycling, October 2017"
    assert not any("Sign off" in each.label or "Return" in each.label for each in app.button)


def test_the_pages_own_address_still_opens_a_return_that_was_signed_off(open_page: Open) -> None:
    _, head = submitted()
    app = open_page(head, PAGE)
    own = {"return": "2017-10-WASTE"}
    assert "2017-10-WASTE" in app.query_params["return"]
    press(app, "Sign off 2 figures")
    app = open_page(head, PAGE, **own)
    assert "signed these figures off on 10 November 2017. They are locked." in app.info[0].value
    assert app.title[0].value == "Waste and recycling, October 2017"
    assert not any("Sign off" in each.label or "Return" in each.label for each in app.button)
    homes_wait()
    assert "They are locked." in open_page(head, PAGE, **own).info[0].value, "nor is another opened in its place"


def test_an_open_page_says_what_a_colleague_decided_and_opens_no_other_return(open_page: Open) -> None:
    _, head = submitted()
    app = open_page(head, PAGE)
    homes_wait()
    signing_off.approve_return("WASTE", OCTOBER, version=1, by=a_user("director", Role.HEAD, "COUNCIL"))
    press(app, "Sign off 2 figures")
    assert "Head of service or director, COUNCIL signed these figures off" in app.info[0].value
    assert rows_of("SELECT status FROM returns ORDER BY unit_code") == [("submitted",), ("approved",)]


@pytest.mark.parametrize("named", ["2017-10-SOCIAL", "2017-10-NO-SUCH", "nothing", "2017-10"])
def test_a_link_to_a_return_that_is_not_theirs_is_refused_whether_or_not_another_waits(
    named: str, open_page: Open
) -> None:
    _, head = submitted()
    refused = "The return that this link names does not wait for your sign-off"
    app = open_page(head, PAGE, **{"return": named})
    assert refused in app.warning[0].value
    assert not any("Sign off" in each.label for each in app.button)
    signing_off.approve_return("WASTE", OCTOBER, version=1, by=head)
    app = open_page(head, PAGE, **{"return": named})
    assert refused in app.warning[0].value
    press(app, "Open this page without it")
    assert "Nothing waits for your sign-off" in texts(app)


def test_after_a_decision_what_else_waits_is_offered_and_not_opened(open_page: Open) -> None:
    _, head = submitted()
    homes_wait()
    app = open_page(head, PAGE, unit="WASTE", period="2017-10")
    press(app, "Sign off 2 figures")
    assert not any("Sign off" in each.label for each in app.button)
    assert any(each.proto.label.startswith("Housing, October 2017") for each in app.get("page_link"))


def test_a_return_leads_to_its_receipt_before_and_after_it_is_signed_off(open_page: Open) -> None:
    manager, head = submitted()
    assert "Open the receipt" in links(october(open_page, manager))
    signing_off.approve_return("WASTE", OCTOBER, version=1, by=head)
    assert "Open the receipt" in links(october(open_page, manager))


def test_what_was_sent_again_says_from_what_it_changed(open_page: Open) -> None:
    manager, head = submitted()
    submit(manager, "118", key="k2", based_on=1)
    words = texts(open_page(head, PAGE))
    assert "Changed in this submission" in words
    assert "**Was** 120. **Now** 118." in words


def test_of_a_figure_of_which_only_the_words_changed_it_is_said_that_it_still_stands(open_page: Open) -> None:
    manager, head = submitted()
    submit(manager, "120", key="k2", based_on=1, said=Commentary(what_happened="Two depots report now"))
    words = texts(open_page(head, PAGE))
    assert "Changed in this submission" in words
    assert "Still 120: what changed is what is said of it." in words
    assert "**Was**" not in words
    assert "What happened: Two depots report now" in words


def test_a_figure_whose_digits_changed_beyond_those_printed_is_not_said_to_stand(open_page: Open) -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    submit(manager, "1200.2")
    submit(manager, "1200.41", key="k2", based_on=1)
    words = texts(open_page(head, PAGE))
    assert "**Was** 1,200.2. **Now** 1,200.41." in words
    assert "Still" not in words


def test_why_an_unusual_figure_is_right_stands_once_and_not_in_its_commentary_too(open_page: Open) -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    submit(manager, "900", said=Commentary(what_happened="More calls", confirmed="New rounds"))
    words = texts(open_page(head, PAGE))
    assert "- Unusual, and confirmed as right: New rounds" in words
    assert "What happened: More calls" in words
    assert words.count("New rounds") == 1
    submit(manager, "901", key="k2", based_on=1, said=Commentary(what_happened="More calls", confirmed="Two depots"))
    words = texts(open_page(head, PAGE))
    assert (words.count("Two depots"), words.count("New rounds"), words.count("More calls")) == (1, 0, 1)
    assert "Commentary before" not in words, "it is the same but for the reason"


def test_a_question_stands_where_it_is_answered_and_a_commentary_that_is_written_is_asked_for_no_more(
    open_page: Open,
) -> None:
    manager, head = submitted()
    signing_off.return_with_question("WASTE", OCTOBER, version=1, question="", questions={"SHARE": "All?"}, by=head)
    app = press(october(open_page, manager), "Check figures")
    words = texts(app)
    assert "Head of service or director, PLACE asks: All?" in words
    assert "Answer under “What happened?”" in words
    assert next(each.label for each in app.text_area if "SHARE" in str(each.key)) == "What happened?"


def test_a_head_who_typed_the_figures_reads_who_signs_off_and_one_who_only_looked_signs_them(open_page: Open) -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    director = a_user("director", Role.HEAD, "COUNCIL")
    press(october(open_page, director), "Check figures")
    fill(october(open_page, head), "120")
    app = october(open_page, manager)
    press(app, "Check figures")
    press(app, "Submit 2 figures")
    assert "Head of service or director, COUNCIL signs them off" in texts(app)
    seen = open_page(head, PAGE)
    assert "so Head of service or director, COUNCIL signs them off." in texts(seen)
    assert not [each.label for each in seen.button if each.label.startswith("Sign off")]
    press(open_page(director, PAGE), "Sign off 2 figures")
    assert rows_of("SELECT status, submitted_by, decided_by FROM returns") == [("approved", "manager", "director")]


def test_the_titles_of_figures_lead_to_their_measures_at_the_month_they_are_of(open_page: Open) -> None:
    _, head = submitted()
    found = texts(open_page(head, PAGE))
    for code in ("COUNT", "SHARE"):
        assert re.search(rf'<a href="measure\?measure={code}&amp;period=2017-10-01%2FP1M">', found), code
    signing_off.approve_return("WASTE", OCTOBER, version=1, by=head)
    settled = texts(open_page(head, PAGE, unit="WASTE", period="2017-10"))
    assert settled.count('<a href="measure?measure=') == 2


def test_who_may_not_open_measures_is_given_no_link_to_one(open_page: Open) -> None:
    submitted()
    found = texts(open_page(a_user("deputy", Role.DEPUTY, "PLACE"), PAGE))
    assert "Sign off Waste and recycling" in found
    assert 'href="measure?' not in found
