"""Which measures call for a recovery plan and have none, and why (docs/domain.md, Recovery)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.series.each import Own, of_each
from cycle.ground.series.forecasting import outlook_of
from cycle.revise.recovery.evidence import OffTarget, standings
from data_access.council.settings_store import get_default_tolerance, get_setting, get_today
from data_access.plan.register import list_measures
from data_access.revise import recovery, recovery_details
from performance.ground.measures import Measure
from performance.ground.readers import Reader
from performance.review.variation import variation
from performance.revise.recovery import Call, calls


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


def called_for(session: Session, *, reader: Reader) -> tuple[CalledFor, ...]:
    """Measures in use that call for a plan and have no open one; the longest red first, then the other reasons."""
    today = get_today(session)
    active = [each for each in list_measures(session) if each.active_to is None or each.active_to >= today]
    taken = planned(session, today)
    waiting = [each for each in active if each.code not in taken]

    def make(of: Sequence[Measure], own: Own) -> dict[str, CalledFor | None]:
        rules = _Rules(
            today=today,
            percent=get_default_tolerance(session),
            reds_running=int(get_setting(session, name="reds_running")),
            slim=Decimal(get_setting(session, name="slim_chance")),
        )
        return {off.measure.code: _call(off, rules) for off in standings(session, of, own, area=council_area(session))}

    found = filter(None, of_each(session, ("called for",), waiting, make, reader=reader).values())
    return tuple(sorted(found, key=lambda each: (-each.off.days_red, -len(each.calls), each.off.measure.code)))


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
