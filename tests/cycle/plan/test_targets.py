"""Plan: who may propose and agree targets, what each is told, and that nothing rules the past."""

import threading
from datetime import date
from decimal import Decimal

import pytest

from cycle.admin import accounts
from cycle.ground.access import SignedOutError
from cycle.plan import targets
from data_access.store.audit import list_breaks, list_events
from data_access.store.database import reading
from performance.ground.figures import Profile, Target
from performance.ground.measures import Accumulation, Polarity
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.rag import Rag
from tests.builders import COUNCIL, NATION, a_user, add_council, add_figure, add_measure, add_share, add_target
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_both")
THIS_YEAR, NEXT_YEAR = Period.year(2017), Period.year(2018)


def a_share_with_history() -> User:
    """A monthly share of WASTE, at 70% to 75% for a year and a half, and its manager."""
    add_council()
    add_share("SHARE")
    for month in range(18):
        period = Period.month(2016, 4).shifted(month)
        add_figure("SHARE", period.iso, counts=(str(140 + month % 6 * 2), "200"))
    return a_user()


def a_target(number: str | None = "74", year: Period = NEXT_YEAR, **fields: object) -> Target:
    return Target(
        measure_code="SHARE",
        area_code=COUNCIL,
        period=year,
        number=None if number is None else Decimal(number),
        **({"profile": Profile.FLAT} | fields),  # type: ignore[arg-type]
    )


def propose(by: User, number: str | None = "74", *, year: Period = NEXT_YEAR, rationale: str = "", based_on: int = 0,
            **fields: object) -> int:  # fmt: skip
    return targets.propose_target(a_target(number, year, **fields), rationale=rationale, based_on=based_on, by=by)


def verbs() -> list[str]:
    with reading() as session:
        assert list(list_breaks(session)) == []
        return [event.verb for event in list_events(session)]


def refused(by: User, number: str | None, **fields: object) -> list[str]:
    with pytest.raises(targets.TargetRefusedError) as refusal:
        propose(by, number, **fields)  # type: ignore[arg-type]
    return [problem.field for problem in refusal.value.problems]


# What a target is set against


def test_a_service_sees_history_outturns_and_comparators_of_each_measure() -> None:
    manager = a_share_with_history()
    add_figure("SHARE", "2017-08", "61.5", area=NATION)
    (line,) = targets.targets_of("WASTE", 2018, by=manager).lines
    assert line.year == NEXT_YEAR
    assert [each.period.in_words for each in line.outturns] == ["2015/16", "2016/17", "2017/18"]
    assert line.baseline == "72.5% in 2016/17"
    assert line.benchmark == "England 61.5% in Aug 2017"
    assert (line.agreed, line.waiting, line.revision) == (None, None, 0)


def test_a_measure_without_a_target_says_why() -> None:
    add_council()
    add_measure("QUIET", no_target_reason="Every episode is reviewed one by one.")
    (line,) = targets.targets_of("WASTE", 2017, by=a_user()).lines
    assert "Every episode is reviewed one by one" in line.bands


def test_a_retired_measure_is_not_planned() -> None:
    add_council()
    add_measure("GONE", active_to=date(2017, 3, 31))
    assert targets.targets_of("WASTE", 2017, by=a_user()).lines == ()


def test_own_units_come_first_and_other_services_can_be_read_but_not_proposed_for() -> None:
    add_council()
    add_measure("A", unit_code="HOUSING")
    add_measure("B", unit_code="WASTE")
    manager = a_user()
    assert [unit.code for unit in targets.units_with_targets(by=manager)] == ["WASTE", "HOUSING"]
    assert targets.targets_of("WASTE", 2017, by=manager).why_not == ""
    assert targets.targets_of("HOUSING", 2017, by=manager).why_not.startswith("You may not propose targets for Housing")


def test_a_number_shows_the_colours_past_months_would_have_had() -> None:
    manager = a_share_with_history()
    considered = targets.consider_target(a_target("74"), by=manager)
    assert considered.met == "Met in 6 of 18 months"
    assert set(considered.colours.values()) == {Rag.GREEN, Rag.AMBER, Rag.RED}
    assert considered.bands.startswith("Green at 74.0% or above")


def test_considering_changes_nothing() -> None:
    manager = a_share_with_history()
    targets.consider_target(a_target("74"), by=manager)
    assert rows_of("SELECT count(*) FROM targets") == [(0,)]
    assert verbs() == []


def test_a_yearly_measure_is_planned_for_years_as_its_figures_are_published() -> None:
    add_council()
    add_measure("YEARLY", frequency=Frequency.YEARLY)
    add_figure("YEARLY", "2016-01-01/P1Y", "12")
    (line,) = targets.targets_of("WASTE", 2018, by=a_user()).lines
    assert line.year.iso == "2018-01-01/P1Y"


