"""Bringing files of figures in, each whole or not at all, and never twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from cycle.do.files._comparing import Terms, compare, digest_of
from cycle.do.files._may_write import record_corrections
from cycle.do.files._returns import Touched, take_over
from cycle.do.files.figures_report import FiguresReport
from cycle.do.files.questions import FigureChange
from cycle.ground.council import account_of
from data_access.council import areas, people
from data_access.council.settings_store import get_now, get_today
from data_access.do import figures, import_runs
from data_access.plan import register, tree
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.do.import_runs import ImportRun, capped
from performance.ground.incoming import FiguresRead, Known, RefusedError, RowProblem, Watch, unwatched
from performance.ground.people import User
from performance.ground.texts import TextTooLongError, clean

# An event of the audit trail says what changed, figure by figure, up to so many; the import's receipt lists them all.
_MOST_TOLD = 100


class FiguresMovedError(Exception):
    """What the file would change is no longer what was shown."""

    def __init__(self) -> None:
        super().__init__(
            "Someone changed these figures since this was shown, so nothing was written. Below is what the file would"
            " change now: look again, and confirm it."
        )


def find_importer(username: str) -> User:
    """The person an import is made for. Raises PersonNotFoundError for one unknown or disabled."""
    with reading() as session:
        user = people.find_user(session, username=username.strip().lower(), on=get_today(session))
    if user is None:
        raise people.PersonNotFoundError(username)
    return user


def list_known() -> Known:
    """What the database holds that files may refer to. Open to every import: a file's own rows name the codes."""
    with reading() as session:
        return Known(
            measures={measure.code: measure for measure in register.list_measures(session)},
            areas={area.code: area for area in areas.list_areas(session)},
            unit_codes=frozenset(people.list_unit_codes(session)),
            node_codes=frozenset(node.code for node in tree.list_nodes(session)),
            group_names=frozenset(each.group_name for each in areas.list_memberships(session)),
        )


def import_figures(
    read: FiguresRead,
    *,
    source: str,
    partial: bool = False,
    dry_run: bool = False,
    shown: str | None = None,
    accept_unusual: bool = False,
    reason: str = "",
    by: User | None = None,
    watch: Watch = unwatched,
) -> FiguresReport:
    """Keep the figures of a file as new revisions, in one transaction; `by` is None for the operator.

    A figure equal to the stored one makes no revision. Figures that an open return asks for become part of it, for
    the service to look at and submit. What a page would ask about is a problem unless `accept_unusual`; what corrects
    something signed off or locked is one without a `reason`, which is put on record with it. Raises RefusedError with
    every problem, and changes nothing, unless `partial`: then the rows without problems are kept. With `shown`, the
    fingerprint of a dry run, anything else than what was shown raises FiguresMovedError. Every run but a dry one is
    noted in the log of imports, refused ones too. `watch` is told how many rows have been compared with what is stored,
    and may end it by raising.
    """
    why = _kept(reason)
    try:
        with reading() if dry_run else transaction() as session:
            at = get_now(session)
            terms = Terms(accept_unusual=accept_unusual, has_reason=bool(why), partial=partial, at=at, by=by)
            report, touched = compare(session, read, terms, watch=watch)
            if shown is not None and shown != report.fingerprint:
                raise FiguresMovedError
            if not dry_run:
                _keep(session, report, touched, source=source, reason=why, at=at, by=by)
                run = import_runs.add_run(session, run=_run(report, read, source=source, at=at, by=by))
                report = replace(report, run=run)
    except RefusedError as refused:
        if not dry_run:
            _note_refused(read, source=source, problems=refused.problems, by=by)
        raise
    return report


def _kept(reason: str) -> str:
    try:
        return clean(reason.strip())
    except TextTooLongError as fault:
        raise RefusedError([RowProblem(row=0, column="reason", message=str(fault))]) from fault


def note_unread(sentence: str, *, source: str, by: User | None = None) -> None:
    """Note in the log of imports a file that could not be read at all."""
    problem = RowProblem(row=0, column="", message=sentence)
    _note_refused(FiguresRead(lines=(), problems=()), source=source, problems=[problem], by=by)


def _keep(
    session: Session,
    report: FiguresReport,
    touched: Touched,
    *,
    source: str,
    reason: str,
    at: datetime,
    by: User | None,
) -> None:
    if not report.changes:
        return
    username = account_of(by)
    changes = record_corrections(session, report.changes, reason=reason, by=username, at=at)
    new = [each.figure for each in changes]
    figures.add_figures(session, figures=new, return_ids=take_over(session, touched))
    told = changes[:_MOST_TOLD]
    before = {_subject(each): each.before.brief if each.before else {} for each in told}
    after: dict[str, Any] = {**_counts(report), "content": digest_of(new)}
    after |= {"figures": {_subject(each): each.figure.brief for each in told}}
    after |= {"returns": report.returns} if report.returns else {}
    corrected = sum(each.is_correction for each in changes)
    after |= {"corrected": corrected} if corrected else {}
    add_event(
        session, at=get_now(session), username=username, verb="import figures", subject=source,
        before=before, after=after,
    )  # fmt: skip


def _subject(change: FigureChange) -> str:
    return f"{change.figure.measure_code} {change.figure.area_code} {change.figure.period.iso}"


def _run(report: FiguresReport, read: FiguresRead, *, source: str, at: datetime, by: User | None) -> ImportRun:
    said, more = capped(report.refused)
    return ImportRun(
        source=source,
        content=digest_of(line.figure for line in read.lines),
        rows=report.rows,
        added=report.added,
        revised=report.revised,
        same=report.same,
        empty=report.empty,
        refused=len({problem.row for problem in report.refused}),
        problems=said,
        more_problems=more,
        returns=report.returns,
        imported_by=account_of(by),
        imported_at=at,
    )


def _note_refused(read: FiguresRead, *, source: str, problems: Sequence[RowProblem], by: User | None) -> None:
    """In a transaction of its own: the one that refused has left nothing behind."""
    said, more = capped(problems)
    rows = len(read.lines) + read.empty_rows + len({problem.row for problem in read.problems})
    with transaction() as session:
        import_runs.add_run(
            session,
            run=ImportRun(
                source=source,
                content=digest_of(line.figure for line in read.lines),
                rows=rows,
                empty=read.empty_rows,
                refused=len({problem.row for problem in problems}),
                problems=said,
                more_problems=more,
                imported_by=account_of(by),
                imported_at=get_now(session),
            ),
        )


def _counts(report: FiguresReport) -> dict[str, int]:
    return {"added": report.added, "revised": report.revised, "same": report.same, "empty": report.empty}
