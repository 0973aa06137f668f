"""Delivery on My return, and the receipt, as people use them: through Home.py, signed in, at an address."""

from dataclasses import replace
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from cycle.do import delivery, returns, signing_off
from data_access.models import PlanNodeRow
from data_access.plan.tree import save_actions
from data_access.store.database import transaction
from performance.do.delivery import DeliveryAnswer, DeliveryChoice
from performance.do.typed import Answer
from performance.ground.dated import Recording
from performance.ground.organisation import Action, ActionStatus, NodeKind
from performance.ground.people import Role, User
from performance.ground.periods import Period
from tests.builders import RECORDED, a_user, add_council, add_measure
from tests.conftest import rows_of
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
IMPORTED = Recording(by="import", at=RECORDED, effective_on=date(2017, 4, 1))
SEPTEMBER, OCTOBER = Period.month(2017, 9), Period.month(2017, 10)
PAGE, RECEIPT = "pages/do/my_return.py", "pages/do/receipt.py"


def a_service() -> User:
    add_council()
    add_measure("COUNT", title="Missed bins")
    with transaction() as session:
        session.add(
            PlanNodeRow(code="OB", title="Clean streets", kind=NodeKind.OBJECTIVE, parent_code="O1", unit_code="WASTE")
        )
        session.flush()
        actions = [
            Action(id=0, action="Agree *new* rounds", node_code="OB", responsible_role="Manager",
                   ends_on=date(2018, 1, 31), status=ActionStatus.ON_TRACK),
            Action(id=0, action="Train the crews", node_code="OB", ends_on=date(2017, 10, 12)),
        ]  # fmt: skip
        save_actions(session, actions=actions, recording=IMPORTED)
    return a_user()


def key(what: str) -> str:
    ((number,),) = rows_of("SELECT id FROM actions WHERE action = :what", what=what)
    return f"action-{number}"


def october(open_page: Open, user: User) -> AppTest:
    return open_page(user, PAGE, unit="WASTE", period="2017-10")


def say(app: AppTest, what: str, choice: DeliveryChoice, evidence: str = "", *, time: int = 0) -> None:
    name = f"{key(what)}-WASTE-2017-10-g{time}"
    app.radio(f"stands-{name}").set_value(choice.value)
    app.text_area(f"evidence-{name}").input(evidence)


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception
    return app


def test_each_action_is_shown_with_its_role_its_end_and_how_late_it_is(open_page: Open) -> None:
    words = texts(october(open_page, a_service()))
    assert "2 actions under way in October 2017. 2 still to be said." in words
    assert "Manager, ends 31 January 2018." in words
    assert "No role named, ends 12 October 2017. Late by 29 days." in words
    assert "Agree \\*new\\* rounds" in words, "what people type is never markup"


def test_the_page_says_that_both_are_drafts_and_what_saves_them(open_page: Open) -> None:
    words = texts(october(open_page, a_service()))
    assert "Each figure is kept as a draft as soon as you leave its box" in words
    assert "What you say here is kept as a draft while you write it, and nothing is saved until you press" in words


def half_said(manager: User, what: str, choice: DeliveryChoice, evidence: str) -> None:
    draft = seen(manager, DeliveryAnswer(key=key(what), choice=choice, evidence=evidence))
    delivery.save_drafts("WASTE", OCTOBER, answers=[draft], by=manager)


def test_what_was_half_typed_stands_in_its_boxes_when_the_page_is_opened_again(open_page: Open) -> None:
    manager = a_service()
    half_said(manager, "Train the crews", DeliveryChoice.LATE, "Half the crews w")
    app = october(open_page, manager)
    name = f"{key('Train the crews')}-WASTE-2017-10-g0"
    assert app.radio(f"stands-{name}").value == "late"
    assert app.text_area(f"evidence-{name}").value == "Half the crews w"
    assert "2 still to be said" in texts(app), "a draft is no word"
    say(app, "Train the crews", DeliveryChoice.LATE, "Half the crews were ill")
    press(app, "Save delivery")
    assert rows_of("SELECT status, evidence FROM deliveries") == [("late", "Half the crews were ill")]
    assert rows_of("SELECT line_key FROM delivery_drafts") == []


