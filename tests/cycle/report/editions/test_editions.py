"""Editions are planned, frozen and published; they never change, and what is known since stands beside them."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import text

from cycle.report.editions import calendar, freezing, guard, operator, public, shown, writing
from cycle.report.editions.shown import EditionView
from cycle.revise import risks
from cycle.revise.recovery import decisions, planning
from data_access.do import returns
from data_access.models import ReturnRow
from data_access.report import editions
from data_access.store.audit import list_breaks, list_deeds_without_rows, list_events
from data_access.store.database import reading, transaction
from data_access.store.ledger import list_differences
from performance.ground.measures import ContentKind, Polarity
from performance.ground.organisation import Action, ReturnStatus, Risk
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from performance.report.editions import Audience, Edition, EditionState
from performance.report.frozen import FrozenLine
from performance.report.tasks import Step, Task, TaskState
from performance.report.words import LONGEST_WORDS, Place, Said
from performance.revise.risks import RiskEntry
from tests.builders import (
    NATION,
    RECORDED,
    WARDS,
    a_user,
    add_council,
    add_figure,
    add_measure,
    add_share,
    add_target,
    it_is,
    vouch,
)

pytestmark = pytest.mark.usefixtures("database_on_both")
QUARTER = Period(start=date(2017, 7, 1), months=3)
JULY, AUGUST, SEPTEMBER = (Period.month(2017, month) for month in (7, 8, 9))
EDITION = Edition(committee="Cabinet", period=QUARTER, closes_on=date(2017, 11, 9), meets_on=date(2017, 12, 11))
SAID = "What happened: Fewer\nWhy: A lorry broke\nWhat next: A new lorry\nConfirmed as right: Yes"


@pytest.fixture
def officer(database_on_both: str) -> User:
    """Who makes editions of a council with a red count, a share that is on target, and England's number."""
    add_council()
    add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER, content_kind=ContentKind.CORPORATE_PLAN)
    add_share("CALLS", title="Calls answered")
    for month in (JULY, AUGUST, SEPTEMBER):
        add_figure("BINS", month.iso, "20", commentary=SAID if month == AUGUST else "")
        add_target("BINS", month.iso, "10")
        add_figure("CALLS", month.iso, counts=("19", "20"))
        add_target("CALLS", month.iso, "90")
        add_figure("BINS", month.iso, "15", area=NATION)
    return a_user("officer", Role.POLICY_OFFICER)


def plan(by: User, edition: Edition = EDITION) -> int:
    return calendar.plan_edition(edition, by=by)


def freeze(edition_id: int, by: User) -> None:
    freezing.freeze_edition(edition_id, version=version(edition_id), by=by)


def publish(edition_id: int, by: User) -> None:
    freezing.publish_edition(edition_id, version=version(edition_id), by=by)


def version(edition_id: int) -> int:
    with reading() as session:
        return editions.get_edition(session, edition_id=edition_id).version


def a_published(by: User, edition: Edition = EDITION) -> int:
    edition_id = plan(by, edition)
    freeze(edition_id, by)
    publish(edition_id, by)
    return edition_id


def step(view: EditionView, which: Step) -> Task:
    return {each.step: each for each in view.tasks}[which]


def lines(view: EditionView) -> dict[str, FrozenLine]:
    return {each.measure_code: each for each in view.lines}


# The calendar


def test_an_edition_is_planned_and_stands_on_the_calendar(officer: User) -> None:
    edition_id = plan(officer, replace(EDITION, committee="  Cabinet "))
    found = calendar.list_editions(by=officer)
    assert (found.may_plan, [each.id for each in found.to_come], found.published) == (True, [edition_id], ())
    assert found.to_come[0] == replace(EDITION, id=edition_id)


@pytest.mark.parametrize("committee", ["Cabinet", "CABINET "])
def test_a_committee_has_one_edition_of_a_period(officer: User, committee: str) -> None:
    plan(officer)
    with pytest.raises(guard.EditionRefusedError, match="has an edition of Q2"):
        plan(officer, replace(EDITION, committee=committee))
    plan(officer, replace(EDITION, committee="Scrutiny"))
    plan(officer, replace(EDITION, period=SEPTEMBER))


def test_what_cannot_be_planned_is_refused_and_not_kept(officer: User) -> None:
    with pytest.raises(guard.EditionRefusedError, match="Enter who meets"):
        plan(officer, replace(EDITION, committee=""))
    assert calendar.list_editions(by=officer).editions == ()


