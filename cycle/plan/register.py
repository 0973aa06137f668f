"""Plan: the register of measures is kept: each documented, changed with a reason, retired, replaced or split.

Everything that changes is a new version with the day it takes effect. Someone who saves on top of a change they have
not seen is shown it first.
"""

import logging
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.exports import Export, sheet_of
from cycle.ground.memory import remembered
from cycle.plan.register_view import METHOD_FIELDS, MethodPage, RegisterView, build_page, build_register
from data_access.council.settings_store import get_now, get_today
from data_access.do.measured import figures_exist, find_latest_period
from data_access.plan.changes import VersionTakenError
from data_access.plan.register import (
    find_measure,
    get_measure,
    list_last_uses,
    list_measure_changes,
    list_measures,
    save_breaks,
    save_measures,
    save_use,
)
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.dated import Recording, differences, facts_of
from performance.ground.entry import Problem, check_texts
from performance.ground.measures import Measure, SeriesBreak, Use
from performance.ground.people import Permission, User
from performance.ground.periods import day_in_words
from performance.ground.texts import LONGEST, LONGEST_SENTENCE, clean
from performance.plan.register_changes import Broken, Documented, RegisterChange, Replaced, Retired, Reworded

log = logging.getLogger(__name__)

# What stored figures and their colours rest on: once there are figures, another meaning is another measure.
_RESTS_ON = (
    "unit", "multiplier", "decimals", "accumulation", "frequency", "year_basis", "cycle_months", "is_share",
)  # fmt: skip
_BESIDE = ("breaks", "earlier")
_REVIEWED = "methodology_reviewed_on"


class RegisterError(Exception):
    """A measure that is not changed; the sentence says why."""


class RegisterRefusedError(RegisterError):
    """What was typed cannot be kept; the problems say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))


class RegisterConflictError(RegisterError):
    """Someone else changed the same meanwhile; the sentence says what they wrote."""


# What a person sees


def list_register(*, by: User) -> RegisterView:
    """Every measure there is or was, by code, examined."""
    with reading() as session:
        demand(session, by, Permission.VIEW_SCORECARDS)
        return _register(session)


def method_page(code: str, *, by: User) -> MethodPage:
    """One measure's documentation. Raises MeasureNotFoundError."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_SCORECARDS)
        measure = get_measure(session, code=code)
        view = _register(session)
        return remembered(session, ("method", code, user), lambda: build_page(session, view, measure, by=user))


def register_sheet(*, by: User) -> Export:
    """The register with the columns of the setup sheet, as the command line exports it."""
    with reading() as session:
        demand(session, by, Permission.VIEW_SCORECARDS)
        return remembered(session, ("register sheet",), lambda: sheet_of(list_measures(session)))


def _register(session: Session) -> RegisterView:
    return remembered(session, ("register",), lambda: build_register(session))


# What a person does


def note_use(code: str, use: Use, *, by: User) -> None:
    """That the measure was opened or reported today, and by nobody in particular; written once a day."""
    with reading() as session:
        demand(session, by, Permission.VIEW_SCORECARDS)
        today = get_today(session)
        kept = remembered(session, ("uses", use), lambda: dict(list_last_uses(session, use=use)))
        if kept.get(code) == today or find_measure(session, code=code) is None:
            return
    try:
        with transaction() as session:
            demand(session, by, Permission.VIEW_SCORECARDS)
            save_use(session, code=code, use=use, on=today)
    except SQLAlchemyError:
        # A full or read-only disk: nobody reads less because a reading could not be counted.
        log.warning("That a measure was opened or reported could not be kept.")
        return
    kept[code] = today


def change_register(code: str, change: RegisterChange, *, version: int, by: User) -> str:
    """Carry out what a form gave, and say so. `version` is of the measure as the person saw it.

    Raises RegisterRefusedError, or RegisterConflictError where someone else changed it meanwhile.
    """
    needs = Permission.DOCUMENT_MEASURES if isinstance(change, Documented) else Permission.MAINTAIN_REGISTER
    with transaction() as session:
        measure = _hold(session, code, version, needs, changing=_changing(change), by=by)
        match change:
            case Documented():
                return _document(session, measure, change, by=by)
            case Reworded():
                return _reword(session, measure, change, by=by)
            case Retired():
                return _retire(session, measure, change, by=by)
            case Replaced():
                return _replace(session, measure, change, by=by)
            case Broken():
                return _break(session, measure, change, by=by)


