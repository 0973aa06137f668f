"""A past for the demonstration: recovery plans, meetings, lessons and feedback, from the texts of seeds/story."""

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from sqlalchemy import select
from sqlalchemy.orm import Session

from data_access.models import (
    ActionRow,
    FeedbackRow,
    LessonRow,
    MilestoneRow,
    RecoveryCourseRow,
    RecoveryNoteRow,
    RecoveryPlanRow,
    RecoveryShareRow,
    RecoveryWhyRow,
    ReviewItemRow,
    ReviewMeetingRow,
)
from data_access.story.told import Rows, moment
from performance.ground.organisation import ActionStatus, PlanStatus
from performance.ground.periods import parse_period
from performance.revise.course import Course
from performance.revise.feedback import FeedbackKind
from performance.revise.lessons import Verdict
from performance.revise.meetings import ItemKind


def add_recovery(
    session: Session,
    *,
    plans: Rows,
    shares: Rows,
    whys: Rows,
    milestones: Rows,
    actions: Rows,
    notes: Rows,
    courses: Rows,
) -> None:
    """Recovery plans with what hangs on them; the other rows name their plan by its name in the file."""
    ids = {row["plan"]: _add_plan(session, row) for row in plans}
    session.add_all(RecoveryShareRow(plan_id=ids[row["plan"]], measure_code=row["measure_code"]) for row in shares)
    _add_whys(session, ids, whys)
    session.add_all(_milestone(ids[row["plan"]], row) for row in milestones)
    session.add_all(_action(ids[row["plan"]], row) for row in actions)
    session.add_all(_note(ids[row["plan"]], row) for row in notes)
    session.add_all(_course(ids[row["plan"]], row) for row in courses)


def _milestone(plan_id: int, row: Mapping[str, str]) -> MilestoneRow:
    period, original = parse_period(row["period"]), parse_period(row["original_period"])
    return MilestoneRow(
        plan_id=plan_id,
        number=Decimal(row["number"]),
        period_start=period.start,
        period_months=period.months,
        original_period_start=original.start,
        moves=int(period != original),
        note=row["note"],
        measure_code=row["measure_code"] or None,
    )


def _action(plan_id: int, row: Mapping[str, str]) -> ActionRow:
    return ActionRow(
        plan_id=plan_id,
        action=row["action"],
        responsible_role=row["responsible_role"],
        result=row["result"],
        starts_on=date.fromisoformat(row["starts_on"]),
        ends_on=date.fromisoformat(row["ends_on"]),
        resources=row["resources"],
        status=ActionStatus(row["status"]),
        effect=Decimal(row["effect"]) if row["effect"] else None,
        effect_by=date.fromisoformat(row["effect_by"]) if row["effect_by"] else None,
        original_ends_on=date.fromisoformat(row["original_ends_on"] or row["ends_on"]),
        moves=int(row["moves"] or 0),
    )


def _note(plan_id: int, row: Mapping[str, str]) -> RecoveryNoteRow:
    return RecoveryNoteRow(
        plan_id=plan_id,
        period_start=parse_period(row["period"]).start,
        text=row["text"],
        written_by=row["written_by"],
        written_at=moment(row["written_on"]),
    )


def _course(plan_id: int, row: Mapping[str, str]) -> RecoveryCourseRow:
    """What was said against the course worked out, when the plan's newest figure was of the period."""
    said_at = moment(row["said_on"])
    return RecoveryCourseRow(
        plan_id=plan_id, period_start=parse_period(row["period"]).start, course=Course(row["course"]),
        because=row["because"], said_by=row["said_by"], said_at=said_at,
    )  # fmt: skip


def add_lessons(session: Session, *, plans: Rows, rows: Rows) -> None:
    """Lessons of plans, which go by their measure, and general ones."""
    measures = {row["plan"]: row["measure_code"] for row in plans}
    ids = {code: number for code, number in session.execute(select(RecoveryPlanRow.measure_code, RecoveryPlanRow.id))}
    session.add_all(
        LessonRow(
            title=row["title"],
            what_worked=row["what_worked"],
            what_did_not=row["what_did_not"],
            advice=row["advice"],
            verdict=Verdict(row["verdict"]),
            plan_id=ids[measures[row["plan"]]] if row["plan"] else None,
            measure_code=row["measure_code"] or None,
            unit_code=row["unit_code"],
            written_by=row["written_by"],
            written_at=moment(row["written_on"]),
        )
        for row in rows
    )
    session.flush()


def add_feedback(session: Session, *, rows: Rows) -> None:
    """What people told the council, as it was recorded; what is done about it by a day is an action."""
    for row in rows:
        period = parse_period(row["period"])
        action = _acted(row)
        if action is not None:
            session.add(action)
            session.flush()
        session.add(
            FeedbackRow(
                kind=FeedbackKind(row["kind"]),
                period_start=period.start,
                period_months=period.months,
                unit_code=row["unit_code"],
                theme=row["theme"],
                count=int(row["count"]),
                base=int(row["base"]) if row["base"] else None,
                measure_code=row["measure_code"] or None,
                cause=row["cause"],
                learning=row["learning"],
                action=row["action"],
                action_role=row["action_role"],
                action_by=date.fromisoformat(row["action_by"]) if row["action_by"] else None,
                action_id=action.id if action else None,
                recorded_by=row["recorded_by"],
                recorded_at=moment(row["recorded_on"]),
            )
        )
    session.flush()