def test_its_dates_move_and_somebody_who_saw_older_ones_is_told(officer: User) -> None:
    edition_id = plan(officer)
    seen = shown.get_edition(edition_id, by=officer).edition
    calendar.change_edition(replace(seen, meets_on=date(2017, 12, 18), audience=Audience.EVERYBODY), by=officer)
    now = shown.get_edition(edition_id, by=officer).edition
    assert (now.meets_on, now.audience, now.version) == (date(2017, 12, 18), Audience.EVERYBODY, 2)
    with pytest.raises(guard.EditionMovedError):
        calendar.change_edition(replace(seen, meets_on=date(2017, 12, 19)), by=officer)
    with pytest.raises(guard.EditionError, match="Nothing is changed"):
        calendar.change_edition(now, by=officer)


def test_a_meeting_is_taken_off_the_calendar_until_something_is_frozen_for_it(officer: User) -> None:
    edition_id, other_id = plan(officer), plan(officer, replace(EDITION, committee="Scrutiny"))
    calendar.cancel_edition(edition_id, version=1, by=officer)
    freeze(other_id, officer)
    with pytest.raises(guard.EditionError, match="what was frozen is kept"):
        calendar.cancel_edition(other_id, version=version(other_id), by=officer)
    assert [each.id for each in calendar.list_editions(by=officer).editions] == [other_id]


def test_what_it_is_of_stays_once_it_is_frozen(officer: User) -> None:
    edition_id = plan(officer)
    freeze(edition_id, officer)
    frozen = shown.get_edition(edition_id, by=officer).edition
    with pytest.raises(guard.EditionError, match="what the edition is of can no longer be changed"):
        calendar.change_edition(replace(frozen, kinds=(ContentKind.HR,)), by=officer)
    calendar.change_edition(replace(frozen, meets_on=date(2017, 12, 18)), by=officer)
    assert shown.get_edition(edition_id, by=officer).edition.state is EditionState.FROZEN


# Freezing


def test_everything_that_is_shown_is_copied(officer: User) -> None:
    edition_id = plan(officer)
    freeze(edition_id, officer)
    bins, calls = (lines(shown.get_edition(edition_id, by=officer))[code] for code in ("BINS", "CALLS"))
    assert (bins.figure, bins.value, bins.period, bins.rag) == ("60", Decimal(60), QUARTER, Rag.RED)
    assert (bins.target_in_words, bins.unit_name, bins.polarity) == ("30", "Waste and recycling", Polarity.LOWER)
    assert [each.in_words for each in bins.comparators] == ["England 15 in Sep 2017"]
    assert bins.commentary == "What happened: Fewer\nWhy: A lorry broke\nWhat next: A new lorry"
    assert [(each.period, each.number, each.target, each.rag) for each in bins.points] == [
        (month, Decimal(20), Decimal(10), Rag.RED) for month in (JULY, AUGUST, SEPTEMBER)
    ]
    assert (calls.figure, calls.rag) == ("95.0%", Rag.GREEN)


def test_only_the_kinds_that_it_is_of_are_frozen(officer: User) -> None:
    edition_id = plan(officer, replace(EDITION, kinds=(ContentKind.CORPORATE_PLAN,)))
    freeze(edition_id, officer)
    assert set(lines(shown.get_edition(edition_id, by=officer))) == {"BINS"}
    other_id = plan(officer, replace(EDITION, committee="Staffing", kinds=(ContentKind.HR,)))
    with pytest.raises(guard.EditionError, match="There is no measure of these kinds"):
        freeze(other_id, officer)


def test_a_period_that_is_not_over_is_not_frozen(officer: User) -> None:
    edition_id = plan(officer)
    it_is(date(2017, 9, 30))
    with pytest.raises(guard.EditionError, match="The period is not over yet"):
        freeze(edition_id, officer)
    it_is(date(2017, 10, 1))
    freeze(edition_id, officer)


def test_it_may_be_frozen_again_until_it_is_published(officer: User) -> None:
    edition_id = plan(officer)
    freeze(edition_id, officer)
    add_figure("BINS", SEPTEMBER.iso, "5", revision=2)
    freeze(edition_id, officer)
    view = shown.get_edition(edition_id, by=officer)
    assert view.edition.freeze is not None
    assert (view.edition.freeze.number, lines(view)["BINS"].figure, view.restated) == (2, "45", ())
    publish(edition_id, officer)
    for change in (freeze, publish):
        with pytest.raises(guard.EditionError, match="is published, and stays as it is"):
            change(edition_id, officer)


