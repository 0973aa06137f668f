"""Revise: the risk register, kept by those whose services the risks are of, with every change of it for ever.

The texts stay out of the audit: what is hashed cannot be erased. The register's own history keeps them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.memory import remembered
from cycle.revise._placing import take_up
from data_access.council.settings_store import get_now, get_today
from data_access.council.units import list_units
from data_access.plan.register import list_measures
from data_access.plan.tree import list_mitigations, list_nodes
from data_access.revise import risks
from data_access.revise.risks import RiskChange, StaleRiskError
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.dated import Recording
from performance.ground.entry import Problem, check_texts
from performance.ground.organisation import Action, Risk, units_below
from performance.ground.people import NotAllowedError, Permission, User
from performance.ground.periods import Period, day_in_words
from performance.ground.texts import LONGEST_ROLE
from performance.revise.risks import LONGEST, RiskEntry, Score, check_risk, highest_first


class RiskError(Exception):
    """A change to the register that was not made; the sentence says why."""


class RiskRefusedError(RiskError):
    """What was entered cannot be kept; the problems say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))


@dataclass(frozen=True, kw_only=True)
class Register:
    """The register, the highest open risks first, with the names it is read with and how each stood a quarter ago.

    `own` are the units whose risks this person keeps, by code and name; `parents` and `node_parents` are what each unit
    and each node of the plan belongs to.
    """

    entries: tuple[RiskEntry, ...]
    before: Mapping[str, RiskEntry]
    since: date
    units: Mapping[str, str]
    nodes: Mapping[str, str]
    measures: Mapping[str, str]
    unit_of: Mapping[str, str]
    parents: Mapping[str, str | None]
    node_parents: Mapping[str, str | None]
    own: Mapping[str, str]
    today: date

    def narrowed(self, *, unit: str = "", node: str = "", measure: str = "") -> list[RiskEntry]:
        """Those of a unit and of all below it, their own or by their measure, of a part of the plan and of all below
        it, and of a measure; what is not named narrows nothing."""
        units = units_below(unit, self.parents.items())
        nodes = units_below(node, self.node_parents.items())
        return [
            each
            for each in self.entries
            if (not unit or self.unit_of[each.code] in units)
            and (not node or each.risk.node_code in nodes)
            and (not measure or each.risk.measure_code == measure)
        ]


@dataclass(frozen=True, kw_only=True)
class RiskView:
    """One risk with its history, newest first; `why_not` says why this person may not change it, if so.

    It may be of any of the `nodes` and `measures`, and of a unit of their `own`, all by code.
    """

    entry: RiskEntry
    changes: tuple[RiskChange, ...]
    unit_code: str
    unit_name: str
    node_title: str
    measure_title: str
    mitigations: tuple[Action, ...]
    known_as: Mapping[str, str]
    own: Mapping[str, str]
    nodes: Mapping[str, str]
    measures: Mapping[str, str]
    today: date
    why_not: str = ""


def list_register(*, by: User) -> Register:
    """Every risk, closed ones last."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_RISKS)
        return remembered(session, ("risk register", user), lambda: _register(session, user))


def list_overdue(*, by: User) -> tuple[tuple[RiskEntry, str], ...]:
    """Open risks that should have been looked at again by today, the highest first, each with its unit's code."""
    with reading() as session:
        demand(session, by, Permission.VIEW_RISKS)
        return remembered(session, ("risks overdue", get_today(session)), lambda: _overdue(session))


def _overdue(session: Session) -> tuple[tuple[RiskEntry, str], ...]:
    today, owners = get_today(session), _owners(session)
    found = highest_first(risks.list_entries(session), today)
    return tuple((each, _unit_of(each, owners)) for each in found if each.is_overdue(today))


