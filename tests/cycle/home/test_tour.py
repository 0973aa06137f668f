"""The tour of a first visit: each person's own to close and to open again, and on record."""

import pytest

from cycle.admin import accounts
from cycle.ground.access import SignedOutError
from cycle.home import tour
from performance.ground.people import Role
from tests.builders import a_user, add_council
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_both")


def events() -> list[tuple[object, ...]]:
    return [tuple(row) for row in rows_of("SELECT verb, username, subject FROM audit_events ORDER BY sequence")]


def test_it_is_open_until_the_person_closes_it_and_again_once_they_ask() -> None:
    add_council()
    one, other = a_user("one"), a_user("other", Role.COUNCILLOR, "COUNCIL")
    assert tour.is_open(by=one)
    tour.close_tour(by=one)
    assert not tour.is_open(by=one)
    assert tour.is_open(by=other)
    tour.open_tour(by=one)
    assert tour.is_open(by=one)
    assert events() == [("close the tour", "one", "one"), ("open the tour", "one", "one")]


def test_closing_it_in_a_second_tab_changes_nothing_and_is_no_second_event() -> None:
    add_council()
    one = a_user("one")
    tour.open_tour(by=one)
    for _ in range(2):
        tour.close_tour(by=one)
    assert not tour.is_open(by=one)
    assert events() == [("close the tour", "one", "one")]


def test_who_is_shut_out_closes_and_opens_nothing() -> None:
    add_council()
    one = a_user("one")
    accounts.disable_user("one")
    for act in (tour.is_open, tour.close_tour, tour.open_tour):
        with pytest.raises(SignedOutError):
            act(by=one)
    assert [verb for verb, *_ in events()] == ["disable account"]
