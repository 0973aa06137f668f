"""Review meetings, as those who minute them and those who read them use the pages."""

from datetime import date
from io import BytesIO
from typing import Any

import docx
import pytest
from streamlit.testing.v1 import AppTest

from components.revise.meetings import items, memo
from cycle.revise.meetings import agenda, minutes, shaping
from data_access.council import people
from data_access.store.database import transaction
from performance.ground.people import Role, User
from performance.revise.meetings import Kept, Minuted
from reporting.documents import review_memo
from tests.builders import a_user
from tests.cycle.revise.recovery.test_planning import a_red
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
LIST, ONE = "pages/revise/review_meetings.py", "pages/revise/review_meeting.py"


def press(app: AppTest, label: str) -> AppTest:
    return next(button for button in app.button if button.label == label).click().run()


def a_leader() -> User:
    a_red()
    return a_user("leader", Role.LEADERSHIP, "COUNCIL")


def a_meeting(by: User) -> int:
    return agenda.open_meeting(
        "Second quarter", forum="Leadership", scope="corporate", held_on=date(2017, 11, 14), by=by
    )


def test_a_memo_is_opened_from_the_list(open_page: Open) -> None:
    leader = a_leader()
    app = open_page(leader, LIST)
    assert "No meeting is open." in texts(app)
    press(app, "Open the memo")
    assert "Enter the title" in texts(app)
    app.text_input(key="meeting-title").input("Second quarter")
    press(app, "Open the memo")
    assert not app.exception
    (line,) = agenda.list_meetings(by=leader).lines
    assert (line.meeting.title, line.meeting.forum) == ("Second quarter", "Wider Leadership Team")
    assert "0 of 1 item minuted." in texts(open_page(leader, LIST))


def test_an_item_is_minuted_in_its_place_and_refused_in_words(open_page: Open) -> None:
    leader = a_leader()
    number = a_meeting(leader)
    app = open_page(leader, ONE, meeting=str(number))
    assert "Why is there no recovery plan, and when will there be one?" in texts(app)
    app.text_area(key="decision-of-item-1-g0").input("Hire another")
    press(app, "Keep item 1")
    assert "Enter the role of who carries the decision out" in texts(app)
    assert app.text_area(key="decision-of-item-1-g0").value == "Hire another"
    app.text_input(key="owner-of-item-1-g0").input("Head of Housing")
    app.date_input(key="due-of-item-1-g0").set_value(date(2017, 12, 12))
    press(app, "Keep item 1")
    assert not app.exception
    assert "Kept. The decision is an action now." in texts(app)
    assert "The action stands on its service's return: not started." in texts(app)


def test_other_business_is_raised_who_is_there_noted_and_the_meeting_closed(open_page: Open) -> None:
    leader = a_leader()
    number = a_meeting(leader)
    app = open_page(leader, ONE, meeting=str(number))
    app.text_area(key=f"there-of-attendance-{number}-g0").input("Managing Director")
    press(app, "Keep who is there")
    app.text_area(key=f"raised-of-other-{number}-g0").input("A letter came")
    press(app, "Put it on the memo")
    assert "A letter came" in texts(app)
    press(app, "Close the meeting")
    assert not app.exception
    found = texts(app)
    assert "The meeting is closed. What is left opens the next memo." in found
    assert "There: Managing Director" in found
    assert [button.label for button in app.button if button.label.startswith("Keep")] == []
    assert "1 left for the next one." in texts(open_page(leader, LIST))


