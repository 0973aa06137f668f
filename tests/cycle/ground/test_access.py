"""Signing in: throttled, revocable, and asked of the database every time."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import bcrypt
import pytest

import settings
from cycle.admin import accounts
from cycle.ground import access, passwords
from data_access.council.people import save_password
from data_access.council.settings_store import save_setting
from data_access.models import PersonRow, SignInAttemptRow
from data_access.store.database import reading, transaction
from performance.admin.throttle import FIRST_WAIT, FREE_TRIES, REMEMBERED
from performance.ground.people import NotAllowedError, Permission, Role, User
from tests.builders import PASSWORD, a_user, add_council
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_both")


def check(password: str, hashed: str) -> bool:
    return bcrypt.checkpw(password.encode(), hashed.encode())


def sign_in(
    username: str = "manager", password: str = PASSWORD, address: str = "10.0.0.1", browser: str | None = None
) -> str:
    return access.sign_in(username, password, address=address, browser=browser, check=check).username


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


def wrong_tries(number: int, *, username: str = "manager", ago: timedelta = timedelta(0), **where: str) -> None:
    at = datetime.now(UTC) - ago
    with transaction() as session:
        session.add_all(
            SignInAttemptRow(
                username=username.format(n), at=at, succeeded=False,
                address=where.get("address", f"10.9.{n % 250}.1"), browser=where.get("browser"),
            )
            for n in range(number)
        )  # fmt: skip


@pytest.mark.parametrize("username", ["manager", "nobody", "disabled"])
def test_wrong_tries_from_many_addresses_make_every_name_wait_alike(username: str) -> None:
    add_council()
    a_user()
    a_user("disabled")
    accounts.disable_user("disabled")
    said = []
    for number in range(20):
        with pytest.raises(access.SignInRefusedError) as refusal:
            sign_in(username, "wrong", address=f"10.0.0.{number}")
        said.append("do not match" in str(refusal.value))
    assert said == [True] * FREE_TRIES + [False] * 15
    assert rows_of("SELECT count(*) FROM sign_in_attempts") == [(FREE_TRIES,)]
    with pytest.raises(access.SignInRefusedError, match="Too many wrong tries"):
        sign_in(username, address="10.0.1.1")


def test_a_thousand_guesses_from_two_hundred_addresses_are_hardly_looked_at() -> None:
    add_council()
    a_user()
    looked_at = []
    for number in range(1000):
        with pytest.raises(access.SignInRefusedError):
            access.sign_in(
                "manager", f"guess {number}", address=f"10.0.{number // 5}.1", browser=None,
                check=lambda guess, _: bool(looked_at.append(guess)),
            )  # fmt: skip
    assert len(looked_at) <= 10


def test_a_hundred_guesses_at_once_count_as_a_hundred() -> None:
    add_council()
    a_user()

    def guess(number: int) -> bool:
        try:
            access.sign_in("manager", "x", address=f"10.0.0.{number}", browser=None, check=lambda *_: False)
        except access.SignInRefusedError as refusal:
            return "do not match" in str(refusal)
        return True

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(guess, range(100))) == FREE_TRIES


def test_a_guesser_does_not_keep_out_whoever_signed_in_at_this_browser_lately() -> None:
    add_council()
    a_user()
    assert sign_in(browser="mine") == "manager"
    wrong_tries(50)
    for browser in (None, "another"):
        with pytest.raises(access.SignInRefusedError, match="Too many"):
            sign_in(browser=browser)
    assert sign_in(browser="mine") == "manager"
    wrong_tries(FREE_TRIES, browser="mine")
    with pytest.raises(access.SignInRefusedError, match="Too many"):
        sign_in(browser="mine")


def test_a_browser_is_known_for_so_many_days_and_for_its_own_person_alone() -> None:
    add_council()
    a_user()
    a_user("other")
    sign_in("other", browser="mine")
    with transaction() as session:
        old = datetime.now(UTC) - timedelta(days=settings.SIGN_IN.known_days, minutes=1)
        session.add(SignInAttemptRow(username="manager", address="x", at=old, succeeded=True, browser="mine"))
    wrong_tries(50)
    with pytest.raises(access.SignInRefusedError, match="Too many"):
        sign_in(browser="mine")


def test_the_wait_ends_and_what_was_long_ago_does_not_count() -> None:
    add_council()
    a_user()
    wrong_tries(FREE_TRIES, ago=FIRST_WAIT + timedelta(seconds=1))
    assert sign_in() == "manager"
    wrong_tries(90, ago=REMEMBERED + timedelta(seconds=1))
    assert sign_in() == "manager"


def test_wrong_tries_at_the_names_of_others_keep_nobody_at_the_address_out() -> None:
    add_council()
    a_user()
    for number in range(31):
        a_user(f"colleague{number}")
    wrong_tries(31, username="colleague{}", address="10.0.0.1")
    assert sign_in() == "manager"


def test_an_address_that_tries_names_there_are_not_learns_nothing_and_lets_in_whoever_is_at_home_there() -> None:
    add_council()
    a_user()
    a_user("new")
    assert sign_in() == "manager"
    wrong_tries(settings.SIGN_IN.unknown_names_per_address, username="name{}", address="10.0.0.1")
    for username, password in (("manager", "wrong"), ("new", "wrong"), ("new", PASSWORD), ("nobody", "wrong")):
        with pytest.raises(access.SignInRefusedError, match="Too many wrong tries"):
            sign_in(username, password)
    assert sign_in() == "manager"
    assert sign_in("new", address="10.0.0.2") == "new"


def test_what_is_refused_costs_the_same_whether_or_not_there_is_such_an_account() -> None:
    add_council()
    a_user()
    wrong_tries(settings.SIGN_IN.unknown_names_per_address, username="name{}", address="10.0.0.1")
    checked = []
    for username in ("manager", "nobody"):
        with pytest.raises(access.SignInRefusedError):
            access.sign_in(
                username, "x", address="10.0.0.1", browser=None,
                check=lambda guess, _: bool(checked.append(guess)),
            )  # fmt: skip
    assert len(checked) == 2


def test_a_disabled_person_cannot_sign_in_and_loses_the_session_they_had() -> None:
    add_council()
    user = a_user()
    accounts.disable_user("manager")
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
        with pytest.raises(NotAllowedError, match="sign off returns for SOCIAL"):
            access.demand(session, director, Permission.APPROVE_RETURNS, at="SOCIAL")


def test_a_new_account_gets_a_one_time_password_that_is_written_nowhere() -> None:
    add_council()
    password = accounts.add_user("newcomer", name="BI officer", email="bi@example.org", roles=["bi_team@COUNCIL"])
    assert access.sign_in("newcomer", password, address="10.0.0.1", browser=None, check=check).must_change_password
    assert password not in str(rows_of("SELECT * FROM people")) + str(rows_of("SELECT * FROM audit_events"))


def given_ago(username: str, ago: timedelta) -> None:
    with transaction() as session:
        session.get_one(PersonRow, username).one_time_since = datetime.now(UTC) - ago


def test_a_one_time_password_ends_72_hours_after_it_was_given() -> None:
    add_council()
    password = accounts.add_user("newcomer", name="BI officer", email="", roles=["bi_team@COUNCIL"])
    given_ago("newcomer", timedelta(hours=71, minutes=59))
    user = sign_in_as("newcomer", password)
    given_ago("newcomer", timedelta(hours=72))
    with pytest.raises(access.SignInRefusedError, match="Ask whoever runs this app for a new one"):
        sign_in_as("newcomer", password)
    with pytest.raises(access.SignInRefusedError, match="do not match"):
        sign_in_as("newcomer", "not that one")
    with pytest.raises(access.SignInRefusedError, match="Ask whoever runs this app for a new one"):
        access.change_password(password, "three random words", check=check, by=user)
    again = accounts.reset_password("newcomer")
    renewed = access.change_password(again, "three random words", check=check, by=sign_in_as("newcomer", again))
    assert not renewed.must_change_password
    given_ago("newcomer", timedelta(hours=200))
    assert sign_in_as("newcomer", "three random words").username == "newcomer"


def test_a_one_time_password_of_which_nobody_knows_when_it_was_given_has_ended() -> None:
    add_council()
    password = accounts.add_user("newcomer", name="BI officer", email="", roles=["bi_team@COUNCIL"])
    with transaction() as session:
        session.get_one(PersonRow, "newcomer").one_time_since = None
    with pytest.raises(access.SignInRefusedError, match="Ask whoever runs this app for a new one"):
        sign_in_as("newcomer", password)


def test_a_one_time_password_does_not_become_the_password_with_something_added() -> None:
    add_council()
    password = accounts.add_user("newcomer", name="BI officer", email="", roles=["bi_team@COUNCIL"])
    user = sign_in_as("newcomer", password)
    for new in (password, f"{password} ", f"!{password}2026", password.upper().replace("-", ""), password[:-2] + "xy"):
        with pytest.raises(passwords.WeakPasswordError, match="must differ from the present one"):
            access.change_password(password, new, check=check, by=user)


def sign_in_as(username: str, password: str) -> User:
    return access.sign_in(username, password, address="10.0.0.1", browser=None, check=check)


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
    with pytest.raises(accounts.AccountError, match=said):
        accounts.add_user("newcomer", name="x", email="", roles=roles)
    assert rows_of("SELECT * FROM people") == []


def test_a_password_longer_than_bcrypt_reads_counts_to_its_last_letter() -> None:
    hashed = passwords.hash_password("a" * 100, rounds=4)
    assert check(passwords.prepared("a" * 100), hashed)
    assert not check(passwords.prepared("a" * 99 + "b"), hashed)


def make_it_a_demonstration(*names: str, answer: str = "yes", of: str = "manager") -> None:
    """Names the accounts; one of them has the published password."""
    with transaction() as session:
        save_setting(session, name="demonstration", value=answer)
        save_setting(session, name="demonstration_accounts", value="|".join(names))
        hashed = passwords.hash_password(passwords.OF_THE_DEMONSTRATION, rounds=4)
        save_password(session, username=of, password_hash=hashed, one_time_since=None)


def enter(username: str = "manager", *, address: str = "10.0.0.1") -> str:
    return access.enter_demonstration(username, address=address, browser=None, check=check).username


def attempts_on_record() -> list[tuple[object, ...]]:
    return [tuple(row) for row in rows_of("SELECT username, succeeded FROM sign_in_attempts ORDER BY id")]


def test_in_a_demonstration_one_click_signs_in_and_is_counted_as_any_signing_in() -> None:
    add_council()
    a_user()
    make_it_a_demonstration("manager")
    assert [each.username for each in access.list_demonstration_accounts()] == ["manager"]
    assert enter() == "manager"
    assert attempts_on_record() == [("manager", True)]


@pytest.mark.parametrize("answer", ["no", "", "YES"])
def test_outside_a_demonstration_nobody_is_let_in_at_a_click_whatever_their_password(answer: str) -> None:
    add_council()
    a_user()
    make_it_a_demonstration("manager", answer=answer)
    assert access.list_demonstration_accounts() == []
    with pytest.raises(access.SignInRefusedError, match="without a password of their own"):
        enter()
    assert attempts_on_record() == []


@pytest.mark.parametrize("username", ["other", "nobody", ""])
def test_only_those_the_sign_in_page_names_are_let_in_at_a_click(username: str) -> None:
    add_council()
    a_user()
    a_user("other")
    make_it_a_demonstration("manager", "gone")
    with pytest.raises(access.SignInRefusedError, match="without a password of their own"):
        enter(username)


def test_who_is_disabled_or_has_a_password_of_their_own_is_not_let_in_at_a_click() -> None:
    add_council()
    a_user()
    make_it_a_demonstration("manager")
    with transaction() as session:
        hashed = passwords.hash_password("three random words", rounds=4)
        save_password(session, username="manager", password_hash=hashed, one_time_since=None)
    a_user("other")
    make_it_a_demonstration("manager", "other", of="other")
    assert [each.username for each in access.list_demonstration_accounts()] == ["other"]
    for _ in range(FREE_TRIES + 1):  # a click that cannot succeed is no try, however often it is made
        with pytest.raises(access.SignInRefusedError, match="without a password of their own"):
            enter()
    assert attempts_on_record() == []
    assert sign_in(password="three random words") == "manager"
    accounts.disable_user("other")
    assert access.list_demonstration_accounts() == []
    with pytest.raises(access.SignInRefusedError, match="without a password of their own"):
        enter("other")


def test_clicks_wait_after_too_many_wrong_tries_as_typing_does() -> None:
    add_council()
    a_user()
    make_it_a_demonstration("manager")
    wrong_tries(FREE_TRIES)
    with pytest.raises(access.SignInRefusedError, match="Too many wrong tries"):
        enter()
