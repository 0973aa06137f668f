"""Which days ahead are a person's, under which names, and when to think of them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from performance.do.calendar import Calendar, Dates
from performance.do.returns import Asked
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.organisation import Action, Milestone, Unit, UnitKind
from performance.ground.periods import Frequency, Period
from performance.home import dates
from performance.home.dates import DateAhead, DateKind, Followed
from performance.report.editions import Edition, Freeze

OCTOBER, NOVEMBER = Period.month(2017, 10), Period.month(2017, 11)
QUARTER = Period(start=date(2017, 10, 1), months=3)
WASTE = Unit(code="WASTE", name="Waste and recycling", kind=UnitKind.SERVICE)
CHRISTMAS = Calendar(holidays=frozenset({date(2017, 12, 25), date(2017, 12, 26)}))
PLAN = Followed(id=7, reference="R-07", title="Days to relet", unit_code="WASTE", lag_days=15, since=OCTOBER)


def a_measure(
    code: str = "BINS", title: str = "Missed bins", *, lag: int = 15, often: Frequency = Frequency.MONTHLY
) -> Measure:
    return Measure(
        code=code, title=title, unit="number", polarity=Polarity.LOWER, accumulation=Accumulation.IN_PERIOD,
        frequency=often, unit_code="WASTE", decimals=0, lag_days=lag,
    )  # fmt: skip


def asked(measure: Measure, period: Period = OCTOBER, calendar: Calendar = CHRISTMAS) -> Asked:
    return Asked(measure=measure, period=period, dates=calendar.dates(measure, period))


def due(*found: Asked, calendar: Calendar = CHRISTMAS) -> list[DateAhead]:
    return list(dates.returns_due(WASTE, found, calendar=calendar))


# Returns


def test_a_return_is_due_on_one_day_and_names_its_measures() -> None:
    (only,) = due(asked(a_measure()), asked(a_measure("RATE", "Élan, recycled")))
    assert (only.kind, only.code, only.on) == (DateKind.FIGURES, "WASTE-2017-10-01/P1M-1", date(2017, 11, 15))
    assert only.line.label == "Figures for October 2017 due: Waste and recycling"
    assert only.line.detail == "2 measures: Élan, recycled; Missed bins"
    assert only.line.address == "my-return?unit=WASTE&period=2017-10-01%2FP1M"


def test_figures_that_come_later_are_a_second_day_of_the_same_return() -> None:
    found = due(asked(a_measure("LATE", "Late ones", lag=45)), asked(a_measure()))
    assert [(each.code[-1], each.on, each.line.detail) for each in found] == [
        ("1", date(2017, 11, 15), "1 measure: Missed bins"),
        ("2", date(2017, 12, 15), "1 measure: Late ones"),
    ]


def test_a_quarter_is_told_apart_from_its_last_month_and_leads_to_the_return_of_that_month() -> None:
    december = Period.month(2017, 12)
    found = due(asked(a_measure("Q", often=Frequency.QUARTERLY), QUARTER), asked(a_measure(), december))
    assert {each.code for each in found} == {f"WASTE-{QUARTER.iso}-1", f"WASTE-{december.iso}-1"}
    assert {each.line.query for each in found} == {(("unit", "WASTE"), ("period", december.iso))}


def test_a_day_that_the_team_moves_keeps_its_name() -> None:
    moved = Dates(opens_on=date(2017, 11, 1), on_time_by=date(2017, 11, 20), locks_on=None, reason="Snow")
    calendar = Calendar(set_dates={(Frequency.MONTHLY, OCTOBER): moved})
    (before,), (after,) = due(asked(a_measure())), due(asked(a_measure(), calendar=calendar), calendar=calendar)
    assert (before.on, after.on) == (date(2017, 11, 15), date(2017, 11, 20))
    assert (before.kind, before.code) == (after.kind, after.code)


def test_of_many_measures_the_first_are_named() -> None:
    (only,) = due(*(asked(a_measure(f"M{number}", f"Measure {number:02}")) for number in range(15)))
    assert only.line.detail.startswith("15 measures: Measure 00; Measure 01; ")
    assert only.line.detail.endswith("; Measure 11; and 3 more")


@pytest.mark.parametrize(
    ("day", "thought_of"),
    [
        pytest.param(date(2017, 11, 15), date(2017, 11, 10), id="over a weekend"),
        pytest.param(date(2017, 11, 17), date(2017, 11, 14), id="within a week"),
        pytest.param(date(2017, 12, 27), date(2017, 12, 20), id="over Christmas"),
        pytest.param(date(2017, 11, 12), date(2017, 11, 8), id="before a Sunday"),
    ],
)
def test_it_is_thought_of_three_working_days_before(day: date, thought_of: date) -> None:
    assert dates.reminder(day, CHRISTMAS) == thought_of


# Recovery plans and actions


def test_a_plan_is_spoken_of_with_its_return_and_otherwise_by_the_lag_of_its_measure() -> None:
    found = list(dates.updates_due(PLAN, {OCTOBER: date(2017, 11, 20)}, calendar=CHRISTMAS))
    assert [(each.code, each.on) for each in found] == [
        ("R-07-2017-10-01/P1M", date(2017, 11, 20)),
        ("R-07-2017-11-01/P1M", date(2017, 12, 15)),
        ("R-07-2017-12-01/P1M", date(2018, 1, 15)),
    ]
    assert found[0].line.label == "Say how recovery plan R-07 went in October 2017: Days to relet"


def test_a_milestone_that_moves_keeps_its_name_and_counts_on_and_says_no_number() -> None:
    first = Milestone(id=3, number=Decimal("25"), period=OCTOBER, original_period=OCTOBER)
    later = Milestone(id=3, number=Decimal("25"), period=NOVEMBER, original_period=OCTOBER, moves=1)
    before, after = dates.milestone_due(first, PLAN), dates.milestone_due(later, PLAN)
    assert (before.on, before.revision) == (date(2017, 10, 31), 0)
    assert (after.on, after.revision) == (date(2017, 11, 30), 1)
    assert before.code == after.code
    assert "25" not in f"{after.line.label} {after.line.detail}"


def test_an_action_without_an_end_has_no_day() -> None:
    at = {"where": "A plan", "unit_code": "WASTE", "month": NOVEMBER, "version": 3, "calendar": CHRISTMAS}
    ends = Action(id=5, action="Hire", responsible_role="Manager", ends_on=date(2017, 11, 30), moves=1)
    assert dates.action_due(Action(id=4, action="Talk"), **at) is None  # type: ignore[arg-type]
    found = dates.action_due(ends, **at)  # type: ignore[arg-type]
    assert found is not None
    assert (found.code, found.revision, found.line.detail) == ("5", 3, "A plan. Manager")


# Editions and rounds


def test_figures_of_an_edition_close_until_they_are_frozen_and_its_meeting_stays() -> None:
    planned = Edition(committee="Cabinet", period=QUARTER, closes_on=date(2018, 2, 1), meets_on=date(2018, 2, 12),
                      version=4, id=3)  # fmt: skip
    closes, meets = dates.edition_dates(planned, calendar=CHRISTMAS)
    assert (closes.kind, closes.on, closes.revision) == (DateKind.CLOSES, date(2018, 2, 1), 3)
    assert closes.line.detail == "For the meeting on 12 February 2018"
    assert (meets.kind, meets.on, meets.code) == (DateKind.MEETS, date(2018, 2, 12), "E-03")
    assert meets.line.label == f"Cabinet meets: performance, {QUARTER.in_words}"
    frozen = Edition(committee="Cabinet", period=QUARTER, closes_on=date(2018, 2, 1), meets_on=date(2018, 2, 12),
                     freeze=Freeze(at=datetime(2018, 2, 2, tzinfo=UTC), by="x"), id=3)  # fmt: skip
    assert [each.kind for each in dates.edition_dates(frozen, calendar=CHRISTMAS)] == [DateKind.MEETS]


def test_a_round_that_never_locks_has_its_day_alone() -> None:
    at = {"on_time_by": date(2017, 11, 15), "calendar": CHRISTMAS}
    both = dates.round_dates(Frequency.MONTHLY, OCTOBER, locks_on=date(2017, 11, 29), **at)  # type: ignore[arg-type]
    assert [(each.kind, each.line.label) for each in both] == [
        (DateKind.ROUND, "Monthly figures for October 2017 are due: all services"),
        (DateKind.LOCKS, "Monthly figures for October 2017 lock: all services"),
    ]
    assert len(list(dates.round_dates(Frequency.MONTHLY, OCTOBER, locks_on=None, **at))) == 1  # type: ignore[arg-type]


def test_what_is_over_is_left_out_and_today_is_not() -> None:
    (first,) = due(asked(a_measure()))
    for days, stays in ((0, True), (1, False)):
        assert bool(dates.to_come([first], today=first.on + timedelta(days=days))) is stays
