"""Do: the service says each month how its actions stand and what shows it; milestones tick themselves.

What is said is kept for ever and the newest word for a month counts. An action's own status follows the newest
month, in the same transaction, with its history where it is an action of the plan.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from cycle.do._under_way import under_way
from cycle.do.return_view import MONTHS_SHOWN, demand_reader, own_units
from cycle.ground import milestones
from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.memory import remembered
from data_access.council.settings_store import get_now, get_today
from data_access.council.units import find_unit, get_unit
from data_access.do.deliveries import add_delivery
from data_access.do.delivery_drafts import list_delivery_drafts, remove_delivery_drafts, save_delivery_draft
from data_access.plan import tree
from data_access.plan.changes import VersionTakenError
from data_access.revise import recovery
from data_access.revise.recovery import StalePlanError
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.do.delivery import (
    Delivery,
    DeliveryAnswer,
    DeliveryDraft,
    DeliveryLine,
    Said,
    check_answer,
    is_news,
    read_answer,
)
from performance.ground.dated import Recording
from performance.ground.entry import Problem
from performance.ground.organisation import ActionStatus, Unit
from performance.ground.people import NotAllowedError, Permission, User
from performance.ground.periods import Period, day_in_words
from performance.ground.readers import Reader, reader_of
from performance.plan.on_a_page import ActionChange


class DeliveryError(Exception):
    """Delivery that was not kept; the sentence says why, and nothing of it was kept."""


class DeliveryRefusedError(DeliveryError):
    """What was said cannot be kept; the problems say of which line (its key and box) and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))


class DeliveryClosedError(DeliveryError):
    """Nothing can be said for this month, or of this line any more."""


class DeliveryConflictError(DeliveryError):
    """Someone else said something of it, or changed it, since the person looked."""


@dataclass(frozen=True, kw_only=True)
class DeliveryView:
    """What a unit has under way in a month. `why_not` says why this person may not say how it stands, if so.

    `drafts` is what this person has half typed of it, and nobody else, by the key of the line.
    """

    unit: Unit
    period: Period
    lines: tuple[DeliveryLine, ...]
    known_as: Mapping[str, str]
    why_not: str = ""
    drafts: Mapping[str, DeliveryDraft] = field(default_factory=dict)

    @property
    def left(self) -> int:
        """How many actions nobody has said anything of."""
        return sum(line.is_left for line in self.lines)

    @property
    def saved_at(self) -> datetime | None:
        """When something of it was last kept as a draft; None where nothing is half typed."""
        return max((draft.saved_at for draft in self.drafts.values()), default=None)

    def name_of(self, username: str) -> str:
        return self.known_as.get(username, username)


@dataclass(frozen=True, kw_only=True)
class Unsaid:
    """A unit whose actions are not all spoken for in a month: how many, and how many of them are past their end."""

    unit: Unit
    period: Period
    actions: int
    late: int


def delivery(unit_code: str, period: Period, *, by: User) -> DeliveryView:
    """What the unit has under way in the month. Whoever reads the unit's return may read it."""
    with reading() as session:
        user = demand_reader(session, by, unit_code)
        reader = reader_of(user)
        lines = remembered(
            session, ("delivery", unit_code, period, reader), lambda: _lines(session, unit_code, period, reader)
        )
        today = get_today(session)
        standing = find_unit(session, code=unit_code, on=today)
        unit = standing or get_unit(session, code=unit_code, on=period.end)
        drafts = list_delivery_drafts(session, username=user.username, unit_code=unit_code, period=period)
        return DeliveryView(
            unit=unit,
            period=period,
            lines=lines,
            known_as=names(session),
            why_not=_why_not(session, unit, period, closed=standing is None, by=user),
            drafts={line.key: drafts[line.key] for line in lines if line.key in drafts},
        )


def list_unsaid(*, by: User) -> list[Unsaid]:
    """The person's own units with actions that nobody has said anything of for the month that ended last."""
    with reading() as session:
        user = demand(session, by, Permission.ENTER_FIGURES)
        return list(remembered(session, ("delivery unsaid", user), lambda: _unsaid(session, user)))


def list_under_way(*, by: User) -> list[tuple[Unit, DeliveryLine]]:
    """What is under way this month in the person's own units."""
    with reading() as session:
        user = demand(session, by, Permission.ENTER_FIGURES)
        return list(remembered(session, ("delivery under way", user), lambda: _this_month(session, user)))