def add_measure(measure: Measure, *, by: User) -> None:
    """A new measure of the register. Raises RegisterRefusedError where the code is taken."""
    with transaction() as session:
        demand(session, by, Permission.MAINTAIN_REGISTER, at=measure.unit_code)
        if find_measure(session, code=measure.code) is not None:
            message = f'There is a measure "{measure.code}" already. Choose another code'
            raise RegisterRefusedError([Problem(field="measure_code", message=message)])
        save_measures(session, measures=[measure], recording=_recording(session, "Added", by))
        _record(session, "add measure", measure.code, {"unit_code": measure.unit_code}, by=by)


def _document(session: Session, measure: Measure, change: Documented, *, by: User) -> str:
    sections = {name: text for name, text in change.sections.items() if name in METHOD_FIELDS}
    _refuse_long(*((name, name.replace("_", " ").capitalize(), text, LONGEST) for name, text in sections.items()))
    fields: dict[str, Any] = {name: clean(text) for name, text in sections.items()}
    if change.reviewed:
        fields[_REVIEWED] = get_today(session)
    _save(session, "document measure", measure, replace(measure, **fields), reason=change.reason, by=by)
    return f"The methodology of {measure.title} is saved."


def _reword(session: Session, measure: Measure, change: Reworded, *, by: User) -> str:
    if change.fields.get("code", measure.code) != measure.code:
        message = "The code of a measure never changes. Add another measure, and let it replace this one"
        raise RegisterRefusedError([Problem(field="measure_code", message=message)])
    after = replace(measure, **change.fields)
    if figures_exist(session, measure_code=measure.code):
        _refuse_another_meaning(measure, after)
    if after.active_to is not None and after.active_to != measure.active_to:
        _refuse_day(session, after, after.active_to, field="active_to")
    demand(session, by, Permission.MAINTAIN_REGISTER, at=after.unit_code)
    _save(session, "change measure", measure, after, reason=change.reason, by=by)
    return f"{after.title} is saved."


def _retire(session: Session, measure: Measure, change: Retired, *, by: User) -> str:
    _refuse_day(session, measure, change.last_day)
    retired = replace(measure, active_to=change.last_day)
    _save(session, "retire measure", measure, retired, reason=change.reason, by=by)
    return f"{measure.title} is retired after {day_in_words(change.last_day)}."


def _replace(session: Session, measure: Measure, change: Replaced, *, by: User) -> str:
    last_day = change.first_day - timedelta(days=1)
    _refuse_day(session, measure, last_day)
    after = [_succeeding(session, each, measure, change.first_day, by=by) for each in dict.fromkeys(change.successors)]
    if not after:
        message = "Choose the measure, or the measures, that take its place. Add them first"
        raise RegisterRefusedError([Problem(field="successors", message=message)])
    retired = replace(measure, active_to=last_day)
    _save(session, "replace measure", measure, retired, reason=change.reason, by=by)
    save_measures(session, measures=after, recording=_recording(session, change.reason, by))
    for each in after:
        _record(session, "take a place", each.code, {"replaces": each.replaces, "active_from": each.active_from}, by=by)
    taking = " and ".join(each.title for each in after)
    return f"{taking} took the place of {measure.title} from {day_in_words(change.first_day)}."


def _break(session: Session, measure: Measure, change: Broken, *, by: User) -> str:
    why = _why(change.reason)
    if not why:
        raise RegisterRefusedError([Problem(field="reason", message="Enter what changed: it stands on every chart")])
    if any(each.on == change.on for each in measure.breaks):
        message = f"There is a break on {day_in_words(change.on)} already"
        raise RegisterRefusedError([Problem(field="on", message=message)])
    save_breaks(session, breaks=[(measure.code, SeriesBreak(on=change.on, reason=why))])
    _record(session, "break series", measure.code, {"on": change.on}, by=by)
    return f"Charts of {measure.title} show a break on {day_in_words(change.on)}."


def _changing(change: RegisterChange) -> frozenset[str] | None:
    """The fields that the change writes; None where it concerns the measure as a whole."""
    match change:
        case Documented():
            return frozenset(change.sections)
        case Reworded():
            return frozenset(change.fields)
    return None


