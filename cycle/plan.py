"""Plan: services propose targets with their history before them, and someone else agrees them.

A change takes effect forward only: periods that have ended keep the target they were set against. Of several
proposals for one period only the newest waits, and whoever proposed it does not decide it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from cycle.access import demand
from cycle.memory import remembered
from cycle.proposals import (
    MeasureTargets,
    Proposal,
    ServiceTargets,
    as_proposal,
    build_lines,
    list_proposals,
    newest,
)
from cycle.returning import names
from data_access.audit import add_event
from data_access.database import reading, transaction
from data_access.register import get_measure, list_measures
from data_access.settings_store import get_default_tolerance, get_now, get_today
from data_access.targets import (
    TargetRecord,
    TargetRevisionTakenError,
    add_target,
    get_record,
    list_records,
    save_decision,
)
from data_access.units import get_unit, list_units
from performance.entry import Problem
from performance.figures import Target, TargetState
from performance.measures import Measure
from performance.organisation import Unit
from performance.people import NotAllowedError, Permission, User
from performance.periods import Period, day_in_words
from performance.rag import Rag, bands_in_words
from performance.targets import check_target, in_force, target_questions, would_have_been


class TargetError(Exception):
    """A target that is not proposed or decided on; the sentence says why."""


class TargetRefusedError(TargetError):
    """What was proposed cannot be saved; the problems say where and why."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.message for problem in self.problems))


class TargetConflictError(TargetError):
    """Someone else proposed meanwhile; `theirs` is the newest there is."""

    def __init__(self, theirs: Proposal) -> None:
        self.theirs = theirs
        when = f"{theirs.proposed_at.astimezone():%H:%M} on {day_in_words(theirs.proposed_at.date())}"
        super().__init__(
            f"{theirs.proposed_by} proposed {theirs.in_words} for {theirs.target.period.in_words} at {when}."
            " Look at it, then propose again if yours is better."
        )


class TargetDecidedError(TargetError):
    """The target no longer waits for a decision; the sentence says why."""


class OwnTargetError(TargetError):
    """Nobody decides on a target they proposed themselves."""

    def __init__(self) -> None:
        super().__init__("You proposed this target, so someone else decides on it.")


@dataclass(frozen=True, kw_only=True)
class Consideration:
    """What a number would mean: what is wrong with it, what to ask, and the colours past periods would have had.

    `parts` is the target of each of the measure's own periods within the year, by the profile.
    """

    problems: tuple[Problem, ...]
    questions: tuple[Problem, ...]
    colours: Mapping[Period, Rag]
    parts: Mapping[Period, Target]
    met: str
    bands: str


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
    """The measures of a unit, with all that a target for the year beginning in `year` is set against."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_TARGETS)
        unit = get_unit(session, code=unit_code, on=get_today(session))
        lines = remembered(session, ("targets", unit_code, year), lambda: _lines_of_unit(session, unit_code, year))
    may = user.may(Permission.PROPOSE_TARGETS, at=unit_code)
    refused = "" if may else str(NotAllowedError(Permission.PROPOSE_TARGETS, at=unit.name))
    return ServiceTargets(unit=unit, lines=lines, why_not=refused)


def consider_target(target: Target, *, by: User) -> Consideration:
    """What the target would mean, before anybody proposes it. Changes nothing."""
    with reading() as session:
        demand(session, by, Permission.VIEW_TARGETS)
        return remembered(session, ("consider", target), lambda: _consider(session, target))


def list_waiting(*, by: User) -> list[Proposal]:
    """Every proposal that waits for a decision; those this person may decide come first."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_TARGETS)
        waiting = remembered(session, ("proposals", user), lambda: tuple(list_proposals(session, by=user)))
    return sorted(waiting, key=lambda proposal: proposal.why_not != "")


def _units_with_measures(session: Session) -> tuple[Unit, ...]:
    measured = {measure.unit_code for measure in _in_use(session, list_measures(session))}
    return tuple(unit for unit in list_units(session, on=get_today(session)) if unit.code in measured)


