"""Plan: next year's plan is drafted from this year's, looked over as what differs, and adopted on a date.

Last year's plan stays as it was: what a draft changes takes effect on its first day and on no day before.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.memory import remembered
from cycle.plan.refresh_view import RefreshView, build_view
from data_access.council.settings_store import get_now, get_today
from data_access.plan import refreshes
from data_access.plan.changes import VersionTakenError
from data_access.plan.register import save_measures
from data_access.plan.tree import list_nodes, save_nodes
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.dated import Recording
from performance.ground.entry import Problem
from performance.ground.organisation import PlanNode
from performance.ground.people import Permission, User
from performance.ground.periods import day_in_words
from performance.ground.texts import LONGEST_SENTENCE, clean, legible, too_long
from performance.plan.refresh import (
    FIELDS,
    LINK,
    Line,
    LineKind,
    Noun,
    Refresh,
    RefreshState,
    adding,
    below,
    ending,
    in_order,
    line_for,
    new_year,
    settled,
)
from performance.plan.refresh_changes import (
    Abandoned,
    Added,
    Adopted,
    Begun,
    CarriedOver,
    Chosen,
    DraftChange,
    Ended,
    LineChange,
    Linked,
    Reworded,
)
from performance.plan.refresh_checks import LONGEST_CODE, LONGEST_NAME, blocking, node_problems


class RefreshError(Exception):
    """A draft that is not opened, changed or adopted; the sentence says why."""


class RefreshRefusedError(RefreshError):
    """What was entered cannot be saved; the problems say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))


class LineConflictError(RefreshError):
    """Someone else changed the same node or measure in the draft meanwhile; `theirs` is what it says now."""

    def __init__(self, theirs: Line, *, title: str, who: str) -> None:
        self.theirs = theirs
        when = f" at {theirs.edited_at.astimezone():%H:%M}" if theirs.edited_at else ""
        super().__init__(f'{who} changed "{title}" in the draft{when}. Yours is not saved yet: choose which to keep.')


class DraftMovedError(RefreshError):
    """The draft is no longer what the person looked over."""

    def __init__(self) -> None:
        super().__init__("Someone changed the draft since you looked it over. Look at what differs now, then adopt it.")


class DecidedError(RefreshError):
    """The draft was adopted or abandoned already."""

    def __init__(self, refresh: Refresh, *, who: str) -> None:
        super().__init__(f"{who} {refresh.state.value} this draft already. It can be read, and not changed.")


# What a person sees


def list_refreshes(*, by: User) -> list[Refresh]:
    """Drafts that are open, by their first day; then those decided on, the newest first."""
    with reading() as session:
        demand(session, by, Permission.REFRESH_PLAN)
        found = list(remembered(session, ("refreshes",), lambda: tuple(refreshes.list_refreshes(session))))
    drafts = [refresh for refresh in found if refresh.state is RefreshState.DRAFT]
    return sorted(drafts, key=lambda draft: draft.starts_on) + [each for each in found if each not in drafts]


def suggest_new_year(*, by: User) -> tuple[str, date]:
    """What a draft opened today would be called, and its first day."""
    with reading() as session:
        demand(session, by, Permission.REFRESH_PLAN)
        return new_year(get_today(session))


def get_draft(refresh_id: int, *, by: User) -> RefreshView:
    """This year's plan, next year's, what differs and what is left to settle. Raises RefreshNotFoundError."""
    with reading() as session:
        demand(session, by, Permission.REFRESH_PLAN)
        return remembered(session, ("refresh", refresh_id), lambda: build_view(session, refresh_id=refresh_id))


# Drafting


def open_refresh(title: str, starts_on: date, *, by: User) -> int:
    """Open the draft of a new year's plan, in which all is carried over. Answers its id. Raises RefreshError."""
    try:
        with transaction() as session:
            demand(session, by, Permission.REFRESH_PLAN)
            _check_start(session, title, starts_on)
            now = get_now(session)
            refresh = Refresh(title=legible(title).strip(), starts_on=starts_on, opened_by=by.username, opened_at=now)
            number = refreshes.add_refresh(session, refresh=refresh)
            _record_event(session, "open plan draft", refresh, by=by)
            return number
    except refreshes.DraftTakenError as fault:
        raise _taken(starts_on) from fault


