"""Data quality as officers read it: by unit and month, as known at a past moment, with names and numbers withheld."""

from datetime import UTC, date, datetime

import pytest

from cycle.review.quality import challenges, data_quality
from cycle.review.quality.view import QualityView
from data_access.models import MeasureUseRow, ReturnRow
from data_access.store.database import transaction
from data_access.store.errors import NotFoundError
from performance.ground.figures import FigureStatus
from performance.ground.measures import Polarity, Use
from performance.ground.organisation import ReturnStatus
from performance.ground.people import Role, User
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from tests.builders import WARDS, a_user, add_council, add_figure, add_measure, add_target

pytestmark = pytest.mark.usefixtures("database_on_one")
AUGUST, SEPTEMBER = Period.month(2017, 8), Period.month(2017, 9)
IN_TIME, SIGNED, LATER = (datetime(2017, 10, day, 9, tzinfo=UTC) for day in (4, 12, 20))


def an_analyst() -> User:
    return a_user("analyst", Role.BI_TEAM, "COUNCIL")


def a_signed_off_month(unit: str = "WASTE", *, month: Period = SEPTEMBER, at: datetime = SIGNED) -> None:
    with transaction() as session:
        session.add(
            ReturnRow(
                unit_code=unit, period_start=month.start, period_months=1, status=ReturnStatus.APPROVED, version=1,
                submitted_by="manager", submitted_at=at, decided_by="head", decided_at=at, approved_at=at,
            )
        )  # fmt: skip


def a_council_that_reports() -> None:
    """Of September: bins in time and signed off, care late and estimated, homes missing; a yearly one is not due."""
    add_council()
    since = date(2017, 8, 1)
    add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER, active_from=since)
    add_measure("HOMES", title="Empty homes", unit_code="HOUSING", active_from=since)
    add_measure("CARE", title="Care", unit_code="SOCIAL", active_from=since)
    add_measure("YEARLY", frequency=Frequency.YEARLY, active_from=since)
    add_measure("RETIRED", active_to=date(2016, 3, 31))
    add_figure("BINS", "2017-09", "10", at=IN_TIME, by="manager")
    add_figure("CARE", "2017-09", "5", at=LATER, status=FigureStatus.ESTIMATED)
    for code in ("BINS", "HOMES", "CARE"):
        add_figure(code, "2017-08", "9", at=datetime(2017, 9, 3, tzinfo=UTC))
    a_signed_off_month()


def rows(view: QualityView) -> dict[str, tuple[int, ...]]:
    return {
        row.unit.code: (row.counts.due, row.counts.received, row.counts.on_time, row.counts.late, row.counts.signed_off)
        for row in view.rows
    }


def test_each_unit_counts_what_was_due_from_it_and_below_it() -> None:
    a_council_that_reports()
    view = data_quality.data_quality(SEPTEMBER, by=an_analyst())
    assert rows(view) == {
        "PEOPLE": (1, 1, 0, 1, 0),
        "SOCIAL": (1, 1, 0, 1, 0),
        "PLACE": (2, 1, 1, 0, 1),
        "HOUSING": (1, 0, 0, 0, 0),
        "WASTE": (1, 1, 1, 0, 1),
    }
    assert view.counts.in_words == "2 of 3 received (67%), 1 on time (33%), 1 signed off (33%)"
    assert (view.counts.estimated, view.not_due) == (1, 0)
    assert [(month.start.month, counts.due) for month, counts in view.year.items()][-2:] == [(8, 3), (9, 3)]


def test_a_unit_is_read_alone_and_one_that_there_is_not_is_refused() -> None:
    a_council_that_reports()
    analyst = an_analyst()
    view = data_quality.data_quality(SEPTEMBER, "PLACE", by=analyst)
    assert list(rows(view)) == ["PLACE", "HOUSING", "WASTE"]
    assert {each.measure.code for each in view.due} == {"BINS", "HOMES"}
    with pytest.raises(NotFoundError):
        data_quality.data_quality(SEPTEMBER, "NONE", by=analyst)


def test_a_month_is_offered_once_something_of_it_is_due() -> None:
    add_council(today=date(2017, 11, 3))
    add_measure()
    analyst = an_analyst()
    assert data_quality.list_months(by=analyst)[0] == SEPTEMBER
    assert data_quality.list_units(SEPTEMBER, by=analyst) == {
        "council": "Whole council", "PLACE": "Directorate: Place", "WASTE": "Service: Waste and recycling",
    }  # fmt: skip


def test_as_known_at_a_past_moment_what_came_later_is_missing() -> None:
    a_council_that_reports()
    view = data_quality.data_quality(SEPTEMBER, as_known_at=datetime(2017, 10, 10, tzinfo=UTC), by=an_analyst())
    assert (view.counts.due, view.counts.received, view.counts.signed_off) == (3, 1, 0)
    assert (view.today, view.may_doubt) == (date(2017, 10, 10), False)


