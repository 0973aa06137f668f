"""The draft of a new year's plan read in one go: this year, next year, what differs and what is left to settle."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cycle.ground.council import names
from data_access.council.people import list_posts
from data_access.council.settings_store import get_today
from data_access.council.units import list_units
from data_access.plan.refreshes import get_refresh, list_lines
from data_access.plan.register import list_measures
from data_access.plan.tree import list_nodes
from performance.ground.measures import Measure
from performance.plan.refresh import Clash, Line, Noun, Plan, Refresh, RefreshState, carried_into, clashes, preview
from performance.plan.refresh_checks import Matter, matters
from performance.plan.refresh_diff import PlanDiff, compare
from performance.plan.thread import staffed


@dataclass(frozen=True, kw_only=True)
class RefreshView:
    """A draft, or what became of it. `version` moves on with every change; `taken` are codes that are used up."""

    refresh: Refresh
    this_year: Plan
    next_year: Plan
    lines: Mapping[tuple[Noun, str], Line]
    clashes: tuple[Clash, ...]
    matters: tuple[Matter, ...]
    diff: PlanDiff
    units: Mapping[str, str]
    taken: frozenset[str]
    names: Mapping[str, str]
    today: date

    @property
    def version(self) -> int:
        """Lines are never taken out and their versions only rise, so the sum says whether anything was changed."""
        return sum(line.version for line in self.lines.values())

    @property
    def is_open(self) -> bool:
        return self.refresh.state is RefreshState.DRAFT

    def version_of(self, noun: Noun, code: str) -> int:
        """The version of a line; 0 where there is none yet."""
        line = self.lines.get((noun, code))
        return line.version if line else 0

    def who(self, username: str | None) -> str:
        return self.names.get(username or "", username or "")

    def title_of(self, line: Line) -> str:
        """What a line is about, by this year's name, or next year's where it is new."""
        if line.noun is Noun.MEASURE:
            return next((each.title for each in self.this_year.measures if each.code == line.code), line.code)
        node = self.this_year.by_code.get(line.code) or self.next_year.by_code.get(line.code)
        return node.title if node else str(line.after.get("title") or line.before.get("title") or line.code)


def build_view(session: Session, *, refresh_id: int, hold: bool = False) -> RefreshView:
    """All there is to know of a draft; with `hold` nobody else changes it until the transaction ends."""
    refresh = get_refresh(session, refresh_id=refresh_id, hold=hold)
    lines = list_lines(session, refresh_id=refresh_id)
    is_adopted = refresh.state is RefreshState.ADOPTED
    this_year = _year_before(session, refresh) if is_adopted else _year_to_refresh(session, refresh)
    next_year = preview(this_year, lines, starts_on=refresh.starts_on)
    taken = frozenset(node.code for node in list_nodes(session))
    units = {unit.code: unit.name for unit in list_units(session, on=refresh.starts_on)}
    is_draft = refresh.state is RefreshState.DRAFT
    return RefreshView(
        refresh=refresh,
        this_year=this_year,
        next_year=next_year,
        lines={(line.noun, line.code): line for line in lines},
        clashes=clashes(this_year, lines, taken=taken) if is_draft else (),
        matters=matters(next_year, this_year=this_year, in_post=_in_post(session)) if is_draft else (),
        diff=compare(refresh, this_year, next_year, lines, units=units),
        units=units,
        taken=taken | {line.code for line in lines if line.noun is Noun.NODE and not line.carries_over},
        names=names(session),
        today=get_today(session),
    )


def _year_to_refresh(session: Session, refresh: Refresh) -> Plan:
    """What a draft starts from: all that would be in force on its first day without it."""
    on_eve, on_day = list_nodes(session, on=refresh.eve), list_nodes(session, on=refresh.starts_on)
    nodes = carried_into(refresh.starts_on, on_eve=on_eve, on_day=on_day)
    return Plan(nodes=nodes, measures=_in_use(session, refresh.starts_on))


def _year_before(session: Session, refresh: Refresh) -> Plan:
    """What an adopted plan came after: the plan of its eve, which nothing changes any more."""
    return Plan(nodes=tuple(list_nodes(session, on=refresh.eve)), measures=_in_use(session, refresh.eve))


def _in_use(session: Session, day: date) -> tuple[Measure, ...]:
    return tuple(measure for measure in list_measures(session, on=day) if measure.is_in_use(day))


def _in_post(session: Session) -> frozenset[str]:
    """Units where someone is service manager or head today."""
    today = get_today(session)
    return staffed(list_units(session, on=today), list_posts(session, on=today))