def save_drafts(unit_code: str, period: Period, *, answers: Iterable[DeliveryAnswer], by: User) -> None:
    """Keep lines as this person types them; a line that says what is kept already is half typed no longer.

    Like a figure's, such a draft is no record (docs/adr/0009-drafts-are-not-audited.md). It is the person's own: two
    who type of one line do not disturb each other, and of two windows of theirs the newest word stays. Lines that are
    not under way, and months of which nothing can be said, keep none.
    """
    answers = tuple(answers)
    if not answers:
        with reading() as session:
            demand(session, by, Permission.ENTER_FIGURES, at=unit_code)
        return
    with transaction() as session:
        user = demand(session, by, Permission.ENTER_FIGURES, at=unit_code)
        unit = find_unit(session, code=unit_code, on=get_today(session))
        if unit is None or _why_not(session, unit, period, closed=False, by=user):
            return
        lines, now = {line.key: line for line in _lines(session, unit_code, period, reader_of(user))}, get_now(session)
        for answer in (each for each in answers if each.key in lines):
            if is_news(lines[answer.key], answer):
                save_delivery_draft(
                    session,
                    username=user.username,
                    unit_code=unit_code,
                    period=period,
                    draft=DeliveryDraft(answer=answer, saved_at=now),
                )
            else:
                remove_delivery_drafts(
                    session, username=user.username, unit_code=unit_code, period=period, keys=[answer.key]
                )


def save_deliveries(unit_code: str, period: Period, *, answers: Iterable[DeliveryAnswer], by: User) -> int:
    """Keep what is new among the answers, all or nothing; answers how many lines that was.

    Raises DeliveryRefusedError, DeliveryClosedError, or DeliveryConflictError where someone else was first.
    """
    try:
        with transaction() as session:
            user = demand(session, by, Permission.ENTER_FIGURES, at=unit_code)
            unit = get_unit(session, code=unit_code, on=get_today(session))
            if refused := _why_not(session, unit, period, closed=False, by=user):
                raise DeliveryClosedError(refused)
            return _save(session, unit_code, period, tuple(answers), by=user)
    except (StalePlanError, VersionTakenError) as fault:
        raise DeliveryConflictError(
            "Someone else saved a change to one of these plans at the same moment. Nothing of yours was kept."
            " Read the rows as they are now, then save yours."
        ) from fault


def _save(session: Session, unit_code: str, period: Period, answers: tuple[DeliveryAnswer, ...], *, by: User) -> int:
    # A plan's version is taken before its actions are held, in the order in which its own page takes them.
    reader = reader_of(by)
    seen = {line.key: line for line in _lines(session, unit_code, period, reader)}
    _take_plans(session, [seen[answer.key] for answer in _news(seen, answers)])
    session.expire_all()  # what is read from here on is as it stands with the rows held
    held = under_way(session, unit_codes=[unit_code], period=period, reader=reader, held=True).get(unit_code, ())
    lines = {line.key: line for line in held}
    _demand_good(session, lines, answers)
    at, kept = get_now(session), {}
    for answer in answers:
        line = lines[answer.key]
        if said := read_answer(line, answer):
            _keep(session, line, said, at=at, by=by)
            kept[line.key] = said.status.value
    remove_delivery_drafts(
        session, username=by.username, unit_code=unit_code, period=period, keys=[each.key for each in answers]
    )
    if kept:
        subject = f"{unit_code} {period.iso}"
        add_event(session, at=at, username=by.username, verb="say delivery", subject=subject, before=None, after=kept)
    return len(kept)


def _news(lines: Mapping[str, DeliveryLine], answers: Iterable[DeliveryAnswer]) -> list[DeliveryAnswer]:
    return [each for each in answers if each.key in lines and read_answer(lines[each.key], each)]


def _take_plans(session: Session, lines: Iterable[DeliveryLine]) -> None:
    """Move the recovery plans on; an agreed one is in progress from the first word on it."""
    for plan_id in sorted({line.plan_id for line in lines if line.plan_id is not None}):
        record = recovery.get_plan(session, plan_id=plan_id)
        recovery.save_plan(session, plan=record, becomes=milestones.under_way(record))


