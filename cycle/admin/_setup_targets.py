"""The targets of a setup file: agreed where the operator brings them, proposed where a person does."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from cycle.ground.council import names
from cycle.ground.series.proposals import begins_on, build_lines, newest, without_drafts
from data_access.council.settings_store import get_now, get_today
from data_access.plan.register import get_measure
from data_access.plan.targets import TargetRecord, add_targets, list_records, remove_drafts
from performance.ground.figures import Profile, Target, TargetState
from performance.ground.incoming import RefusedError, RowProblem, TargetLine
from performance.ground.people import User
from performance.ground.periods import Period
from performance.ground.readers import OFFICER
from performance.ground.reckoning.rag import target_in_words

Key = tuple[str, str, Period]


def key_of(target: Target) -> Key:
    return target.measure_code, target.area_code, target.period


def compare_targets(
    session: Session, lines: Sequence[TargetLine], *, username: str, by: User | None
) -> tuple[list[TargetLine], Callable[[list[TargetLine]], object]]:
    """The targets as stored, for comparison, and how what is new or changed is kept.

    Raises RefusedError where a person's proposal waits for the same measure, area and period: a file that came
    meanwhile would pass over the second person.
    """
    records: dict[Key, list[TargetRecord]] = {}
    for record in list_records(session, measure_codes={line.target.measure_code for line in lines}):
        records.setdefault(key_of(record.target), []).append(record)
    standing = {key: found for key, of_key in records.items() if (found := _standing(of_key, by)) is not None}
    stored = [_as_line(each) for each in standing.values()]
    _refuse_waiting(session, [line for line in lines if line not in stored], records, by)

    def save(fresh: list[TargetLine]) -> None:
        _save(session, fresh, records, username=username, by=by)

    return stored, save


def _standing(records: Sequence[TargetRecord], by: User | None) -> TargetRecord | None:
    """What a line of the file is compared with: the agreed target, or the person's own proposal that waits."""
    waiting = _waiting(records)
    if by is not None and waiting is not None and waiting.proposed_by == by.username:
        return waiting
    return newest(records, TargetState.AGREED)


def _waiting(records: Sequence[TargetRecord]) -> TargetRecord | None:
    last = without_drafts(records)[-1:]
    return last[0] if last and last[0].state is TargetState.PROPOSED else None


def _as_line(record: TargetRecord) -> TargetLine:
    """As a file says it: files know nothing of revisions, days, tolerances of a target's own and numbers by hand."""
    target = replace(record.target, revision=0, effective_from=None, tolerance=None, tolerance_kind=None, parts=())
    return TargetLine(target=target, rationale=record.rationale)


def _refuse_waiting(
    session: Session, changed: Iterable[TargetLine], records: dict[Key, list[TargetRecord]], by: User | None
) -> None:
    known_as, problems = names(session), []
    for line in changed:
        waiting = _waiting(records.get(key_of(line.target), []))
        if waiting is None or (by is not None and waiting.proposed_by == by.username):
            continue
        measure = get_measure(session, code=line.target.measure_code)
        who = known_as.get(waiting.proposed_by, waiting.proposed_by)
        message = (
            f"{who} proposed {target_in_words(measure, waiting.target)} for {measure.title} in"
            f" {waiting.target.period.in_words}, and it waits for someone else to agree it. Have it agreed or declined"
            " first, or take this target out of the file."
        )
        problems.append(RowProblem(row=0, column="", message=message, sheet="targets"))
    if problems:
        raise RefusedError(problems)


def _save(
    session: Session,
    fresh: Sequence[TargetLine],
    records: dict[Key, list[TargetRecord]],
    *,
    username: str,
    by: User | None,
) -> None:
    now, today = get_now(session), get_today(session)
    agreed: dict[tuple[str, str], list[Target]] = {}
    for (code, area, _), of_key in records.items():
        agreed.setdefault((code, area), []).extend(each.target for each in of_key if each.state is TargetState.AGREED)
    kept = []
    for line in fresh:
        code, area, period = key_of(line.target)
        of_key = records.get((code, area, period), [])
        remove_drafts(session, measure_code=code, area_code=area, period=period)
        target = replace(
            _with_what_files_do_not_say(line.target, newest(of_key, TargetState.AGREED)),
            revision=max((each.target.revision for each in of_key), default=0) + 1,
            effective_from=begins_on(line.target, agreed.get((code, area), ()), today=today),
        )
        baseline, benchmark = _set_against(session, line) if by else ("", "")
        kept.append(
            TargetRecord(
                target=target,
                state=TargetState.PROPOSED if by else TargetState.AGREED,
                rationale=line.rationale,
                baseline=baseline,
                benchmark=benchmark,
                imported=by is None,
                proposed_by=username,
                proposed_at=now,
                decided_by=None if by else username,
                decided_at=None if by else now,
            )
        )
    add_targets(session, records=kept)


def _with_what_files_do_not_say(target: Target, before: TargetRecord | None) -> Target:
    """A file that changes a number leaves the target's own tolerance; numbers by hand stay while they reconcile."""
    if before is None:
        return target
    was = before.target
    same = (was.number, was.profile) == (target.number, target.profile) and was.profile is Profile.MANUAL
    return replace(target, tolerance=was.tolerance, tolerance_kind=was.tolerance_kind, parts=was.parts if same else ())


def _set_against(session: Session, line: TargetLine) -> tuple[str, str]:
    """The baseline and the benchmark that a proposal's record keeps."""
    measure = get_measure(session, code=line.target.measure_code)
    (found,) = build_lines(session, measures=[measure], year=line.target.period.start.year, reader=OFFICER)
    return found.baseline, found.benchmark
