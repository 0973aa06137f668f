"""The days ahead that matter to a person, each their own: to be taken into their calendar."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from sqlalchemy.orm import Session

from cycle.do import calendar as rounds
from cycle.do import delivery, signing_off
from cycle.do.return_view import MONTHS_SHOWN, own_units
from cycle.do.returns import list_owed
from cycle.ground.access import demand
from cycle.ground.memory import remembered
from cycle.ground.working_days import build_calendar
from cycle.home.mail_choice import find_mail_choice
from cycle.report.editions import calendar as editions
from cycle.revise.recovery import planning
from cycle.revise.recovery.view import PlanSummary
from data_access.council.settings_store import get_setting, get_today
from data_access.plan.register import list_measures
from data_access.store.database import reading
from performance.do.calendar import Calendar
from performance.do.returns import SIGN_OFF_WITHIN, Asked, asked_in
from performance.ground.organisation import ActionStatus, MilestoneState, PlanStatus
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.home import dates
from performance.home.dates import DateAhead, Followed
from settings import is_mail_on

_FOLLOWED = {PlanStatus.AGREED, PlanStatus.IN_PROGRESS}


@dataclass(frozen=True, kw_only=True)
class MyDates:
    """A person's dates from today on, the next first. `council` is its area code; `by_mail` whether the daily mail
    reminds this person of what is due."""

    dates: tuple[DateAhead, ...]
    council: str
    by_mail: bool


# The days of each return, by its unit's code and its month.
_Returns: TypeAlias = Mapping[tuple[str, Period], tuple[DateAhead, ...]]


@dataclass(frozen=True, kw_only=True)
class _Within:
    """What the dates are worked out from: whose they are, the council's day, its calendar, and the days of every return
    of the person's units."""

    user: User
    today: date
    calendar: Calendar
    returns: _Returns

    @property
    def month(self) -> Period:
        return Period.containing(self.today, months=1)

    def first_days(self, unit_code: str) -> dict[Period, date]:
        """Of each month, the day on which the first figures of the unit's return are due."""
        return {
            month: min(each.on for each in days) for (code, month), days in self.returns.items() if code == unit_code
        }


def list_dates(*, by: User) -> MyDates:
    """What is due from the person, and what closes, meets or ends in what is theirs. It asks for them what Home asks,
    and so says no more than Home."""
    with reading() as session:
        user = demand(session, by, Permission.SIGN_IN)
        within = _Within(
            user=user, today=get_today(session), calendar=build_calendar(session),
            returns=remembered(session, ("returns ahead", user), lambda: _returns_ahead(session, user)),
        )  # fmt: skip
        council = get_setting(session, name="council_area")
    found = [*_returns(within), *_sign_offs(within), *_plans(within), *_actions(within), *_editions(within),
             *_rounds(within)]  # fmt: skip
    return MyDates(dates=dates.to_come(found, today=within.today), council=council, by_mail=_is_told_by_mail(by))


def _is_told_by_mail(user: User) -> bool:
    if not is_mail_on():
        return False
    chosen = find_mail_choice(by=user)
    return chosen.is_wanted and bool(chosen.address)


def _returns_ahead(session: Session, user: User) -> _Returns:
    """What the person's units are asked for, from the oldest month that they may still enter to a year ahead."""
    if not user.may(Permission.ENTER_FIGURES):
        return {}
    units, calendar = {unit.code: unit for unit in own_units(session, user)}, build_calendar(session)
    now = Period.containing(get_today(session), months=1)
    months = [now.shifted(step) for step in range(-MONTHS_SHOWN, dates.MONTHS_AHEAD)]
    asked: dict[tuple[str, Period], list[Asked]] = {}
    for measure in list_measures(session, unit_codes=list(units)):
        for month in months:
            if each := asked_in(measure, month, calendar):
                asked.setdefault((measure.unit_code, month), []).append(each)
    return {
        (code, month): tuple(dates.returns_due(units[code], found, calendar=calendar))
        for (code, month), found in asked.items()
    }


def _returns(within: _Within) -> Iterator[DateAhead]:
    """Of every return but those that nothing is left to do about."""
    if not within.returns:
        return
    settled = {(each.unit.code, each.period) for each in list_owed(by=within.user) if each.is_settled}
    for place, days in within.returns.items():
        if place not in settled:
            yield from days


def _sign_offs(within: _Within) -> Iterator[DateAhead]:
    """What waits for the person's sign-off, by the day on which a week is over."""
    if not within.user.may(Permission.APPROVE_RETURNS):
        return
    for each in signing_off.list_waiting(by=within.user):
        if each.why_not or each.stored.submitted_at is None:
            continue
        on = each.stored.submitted_at.astimezone().date() + SIGN_OFF_WITHIN
        yield dates.sign_off_due(
            each.unit, each.stored, on=on, submitted_by=each.submitted_by, calendar=within.calendar
        )


def _plans(within: _Within) -> Iterator[DateAhead]:
    """The recovery plans under way that the person keeps: what to say of them each month, and their milestones."""
    user = within.user
    if not user.may(Permission.DRAFT_RECOVERY_PLANS):
        return
    own = user.units_where(Permission.DRAFT_RECOVERY_PLANS)
    for each in planning.list_plans(by=user):
        if each.plan.status not in _FOLLOWED or each.off.measure.unit_code not in own:
            continue
        plan = _followed(each, within)
        yield from dates.updates_due(plan, within.first_days(plan.unit_code), calendar=within.calendar)
        for line in each.milestones:
            if line.state is MilestoneState.NOT_YET:
                yield dates.milestone_due(line.milestone, plan)


def _followed(each: PlanSummary, within: _Within) -> Followed:
    """With the first month to speak of: the one that ended last, unless that was spoken of or came before the plan."""
    opened = Period.containing(each.plan.opened_at.date(), months=1)
    spoken = each.spoken_for.shifted(1) if each.spoken_for is not None else opened
    return Followed(
        id=each.plan.id, reference=each.plan.reference, title=each.off.measure.title,
        unit_code=each.off.measure.unit_code, lag_days=each.off.measure.lag_days,
        since=max(within.month.previous, opened, spoken),
    )  # fmt: skip


def _actions(within: _Within) -> Iterator[DateAhead]:
    """The actions under way this month that end on a day to come, of the plan and of recovery plans."""
    if not within.user.may(Permission.ENTER_FIGURES):
        return
    for unit, line in delivery.list_under_way(by=within.user):
        if line.action is not None and line.action.status is not ActionStatus.DONE:
            found = dates.action_due(
                line.action, where=line.where, unit_code=unit.code, month=within.month, version=line.version,
                calendar=within.calendar,
            )  # fmt: skip
            if found is not None:
                yield found


def _editions(within: _Within) -> Iterator[DateAhead]:
    """For whoever makes editions all of them; of others for those alone who read figures in editions, as on Home."""
    user = within.user
    if user.may(Permission.MAKE_EDITIONS) or not user.may(Permission.VIEW_SCORECARDS):
        for each in editions.list_editions(by=user).editions:
            yield from dates.edition_dates(each, calendar=within.calendar)


def _rounds(within: _Within) -> Iterable[DateAhead]:
    if not within.user.may(Permission.KEEP_CALENDAR):
        return
    for each in rounds.list_rounds(by=within.user).rounds:
        yield from dates.round_dates(
            each.frequency, each.period, on_time_by=each.dates.on_time_by, locks_on=each.dates.locks_on,
            calendar=within.calendar,
        )  # fmt: skip
