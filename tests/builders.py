"""Builders that state only what a test is about; the rest is a small council that makes sense.

One council (E08000031) in a region and a nation, two directorates, three services, one objective. Figures, targets
and people are added around the verbs, as an import would, so that tests of verbs start from a known state.
"""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from cycle.ground import passwords
from data_access.council import people
from data_access.council.settings_store import get_now, get_today
from data_access.models import (
    AreaRow,
    ComparatorMembershipRow,
    FigureRow,
    MeasureRow,
    PlanNodeRow,
    SettingRow,
    TargetRow,
    UnitPlacementRow,
    UnitRow,
)
from data_access.store.audit import adopt_rows
from data_access.store.database import transaction
from performance.ground.figures import FigureStatus, TargetState
from performance.ground.measures import Accumulation, Polarity
from performance.ground.organisation import AreaKind, NodeKind, UnitKind
from performance.ground.people import Role, User
from performance.ground.periods import Frequency, Period, parse_period
from performance.ground.values import Absence

COUNCIL, REGION, NATION, NEIGHBOUR = "E08000031", "E12000005", "E92000001", "E08000028"
WARDS = ("E05001321", "E05001322", "E05001323", "E05001324", "E05001325", "E05001326")
PASSWORD = "correct-horse-battery"
# One cheap hash for all, made once: bcrypt at full cost would make every test wait.
_PASSWORD_HASH = passwords.hash_password(PASSWORD, rounds=4)
TODAY = date(2017, 11, 10)
RECORDED = datetime(2017, 11, 1, 9, 30, tzinfo=UTC)


def add_council(*, today: date = TODAY, locks_after: int | None = None) -> None:
    """The council, its areas and units, and a fixed day; everything else hangs on these.

    Nothing locks by its day unless `locks_after` says how many working days late is too late.
    """
    with transaction() as session:
        session.add_all(
            [
                SettingRow(name="council_name", value="Borough of Testing"),
                SettingRow(name="council_area", value=COUNCIL),
                SettingRow(name="fixed_today", value=today.isoformat()),
                SettingRow(name="lock_after_working_days", value="" if locks_after is None else str(locks_after)),
            ]
        )
        session.add(AreaRow(code=NATION, name="England", kind=AreaKind.NATION))
        session.flush()
        session.add(AreaRow(code=REGION, name="West Midlands", kind=AreaKind.REGION, parent_code=NATION))
        session.flush()
        session.add_all(
            [
                AreaRow(code=COUNCIL, name="Testing", kind=AreaKind.COUNCIL, parent_code=REGION),
                AreaRow(code=NEIGHBOUR, name="Sandwell", kind=AreaKind.OTHER_COUNCIL, parent_code=REGION),
            ]
        )
        session.flush()
        session.add_all(
            AreaRow(code=code, name=f"Ward {number}", kind=AreaKind.WARD, parent_code=COUNCIL)
            for number, code in enumerate(WARDS, start=1)
        )
        units = [
            ("COUNCIL", UnitKind.COUNCIL, None, "The council"),
            ("PLACE", UnitKind.DIRECTORATE, "COUNCIL", "Place"),
            ("PEOPLE", UnitKind.DIRECTORATE, "COUNCIL", "People"),
            ("WASTE", UnitKind.SERVICE, "PLACE", "Waste and recycling"),
            ("HOUSING", UnitKind.SERVICE, "PLACE", "Housing"),
            ("SOCIAL", UnitKind.SERVICE, "PEOPLE", "Social care"),
        ]
        session.add_all(UnitRow(code=code, kind=kind) for code, kind, _, _ in units)
        session.flush()
        session.add_all(
            UnitPlacementRow(unit_code=code, name=name, parent_code=parent, owner_role=f"Head of {name}")
            for code, _, parent, name in units
        )
        session.add(PlanNodeRow(code="P1", title="Stronger Communities", kind=NodeKind.PRIORITY))
        session.flush()
        session.add(PlanNodeRow(code="O1", title="An outcome", kind=NodeKind.OUTCOME, parent_code="P1"))
        session.flush()
        session.add(PlanNodeRow(code="B1", title="An objective", kind=NodeKind.OBJECTIVE, parent_code="O1"))


def vouch() -> None:
    """An event stands for every row there is, as if verbs had written what builders and tests put there."""
    with transaction() as session:
        adopt_rows(session, at=get_now(session))