def test_a_measure_with_ward_figures_alone_is_not_asked_of_the_council() -> None:
    add_council()
    add_measure("FLY", active_from=date(2017, 9, 1))
    for ward in WARDS:
        add_figure("FLY", "2017-09", "8", area=ward)
    assert data_quality.data_quality(SEPTEMBER, by=an_analyst()).counts.due == 0


def test_several_years_published_together_are_the_figure_of_the_year_they_end_with() -> None:
    add_council()
    add_measure("LIFE", frequency=Frequency.YEARLY, active_from=date(2014, 4, 1), lag_days=300)
    add_figure("LIFE", "2013-04-01/P3Y", "60")
    analyst = an_analyst()
    assert data_quality.data_quality(Period.month(2016, 3), by=analyst).counts.received == 1


def a_restated_month() -> None:
    a_council_that_reports()
    add_target("BINS", "2017-09", "10")
    add_figure("BINS", "2017-09", "14", revision=2, at=LATER, by="manager", commentary="What happened: Two added.")


def test_a_restatement_stands_with_both_colours_and_why_and_with_names_for_some() -> None:
    a_restated_month()
    manager, leader = a_user(), a_user("leader", Role.LEADERSHIP, "COUNCIL")
    head = a_user("head", Role.HEAD, "PLACE")
    (line,) = data_quality.data_quality(SEPTEMBER, by=an_analyst()).restated
    assert (line.was, line.now, line.rag_was, line.rag_now) == ("10", "14", Rag.GREEN, Rag.RED)
    assert (line.on, line.why, line.who) == (LATER.date(), "Two added.", manager.name)
    assert data_quality.data_quality(SEPTEMBER, by=head).restated[0].who == manager.name
    assert data_quality.data_quality(SEPTEMBER, by=leader).restated[0].who == ""
    assert data_quality.data_quality(SEPTEMBER, as_known_at=SIGNED, by=leader).restated == ()


def test_of_years_ago_is_restated_what_was_changed_within_the_last_twelve_months() -> None:
    a_council_that_reports()
    years_ago = {
        2012: [datetime(2013, 1, 9, tzinfo=UTC), LATER],
        2013: [datetime(2016, 11, 9, 23, 59, tzinfo=UTC)],
        2014: [datetime(2016, 11, 10, tzinfo=UTC)],
        2015: [LATER],
    }
    for year in years_ago:
        add_figure("BINS", f"{year}-09", "9", at=datetime(year, 10, 3, tzinfo=UTC))
        a_signed_off_month(month=Period.month(year, 9), at=datetime(year, 10, 12, tzinfo=UTC))
    analyst = an_analyst()
    assert data_quality.data_quality(SEPTEMBER, by=analyst).restated == ()
    for year, changes in years_ago.items():
        for revision, at in enumerate(changes, start=2):
            add_figure("BINS", f"{year}-09", str(9 + revision), revision=revision, at=at)
    found = data_quality.data_quality(SEPTEMBER, by=analyst).restated
    assert [(each.period.start.year, each.was, each.now) for each in found] == [(2015, "9", "11"), (2014, "9", "11")]
    assert data_quality.measure_quality("BINS", by=analyst).findings[0].evidence == "2 figures changed after sign-off."
    before = data_quality.data_quality(SEPTEMBER, as_known_at=SIGNED, by=analyst).restated
    assert [each.period.start.year for each in before] == [2014, 2013]


def test_a_year_that_was_missing_is_there_with_several_years_published_since() -> None:
    add_council()
    add_measure("LIFE", frequency=Frequency.YEARLY, active_from=date(2014, 4, 1), lag_days=300)
    analyst, march = an_analyst(), Period.month(2016, 3)
    assert data_quality.data_quality(march, by=analyst).counts.received == 0
    add_figure("LIFE", "2006-04-01/P10Y", "60")
    (due,) = data_quality.data_quality(march, by=analyst).due
    assert [each.period.months for each in due.revisions] == [120]


