"""Which measures call for a recovery plan and have none, and why (docs/domain.md, Recovery)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.batches import AT_A_TIME
from cycle.ground.council import council_area
from cycle.ground.memory import kept, remembered
from cycle.ground.series.each import Own, kept_of_each, of_each
from cycle.ground.series.forecasting import outlook_of
from cycle.revise.recovery.evidence import OffTarget, standings
from data_access.council.settings_store import get_default_tolerance, get_setting, get_today
from data_access.plan.register import list_measures
from data_access.revise import recovery, recovery_details
from performance.ground.measures import Measure
from performance.ground.readers import Reader
from performance.review.variation import variation
from performance.revise.recovery import Call, calls

_WHAT = ("called for",)


@dataclass(frozen=True, kw_only=True)
class CalledFor:
    """A measure that calls for a plan and has none, why it does, and whether this person may open one."""

    off: OffTarget
    calls: tuple[Call, ...]
    chance_in_words: str
    may_open: bool = False

    @property
    def in_words(self) -> str:
        """Red for 3 months running, since July 2017, which ended 102 days ago. A real change for the worse."""
        said = {
            Call.REAL_CHANGE: "A real change for the worse",
            Call.SLIM_CHANCE: f"{self.chance_in_words} of the year's target",
        }
        return ". ".join([self.off.how_long, *(said[each] for each in self.calls if each in said)])


@dataclass(frozen=True, kw_only=True)
class CalledForSoFar:
    """Those that call for a plan of the measures looked at, and the measures that are still to be."""

    found: tuple[CalledFor, ...]
    to_come: tuple[Measure, ...] = ()


def called_for_so_far(session: Session, *, reader: Reader) -> CalledForSoFar:
    """Measures in use that call for a plan and have no open one; the longest red first, then the other reasons.

    Those that were not looked at before are still to come, where they are more than a few.
    """
    everything = ("called for", reader)
    whole: CalledForSoFar | None = kept(session, everything)
    if whole is not None:
        return whole
    waiting = _without_a_plan(session)
    found = kept_of_each(session, _WHAT, waiting, reader=reader)
    to_come = tuple(each for each in waiting if each.code not in found)
    if len(to_come) > AT_A_TIME:
        return CalledForSoFar(found=_in_order(found), to_come=to_come)

    def work_out() -> CalledForSoFar:
        return CalledForSoFar(found=_in_order(calls_of(session, waiting, reader=reader)))

    return remembered(session, everything, work_out)


def _without_a_plan(session: Session) -> list[Measure]:
    """Measures in use that no open plan is meant to bring back."""
    today = get_today(session)
    active = [each for each in list_measures(session) if each.active_to is None or each.active_to >= today]
    taken = planned(session, today)
    return [each for each in active if each.code not in taken]


def calls_of(session: Session, measures: Sequence[Measure], *, reader: Reader) -> dict[str, CalledFor | None]:
    """What each of them calls for, by code: a twentieth of a second for each that was not looked at before."""

    def make(of: Sequence[Measure], own: Own) -> dict[str, CalledFor | None]:
        rules = _Rules(
            today=get_today(session),
            percent=get_default_tolerance(session),
            reds_running=int(get_setting(session, name="reds_running")),
            slim=Decimal(get_setting(session, name="slim_chance")),
        )
        return {off.measure.code: _call(off, rules) for off in standings(session, of, own, area=council_area(session))}

    return of_each(session, _WHAT, measures, make, reader=reader)


def _in_order(found: Mapping[str, CalledFor | None]) -> tuple[CalledFor, ...]:
    calling = filter(None, found.values())
    return tuple(sorted(calling, key=lambda each: (-each.off.days_red, -len(each.calls), each.off.measure.code)))


@dataclass(frozen=True, kw_only=True)
class _Rules:
    """The day, and what calls for a plan: so many reds running, and a chance of the year's target no better."""

    today: date
    percent: Decimal
    reds_running: int
    slim: Decimal


def _call(off: OffTarget, rules: _Rules) -> CalledFor | None:
    if off.line is None:
        return None
    kind = variation(off.line, off.series, up_to=off.line.period.end)
    year = outlook_of(off.measure, off.series, off.line.period, today=rules.today, default_percent=rules.percent)
    still_open = year if year and not year.forecast.is_known else None
    reasons = calls(
        periods_red=off.periods_red,
        reds_running=rules.reds_running,
        kind=kind.kind if kind else None,
        chance=still_open.chance if still_open else None,
        slim=rules.slim,
    )
    words = still_open.chance_in_words.capitalize() if still_open else ""
    return CalledFor(off=off, calls=reasons, chance_in_words=words) if reasons else None


def planned(session: Session, today: date) -> set[str]:
    """The codes of measures that an open plan is meant to bring back, or that are tolerated until a day to come."""
    plans = [plan for plan in recovery.list_plans(session) if plan.stands_on(today)]
    shares = recovery_details.list_shares(session, plan_ids=[plan.id for plan in plans])
    return {code for plan in plans for code in (plan.measure_code, *shares.get(plan.id, ()))}
