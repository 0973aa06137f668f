"""Who made a return what it is: nobody signs off what they typed, brought in or submitted, in whole or in part."""

from collections.abc import Iterable

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from data_access.do.drafts import list_hands
from data_access.do.figures import list_histories
from performance.ground.organisation import Return
from performance.ground.periods import Period


def authors_of(session: Session, stored: Return, *, lines: Iterable[tuple[str, Period]]) -> frozenset[str]:
    """The usernames of whoever had a hand in the return's lines (measure and period) since it was last signed off.

    Whoever typed a value is one, also where another typed over it: what the second wrote, they wrote seeing the first.
    So is whoever recorded any revision, by file too, and whoever submitted. Whoever only read is none.
    """
    periods = dict(lines)
    histories = list_histories(session, measure_codes=list(periods), area_code=council_area(session))
    recorded = {
        figure.recorded_by
        for code, period in periods.items()
        for figure in histories.get(code, {}).get(period, [])
        if stored.approved_at is None or figure.recorded_at is None or figure.recorded_at >= stored.approved_at
    }
    typed = list_hands(session, unit_code=stored.unit_code, period=stored.period, measure_codes=periods)
    return frozenset({*recorded, *typed} | ({stored.submitted_by} if stored.submitted_by else set()))
