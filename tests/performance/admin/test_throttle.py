"""Guessing is slowed down enough, and mistyping hardly."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from performance.admin.throttle import FREE_TRIES, LONGEST_WAIT, REMEMBERED, must_wait, wait_after

START = datetime(2017, 11, 10, 9, tzinfo=UTC)


def test_the_first_tries_cost_nothing_and_then_the_wait_doubles_to_its_longest() -> None:
    waits = [wait_after(count) / timedelta(seconds=1) for count in range(12)]
    assert waits == [0, 0, 0, 0, 0, 30, 60, 120, 240, 300, 300, 300]
    assert wait_after(10**9) == LONGEST_WAIT


def test_nobody_waits_before_a_wrong_try_and_exactly_at_its_end_the_wait_is_over() -> None:
    assert not must_wait(0, last=None, now=START)
    assert not must_wait(FREE_TRIES - 1, last=START, now=START)
    end = START + wait_after(FREE_TRIES)
    assert must_wait(FREE_TRIES, last=START, now=end - timedelta(microseconds=1))
    assert not must_wait(FREE_TRIES, last=START, now=end)


@given(st.lists(st.integers(0, 3600), min_size=1, max_size=120))
def test_however_the_guesses_are_spread_no_more_than_ten_in_five_minutes_are_looked_at(pauses: list[int]) -> None:
    now, looked_at = START, [START]
    for pause in [0] * 5 + pauses + [1] * 1200:
        now += timedelta(seconds=pause)
        counted = [each for each in looked_at if each >= now - REMEMBERED]
        if not must_wait(len(counted), last=max(counted, default=None), now=now):
            looked_at.append(now)
    for start in looked_at:
        assert sum(start <= each < start + timedelta(minutes=5) for each in looked_at) <= 10
    assert all(first <= second for first, second in pairwise(looked_at))