def test_what_one_writes_stays_while_another_minutes_and_both_are_told(open_page: Open) -> None:
    """Two people minute one meeting: nothing that is typed goes because somebody else pressed a button."""
    leader = a_leader()
    number = a_meeting(leader)
    second = a_user("officer", Role.POLICY_OFFICER, "COUNCIL")
    ours, theirs = open_page(leader, ONE, meeting=str(number)), open_page(second, ONE, meeting=str(number))
    theirs.text_area(key="answer-of-item-1-g0").input("The firm left")
    press(theirs, "Keep item 1")
    ours.text_area(key="answer-of-item-1-g0").input("Homes stand empty")
    press(ours, "Keep item 1")
    assert "changed this item at" in texts(ours)
    assert ours.text_area(key="answer-of-item-1-g0").value == "Homes stand empty"
    assert "As it is stored now: Answer: The firm left" in texts(ours)
    press(ours, "Keep item 1")
    assert not ours.exception
    assert "Kept." in texts(ours)
    assert agenda.get_meeting(number, by=leader).items[0].answer == "Homes stand empty"


def test_what_somebody_else_said_in_a_box_that_was_left_alone_stays(open_page: Open) -> None:
    """One writes the answer while the other decides: both are kept, at the first press, and nobody is refused."""
    leader = a_leader()
    number = a_meeting(leader)
    ours = open_page(leader, ONE, meeting=str(number))
    (item,) = agenda.get_meeting(number, by=leader).items
    said = Minuted(decision="Hire two", owner_role="Head of Housing", due_on=date(2017, 12, 12))
    minutes.minute_item(number, item.id, said=said, version=1, by=a_user("officer", Role.POLICY_OFFICER, "COUNCIL"))
    ours.text_area(key="answer-of-item-1-g0").input("Homes stand empty")
    press(ours, "Keep item 1")
    assert "changed this item at" not in texts(ours)
    (item,) = agenda.get_meeting(number, by=leader).items
    assert (item.answer, item.decision, item.owner_role) == ("Homes stand empty", "Hire two", "Head of Housing")
    assert item.action_id is not None


def test_a_decision_never_takes_the_role_or_the_day_of_somebody_elses(open_page: Open) -> None:
    leader = a_leader()
    number = a_meeting(leader)
    (item,) = agenda.get_meeting(number, by=leader).items
    first = Minuted(decision="Hire one", owner_role="Head of Housing", due_on=date(2017, 12, 12))
    minutes.minute_item(number, item.id, said=first, version=1, by=leader)
    ours = open_page(leader, ONE, meeting=str(number))
    theirs = Minuted(decision="Hire one", owner_role="Director of People", due_on=date(2018, 1, 31))
    minutes.minute_item(number, item.id, said=theirs, version=2, by=leader)
    ours.text_area(key="decision-of-item-1-g0").input("Hire three")
    press(ours, "Keep item 1")
    assert "a decision goes with its role and its day" in texts(ours)
    assert "Director of People, by 31 January 2018" in texts(ours)
    press(ours, "Keep item 1")
    (item,) = agenda.get_meeting(number, by=leader).items
    assert (item.decision, item.owner_role, item.due_on) == ("Hire three", "Head of Housing", date(2017, 12, 12))


def test_a_press_that_changes_nothing_takes_nothing_back(open_page: Open) -> None:
    leader = a_leader()
    number = a_meeting(leader)
    ours = open_page(leader, ONE, meeting=str(number))
    (item,) = agenda.get_meeting(number, by=leader).items
    minutes.minute_item(number, item.id, said=Minuted(answer="The firm left"), version=1, by=leader)
    press(ours, "Keep item 1")
    assert "changed this item at" not in texts(ours)
    assert agenda.get_meeting(number, by=leader).items[0].answer == "The firm left"