def _consider(session: Session, target: Target) -> Consideration:
    measure = get_measure(session, code=target.measure_code)
    line = _line(session, measure, target)
    problems = _problems(measure, line, target, today=get_today(session))
    percent = get_default_tolerance(session)
    if problems:
        return Consideration(problems=problems, questions=(), colours={}, parts={}, met="", bands="")
    past = would_have_been(measure, line.series, target, default_percent=percent)
    return Consideration(
        problems=(),
        questions=tuple(target_questions(target, measure, line.series.figures)),
        colours=past.colours,
        parts=in_force([target], measure, figures=line.series.figures),
        met=past.in_words,
        bands=bands_in_words(measure, target, default_percent=percent),
    )


# Proposing and deciding


def propose_target(target: Target, *, rationale: str, based_on: int, by: User) -> int:
    """Propose a target for a measure's year; `based_on` is the newest revision the person has seen. Answers its id.

    Raises TargetRefusedError, or TargetConflictError where someone else proposed meanwhile.
    """
    try:
        with transaction() as session:
            measure = get_measure(session, code=target.measure_code)
            demand(session, by, Permission.PROPOSE_TARGETS, at=measure.unit_code)
            return _propose(session, measure, target, rationale=rationale.strip(), based_on=based_on, by=by)
    except TargetRevisionTakenError as fault:
        with reading() as session:
            theirs = _records_of(session, target)[-1]
            raise TargetConflictError(as_proposal(measure, theirs, known_as=names(session))) from fault


def agree_target(target_id: int, *, by: User) -> None:
    """Let a proposed target rule from its day on, or from today where that day has passed.

    Raises OwnTargetError or TargetDecidedError.
    """
    with transaction() as session:
        record = _demand_waiting(session, target_id, by=by)
        target, today = record.target, get_today(session)
        changes = newest(_records_of(session, target), TargetState.AGREED) is not None
        if target.period.end < today:
            raise TargetDecidedError(f"{target.period.in_words} is over. A target takes effect forward only.")
        begins = max(target.effective_from or target.period.start, today) if changes else target.effective_from
        _decide(session, record, TargetState.AGREED, by=by, effective_from=begins, rationale=None)


def decline_target(target_id: int, *, reason: str, by: User) -> None:
    """Turn a proposed target down, with the reason. Raises OwnTargetError, TargetDecidedError, TargetRefusedError."""
    if not reason.strip():
        raise TargetRefusedError([Problem(field="reason", message="Enter why you decline the target")])
    with transaction() as session:
        record = _demand_waiting(session, target_id, by=by)
        said = "\n".join(filter(None, (record.rationale, f"Declined: {reason.strip()}")))
        _decide(session, record, TargetState.DECLINED, by=by, effective_from=None, rationale=said)


def _lines_of_unit(session: Session, unit_code: str, year: int) -> tuple[MeasureTargets, ...]:
    return build_lines(session, measures=_in_use(session, list_measures(session, unit_codes=[unit_code])), year=year)


def _in_use(session: Session, measures: Iterable[Measure]) -> list[Measure]:
    today = get_today(session)
    return [each for each in measures if each.active_to is None or each.active_to >= today]


def _line(session: Session, measure: Measure, target: Target) -> MeasureTargets:
    return build_lines(session, measures=[measure], year=target.period.start.year)[0]


