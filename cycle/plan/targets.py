"""Plan: services propose targets with their history before them, and someone else agrees them.

A change takes effect forward only: periods that have ended keep the target they were set against. Of several
proposals for one period only the newest waits, and whoever proposed it does not decide it. What is typed is kept as
a draft, seen by the people of the unit, until it is proposed.
"""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.memory import remembered
from cycle.ground.series.proposals import (
    MeasureTargets,
    Proposal,
    ServiceTargets,
    begins_on,
    build_lines,
    drafts_of,
    list_proposals,
)
from cycle.plan._proposals import (
    Loosened,
    agreed_beside,
    decide,
    demand_waiting,
    demanded,
    keep,
    loosened_in,
    refuse_endless,
    refuse_problems,
)
from cycle.plan._targets import (
    Consideration,
    Draft,
    OwnTargetError,
    TargetConflictError,
    TargetDecidedError,
    TargetError,
    TargetRefusedError,
    consider,
    meaning,
)
from data_access.council.settings_store import get_now, get_today
from data_access.council.units import get_unit, list_units
from data_access.plan.register import get_measure, list_measures, save_measures
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.dated import Recording, facts_of
from performance.ground.entry import Problem
from performance.ground.figures import Target, TargetState
from performance.ground.measures import Measure
from performance.ground.organisation import Unit
from performance.ground.people import NotAllowedError, Permission, User
from performance.ground.periods import Period
from performance.ground.readers import reader_of
from performance.ground.texts import LONGEST_SENTENCE, too_long

__all__ = [
    "Consideration",
    "Draft",
    "Loosened",
    "OwnTargetError",
    "Proposal",
    "TargetConflictError",
    "TargetDecidedError",
    "TargetError",
    "TargetRefusedError",
    "TargetState",
]

# What a person sees


def units_with_targets(*, by: User) -> list[Unit]:
    """Units that have measures in use: first those the person proposes or agrees targets for."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_TARGETS)
        units = remembered(session, ("units with targets",), lambda: _units_with_measures(session))
    own = user.units_where(Permission.PROPOSE_TARGETS) | user.units_where(Permission.AGREE_TARGETS)
    return sorted(units, key=lambda unit: unit.code not in own)


def years_to_set(*, by: User) -> list[Period]:
    """The year in course, the next, and the two before, to look at; the one in course first."""
    with reading() as session:
        demand(session, by, Permission.VIEW_TARGETS)
        now = Period.containing(get_today(session), months=12)
    return [now.shifted(12 * years) for years in (0, 1, -1, -2)]


def targets_of(unit_code: str, year: int, *, by: User) -> ServiceTargets:
    """The measures of a unit, with all that a target for the year beginning in `year` is set against.

    What is typed and not yet proposed is shown to those only who may propose.
    """
    with reading() as session:
        user = demand(session, by, Permission.VIEW_TARGETS)
        unit = get_unit(session, code=unit_code, on=get_today(session))
        lines = _lines_of_unit(session, unit_code, year, by=user)
        may = user.may(Permission.PROPOSE_TARGETS, at=unit_code)
        drafts = drafts_of(session, lines) if may else {}
    refused = "" if may else str(NotAllowedError(Permission.PROPOSE_TARGETS, at=unit.name))
    return ServiceTargets(unit=unit, lines=lines, drafts=drafts, why_not=refused)


def consider_target(target: Target, *, by: User) -> Consideration:
    """What the target would mean, before anybody proposes it. Changes nothing."""
    return consider_targets([target], by=by)[0]


def consider_targets(targets: Collection[Target], *, by: User) -> list[Consideration]:
    """What each target would mean, in their order. Changes nothing."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_TARGETS)
        today = get_today(session)
        lines = [_line(session, target, by=user) for target in targets]
    return [consider(line, target, today=today) for line, target in zip(lines, targets, strict=True)]


def consider_waiting(proposals: Collection[Proposal], *, by: User) -> dict[int, Consideration]:
    """What each proposal would mean that this person may decide on, by its id. Changes nothing."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_TARGETS)
        today = get_today(session)
        lines = [(each, _line(session, each.target, by=user)) for each in proposals if not each.why_not]
    return {each.id: meaning(line, each.target, today=today) for each, line in lines}


def list_waiting(*, by: User) -> list[Proposal]:
    """Every proposal that waits for a decision; those this person may decide come first."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_TARGETS)
        waiting = remembered(session, ("proposals", user), lambda: tuple(list_proposals(session, by=user)))
    return sorted(waiting, key=lambda proposal: proposal.why_not != "")


def list_loosened(year: int, *, by: User) -> list[Loosened]:
    """The targets that were made easier during the year that begins in `year`, in the order they took effect."""
    with reading() as session:
        demand(session, by, Permission.VIEW_TARGETS)
        return list(remembered(session, ("loosened", year), lambda: loosened_in(session, year)))


def _units_with_measures(session: Session) -> tuple[Unit, ...]:
    measured = {measure.unit_code for measure in _in_use(session, list_measures(session))}
    return tuple(unit for unit in list_units(session, on=get_today(session)) if unit.code in measured)


