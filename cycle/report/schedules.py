"""Report: the policy officer and the BI team say which reports go out by themselves, and see what became of each."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.report._choices import Choices as Choices
from cycle.report._choices import choices_of
from cycle.report._planned import Planned as Planned
from cycle.report._planned import planned_of
from data_access.council.settings_store import get_now, get_today
from data_access.home.handing import REPORTS, Change, save_change
from data_access.report import schedules, sends
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.entry import Problem
from performance.ground.people import Permission, User
from performance.home.mail import MailState
from performance.home.sends import NotSent, Send
from performance.report.occasions import in_words as occasion_in_words
from performance.report.schedules import About, Schedule, Way, check_schedule, why_not_for

PAGE = 50  # reports of the history of one schedule


class ScheduleError(Exception):
    """Nothing is done about this schedule; the sentence says why."""


class ScheduleRefusedError(ScheduleError):
    """What was entered cannot be kept; the problems say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(f"{problem.message}." for problem in self.problems))


class ScheduleMovedError(ScheduleError):
    """It is no longer what the person had before them."""

    def __init__(self) -> None:
        super().__init__("This was changed, or sent, since you opened the page. Look at it again.")


@dataclass(frozen=True, kw_only=True)
class SendLine:
    """A report to somebody as it is read, and what may be done about it."""

    send: Send
    name: str
    what: str
    when: str
    stands: MailState
    why: str
    wants_decision: bool
    may_go_again: bool


@dataclass(frozen=True, kw_only=True)
class Sent:
    """Every schedule, those in force first; what waits for a decision; what may be chosen; the day."""

    planned: tuple[Planned, ...]
    undecided: tuple[SendLine, ...]
    choices: Choices
    today: date


@dataclass(frozen=True, kw_only=True)
class History:
    """A schedule with what became of each report, the newest first; older ones are those before `older`."""

    planned: Planned
    lines: tuple[SendLine, ...]
    choices: Choices
    older: int | None = None


def list_sent(*, by: User) -> Sent:
    """All of the page."""
    now = datetime.now(UTC)
    with reading() as session:
        demand(session, by, Permission.SCHEDULE_REPORTS)
        choices, found = choices_of(session), schedules.list_schedules(session)
        planned = {each.schedule.id: each for each in planned_of(session, found, choices)}
        undecided = sends.list_undecided(session, now=now)
        return Sent(
            planned=tuple(sorted(planned.values(), key=lambda each: not each.schedule.is_active)),
            undecided=tuple(_line(session, each, planned[each.schedule_id], now) for each in undecided),
            choices=choices,
            today=get_today(session),
        )


def get_history(schedule_id: int, *, older_than: int | None = None, by: User) -> History:
    """One schedule, with the newest of its reports or those older than one. Raises ScheduleError where there is
    none."""
    now = datetime.now(UTC)
    with reading() as session:
        demand(session, by, Permission.SCHEDULE_REPORTS)
        choices = choices_of(session)
        (planned,) = planned_of(session, [_get(session, schedule_id)], choices)
        found = sends.list_sends(session, schedule_id=schedule_id, older_than=older_than, limit=PAGE + 1)
        return History(
            planned=planned,
            lines=tuple(_line(session, each, planned, now) for each in found[:PAGE]),
            choices=choices,
            older=found[PAGE - 1].id if len(found) > PAGE else None,
        )


def plan_schedule(schedule: Schedule, *, by: User) -> int:
    """From today on the report goes out by itself. Answers its id. Raises ScheduleRefusedError."""
    with transaction() as session:
        user = demand(session, by, Permission.SCHEDULE_REPORTS)
        wanted = replace(_cleaned(session, schedule), since=get_today(session), stopped_on=None, version=1)
        schedule_id = schedules.add_schedule(session, schedule=wanted, planned_by=user.username)
        _record(session, "plan report", replace(wanted, id=schedule_id), user)
        return schedule_id


def change_schedule(schedule: Schedule, *, by: User) -> None:
    """What is sent from now on, at the version that was seen. Raises ScheduleError, ScheduleRefusedError,
    ScheduleMovedError."""
    with transaction() as session:
        user = demand(session, by, Permission.SCHEDULE_REPORTS)
        stored = _open(session, schedule.id, schedule.version)
        wanted = replace(_cleaned(session, schedule), since=stored.since, stopped_on=None)
        if wanted == stored:
            raise ScheduleError("Nothing is changed: this is what goes out already.")
        if wanted.often is not stored.often:
            # The occasions are others: none of them that has gone by is made up for.
            wanted = replace(wanted, since=get_today(session))
            now, why = datetime.now(UTC), NotSent.OTHER_DAYS.value
            sends.save_given_up(session, schedule_id=schedule.id, but="", now=now, why=why)
        _save(session, wanted)
        _record(session, "change report schedule", wanted, user)


def stop_schedule(schedule_id: int, *, version: int, by: User) -> None:
    """It sends no more; what it sent stays on record. Raises ScheduleError, ScheduleMovedError."""
    with transaction() as session:
        user = demand(session, by, Permission.SCHEDULE_REPORTS)
        stopped = replace(_open(session, schedule_id, version), stopped_on=get_today(session))
        _save(session, stopped)
        now, why = datetime.now(UTC), NotSent.STOPPED.value
        sends.save_given_up(session, schedule_id=schedule_id, but="", now=now, why=why)
        _record(session, "stop report", stopped, user)


def send_report_again(send_id: int, *, version: int, by: User) -> None:
    """The next run hands it over once more; what nobody knows of may so come twice. Raises ScheduleError."""
    with transaction() as session:
        user = demand(session, by, Permission.SCHEDULE_REPORTS)
        send = _undecided(session, send_id, version)
        if not _may_go_again(session, send):
            raise ScheduleError("This report has been followed by a later one, or its schedule was stopped.")
        _decide(session, send, MailState.WAITING, verb="send report again", by=user)


