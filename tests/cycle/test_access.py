"""Signing in: throttled, revocable, and asked of the database every time."""

from datetime import UTC, datetime, timedelta

import bcrypt
import pytest

import settings
from cycle import access, administer, passwords
from data_access.database import reading, transaction
from data_access.models import SignInAttemptRow
from performance.people import NotAllowedError, Permission, Role
from tests.builders import PASSWORD, a_user, add_council
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_both")


def check(password: str, hashed: str) -> bool:
    return bcrypt.checkpw(password.encode(), hashed.encode())


def sign_in(username: str = "manager", password: str = PASSWORD, address: str = "10.0.0.1") -> str:
    return access.sign_in(username, password, address=address, check=check).username


def test_the_right_password_signs_in_whatever_the_case_of_the_name() -> None:
    add_council()
    a_user()
    assert sign_in(" MANAGER ") == "manager"


@pytest.mark.parametrize("username", ["manager", "nobody"])
def test_a_wrong_password_and_an_unknown_name_are_refused_alike(username: str) -> None:
    add_council()
    a_user()
    with pytest.raises(access.SignInRefusedError, match="do not match"):
        sign_in(username, "wrong")


def test_after_five_wrong_tries_even_the_right_password_waits_but_not_from_elsewhere() -> None:
    add_council()
    a_user()
    for _ in range(settings.SIGN_IN.failures_per_account):
        with pytest.raises(access.SignInRefusedError, match="do not match"):
            sign_in(password="wrong")
    with pytest.raises(access.SignInRefusedError, match="Too many wrong tries"):
        sign_in()
    assert sign_in(address="10.0.0.2") == "manager"


def test_the_wait_ends_when_the_window_has_passed() -> None:
    add_council()
    a_user()
    long_ago = datetime.now(UTC) - timedelta(minutes=settings.SIGN_IN.window_minutes + 1)
    with transaction() as session:
        session.add_all(
            SignInAttemptRow(username="manager", address="10.0.0.1", at=long_ago, succeeded=False) for _ in range(9)
        )
    assert sign_in() == "manager"


def test_one_address_trying_many_names_is_stopped() -> None:
    add_council()
    a_user()
    with transaction() as session:
        session.add_all(
            SignInAttemptRow(username=f"name{n}", address="10.0.0.1", at=datetime.now(UTC), succeeded=False)
            for n in range(settings.SIGN_IN.failures_per_address)
        )
    with pytest.raises(access.SignInRefusedError, match="Too many"):
        sign_in()


def test_a_disabled_person_cannot_sign_in_and_loses_the_session_they_had() -> None:
    add_council()
    user = a_user()
    administer.disable_user("manager")
    with pytest.raises(access.SignInRefusedError):
        sign_in()
    assert access.find_user("manager", session_epoch=user.session_epoch) is None
    with pytest.raises(access.SignedOutError), reading() as session:
        access.demand(session, user, Permission.SIGN_IN)


def test_signing_out_ends_every_copy_of_the_cookie() -> None:
    add_council()
    user = a_user()
    access.sign_out(by=user)
    assert access.find_user("manager", session_epoch=user.session_epoch) is None
    assert sign_in() == "manager"


def test_a_password_change_ends_other_sessions_and_needs_the_present_password() -> None:
    add_council()
    user = a_user()
    with pytest.raises(access.SignInRefusedError, match="present password"):
        access.change_password("wrong", "three random words", check=check, by=user)
    with pytest.raises(passwords.WeakPasswordError, match="between 12 and 128"):
        access.change_password(PASSWORD, "short", check=check, by=user)
    renewed = access.change_password(PASSWORD, "three random words", check=check, by=user)
    assert access.find_user("manager", session_epoch=user.session_epoch) is None
    assert access.find_user("manager", session_epoch=renewed.session_epoch) is not None


def test_a_role_reaches_the_units_below_and_no_further() -> None:
    add_council()
    director = a_user("director", Role.HEAD, "PLACE")
    with reading() as session:
        access.demand(session, director, Permission.APPROVE_RETURNS, at="WASTE")
        with pytest.raises(NotAllowedError, match="approve returns for SOCIAL"):
            access.demand(session, director, Permission.APPROVE_RETURNS, at="SOCIAL")


def test_a_new_account_gets_a_one_time_password_that_is_written_nowhere() -> None:
    add_council()
    password = administer.add_user("newcomer", name="BI officer", email="bi@example.org", roles=["bi_team@COUNCIL"])
    assert access.sign_in("newcomer", password, address="10.0.0.1", check=check).must_change_password
    assert password not in str(rows_of("SELECT * FROM people")) + str(rows_of("SELECT * FROM audit_events"))


@pytest.mark.parametrize(
    ("roles", "said"),
    [
        (["king@COUNCIL"], '"king" is not a role'),
        (["head@NOWHERE"], '"NOWHERE" is not a unit'),
        (["deputy@COUNCIL"], "A deputy is named by the head of service, on Sign-off"),
    ],
    ids=["an unknown role", "an unknown unit", "a role for a time"],
)
def test_a_wrong_role_is_refused_and_no_account_is_made(roles: list[str], said: str) -> None:
    add_council()
    with pytest.raises(administer.AccountError, match=said):
        administer.add_user("newcomer", name="x", email="", roles=roles)
    assert rows_of("SELECT * FROM people") == []


def test_a_password_longer_than_bcrypt_reads_counts_to_its_last_letter() -> None:
    hashed = passwords.hash_password("a" * 100, rounds=4)
    assert check(passwords.prepared("a" * 100), hashed)
    assert not check(passwords.prepared("a" * 99 + "b"), hashed)