def test_words_for_a_meeting_that_was_closed_meanwhile_are_given_back(open_page: Open) -> None:
    """Whatever was typed and pressed is answered, also when there are no boxes any more."""
    leader = a_leader()
    number = a_meeting(leader)
    apps = [open_page(leader, ONE, meeting=str(number)) for _ in range(4)]
    minutes.close_meeting(number, version=1, by=leader)
    apps[0].text_area(key="answer-of-item-1-g0").input("Homes stand empty")
    apps[0].date_input(key="due-of-item-1-g0").set_value(date(2017, 12, 12))
    apps[1].text_area(key=f"there-of-attendance-{number}-g0").input("Managing Director")
    apps[2].text_area(key=f"raised-of-other-{number}-g0").input("A letter came")
    buttons = ("Keep item 1", "Keep who is there", "Put it on the memo", "Close the meeting")
    for app, button in zip(apps, buttons, strict=True):
        press(app, button)
        assert not app.exception
        assert "What is new goes to the next one." in texts(app), button
    assert "Answer: Homes stand empty" in texts(apps[0])
    assert "By when: 12 December 2017" in texts(apps[0])
    assert "There: Managing Director" in texts(apps[1])
    assert "What is raised: A letter came" in texts(apps[2])
    assert "What you typed" not in texts(apps[3])


def test_what_somebody_else_wrote_is_not_given_back_as_ones_own(open_page: Open) -> None:
    leader = a_leader()
    number = a_meeting(leader)
    (item,) = agenda.get_meeting(number, by=leader).items
    minutes.minute_item(number, item.id, said=Minuted(answer="Old answer"), version=1, by=leader)
    app = open_page(leader, ONE, meeting=str(number))
    theirs = Minuted(answer="Old answer", decision="Hire two", owner_role="Head", due_on=date(2017, 12, 1))
    minutes.minute_item(number, item.id, said=theirs, version=2, by=leader)
    minutes.close_meeting(number, version=1, by=leader)
    app.date_input(key="back-of-item-1-g0").set_value(date(2017, 12, 9))
    press(app, "Keep item 1")
    (given_back,) = [each.value for each in app.text if "Copy it from here:" in each.value]
    assert given_back.split("\n")[1:] == ["Bring it back until: 9 December 2017"]


def test_words_of_somebody_whose_right_is_gone_are_given_back(open_page: Open) -> None:
    leader = a_leader()
    number = a_meeting(leader)
    app = open_page(leader, ONE, meeting=str(number))
    with transaction() as session:
        (held,) = people.list_holdings(session, role=Role.LEADERSHIP, unit_codes=["COUNCIL"], since=date(2017, 1, 1))
        people.save_holding_ended(session, holding_id=held.id, last_day=date(2017, 1, 1))
        people.add_holding(session, username="leader", role=Role.SERVICE_MANAGER, unit_code="WASTE",
                           first_day=date(2017, 1, 1), last_day=date(2099, 1, 1))  # fmt: skip
    app.text_area(key="answer-of-item-1-g0").input("Homes stand empty")
    press(app, "Keep item 1")
    assert not app.exception
    assert "Answer: Homes stand empty" in texts(app)
    assert agenda.get_meeting(number, by=leader).items[0].answer == ""


def test_of_two_buttons_pressed_at_once_both_are_heard(open_page: Open) -> None:
    """A slow page may be pressed twice before it answers."""
    leader = a_leader()
    number = a_meeting(leader)
    minutes.add_item(number, question="A letter came", by=leader)
    app = open_page(leader, ONE, meeting=str(number))
    app.text_area(key="answer-of-item-1-g0").input("Homes stand empty")
    app.text_area(key="decision-of-item-2-g0").input("Answer it")
    app.text_area(key=f"there-of-attendance-{number}-g0").input("Managing Director")
    for label in ("Keep item 1", "Keep item 2", "Keep who is there"):
        next(button for button in app.button if button.label == label).click()
    press(app, "Close the meeting")
    assert not app.exception
    assert "Enter the role of who carries the decision out" in texts(app)
    assert "Decision: Answer it" in texts(app), "the meeting is closed: the words are given back"
    view = agenda.get_meeting(number, by=leader)
    assert view.items[0].answer == "Homes stand empty"
    assert view.meeting.attendance == "Managing Director"
    assert not view.meeting.is_open