def test_who_saw_an_older_version_neither_freezes_nor_publishes(officer: User) -> None:
    edition_id = plan(officer)
    freeze(edition_id, officer)
    for verb in (freezing.freeze_edition, freezing.publish_edition):
        with pytest.raises(guard.EditionMovedError):
            verb(edition_id, version=1, by=officer)
    assert shown.get_edition(edition_id, by=officer).edition.state is EditionState.FROZEN


def test_nothing_is_published_before_it_is_frozen(officer: User) -> None:
    edition_id = plan(officer)
    with pytest.raises(guard.EditionError, match="Nothing is frozen yet"):
        publish(edition_id, officer)


def test_figures_that_nobody_signed_off_are_not_in_it(officer: User) -> None:
    with transaction() as session:
        session.add(
            ReturnRow(unit_code="WASTE", period_start=SEPTEMBER.start, period_months=1, status=ReturnStatus.SUBMITTED)
        )
    edition_id = plan(officer)
    assert step(shown.get_edition(edition_id, by=officer), Step.FIGURES).left == ()
    freeze(edition_id, officer)
    bins = lines(shown.get_edition(edition_id, by=officer))["BINS"]
    assert bins.figure == "40", "of two months of three"
    assert [each.number for each in bins.points] == [Decimal(20), Decimal(20), None]


def test_its_task_list_follows_what_is_there_and_is_its_makers_alone(officer: User) -> None:
    add_measure("LATE", title="Comes late")
    edition_id = plan(officer)
    planned = shown.get_edition(edition_id, by=officer)
    figures = step(planned, Step.FIGURES)
    assert (figures.state, figures.counted) == (TaskState.UNDER_WAY, "2 of 3")
    assert [(each.measure_code, each.unit_code, each.says) for each in figures.left] == [
        ("LATE", "WASTE", "Waste and recycling")
    ]
    assert step(planned, Step.FREEZE).state is TaskState.NOT_STARTED
    freeze(edition_id, officer)
    frozen = shown.get_edition(edition_id, by=officer)
    assert (step(frozen, Step.FIGURES).left, step(frozen, Step.FIGURES).counted) == (figures.left, "2 of 3")
    assert step(frozen, Step.FREEZE).state is TaskState.COMPLETED
    for month in (JULY, AUGUST, SEPTEMBER):
        add_figure("LATE", month.iso, "9")
    assert "1 figure would read otherwise today" in step(shown.get_edition(edition_id, by=officer), Step.FREEZE).hint
    freeze(edition_id, officer)
    assert step(shown.get_edition(edition_id, by=officer), Step.FIGURES).state is TaskState.COMPLETED
    publish(edition_id, officer)
    assert shown.get_edition(edition_id, by=officer).tasks == (), "nothing is left to do"
    assert shown.get_edition(edition_id, by=a_user("councillor", Role.COUNCILLOR)).tasks == ()


def test_small_counts_of_people_are_nowhere_in_it(officer: User) -> None:
    """Of one ward all that is not its neighbour's: the total would give it away, and is hidden with it."""
    add_measure("HELPED", title="People helped", counts_people=True, numerator_definition="People helped")
    for month in (JULY, AUGUST, SEPTEMBER):
        add_figure("HELPED", month.iso, "873", commentary="What happened: 873 people, 3 of them in Ward 1")
        add_figure("HELPED", month.iso, "3", area=WARDS[0])
    edition_id = plan(officer)
    freeze(edition_id, officer)
    helped = lines(shown.get_edition(edition_id, by=officer))["HELPED"]
    assert (helped.value, helped.commentary) == (Absence.SUPPRESSED, "")
    assert {each.number for each in helped.points} == {None}
    with reading() as session:
        kept = session.execute(text("SELECT said FROM frozen_lines WHERE measure_code = 'HELPED'")).scalars().all()
    assert "873" not in str(kept)
    assert str(873 * 3) not in str(kept)


# What is published


