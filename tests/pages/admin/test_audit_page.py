"""The audit trail as the administrator and the BI team read it."""

import re

import pytest
from sqlalchemy import text

from data_access.council.settings_store import get_now
from data_access.store import database
from data_access.store.audit import add_event
from data_access.store.database import transaction
from performance.ground.people import Role
from tests.builders import a_user, add_council, add_measure, vouch
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE = "pages/admin/audit.py"


def add_events(many: int) -> None:
    with transaction() as session:
        for number in range(many):
            add_event(session, at=get_now(session), username="someone", verb="do", subject=f"thing {number}")


def test_before_anything_was_done_the_page_says_so(open_page: Open) -> None:
    add_council()
    app = open_page(a_user("admin", Role.ADMINISTRATOR, "COUNCIL"), PAGE)
    assert "Nothing has been done yet." in texts(app)


def test_signing_off_is_called_so_and_found_by_the_word_it_was_recorded_under(open_page: Open) -> None:
    add_council()
    with transaction() as session:
        add_event(session, at=get_now(session), username="head", verb="approve return", subject="WASTE 2017-09-01/P1M")
    app = open_page(a_user("bi", Role.BI_TEAM, "COUNCIL"), PAGE, what="approve return")
    assert not app.exception
    assert "Sign off return" in texts(app)
    assert "pprove" not in texts(app)


def test_a_whole_record_says_so_and_shows_its_seal(open_page: Open) -> None:
    add_council()
    add_events(3)
    app = open_page(a_user("bi", Role.BI_TEAM, "COUNCIL"), PAGE)
    assert not app.exception
    assert "The record is whole: 3 events" in texts(app)
    assert len(app.code[0].value) == 64
    assert re.findall(r"thing \d", texts(app)) == ["thing 2", "thing 1", "thing 0"]


def test_a_record_that_was_changed_is_said(open_page: Open) -> None:
    add_council()
    add_events(3)
    with database.engine().begin() as connection:
        for (trigger,) in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")).all():
            connection.execute(text(f"DROP TRIGGER {trigger}"))
        connection.execute(text("UPDATE audit_events SET subject = 'another thing' WHERE sequence = 2"))
    app = open_page(a_user("admin", Role.ADMINISTRATOR, "COUNCIL"), PAGE)
    assert "The record has been tampered with." in texts(app)
    assert not app.code


def test_the_trail_is_looked_through_by_whom_by_deed_and_by_words(open_page: Open) -> None:
    add_council()
    add_measure("BINS", title="Missed collections")
    with transaction() as session:
        for number in range(60):
            add_event(session, at=get_now(session), username="someone", verb="do", subject=f"thing {number}")
        add_event(
            session, at=get_now(session), username="operator", verb="save figure", subject="BINS 2017-09-01/P1M",
            before={"value": "12"}, after={"value": "13"},
        )  # fmt: skip
    analyst = a_user("bi", Role.BI_TEAM, "COUNCIL")
    app = open_page(analyst, PAGE, find="missed")
    assert not app.exception
    for words in ("Server operator", "Missed collections (BINS), September 2017", "value: from 12 to 13"):
        assert words in texts(app)
    assert ">thing 5" not in texts(app)
    app = open_page(analyst, PAGE, who="someone", what="do")
    assert re.findall(r"thing (\d+)<", texts(app)) == [str(number) for number in range(59, 9, -1)]
    assert re.findall(r"thing (\d+)<", texts(open_page(analyst, PAGE, who="someone", before="11"))) == [
        str(number) for number in range(9, -1, -1)
    ]
    assert "Nothing like that has been done." in texts(open_page(analyst, PAGE, find="nowhere"))


def test_another_choice_begins_with_the_newest_again(open_page: Open) -> None:
    add_council()
    add_events(60)
    app = open_page(a_user("bi", Role.BI_TEAM, "COUNCIL"), PAGE, before="20")
    assert "thing 59" not in texts(app)
    app.selectbox(key="pick_what").set_value("do").run()
    assert "thing 59" in texts(app)


def test_verifying_names_a_row_that_no_event_left_so(open_page: Open) -> None:
    add_council()
    analyst = a_user("bi", Role.BI_TEAM, "COUNCIL")
    add_events(1)
    vouch()
    app = open_page(analyst, PAGE)
    app.button(key="verify_audit").click().run()
    assert "every row is as its event left it" in texts(app)
    with database.engine().begin() as connection:
        connection.execute(text("UPDATE people SET password_hash = 'x' WHERE username = 'bi'"))
    app.button(key="verify_audit").click().run()
    assert "What does not hold: " in texts(app)
    assert "people" in texts(app)