def test_a_sign_off_a_question_and_a_use_are_seen_by_who_read_before() -> None:
    a_council_that_reports()
    analyst, leader = an_analyst(), a_user("leader", Role.LEADERSHIP, "COUNCIL")
    view = data_quality.data_quality(SEPTEMBER, by=analyst)
    assert (view.counts.signed_off, view.counts.questions, len(view.open)) == (1, 0, 0)
    a_signed_off_month("SOCIAL")
    asked = challenges.ask("CARE", None, SEPTEMBER, text="Why so few?", by=leader)
    with transaction() as session:
        session.add(MeasureUseRow(measure_code="BINS", use=Use.OPENED, on=date(2015, 1, 1)))
    view = data_quality.data_quality(SEPTEMBER, by=analyst)
    assert (view.counts.signed_off, view.counts.questions, len(view.open)) == (1, 1, 1)
    assert [each.counts.questions for each in view.rows if each.unit.code in {"SOCIAL", "WASTE"}] == [1, 0]
    relevance = {each.measure.code: each.findings[4].evidence for each in view.measures}
    assert relevance["BINS"] == "Neither opened nor reported since 1 January 2015."
    assert relevance["CARE"] == "Neither opened nor reported in the last 12 months."
    challenges.settle(asked.id, version=asked.version, by=leader)
    view = data_quality.data_quality(SEPTEMBER, by=analyst)
    assert (view.counts.questions, len(view.open)) == (0, 0)


def test_what_would_give_a_small_ward_count_away_is_not_in_a_restatement() -> None:
    add_council()
    add_measure("PEOPLE", title="People", counts_people=True)
    add_figure("PEOPLE", "2017-09", "19", at=IN_TIME)
    add_figure("PEOPLE", "2017-09", "3", area=WARDS[0], at=IN_TIME)
    add_figure("PEOPLE", "2017-09", "18", revision=2, at=LATER, commentary="What happened: One ward had 3.",
               confirmed_checks="wards")  # fmt: skip
    a_signed_off_month()
    leader, analyst = a_user("leader", Role.LEADERSHIP, "COUNCIL"), an_analyst()
    assert data_quality.data_quality(SEPTEMBER, by=analyst).restated[0].was == "19"
    seen = data_quality.data_quality(SEPTEMBER, by=leader)
    hidden = Absence.SUPPRESSED.in_words
    assert [(each.was, each.now, each.why, each.rag_now) for each in seen.restated] == [(hidden, hidden, hidden, None)]
    assert [(each.figure, each.reason) for each in seen.confirmed] == [(hidden, hidden)]


def test_a_confirmed_check_stands_with_its_reason_until_the_bi_team_judges_it() -> None:
    a_council_that_reports()
    add_figure("BINS", "2017-09", "100", revision=2, at=LATER, confirmed_checks="slip|unusual",
               commentary="Confirmed as right: New rounds.")  # fmt: skip
    analyst, leader = an_analyst(), a_user("leader", Role.LEADERSHIP, "COUNCIL")
    view = data_quality.data_quality(SEPTEMBER, by=analyst)
    (line,) = view.confirmed
    assert (line.reason, line.revision, line.judged, view.may_doubt) == ("New rounds.", 2, None, True)
    assert len(line.checks) == 2
    assert not data_quality.data_quality(SEPTEMBER, by=leader).may_doubt
    assert (view.counts.confirmed, view.counts.questions) == (1, 0)
    asked = challenges.doubt("BINS", SEPTEMBER, text="Ten times?", revision=2, by=analyst)
    view = data_quality.data_quality(SEPTEMBER, by=analyst)
    assert view.confirmed[0].judged == asked
    assert [each.challenge.id for each in view.open] == [asked.id]
    assert view.counts.questions == 1
    head = a_user("head", Role.HEAD, "PLACE")
    assert [each.challenge.id for each in challenges.list_doubts("WASTE", SEPTEMBER, by=head)] == [asked.id]


def test_a_reminder_names_the_role_what_is_missing_and_since_when_and_people_for_some_alone() -> None:
    a_council_that_reports()
    holder = a_user("homes", unit="HOUSING")
    analyst, leader = an_analyst(), a_user("leader", Role.LEADERSHIP, "COUNCIL")
    found = data_quality.data_quality(SEPTEMBER, "HOUSING", by=analyst).reminders
    assert [each.unit_name for each in found] == ["Housing"]
    assert found[0].whom == f"Head of Housing, {holder.name}"
    assert "Empty homes, September 2017: due by 5 October 2017, 36 days ago" in found[0].text
    assert data_quality.data_quality(SEPTEMBER, "HOUSING", by=leader).reminders[0].whom == "Head of Housing"


def test_one_measure_is_read_in_six_dimensions() -> None:
    a_restated_month()
    found = data_quality.measure_quality("BINS", by=an_analyst())
    evidence = {each.dimension.value: each.evidence for each in found.findings}
    assert len(evidence) == 6
    assert evidence["accuracy"] == "1 figure changed after sign-off."
    assert evidence["completeness"].startswith("1 of 3 missing")
    before = data_quality.measure_quality("BINS", as_known_at=SIGNED, by=an_analyst_again())
    assert before.findings[0].evidence != evidence["accuracy"]


def an_analyst_again() -> User:
    return a_user("second", Role.BI_TEAM, "COUNCIL")