def test_members_read_what_is_published_to_them_and_nothing_before(officer: User) -> None:
    councillor, employee = a_user("councillor", Role.COUNCILLOR, "COUNCIL"), a_user("employee", Role.EMPLOYEE)
    edition_id = plan(officer)
    for step in (freeze, publish):
        for reader in (councillor, employee):
            assert calendar.list_editions(by=reader).editions == ()
            with pytest.raises(guard.EditionError, match="There is no such edition"):
                shown.get_edition(edition_id, by=reader)
        step(edition_id, officer)
    view = shown.get_edition(edition_id, by=councillor)
    assert (lines(view)["BINS"].figure, view.may_make, view.tasks) == ("60", False, ())
    with pytest.raises(guard.EditionError, match="There is no such edition"):
        shown.get_edition(edition_id, by=employee)
    everybody = a_published(officer, replace(EDITION, committee="Council", audience=Audience.EVERYBODY))
    assert [each.id for each in calendar.list_editions(by=employee).published] == [everybody]


@pytest.mark.parametrize("role", [each for each in Role if each is not Role.POLICY_OFFICER])
def test_nobody_else_makes_editions(officer: User, role: Role) -> None:
    other, edition_id = a_user("other", role, "COUNCIL"), plan(officer)
    stored = replace(EDITION, id=edition_id, meets_on=date(2017, 12, 12))
    for refused in (
        lambda: plan(other, replace(EDITION, committee="Mine")),
        lambda: calendar.change_edition(stored, by=other),
        lambda: calendar.cancel_edition(edition_id, version=1, by=other),
        lambda: freeze(edition_id, other),
        lambda: publish(edition_id, other),
    ):
        with pytest.raises(NotAllowedError):
            refused()
    assert calendar.list_editions(by=officer).editions == (replace(EDITION, id=edition_id),)


def test_every_step_is_in_the_audit_trail_and_the_rows_are_its_own(officer: User) -> None:
    vouch()
    edition_id = plan(officer)
    calendar.change_edition(replace(EDITION, id=edition_id, meets_on=date(2017, 12, 12)), by=officer)
    freeze(edition_id, officer)
    publish(edition_id, officer)
    other_id = plan(officer, replace(EDITION, committee="Scrutiny"))
    calendar.cancel_edition(other_id, version=1, by=officer)
    with reading() as session:
        told = [(each.verb, each.username) for each in list_events(session) if "edition" in each.subject]
        assert [*list_breaks(session), *list_differences(session), *list_deeds_without_rows(session)] == []
    verbs = ("plan edition", "change edition", "freeze edition", "publish edition", "plan edition", "cancel edition")
    assert told == [(verb, "officer") for verb in verbs]


def test_a_restatement_says_was_and_now_and_why(officer: User) -> None:
    edition_id = a_published(officer)
    assert shown.get_edition(edition_id, by=officer).restated == ()
    add_figure("BINS", SEPTEMBER.iso, "5", revision=2, at=RECORDED + timedelta(days=40))
    (found,) = shown.get_edition(edition_id, by=officer).restated
    assert found.in_words.startswith("Was 60, red; now 45, red. Its figures, or how they are worked out, were changed")
    add_figure("BINS", SEPTEMBER.iso, "20", revision=3, at=RECORDED + timedelta(days=41))
    assert shown.get_edition(edition_id, by=officer).restated == (), "it says again what it said"
    add_target("BINS", QUARTER.iso, "70", revision=2)


def test_a_figure_of_a_later_period_restates_nothing(officer: User) -> None:
    edition_id = a_published(officer)
    add_figure("BINS", "2017-10", "99")
    add_figure("CALLS", "2017-06", counts=("1", "20"))
    assert shown.get_edition(edition_id, by=officer).restated == ()


def test_a_number_that_its_source_hides_since_is_shown_no_more(officer: User) -> None:
    edition_id = a_published(officer)
    for month in (JULY, AUGUST, SEPTEMBER):
        absent = {"absence": Absence.SUPPRESSED, "revision": 2, "at": RECORDED + timedelta(days=40)}
        add_figure("CALLS", month.iso, **absent)
    view = shown.get_edition(edition_id, by=officer)
    calls = lines(view)["CALLS"]
    assert (calls.figure, calls.rag, calls.to_date) == ("Hidden to protect people", Rag.SUPPRESSED, None)
    assert "95" not in str(view.restated)


