"""What became of a number after it was recorded: its return, who signed it off, and the target it is held against."""

from datetime import datetime

from sqlalchemy.orm import Session

from cycle.ground.council import names
from cycle.ground.moments import is_known
from data_access.do.returns import find_return
from data_access.plan.targets import list_records
from performance.ground.figures import TargetState
from performance.ground.measures import Measure
from performance.ground.organisation import ReturnStatus
from performance.ground.periods import Period, day_in_words


def number_story_of(
    session: Session, measure: Measure, period: Period, *, area_code: str, as_known_at: datetime | None
) -> tuple[str, ...]:
    """Sentences, as far as they were known at the moment."""
    told = (
        _return(session, measure, period, as_known_at),
        _target(session, measure, period, area_code, as_known_at),
    )
    return tuple(each for each in told if each)


def _return(session: Session, measure: Measure, period: Period, as_known_at: datetime | None) -> str:
    found = find_return(session, unit_code=measure.at(period).unit_code, period=period)
    if found is None or found.submitted_at is None:
        return ""
    if not is_known(found.submitted_at, as_known_at):
        # Only the last submission is kept with the return itself.
        was_there = any(each and is_known(each, as_known_at) for each in (found.returned_at, found.approved_at))
        return f"The return of {period.in_words} had come by then, and was sent again since." if was_there else ""
    known_as = names(session)
    sent = f"Sent with the return of {period.in_words} by {known_as.get(found.submitted_by or '', 'someone')}"
    signed = found.status is ReturnStatus.APPROVED and is_known(found.decided_at, as_known_at)
    if not signed or found.decided_at is None:
        return f"{sent}; not signed off yet."
    by = known_as.get(found.decided_by or "", "someone")
    return f"{sent}; signed off by {by} on {day_in_words(found.decided_at.date())}."


def _target(session: Session, measure: Measure, period: Period, area_code: str, as_known_at: datetime | None) -> str:
    """Who agreed the target in force: the newest one agreed whose period covers the figure's."""
    agreed = [
        each
        for each in list_records(session, measure_codes=[measure.code])
        if each.state is TargetState.AGREED
        and each.target.area_code == area_code
        and each.target.period.covers(period)
        and is_known(each.decided_at, as_known_at)
    ]
    if not agreed:
        return ""
    newest = max(agreed, key=lambda each: (-each.target.period.months, each.target.revision))
    if newest.decided_at is None:
        return ""
    when = day_in_words(newest.decided_at.date())
    decided_by = names(session).get(newest.decided_by or "", "someone")
    by = "when it was imported" if newest.imported else f"by {decided_by}"
    why = f" Why: {newest.rationale.rstrip('.')}." if newest.rationale else ""
    return f"Its target for {newest.target.period.in_words} was agreed {by} on {when}.{why}"
