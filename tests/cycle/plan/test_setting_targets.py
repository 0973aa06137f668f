"""A year of targets: typed as drafts, proposed and agreed together, loosened in the open, or none with its reason."""

from datetime import date
from decimal import Decimal

import pytest

from cycle.admin.setup import import_setup
from cycle.plan import targets
from cycle.review import readings
from data_access.models import RoleHoldingRow
from data_access.plan.register import get_measure, list_measure_changes
from data_access.plan.targets import list_records
from data_access.store.database import reading, transaction
from performance.ground.figures import Profile, Target, TargetState
from performance.ground.incoming import RefusedError, Register, TargetLine
from performance.ground.measures import Polarity, ToleranceKind
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from tests.builders import COUNCIL, a_user, add_council, add_figure, add_measure, add_target
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_one")
THIS_YEAR, NEXT_YEAR = Period.year(2017), Period.year(2018)
CODES = ("A", "B", "C")


def a_service() -> tuple[User, User]:
    add_council()
    for code in CODES:
        add_measure(code, title=f"Measure {code}")
        for month in range(18):
            add_figure(code, Period.month(2016, 4).shifted(month).iso, "10")
    return a_user(), a_user("head", Role.HEAD, "PLACE")


def a_target(code: str = "A", number: str | None = "120", year: Period = NEXT_YEAR, **fields: object) -> Target:
    return Target(
        measure_code=code, area_code=COUNCIL, period=year, number=None if number is None else Decimal(number),
        **({"profile": Profile.FLAT} | fields),  # type: ignore[arg-type]
    )  # fmt: skip


def a_draft(code: str = "A", number: str = "120", *, based_on: int = 0, rationale: str = "") -> targets.Draft:
    return targets.Draft.of(a_target(code, number), rationale=rationale, based_on=based_on)


def stored() -> list[tuple[object, ...]]:
    return rows_of("SELECT measure_code, revision, state FROM targets ORDER BY measure_code, revision")


def bring(number: str = "130", *, by: User | None = None, code: str = "A", dry_run: bool = False) -> int:
    lines = (TargetLine(target=a_target(code, number), rationale="By file"),)
    return import_setup(Register(targets=lines), source="targets.csv", dry_run=dry_run, by=by).changes


class TestDrafts:
    """What is typed and not yet proposed."""

    def test_a_draft_is_kept_for_the_people_of_the_unit_only(self) -> None:
        manager, head = a_service()
        targets.save_drafts([a_draft(rationale="As before")], by=manager)
        for person in (manager, head):
            draft = targets.targets_of("WASTE", 2018, by=person).drafts["A"]
            assert (draft.in_words, draft.rationale, draft.proposed_by) == ("120", "As before", manager.name)
        assert targets.targets_of("WASTE", 2018, by=a_user("other", unit="HOUSING")).drafts == {}
        assert targets.targets_of("WASTE", 2018, by=a_user("leader", Role.LEADERSHIP, "COUNCIL")).drafts == {}
        assert targets.list_waiting(by=head) == []
        assert rows_of("SELECT verb, subject FROM audit_events") == [("save target drafts", "A")]

    def test_typed_anew_it_takes_the_place_of_the_one_before_and_emptied_it_goes(self) -> None:
        manager, _ = a_service()
        targets.save_drafts([a_draft()], by=manager)
        targets.save_drafts([a_draft(number="125", based_on=1)], by=manager)
        assert stored() == [("A", 2, "draft")]
        targets.save_drafts([targets.Draft(measure_code="A", year=2018, target=None, based_on=2)], by=manager)
        assert stored() == []

    def test_the_second_of_two_people_is_shown_what_the_first_typed(self) -> None:
        manager, head = a_service()
        targets.save_drafts([a_draft()], by=manager)
        with pytest.raises(
            targets.TargetConflictError, match="Service manager, WASTE typed 120 for 2018/19"
        ) as conflict:
            targets.save_drafts([a_draft(number="125")], by=head)
        assert conflict.value.theirs.in_words == "120"
        assert stored() == [("A", 1, "draft")]

    def test_a_draft_rules_nothing_and_a_proposal_under_it_still_waits(self) -> None:
        manager, head = a_service()
        target_id = targets.propose_target(a_target(), rationale="", based_on=0, by=manager)
        targets.save_drafts([a_draft(number="125", based_on=1)], by=manager)
        assert [each.id for each in targets.list_waiting(by=head)] == [target_id]
        targets.agree_target(target_id, by=head)
        (line, *_) = targets.targets_of("WASTE", 2018, by=manager).lines
        assert line.agreed is not None
        assert line.agreed.in_words == "120"

    def test_numbers_by_hand_and_a_tolerance_are_kept_in_the_draft(self) -> None:
        manager, _ = a_service()
        parts = tuple((month, Decimal(10)) for month in NEXT_YEAR.split(1))
        own = {"tolerance": Decimal(3), "tolerance_kind": ToleranceKind.ABSOLUTE}
        target = a_target(profile=Profile.MANUAL, parts=parts, **own)
        targets.save_drafts([targets.Draft.of(target, rationale="", based_on=0)], by=manager)
        kept = targets.targets_of("WASTE", 2018, by=manager).drafts["A"].target
        assert (kept.parts, kept.tolerance, kept.tolerance_kind) == (parts, Decimal(3), ToleranceKind.ABSOLUTE)