@pytest.mark.parametrize("waits", [False, True], ids=["signed off", "its return is begun"])
def test_a_total_that_a_wards_figure_makes_tell_too_much_is_shown_no_more(officer: User, waits: bool) -> None:
    """It was published before anybody knew of the ward: now it would give the ward's count away. A return that is begun
    takes the total out of what everybody reads; what is published of it stays hidden all the same."""
    add_measure("HELPED", title="People helped", counts_people=True, numerator_definition="People helped")
    for month in (JULY, AUGUST, SEPTEMBER):
        add_figure("HELPED", month.iso, "873")
    edition_id = a_published(officer)
    next_id = plan(officer, replace(EDITION, period=Period.month(2017, 10)))
    assert lines(shown.get_edition(edition_id, by=officer))["HELPED"].figure == "2,619"
    for month in (JULY, AUGUST, SEPTEMBER):
        add_figure("HELPED", month.iso, "3", area=WARDS[0])
        if waits:
            with transaction() as session:
                returns.save_draft(session, unit_code="WASTE", period=month)
    freeze(next_id, officer)
    for each in (edition_id, next_id):
        view = shown.get_edition(each, by=officer)
        assert lines(view)["HELPED"].value != Decimal(2619)
        told = str((view.pack.lines, view.pack.story, view.pack.restated))  # and not when: digits stand there by chance
        assert "873" not in told
        assert "2619" not in told
        assert "HELPED" not in {found.was.measure_code for found in (*view.restated, *view.pack.restated)}


def test_publishing_looks_at_what_its_task_list_shows_and_not_at_what_is_hidden_since(officer: User) -> None:
    """Refused for a red that nobody sees any more, it would tell that it was one."""
    add_measure("HELPED", title="People helped", counts_people=True, polarity=Polarity.LOWER)
    for month in (JULY, AUGUST, SEPTEMBER):
        add_figure("HELPED", month.iso, "873")
        add_target("HELPED", month.iso, "100")
    edition_id = plan(officer)
    freeze(edition_id, officer)
    (red,) = [
        each for each in shown.get_edition(edition_id, by=officer).pack.story.reds if each.line.measure_code == "HELPED"
    ]
    assert red.lacks
    writing.keep_words(edition_id, {spot(Place.SUMMARY): said("It is {{HELPED.value}}")}, by=officer)
    for month in (JULY, AUGUST, SEPTEMBER):
        add_figure("HELPED", month.iso, "3", area=WARDS[0])
    view = shown.get_edition(edition_id, by=officer)
    assert "HELPED" not in {each.line.measure_code for each in view.pack.story.reds}
    with pytest.raises(guard.EditionError, match="HELPED") as refusal:
        freezing.publish_edition(edition_id, version=view.edition.version, by=officer)
    assert str(refusal.value) == f"It cannot be published yet. {' '.join(view.pack.story.unfinished)}"
    assert "lacks" not in str(refusal.value)


def test_the_operator_makes_editions_without_an_account(officer: User) -> None:
    edition_id = operator.plan_for_today(QUARTER, "")
    (planned,) = operator.every_edition(QUARTER)
    assert (planned.id, planned.committee, planned.closes_on) == (edition_id, "Cabinet", date(2017, 11, 10))
    freezing.freeze_edition(edition_id, version=1, by=None)
    freezing.publish_edition(edition_id, version=2, by=None)
    assert operator.every_edition(None)[0].published_by == "operator"
    assert operator.every_edition(SEPTEMBER) == []


# Words


def spot(place: Place, code: str = "") -> tuple[Place, str]:
    return place, code


def said(words: str, version: int = 0) -> Said:
    return Said(words=words, by="", version=version)


def a_frozen(by: User) -> int:
    edition_id = plan(by)
    freeze(edition_id, by)
    return edition_id


def test_words_are_kept_with_who_wrote_them_and_their_figures_come_in(officer: User) -> None:
    edition_id = a_frozen(officer)
    words = {spot(Place.SUMMARY): said(" {{BINS.value}} bins "), spot(Place.CAUSE, "BINS"): said("Rain")}
    assert writing.keep_words(edition_id, words, by=officer) == 2
    view = writing.words_of(edition_id, by=officer)
    assert view.at(spot(Place.SUMMARY)) == replace(
        view.written[spot(Place.SUMMARY)], words="{{BINS.value}} bins", by="officer", version=1
    )
    assert view.pack.story.words[Place.SUMMARY] == "60 bins"
    assert view.pack.story.reds[0].cause == "Rain"
    assert writing.keep_words(edition_id, {spot(Place.SUMMARY): said("{{BINS.value}} bins", 1)}, by=officer) == 0


