"""What an administrator's Home is told: of real rows on both databases, in as many questions however many accounts."""

from datetime import UTC, date, datetime, timedelta

import pytest

from cycle.admin import accounts
from cycle.home.accounts_now import AccountsNow, accounts_now
from data_access.council import people
from data_access.models import PersonRow, SignInAttemptRow
from data_access.plan import tree
from data_access.store.database import transaction
from performance.ground.dated import Recording
from performance.ground.organisation import Action, NodeKind, PlanNode
from performance.ground.people import NotAllowedError, Role, User
from tests.builders import RECORDED, a_user, add_council, add_measure, it_is
from tests.rows_read import questions_asked

pytestmark = pytest.mark.usefixtures("database_on_both")
A_SECRET = "correct horse battery"


def an_administrator() -> User:
    add_council()
    return a_user("admin", Role.ADMINISTRATOR, "COUNCIL")


def a_try(username: str, *, ago: timedelta = timedelta(0), succeeded: bool = False, address: str = "10.0.0.1") -> None:
    with transaction() as session:
        at = datetime.now(UTC) - ago
        session.add(SignInAttemptRow(username=username, at=at, succeeded=succeeded, address=address))


def labels(found: AccountsNow, title: str) -> list[str]:
    return [each.label for group in found.to_put_right if group.title == title for each in group.matters]


def test_a_council_with_an_administrator_alone_has_nothing_to_put_right() -> None:
    found = accounts_now(by=an_administrator())
    assert (found.in_words, found.to_put_right, found.tried) == ("1 account: 1 can sign in.", (), ())
    assert found.tried_in_words == "No try to sign in failed in the last 7 days."
    assert found.unnamed == "1 objective, 1 outcome and 1 priority"


def test_who_may_not_administer_is_refused_also_the_bi_team_that_reads_the_audit_trail() -> None:
    an_administrator()
    for role in (Role.BI_TEAM, Role.LEADERSHIP, Role.EMPLOYEE):
        with pytest.raises(NotAllowedError):
            accounts_now(by=a_user(role.value, role, "COUNCIL"))


def test_accounts_without_a_role_or_a_password_of_their_own_are_told_apart() -> None:
    admin = an_administrator()
    a_user("left")
    accounts.disable_user("left")
    accounts.add_user("new", name="New one", email="", roles=["employee@WASTE"])
    accounts.add_user("bare", name="Bare one", email="", roles=[])
    accounts.add_user("slow", name="Slow one", email="", roles=["employee@WASTE"])
    with transaction() as session:
        session.get_one(PersonRow, "slow").one_time_since = datetime.now(UTC) - timedelta(hours=72)
    found = accounts_now(by=admin)
    assert found.in_words == (
        "5 accounts: 2 can sign in, 1 is shut, 2 cannot, for want of a role or of a password that holds."
    )
    assert labels(found, "Without a role") == ["Bare one (bare)"]
    assert labels(found, "Never used") == ["Slow one (slow)", "New one (new)"]


def test_roles_that_end_within_thirty_days_of_the_councils_own_day() -> None:
    admin = an_administrator()
    a_user("ann")
    for unit, last in (("WASTE", date(2017, 12, 10)), ("HOUSING", date(2017, 12, 11)), ("SOCIAL", date(2017, 11, 9))):
        with transaction() as session:
            people.add_holding(session, username="ann", role=Role.DEPUTY, unit_code=unit,
                               first_day=date(2017, 11, 1), last_day=last)  # fmt: skip
    (ends,) = labels(accounts_now(by=admin), "Roles that end soon")
    assert "Waste and recycling, until 10 December 2017 (30 days left)" in ends
    it_is(date(2017, 12, 11))
    (ends,) = labels(accounts_now(by=admin), "Roles that end soon")
    assert "Housing, until 11 December 2017 (today)" in ends


def test_what_a_unit_owns_while_nobody_is_in_charge_of_it() -> None:
    admin = an_administrator()
    add_measure("BINS", owner_role="Manager")
    add_measure("OLD", owner_role="Manager", active_to=date(2017, 3, 31))
    add_measure("RENT", unit_code="HOUSING")
    with transaction() as session:
        recording = Recording(by="import", at=RECORDED, effective_on=date(2017, 4, 1))
        plan = PlanNode(code="P1", title="Rounds", kind=NodeKind.PLAN, unit_code="WASTE", owner_role="Manager")
        tree.save_nodes(session, nodes=[plan], recording=recording)
        session.flush()
        hire = Action(id=0, action="Hire", measure_code="BINS", responsible_role="Manager", result="Fewer")
        tree.save_actions(session, actions=[hire], recording=recording)
    found = accounts_now(by=admin)
    told = {each.name: each.owns for each in found.unowned}
    assert told == {"Waste and recycling": "1 measure, 1 plan and 1 action", "Housing": "1 measure"}
    a_user()
    accounts.give_role("manager", "head@HOUSING")
    assert accounts_now(by=admin).unowned == ()


def test_what_names_no_owner_is_counted() -> None:
    admin = an_administrator()
    add_measure("BINS", owner_role=" ")
    a_user()
    assert accounts_now(by=admin).unnamed.startswith("1 measure, 1 objective")


def test_wrong_tries_are_of_accounts_and_a_name_that_none_has_is_never_told() -> None:
    admin = an_administrator()
    a_user("ann")
    for _ in range(5):
        a_try("ann")
    a_try("ann", ago=timedelta(days=2))
    a_try("ann", ago=timedelta(days=8))
    a_try("ann", succeeded=True)
    a_try(A_SECRET)
    a_try(A_SECRET, address="10.0.0.2")
    found = accounts_now(by=admin)
    ((tries),) = found.tries
    assert (tries.account.username, tries.many, tries.counted) == ("ann", 6, 5)
    assert [each.username for each in found.held_back] == ["ann"]
    assert (found.strangers.many, found.strangers.addresses) == (2, 2)
    assert A_SECRET not in repr(found)


def test_a_shut_account_is_not_among_those_held_back() -> None:
    admin = an_administrator()
    a_user("ann")
    accounts.disable_user("ann")
    for _ in range(9):
        a_try("ann")
    found = accounts_now(by=admin)
    assert found.held_back == ()
    assert "the account is shut" in found.tried[0].detail


def test_whether_somebody_signed_in_is_as_long_as_it_is_remembered() -> None:
    admin = an_administrator()
    a_try("admin", succeeded=True, ago=timedelta(days=31))
    assert [each.signed_in for each in accounts_now(by=admin).everyone] == [False]
    a_try("admin", succeeded=True, ago=timedelta(days=29))
    assert [each.signed_in for each in accounts_now(by=admin).everyone] == [True]


def test_several_hundred_accounts_are_asked_for_in_as_many_questions_as_one() -> None:
    admin = an_administrator()
    accounts_now(by=admin)
    with questions_asked() as of_one:
        accounts_now(by=admin)
    with transaction() as session:
        for number in range(400):
            name = f"person{number:03}"
            people.add_person(session, username=name, name=name, email="", password_hash="x",
                              roles=[(Role.EMPLOYEE, "WASTE")], one_time_since=datetime.now(UTC))  # fmt: skip
            session.add(SignInAttemptRow(username=name, at=datetime.now(UTC), succeeded=False, address="10.0.0.9"))
    accounts_now(by=admin)
    with questions_asked() as of_many:
        found = accounts_now(by=admin)
    assert len(of_many) == len(of_one) <= 12
    assert (len(found.tries), len(labels(found, "Never used"))) == (400, 400)
