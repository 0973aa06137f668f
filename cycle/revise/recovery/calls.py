"""Which measures call for a recovery plan and have none, and why (docs/domain.md, Recovery)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.series.forecasting import outlook_of
from cycle.revise.recovery.evidence import OffTarget, off_target
from data_access.council.settings_store import get_default_tolerance, get_setting, get_today
from data_access.plan.register import list_measures
from data_access.revise import recovery, recovery_details
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
    today, percent = get_today(session), get_default_tolerance(session)
    active = [each for each in list_measures(session) if each.active_to is None or each.active_to >= today]
    taken = planned(session, today)
    waiting = [each for each in active if each.code not in taken]
    found = []
    for off in off_target(session, measures=waiting, area=council_area(session), reader=reader):
        if off.line is None:
            continue
        kind = variation(off.line, off.series, up_to=off.line.period.end)
        year = outlook_of(off.measure, off.series, off.line.period, today=today, default_percent=percent)
        still_open = year if year and not year.forecast.is_known else None
        reasons = calls(
            periods_red=off.periods_red,
            reds_running=int(get_setting(session, name="reds_running")),
            kind=kind.kind if kind else None,
            chance=still_open.chance if still_open else None,
            slim=Decimal(get_setting(session, name="slim_chance")),
        )
        if reasons:
            words = still_open.chance_in_words.capitalize() if still_open else ""
            found.append(CalledFor(off=off, calls=reasons, chance_in_words=words))
    return tuple(sorted(found, key=lambda each: (-each.off.days_red, -len(each.calls), each.off.measure.code)))


def planned(session: Session, today: date) -> set[str]:
    """The codes of measures that an open plan is meant to bring back, or that are tolerated until a day to come."""
    plans = [plan for plan in recovery.list_plans(session) if plan.stands_on(today)]
    shares = recovery_details.list_shares(session, plan_ids=[plan.id for plan in plans])
    return {code for plan in plans for code in (plan.measure_code, *shares.get(plan.id, ()))}
