"""Accounts in words: what is wrong with each, what comes first, and the command that puts it right."""

from datetime import UTC, date, datetime, timedelta

import pytest

from performance.ground.people import Role
from performance.home.accounts import (
    Account,
    Post,
    Strangers,
    Tries,
    by_role,
    can_sign_in,
    ending,
    never_used,
    tried,
    tried_in_words,
    without_role,
)

TODAY, NOW = date(2017, 11, 10), datetime(2026, 3, 4, 12, tzinfo=UTC)
UNITS = {"WASTE": "Waste and recycling"}


def a_post(role: Role = Role.HEAD, *, first: date | None = None, last: date | None = None) -> Post:
    return Post(role=role, unit_code="WASTE", first_day=first, last_day=last)


def an_account(username: str = "ann", *, posts: tuple[Post, ...] = (a_post(),), **fields: bool) -> Account:
    return Account(username=username, name=username.capitalize(), posts=posts, **fields)


@pytest.mark.parametrize(
    ("account", "can"),
    [
        pytest.param(an_account(), True, id="a role without an end"),
        pytest.param(an_account(posts=(a_post(last=TODAY),)), True, id="a role's last day"),
        pytest.param(an_account(posts=(a_post(last=TODAY - timedelta(1)),)), False, id="the day after a role's last"),
        pytest.param(an_account(posts=(a_post(first=TODAY + timedelta(1)),)), False, id="the day before a role begins"),
        pytest.param(an_account(posts=()), False, id="no role"),
        pytest.param(an_account(is_shut=True), False, id="shut"),
        pytest.param(an_account(has_one_time=True), True, id="a one-time password that holds"),
        pytest.param(an_account(has_one_time=True, one_time_has_ended=True), False, id="one that has ended"),
    ],
)
def test_who_can_sign_in(account: Account, can: bool) -> None:
    assert can_sign_in(account, on=TODAY) is can


def test_each_role_stands_once_and_who_holds_it_twice_counts_once() -> None:
    twice = an_account(posts=(a_post(), a_post(), a_post(Role.BI_TEAM)), signed_in=True)
    found = {each.role: each for each in by_role((twice, an_account("bob"), an_account("out", is_shut=True)), on=TODAY)}
    assert list(found) == list(Role)
    assert (found[Role.HEAD].accounts, found[Role.HEAD].signed_in) == (2, 1)
    assert (found[Role.BI_TEAM].accounts, found[Role.BI_TEAM].signed_in) == (1, 1)
    assert (found[Role.COUNCILLOR].accounts, found[Role.COUNCILLOR].signed_in) == (0, 0)


def test_without_a_role_is_an_open_account_with_none_today_and_a_role_to_come_is_said() -> None:
    begins = an_account("bob", posts=(a_post(first=date(2017, 12, 1)),))
    found = list(without_role((an_account(), an_account("none", posts=()), begins,
                               an_account("out", posts=(), is_shut=True)), on=TODAY))  # fmt: skip
    assert [(each.label, each.detail) for each in found] == [
        ("None (none)", ""), ("Bob (bob)", "Its role begins on 1 December 2017.")
    ]  # fmt: skip
    assert found[0].command == ".venv/bin/python manage.py user give-role none ROLE@UNIT"


def test_an_ended_one_time_password_comes_first_and_one_that_holds_needs_no_command() -> None:
    holds = an_account("holds", has_one_time=True)
    ended = an_account("o'neil & sons", has_one_time=True, one_time_has_ended=True)
    shut = an_account("out", has_one_time=True, one_time_has_ended=True, is_shut=True)
    bare = an_account("bare", has_one_time=True, posts=())
    first, second = never_used((an_account(), holds, ended, shut, bare), on=TODAY)
    assert first.command == """.venv/bin/python manage.py user reset-password 'o'"'"'neil & sons'"""
    assert (second.label, second.command) == ("Holds (holds)", "")


@pytest.mark.parametrize(
    ("days", "said"),
    [(-1, []), (0, ["today"]), (1, ["1 day left"]), (30, ["30 days left"]), (31, [])],
)
def test_a_role_ends_soon_from_its_last_day_back_to_thirty_days_before(days: int, said: list[str]) -> None:
    found = list(ending((an_account(posts=(a_post(last=TODAY + timedelta(days)),)),), units=UNITS, on=TODAY))
    assert [each.label.partition("(")[2].rpartition("(")[2].rstrip(")") for each in found] == said


def test_the_nearest_end_comes_first_and_a_deputy_is_for_a_head_to_name() -> None:
    later, sooner = TODAY + timedelta(9), TODAY + timedelta(2)
    people = (an_account(posts=(a_post(last=later),)), an_account("bob", posts=(a_post(Role.DEPUTY, last=sooner),)),
              an_account("out", posts=(a_post(last=sooner),), is_shut=True))  # fmt: skip
    deputy, head = ending(people, units=UNITS, on=TODAY)
    assert deputy.label == "Bob (bob): Deputy who signs off, Waste and recycling, until 12 November 2017 (2 days left)"
    assert (deputy.command, "Sign-off" in deputy.detail) == ("", True)
    assert head.command == ".venv/bin/python manage.py user give-role ann head@WASTE"


def tries(many: int, *, ago: timedelta = timedelta(seconds=1), counted: int | None = None, **fields: bool) -> Tries:
    account = an_account(f"user{many}", **fields)
    return Tries(account=account, many=many, last=NOW - ago, counted=many if counted is None else counted)


@pytest.mark.parametrize(
    ("found", "until"),
    [
        pytest.param(tries(4), None, id="four tries cost nothing"),
        pytest.param(tries(5), NOW + timedelta(seconds=29), id="after five half a minute"),
        pytest.param(tries(5, ago=timedelta(seconds=30)), None, id="until it is over"),
        pytest.param(tries(50), NOW + timedelta(seconds=299), id="after many five minutes"),
        pytest.param(tries(50, counted=4), None, id="those of hours ago count no more"),
    ],
)
def test_until_when_an_account_is_held_back(found: Tries, until: datetime | None) -> None:
    assert found.held_until(NOW) == until


def test_held_back_comes_first_then_the_most_tries_each_with_its_reason() -> None:
    found = list(tried((tries(3), tries(9, counted=0, is_shut=True), tries(6)), now=NOW))
    assert [each.label for each in found] == [
        "User6 (user6): 6 wrong tries", "User9 (user9): 9 wrong tries", "User3 (user3): 3 wrong tries"
    ]  # fmt: skip
    assert "Held back until" in found[0].detail
    assert "the account is shut." in found[1].detail
    assert found[1].command == ""
    assert found[2].command == ".venv/bin/python manage.py user reset-password user3"


def test_tries_are_counted_by_reason_and_strangers_by_address() -> None:
    assert tried_in_words((), Strangers()) == "No try to sign in failed in the last 7 days."
    ended = tries(2, has_one_time=True, one_time_has_ended=True)
    assert tried_in_words((tries(1), tries(3), ended), Strangers(many=1, addresses=1)) == (
        "In the last 7 days 7 tries to sign in failed: 4 where the password was wrong; 2 where its one-time password"
        " has ended; 1 under names that no account has, from 1 address."
    )
    assert tried_in_words((tries(1),), Strangers()) == (
        "In the last 7 days 1 try to sign in failed: 1 where the password was wrong."
    )
