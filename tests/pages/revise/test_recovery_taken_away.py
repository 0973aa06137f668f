"""A recovery plan is taken away as its page shows it, at every point of its life, by whoever sees the page."""

from datetime import date
from decimal import Decimal
from io import BytesIO

import docx
import pytest
from pypdf import PdfReader
from sqlalchemy import text

from cycle.ground import memory
from cycle.revise.meetings import agenda, minutes
from cycle.revise.recovery import changes, decisions, planning, progress
from data_access.store.database import transaction
from performance.ground.organisation import Action
from performance.ground.people import Role
from performance.ground.periods import Period
from performance.revise.lessons import Verdict
from performance.revise.meetings import Minuted
from performance.revise.recovery_changes import Judgement
from tests.builders import a_user, add_figure
from tests.cycle.revise.recovery.test_planning import a_plan, a_red, an_agreed_plan
from tests.pages.conftest import Files, Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
ONE = "pages/revise/recovery_plan.py"
LABELS = ["Word", "PDF", "PowerPoint", "Excel"]


def in_word(files: Files) -> str:
    made = docx.Document(BytesIO(files["Word"]()))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(each.text for each in made.paragraphs), *cells])


def test_a_draft_says_what_is_known_and_that_nobody_agreed_it(open_page: Open, files: Files) -> None:
    plan_id = a_plan(a_red())
    app = open_page(a_user("policy", Role.POLICY_OFFICER, "COUNCIL"), ONE, plan=f"R-{plan_id:02d}")
    assert [each.label for each in app.get("download_button")] == LABELS
    said = in_word(files)
    for words in (
        f"R-{plan_id:02d}: Days to relet", "Borough of Testing", "Root cause: The contractor left",
        "33 days in October 2017, target 20 days", "Red for 2 months running", "There are no actions yet.",
        "Nobody has agreed it yet.", "Why: The contractor left",
    ):  # fmt: skip
        assert words in said, words


def test_an_agreed_one_has_its_path_its_actions_and_what_was_said(open_page: Open, files: Files) -> None:
    plan_id, manager, _ = an_agreed_plan()
    action = Action(id=0, action="Let the contract", responsible_role="Landlord", result="Sooner.",
                    starts_on=date(2017, 11, 1), ends_on=date(2017, 11, 5), effect=Decimal(-3))  # fmt: skip
    planning.add_action(plan_id, action=action, version=3, by=manager)
    progress.add_note(plan_id, month=Period.month(2017, 10), text="The tender is out", version=4, by=manager)
    add_figure("RELET", "2017-11", "28")
    open_page(manager, ONE, plan=str(plan_id))
    said = in_word(files)
    for words in (
        "November 2017: expected 25 days, actual 28 days, behind by 3 days.", "Sooner. Down by 3 days",
        "1 November 2017 to 5 November 2017", "Late by", "At most 25 days by November 2017", "The tender is out",
        "Not yet: On target 3 times running", "Behind by 3 days",
    ):  # fmt: skip
        assert words in said, words
    pages = PdfReader(BytesIO(files["PDF"]())).pages
    assert "The tender is out" in " ".join(" ".join(page.extract_text() for page in pages).split())


def test_a_judged_one_says_whether_it_worked_and_what_was_learnt(open_page: Open, files: Files) -> None:
    plan_id, manager, head = an_agreed_plan()
    decisions.close_plan(plan_id, kept_by_role="Landlord", because="The service moves", version=3, by=head)
    judged = Judgement(verdict=Verdict.NOT_PROVEN, what_worked="Two firms", what_did_not="", advice="Pay by the home")
    changes.change_plan(plan_id, judged, version=4, by=manager)
    open_page(manager, ONE, plan=str(plan_id))
    said = in_word(files)
    for words in ("Did it work?", "The service moves", "What worked: Two firms", "To another service: Pay by the home"):
        assert words in said, words


def test_what_meetings_made_of_it_stands_on_the_page_and_on_paper(open_page: Open, files: Files) -> None:
    plan_id, manager, _ = an_agreed_plan()
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    held = agenda.open_meeting("Q2", forum="Leadership", scope="corporate", held_on=date(2017, 11, 14), by=leader)
    (item,) = agenda.get_meeting(held, by=leader).items
    assert not [each for each in open_page(manager, ONE, plan=str(plan_id)).expander if "meetings" in each.label]
    said = Minuted(answer="Not yet", decision="Hire two", owner_role="Landlord", due_on=date(2017, 12, 12))
    minutes.minute_item(held, item.id, said=said, version=1, by=leader)
    app = open_page(manager, ONE, plan=str(plan_id))
    words = "Not yet. Decided: Hire two (Landlord, by 12 December 2017): not started."
    assert "What meetings asked and decided (1)" in [each.label for each in app.expander]
    assert words in texts(app)
    assert words in in_word(files)
    assert "Leadership, 14 November 2017" in in_word(files)


def test_a_file_in_which_small_counts_stand_says_who_may_see_it(open_page: Open, files: Files) -> None:
    plan_id, manager, _ = an_agreed_plan()
    with transaction() as session:
        session.execute(text("UPDATE measures SET counts_people = true"))
    memory.forget()
    open_page(manager, ONE, plan=str(plan_id))
    assert "Only those who may see small counts of people" in in_word(files)
    open_page(a_user("policy", Role.POLICY_OFFICER, "COUNCIL"), ONE, plan=str(plan_id))
    assert "Only those who may see" not in in_word(files)


def test_every_program_gets_a_file_and_a_draft_not_yet_opened_gives_none(open_page: Open, files: Files) -> None:
    manager = a_red()
    app = open_page(manager, ONE, measure="RELET")
    assert not app.get("download_button")
    open_page(manager, ONE, plan=str(a_plan(manager)))
    assert {label: files[label]()[:4] for label in LABELS} == {
        "Word": b"PK\x03\x04", "PDF": b"%PDF", "PowerPoint": b"PK\x03\x04", "Excel": b"PK\x03\x04",
    }  # fmt: skip


def test_those_who_do_not_see_plans_are_given_none(open_page: Open, files: Files) -> None:
    plan_id = a_plan(a_red())
    app = open_page(a_user("councillor", Role.COUNCILLOR, "COUNCIL"), ONE, plan=str(plan_id))
    assert not files
    assert not app.get("download_button")
