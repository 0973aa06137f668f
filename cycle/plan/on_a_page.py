"""Plan: every objective and plan on one page, kept up to date in place by its owner and the policy officer.

Every change is a new version with who, when and why. Someone who saves on top of a change they have not seen is shown
it first, field by field; what two people changed in different fields is kept of both.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.memory import remembered
from cycle.ground.series.warding import by_ward
from cycle.plan.page_view import PlanPage, page_of
from data_access.council.settings_store import get_now, get_today
from data_access.council.units import list_units
from data_access.plan.changes import VersionTakenError
from data_access.plan.register import list_measures
from data_access.plan.tree import (
    get_node,
    list_action_changes,
    list_actions,
    list_node_changes,
    list_nodes,
    save_action_change,
    save_nodes,
)
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.dated import Recording, differences, facts_of, version_of
from performance.ground.entry import Problem
from performance.ground.measures import Measure
from performance.ground.organisation import Action, NodeKind, PlanNode
from performance.ground.people import NotAllowedError, Permission, User
from performance.ground.periods import day_in_words
from performance.ground.readers import Reader, reader_of
from performance.ground.reading_order import by_title
from performance.plan.on_a_page import (
    ActionChange,
    ActionDraft,
    Clash,
    PageChange,
    Reviewed,
    Wording,
    actions_on,
    as_seen,
    check_action,
    check_wording,
    clashes,
    merged,
)


class PlanPageError(Exception):
    """A page of the plan that is not changed; the sentence says why."""


class PlanPageRefusedError(PlanPageError):
    """What was typed cannot be kept; the problems say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))


class PlanPageConflictError(PlanPageError):
    """Someone else changed the same meanwhile: `clashes` say what, `version` is the one to go on from."""

    def __init__(self, sentence: str, *, clashes: Iterable[Clash] = (), version: int) -> None:
        self.clashes, self.version = tuple(clashes), version
        super().__init__(sentence)


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """The pages there are on a day, in the order of the golden thread, and the day it is."""

    nodes: tuple[PlanNode, ...]
    on: date
    today: date


def list_pages(on: date | None = None, *, by: User) -> Shelf:
    """Objectives and plans first, as they stood on the day (today where none is named, or one to come)."""
    with reading() as session:
        demand(session, by, Permission.VIEW_PLAN)
        today = get_today(session)
        day = min(on or today, today)
        nodes = remembered(session, ("plan pages", day), lambda: tuple(list_nodes(session, on=day)))
    order = [NodeKind.OBJECTIVE, NodeKind.PLAN, NodeKind.OUTCOME, NodeKind.PRIORITY]
    return Shelf(nodes=tuple(sorted(nodes, key=lambda node: order.index(node.kind))), on=day, today=today)


def plan_page(code: str, on: date | None = None, *, by: User) -> PlanPage:
    """One page as it stood on the day. Raises NodeNotFoundError."""
    with reading() as session:
        reader = reader_of(demand(session, by, Permission.VIEW_PLAN)).for_everybody
        today = get_today(session)
        day = min(on or today, today)
        key = ("plan page", code, day, reader)
        return remembered(session, key, lambda: page_of(session, code, day, reader=reader))