def test_no_box_moves_whatever_somebody_else_does(open_page: Open) -> None:
    """A box that moves on the page loses what is half typed into it."""
    leader = a_leader()
    number = a_meeting(leader)
    app = open_page(leader, ONE, meeting=str(number))
    keys = ("answer-of-item-1-g0", f"there-of-attendance-{number}-g0", f"raised-of-other-{number}-g0")
    before = [where(app.main, key) for key in keys]
    assert all(before)
    (item,) = agenda.get_meeting(number, by=leader).items
    minutes.minute_item(number, item.id, said=Minuted(answer="The firm left"), version=1, by=leader)
    minutes.save_attendance(number, attendance="All", apologies="", version=1, by=leader)
    minutes.add_item(number, question="A letter came", by=leader)
    app.run()
    assert "changed it since you opened this page" in texts(app)
    assert "It was changed since you opened this page" in texts(app)
    assert [where(app.main, key) for key in keys] == before
    press(app, "Keep who is there")
    assert [where(app.main, key) for key in keys] == before


def where(block: Any, key: str) -> tuple[int, ...]:
    """The place of a box: which child of which child of the page it is."""
    for at, child in getattr(block, "children", {}).items():
        if getattr(child, "key", None) == key:
            return (at,)
        if found := where(child, key):
            return (at, *found)
    return ()


def test_who_comes_back_to_a_memo_writes_on_what_stands_then(open_page: Open) -> None:
    """Nobody is told that something changed while they wrote who wrote nothing."""
    leader = a_leader()
    number = a_meeting(leader)
    app = open_page(leader, ONE, meeting=str(number))
    (item,) = agenda.get_meeting(number, by=leader).items
    app.switch_page(LIST).run()
    minutes.minute_item(number, item.id, said=Minuted(answer="The firm left"), version=1, by=leader)
    app.query_params["meeting"] = str(number)
    app.switch_page(ONE).run()
    assert "since you opened this page" not in texts(app)
    app.text_area(key="answer-of-item-1-g0").input("It came back")
    press(app, "Keep item 1")
    assert agenda.get_meeting(number, by=leader).items[0].answer == "It came back"


def test_half_a_sentence_stays_while_another_item_is_kept_by_somebody_else(open_page: Open) -> None:
    leader = a_leader()
    number = a_meeting(leader)
    app = open_page(leader, ONE, meeting=str(number))
    app.text_area(key="there-of-attendance-1-g0").input("Managing Director")
    (item,) = agenda.get_meeting(number, by=leader).items
    minutes.minute_item(number, item.id, said=Minuted(answer="The firm left"), version=1, by=leader)
    minutes.add_item(number, question="A letter came", by=leader)
    minutes.save_attendance(number, attendance="All", apologies="", version=1, by=leader)
    press(app, "Keep who is there")
    assert "Someone else changed the meeting since you opened it" in texts(app)
    assert app.text_area(key="there-of-attendance-1-g0").value == "Managing Director"
    press(app, "Keep who is there")
    assert agenda.get_meeting(number, by=leader).meeting.attendance == "Managing Director"


def test_who_is_to_answer_and_when_is_seen_before_anything_is_decided(open_page: Open) -> None:
    leader = a_leader()
    number = a_meeting(leader)
    (item,) = agenda.get_meeting(number, by=leader).items
    asked = Minuted(owner_role="Head of Housing", due_on=date(2017, 12, 15))
    minutes.minute_item(number, item.id, said=asked, version=1, by=leader)
    app = open_page(a_user("colleague"), ONE, meeting=str(number))
    assert "Who: Head of Housing, by 15 December 2017" in texts(app)
    view = agenda.get_meeting(number, by=leader)
    assert dict(items.minuted_in_words(view.items[0], view)) == {"Who": "Head of Housing, by 15 December 2017"}


