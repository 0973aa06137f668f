"""Whatever is kept of a reading is what would be worked out anew: after any change, for everybody, in any order."""

from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from cycle.ground import memory
from cycle.ground.series.warding import NoWardFiguresError
from cycle.home.desk import home
from cycle.plan import register, thread
from cycle.report.annual import charts
from cycle.review import readings
from cycle.review.explorer import explore, list_places
from cycle.review.quality import data_quality
from cycle.revise.recovery import planning
from data_access.council.settings_store import get_setting, save_setting
from data_access.do.disclosure import list_wrong
from data_access.models import (
    AreaRow,
    ChallengeRow,
    FigureRow,
    MeasureRow,
    MeasureUseRow,
    PlanNodeRow,
    RebaseRow,
    ReturnRow,
    SelfAssessmentRow,
    SeriesBreakRow,
    TargetRow,
)
from data_access.store.database import reading, transaction
from performance.ground.figures import FigureStatus, TargetState
from performance.ground.measures import Use
from performance.ground.organisation import AreaKind, ReturnStatus
from performance.ground.people import Permission, Role, User
from performance.ground.periods import Period
from performance.review.quality.challenges import ChallengeKind
from tests.builders import (
    COUNCIL,
    NATION,
    NEIGHBOUR,
    RECORDED,
    WARDS,
    a_user,
    add_council,
    add_group,
    add_measure,
    add_share,
)

CODES = ("A1", "A2", "B1", "B2")
AREAS = (COUNCIL, NATION, NEIGHBOUR, *WARDS[:3])
MONTHS = [Period.month(2017, month) for month in range(4, 11)]
PEOPLE = {"counts_people": True, "numerator_definition": "People helped"}
ROLES = (Role.BI_TEAM, Role.LEADERSHIP, Role.SERVICE_MANAGER, Role.COUNCILLOR, Role.EMPLOYEE)
Change = Callable[[Random, Session], object]
Reading = Callable[[User], object]


@pytest.fixture
def people(database_on_both: str) -> list[User]:
    add_council()
    add_group("Neighbours", NEIGHBOUR)
    add_measure("A1", **PEOPLE)
    add_share("A2", **PEOPLE, unit_code="HOUSING")
    add_measure("B1", comparator_group="Neighbours")
    add_measure("B2", unit_code="HOUSING", objective_code=None, **PEOPLE | {"numerator_definition": "Others"})
    random = chance(0)
    with transaction() as session:
        for code in CODES:
            for month in MONTHS:
                for area in AREAS:
                    a_figure(random, session, code, area, month)
                a_target(random, session, code, month)
        # So that who reads what is signed off reads an older figure than the rest.
        newest, waits = MONTHS[-1].start, ReturnStatus.SUBMITTED
        session.add(ReturnRow(unit_code="WASTE", period_start=newest, period_months=1, status=waits))
    return [a_user(role.value, role) for role in ROLES]


@pytest.mark.parametrize("seed", range(4))
def test_what_is_kept_is_what_would_be_worked_out_anew(people: list[User], seed: int) -> None:
    random = chance(seed)
    for step in range(10):
        for user in random.sample(people, k=2):
            for name, read in _readings(random, user):
                kept = said(read, user)
                with nothing_kept():
                    assert kept == said(read, user), f"{name} as {user.username}, after {step} changes"
        with transaction() as session:
            random.choice(CHANGES)(random, session)
        with reading() as session:
            assert list(list_wrong(session)) == [], f"after {step} changes"


def chance(seed: int | str) -> Random:
    return Random(seed)  # noqa: S311 - chance, not secrecy