def test_two_who_write_at_one_place_at_once_are_told(officer: User) -> None:
    edition_id = a_frozen(officer)
    writing.keep_words(edition_id, {spot(Place.SUMMARY): said("Mine")}, by=officer)
    for version in (0, 7):
        both = {spot(Place.FINANCE): said("Money"), spot(Place.SUMMARY): said("Theirs", version)}
        with pytest.raises(writing.WordsMovedError, match="“Mine”") as moved:
            writing.keep_words(edition_id, both, by=officer)
        assert moved.value.theirs[spot(Place.SUMMARY)].version == 1
    kept = writing.words_of(edition_id, by=officer).written
    assert {place: each.words for (place, _), each in kept.items()} == {Place.SUMMARY: "Mine"}


@pytest.mark.parametrize(
    ("place", "code"),
    [
        pytest.param(Place.CAUSE, "CALLS", id="not red"), pytest.param(Place.CAUSE, "", id="of no measure"),
        pytest.param(Place.SUMMARY, "BINS", id="of the whole pack"), pytest.param(Place.CAUSE, "NONE", id="not there"),
    ],
)  # fmt: skip
def test_words_stand_where_there_is_a_place_for_them(officer: User, place: Place, code: str) -> None:
    with pytest.raises(guard.EditionError, match="That measure is not red"):
        writing.keep_words(a_frozen(officer), {spot(place, code): said("Words")}, by=officer)


def test_too_many_words_are_refused(officer: User) -> None:
    edition_id = a_frozen(officer)
    with pytest.raises(guard.EditionRefusedError, match="Summary"):
        writing.keep_words(edition_id, {spot(Place.SUMMARY): said("x" * (LONGEST_WORDS + 1))}, by=officer)
    writing.keep_words(edition_id, {spot(Place.SUMMARY): said("x" * LONGEST_WORDS)}, by=officer)


def test_words_stay_out_of_the_audit_and_what_is_published_is_not_written_in(officer: User) -> None:
    vouch()
    edition_id = a_frozen(officer)
    writing.keep_words(edition_id, {spot(Place.SUMMARY): said("Confidential")}, by=officer)
    publish(edition_id, officer)
    with pytest.raises(guard.EditionError, match="is published, and stays as it is"):
        writing.keep_words(edition_id, {spot(Place.SUMMARY): said("Other", 1)}, by=officer)
    with reading() as session:
        (event,) = [each for each in list_events(session) if each.verb == "write edition"]
        assert [*list_differences(session), *list_deeds_without_rows(session)] == []
    assert "summary" in str(event)
    assert "Confidential" not in str(event)


def test_a_red_without_its_parts_and_a_broken_token_keep_it_from_being_published(officer: User) -> None:
    add_figure("BINS", SEPTEMBER.iso, "20", revision=2)
    add_measure("LATE", title="Late trains", polarity=Polarity.LOWER)
    add_figure("LATE", SEPTEMBER.iso, "9")
    add_target("LATE", SEPTEMBER.iso, "1")
    edition_id = a_frozen(officer)
    with pytest.raises(guard.EditionError, match="Late trains lacks a comparator or why there is none and a cause"):
        publish(edition_id, officer)
    parts = {spot(each, "LATE"): said("Said") for each in (Place.COMPARATOR, Place.CAUSE, Place.ACTION)}
    writing.keep_words(edition_id, parts | {spot(Place.SUMMARY): said("{{LATE.values}}")}, by=officer)
    with pytest.raises(guard.EditionError, match="nothing is called values"):
        publish(edition_id, officer)
    writing.keep_words(edition_id, {spot(Place.SUMMARY): said("{{LATE.value}}", 1)}, by=officer)
    publish(edition_id, officer)
    story = shown.get_edition(edition_id, by=officer).pack.story
    assert (story.words[Place.SUMMARY], story.unfinished) == ("9 (1 of 3 months)", ())


