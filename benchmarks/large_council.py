"""A council with ten years of figures: beside the demonstration's, 300 monthly measures in 24 places.

A third of them count people, two in three of those in pairs that count the same. Each figure has 1.3 revisions: 1.1
million in all. They go in past the app and nothing vouches for them, since what is measured is how they are read.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import Connection, insert, select

from data_access.do import disclosure
from data_access.models import AreaRow, FigureRow, MeasureRow, TargetRow, UnitRow
from data_access.store.database import engine, transaction
from performance.ground.figures import FigureStatus, TargetState
from performance.ground.measures import Accumulation, Polarity
from performance.ground.organisation import AreaKind, UnitKind
from performance.ground.periods import Frequency, Period

MEASURES, MONTHS = 300, 120
_NEWEST, _ELSEWHERE, _REVISED, _AT_ONCE = Period.month(2017, 9), 3, 0.3, 20_000


def add_many_figures(*, measures: int = MEASURES, months: int = MONTHS) -> int:
    """Beside what is in the database; the answer is how many figures, every revision counted."""
    chance, count = Random(1), 0  # noqa: S311 - chance, not secrecy
    with engine().begin() as connection:
        units = connection.scalars(select(UnitRow.code).where(UnitRow.kind == UnitKind.SERVICE).order_by("code")).all()
        areas = _areas(connection)
        connection.execute(insert(MeasureRow), [_measure(number, units) for number in range(measures)])
        targets = [row for number in range(measures) for row in _targets(number, months, areas[0])]
        connection.execute(insert(TargetRow), targets)
        figures = _figures(chance, areas, measures, months)
        while rows := list(islice(figures, _AT_ONCE)):
            connection.execute(insert(FigureRow), rows)
            count += len(rows)
    with transaction() as session:
        disclosure.decide_anew(session)
    return count


def new_figures() -> Iterator[dict[str, Any]]:
    """Rows of months before any that are there, the newest first, each in its first revision."""
    with engine().connect() as connection:
        areas = _areas(connection)
    for row in _figures(Random(2), areas, MEASURES, 2 * MONTHS):  # noqa: S311 - chance, not secrecy
        if row["revision"] == 1 and row["period_start"] < _NEWEST.shifted(-MONTHS).following.start:
            yield row


def _areas(connection: Connection) -> list[str]:
    """The council itself, its wards, and a few other councils."""
    kinds = select(AreaRow.code, AreaRow.kind).order_by(AreaRow.code)
    every = [(code, kind) for code, kind in connection.execute(kinds)]
    of_kind = {kind: [code for code, each in every if each is kind] for kind in AreaKind}
    others = of_kind[AreaKind.OTHER_COUNCIL][:_ELSEWHERE]
    return [*of_kind[AreaKind.COUNCIL], *of_kind[AreaKind.WARD], *others]


def _measure(number: int, units: Any) -> dict[str, Any]:
    counts_people, pair = number % 3 == 0, number // 6
    return {
        "code": f"L{number:04}", "title": f"Large measure {number}", "unit": "number",
        "polarity": Polarity.LOWER if number % 2 else Polarity.HIGHER, "accumulation": Accumulation.IN_PERIOD,
        "frequency": Frequency.MONTHLY, "unit_code": units[number % len(units)], "lag_days": 5,
        "counts_people": counts_people,
        "numerator_definition": f"People counted {pair if number % 9 else number}" if counts_people else "",
    }  # fmt: skip


def _targets(number: int, months: int, council: str) -> Iterator[dict[str, Any]]:
    """One a year."""
    year = Period.containing(_NEWEST.end, months=12)
    for back in range(-(-months // 12)):
        period = year.shifted(-12 * back)
        at = datetime.combine(period.start, time(9), UTC)
        yield {
            "measure_code": f"L{number:04}", "area_code": council, "period_start": period.start,
            "period_months": 12, "revision": 1, "number": Decimal(9000), "state": TargetState.AGREED,
            "effective_from": period.start, "rationale": "", "proposed_by": "operator", "proposed_at": at,
            "decided_by": "operator", "decided_at": at, "imported": True,
        }  # fmt: skip


def _figures(chance: Random, areas: list[str], measures: int, months: int) -> Iterator[dict[str, Any]]:
    for number in range(measures):
        levels = {area: chance.randint(2, 60) for area in areas}
        for back in range(months):
            period = _NEWEST.shifted(-back)
            at = datetime.combine(period.end, time(9), UTC) + timedelta(days=chance.randint(3, 12))
            for area in areas:
                for revision in range(1, 2 + (chance.random() < _REVISED)):
                    yield {
                        "measure_code": f"L{number:04}", "area_code": area, "period_start": period.start,
                        "period_months": 1, "revision": revision,
                        "value": Decimal(max(0, round(chance.gauss(levels[area], levels[area] / 6)))),
                        "status": FigureStatus.FINAL, "commentary": "", "confirmed_checks": "",
                        "recorded_at": at + timedelta(days=30 * (revision - 1)), "recorded_by": "operator",
                    }  # fmt: skip
