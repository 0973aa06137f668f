"""Process limits set anew by a person, with a reason: who may, from when, what it changes, and how it is taken back."""

from datetime import UTC, date, datetime

import pytest

from cycle.review import readings, rebases
from data_access.review.rebases import RebaseNotFoundError
from data_access.store.audit import list_events
from data_access.store.database import reading
from performance.ground.measures import Accumulation
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.ground.reckoning.spc import PointType
from tests.builders import a_user, add_council, add_figure, add_measure

pytestmark = pytest.mark.usefixtures("database_on_one")
DAY = date(2016, 10, 1)


def analyst() -> User:
    return a_user("analyst", Role.BI_TEAM, "COUNCIL")


def calls(**fields: object) -> None:
    """Eighteen months about 97, then twelve about 88: one real change."""
    add_council()
    add_measure("CALLS", title="Calls answered", **fields)
    for place in range(30):
        month = Period.month(2015, 4).shifted(place).iso
        add_figure("CALLS", month, str(96 + (place * 7) % 3 - (9 if place > 17 else 0)))


def kind(by: User, at: datetime | None = None) -> PointType | None:
    process = readings.measure_page("CALLS", as_known_at=at, by=by).process
    return process.latest.kind if process else None


def test_from_the_day_on_only_later_figures_say_what_is_usual() -> None:
    calls()
    by = analyst()
    assert kind(by) is PointType.CONCERN
    made = rebases.set_limits_anew("CALLS", starts_on=DAY, reason="A new telephone system", by=by)
    assert (made.starts_on, made.reason, made.made_by) == (DAY, "A new telephone system", "analyst")
    assert kind(by) is PointType.COMMON_CAUSE
    page = readings.measure_page("CALLS", by=by)
    assert page.process is not None
    assert page.process.limits is not None
    assert page.process.limits.points == 12
    (entry,) = readings.scorecard(Period.month(2017, 9), "corporate", by=by).entries
    assert entry.variation is not None
    assert not entry.variation.is_special


def test_what_was_known_before_knows_nothing_of_it() -> None:
    calls()
    by = analyst()
    rebases.set_limits_anew("CALLS", starts_on=DAY, reason="A new telephone system", by=by)
    assert kind(by, datetime(2017, 11, 2, tzinfo=UTC)) is PointType.CONCERN


def test_it_is_taken_back_with_a_reason_and_can_be_made_again() -> None:
    calls()
    by = analyst()
    made = rebases.set_limits_anew("CALLS", starts_on=DAY, reason="A new telephone system", by=by)
    with pytest.raises(rebases.NotRebasedError, match="why the limits should stand"):
        rebases.take_back(made.id, because=" ", by=by)
    rebases.take_back(made.id, because="It was taken out again", by=by)
    assert kind(by) is PointType.CONCERN
    with pytest.raises(RebaseNotFoundError):
        rebases.take_back(made.id, because="Again", by=by)
    rebases.set_limits_anew("CALLS", starts_on=DAY, reason="Put in again", by=by)
    assert kind(by) is PointType.COMMON_CAUSE


def test_both_are_in_the_audit_trail_without_the_reasons() -> None:
    calls()
    by = analyst()
    made = rebases.set_limits_anew("CALLS", starts_on=DAY, reason="A new telephone system", by=by)
    rebases.take_back(made.id, because="It was taken out again", by=by)
    with reading() as session:
        events = [(each.verb, each.subject, each.username) for each in list_events(session)]
        assert "telephone" not in str([each.after for each in list_events(session)])
    assert events[-2:] == [
        ("set limits anew", "CALLS", "analyst"), ("take back new limits", "CALLS", "analyst"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "reason", "said"),
    [
        pytest.param(DAY, "  ", "Enter why the process runs at another level", id="no reason"),
        pytest.param(date(2017, 11, 11), "Why not", "must not be later than today", id="a day to come"),
        pytest.param(date(2017, 8, 1), "Why not", "There are 2 figures since 1 August 2017", id="too few since"),
        pytest.param(date(2010, 1, 1), "Why not", "No figure is earlier than that day", id="nothing before"),
    ],
)
def test_what_cannot_be_set_anew_says_what_to_do_and_changes_nothing(day: date, reason: str, said: str) -> None:
    calls()
    by = analyst()
    with pytest.raises(rebases.NotRebasedError, match=said):
        rebases.set_limits_anew("CALLS", starts_on=day, reason=reason, by=by)
    assert readings.measure_page("CALLS", by=by).rebases == ()


def test_the_same_day_is_not_set_anew_twice() -> None:
    calls()
    by = analyst()
    rebases.set_limits_anew("CALLS", starts_on=DAY, reason="A new telephone system", by=by)
    with pytest.raises(rebases.NotRebasedError, match="from 1 October 2016 already"):
        rebases.set_limits_anew("CALLS", starts_on=DAY, reason="Another reason", by=by)


def test_a_measure_without_process_limits_has_none_to_set_anew() -> None:
    calls(accumulation=Accumulation.CUMULATIVE)
    with pytest.raises(rebases.NotRebasedError, match="has no process limits"):
        rebases.set_limits_anew("CALLS", starts_on=DAY, reason="Why not", by=analyst())
