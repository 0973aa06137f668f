"""Who may do what, and where."""

import pytest

from performance.ground.organisation import units_below
from performance.ground.people import PERMISSIONS, Holding, NotAllowedError, Permission, Role, User, roles_that_may

UNITS = [("COUNCIL", None), ("PLACE", "COUNCIL"), ("WASTE", "PLACE"), ("PEOPLE", "COUNCIL")]


def who(role: Role, unit_code: str) -> User:
    return User(
        username="someone",
        name="Someone",
        holdings=(Holding(role=role, unit_code=unit_code, covers=units_below(unit_code, UNITS)),),
    )


def test_a_role_covers_its_unit_and_all_below() -> None:
    director = who(Role.HEAD, "PLACE")
    assert director.may(Permission.APPROVE_RETURNS, at="WASTE")
    assert not director.may(Permission.APPROVE_RETURNS, at="PEOPLE")
    assert director.units_where(Permission.APPROVE_RETURNS) == {"PLACE", "WASTE"}


@pytest.mark.parametrize(
    ("role", "permission"),
    [
        pytest.param(Role.ADMINISTRATOR, Permission.ENTER_FIGURES, id="an administrator may not change figures"),
        pytest.param(Role.COUNCILLOR, Permission.VIEW_SCORECARDS, id="a councillor sees no officers' scorecard"),
        pytest.param(Role.LEADERSHIP, Permission.ENTER_FIGURES, id="a leader may not enter figures"),
        pytest.param(Role.SERVICE_MANAGER, Permission.APPROVE_RETURNS, id="a service manager may not approve"),
        pytest.param(Role.SERVICE_MANAGER, Permission.AGREE_TARGETS, id="a service manager may not agree targets"),
    ],
)
def test_what_a_role_may_not(role: Role, permission: Permission) -> None:
    assert not who(role, "COUNCIL").may(permission)


def test_everyone_may_sign_in_and_every_permission_is_someones() -> None:
    assert all(Permission.SIGN_IN in held for held in PERMISSIONS.values())
    assert frozenset().union(*PERMISSIONS.values()) == set(Permission)


def test_a_refusal_says_who_can() -> None:
    refusal = str(NotAllowedError(Permission.AGREE_TARGETS, at="WASTE"))
    assert refusal == "You may not agree targets for WASTE. Ask: head of service or director."


def test_the_roles_that_may_are_those_an_account_is_given() -> None:
    assert roles_that_may(Permission.APPROVE_RETURNS) == (Role.HEAD,), "a deputy's is for a head to give"
    assert roles_that_may(Permission.VIEW_AUDIT) == (Role.BI_TEAM, Role.ADMINISTRATOR)
    assert all(roles_that_may(each) for each in Permission)


def test_a_loop_of_units_ends_where_it_began() -> None:
    assert units_below("A", [("A", "B"), ("B", "A")]) == {"A", "B"}