def it_is(day: date) -> None:
    """The council's fixed day moves on, or back."""
    with transaction() as session:
        session.get_one(SettingRow, "fixed_today").value = day.isoformat()


def add_measure(code: str = "WCP1063", **fields: Any) -> str:
    """A monthly count of WASTE where higher is better, unless the fields say otherwise."""
    row = {
        "title": f"Measure {code}",
        "unit": "number",
        "polarity": Polarity.HIGHER,
        "accumulation": Accumulation.IN_PERIOD,
        "frequency": Frequency.MONTHLY,
        "unit_code": "WASTE",
        "objective_code": "B1",
        "lag_days": 5,
    } | fields
    with transaction() as session:
        session.add(MeasureRow(code=code, **row))
    return code


def add_group(name: str, *areas: str) -> str:
    """A comparator group, closest first; a measure joins it with `comparator_group=name`."""
    with transaction() as session:
        session.add_all(
            ComparatorMembershipRow(group_name=name, area_code=code, rank=rank)
            for rank, code in enumerate(areas, start=1)
        )
    return name


def add_area(code: str, name: str, kind: AreaKind, **fields: Any) -> str:
    with transaction() as session:
        session.add(AreaRow(code=code, name=name, kind=kind, **fields))
    return code


def add_share(code: str = "WCP1064", **fields: Any) -> str:
    """A monthly share in percent, with numerator and denominator."""
    share = {
        "unit": "percent",
        "multiplier": Decimal(100),
        "decimals": 1,
        "numerator_definition": "Answered on time",
        "denominator_definition": "All requests",
        "is_share": True,
    }
    return add_measure(code, **(share | fields))


def add_figure(
    measure_code: str = "WCP1063",
    period: str = "2017-09",
    value: str | None = None,
    *,
    area: str = COUNCIL,
    counts: tuple[str, str] | None = None,
    absence: Absence | None = None,
    revision: int = 1,
    by: str = "import",
    at: datetime = RECORDED,
    status: FigureStatus = FigureStatus.FINAL,
    commentary: str = "",
    confirmed_checks: str = "",
) -> None:
    read = parse_period(period)
    numerator, denominator = (Decimal(each) for each in counts) if counts else (None, None)
    with transaction() as session:
        session.add(
            FigureRow(
                measure_code=measure_code,
                area_code=area,
                period_start=read.start,
                period_months=read.months,
                revision=revision,
                numerator=numerator,
                denominator=denominator,
                value=None if value is None else Decimal(value),
                absence=absence,
                status=status,
                commentary=commentary,
                confirmed_checks=confirmed_checks,
                recorded_at=at,
                recorded_by=by,
            )
        )


def add_target(
    measure_code: str = "WCP1063",
    period: str = "2017-09",
    number: str | None = None,
    *,
    area: str = COUNCIL,
    bounds: tuple[str, str] | None = None,
    revision: int = 1,
    state: TargetState = TargetState.AGREED,
    proposed_by: str = "proposer",
    decided_by: str | None = "decider",
    **fields: Any,
) -> int:
    """An agreed target, as an import would store it; the answer is its id."""
    read: Period = parse_period(period)
    with transaction() as session:
        row = TargetRow(
            measure_code=measure_code,
            area_code=area,
            period_start=read.start,
            period_months=read.months,
            revision=revision,
            number=None if number is None else Decimal(number),
            lower=None if bounds is None else Decimal(bounds[0]),
            upper=None if bounds is None else Decimal(bounds[1]),
            state=state,
            effective_from=fields.pop("effective_from", read.start),
            proposed_by=proposed_by,
            proposed_at=fields.get("decided_at", RECORDED),
            decided_by=decided_by,
            decided_at=fields.pop("decided_at", None if decided_by is None else RECORDED),
            **fields,
        )
        session.add(row)
        session.flush()
        return row.id


def a_user(username: str = "manager", role: Role = Role.SERVICE_MANAGER, unit: str = "WASTE") -> User:
    """A person with an account, one role at one unit, and the password `PASSWORD`."""
    with transaction() as session:
        people.add_person(
            session,
            username=username,
            name=f"{role.in_words}, {unit}",
            email=f"{username}@example.org",
            password_hash=_PASSWORD_HASH,
            roles=[(role, unit)],
            one_time_since=None,
        )
        session.flush()
        user = people.find_user(session, username=username, on=get_today(session))
    assert user is not None
    return user