def _propose(session: Session, measure: Measure, target: Target, *, rationale: str, based_on: int, by: User) -> int:
    line = _line(session, measure, target)
    if line.revision != based_on:
        theirs = _records_of(session, target)[-1]
        raise TargetConflictError(as_proposal(measure, theirs, known_as=names(session)))
    problems = _problems(measure, line, target, today=get_today(session))
    questions = target_questions(target, measure, line.series.figures) if not problems else []
    if questions and not rationale:
        problems = (Problem(field="rationale", message=f"Enter why {_named(measure, target)} is right"),)
    if problems:
        raise TargetRefusedError(problems)
    record = TargetRecord(
        target=replace(target, revision=based_on + 1),
        state=TargetState.PROPOSED,
        proposed_by=by.username,
        proposed_at=get_now(session),
        rationale=rationale,
        baseline=line.baseline,
        benchmark=line.benchmark,
    )
    target_id = add_target(session, record=record)
    _record_event(session, "propose target", record, by=by)
    return target_id


def _problems(measure: Measure, line: MeasureTargets, target: Target, *, today: date) -> tuple[Problem, ...]:
    """What is impossible about the target, or about the time it is for."""
    problems = check_target(target, measure)
    if target.period != line.year:
        whole = f"Propose the target for a whole year of {measure.title}, such as {line.year.in_words}"
        return (Problem(field="year", message=whole),)
    begins = target.effective_from or target.period.start
    if target.period.end < today:
        over = f"{target.period.in_words} is over. A target takes effect forward only: choose a later year"
        problems = [*problems, Problem(field="year", message=over)]
    elif begins < line.earliest:
        early = f"A change takes effect forward only: choose {day_in_words(line.earliest)} or later"
        problems = [*problems, Problem(field="effective_from", message=early)]
    elif begins > target.period.end:
        late = f"The target must take effect by {day_in_words(target.period.end)}, the end of its year"
        problems = [*problems, Problem(field="effective_from", message=late)]
    return tuple(problems)


def _demand_waiting(session: Session, target_id: int, *, by: User) -> TargetRecord:
    """The target, held, if it waits and this person may decide on it."""
    record = get_record(session, target_id=target_id, hold=True)
    measure = get_measure(session, code=record.target.measure_code)
    demand(session, by, Permission.AGREE_TARGETS, at=measure.unit_code)
    if record.proposed_by == by.username:
        raise OwnTargetError
    if record.state is not TargetState.PROPOSED:
        decider = names(session).get(record.decided_by or "", "Someone else")
        raise TargetDecidedError(f"{decider} has decided already: this target is {record.state.value}.")
    last = _records_of(session, record.target)[-1]
    if last.id != record.id:
        raise TargetDecidedError("A newer target was proposed for the same period. Decide on that one.")
    return record


def _decide(
    session: Session,
    record: TargetRecord,
    state: TargetState,
    *,
    effective_from: date | None,
    rationale: str | None,
    by: User,
) -> None:
    save_decision(
        session,
        target_id=record.id,
        state=state,
        decided_by=by.username,
        decided_at=get_now(session),
        effective_from=effective_from,
        rationale=rationale,
    )
    begins = effective_from or record.target.effective_from
    decided = replace(record, state=state, target=replace(record.target, effective_from=begins))
    verb = "agree target" if state is TargetState.AGREED else "decline target"
    _record_event(session, verb, decided, before={"state": record.state.value}, by=by)


def _record_event(
    session: Session, verb: str, record: TargetRecord, *, before: Mapping[str, str] | None = None, by: User
) -> None:
    target = record.target
    add_event(
        session,
        at=get_now(session),
        username=by.username,
        verb=verb,
        subject=f"{target.measure_code} {target.area_code} {target.period.iso}",
        before=before,
        after={
            "revision": target.revision,
            "number": target.number,
            "lower": target.lower,
            "upper": target.upper,
            "profile": target.profile,
            "effective_from": target.effective_from,
            "state": record.state.value,
        },
    )


def _records_of(session: Session, target: Target) -> list[TargetRecord]:
    """Every revision for the very same period, oldest first."""
    found = list_records(session, measure_codes=[target.measure_code], area_codes=[target.area_code])
    return [record for record in found if record.target.period == target.period]


def _named(measure: Measure, target: Target) -> str:
    given = target.number if target.number is not None else target.lower
    return "this target" if given is None else f"a target of {measure.print_target(given)}"
