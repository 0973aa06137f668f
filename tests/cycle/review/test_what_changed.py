"""What changed on a scorecard, which ambers may turn red, and pages read as known at a past moment."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from cycle.review import readings
from performance.ground.measures import Polarity
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from tests.builders import WARDS, a_user, add_council, add_figure, add_measure, add_target

pytestmark = pytest.mark.usefixtures("database_on_one")
AUGUST, SEPTEMBER, OCTOBER = (Period.month(2017, month) for month in (8, 9, 10))


def moment(day: int, month: int = 10) -> datetime:
    return datetime(2017, month, day, 23, 59, 59, tzinfo=UTC)


def a_leader() -> User:
    return a_user("leader", Role.LEADERSHIP, "COUNCIL")


def bins(figures: dict[str, str], target: str = "10") -> None:
    add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER)
    for month, value in figures.items():
        add_figure("BINS", month, value, at=datetime(2017, 10, 1, tzinfo=UTC))
        add_target("BINS", month, target, decided_at=datetime(2017, 4, 1, tzinfo=UTC))


def test_a_status_that_moved_is_said_with_both_figures() -> None:
    add_council()
    bins({"2017-08": "9", "2017-09": "30"})
    found = readings.what_changed(SEPTEMBER, "corporate", by=a_leader())
    (moved,) = found.moved
    assert (moved.before.line.rag, moved.now.line.rag) == (Rag.GREEN, Rag.RED)
    assert (moved.before.line.value, moved.now.line.value) == (9, 30)
    assert (found.unusual, found.late) == ((), ())


@pytest.mark.parametrize(
    ("was", "now", "is_so"), [(("48", "40"), ("47", "50"), True), (("48", "40"), ("39", "50"), False)]
)
def test_a_status_that_only_the_target_moved_is_known_as_such(
    was: tuple[str, str], now: tuple[str, str], is_so: bool
) -> None:
    add_council()
    add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER)
    for month, (value, target) in (("2017-08", was), ("2017-09", now)):
        add_figure("BINS", month, value, at=datetime(2017, 10, 1, tzinfo=UTC))
        add_target("BINS", month, target, decided_at=datetime(2017, 4, 1, tzinfo=UTC))
    (moved,) = readings.what_changed(SEPTEMBER, "corporate", by=a_leader()).moved
    assert (moved.now.line.rag, moved.is_by_target_alone) == (Rag.GREEN, is_so)


def test_a_status_that_stays_is_no_change() -> None:
    add_council()
    bins({"2017-08": "9", "2017-09": "8"})
    assert readings.what_changed(SEPTEMBER, "corporate", by=a_leader()).is_nothing


def test_a_figure_that_is_late_now_and_was_not_before() -> None:
    add_council()
    bins({"2017-08": "9"})
    leader = a_leader()
    found = readings.what_changed(SEPTEMBER, "corporate", by=leader)
    assert [each.measure.code for each in found.late] == ["BINS"]
    assert not readings.what_changed(OCTOBER, "corporate", by=leader).late


def test_a_real_change_is_newly_unusual_once() -> None:
    add_council()
    flat = {f"2016-{month:02d}": str(10 + month % 2) for month in range(1, 13)}
    bins(
        flat | {f"2017-{month:02d}": str(10 + month % 2) for month in range(1, 8)} | {"2017-08": "30", "2017-09": "30"}
    )
    leader = a_leader()
    assert [each.measure.code for each in readings.what_changed(AUGUST, "corporate", by=leader).unusual] == ["BINS"]
    assert not readings.what_changed(SEPTEMBER, "corporate", by=leader).unusual


def test_a_correction_is_said_with_what_it_was_who_and_when() -> None:
    add_council()
    bins({"2017-08": "9"})
    a_user("clerk")
    add_figure("BINS", "2017-08", "12", revision=2, by="clerk", at=datetime(2017, 10, 20, tzinfo=UTC))
    leader = a_leader()
    (found,) = readings.what_changed(SEPTEMBER, "corporate", by=leader).corrected
    assert (found.before.value, found.now.value, found.by) == (9, 12, "Service manager, WASTE")
    assert not readings.what_changed(OCTOBER, "corporate", as_known_at=moment(19), by=leader).corrected


def test_the_same_period_at_two_moments() -> None:
    add_council()
    bins({"2017-08": "9"})
    add_figure("BINS", "2017-08", "12", revision=2, at=datetime(2017, 10, 20, tzinfo=UTC))
    leader = a_leader()
    found = readings.difference(AUGUST, "corporate", then=moment(19), by=leader)
    (moved,) = found.moved
    assert (moved.before.line.value, moved.now.line.value, moved.now.line.rag) == (9, 12, Rag.RED)
    (corrected,) = found.corrected
    assert (corrected.before.value, corrected.now.value) == (9, 12)
    assert readings.difference(AUGUST, "corporate", then=moment(19), as_known_at=moment(19), by=leader).is_nothing
    before = readings.difference(AUGUST, "corporate", then=moment(30, 9), as_known_at=moment(19), by=leader)
    assert [each.now.line.value for each in before.moved] == [9]


def test_a_page_as_known_at_a_past_moment_has_the_figure_of_then_and_the_day_of_then() -> None:
    add_council()
    bins({"2017-08": "9", "2017-09": "8"})
    add_figure("BINS", "2017-08", "12", revision=2, at=datetime(2017, 10, 20, tzinfo=UTC))
    leader = a_leader()
    then, now = (readings.measure_page("BINS", as_known_at=at, by=leader) for at in (moment(19), None))
    assert [each.number for each in then.figures] == [9, 8]
    assert [each.number for each in now.figures] == [12, 8]
    assert [each.revision for each in then.revisions] == [1, 1]
    assert (then.today.isoformat(), now.today.isoformat()) == ("2017-10-19", "2017-11-10")
    (entry,) = readings.scorecard(AUGUST, "corporate", as_known_at=moment(30, 9), by=leader).entries
    assert entry.line.rag is Rag.NOT_PROVIDED


def test_wards_as_known_at_a_past_moment() -> None:
    add_council()
    add_measure("BINS", title="Missed bins")
    for ward in WARDS:
        add_figure("BINS", "2017-08", "9", area=ward, at=datetime(2017, 10, 1, tzinfo=UTC))
    add_figure("BINS", "2017-08", "12", area=WARDS[0], revision=2, at=datetime(2017, 10, 20, tzinfo=UTC))
    by = a_user("councillor", Role.COUNCILLOR, "COUNCIL")
    then, now = (readings.ward_map("BINS", AUGUST, as_known_at=at, by=by) for at in (moment(19), None))
    assert ([each.value for each in then.wards], now.wards[0].value) == ([9] * 6, 12)


def test_ambers_are_ranked_by_their_chance_of_red() -> None:
    add_council()
    for code, step in (("STEADY", 0), ("FALLING", -1)):
        add_measure(code, title=code.capitalize())
        for place in range(36):
            month = Period.month(2014, 10).shifted(place).iso
            add_figure(code, month, str(98 + (place * 7) % 3 - 1 + (step * place) // 5))
            add_target(code, month, "100" if code == "STEADY" else "95")
    found = readings.ambers_to_watch("corporate", by=a_leader())
    assert [each.line.measure.code for each in found.ranked] == ["FALLING", "STEADY"]
    chances = [each.turning.chance for each in found.ranked if each.turning]
    assert chances[0] > Decimal("0.2") > chances[1]
    assert all(each.turning and each.turning.target_is_assumed for each in found.ranked)


def test_an_amber_with_too_little_history_is_listed_and_said_so() -> None:
    add_council()
    add_measure("NEW", title="New")
    add_figure("NEW", "2017-09", "98")
    add_target("NEW", "2017-09", "100")
    leader = a_leader()
    found = readings.ambers_to_watch("corporate", by=leader)
    assert (len(found.ranked), [each.line.measure.code for each in found.unknown]) == (0, ["NEW"])
    assert readings.forecasts_tried(found.measures, by=leader)["NEW"].percent is None


def test_a_scorecard_says_what_is_usual_and_what_is_expected_at_the_years_end() -> None:
    add_council()
    add_measure("STEADY", title="Steady")
    for place in range(36):
        add_figure("STEADY", Period.month(2014, 10).shifted(place).iso, str(98 + (place * 7) % 3 - 1))
    add_target("STEADY", "2017/18", "1200")
    (entry,) = readings.scorecard(SEPTEMBER, "corporate", by=a_leader()).entries
    assert entry.variation is not None
    assert not entry.variation.is_special
    assert entry.outlook is not None
    assert entry.outlook.target is not None
    assert 1160 < entry.outlook.forecast.value < 1190
    assert (entry.outlook.rag, entry.outlook.chance_in_words) == (Rag.AMBER, "under 1% chance")