def test_the_next_pack_says_what_changed_and_what_was_restated_of_the_one_before(officer: User) -> None:
    first = a_published(officer, replace(EDITION, period=AUGUST))
    add_figure("BINS", AUGUST.iso, "25", revision=2, at=RECORDED + timedelta(days=40))
    add_figure("CALLS", SEPTEMBER.iso, counts=("1", "20"), revision=2)
    next_id = plan(officer, replace(EDITION, period=SEPTEMBER))
    freeze(next_id, officer)
    pack = shown.get_edition(next_id, by=officer).pack
    assert pack.before is not None
    assert pack.before.id == first
    assert [(each.was.figure, each.now.figure) for each in pack.restated] == [("20", "25")]
    assert [(each.was.rag, each.now.rag) for each in pack.changed] == [(Rag.GREEN, Rag.RED)]
    add_figure("BINS", AUGUST.iso, "30", revision=3, at=RECORDED + timedelta(days=41))
    again = shown.get_edition(next_id, by=officer).pack
    assert again == pack, "what it says of the one before is frozen with it"


def test_why_there_is_no_comparator_is_offered_again(officer: User) -> None:
    first = plan(officer, replace(EDITION, period=AUGUST))
    freeze(first, officer)
    why = {spot(Place.COMPARATOR, "BINS"): said("Nobody counts bins"), spot(Place.CAUSE, "BINS"): said("Rain")}
    writing.keep_words(first, why, by=officer)
    publish(first, officer)
    next_id = plan(officer, replace(EDITION, period=SEPTEMBER))
    freeze(next_id, officer)
    view = writing.words_of(next_id, by=officer)
    assert (view.at(spot(Place.COMPARATOR, "BINS")).words, view.at(spot(Place.COMPARATOR, "BINS")).version) == (
        "Nobody counts bins", 0,
    )  # fmt: skip
    assert view.at(spot(Place.CAUSE, "BINS")).words == "", "a cause is said anew"


def test_nothing_is_written_of_what_is_not_frozen_and_a_meeting_without_a_freeze_goes(officer: User) -> None:
    edition_id = plan(officer)
    for refused in (
        lambda: writing.words_of(edition_id, by=officer),
        lambda: writing.keep_words(edition_id, {spot(Place.SUMMARY): said("Words")}, by=officer),
    ):
        with pytest.raises(guard.EditionError, match="Nothing is frozen yet"):
            refused()
    calendar.cancel_edition(edition_id, version=1, by=officer)


def test_whoever_is_about_to_publish_sees_words_first_that_came_meanwhile(officer: User) -> None:
    edition_id = a_frozen(officer)
    seen = version(edition_id)
    writing.keep_words(edition_id, {spot(Place.SUMMARY): said("Slipped in")}, by=officer)
    with pytest.raises(guard.EditionMovedError):
        freezing.publish_edition(edition_id, version=seen, by=officer)
    publish(edition_id, officer)


def test_what_members_read_is_not_in_a_pack_for_everybody(officer: User) -> None:
    a_published(officer, replace(EDITION, period=AUGUST))
    add_figure("BINS", SEPTEMBER.iso, "20", revision=2, commentary=SAID)
    next_id = a_published(officer, replace(EDITION, period=SEPTEMBER, audience=Audience.EVERYBODY))
    assert shown.get_edition(next_id, by=a_user("employee", Role.EMPLOYEE)).pack.before is None


@pytest.mark.parametrize("change", [{"committee": "Scrutiny"}, {"audience": Audience.EVERYBODY}], ids=str)
def test_an_edition_whose_readers_change_after_its_freeze_tells_them_nothing_of_the_one_before(
    officer: User, change: dict[str, object]
) -> None:
    a_published(officer, replace(EDITION, period=AUGUST))
    next_id = plan(officer, replace(EDITION, period=SEPTEMBER))
    freeze(next_id, officer)
    frozen = shown.get_edition(next_id, by=officer)
    assert frozen.pack.before is not None
    calendar.change_edition(replace(frozen.edition, **change), by=officer)
    assert shown.get_edition(next_id, by=officer).pack.before is None


def test_what_is_only_confirmed_in_the_last_month_leaves_what_was_said_before(officer: User) -> None:
    add_figure("BINS", SEPTEMBER.iso, "20", revision=2, commentary="Confirmed as right: Counted twice")
    (bins,) = (each for each in shown.get_edition(a_frozen(officer), by=officer).lines if each.measure_code == "BINS")
    assert bins.said.why == "A lorry broke"


# Besides the measures