def carry_out(refresh_id: int, change: DraftChange, *, by: User) -> str:
    """One door for whatever a form gives: each goes to the verb it is for. Answers a sentence."""
    match change:
        case Adopted(version=version, starts_on=starts_on):
            adopt(refresh_id, version=version, starts_on=starts_on, by=by)
            return f"Adopted. The plan takes effect on {day_in_words(starts_on)}; until then this year's plan holds."
        case Abandoned(reason=reason):
            abandon(refresh_id, reason=reason, by=by)
            return "The draft is abandoned. It can still be read."
        case _:
            return save_change(refresh_id, change, by=by)


def save_change(refresh_id: int, change: LineChange | Begun, *, by: User) -> str:
    """Keep a change of the draft, and say so in a sentence. Raises RefreshError, LineConflictError among them."""
    try:
        with transaction() as session:
            demand(session, by, Permission.REFRESH_PLAN)
            view = _demand_open(session, refresh_id)
            if isinstance(change, Begun):
                return _save_start(session, view, change, by=by)
            lines, sentence = _lines_of(change, view)
            for line in lines:
                refreshes.save_line(session, refresh_id=refresh_id, line=line, by=by.username, at=get_now(session))
            _record_event(session, "change plan draft", view.refresh, lines=lines, by=by)
            return sentence
    except refreshes.DraftTakenError as fault:
        raise RefreshError("Another draft starts on that day. Adopt or abandon it first.") from fault


def abandon(refresh_id: int, *, reason: str, by: User) -> None:
    """Give a draft up, with the reason; it can still be read. Raises RefreshError."""
    if not reason.strip():
        raise RefreshRefusedError([Problem(field="reason", message="Enter why the draft is abandoned")])
    if message := too_long("The reason", reason, at_most=LONGEST_SENTENCE):
        raise RefreshRefusedError([Problem(field="reason", message=message)])
    with transaction() as session:
        demand(session, by, Permission.REFRESH_PLAN)
        view = _demand_open(session, refresh_id)
        refreshes.save_decision(
            session, refresh_id=refresh_id, state=RefreshState.ABANDONED, by=by.username, at=get_now(session),
            reason=clean(reason.strip()),
        )  # fmt: skip
        _record_event(session, "abandon plan draft", view.refresh, by=by)


def adopt(refresh_id: int, *, version: int, starts_on: date, by: User) -> None:
    """Let the draft be the plan from its first day on; `version` and `starts_on` are those that were looked over.

    Raises DraftMovedError where the draft was changed since, RefreshError where something stands in the way.
    """
    try:
        with transaction() as session:
            demand(session, by, Permission.REFRESH_PLAN)
            refreshes.get_refresh(session, refresh_id=refresh_id, hold=True)
            refreshes.list_held(session, lines=refreshes.list_lines(session, refresh_id=refresh_id))
            view = _demand_open(session, refresh_id)
            _demand_adoptable(view, version=version, starts_on=starts_on)
            recording = Recording(
                by=by.username, at=get_now(session), effective_on=view.refresh.starts_on, reason=view.refresh.title
            )
            save_nodes(session, nodes=_nodes_to_save(session, view), recording=recording)
            links = view.this_year.links
            relinked = [each for each in view.next_year.measures if each.objective_code != links[each.code]]
            save_measures(session, measures=relinked, recording=recording)
            refreshes.save_decision(
                session, refresh_id=refresh_id, state=RefreshState.ADOPTED, by=by.username, at=recording.at
            )
            _record_event(session, "adopt plan", view.refresh, lines=view.lines.values(), by=by)
    except VersionTakenError as fault:
        raise RefreshError("Someone changed the plan at this moment. Nothing was adopted; look again.") from fault


def _demand_open(session: Session, refresh_id: int) -> RefreshView:
    """The draft, held, if it is still one."""
    view = build_view(session, refresh_id=refresh_id, hold=True)
    if not view.is_open:
        raise DecidedError(view.refresh, who=view.who(view.refresh.decided_by))
    return view