def test_a_draft_says_that_its_row_has_changed_since(open_page: Open) -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    half_said(manager, "Train the crews", DeliveryChoice.LATE, "Half the crews")
    assert "This row has changed" not in texts(october(open_page, manager))
    theirs = seen(head, DeliveryAnswer(key=key("Train the crews"), choice=DeliveryChoice.DONE, evidence="All trained"))
    delivery.save_deliveries("WASTE", OCTOBER, answers=[theirs], by=head)
    words = texts(october(open_page, manager))
    assert "October 2017: Done. All trained" in words
    assert "This row has changed since you began to write." in words


def test_one_save_keeps_what_was_said_and_says_so(open_page: Open) -> None:
    app = october(open_page, a_service())
    say(app, "Train the crews", DeliveryChoice.LATE, "Half the crews were ill")
    press(app, "Save delivery")
    assert "Delivery is saved for 1 line: Train the crews. Still to be said: Agree \\*new\\* rounds." in texts(app)
    assert "October 2017: Late. Half the crews were ill" in texts(app)
    assert rows_of("SELECT status, evidence FROM deliveries") == [("late", "Half the crews were ill")]


def test_of_many_lines_that_were_saved_a_few_are_named(open_page: Open) -> None:
    manager = a_service()
    ways = ("Glass", "Paper", "Metal")
    with transaction() as session:
        more = [Action(id=0, action=each, node_code="OB", ends_on=date(2018, 1, 31)) for each in ways]
        save_actions(session, actions=more, recording=IMPORTED)
    app = october(open_page, manager)
    for what in ("Agree *new* rounds", "Train the crews", *ways):
        say(app, what, DeliveryChoice.ON_TRACK if what != "Train the crews" else DeliveryChoice.LATE, "As agreed")
    press(app, "Save delivery")
    done = next(each.value for each in app.success if "Delivery is saved" in each.value)
    assert done.startswith("Delivery is saved for 5 lines: ")
    assert done.endswith(", and 2 more.")
    assert done.count("; ") == 2


def test_what_cannot_be_kept_is_said_above_and_beside_and_stays_typed(open_page: Open) -> None:
    app = october(open_page, a_service())
    say(app, "Train the crews", DeliveryChoice.DONE)
    say(app, "Agree *new* rounds", DeliveryChoice.LATE, "Talks go on")
    press(app, "Save delivery")
    words = texts(app)
    assert words.count("Enter what shows that it is done: Train the crews") == 2
    assert "There is a problem" in words
    assert rows_of("SELECT id FROM deliveries") == []
    name = f"{key('Agree *new* rounds')}-WASTE-2017-10-g0"
    assert app.text_area(f"evidence-{name}").value == "Talks go on"
    say(app, "Train the crews", DeliveryChoice.DONE, "Register signed")
    press(app, "Save delivery")
    assert "Delivery is saved for 2 lines: Train the crews; Agree \\*new\\* rounds." in texts(app)
    assert "There is a problem" not in texts(app)


def last_month_went_well(manager: User) -> None:
    for what in ("Agree *new* rounds", "Train the crews"):
        line = next(each for each in delivery.delivery("WASTE", SEPTEMBER, by=manager).lines if each.what == what)
        said = DeliveryAnswer(key=line.key, choice=DeliveryChoice.ON_TRACK, evidence="Well", seen=line.seen)
        delivery.save_deliveries("WASTE", SEPTEMBER, answers=[said], by=manager)


def test_all_that_is_left_is_carried_forward_at_once(open_page: Open) -> None:
    manager = a_service()
    last_month_went_well(manager)
    app = october(open_page, manager)
    assert "September 2017: On track. Well" in texts(app)
    assert "without last month's words: Agree *new* rounds, on track." in texts(app).replace("\\", "")
    press(app, "Carry forward all that is not said yet")
    said = "Delivery is saved for 1 line: Agree *new* rounds. Still to be said: Train the crews."
    assert said in texts(app).replace("\\", ""), "its end has passed"
    assert rows_of("SELECT status, evidence, carried_forward FROM deliveries WHERE period_start = '2017-10-01'") == [
        ("on_track", "", 1)
    ]


def test_what_was_typed_is_saved_too_where_the_rest_is_carried_forward_and_the_page_says_so(open_page: Open) -> None:
    manager = a_service()
    last_month_went_well(manager)
    app = october(open_page, manager)
    carries = "Carries forward how it last stood, without last month's words: Agree *new* rounds, on track."
    assert f"{carries} What you typed is saved too." in texts(app).replace("\\", "")
    say(app, "Train the crews", DeliveryChoice.LATE, "Half the crews were ill")
    press(app, "Carry forward all that is not said yet")
    assert rows_of(
        "SELECT status, evidence, carried_forward FROM deliveries WHERE period_start = '2017-10-01' ORDER BY 1"
    ) == [("late", "Half the crews were ill", 0), ("on_track", "", 1)]
    assert "Carries forward" not in texts(app), "nothing is left to carry"


