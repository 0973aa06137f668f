"""An operator gives a role, moves its last day and takes it away; each is put down."""

from datetime import date

import pytest

from cycle.admin import accounts
from cycle.admin.accounts import AccountError
from data_access.council.people import PersonNotFoundError
from tests.builders import a_user, add_council, it_is
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_both")


def held() -> dict[str, tuple[str, ...]]:
    return {each.username: each.roles for each in accounts.list_users()}


def events() -> list[tuple[object, ...]]:
    return rows_of("SELECT verb, subject, after FROM audit_events ORDER BY sequence")


def test_a_role_is_given_from_today_and_ended_from_today() -> None:
    add_council()
    a_user("ann")
    accounts.give_role(" ANN ", "head@PLACE")
    assert held()["ann"] == ("service_manager@WASTE", "head@PLACE")
    accounts.end_role("ann", "head@PLACE")
    assert held()["ann"] == ("service_manager@WASTE",)
    to = '{"role": "head", "to": "", "unit": "PLACE"}'
    assert events() == [("give role", "ann", to), ("end role", "ann", "")]
    (before,) = rows_of("SELECT before FROM audit_events WHERE verb = 'end role'")
    assert before == ('{"role": "head", "unit": "PLACE"}',)


def test_a_role_that_is_held_goes_on_to_another_day_or_without_an_end() -> None:
    add_council()
    a_user("ann")
    accounts.give_role("ann", "head@PLACE", until=date(2017, 11, 10))
    accounts.give_role("ann", "head@PLACE", until=date(2017, 12, 31))
    it_is(date(2017, 12, 31))
    assert "head@PLACE" in held()["ann"]
    accounts.give_role("ann", "head@PLACE")
    it_is(date(2018, 6, 1))
    assert "head@PLACE" in held()["ann"]
    assert rows_of("SELECT count(*) FROM role_holdings WHERE username = 'ann'") == [(2,)]


@pytest.mark.parametrize(
    ("text", "until", "says"),
    [
        ("service_manager@WASTE", None, "holds service_manager@WASTE already, without an end"),
        ("head@PLACE", date(2017, 11, 9), "2017-11-10 or later"),
        ("deputy@PLACE", None, "named by the head of service"),
        ("mayor@PLACE", None, "is not a role"),
        ("head@NOWHERE", None, "is not a unit"),
    ],
)
def test_what_is_no_role_or_held_already_is_refused_and_nothing_put_down(
    text: str, until: date | None, says: str
) -> None:
    add_council()
    a_user("ann")
    with pytest.raises(AccountError, match=says):
        accounts.give_role("ann", text, until=until)
    assert events() == []


def test_a_role_that_is_not_held_is_not_ended_and_nobody_is_given_none() -> None:
    add_council()
    a_user("ann")
    with pytest.raises(AccountError, match="does not hold"):
        accounts.end_role("ann", "head@PLACE")
    with pytest.raises(PersonNotFoundError):
        accounts.give_role("nobody", "head@PLACE")
    assert events() == []