def why_not_change(code: str, on: date | None = None, *, by: User) -> str:
    """Why the person may not change the page, in a sentence; empty where they may."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_PLAN)
        today, node = get_today(session), get_node(session, code=code)
        if on is not None and on < today:
            return (
                f"This is the plan as it stood on {day_in_words(on)}. What is past is not changed: open it as of today."
            )
        unit = _unit_of(session, node)
        if user.may(Permission.EDIT_PLAN, at=unit):
            return ""
        name = next((each.name for each in list_units(session, on=today) if each.code == unit), node.title)
        return str(NotAllowedError(Permission.EDIT_PLAN, at=name))


def list_evidence(*, by: User) -> list[tuple[Measure, bool]]:
    """Every measure in use, by title, and whether it has ward figures: what can show why a plan matters."""
    with reading() as session:
        reader = reader_of(demand(session, by, Permission.VIEW_PLAN)).for_everybody
        return list(remembered(session, ("evidence", reader), lambda: _evidence(session, reader)))


def change_page(code: str, change: PageChange, *, version: int, by: User) -> str:
    """Carry out what a form gave, and say so in a sentence. `version` is of the page, or of the action, as seen.

    Raises PlanPageRefusedError, or PlanPageConflictError where someone else changed the same meanwhile.
    """
    try:
        with transaction() as session:
            node = get_node(session, code=code)
            demand(session, by, Permission.EDIT_PLAN, at=_unit_of(session, node))
            match change:
                case Wording():
                    return _save_wording(session, node, change, version=version, by=by)
                case Reviewed():
                    return _save_review(session, node, version=version, by=by)
                case ActionDraft():
                    return _save_action(session, node, change, version=version, by=by)
    except VersionTakenError as fault:
        taken = "Someone else saved a change to this at the same moment. Look at the page again, then save yours."
        raise PlanPageConflictError(taken, version=version) from fault


def _unit_of(session: Session, node: PlanNode) -> str:
    """Where the right to change is asked: the node's unit, or the whole council where it has none."""
    whole = (unit.code for unit in list_units(session, on=get_today(session)) if unit.parent_code is None)
    return node.unit_code or next(whole, "")


def _evidence(session: Session, reader: Reader) -> tuple[tuple[Measure, bool], ...]:
    measures = by_title(list_measures(session, on=get_today(session)))
    in_wards = set(by_ward(session, measures, reader))
    return tuple((each, each.code in in_wards) for each in measures)


# The words of the page


def _save_wording(session: Session, now: PlanNode, wording: Wording, *, version: int, by: User) -> str:
    changes = list_node_changes(session, code=now.code)
    mine = wording.onto(now)
    seen = as_seen(now, [change for change in changes if change.version > version])
    problems = check_wording(wording, changes=wording.onto(seen) != seen)
    if problems := problems + _unknown(session, wording.evidence, now.evidence):
        raise PlanPageRefusedError(problems)
    if found := clashes(mine, now=now, based_on=version, changes=changes, known_as=names(session)):
        raise PlanPageConflictError(_others(found), clashes=found, version=version_of(changes))
    changed = merged(mine, now=now, seen=seen)
    if changed == now:
        raise PlanPageError("Nothing is changed: the page says this already.")
    _keep(session, now, changed, verb="change plan page", reason=wording.reason.strip(), by=by)
    return "The plan is changed. What it said before stays in its history."


def _save_review(session: Session, now: PlanNode, *, version: int, by: User) -> str:
    changes, today = list_node_changes(session, code=now.code), get_today(session)
    if version_of(changes) != version:
        who = names(session).get(changes[-1].recording.by, "Someone else")
        raise PlanPageConflictError(
            f"{who} changed this plan while you read it. Read it as it is now, then say that you have reviewed it.",
            version=version_of(changes),
        )
    if now.reviewed_on == today:
        raise PlanPageError("This plan is reviewed today already.")
    _keep(session, now, replace(now, reviewed_on=today), verb="review plan page", reason="", by=by)
    return "The plan is marked as reviewed today."


def _keep(session: Session, before: PlanNode, after: PlanNode, *, verb: str, reason: str, by: User) -> None:
    save_nodes(session, nodes=[after], recording=_recording(session, reason, by))
    changed = differences(before, after)
    _record(
        session,
        verb,
        before.code,
        facts_of({field: old for field, (old, _) in changed.items()}),
        facts_of({field: new for field, (_, new) in changed.items()}),
        by=by,
    )


def _unknown(session: Session, codes: Iterable[str], standing: Iterable[str]) -> list[Problem]:
    """New evidence is of a measure there is."""
    there = {measure.code for measure in list_measures(session)} | set(standing)
    missing = [code for code in codes if code not in there]
    return [Problem(field="evidence", message=f"There is no measure {code}. Choose another") for code in missing]


