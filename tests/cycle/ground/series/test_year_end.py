"""What is expected at year end stands apart: a scorecard is read without it, and then it is worked out."""

from dataclasses import replace

import pytest

from components.review.scorecard import money, table
from components.review.scorecard.folds import Group
from cycle.ground import memory
from cycle.ground.batches import AT_A_TIME, in_batches
from cycle.ground.series import forecasting
from cycle.ground.series.scoring import Scorecard
from cycle.review import readings
from performance.ground.people import Role, User
from performance.ground.periods import Period
from tests.builders import a_user, add_council, add_figure, add_measure, add_target

MANY = AT_A_TIME + 3
CODES = [f"M{number:02}" for number in range(MANY)]
NOW = Period.month(2017, 9)


@pytest.fixture
def leader(sqlite_database: str) -> User:
    """Who reads a council of more measures than are worked out at once, each with eight months of figures."""
    add_council()
    for place, code in enumerate(CODES):
        add_measure(code, unit="pounds")
        add_target(code, NOW.iso, "9")
        for back in range(8):
            add_figure(code, NOW.shifted(-back).iso, str(9 + (place + back) % 3))
    return a_user("leader", Role.LEADERSHIP)


def _expected(card: Scorecard) -> dict[str, object]:
    return {each.measure.code: each.outlook and each.outlook.forecast for each in card.entries}


def test_a_scorecard_is_read_before_its_year_end_is_worked_out_and_has_it_afterwards(leader: User) -> None:
    first = readings.scorecard_so_far(NOW, "corporate", by=leader)
    assert first.to_come == set(CODES)
    assert set(_expected(first).values()) == {None}
    for few in in_batches(first.waiting):
        readings.look_ahead(first, few, by=leader)
    then = readings.scorecard_so_far(NOW, "corporate", by=leader)
    assert not then.to_come
    assert None not in _expected(then).values()
    assert then is readings.scorecard(NOW, "corporate", by=leader)
    assert then.entries == tuple(
        replace(each, outlook=then.entries[place].outlook) for place, each in enumerate(first.entries)
    )


def test_who_breaks_it_off_finds_what_was_done_by_then(leader: User) -> None:
    first = readings.scorecard_so_far(None, "corporate", by=leader)
    readings.look_ahead(first, first.waiting[:AT_A_TIME], by=leader)
    then = readings.scorecard_so_far(None, "corporate", by=leader)
    # What is left is not more than is worked out at once.
    assert not then.to_come


def test_after_a_figure_was_saved_its_line_does_not_come_later(leader: User) -> None:
    before = readings.scorecard(NOW, "corporate", by=leader)
    add_figure(CODES[0], NOW.iso, "90", revision=2)
    then = readings.scorecard_so_far(NOW, "corporate", by=leader)
    assert not then.to_come
    assert {code for code, found in _expected(then).items() if found != _expected(before)[code]} == {CODES[0]}


def test_what_came_in_while_it_was_worked_out_is_in_it(leader: User) -> None:
    first = readings.scorecard_so_far(None, "corporate", by=leader)
    add_figure(CODES[0], NOW.following.iso, "50")
    for few in in_batches(first.waiting):
        readings.look_ahead(first, few, by=leader)
    then = readings.scorecard_so_far(None, "corporate", by=leader)
    memory.forget()
    assert _expected(then) == _expected(readings.scorecard(None, "corporate", by=leader))


def test_only_the_lines_shown_are_waited_for(leader: User) -> None:
    first = readings.scorecard_so_far(NOW, "corporate", by=leader)
    assert first.of_kinds(["statutory"]).to_come == frozenset()
    narrowed = first.of_kinds([first.entries[0].measure.content_kind.value])
    assert narrowed.to_come == set(CODES)


def test_every_layout_says_what_is_still_to_come(leader: User) -> None:
    first = readings.scorecard_so_far(NOW, "corporate", by=leader)
    group = Group(title="", entries=first.entries)
    for drawn in (table.as_html(first, group, by_perspective=False), money.as_html(first, group)):
        assert drawn.count("being worked out") == MANY
    whole = readings.scorecard(NOW, "corporate", by=leader)
    group = Group(title="", entries=whole.entries)
    for drawn in (table.as_html(whole, group, by_perspective=False), money.as_html(whole, group)):
        assert "being worked out" not in drawn


def test_what_changed_forecasts_nothing(leader: User) -> None:
    before = forecasting._forecast.cache_info().misses
    readings.what_changed(NOW, "corporate", by=leader)
    assert forecasting._forecast.cache_info().misses == before