# Proposing


def test_a_proposal_is_kept_with_its_story_and_waits() -> None:
    manager = a_share_with_history()
    propose(manager, "74", rationale="One point more than this year")
    (line,) = targets.targets_of("WASTE", 2018, by=manager).lines
    assert line.waiting is not None
    assert (line.waiting.in_words, line.waiting.proposed_by) == ("74.0%", "Service manager, WASTE")
    assert line.waiting.rationale == "One point more than this year"
    assert line.waiting.baseline == "72.5% in 2016/17"
    assert line.agreed is None
    assert verbs() == ["propose target"]


def test_an_impossible_target_is_refused_at_its_field() -> None:
    manager = a_share_with_history()
    assert refused(manager, "140") == ["target"]
    assert refused(manager, None) == ["target"]
    assert verbs() == []


@pytest.mark.parametrize("number", ["0", "7.4", "0.74"])
def test_a_doubtful_target_needs_a_reason(number: str) -> None:
    manager = a_share_with_history()
    assert targets.consider_target(a_target(number), by=manager).questions
    assert refused(manager, number) == ["rationale"]
    propose(manager, number, rationale="The service is to close")
    assert verbs() == ["propose target"]


def test_a_range_is_proposed_by_its_bounds() -> None:
    add_council()
    add_share("SHARE", polarity=Polarity.RANGE)
    manager = a_user()
    propose(manager, None, lower=Decimal(70), upper=Decimal(80))
    (waiting,) = targets.list_waiting(by=manager)
    assert waiting.in_words == "70.0% to 80.0%"


def test_a_year_that_is_over_takes_no_target() -> None:
    manager = a_share_with_history()
    assert refused(manager, "74", year=Period.year(2016)) == ["year"]


def test_a_change_takes_effect_forward_only() -> None:
    manager = a_share_with_history()
    add_target("SHARE", THIS_YEAR.iso, "72", profile=Profile.FLAT)
    early = {"year": THIS_YEAR, "based_on": 1, "effective_from": date(2017, 10, 1)}
    assert refused(manager, "73", **early) == ["effective_from"]
    propose(manager, "73", year=THIS_YEAR, based_on=1, effective_from=date(2017, 11, 10))


def test_a_part_of_a_year_is_no_year() -> None:
    manager = a_share_with_history()
    assert refused(manager, "74", year=Period(start=date(2018, 4, 1), months=3)) == ["year"]


def test_proposing_on_a_stale_revision_shows_the_others() -> None:
    manager, head = a_share_with_history(), a_user("head", Role.HEAD, "PLACE")
    propose(manager, "74")
    with pytest.raises(
        targets.TargetConflictError, match=r"Service manager, WASTE proposed 74.0% for 2018/19"
    ) as conflict:
        propose(head, "75")
    assert conflict.value.theirs.in_words == "74.0%"
    assert verbs() == ["propose target"]


def test_of_two_proposals_at_the_same_moment_one_is_kept_and_the_other_shown() -> None:
    manager, head = a_share_with_history(), a_user("head", Role.HEAD, "PLACE")
    together, told = threading.Barrier(2), []

    def go(user: User, number: str) -> None:
        together.wait()
        try:
            propose(user, number)
        except targets.TargetConflictError as conflict:
            told.append(conflict.theirs.in_words)

    threads = [threading.Thread(target=go, args=each) for each in ((manager, "74"), (head, "75"))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (kept,) = targets.list_waiting(by=head)
    assert told == [kept.in_words]
    assert verbs() == ["propose target"]


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        (Role.SERVICE_MANAGER, "HOUSING"),
        (Role.HEAD, "PEOPLE"),
        (Role.LEADERSHIP, "COUNCIL"),
        (Role.POLICY_OFFICER, "COUNCIL"),
        (Role.BI_TEAM, "COUNCIL"),
        (Role.COUNCILLOR, "COUNCIL"),
        (Role.ADMINISTRATOR, "COUNCIL"),
    ],
)
def test_who_may_not_propose_is_told_so(role: Role, unit: str) -> None:
    a_share_with_history()
    with pytest.raises(NotAllowedError):
        propose(a_user("other", role, unit))
    assert verbs() == []


def test_a_disabled_person_proposes_and_agrees_nothing() -> None:
    manager, head = a_share_with_history(), a_user("head", Role.HEAD, "PLACE")
    target_id = propose(manager)
    for username in ("manager", "head"):
        accounts.disable_user(username)
    with pytest.raises(SignedOutError):
        propose(manager, "75", based_on=1)
    with pytest.raises(SignedOutError):
        targets.agree_target(target_id, by=head)


# Agreeing and declining