def test_who_only_reads_sees_the_minutes_and_no_forms(open_page: Open) -> None:
    leader = a_leader()
    number = a_meeting(leader)
    (item,) = agenda.get_meeting(number, by=leader).items
    minutes.carry_out(
        number,
        Kept(item_id=item.id, version=1, said=Minuted(answer="The firm left")),
        by=leader,
    )
    app = open_page(a_user("colleague"), ONE, meeting=str(number))
    assert "Answer: The firm left" in texts(app)
    assert [button.label for button in app.button] == ["Sign out"]
    member = open_page(a_user("member", Role.COUNCILLOR, "COUNCIL"), ONE, meeting=str(number))
    assert "The firm left" not in texts(member)


@pytest.mark.parametrize("query", [{}, {"meeting": "99"}, {"meeting": "abc"}])
def test_an_address_that_names_nothing_leads_back(query: dict[str, str], open_page: Open) -> None:
    app = open_page(a_leader(), ONE, **query)
    assert "There is no such meeting. Choose one from the list." in texts(app)


def test_the_memo_says_what_the_page_says() -> None:
    leader = a_leader()
    view = agenda.get_meeting(a_meeting(leader), by=leader)
    card = agenda.meeting_scorecard(view.meeting.id, by=leader)
    page = memo.memo(view, card, {"RELET": "Days to relet"}, council="Testing Council")
    made = docx.Document(BytesIO(review_memo.document(page)))
    said = [paragraph.text for paragraph in made.paragraphs]
    assert "1. Days to relet" in said
    assert view.items[0].fact in said
    assert made.tables[0].rows[1].cells[0].text == "Days to relet"


def test_a_question_is_worded_anew_or_taken_off_and_put_back_on_the_page(open_page: Open) -> None:
    leader = a_leader()
    number = a_meeting(leader)
    app = open_page(leader, ONE, meeting=str(number))
    first = agenda.get_meeting(number, by=leader).items[0].question
    app.selectbox(key=f"shape-{number}").select(1).run()
    app.text_area(key="question-of-shape-1-g0").input("What keeps the firm?")
    press(app, "Keep the question")
    assert not app.exception
    assert f"Asked before it was worded anew: {first}" in texts(app)
    assert "changed it since you opened this page" not in texts(app)

    press(app, "Take it off the memo")
    assert "Enter why it is taken off" in texts(app)
    app.text_input(key="because-of-shape-1-g1").input("For the next quarter")
    press(app, "Take it off the memo")
    assert not app.exception
    assert "0 of 0 items minuted" in texts(app)
    assert "Taken off. By Wider Leadership Team, COUNCIL: For the next quarter" in texts(app)
    assert "Keep item 1" not in [each.label for each in app.button]
    reader = a_user("reader")
    read = open_page(reader, ONE, meeting=str(number))
    assert "For the next quarter" in texts(read)
    assert [each.label for each in read.button] == ["Sign out"]

    press(app, "Put it back: Days to relet")
    assert "It is back on the memo." in texts(app)
    assert "Keep item 1" in [each.label for each in app.button]


def test_what_was_taken_off_and_worded_anew_stands_in_the_memo() -> None:
    leader = a_leader()
    number = a_meeting(leader)
    item = agenda.get_meeting(number, by=leader).items[0]
    other = minutes_of_two(number, leader)
    shaping.reword_item(number, item.id, question="What keeps the firm?", version=1, by=leader)
    shaping.drop_item(number, other, because="For the next quarter", version=1, by=leader)
    view = agenda.get_meeting(number, by=leader)
    card = agenda.meeting_scorecard(number, by=leader)
    page = memo.memo(view, card, {"RELET": "Days to relet"}, council="Testing Council")
    said = [each.text for each in docx.Document(BytesIO(review_memo.document(page))).paragraphs]
    assert f"Asked before it was worded anew: {item.question}" in said
    assert said.index("Taken off the memo") < said.index(
        "Taken off: By Wider Leadership Team, COUNCIL: For the next quarter"
    )
    assert said.count("Any other business") == 1  # as what the item was, beneath those taken off


def minutes_of_two(number: int, leader: User) -> int:
    return minutes.add_item(number, question="A letter came", by=leader)
