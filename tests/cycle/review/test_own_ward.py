"""A councillor's own ward: chosen once, kept with the account, theirs alone to choose."""

import pytest

from cycle.review import own_ward
from data_access.council.areas import AreaNotFoundError
from performance.ground.people import NotAllowedError, Role, User
from tests.builders import WARDS, a_user, add_council, add_figure, add_measure
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_both")


def councillors() -> tuple[User, User]:
    add_council()
    add_measure("TIPS")
    for ward in WARDS[:2]:
        add_figure("TIPS", "2017-09", "7", area=ward)
    return a_user("one", Role.COUNCILLOR, "COUNCIL"), a_user("other", Role.COUNCILLOR, "COUNCIL")


def test_nobody_has_a_ward_before_they_choose_one_and_each_has_their_own() -> None:
    one, other = councillors()
    assert own_ward.own_ward(by=one).profile is None
    own_ward.choose_own_ward(WARDS[0], by=one)
    own_ward.choose_own_ward(WARDS[1], by=other)
    own_ward.choose_own_ward(WARDS[0], by=one)
    assert [own_ward.find_own_ward(by=each) for each in (one, other)] == [WARDS[0], WARDS[1]]
    found = [own_ward.own_ward(by=each).profile for each in (one, other)]
    assert [profile and profile.ward.code for profile in found] == list(WARDS[:2])
    assert set(rows_of("SELECT verb, username, subject FROM audit_events")) == {
        ("choose own ward", "one", "one"), ("choose own ward", "other", "other"),
    }  # fmt: skip


def test_a_ward_without_figures_is_nobodys() -> None:
    one, _ = councillors()
    with pytest.raises(AreaNotFoundError):
        own_ward.choose_own_ward(WARDS[4], by=one)
    assert own_ward.own_ward(by=one).profile is None


def test_who_sees_no_wards_has_none() -> None:
    councillors()
    administrator = a_user("admin", Role.ADMINISTRATOR, "COUNCIL")
    for act in (lambda: own_ward.own_ward(by=administrator), lambda: own_ward.choose_own_ward("X", by=administrator)):
        with pytest.raises(NotAllowedError):
            act()