def _demand_adoptable(view: RefreshView, *, version: int, starts_on: date) -> None:
    if (version, starts_on) != (view.version, view.refresh.starts_on):
        raise DraftMovedError
    if starts_on < view.today:
        passed = (
            f"{day_in_words(starts_on)} has passed, and a plan takes effect forward only. Choose a later first day."
        )
        raise RefreshError(passed)
    if view.clashes:
        raise RefreshError("This year's plan was changed since the draft. Choose first which words to keep.")
    if stands_in_the_way := blocking(view.matters):
        raise RefreshError("\n".join(stands_in_the_way))


def _nodes_to_save(session: Session, view: RefreshView) -> list[PlanNode]:
    """What the register does not hold yet for the first day: parents before what is under them, then what ends."""
    stored = {node.code: node for node in list_nodes(session, on=view.refresh.starts_on)}
    kept = [node for _, node in in_order(view.next_year.nodes) if stored.get(node.code) != node]
    goes_on = view.next_year.by_code
    ended = [replace(node, valid_to=view.refresh.eve) for node in view.this_year.nodes if node.code not in goes_on]
    return [*kept, *ended]


def _lines_of(change: LineChange, view: RefreshView) -> tuple[list[Line], str]:
    """The lines a change makes of the draft's, each at the version it is based on, and what to say of it."""
    match change:
        case Reworded():
            return [_reworded(change, view)], "Saved in the draft."
        case Ended():
            lines = _ended(change, view)
            return lines, f'"{view.title_of(lines[0])}" ends with this year\'s plan.'
        case Added(node=node):
            return [_added(node, view)], f'"{node.title.strip()}" is added to the draft.'
        case Linked():
            return _linked(change, view), "The measures are linked in the draft."
        case CarriedOver() | Chosen():
            line = _seen(view, change.noun, change.code, change.based_on)
            if isinstance(change, CarriedOver):
                return [replace(line, kind=LineKind.CHANGED, before={}, after={})], "The draft leaves it as it is."
            return [settled(line, view.this_year, keeps_draft=change.keeps_draft)], "Your choice is saved."


def _reworded(change: Reworded, view: RefreshView) -> Line:
    line = _seen(view, Noun.NODE, change.code, change.based_on)
    node = view.next_year.by_code.get(change.code)
    if node is None:
        raise RefreshError("It is no longer in the draft. Choose another part of the plan.")
    wanted = replace(node, **{name: _tidy(change.values[name]) for name in FIELDS if name in change.values})
    _check_node(wanted, view)
    if line.kind is LineKind.ADDED:
        return adding(wanted, version=line.version)
    made = line_for(
        view.this_year.by_code[change.code], {name: getattr(wanted, name) for name in FIELDS}, noun=Noun.NODE,
        version=line.version,
    )  # fmt: skip
    # What the plan said when the draft first differed stays on the line: it shows whether the plan was changed since.
    return replace(made, before={name: line.before.get(name, value) for name, value in made.before.items()})


def _ended(change: Ended, view: RefreshView) -> list[Line]:
    line = _seen(view, Noun.NODE, change.code, change.based_on)
    if line.kind is LineKind.ADDED:
        return [replace(line, kind=LineKind.CHANGED, after={})]
    under = below(change.code, view.next_year.nodes) if change.with_below else []
    untouched = [
        node for node in under if (said := view.lines.get((Noun.NODE, node.code))) is None or said.carries_over
    ]
    this_year = view.this_year.by_code
    if change.code not in this_year:
        raise RefreshError("It is no longer in the plan.")
    ends = [this_year[change.code], *untouched]
    for node in ends:
        if node.valid_from is not None and node.valid_from > view.refresh.eve:
            begins = day_in_words(node.valid_from)
            raise RefreshError(f'"{node.title}" begins on {begins}, so it cannot end the day before. Let the draft'
                               " start later, or word it anew.")  # fmt: skip
    return [ending(node, version=view.version_of(Noun.NODE, node.code)) for node in ends]