def _acted(row: Mapping[str, str]) -> ActionRow | None:
    """The action that stands on the measure, or on the page of the service."""
    if not row["action_by"]:
        return None
    return ActionRow(
        measure_code=row["measure_code"] or None,
        node_code=None if row["measure_code"] else row["action_node"],
        action=row["action"],
        responsible_role=row["action_role"],
        result=f"Fewer say: {row['theme']}",
        starts_on=date.fromisoformat(row["recorded_on"]),
        ends_on=date.fromisoformat(row["action_by"]),
        status=ActionStatus(row["action_status"]),
    )


def add_meetings(session: Session, *, rows: Rows, items: Rows) -> None:
    """Review meetings that were held and closed, each item with what became of it; a decision is an action."""
    held: dict[str, ReviewMeetingRow] = {}
    for row in rows:
        period, at = parse_period(row["period"]), moment(row["held_on"])
        held[row["meeting"]] = ReviewMeetingRow(
            title=row["title"], forum=row["forum"], scope=row["scope"], scope_name=row["scope_name"],
            held_on=date.fromisoformat(row["held_on"]), period_start=period.start, period_months=period.months,
            known_at=at, attendance=row["attendance"], apologies=row["apologies"], opened_by=row["opened_by"],
            closed_by=row["closed_by"], closed_at=at, version=2,
        )  # fmt: skip
    session.add_all(held.values())
    session.flush()
    decided: dict[str, int] = {}  # by measure, the item whose decision a later one goes on from
    for place, row in enumerate(items, start=1):
        meeting = held[row["meeting"]]
        action = _decided(row, meeting)
        if action is not None:
            session.add(action)
            session.flush()
        item = ReviewItemRow(
            meeting_id=meeting.id, position=place, kind=ItemKind(row["kind"]), rule=row["rule"],
            follows=decided.get(row["measure_code"]) if row["kind"] == ItemKind.FOLLOW_UP else None,
            measure_code=row["measure_code"] or None, fact=row["fact"], question=row["question"],
            answer=row["answer"], decision=row["decision"], owner_role=row["owner_role"],
            due_on=date.fromisoformat(row["due_on"]) if row["due_on"] else None,
            back_until=date.fromisoformat(row["back_until"]) if row["back_until"] else None,
            action_id=action.id if action else None, changed_by=meeting.opened_by if row["answer"] else "",
        )  # fmt: skip
        session.add(item)
        session.flush()
        if action is not None:
            decided[row["measure_code"]] = item.id


def _decided(row: Mapping[str, str], meeting: ReviewMeetingRow) -> ActionRow | None:
    """The action that a decision became."""
    if not row["decision"]:
        return None
    return ActionRow(
        measure_code=row["measure_code"],
        action=row["decision"],
        responsible_role=row["owner_role"],
        result=f"Decided in {meeting.forum}",
        starts_on=meeting.held_on,
        ends_on=date.fromisoformat(row["due_on"]),
        status=ActionStatus(row["status"]),
    )


def _add_whys(session: Session, ids: Mapping[str, int], rows: Rows) -> None:
    """Each plan's whys, in the order of the file."""
    place: Counter[str] = Counter()
    for row in rows:
        place[row["plan"]] += 1
        session.add(
            RecoveryWhyRow(
                plan_id=ids[row["plan"]], position=place[row["plan"]], why=row["why"], evidence=row["evidence"]
            )
        )


def _add_plan(session: Session, row: Mapping[str, str]) -> int:
    period = parse_period(row["period"])
    plan = RecoveryPlanRow(
        measure_code=row["measure_code"],
        area_code=row["area_code"],
        period_start=period.start,
        period_months=period.months,
        status=PlanStatus(row["status"]),
        cause=row["cause"],
        opened_by=row["opened_by"],
        opened_at=moment(row["opened_on"]),
        agreed_by=row["agreed_by"] or None,
        agreed_at=moment(row["agreed_on"]),
        partners=row["partners"],
        asked_until=date.fromisoformat(row["asked_until"]) if row["asked_until"] else None,
        asked_because=row["asked_because"],
        asked_by=row["asked_by"] or None,
        tolerated_until=date.fromisoformat(row["tolerated_until"]) if row["tolerated_until"] else None,
        ended_because=row["ended_because"],
        kept_by_role=row["kept_by_role"],
        ended_by=row["ended_by"] or None,
        ended_at=moment(row["ended_on"]),
    )
    session.add(plan)
    session.flush()
    return plan.id