def test_one_button_of_the_page_stands_out_and_it_checks_the_figures(open_page: Open) -> None:
    manager = a_service()
    last_month_went_well(manager)
    app = october(open_page, manager)
    assert {"Save delivery", "Carry forward all that is not said yet"} <= {each.label for each in app.button}
    assert [each.label for each in app.button if each.proto.type == "primary"] == ["Check figures"]


def test_a_word_from_someone_else_meanwhile_is_shown_first(open_page: Open) -> None:
    manager = a_service()
    app = october(open_page, manager)
    head = a_user("head", Role.HEAD, "PLACE")
    line = next(each for each in delivery.delivery("WASTE", OCTOBER, by=head).lines if "crews" in each.what)
    theirs = DeliveryAnswer(key=line.key, choice=DeliveryChoice.DONE, evidence="All trained", seen=line.seen)
    delivery.save_deliveries("WASTE", OCTOBER, answers=[theirs], by=head)
    say(app, "Train the crews", DeliveryChoice.LATE, "Not all")
    press(app, "Save delivery")
    assert "Head of service or director, PLACE said “Done” for October 2017" in texts(app)
    assert rows_of("SELECT status FROM deliveries") == [("done",)]
    press(app, "Save delivery")
    assert rows_of("SELECT status FROM deliveries ORDER BY id") == [("done",), ("late",)], "now they have seen it"


def test_who_may_not_say_it_reads_it(open_page: Open) -> None:
    a_service()
    housing = a_user("both", unit="HOUSING")
    add_measure("OTHER", unit_code="HOUSING")
    app = open_page(housing, PAGE, unit="HOUSING", period="2017-10")
    assert "No action or milestone of Housing was under way in October 2017." in texts(app)


def test_a_receipt_opened_later_says_what_has_become_of_it(open_page: Open) -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    a_user("bi", Role.BI_TEAM, "COUNCIL")
    answer = Answer(measure_code="COUNT", value="12", based_on=0)
    returns.submit_return("WASTE", OCTOBER, answers=[answer], request_key="the-key", by=manager)
    words = texts(open_page(manager, RECEIPT, key="the-key"))
    assert "Head of service or director, PLACE signs them off by Friday 17 November 2017" in words
    assert "bi@example.org, and quote 2017-10-WASTE" in words
    signing_off.return_with_question("WASTE", OCTOBER, version=1, question="Is 12 *right*?", by=head)
    app = open_page(manager, RECEIPT, key="the-key")
    assert "with a question: Is 12 \\*right\\*?" in texts(app)
    links = [element.proto.label for element in app.get("page_link")]
    assert "Answer the question" in links
    assert "Say how 2 actions stood in October 2017" in links
    assert any(label.startswith("Next: Waste and recycling") for label in links)
    assert [button.proto.label for button in app.get("download_button")] == [
        "Download this record (Word)",
        "Download this record (CSV)",
    ]


def test_who_signs_off_and_who_opens_the_receipt_reads_how_the_actions_stood(open_page: Open) -> None:
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    answers = [
        DeliveryAnswer(key=key("Train the crews"), choice=DeliveryChoice.LATE, evidence="Two of *five* are trained.")
    ]
    delivery.save_deliveries("WASTE", OCTOBER, answers=[seen(manager, each) for each in answers], by=manager)
    figures = [Answer(measure_code="COUNT", value="120", based_on=0)]
    given = returns.submit_return("WASTE", OCTOBER, answers=figures, request_key="k", by=manager)
    fold = "Delivery in October 2017: 2 under way, 1 late, 1 not spoken for"
    for app in (open_page(head, "pages/do/sign_off.py"), open_page(head, RECEIPT, key=given.key)):
        assert fold in [each.label for each in app.expander]
        assert "Late. Two of *five* are trained." in texts(app)
    signing_off.approve_return("WASTE", OCTOBER, version=1, by=head)
    settled = open_page(head, "pages/do/sign_off.py", unit="WASTE", period="2017-10")
    assert fold in [each.label for each in settled.expander]


def seen(manager: User, answer: DeliveryAnswer) -> DeliveryAnswer:
    lines = {line.key: line for line in delivery.delivery("WASTE", OCTOBER, by=manager).lines}
    return replace(answer, seen=lines[answer.key].seen)