def _readings(random: Random, user: User) -> Iterator[tuple[str, Reading]]:
    """A few of all that a person may read, in any order."""
    code, month = random.choice(CODES), random.choice(MONTHS[-3:])
    at = random.choice([None, None, RECORDED + timedelta(days=random.randint(0, 40))])
    scope, ward = random.choice(["corporate", "WASTE", "HOUSING", "B1"]), random.choice(WARDS[:3])
    found: list[tuple[str, Reading]] = []
    if user.may(Permission.VIEW_SCORECARDS):
        found += [
            ("scorecard", lambda by: readings.scorecard(month, scope, as_known_at=at, by=by)),
            ("scorecard now", lambda by: readings.scorecard(None, scope, by=by)),
            ("scorecard so far", lambda by: readings.scorecard_so_far(month, scope, as_known_at=at, by=by)),
            ("what changed", lambda by: readings.what_changed(month, scope, as_known_at=at, by=by)),
            ("opening", lambda by: readings.opening_month(by=by)),
            ("may turn red", lambda by: readings.ambers_to_watch(scope, by=by)),
            ("red now", lambda by: readings.standing_now(scope, by=by)),
            ("measure", lambda by: readings.measure_page(code, as_known_at=at, by=by)),
            ("home", lambda by: home(by=by)),
            ("register", lambda by: register.list_register(by=by)),
            ("forecast tried", lambda by: readings.forecasts_tried(readings.list_measures_by_title(by=by), by=by)),
        ]
    if user.may(Permission.VIEW_RECOVERY_PLANS):
        found += [("called for", lambda by: planning.called_for(by=by))]
    if user.may(Permission.MAKE_REPORTS):
        found += [("measures to chart", lambda by: charts.measures_to_chart(by=by))]
    if user.may(Permission.VIEW_DATA_QUALITY):
        unit = random.choice([data_quality.COUNCIL_WIDE, "PLACE", "WASTE"])
        found += [
            ("data quality", lambda by: data_quality.data_quality(month, unit, as_known_at=at, by=by)),
            ("quality of a measure", lambda by: data_quality.measure_quality(code, as_known_at=at, by=by)),
        ] * 2
    if user.may(Permission.VIEW_WARDS):
        found += [
            ("ward map", lambda by: readings.ward_map(code, None, as_known_at=at, by=by)),
            ("ward measures", lambda by: readings.ward_measures(by=by)),
            ("wards", lambda by: readings.list_wards(by=by)),
            ("ward profile", lambda by: readings.ward_profile(ward, by=by)),
            ("ward profile then", lambda by: readings.ward_profile(ward, month, as_known_at=at, by=by)),
        ]
    if user.may(Permission.EXPLORE):
        found += [
            ("places", lambda by: list_places([code], by=by)),
            ("explored", lambda by: explore([code], list(AREAS), by=by)),
        ]
    if user.may(Permission.VIEW_PLAN):
        found += [("golden thread", lambda by: thread.golden_thread(by=by))] * 2
    return iter(random.sample(found, k=min(5, len(found))))


# What changes


def a_figure(
    random: Random, session: Session, code: str | None = None, area: str | None = None, month: Period | None = None
) -> None:
    """A first figure, or the next revision of one: many of them small."""
    code, area = code or random.choice(CODES), area or random.choice(AREAS)
    month = month or random.choice(MONTHS)
    count, of = Decimal(random.choice([0, 1, 2, 4, 9, 30, 55])), Decimal(60)
    before = session.scalars(
        select(FigureRow.revision)
        .where(FigureRow.measure_code == code, FigureRow.area_code == area, FigureRow.period_start == month.start)
        .order_by(FigureRow.revision.desc())
    ).first()
    session.add(
        FigureRow(
            measure_code=code, area_code=area, period_start=month.start, period_months=1,
            revision=(before or 0) + 1, numerator=count if code == "A2" else None,
            denominator=of if code == "A2" else None, value=None if code == "A2" else count,
            status=FigureStatus.FINAL, recorded_by="import", confirmed_checks=random.choice(["", "", "unusual"]),
            recorded_at=RECORDED + timedelta(days=random.randint(0, 20)) if before else RECORDED,
        )
    )  # fmt: skip


def a_target(random: Random, session: Session, code: str | None = None, month: Period | None = None) -> None:
    code, month = code or random.choice(CODES), month or random.choice(MONTHS)
    revisions = session.scalars(
        select(TargetRow.revision).where(TargetRow.measure_code == code, TargetRow.period_start == month.start)
    ).all()
    session.add(
        TargetRow(
            measure_code=code, area_code=COUNCIL, period_start=month.start, period_months=1,
            revision=max(revisions, default=0) + 1, number=Decimal(random.randint(1, 60)),
            state=TargetState.AGREED, effective_from=month.start, proposed_by="proposer", proposed_at=RECORDED,
            decided_by="decider", decided_at=RECORDED,
        )
    )  # fmt: skip


def a_measure_changed(random: Random, session: Session) -> None:
    """Its words, by what it is rated, whose it is, and whether it counts the same people as another."""
    field, values = random.choice(
        [
            ("title", ["A title", "Another title"]),
            ("decimals", [0, 1, 2]),
            ("tolerance", [None, Decimal(1), Decimal(20)]),
            ("unit_code", ["WASTE", "HOUSING", "SOCIAL"]),
            ("numerator_definition", ["People helped", "Others", "Those"]),
            ("counts_people", [True, False]),
            ("active_to", [None, date(2017, 9, 30)]),
        ]
    )
    row = session.get_one(MeasureRow, random.choice(CODES))
    setattr(row, str(field), random.choice(values))  # type: ignore[arg-type]


def a_break(random: Random, session: Session) -> None:
    day = date(2017, random.randint(5, 9), 1)
    session.merge(SeriesBreakRow(measure_code=random.choice(["A1", "B1"]), on=day, reason="Counted anew"))


def a_rebase(random: Random, session: Session) -> None:
    """Limits from a day on; where they are set from that day already, no more."""
    code, day, at = random.choice(["B1", "B2"]), date(2017, random.randint(5, 9), 1), RECORDED
    row = session.scalars(select(RebaseRow).where(RebaseRow.measure_code == code, RebaseRow.starts_on == day)).first()
    if row is None:
        session.add(RebaseRow(measure_code=code, starts_on=day, reason="Another level", made_by="someone", made_at=at))
    else:
        row.withdrawn_by, row.withdrawn_at = "someone", at + timedelta(days=9)