def _others(found: Iterable[Clash]) -> str:
    first = next(iter(found))
    when = f"{first.recording.at.astimezone():%H:%M} on {day_in_words(first.recording.at.date())}"
    return f"{first.by} changed this at {when}, while you were writing. Choose what to keep; nothing is lost."


# Actions


def _save_action(session: Session, node: PlanNode, draft: ActionDraft, *, version: int, by: User) -> str:
    measures = [each.code for each in list_measures(session) if each.objective_code == node.code]
    standing = list_actions(session, node_codes=[node.code]) + list_actions(session, measure_codes=measures)
    kept = list_action_changes(session, node_codes=[node.code], measure_codes=measures)
    now = {action.id: (action, number) for action, number in actions_on(standing, kept, on=date.max)}
    before, newest = now.get(draft.action.id, (None, 0))
    if draft.action.id and (before is None or newest != version):
        raise _action_conflict(session, draft, before, newest, kept)
    after = None if draft.removes else _placed(draft.action, node, before)
    if after is not None and (problems := check_action(after)):
        raise PlanPageRefusedError(problems)
    if after == before:
        raise PlanPageError("Nothing is changed: the action says this already.")
    recording = _recording(session, draft.reason.strip(), by)
    change = ActionChange(
        action_id=draft.action.id, version=newest + 1, before=before, after=after, recording=recording
    )
    save_action_change(session, change=change)
    verb, done = _said(change)
    _record(session, verb, node.code, _facts(before), _facts(after), by=by)
    return done


def _said(change: ActionChange) -> tuple[str, str]:
    if change.before is None:
        return "add plan action", "The action is added."
    if change.after is None:
        return "remove plan action", "The action is taken off the page. It stays in the history."
    return "change plan action", "The action is changed."


def _placed(action: Action, node: PlanNode, before: Action | None) -> Action:
    """Trimmed, and belonging where it did; a new one belongs to the node."""
    texts = {name: getattr(action, name).strip() for name in ("action", "responsible_role", "result", "resources")}
    if before is None:
        return replace(action, node_code=node.code, measure_code=None, **texts)
    return replace(action, node_code=before.node_code, measure_code=before.measure_code, **texts)


def _action_conflict(
    session: Session, draft: ActionDraft, now: Action | None, newest: int, kept: Iterable[ActionChange]
) -> PlanPageConflictError:
    """What someone else made of the action meanwhile, field by field."""
    last = [change for change in kept if change.action_id == draft.action.id][-1:]
    if not last:
        return PlanPageConflictError("This action is not on the page. Open the page again.", version=newest)
    made = last[0].recording
    who = names(session).get(made.by, made.by)
    if now is None:
        gone = (
            f"{who} took this action off the page meanwhile. Your words still stand below: add it anew if it is needed."
        )
        return PlanPageConflictError(gone, version=newest)
    found = [
        Clash(field=field, theirs=theirs, mine=mine, by=who, recording=made)
        for field, (theirs, mine) in differences(now, draft.action, leaving_out=("node_code", "measure_code")).items()
    ]
    if not found:
        return PlanPageConflictError(f"{who} made the same change a moment before.", version=newest)
    return PlanPageConflictError(_others(found), clashes=found, version=newest)


def _facts(action: Action | None) -> Mapping[str, Any] | None:
    if action is None:
        return None
    return facts_of({name: value for name, value in vars(action).items() if value not in (None, "")})


def _recording(session: Session, reason: str, by: User) -> Recording:
    return Recording(by=by.username, at=get_now(session), effective_on=get_today(session), reason=reason)


def _record(
    session: Session,
    verb: str,
    code: str,
    before: Mapping[str, Any] | None,
    after: Mapping[str, Any] | None,
    *,
    by: User,
) -> None:
    add_event(session, at=get_now(session), username=by.username, verb=verb, subject=code, before=before, after=after)
