"""Revise: what people told the council, recorded by service and theme, and counted over time.

What is done about it by a day becomes an action of the service, and is followed there.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.memory import remembered
from cycle.revise._placing import take_up
from data_access.council.settings_store import get_now, get_today
from data_access.council.units import list_units
from data_access.plan.register import find_measure, list_measures
from data_access.plan.tree import list_actions_by_id
from data_access.revise import feedback
from data_access.revise.feedback import StaleFeedbackError
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.entry import Problem
from performance.ground.organisation import Action
from performance.ground.people import Permission, User
from performance.revise.feedback import Feedback, check_feedback, themes_used


class FeedbackError(Exception):
    """A change to feedback that was not made; the sentence says why."""


class FeedbackRefusedError(FeedbackError):
    """What was entered cannot be kept; the problems say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))


@dataclass(frozen=True, kw_only=True)
class FeedbackView:
    """Records with the names they are read with, and what this person may record at which units, by code and name."""

    records: tuple[Feedback, ...]
    units: dict[str, str]
    measures: dict[str, str]
    own: dict[str, str]
    own_measures: dict[str, str]
    themes: tuple[str, ...]
    actions: Mapping[int, Action]
    today: date

    def narrowed(self, *, kind: str = "", unit_code: str = "", theme: str = "", year: str = "") -> list[Feedback]:
        """Those of the kind, the unit, the theme and the financial year, where one is asked for."""
        return [
            each
            for each in self.records
            if kind in {"", each.kind.value}
            and unit_code in {"", each.unit_code}
            and theme in {"", each.theme}
            and year in {"", each.year}
        ]

    def beside(self, measure_code: str, unit_code: str) -> list[Feedback]:
        """Those of the measure, and then those of its service, of each the newest first."""
        near = [each for each in self.records if measure_code == each.measure_code or unit_code == each.unit_code]
        return sorted(near, key=lambda each: each.measure_code != measure_code)


def list_feedback(*, by: User) -> FeedbackView:
    """All that was recorded, and what this person may add to it."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_FEEDBACK)
        return remembered(session, ("feedback", user), lambda: _view(session, user))


def record_feedback(record: Feedback, *, by: User) -> int:
    """Keep a record. Answers its id. Raises FeedbackRefusedError, and nothing is kept."""
    kept = _read(record)
    with transaction() as session:
        user = demand(session, by, Permission.RECORD_FEEDBACK, at=kept.unit_code)
        _demand_measure(session, kept)
        signed = replace(
            kept, action_id=_act(session, kept, user), recorded_by=user.username, recorded_at=get_now(session)
        )
        feedback_id = feedback.add_feedback(session, record=signed)
        _record(session, "record feedback", feedback_id, user, unit=kept.unit_code, kind=kept.kind.value,
                count=kept.count)  # fmt: skip
        return feedback_id


def correct_feedback(record: Feedback, *, by: User) -> None:
    """Put what a record says right, at the version that was seen. It stays with its unit."""
    kept = _read(record)
    with transaction() as session:
        stored = _demand_seen(session, record, by=by)
        _demand_measure(session, kept)
        worded = replace(kept, unit_code=stored.unit_code, action_id=stored.action_id)
        if stored.action_id is None:
            worded = replace(worded, action_id=_act(session, worded, by))
        else:  # the action is worded anew where it stands, and only there
            worded = replace(worded, action=stored.action, action_role=stored.action_role, action_by=stored.action_by)
        try:
            feedback.save_feedback(session, record=worded)
        except StaleFeedbackError as fault:
            raise _conflict() from fault
        _record(session, "correct feedback", record.id, by, version=record.version + 1, count=kept.count)


def remove_feedback(record: Feedback, *, by: User) -> None:
    """Take a record out of what is counted. It stays stored, with who removed it and when."""
    with transaction() as session:
        stored = _demand_seen(session, record, by=by)
        try:
            feedback.remove_feedback(session, record=stored, by=by.username, at=get_now(session))
        except StaleFeedbackError as fault:
            raise _conflict() from fault
        _record(session, "remove feedback", record.id, by)


def _view(session: Session, user: User) -> FeedbackView:
    records = tuple(feedback.list_feedback(session))
    units = {unit.code: unit.name for unit in list_units(session, on=get_today(session))}
    own = user.units_where(Permission.RECORD_FEEDBACK)
    measures = list_measures(session)
    return FeedbackView(
        records=records,
        units=units,
        measures={each.code: each.title for each in measures},
        own={code: name for code, name in units.items() if code in own},
        own_measures={each.code: each.title for each in measures if each.unit_code in own},
        themes=tuple(themes_used(records)),
        actions=list_actions_by_id(session, action_ids={each.action_id for each in records if each.action_id}),
        today=get_today(session),
    )


def _act(session: Session, record: Feedback, by: User) -> int | None:
    """What is done by a day, as an action of the measure or the service; without a day it stays words."""
    if not record.action or record.action_by is None:
        return None
    action = Action(
        id=0,
        action=record.action,
        responsible_role=record.action_role,
        result=f"Fewer say: {record.theme}",
        starts_on=get_today(session),
        ends_on=record.action_by,
    )
    reason = f"From what people told the council: {record.theme}"
    return take_up(session, action, measure_code=record.measure_code, unit_code=record.unit_code, reason=reason, by=by)


def _read(record: Feedback) -> Feedback:
    """The record without what surrounds its texts. Raises FeedbackRefusedError."""
    kept = replace(
        record,
        theme=" ".join(record.theme.split()),
        cause=record.cause.strip(),
        learning=record.learning.strip(),
        action=record.action.strip(),
        action_role=record.action_role.strip(),
    )
    if problems := check_feedback(kept):
        raise FeedbackRefusedError(problems)
    return kept


def _demand_measure(session: Session, record: Feedback) -> None:
    """The measure the feedback is about, where it names one, is the unit's own."""
    if record.measure_code is None:
        return
    measure = find_measure(session, code=record.measure_code)
    if measure is None or measure.unit_code != record.unit_code:
        message = "Choose a measure of the same service, or none"
        raise FeedbackRefusedError([Problem(field="measure_code", message=message)])


def _demand_seen(session: Session, record: Feedback, *, by: User) -> Feedback:
    try:
        stored = feedback.get_feedback(session, feedback_id=record.id)
    except feedback.FeedbackNotFoundError as fault:
        demand(session, by, Permission.VIEW_FEEDBACK)
        raise FeedbackError(str(fault)) from fault
    demand(session, by, Permission.RECORD_FEEDBACK, at=stored.unit_code)
    if stored.version != record.version:
        raise _conflict()
    return stored


def _conflict() -> FeedbackError:
    return FeedbackError(
        "Someone else changed this record since you opened it. Nothing of yours was saved. Read it as it is now, then"
        " make your change."
    )


def _record(session: Session, verb: str, feedback_id: int, by: User, **after: object) -> None:
    add_event(session, at=get_now(session), username=by.username, verb=verb, subject=f"feedback {feedback_id}",
              before=None, after=after)  # fmt: skip