def get_risk(code: str, *, by: User) -> RiskView:
    """One risk, whole. Raises RiskError where there is none."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_RISKS)
        entry = _get(session, code)
        units, owners = _units(session), _owners(session)
        unit = _unit_of(entry, owners)
        changes = risks.list_risk_changes(session, codes=[code]).get(code, [])
        may, own = user.may(Permission.KEEP_RISKS, at=unit), user.units_where(Permission.KEEP_RISKS)
        measures = {each.code: each.title for each in list_measures(session)}
        return RiskView(
            entry=entry,
            changes=tuple(reversed(changes)),
            unit_code=unit,
            unit_name=units.get(unit, unit),
            node_title={node.code: node.title for node in list_nodes(session)}.get(entry.risk.node_code or "", ""),
            measure_title=measures.get(entry.risk.measure_code or "", ""),
            mitigations=tuple(list_mitigations(session, risk_code=code)),
            known_as=names(session),
            own={each: name for each, name in units.items() if each in own},
            nodes={node.code: node.title for node in list_nodes(session, on=get_today(session))},
            measures=measures,
            today=get_today(session),
            why_not="" if may else str(NotAllowedError(Permission.KEEP_RISKS, at=units.get(unit, unit))),
        )


def add_risk(entry: RiskEntry, *, by: User) -> str:
    """Put a risk on the register under the next free code. Answers the code. Raises RiskRefusedError."""
    with transaction() as session:
        user = demand(session, by, Permission.KEEP_RISKS, at=entry.unit_code)
        today = get_today(session)
        risks.hold_register(session)
        code = _next_code(session)
        opened = replace(entry, risk=replace(entry.risk, code=code), opened_on=today, version=1)
        if opened.current is not None:
            opened = replace(opened, reviewed_on=today)
        _demand_good(opened)
        _demand_there(session, opened.risk, before=None)
        risks.add_entry(session, entry=opened, recording=_recording(session, user, "Put on the register"))
        _record(session, "add risk", code, user, score=_number(opened.current))
        return code


def change_risk(entry: RiskEntry, *, reason: str, by: User) -> None:
    """Word a risk anew, or hang it on another service, part of the plan or measure, at the version that was seen.

    Its scores and when it was looked at stay. It may only go to a service whose risks this person keeps as well.
    """
    with transaction() as session:
        stored, user = _demand_seen(session, entry.code, entry.version, by=by)
        scored = replace(entry.risk, likelihood=stored.risk.likelihood, impact=stored.risk.impact)
        aimed = replace(stored, inherent=entry.inherent, target=entry.target)
        after = replace(aimed, risk=scored, is_emerging=entry.is_emerging, unit_code=entry.unit_code)
        if after == stored:
            raise RiskError("Nothing is changed: the register says this already.")
        _demand_good(after)
        _demand_there(session, after.risk, before=stored.risk)
        demand(session, user, Permission.KEEP_RISKS, at=_unit_of(after, _owners(session)))
        _save(session, stored, after, reason=_reason(reason), by=user)
        _record(session, "change risk", entry.code, user, version=stored.version + 1)


def review_risk(code: str, *, score: Score, reason: str, version: int, by: User) -> None:
    """Look at a risk again: its score now, still or anew, and why. It is no longer emerging."""
    with transaction() as session:
        stored, user = _demand_seen(session, code, version, by=by)
        words = replace(stored.risk, likelihood=score.likelihood, impact=score.impact)
        after = replace(stored, risk=words, reviewed_on=get_today(session), is_emerging=False)
        _demand_good(after)
        _save(session, stored, after, reason=_reason(reason), by=user)
        _record(session, "review risk", code, user, before=_number(stored.current), score=score.number)


def add_mitigation(code: str, *, action: Action, version: int, by: User) -> int:
    """Add an action that is to make the risk smaller; it stands on the return of the service. Answers its id.

    It hangs on the measure or the part of the plan that the risk is of, or else on its unit's page in the plan.
    """
    problems = [
        Problem(field=field, message=f"Enter {name}")
        for field, name in (("action", "what is done"), ("responsible_role", "the role of who does it"))
        if not getattr(action, field).strip()
    ]
    if action.ends_on is None:
        problems.append(Problem(field="ends_on", message="Enter the day by which it is done"))
    problems += check_texts(
        ("action", "What is done", action.action, LONGEST),
        ("responsible_role", "The role of who does it", action.responsible_role, LONGEST_ROLE),
    )
    if problems:
        raise RiskRefusedError(problems)
    with transaction() as session:
        stored, user = _demand_seen(session, code, version, by=by)
        risk = stored.risk
        wanted = replace(action, risk_code=code, result=f"Risk {code} is smaller", starts_on=get_today(session))
        unit = _unit_of(stored, _owners(session))
        action_id = take_up(session, wanted, measure_code=risk.measure_code, node_code=risk.node_code, unit_code=unit,
                            reason=f"Mitigation of {code}", by=user)  # fmt: skip
        if action_id is None:
            raise RiskError("No part of the plan is led by its service. Say in the wording of the risk what is done.")
        _record(session, "add mitigation", code, user, action=action_id, ends_on=action.ends_on)
        return action_id


def close_risk(code: str, *, because: str, version: int, by: User) -> None:
    """Close a risk. It stays on the register with its history, and no longer counts."""
    with transaction() as session:
        stored, user = _demand_seen(session, code, version, by=by)
        after = replace(stored, closed_on=get_today(session), closed_because=_reason(because))
        _save(session, stored, after, reason=after.closed_because, by=user)
        _record(session, "close risk", code, user)


def _register(session: Session, user: User) -> Register:
    today = get_today(session)
    since = Period.containing(today, months=3).start
    owners, units = _owners(session), _units(session)
    entries = highest_first(risks.list_entries(session), today)
    changes = risks.list_risk_changes(session)
    own = user.units_where(Permission.KEEP_RISKS)
    return Register(
        entries=tuple(entries),
        before={each.code: found for each in entries if (found := _stood(each, changes.get(each.code, ()), since))},
        since=since,
        units=units,
        nodes={node.code: node.title for node in list_nodes(session, on=today)},
        measures={each.code: each.title for each in list_measures(session)},
        unit_of={each.code: _unit_of(each, owners) for each in entries},
        parents={unit.code: unit.parent_code for unit in list_units(session, on=today)},
        node_parents={node.code: node.parent_code for node in list_nodes(session, on=today)},
        own={code: name for code, name in units.items() if code in own},
        today=today,
    )


def _stood(entry: RiskEntry, changes: Iterable[RiskChange], day: date) -> RiskEntry | None:
    """The risk as it stood when the day began; None where it was not on the register yet."""
    later = [each for each in changes if each.recording.effective_on >= day]
    if not later:
        return entry
    return later[0].before


def _owners(session: Session) -> dict[str, str]:
    """The unit of each node and of each measure, by their codes, for risks that name no unit."""
    nodes = {f"node {node.code}": node.unit_code for node in list_nodes(session) if node.unit_code}
    measures = {f"measure {each.code}": each.unit_code for each in list_measures(session)}
    top = next(unit.code for unit in list_units(session, on=get_today(session)) if not unit.parent_code)
    return nodes | measures | {"": top}


def _unit_of(entry: RiskEntry, owners: Mapping[str, str]) -> str:
    """Whose risk it is: its own unit's, its measure's, its node's, or the whole council's."""
    if entry.unit_code:
        return entry.unit_code
    of_measure, of_node = f"measure {entry.risk.measure_code}", f"node {entry.risk.node_code}"
    return owners.get(of_measure) or owners.get(of_node) or owners[""]


def _units(session: Session) -> dict[str, str]:
    return {unit.code: unit.name for unit in list_units(session, on=get_today(session))}


def _next_code(session: Session) -> str:
    """RK17, after the highest of the register's own codes."""
    taken = {each.code for each in risks.list_entries(session)}
    number = len(taken) + 1
    while f"RK{number:02d}" in taken:
        number += 1
    return f"RK{number:02d}"