def _hold(
    session: Session, code: str, version: int, permission: Permission, *, changing: frozenset[str] | None, by: User
) -> Measure:
    """The measure, if the person may change it and nobody else changed meanwhile what they are about to write.

    What two people write in different fields is kept of both.
    """
    measure = get_measure(session, code=code)
    demand(session, by, permission, at=measure.unit_code)
    changes = list_measure_changes(session, code=code)
    unseen = [each for each in changes if each.version > version and (changing is None or each.field in changing)]
    if unseen:
        last = unseen[-1].recording
        who = names(session).get(last.by, last.by)
        what = "; ".join(f"{each.field.replace('_', ' ')} to “{_said(each.after)}”" for each in unseen)
        raise RegisterConflictError(
            f"{who} changed this measure at {last.at.astimezone():%H:%M}: {what}. What you typed is still there and not"
            " saved. Save again to put yours in its place, or leave theirs."
        )
    return measure


def _said(value: object) -> str:
    return "" if value is None else str(getattr(value, "value", value))


def _save(session: Session, verb: str, before: Measure, after: Measure, *, reason: str, by: User) -> None:
    why, changed = _why(reason), differences(before, after, leaving_out=_BESIDE)
    if not changed:
        raise RegisterRefusedError([Problem(field="", message="Nothing is changed yet")])
    if not why and set(changed) != {_REVIEWED}:
        raise RegisterRefusedError([Problem(field="reason", message="Enter why it changes")])
    try:
        save_measures(session, measures=[after], recording=_recording(session, why or "Reviewed", by))
    except VersionTakenError as fault:
        message = "Someone else changed this measure at this moment. Open the page again, then save."
        raise RegisterConflictError(message) from fault
    _record(
        session,
        verb,
        after.code,
        facts_of({field: new for field, (_, new) in changed.items()}),
        before=facts_of({field: old for field, (old, _) in changed.items()}),
        by=by,
    )


def _why(reason: str) -> str:
    _refuse_long(("reason", "The reason", reason, LONGEST_SENTENCE))
    return clean(reason).strip()


def _refuse_long(*texts: tuple[str, str, str, int]) -> None:
    if long := check_texts(*texts):
        raise RegisterRefusedError(long)


def _refuse_another_meaning(stored: Measure, wanted: Measure) -> None:
    changed = [name for name in _RESTS_ON if getattr(stored, name) != getattr(wanted, name)]
    if (stored.takes_counts, stored.takes_denominator) != (wanted.takes_counts, wanted.takes_denominator):
        changed.append("numerator_definition")
    if changed:
        raise RegisterRefusedError(
            Problem(
                field=name,
                message=f"The {name.replace('_', ' ')} cannot change now that there are figures: they would mean"
                " something else. Add another measure, and let it replace this one",
            )
            for name in changed
        )


def _refuse_day(session: Session, measure: Measure, last_day: date, *, field: str = "last_day") -> None:
    """What was measured stays measured: the last day lies after the newest figure's period has begun."""
    latest = find_latest_period(session, measure_code=measure.code)
    if latest is not None and last_day < latest.end:
        message = f"There is a figure for {latest.in_words}. Choose {day_in_words(latest.end)} or later as the last day"
        raise RegisterRefusedError([Problem(field=field, message=message)])
    if measure.active_from is not None and last_day < measure.active_from:
        message = f"It began on {day_in_words(measure.active_from)}. Choose a later day"
        raise RegisterRefusedError([Problem(field=field, message=message)])


def _succeeding(session: Session, code: str, old: Measure, first_day: date, *, by: User) -> Measure:
    new = get_measure(session, code=code)
    demand(session, by, Permission.MAINTAIN_REGISTER, at=new.unit_code)
    if new.code == old.code or (new.replaces and new.replaces != old.code):
        message = f"{new.title} cannot take the place of {old.title}: it is itself, or has another's place already"
        raise RegisterRefusedError([Problem(field="successors", message=message)])
    return replace(new, replaces=old.code, active_from=new.active_from or first_day)


def _recording(session: Session, reason: str, by: User) -> Recording:
    return Recording(by=by.username, at=get_now(session), effective_on=get_today(session), reason=clean(reason))


def _record(
    session: Session,
    verb: str,
    code: str,
    after: Mapping[str, object],
    *,
    before: Mapping[str, object] | None = None,
    by: User,
) -> None:
    add_event(session, at=get_now(session), username=by.username, verb=verb, subject=code, before=before, after=after)
