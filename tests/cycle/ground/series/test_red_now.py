"""Red now: one rule, and so one count on Home, on the golden thread and on a scorecard of now."""

import random
from datetime import UTC, date, datetime

import pytest

from cycle.home import desk
from cycle.plan import thread
from cycle.review import readings
from performance.ground.measures import Polarity
from performance.ground.people import Role, User
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.rag import Rag, Standing
from tests.builders import a_user, add_council, add_figure, add_measure, add_target

pytestmark = pytest.mark.usefixtures("database_on_one")
EVERY_MONTH = [f"2017-{month:02}" for month in range(4, 12)]


def a_leader() -> User:
    return a_user("leader", Role.LEADERSHIP, "COUNCIL")


def reds(by: User) -> dict[str, list[str]]:
    """What each page counts as red, by code."""
    standing = desk.home(by=by).standing
    assert standing is not None
    card = readings.scorecard(None, "corporate", by=by)
    found = thread.golden_thread(by=by)
    strands = [*found.loose, *(each for top in found.branches for branch in top.walk() for each in branch.strands)]
    return {
        "home": sorted(line.measure.code for line in standing.now.red),
        "thread": sorted(each.measure.code for each in strands if each.rag is Rag.RED),
        "scorecard": sorted(each.measure.code for each in card.of_standings([Standing.RED]).entries),
        "counted": sorted(line.measure.code for line in readings.standing_now("corporate", by=by).red),
    }


def same_everywhere(by: User) -> list[str]:
    found = reds(by)
    assert len({tuple(each) for each in found.values()}) == 1, found
    assert thread.golden_thread(by=by).counts.get(Standing.RED, 0) == len(found["home"])
    return found["home"]


def add_red(code: str, period: str) -> None:
    add_figure(code, period, "30")
    add_target(code, period, "10")


def test_a_figure_that_is_not_in_takes_nothing_away_from_the_last_there_is() -> None:
    add_council()
    for code, lag in (("LATE", 1), ("SLOW", 60)):
        add_measure(code, polarity=Polarity.LOWER, lag_days=lag)
        add_red(code, "2017-08")
    assert same_everywhere(a_leader()) == ["LATE", "SLOW"]


def test_each_figure_is_held_against_the_target_of_its_own_period() -> None:
    add_council()
    add_measure("BINS", polarity=Polarity.LOWER)
    add_red("BINS", "2017-08")
    add_target("BINS", "2017-09", "40")
    add_target("BINS", "2017-10", "40")
    assert same_everywhere(a_leader()) == ["BINS"]


def test_what_is_no_longer_asked_for_is_not_red_now_and_neither_is_what_has_not_ended() -> None:
    add_council()
    add_measure("GONE", polarity=Polarity.LOWER, active_to=date(2017, 9, 30))
    add_measure("EARLY", polarity=Polarity.LOWER)
    add_red("GONE", "2017-09")
    add_red("EARLY", "2017-11")
    assert same_everywhere(a_leader()) == []


def test_a_year_and_a_month_stand_side_by_side_each_in_its_newest() -> None:
    add_council()
    add_measure("YEARLY", polarity=Polarity.LOWER, frequency=Frequency.YEARLY)
    add_measure("MONTHLY", polarity=Polarity.LOWER)
    add_red("YEARLY", "2016/17")
    add_red("MONTHLY", "2017-10")
    leader = a_leader()
    assert same_everywhere(leader) == ["MONTHLY", "YEARLY"]
    card = readings.scorecard(None, "corporate", by=leader)
    assert {each.measure.code: each.line.period.in_words for each in card.entries} == {
        "YEARLY": "2016/17",
        "MONTHLY": "October 2017",
    }


def test_a_part_of_the_council_counts_by_the_same_rule() -> None:
    add_council()
    add_measure("BINS", polarity=Polarity.LOWER)
    add_measure("CARE", polarity=Polarity.LOWER, unit_code="SOCIAL")
    add_red("BINS", "2017-08")
    add_red("CARE", "2017-09")
    manager = a_user("social", unit="SOCIAL")
    found = desk.home(by=manager).standing
    assert found is not None
    assert (found.scope, found.now.in_words) == ("SOCIAL", "1 of 1 rated measure")
    (entry,) = readings.scorecard(None, "SOCIAL", by=a_leader()).entries
    assert (entry.measure.code, entry.line.rag) == ("CARE", Rag.RED)


def test_a_scorecard_of_a_month_shows_the_last_figure_marked_as_such() -> None:
    add_council()
    add_measure("BINS", polarity=Polarity.LOWER, lag_days=60)
    add_red("BINS", "2017-08")
    (entry,) = readings.scorecard(Period.month(2017, 10), "corporate", by=a_leader()).entries
    assert entry.line.rag is Rag.NOT_DUE
    assert entry.last is not None
    assert (entry.last.period, entry.last.rag) == (Period.month(2017, 8), Rag.RED)


def test_a_day_in_the_past_counts_by_what_was_known_then() -> None:
    add_council()
    add_measure("BINS", polarity=Polarity.LOWER)
    add_red("BINS", "2017-09")
    add_figure("BINS", "2017-09", "5", revision=2, at=datetime(2017, 11, 8, 9, tzinfo=UTC))
    leader, then = a_leader(), datetime(2017, 11, 5, 23, 59, tzinfo=UTC)
    assert same_everywhere(leader) == []
    assert thread.golden_thread(on=then.date(), by=leader).counts[Standing.RED] == 1
    assert len(readings.standing_now("corporate", as_known_at=then, by=leader).red) == 1


@pytest.mark.parametrize("seed", range(6))
def test_whatever_is_in_and_whatever_is_missing_the_counts_agree(seed: int) -> None:
    """Random councils: lags, gaps, reasons, retired measures, figures without targets."""
    chance = random.Random(seed)  # noqa: S311 - councils, not secrets
    add_council()
    for number in range(8):
        code = f"M{number}"
        ended = date(2017, chance.randint(6, 12), 15) if chance.random() < 0.3 else None
        add_measure(code, polarity=Polarity.LOWER, lag_days=chance.choice((1, 20, 70)), active_to=ended)
        for month in EVERY_MONTH:
            if chance.random() < 0.6:
                add_figure(code, month, str(chance.randint(1, 20)))
            if chance.random() < 0.8:
                add_target(code, month, "10")
    same_everywhere(a_leader())
