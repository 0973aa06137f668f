"""Which measures call for a plan is found behind the page: what was looked at is shown, and how many are to come."""

from datetime import timedelta

import pytest

from cycle.ground import memory
from cycle.ground.batches import AT_A_TIME
from cycle.revise.recovery import planning
from performance.ground.measures import Polarity
from performance.ground.people import User
from performance.ground.periods import Period
from tests.builders import RECORDED, a_user, add_council, add_figure, add_measure, add_target
from tests.rows_read import rows_read

OCTOBER = Period.month(2017, 10)
MANY = 2 * AT_A_TIME + 1
CODES = [f"M{number:02}" for number in range(MANY)]


@pytest.fixture
def manager(sqlite_database: str) -> User:
    """Whose service has more measures than are looked at at once; every second one is red for two months."""
    add_council()
    for place, code in enumerate(CODES):
        add_measure(code, unit="days", polarity=Polarity.LOWER)
        for month in (OCTOBER.previous, OCTOBER):
            add_target(code, month.iso, "20")
            add_figure(code, month.iso, "33" if place % 2 else "20")
    return a_user()


def _codes(by: User) -> list[str]:
    return [each.off.measure.code for each in planning.called_for(by=by).found]


def test_nobody_waits_for_more_measures_than_a_few(manager: User) -> None:
    first = planning.called_for(by=manager)
    assert (first.found, [each.code for each in first.to_come]) == ((), CODES)
    planning.look_for_calls(first.to_come[:AT_A_TIME], by=manager)
    then = planning.called_for(by=manager)
    assert [each.off.measure.code for each in then.found] == CODES[1:AT_A_TIME:2]
    assert [each.code for each in then.to_come] == CODES[AT_A_TIME:]
    planning.look_for_calls(then.to_come[:AT_A_TIME], by=manager)
    # What is left is not more than is looked at at once.
    assert planning.called_for(by=manager).to_come == ()
    assert _codes(manager) == CODES[1::2]


def test_it_is_what_is_found_with_nothing_kept(manager: User) -> None:
    planning.look_for_calls(planning.called_for(by=manager).to_come, by=manager)
    kept = planning.called_for(by=manager)
    memory.forget()
    planning.look_for_calls(planning.called_for(by=manager).to_come, by=manager)
    assert planning.called_for(by=manager) == kept


def test_a_figure_saved_meanwhile_is_read_by_whoever_comes_next(manager: User) -> None:
    planning.look_for_calls(planning.called_for(by=manager).to_come, by=manager)
    add_figure(CODES[0], OCTOBER.previous.iso, "40", revision=2, at=RECORDED + timedelta(days=1))
    add_figure(CODES[0], OCTOBER.iso, "40", revision=2, at=RECORDED + timedelta(days=1))
    with rows_read("figures") as read:
        assert CODES[0] in _codes(manager)
    assert {row[0] for row in read} == {CODES[0]}


def test_a_plan_opened_meanwhile_takes_its_measure_off_the_list(manager: User) -> None:
    planning.look_for_calls(planning.called_for(by=manager).to_come, by=manager)
    planning.open_plan(CODES[1], period=OCTOBER, cause="The contractor left", by=manager)
    found = planning.called_for(by=manager)
    assert found.to_come == ()
    assert CODES[1] not in _codes(manager)
