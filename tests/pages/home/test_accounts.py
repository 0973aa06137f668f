"""An administrator's Home: what is wrong with accounts and signing in, and the command for each."""

from datetime import UTC, datetime, timedelta

import pytest

from cycle.admin import accounts
from cycle.home import front
from data_access.council import people
from data_access.models import SignInAttemptRow
from data_access.store.database import transaction
from performance.ground.people import Role, User
from tests.builders import a_user, add_council
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE = "pages/home/today.py"
A_SECRET = "correct horse battery"


def an_administrator() -> User:
    add_council()
    return a_user("admin", Role.ADMINISTRATOR, "COUNCIL")


def wrong_tries(username: str, many: int) -> None:
    with transaction() as session:
        at = datetime.now(UTC) - timedelta(seconds=1)
        session.add_all(
            SignInAttemptRow(username=username, at=at, succeeded=False, address="10.0.0.1") for _ in range(many)
        )


def test_with_nothing_wrong_it_says_so_and_lists_every_role_in_words(open_page: Open) -> None:
    app = open_page(an_administrator(), PAGE)
    assert not app.exception
    found = texts(app)
    assert "Nothing is wrong with an account or a role." in found
    assert "No try to sign in failed in the last 7 days." in found
    assert "1 account: 1 can sign in." in found
    assert found.count("Nobody") >= len(Role)
    assert "None" not in found


def test_what_is_wrong_stands_with_its_command_and_what_was_typed_nowhere(open_page: Open) -> None:
    admin = an_administrator()
    a_user("ann")
    accounts.add_user("bare", name="<b>Bare</b> one", email="", roles=[])
    wrong_tries("ann", 6)
    wrong_tries(A_SECRET, 2)
    app = open_page(admin, PAGE)
    found = texts(app)
    assert "&lt;b&gt;Bare&lt;/b&gt; one (bare)" in found
    assert "<code>.venv/bin/python manage.py user give-role bare ROLE@UNIT</code>" in found
    assert "<code>.venv/bin/python manage.py user reset-password ann</code>" in found
    assert "Held back until" in found
    assert "2 under names that no account has, from 1 address" in found
    assert A_SECRET not in found
    (first,) = [each for each in app.get("page_link") if each.proto.label.startswith("See what was done")]
    assert first.proto.label == "See what was done at the account ann"
    step = front.front(by=admin).first
    assert step is not None
    assert step.address == "audit?find=ann"


@pytest.mark.parametrize(("many", "folded"), [(6, ""), (7, "2 more"), (300, "295 more")])
def test_more_than_six_are_folded_after_five(many: int, folded: str, open_page: Open) -> None:
    admin = an_administrator()
    with transaction() as session:
        for number in range(many):
            people.add_person(session, username=f"p{number:03}", name="One", email="", password_hash="x", roles=[],
                              one_time_since=None)  # fmt: skip
    found = texts(open_page(admin, PAGE))
    assert f"Without a role: {many}" in found
    assert ("295 more" in found or "2 more" in found) is bool(folded)
    assert folded in found


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.ADMINISTRATOR])
def test_nobody_else_is_told_of_accounts(role: Role, open_page: Open) -> None:
    an_administrator()
    assert "Tries to sign in" not in texts(open_page(a_user("somebody", role, "COUNCIL"), PAGE))