def _added(node: PlanNode, view: RefreshView) -> Line:
    tidy = replace(node, code=node.code.strip(), **{name: _tidy(getattr(node, name)) for name in FIELDS})
    if not tidy.code or len(tidy.code) > LONGEST_CODE:
        message = f"Enter a code of up to {LONGEST_CODE} characters"
        raise RefreshRefusedError([Problem(field="code", message=message)])
    if tidy.code in view.taken:
        message = f"Code {tidy.code} is used already. Choose another: a code is never used twice"
        raise RefreshRefusedError([Problem(field="code", message=message)])
    _check_node(tidy, view)
    return adding(tidy, version=view.version_of(Noun.NODE, tidy.code))


def _linked(change: Linked, view: RefreshView) -> list[Line]:
    if not change.measures:
        raise RefreshRefusedError([Problem(field="measures", message="Choose the measures to link")])
    if change.objective_code is not None and change.objective_code not in view.next_year.by_code:
        message = "That objective is no longer in the draft. Choose another"
        raise RefreshRefusedError([Problem(field="objective", message=message)])
    known = {measure.code: measure for measure in view.this_year.measures}
    lines = []
    for code, based_on in change.measures.items():
        line = _seen(view, Noun.MEASURE, code, based_on)
        made = line_for(known[code], {LINK: change.objective_code}, noun=Noun.MEASURE, version=line.version)
        lines.append(replace(made, before={name: line.before.get(name, value) for name, value in made.before.items()}))
    return lines


def _seen(view: RefreshView, noun: Noun, code: str, based_on: int) -> Line:
    """The line, if it is what the person had before them. Raises LineConflictError."""
    line = view.lines.get((noun, code), Line(noun=noun, code=code, kind=LineKind.CHANGED))
    if line.version != based_on:
        raise LineConflictError(line, title=view.title_of(line), who=view.who(line.edited_by) or "Someone else")
    return line


def _check_node(node: PlanNode, view: RefreshView) -> None:
    found = node_problems(node, units=view.units)
    if node.parent_code is not None and node.parent_code not in view.next_year.by_code:
        found["parent_code"] = "Choose something that goes on next year for it to stand under"
    if found:
        raise RefreshRefusedError(Problem(field=name, message=message) for name, message in found.items())


def _tidy(value: Any) -> Any:
    return legible(value).strip() if isinstance(value, str) else value


def _check_start(session: Session, title: str, starts_on: date) -> None:
    found = []
    if not title.strip():
        found.append(Problem(field="title", message="Enter what the plan is called, such as Plan for 2018/19"))
    if message := too_long("What the plan is called", title, at_most=LONGEST_NAME):
        found.append(Problem(field="title", message=message))
    if starts_on < (today := get_today(session)):
        message = f"The first day must be {day_in_words(today)} or later: a plan takes effect forward only"
        found.append(Problem(field="starts_on", message=message))
    if found:
        raise RefreshRefusedError(found)


def _save_start(session: Session, view: RefreshView, change: Begun, *, by: User) -> str:
    _check_start(session, change.title, change.starts_on)
    title = legible(change.title).strip()
    refreshes.save_start(session, refresh_id=view.refresh.id, title=title, starts_on=change.starts_on)
    moved = replace(view.refresh, title=title, starts_on=change.starts_on)
    _record_event(session, "change plan draft", moved, by=by)
    return f"The draft is called {title} and starts on {day_in_words(change.starts_on)}."


def _taken(starts_on: date) -> RefreshError:
    with reading() as session:
        theirs = [each for each in refreshes.list_refreshes(session) if each.starts_on == starts_on]
        who = names(session).get(theirs[0].opened_by, "Someone else") if theirs else "Someone else"
    return RefreshError(f"{who} has opened a draft from {day_in_words(starts_on)}. Work on that one, or choose a later"
                        " first day.")  # fmt: skip


def _record_event(session: Session, verb: str, refresh: Refresh, *, lines: Iterable[Line] = (), by: User) -> None:
    """Which nodes and measures, and which of their fields; the words themselves are in the draft and the plan."""
    said = {f"{line.noun.value} {line.code}": "carried over" if line.carries_over else
            [line.kind.value, *line.after] for line in lines}  # fmt: skip
    add_event(
        session,
        at=get_now(session),
        username=by.username,
        verb=verb,
        subject=f"plan from {refresh.starts_on}",
        after={"starts_on": refresh.starts_on, **said},
    )