def a_setting(random: Random, session: Session) -> None:
    name, values = random.choice(
        [
            ("small_number_threshold", "3 5 7"),
            ("default_tolerance", "1 5 25"),
            ("ward_population", "B2 B1"),
            ("ward_deprivation", "B1 A2"),
        ]
    )
    value = random.choice(values.split())
    if get_setting(session, name=name) != value:
        save_setting(session, name=name, value=value)


def a_sign_off(random: Random, session: Session) -> None:
    """A return that waits, or that is signed off now."""
    unit, month = random.choice(["WASTE", "HOUSING"]), random.choice(MONTHS)
    row = session.scalars(
        select(ReturnRow).where(ReturnRow.unit_code == unit, ReturnRow.period_start == month.start)
    ).first()
    if row is None:
        row = ReturnRow(unit_code=unit, period_start=month.start, period_months=1, status=ReturnStatus.SUBMITTED)
        session.add(row)
    else:
        signed = row.status is ReturnStatus.APPROVED
        row.status = ReturnStatus.SUBMITTED if signed else ReturnStatus.APPROVED
        row.approved_at = row.approved_at or datetime(2017, 11, random.randint(1, 20), tzinfo=UTC)


def a_question(random: Random, session: Session) -> None:
    """A question or a judgement, or what comes of one next: an answer, then that it is settled."""
    code, month, days = random.choice(CODES), random.choice(MONTHS), timedelta(days=random.randint(0, 9))
    kind, row = random.choice(list(ChallengeKind)), session.scalars(select(ChallengeRow)).first()
    if row is None or row.settled_at is not None or random.random() < 0.4:
        session.add(
            ChallengeRow(
                measure_code=code, area_code=random.choice([COUNCIL, WARDS[0]]), period_start=month.start,
                period_months=1, kind=kind, doubted="" if kind is ChallengeKind.QUESTION else "unusual", revision=1,
                text="Why?", asked_by="leadership", asked_at=RECORDED + days,
            )
        )  # fmt: skip
    elif row.answered_at is None:
        row.answer, row.answered_by, row.answered_at = "So it is.", "manager", row.asked_at + days
    else:
        row.settled_by, row.settled_at = "leadership", row.answered_at + days


def a_use(random: Random, session: Session) -> None:
    """Lately or more than a year ago: the first use of any measure tells what is known of all."""
    on = date(random.choice([2016, 2017]), random.randint(3, 10), 1)
    session.merge(MeasureUseRow(measure_code=random.choice(CODES), use=random.choice(list(Use)), on=on))


def an_assessment(random: Random, session: Session) -> None:
    code, year = random.choice(CODES), Period.containing(MONTHS[0].start, months=12)
    before = session.scalars(select(SelfAssessmentRow.version).where(SelfAssessmentRow.measure_code == code)).all()
    session.add(
        SelfAssessmentRow(
            measure_code=code, year_start=year.start, version=max(before, default=0) + 1, answers={},
            assessed_by="manager", assessed_at=RECORDED + timedelta(days=random.randint(0, 9)),
        )
    )  # fmt: skip


def an_area(random: Random, session: Session) -> None:
    row = session.get_one(AreaRow, random.choice([*WARDS[:3], NEIGHBOUR, COUNCIL]))
    if row.kind is AreaKind.WARD and random.random() < 0.5:
        row.valid_to = random.choice([None, date(2017, 7, 31)])
    else:
        row.name = random.choice(["Here", "There", "Elsewhere"])


def the_plan(random: Random, session: Session) -> None:
    session.get_one(PlanNodeRow, "B1").title = random.choice(["One objective", "Another objective"])


CHANGES: list[Change] = [
    a_figure, a_figure, a_figure, a_target, a_measure_changed, a_measure_changed, a_break, a_rebase, a_setting,
    a_sign_off, a_sign_off, a_question, a_question, a_use, an_assessment, an_area, the_plan,
]  # fmt: skip


# Kept and worked out anew


@contextmanager
def nothing_kept() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(memory, "_values", OrderedDict())
        patched.setattr(memory, "_lines", OrderedDict())
        yield


def said(read: Reading, user: User) -> object:
    try:
        return _told(read(user))
    except (NoWardFiguresError, LookupError) as fault:
        return str(fault)


def _told(value: Any) -> object:
    """All that it says, also where values are told apart by what they are and not by what they say."""
    if is_dataclass(value) and not isinstance(value, type):
        return type(value).__name__, *(_told(getattr(value, each.name)) for each in fields(value))
    if isinstance(value, Mapping):
        return {key: _told(each) for key, each in value.items()}
    return [_told(each) for each in value] if isinstance(value, list | tuple) else value