class TestTogether:
    """Nine at once, or none."""

    def test_all_are_proposed_in_place_of_their_drafts_and_agreed_together(self) -> None:
        manager, head = a_service()
        targets.save_drafts([a_draft(code) for code in CODES], by=manager)
        targets.propose_targets([a_draft(code, based_on=1) for code in CODES], by=manager)
        assert stored() == [(code, 2, "proposed") for code in CODES]
        targets.agree_targets([each.id for each in targets.list_waiting(by=head)], by=head)
        assert stored() == [(code, 2, "agreed") for code in CODES]
        assert [verb for (verb,) in rows_of("SELECT verb FROM audit_events ORDER BY sequence")] == [
            "save target drafts", *["propose target"] * 3, *["agree target"] * 3,
        ]  # fmt: skip

    def test_one_that_cannot_be_keeps_all_from_being_proposed_and_each_says_why(self) -> None:
        manager, _ = a_service()
        drafts = [a_draft("A"), a_draft("B", "-1"), a_draft("C", "0")]
        with pytest.raises(targets.TargetRefusedError) as refusal:
            targets.propose_targets(drafts, by=manager)
        assert {code: [each.field for each in found] for code, found in refusal.value.of.items()} == {
            "B": ["target"],
            "C": ["rationale"],
        }
        assert stored() == []

    def test_one_decided_meanwhile_keeps_all_from_being_agreed(self) -> None:
        manager, head = a_service()
        first, second, _ = targets.propose_targets([a_draft(code) for code in CODES], by=manager)
        targets.decline_target(second, reason="Too easy", by=head)
        with pytest.raises(targets.TargetDecidedError, match=r"Measure B: .* has decided already"):
            targets.agree_targets([first, second], by=head)
        assert ("A", 1, "proposed") in stored()

    def test_one_measure_of_another_service_refuses_all(self) -> None:
        manager, _ = a_service()
        add_measure("HOMES", unit_code="HOUSING")
        with pytest.raises(NotAllowedError):
            targets.save_drafts([a_draft("A"), a_draft("HOMES")], by=manager)
        assert stored() == []


class TestLoosening:
    """A target made easier during its own year."""

    def test_it_needs_a_reason_and_a_second_person_and_is_listed(self) -> None:
        manager, head = a_service()
        add_target("A", THIS_YEAR.iso, "140", profile=Profile.FLAT)
        easier = a_target("A", "120", THIS_YEAR, effective_from=date(2017, 12, 1))
        assert "loosens the target of 140" in targets.consider_target(easier, by=manager).looser
        with pytest.raises(targets.TargetRefusedError, match="Enter why a target of 120 is right"):
            targets.propose_target(easier, rationale=" ", based_on=1, by=manager)
        target_id = targets.propose_target(easier, rationale="A depot closed", based_on=1, by=manager)
        assert targets.list_loosened(2017, by=manager) == []
        targets.agree_target(target_id, by=head)
        (found,) = targets.list_loosened(2017, by=manager)
        assert (found.was.number, found.now.target.number, found.now.rationale) == (140, 120, "A depot closed")
        assert found.now.target.effective_from == date(2017, 12, 1)
        assert targets.list_loosened(2018, by=manager) == []

    def test_a_harder_target_and_one_for_next_year_are_not_listed(self) -> None:
        manager, head = a_service()
        for year, number in ((THIS_YEAR, "150"), (NEXT_YEAR, "130")):
            add_target("A", year.iso, "140", profile=Profile.FLAT)
            target = a_target("A", number, year, effective_from=max(year.start, date(2017, 11, 10)))
            targets.agree_target(targets.propose_target(target, rationale="So", based_on=1, by=manager), by=head)
        assert targets.list_loosened(2017, by=manager) == []
        assert targets.list_loosened(2018, by=manager) == []