def _demand_good(session: Session, lines: Mapping[str, DeliveryLine], answers: Iterable[DeliveryAnswer]) -> None:
    problems = []
    for answer in answers:
        line = lines.get(answer.key)
        if line is None:
            raise DeliveryClosedError(
                "One of these lines is no longer under way: it was done, removed or closed meanwhile. Open the page"
                " again; nothing of yours was kept."
            )
        if read_answer(line, answer) and answer.seen != line.seen:
            raise _conflict(session, line)
        found = check_answer(line, answer)
        problems += [Problem(field=f"{line.key}-{each.field}", message=each.message) for each in found]
    if problems:
        raise DeliveryRefusedError(problems)


def _keep(session: Session, line: DeliveryLine, said: Said, *, at: datetime, by: User) -> None:
    kept = Delivery(
        period=line.period,
        status=said.status,
        evidence=said.evidence,
        carried_forward=said.carried_forward,
        recorded_by=by.username,
        recorded_at=at,
    )
    if line.milestone is not None:
        add_delivery(session, delivery=kept, milestone_id=line.milestone.id)
    elif line.action is not None:
        add_delivery(session, delivery=kept, action_id=line.action.id)
        if all(each.period <= line.period for each in line.history):
            _follow(session, line, said.status, at=at, by=by)


def _follow(session: Session, line: DeliveryLine, status: ActionStatus, *, at: datetime, by: User) -> None:
    """The action's own status, with its history where it is an action of the plan."""
    action = line.action
    if action is None or action.status is status:
        return
    if line.plan_id is not None:
        recovery.save_action_status(session, plan_id=line.plan_id, action_id=action.id, status=status)
        return
    reason = f"Said on the return for {line.period.in_words}"
    recording = Recording(by=by.username, at=at, effective_on=get_today(session), reason=reason)
    change = ActionChange(
        action_id=action.id,
        version=line.version + 1,
        before=action,
        after=replace(action, status=status),
        recording=recording,
    )
    tree.save_action_change(session, change=change)


def _conflict(session: Session, line: DeliveryLine) -> DeliveryConflictError:
    newest = max(line.history, key=lambda each: each.id, default=None)
    go_on = "Nothing of yours was kept. Read the row as it is now, then save yours."
    if newest is None:
        return DeliveryConflictError(f"Someone else changed “{line.what}” since you opened it. {go_on}")
    who, when = names(session).get(newest.recorded_by, newest.recorded_by), newest.recorded_at.astimezone()
    return DeliveryConflictError(
        f"“{line.what}” was changed since you opened it. {who} said “{newest.status.in_words}” for"
        f" {newest.period.in_words} at {when:%H:%M} on {day_in_words(when.date())}. {go_on}"
    )


def _lines(session: Session, unit_code: str, period: Period, reader: Reader) -> tuple[DeliveryLine, ...]:
    return under_way(session, unit_codes=[unit_code], period=period, reader=reader).get(unit_code, ())


def _unsaid(session: Session, user: User) -> tuple[Unsaid, ...]:
    period = Period.containing(get_today(session), months=1).previous
    units = own_units(session, user)
    found = under_way(session, unit_codes=[unit.code for unit in units], period=period, reader=reader_of(user))
    left = {code: [line for line in lines if line.is_left] for code, lines in found.items()}
    return tuple(
        Unsaid(unit=unit, period=period, actions=len(lines), late=sum(line.is_overdue for line in lines))
        for unit in units
        if (lines := left.get(unit.code))
    )


def _this_month(session: Session, user: User) -> tuple[tuple[Unit, DeliveryLine], ...]:
    month, units = Period.containing(get_today(session), months=1), own_units(session, user)
    found = under_way(session, unit_codes=[unit.code for unit in units], period=month, reader=reader_of(user))
    return tuple((unit, line) for unit in units for line in found.get(unit.code, ()))


def _why_not(session: Session, unit: Unit, period: Period, *, closed: bool, by: User) -> str:
    """Why the person may not say how things stand in the month, in a sentence; empty where they may."""
    this = Period.containing(get_today(session), months=1)
    if closed:
        return f"{unit.name} has closed, so nothing more is said of its actions."
    if not by.may(Permission.ENTER_FIGURES, at=unit.code):
        return f"{unit.name} is not your service. {NotAllowedError(Permission.ENTER_FIGURES, at=unit.name)}"
    if period > this:
        return f"{period.in_words} has not begun. Say how its actions stand from {day_in_words(period.start)}."
    if period < this.shifted(-MONTHS_SHOWN):
        return f"{period.in_words} is more than {MONTHS_SHOWN} months back. What was said of it stands."
    return ""
