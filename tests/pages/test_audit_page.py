"""The audit trail as the administrator and the BI team read it."""

import re

import pytest
from sqlalchemy import text

from data_access import database
from data_access.audit import add_event
from data_access.database import transaction
from data_access.settings_store import get_now
from performance.people import Role
from tests.builders import a_user, add_council
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