class TestNoTarget:
    """That there is none, and why."""

    def test_the_reason_is_kept_as_a_change_of_the_register_and_shown_where_it_is_rated(self) -> None:
        manager, head = a_service()
        targets.set_no_target("A", reason=" The depot closes. ", by=manager)
        with reading() as session:
            assert get_measure(session, code="A").no_target_reason == "The depot closes."
            (change,) = list_measure_changes(session, code="A")
        assert (change.field, change.recording.by) == ("no_target_reason", "manager")
        page = readings.measure_page("A", by=head)
        assert page.measure.no_target_reason == "The depot closes."
        (line, *_) = targets.targets_of("WASTE", 2018, by=manager).lines
        assert line.bands == "Not rated: no target: The depot closes."
        assert rows_of("SELECT verb FROM audit_events") == [("set no target",)]

    def test_without_a_reason_it_is_refused_and_another_service_may_not(self) -> None:
        manager, _ = a_service()
        with pytest.raises(targets.TargetRefusedError, match="Enter why Measure A has no target"):
            targets.set_no_target("A", reason=" ", by=manager)
        with pytest.raises(NotAllowedError):
            targets.set_no_target("A", reason="No", by=a_user("other", unit="HOUSING"))


class TestByFile:
    """Whoever proposed a target cannot agree it, by importing a file either."""

    def test_a_persons_file_proposes_and_they_cannot_agree_it(self) -> None:
        _, head = a_service()
        officer = a_user("officer", Role.BI_TEAM, "COUNCIL")
        assert bring(by=officer) == 1
        (waiting,) = targets.list_waiting(by=head)
        assert (waiting.proposed_by, waiting.baseline) == (officer.name, "120 in 2016/17")
        with pytest.raises(NotAllowedError):
            targets.agree_target(waiting.id, by=officer)
        assert bring(by=officer) == 0
        targets.agree_target(waiting.id, by=head)
        assert stored() == [("A", 1, "agreed")]
        assert rows_of("SELECT proposed_by, decided_by FROM targets") == [("officer", "head")]

    def test_who_may_do_both_still_agrees_no_target_of_their_own_file(self) -> None:
        a_service()
        both = a_user("both", Role.BI_TEAM, "COUNCIL")
        target_id = _as_head(both)
        with pytest.raises(targets.OwnTargetError):
            targets.agree_target(target_id, by=both)

    def test_the_operators_file_comes_as_agreed(self) -> None:
        a_service()
        bring()
        assert stored() == [("A", 1, "agreed")]

    @pytest.mark.parametrize("who", [None, "officer"])
    def test_a_file_does_not_pass_over_a_proposal_that_waits(self, who: str | None) -> None:
        manager, _ = a_service()
        targets.propose_target(a_target(), rationale="", based_on=0, by=manager)
        by = a_user(who, Role.BI_TEAM, "COUNCIL") if who else None
        before = stored()
        for dry_run in (True, False):
            with pytest.raises(RefusedError, match="WASTE proposed 120 for Measure A in 2018/19, and it waits"):
                bring(by=by, dry_run=dry_run)
        assert stored() == before

    def test_whoever_proposed_on_the_page_cannot_agree_it_by_a_file(self) -> None:
        a_service()
        both = a_user("both", Role.BI_TEAM, "COUNCIL")
        _as_head(both)
        bring("120", by=both)
        assert {state for _, _, state in stored()} == {"proposed"}

    def test_a_file_leaves_the_tolerance_that_a_target_has_for_itself(self) -> None:
        a_service()
        own = {"tolerance": Decimal(3), "tolerance_kind": ToleranceKind.ABSOLUTE}
        add_target("A", NEXT_YEAR.iso, "120", profile=Profile.FLAT, rationale="By file", **own)
        assert bring("120") == 0
        bring("130")
        with reading() as session:
            last = list_records(session, states=[TargetState.AGREED])[-1]
        assert (last.target.number, last.target.tolerance) == (130, 3)


def _as_head(user: User) -> int:
    """The person proposes by file, and is a head as well: one who may do both."""
    bring(by=user)
    with transaction() as session:
        session.add(RoleHoldingRow(username=user.username, role=Role.HEAD, unit_code="PLACE"))
    with reading() as session:
        return list_records(session)[-1].id


def test_the_record_of_a_target_says_who_when_why_and_against_what() -> None:
    manager, head = a_service()
    target_id = targets.propose_target(a_target(), rationale="As last year", based_on=0, by=manager)
    targets.agree_target(target_id, by=head)
    (line, *_) = targets.targets_of("WASTE", 2018, by=manager).lines
    (record,) = line.story
    assert (record.proposed_by, record.rationale, record.baseline) == (manager.name, "As last year", "120 in 2016/17")
    assert (record.decided_by, record.decided_at is not None, record.imported) == (head.name, True, False)


def test_a_range_is_a_target_with_both_bounds_and_numbers_by_hand_are_for_one_number() -> None:
    manager, _ = a_service()
    add_measure("BAND", polarity=Polarity.RANGE)
    bounds = {"lower": Decimal(5), "upper": Decimal(9)}
    assert targets.consider_target(a_target("BAND", None, **bounds), by=manager).problems == ()
    (problem,) = targets.consider_target(a_target("BAND", None, profile=Profile.MANUAL, **bounds), by=manager).problems
    assert problem.field == "parts"
