"""Inside the verbs of target setting: typing, proposing and deciding within a transaction that a verb has opened."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.series.proposals import (
    MeasureTargets,
    Proposal,
    SavedDraft,
    as_draft,
    as_proposal,
    build_lines,
    without_drafts,
)
from cycle.plan._targets import (
    Draft,
    OwnTargetError,
    TargetConflictError,
    TargetDecidedError,
    TargetRefusedError,
    long_reason,
    missing_reason,
    problems_of,
)
from data_access.council.settings_store import get_default_tolerance, get_now, get_today
from data_access.plan.register import get_measure, list_measures
from data_access.plan.targets import (
    TargetRecord,
    TargetRevisionTakenError,
    add_target,
    get_record,
    list_records,
    remove_drafts,
    save_decision,
)
from data_access.store.audit import add_event
from performance.ground.entry import Problem
from performance.ground.figures import Target, TargetState
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.ground.readers import OFFICER
from performance.ground.texts import length
from performance.plan.consequences import loosens
from performance.plan.targets import LONGEST_RATIONALE

# More than a reason may have, so that one that is too long is kept as it is and said to be so.
_MOST_KEPT = 10 * LONGEST_RATIONALE


@dataclass(frozen=True, kw_only=True)
class Loosened:
    """A target that was made easier during its own year: what it was, and what it is, from when, by whom and why."""

    was: Target
    now: Proposal


def demanded(session: Session, drafts: Sequence[Draft], *, by: User) -> list[tuple[Draft, MeasureTargets]]:
    """Each draft with what it is set against, once the person may propose it and has seen the newest there is."""
    measures = {code: get_measure(session, code=code) for code in {each.measure_code for each in drafts}}
    for measure in measures.values():
        demand(session, by, Permission.PROPOSE_TARGETS, at=measure.unit_code)
    by_year = {
        (line.measure.code, year): line
        for year in {each.year for each in drafts}
        for line in build_lines(session, measures=measures.values(), year=year, reader=OFFICER)
    }
    found = [(draft, by_year[draft.measure_code, draft.year]) for draft in drafts]
    for draft, line in found:
        if line.revision != draft.based_on and (theirs := newest_of(session, line)) is not None:
            raise TargetConflictError(theirs)
    return found


def newest_of(session: Session, line: MeasureTargets) -> Proposal | SavedDraft | None:
    """What was typed or proposed last for the line's year."""
    records = _records_of(session, line.measure.code, line.area_code, line.year)
    if not records:
        return None
    known_as = names(session)
    tell = as_draft if records[-1].state is TargetState.DRAFT else as_proposal
    return tell(line.measure, records[-1], known_as=known_as)


def refuse_problems(session: Session, found: Iterable[tuple[Draft, MeasureTargets]]) -> None:
    """Raises TargetRefusedError with everything that is wrong, by measure."""
    today, refused = get_today(session), {}
    for draft, line in found:
        if draft.target is None:
            problems: tuple[Problem, ...] = (
                Problem(field="target", message=f"Enter the target for {line.measure.title}"),
            )
        else:
            problems = (*problems_of(line, draft.target, today=today), *long_reason(line, draft.rationale))
            problems = problems or missing_reason(line, draft.target, draft.rationale, today=today)
        if problems:
            refused[draft.measure_code] = problems
    if refused:
        raise TargetRefusedError([each for problems in refused.values() for each in problems], of=refused)


def refuse_endless(found: Iterable[tuple[Draft, MeasureTargets]]) -> None:
    """A draft keeps a reason that is still to be shortened, but no whole document. Raises TargetRefusedError."""
    for draft, line in found:
        if length(draft.rationale) > _MOST_KEPT:
            problems = long_reason(line, draft.rationale)
            raise TargetRefusedError(problems, of={draft.measure_code: problems})