def _lines_of_unit(session: Session, unit_code: str, year: int, *, by: User) -> tuple[MeasureTargets, ...]:
    reader = reader_of(by)

    def read() -> tuple[MeasureTargets, ...]:
        measures = _in_use(session, list_measures(session, unit_codes=[unit_code]))
        return build_lines(session, measures=measures, year=year, reader=reader)

    return remembered(session, ("targets", unit_code, year, reader), read)


def _line(session: Session, target: Target, *, by: User) -> MeasureTargets:
    """What the target is set against: as its unit's page shows it, or for itself where the measure has retired."""
    year = target.period.start.year
    measure = get_measure(session, code=target.measure_code)
    lines = _lines_of_unit(session, measure.unit_code, year, by=by)
    shown = next((line for line in lines if line.measure.code == measure.code), None)
    return shown or build_lines(session, measures=[measure], year=year, reader=reader_of(by))[0]


def _in_use(session: Session, measures: Iterable[Measure]) -> list[Measure]:
    today = get_today(session)
    return [each for each in measures if each.active_to is None or each.active_to >= today]


# Typing, proposing and deciding


def save_drafts(drafts: Sequence[Draft], *, by: User) -> None:
    """Keep what is typed; an emptied box takes its draft away. All or nothing.

    Raises TargetConflictError where someone else typed or proposed meanwhile.
    """
    with transaction() as session:
        found = demanded(session, drafts, by=by)
        refuse_endless(found)
        for draft, line in found:
            keep(session, line, draft, TargetState.DRAFT, by=by)
        codes = [each.measure_code for each in drafts]
        add_event(
            session,
            at=get_now(session),
            username=by.username,
            verb="save target drafts",
            subject=", ".join(codes),
            after={each.measure_code: each.in_short for each in drafts},
        )


def propose_target(target: Target, *, rationale: str, based_on: int, by: User) -> int:
    """Propose a target for a measure's year; `based_on` is the newest revision the person has seen. Answers its id.

    Raises TargetRefusedError, or TargetConflictError where someone else proposed meanwhile.
    """
    return propose_targets([Draft.of(target, rationale=rationale, based_on=based_on)], by=by)[0]


def propose_targets(drafts: Sequence[Draft], *, by: User) -> list[int]:
    """Propose several targets in one transaction: all of them, or none. Answers their ids.

    Raises TargetRefusedError with the problems of each measure, or TargetConflictError.
    """
    with transaction() as session:
        found = demanded(session, drafts, by=by)
        refuse_problems(session, found)
        return [keep(session, line, draft, TargetState.PROPOSED, by=by) for draft, line in found]


def agree_target(target_id: int, *, by: User) -> None:
    """Let a proposed target rule from its day on, or from today where that day has passed.

    Raises OwnTargetError or TargetDecidedError.
    """
    agree_targets([target_id], by=by)


def agree_targets(target_ids: Sequence[int], *, by: User) -> None:
    """Agree several at once: all of them, or none. Raises OwnTargetError or TargetDecidedError."""
    with transaction() as session:
        today = get_today(session)
        for target_id in target_ids:
            record = demand_waiting(session, target_id, by=by)
            target, agreed = record.target, agreed_beside(session, record.target)
            if target.period.end < today and any(each.period == target.period for each in agreed):
                raise TargetDecidedError(f"{target.period.in_words} is over. A target takes effect forward only.")
            begins = begins_on(target, agreed, today=today)
            decide(session, record, TargetState.AGREED, effective_from=begins, by=by)


def decline_target(target_id: int, *, reason: str, by: User) -> None:
    """Turn a proposed target down, with the reason. Raises OwnTargetError, TargetDecidedError, TargetRefusedError."""
    if not reason.strip():
        raise TargetRefusedError([Problem(field="reason", message="Enter why you decline the target")])
    if message := too_long("The reason", reason, at_most=LONGEST_SENTENCE):
        raise TargetRefusedError([Problem(field="reason", message=message)])
    with transaction() as session:
        record = demand_waiting(session, target_id, by=by)
        said = "\n".join(filter(None, (record.rationale, f"Declined: {reason.strip()}")))
        decide(session, record, TargetState.DECLINED, rationale=said, by=by)


def set_no_target(measure_code: str, *, reason: str, by: User) -> None:
    """Say that a measure has no target, and why; shown wherever it is rated. Raises TargetRefusedError."""
    with transaction() as session:
        measure = get_measure(session, code=measure_code)
        demand(session, by, Permission.PROPOSE_TARGETS, at=measure.unit_code)
        said, now = reason.strip(), get_now(session)
        message = too_long("The reason", said, at_most=LONGEST_SENTENCE)
        if not said or message:
            message = message or f"Enter why {measure.title} has no target"
            problem = Problem(field="no-target", message=message)
            raise TargetRefusedError([problem], of={measure_code: (problem,)})
        recording = Recording(by=by.username, at=now, effective_on=get_today(session), reason="No target this year")
        save_measures(session, measures=[replace(measure, no_target_reason=said, breaks=())], recording=recording)
        add_event(
            session,
            at=now,
            username=by.username,
            verb="set no target",
            subject=measure_code,
            before=facts_of({"reason": measure.no_target_reason}),
            after=facts_of({"reason": said}),
        )
