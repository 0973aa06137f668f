"""The log of imports as people read it: the BI team all of it, a service what touched its own returns.

A refused run leaves no audit event, so nothing here is remembered between readings.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import OPERATOR, names
from data_access.council.settings_store import get_today
from data_access.do import import_runs
from data_access.store.database import reading
from performance.do.import_runs import ImportRun
from performance.do.returns import MyReturn
from performance.ground.people import Permission, User
from performance.ground.periods import day_in_words

MOST_RUNS = 500
_BY_MACHINE = "an automatic import"
_MORNING = 6


@dataclass(frozen=True, kw_only=True)
class Origin:
    """Where a figure of a return came from that nobody of the service typed."""

    measure_code: str
    title: str
    source: str
    who: str
    at: datetime
    today: date

    @property
    def in_words(self) -> str:
        """From absence.csv, 02:10 last night."""
        return f"From {self.source}, {_when(self.at, today=self.today)}"


def list_runs(*, by: User) -> list[ImportRun]:
    """The newest runs that the person may see, with people by name."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_IMPORTS)
        found = import_runs.list_runs(session)
        known_as = names(session)
    if not user.may(Permission.IMPORT):
        own = user.units_where(Permission.VIEW_IMPORTS)
        found = [theirs for run in found if (theirs := _as_seen(run, own, username=user.username))]
    return [replace(run, imported_by=known_as.get(run.imported_by, run.imported_by)) for run in found[:MOST_RUNS]]


def origins(return_: MyReturn, *, by: User) -> list[Origin]:
    """Which figures of a return came by a file, and from where: what the service has to look at and submit itself."""
    with reading() as session:
        demand(session, by, Permission.VIEW_SCORECARDS)
        return _origins(session, return_)


def _origins(session: Session, return_: MyReturn) -> list[Origin]:
    stored = [(line, line.current.recorded_at) for line in return_.lines if line.current and line.current.recorded_at]
    found = import_runs.list_sources(session, moments={at for _, at in stored})
    today, known_as = get_today(session), names(session) | {OPERATOR: _BY_MACHINE}
    return [
        Origin(
            measure_code=line.measure.code,
            title=line.measure.title,
            source=run.source,
            who=known_as.get(run.imported_by, _BY_MACHINE),
            at=at,
            today=today,
        )
        for line, at in stored
        if (run := found.get(at)) and return_.reference in run.returns
    ]


def _when(at: datetime, *, today: date) -> str:
    """02:10 last night, 14:05 today, 09:30 on 3 November 2017."""
    local = at.astimezone()
    days = (today - local.date()).days
    if days == 0:
        return f"{local:%H:%M} last night" if local.hour < _MORNING else f"{local:%H:%M} today"
    return f"{local:%H:%M} yesterday" if days == 1 else f"{local:%H:%M} on {day_in_words(local.date())}"


def _as_seen(run: ImportRun, own: Collection[str], *, username: str) -> ImportRun | None:
    """A run as a service may see it: of the returns it touched only theirs, and no problems of other services."""
    mine = tuple(reference for reference in run.returns if _unit_of(reference) in own)
    if run.imported_by == username:
        return replace(run, returns=mine)
    return replace(run, returns=mine, problems=(), more_problems=0) if mine else None


def _unit_of(reference: str) -> str:
    """The unit in the reference of a return: WASTE of 2017-10-WASTE."""
    return reference.split("-", 2)[-1]