def test_someone_else_agrees_and_the_target_rules() -> None:
    manager, head = a_share_with_history(), a_user("head", Role.HEAD, "PLACE")
    target_id = propose(manager, year=THIS_YEAR)
    assert [each.why_not for each in targets.list_waiting(by=head)] == [""]
    targets.agree_target(target_id, by=head)
    (line,) = targets.targets_of("WASTE", 2017, by=manager).lines
    assert line.agreed is not None
    assert (line.agreed.in_words, line.agreed.decided_by) == ("74.0%", "Head of service or director, PLACE")
    assert line.series.targets[Period.month(2017, 4)].number == 74
    assert verbs() == ["propose target", "agree target"]


def test_whoever_proposed_does_not_decide_even_as_a_head() -> None:
    a_share_with_history()
    head = a_user("head", Role.HEAD, "PLACE")
    target_id = propose(head)
    assert targets.list_waiting(by=head)[0].why_not == "You proposed it, so someone else decides."
    with pytest.raises(targets.OwnTargetError):
        targets.agree_target(target_id, by=head)
    with pytest.raises(targets.OwnTargetError):
        targets.decline_target(target_id, reason="Mine", by=head)


@pytest.mark.parametrize(
    ("role", "unit"),
    [
        (Role.SERVICE_MANAGER, "WASTE"),
        (Role.HEAD, "PEOPLE"),
        (Role.LEADERSHIP, "COUNCIL"),
        (Role.BI_TEAM, "COUNCIL"),
        (Role.ADMINISTRATOR, "COUNCIL"),
    ],
)
def test_who_may_not_agree_is_told_so(role: Role, unit: str) -> None:
    target_id = propose(a_share_with_history())
    other = a_user("other", role, unit)
    with pytest.raises(NotAllowedError):
        targets.agree_target(target_id, by=other)
    with pytest.raises(NotAllowedError):
        targets.decline_target(target_id, reason="No", by=other)


def test_a_change_agreed_late_rules_from_the_day_it_is_agreed() -> None:
    manager, head = a_share_with_history(), a_user("head", Role.HEAD, "PLACE")
    add_target("SHARE", THIS_YEAR.iso, "72", profile=Profile.FLAT)
    late = add_target(
        "SHARE", THIS_YEAR.iso, "70", revision=2, state=targets.TargetState.PROPOSED, profile=Profile.FLAT,
        proposed_by="manager", decided_by=None, effective_from=date(2017, 8, 1),
    )  # fmt: skip
    targets.agree_target(late, by=head)
    (line,) = targets.targets_of("WASTE", 2017, by=manager).lines
    assert line.series.targets[Period.month(2017, 8)].number == 72
    assert line.series.targets[Period.month(2017, 10)].number == 72
    assert line.series.targets[Period.month(2017, 11)].number == 70


def test_a_declined_target_keeps_the_reason_and_never_rules() -> None:
    manager, head = a_share_with_history(), a_user("head", Role.HEAD, "PLACE")
    target_id = propose(manager, rationale="One point more")
    with pytest.raises(targets.TargetRefusedError):
        targets.decline_target(target_id, reason=" ", by=head)
    targets.decline_target(target_id, reason="Too easy", by=head)
    assert rows_of("SELECT rationale, state FROM targets") == [("One point more\nDeclined: Too easy", "declined")]
    (line,) = targets.targets_of("WASTE", 2018, by=manager).lines
    assert (line.agreed, line.waiting, line.revision) == (None, None, 1)


def test_a_target_is_decided_once() -> None:
    manager, head = a_share_with_history(), a_user("head", Role.HEAD, "PLACE")
    target_id = propose(manager)
    targets.agree_target(target_id, by=head)
    with pytest.raises(targets.TargetDecidedError, match="PLACE has decided already: this target is agreed"):
        targets.decline_target(target_id, reason="Changed my mind", by=head)


def test_only_the_newest_proposal_waits() -> None:
    manager, head = a_share_with_history(), a_user("head", Role.HEAD, "PLACE")
    first = propose(manager, "74")
    second = propose(manager, "75", based_on=1)
    assert [each.id for each in targets.list_waiting(by=head)] == [second]
    with pytest.raises(targets.TargetDecidedError, match="A newer target was proposed"):
        targets.agree_target(first, by=head)


def test_a_cumulative_measure_is_questioned_by_its_year_ends() -> None:
    add_council()
    add_measure("TOTAL", accumulation=Accumulation.CUMULATIVE)
    for month in range(12):
        add_figure("TOTAL", Period.month(2016, 4).shifted(month).iso, str(100 * (month + 1)))
    target = Target(measure_code="TOTAL", area_code=COUNCIL, period=NEXT_YEAR, number=Decimal(1250))
    assert targets.consider_target(target, by=a_user()).questions == ()