def test_a_red_says_how_its_recovery_plan_stood_and_never_changes(officer: User) -> None:
    author = a_user("author", Role.SERVICE_MANAGER, "WASTE")
    plan_id = planning.open_plan("BINS", period=SEPTEMBER, cause="Lorries break", by=author)
    edition_id = plan(officer)
    freeze(edition_id, officer)
    drafted = lines(shown.get_edition(edition_id, by=officer))
    assert drafted["BINS"].recovery == f"R-{plan_id:02d} is drafted, and not agreed yet."
    assert drafted["CALLS"].recovery == ""
    _agree(plan_id, author)
    assert lines(shown.get_edition(edition_id, by=officer))["BINS"].recovery == drafted["BINS"].recovery
    freeze(edition_id, officer)
    red = shown.get_edition(edition_id, by=officer).pack.story.reds[0]
    said = dict(red.parts)["Recovery plan"]
    assert said == f"R-{plan_id:02d}: 0 of 1 milestone met; 0 of 1 action done. Next: at most 12 by November 2017."


def _agree(plan_id: int, author: User) -> None:
    planning.add_milestone(plan_id, number=Decimal(12), period=Period.month(2017, 11), version=1, by=author)
    planning.add_action(plan_id, action=Action(id=0, action="Mend", responsible_role="Head", result="Fewer",
                                               ends_on=date(2017, 12, 1)), version=2, by=author)  # fmt: skip
    decisions.agree_plan(plan_id, version=3, by=a_user("chair", Role.HEAD, "WASTE"))


def test_a_red_without_a_plan_says_so(officer: User) -> None:
    edition_id = plan(officer)
    freeze(edition_id, officer)
    assert lines(shown.get_edition(edition_id, by=officer))["BINS"].recovery == "No plan is open."


def test_the_highest_risks_are_frozen_with_it_and_closed_or_low_ones_are_not(officer: User) -> None:
    keeper = a_user("keeper", Role.SERVICE_MANAGER, "WASTE")
    scores = {"Flood": (5, 5), "Strike": (3, 4), "Paint": (1, 2)}
    for title, (likelihood, impact) in scores.items():
        risk = Risk(code="", title=title, event="It happens", owner_role="Head", measure_code="BINS",
                    likelihood=likelihood, impact=impact, mitigation="Watch")  # fmt: skip
        risks.add_risk(RiskEntry(risk=risk, unit_code="WASTE"), by=keeper)
    edition_id = plan(officer)
    freeze(edition_id, officer)
    found = shown.get_edition(edition_id, by=officer).pack.beside.risks
    assert [(each.title, each.in_words.partition(":")[0]) for each in found] == [
        ("Flood", "Very high"), ("Strike", "High"),
    ]  # fmt: skip
    assert (found[0].owner_role, found[0].mitigation) == ("Head", "Watch")
    of_hr = plan(officer, replace(EDITION, committee="Panel", kinds=(ContentKind.CORPORATE_PLAN,)))
    freeze(of_hr, officer)
    assert len(shown.get_edition(of_hr, by=officer).pack.beside.risks) == 2  # of its measures


def test_a_target_that_was_set_anew_is_named_with_why(officer: User) -> None:
    edition_id = plan(officer)
    freeze(edition_id, officer)
    assert shown.get_edition(edition_id, by=officer).pack.beside.targets == ()
    add_target("BINS", SEPTEMBER.iso, "12", revision=2, rationale="The contract asks for it")
    freeze(edition_id, officer)
    (found,) = shown.get_edition(edition_id, by=officer).pack.beside.targets
    assert found.in_words == "10 for September 2017, and now 12. The contract asks for it."


def test_the_public_is_told_neither_of_plans_nor_of_risks(officer: User) -> None:
    keeper = a_user("keeper", Role.SERVICE_MANAGER, "WASTE")
    risk = Risk(code="", title="Flood", event="It happens", owner_role="Head", likelihood=5, impact=5)
    risks.add_risk(RiskEntry(risk=risk, unit_code="WASTE"), by=keeper)
    spoken = replace(EDITION, audience=Audience.PUBLIC)
    edition_id = a_published(officer, spoken)
    assert shown.get_edition(edition_id, by=officer).pack.beside.risks
    latest = public.find_latest()
    assert latest
    assert latest.pack.beside.risks == ()
    assert {each.recovery for each in latest.pack.lines} == {""}
    assert "Recovery plan" not in dict(latest.pack.story.reds[0].parts)