def keep(session: Session, line: MeasureTargets, draft: Draft, state: TargetState, *, by: User) -> int:
    """In place of any draft of the same year: the target as a draft, or as proposed with what it was set against."""
    remove_drafts(session, measure_code=draft.measure_code, area_code=line.area_code, period=line.year)
    if draft.target is None:
        return 0
    record = TargetRecord(
        target=replace(draft.target, revision=draft.based_on + 1),
        state=state,
        proposed_by=by.username,
        proposed_at=get_now(session),
        rationale=draft.rationale.strip(),
        baseline=line.baseline,
        benchmark=line.benchmark,
    )
    try:
        target_id = add_target(session, record=record)
    except TargetRevisionTakenError as fault:
        theirs = newest_of(session, line)
        raise TargetConflictError(theirs) if theirs else fault from fault
    if state is TargetState.PROPOSED:
        _record_event(session, "propose target", record, by=by)
    return target_id


def demand_waiting(session: Session, target_id: int, *, by: User) -> TargetRecord:
    """The target, held, if it waits and this person may decide on it."""
    record = get_record(session, target_id=target_id, hold=True)
    target = record.target
    measure = get_measure(session, code=target.measure_code)
    demand(session, by, Permission.AGREE_TARGETS, at=measure.unit_code)
    if record.proposed_by == by.username:
        raise OwnTargetError
    if record.state is not TargetState.PROPOSED:
        decider = names(session).get(record.decided_by or "", "Someone else")
        raise TargetDecidedError(
            f"{measure.title}: {decider} has decided already: this target is {record.state.value}."
        )
    last = without_drafts(_records_of(session, target.measure_code, target.area_code, target.period))[-1]
    if last.id != record.id:
        raise TargetDecidedError(f"{measure.title}: A newer target was proposed for the same period. Decide on that.")
    return record


def agreed_beside(session: Session, target: Target) -> list[Target]:
    """Every agreed target of the same measure and area, for whatever period."""
    found = list_records(
        session, measure_codes=[target.measure_code], area_codes=[target.area_code], states=[TargetState.AGREED]
    )
    return [record.target for record in found]


def decide(
    session: Session,
    record: TargetRecord,
    state: TargetState,
    *,
    effective_from: date | None = None,
    rationale: str | None = None,
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


def loosened_in(session: Session, year: int) -> tuple[Loosened, ...]:
    """Agreed targets that took effect during their own year and ask less than the one before."""
    measures, known_as = {each.code: each for each in list_measures(session)}, names(session)
    percent, found = get_default_tolerance(session), []
    for earlier, record in _changes(list_records(session, states=[TargetState.AGREED], of_year=year)):
        target = record.target
        measure = measures[target.measure_code].at(target.period)
        begins = target.effective_from or target.period.start
        if target.period.start.year != year or begins <= target.period.start:
            continue
        if loosens(measure, target, earlier, default_percent=percent):
            found.append(Loosened(was=earlier, now=as_proposal(measure, record, known_as=known_as)))
    return tuple(sorted(found, key=lambda each: (each.now.target.effective_from or date.min, each.now.id)))


def _changes(records: Iterable[TargetRecord]) -> Iterator[tuple[Target, TargetRecord]]:
    """Each agreed target that came in place of another, with that other."""
    before: dict[tuple[str, str, Period], Target] = {}
    for record in records:
        target = record.target
        key = (target.measure_code, target.area_code, target.period)
        if key in before:
            yield before[key], record
        before[key] = target


def _record_event(
    session: Session, verb: str, record: TargetRecord, *, before: Mapping[str, Any] | None = None, by: User
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
            "tolerance": target.tolerance,
            "effective_from": target.effective_from,
            "state": record.state.value,
        },
    )


def _records_of(session: Session, measure_code: str, area_code: str, period: Period) -> list[TargetRecord]:
    """Every revision for the very same period, oldest first."""
    found = list_records(session, measure_codes=[measure_code], area_codes=[area_code])
    return [record for record in found if record.target.period == period]
