"""Review: the BI team sets the process limits of a measure anew from a day, with a reason, or takes that back."""

from datetime import date

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import council_area
from cycle.ground.series.hiding import council_series
from cycle.ground.series.standing import NOTHING
from data_access.council.settings_store import get_now, get_today
from data_access.plan.register import get_measure
from data_access.review import rebases
from data_access.store.audit import add_event
from data_access.store.database import transaction
from performance.ground.measures import Measure
from performance.ground.people import Permission, User
from performance.ground.periods import day_in_words
from performance.ground.readers import IN_FULL
from performance.ground.reckoning.due import numbers
from performance.ground.reckoning.spc import LEAST_POINTS, is_charted
from performance.ground.texts import clean, too_long
from performance.review.rebasing import LONGEST_REASON, LimitsWish, Rebase


class NotRebasedError(ValueError):
    """Limits cannot be set anew like this; the message says what to do."""


REFUSALS = (NotRebasedError, rebases.RebaseNotFoundError)


def carry_out(code: str, wish: LimitsWish, *, by: User) -> None:
    """What was asked for in the form. Raises one of REFUSALS."""
    if wish.take_back is not None:
        take_back(wish.take_back, because=wish.reason, by=by)
    elif wish.starts_on is not None:
        set_limits_anew(code, starts_on=wish.starts_on, reason=wish.reason, by=by)
    else:
        raise NotRebasedError("Enter the day from which limits are set anew.")


def set_limits_anew(code: str, *, starts_on: date, reason: str, by: User) -> Rebase:
    """From the day on, mean and limits are worked out from later figures alone. Raises NotRebasedError."""
    said = _said(reason, "Enter why the process runs at another level since then.")
    with transaction() as session:
        user = demand(session, by, Permission.SET_LIMITS_ANEW)
        measure = get_measure(session, code=code)
        _check(session, measure, starts_on)
        try:
            made = rebases.add_rebase(
                session, measure_code=code, starts_on=starts_on, reason=said, by=user.username, at=get_now(session)
            )
        except rebases.RebasedAlreadyError as fault:
            day = day_in_words(starts_on)
            raise NotRebasedError(f"Limits were set anew from {day} already. Take that back first.") from fault
        _note(session, user, "set limits anew", made)
    return made


def take_back(rebase_id: int, *, because: str, by: User) -> None:
    """The limits stand as if they had not been set anew; that they were is kept. Raises RebaseNotFoundError."""
    said = _said(because, "Enter why the limits should stand as before.")
    with transaction() as session:
        user = demand(session, by, Permission.SET_LIMITS_ANEW)
        taken = rebases.save_rebase_withdrawn(
            session, rebase_id=rebase_id, because=said, by=user.username, at=get_now(session)
        )
        _note(session, user, "take back new limits", taken)


def _said(reason: str, otherwise: str) -> str:
    if message := too_long("The reason", reason, at_most=LONGEST_REASON) or ("" if reason.strip() else otherwise):
        raise NotRebasedError(message)
    return clean(reason).strip()


def _check(session: Session, measure: Measure, starts_on: date) -> None:
    if not is_charted(measure):
        raise NotRebasedError(f"{measure.title} has no process limits: its figures do not stand for one month each.")
    if starts_on > get_today(session):
        raise NotRebasedError("The day must not be later than today.")
    area = council_area(session)
    series = council_series(session, measures=[measure], area=area, reader=IN_FULL).get((measure.code, area), NOTHING)
    known = list(numbers(measure, series.figures))
    after = sum(period.end >= starts_on for period in known)
    if after < LEAST_POINTS:
        raise NotRebasedError(
            f"There are {after} figures since {day_in_words(starts_on)}. Limits need {LEAST_POINTS}: choose an earlier"
            " day, or wait for more figures."
        )
    if after == len(known):
        raise NotRebasedError("No figure is earlier than that day, so that nothing would be set anew.")


def _note(session: Session, user: User, verb: str, rebase: Rebase) -> None:
    """The reason stays with the rebase: what is hashed into the audit trail cannot be taken out again."""
    after = {"rebase": rebase.id, "starts_on": rebase.starts_on.isoformat()}
    add_event(session, at=get_now(session), username=user.username, verb=verb, subject=rebase.measure_code, after=after)