def leave_report(send_id: int, *, version: int, by: User) -> None:
    """It stays as it is, and is listed no longer as one that waits for a decision. Raises ScheduleError."""
    with transaction() as session:
        user = demand(session, by, Permission.SCHEDULE_REPORTS)
        _decide(session, _undecided(session, send_id, version), MailState.LEFT, verb="leave report", by=user)


def _line(session: Session, send: Send, planned: Planned, now: datetime) -> SendLine:
    wants = send.wants_decision(now)
    return SendLine(
        send=send,
        name=names(session).get(send.recipient, send.recipient) or planned.whom,
        what=planned.what,
        when=occasion_in_words(send.occasion),
        stands=send.stands(now),
        why=send.why(now),
        wants_decision=wants,
        may_go_again=wants and _may_go_again(session, send),
    )


def _may_go_again(session: Session, send: Send) -> bool:
    schedule = schedules.get_schedule(session, schedule_id=send.schedule_id)
    return schedule.is_active and sends.is_newest(session, send=send)


def _undecided(session: Session, send_id: int, version: int) -> Send:
    try:
        send = sends.get_send(session, send_id=send_id)
    except sends.SendNotFoundError as fault:
        raise ScheduleError(str(fault)) from fault
    if send.version != version:
        raise ScheduleMovedError
    now = datetime.now(UTC)
    if not send.wants_decision(now):
        raise ScheduleError(f"Nothing is to be decided about this report: {send.stands(now).in_words.lower()}.")
    return send


def _decide(session: Session, send: Send, state: MailState, *, verb: str, by: User) -> None:
    again = state is MailState.WAITING
    values: dict[str, Any] = {"next_try": None, "settled_at": None if again else datetime.now(UTC)}
    if again:
        values |= {"reason": "", "looked_on": None}
    if not save_change(session, REPORTS, handing=send, change=Change(state=state, values=values)):
        raise ScheduleMovedError
    add_event(
        session, at=get_now(session), username=by.username, verb=verb,
        subject=f"S-{send.schedule_id:02d} {send.occasion} {send.recipient}".strip(),
        before={"state": send.state.value}, after={"state": state.value},
    )  # fmt: skip


def _get(session: Session, schedule_id: int) -> Schedule:
    try:
        return schedules.get_schedule(session, schedule_id=schedule_id)
    except schedules.ScheduleNotFoundError as fault:
        raise ScheduleError(str(fault)) from fault


def _open(session: Session, schedule_id: int, version: int) -> Schedule:
    stored = _get(session, schedule_id)
    if not stored.is_active:
        raise ScheduleError("This was stopped already. Plan it anew to have it sent again.")
    if stored.version != version:
        raise ScheduleMovedError
    return stored


def _save(session: Session, wanted: Schedule) -> None:
    try:
        schedules.save_schedule(session, schedule=wanted)
    except schedules.StaleScheduleError as fault:
        raise ScheduleMovedError from fault


def _cleaned(session: Session, schedule: Schedule) -> Schedule:
    """Without what its way has no use for, and sent by no other. Raises ScheduleRefusedError."""
    is_file = schedule.way is Way.FOLDER
    place = schedule.place.strip().strip("/")
    wanted = replace(
        schedule,
        about="" if schedule.facts.about is About.NOTHING else schedule.about,
        folder=schedule.folder if is_file else "",
        place=place if is_file else "",
    )
    problems = check_schedule(wanted) or _unknown(wanted, choices_of(session)) or _sent_already(session, wanted)
    if problems:
        raise ScheduleRefusedError(problems)
    return wanted


def _unknown(wanted: Schedule, choices: Choices) -> list[Problem]:
    """Codes that name nothing there is; a folder has to be one that the operator named."""
    found = []
    if choices.is_gone(wanted):
        found.append(Problem(field="about", message="What it is about is there no longer. Choose again"))
    if wanted.whom.code not in choices.whom[wanted.whom.kind]:
        found.append(Problem(field="whom", message="Who gets it is there no longer. Choose again"))
    if wanted.folder and wanted.folder not in choices.folders:
        found.append(Problem(field="folder", message="Choose one of the folders that whoever runs the app has set"))
    elif wanted.folder and (why := why_not_for(choices.folders[wanted.folder], wanted)):
        may_lie_there = wanted.facts.widest.holds(choices.folders[wanted.folder])
        instead = "that one, or another folder" if may_lie_there else "another folder"
        found.append(Problem(field="whom", message=f"{why}. Choose {instead}"))
    return found


def _sent_already(session: Session, wanted: Schedule) -> list[Problem]:
    """By another one that is in force."""
    schedules.hold(session)
    planned = schedules.list_schedules(session, with_stopped=False)
    same = [each for each in planned if each.id != wanted.id and each.goes_out == wanted.goes_out]
    said = "sends this already, to the same and as often. Change that one, or choose something else here"
    return [Problem(field="report", message=f"{each.reference} {said}") for each in same[:1]]


def _record(session: Session, verb: str, schedule: Schedule, by: User) -> None:
    after = {
        "report": schedule.report.value, "about": schedule.about, "as": schedule.ending, "way": schedule.way.value,
        "whom": f"{schedule.whom.kind.value} {schedule.whom.code}", "often": schedule.often.value,
        "folder": schedule.folder, "skips_unchanged": schedule.skips_unchanged,
    }  # fmt: skip
    add_event(
        session, at=get_now(session), username=by.username, verb=verb, subject=f"schedule {schedule.reference}",
        after=after,
    )  # fmt: skip