def _get(session: Session, code: str) -> RiskEntry:
    try:
        return risks.get_entry(session, code=code)
    except risks.RiskNotFoundError as fault:
        raise RiskError(str(fault)) from fault


def _demand_seen(session: Session, code: str, version: int, *, by: User) -> tuple[RiskEntry, User]:
    """An open risk this person keeps, if it is as they saw it."""
    stored = risks.get_entry(session, code=code)
    user = demand(session, by, Permission.KEEP_RISKS, at=_unit_of(stored, _owners(session)))
    if stored.version != version:
        raise _conflict(session, code)
    if not stored.is_open:
        raise RiskError("This risk is closed. Put a new one on the register if it is back.")
    return stored, user


def _demand_good(entry: RiskEntry) -> None:
    if problems := check_risk(entry):
        raise RiskRefusedError(problems)


def _demand_there(session: Session, after: Risk, *, before: Risk | None) -> None:
    """What a risk is newly hung on must be there; what it hung on before may have ended since."""
    problems = []
    if after.node_code and (before is None or after.node_code != before.node_code):
        nodes = {node.code for node in list_nodes(session, on=get_today(session))}
        if after.node_code not in nodes:
            problems.append(Problem(field="node_code", message="Choose a part of the plan that there is"))
    if after.measure_code and (before is None or after.measure_code != before.measure_code):
        measures = {each.code for each in list_measures(session)}
        if after.measure_code not in measures:
            problems.append(Problem(field="measure_code", message="Choose a measure that there is"))
    if problems:
        raise RiskRefusedError(problems)


def _reason(reason: str) -> str:
    if not reason.strip():
        raise RiskRefusedError([Problem(field="reason", message="Enter why")])
    if long := check_texts(("reason", "The reason", reason, LONGEST)):
        raise RiskRefusedError(long)
    return reason.strip()


def _save(session: Session, before: RiskEntry, after: RiskEntry, *, reason: str, by: User) -> None:
    try:
        risks.save_entry(session, before=before, after=after, recording=_recording(session, by, reason))
    except StaleRiskError as fault:
        raise _conflict(session, before.code) from fault


def _recording(session: Session, by: User, reason: str) -> Recording:
    return Recording(by=by.username, at=get_now(session), effective_on=get_today(session), reason=reason)


def _conflict(session: Session, code: str) -> RiskError:
    changes = risks.list_risk_changes(session, codes=[code]).get(code, [])
    who = "Someone else"
    when = ""
    if changes:
        last = changes[-1].recording
        who, when = names(session).get(last.by, last.by), f" on {day_in_words(last.at.astimezone().date())}"
    return RiskError(
        f"{who} changed this risk{when}, after you opened it. Nothing of yours was saved. Read it as it is now, then"
        " make your change."
    )


def _number(score: Score | None) -> int | None:
    return score.number if score else None


def _record(session: Session, verb: str, code: str, by: User, *, before: object = None, **after: object) -> None:
    was = None if before is None else {"score": before}
    add_event(session, at=get_now(session), username=by.username, verb=verb, subject=f"risk {code}", before=was,
              after=after)  # fmt: skip
