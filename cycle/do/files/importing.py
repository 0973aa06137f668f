"""Bringing files of figures in, each whole or not at all, and never twice."""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from cycle.do._ward_totals import disagreements
from cycle.do.files._may_write import is_of_service, may_write, record_corrections
from cycle.do.files._returns import Touched, returns_touched, take_over
from cycle.do.files.questions import FigureChange, HeldRow, as_shown, confirmed_anew, of_their_numbers, sift
from cycle.ground.access import demand
from cycle.ground.council import account_of
from data_access.council import areas, people
from data_access.council.settings_store import get_now, get_today
from data_access.do import figures, import_runs
from data_access.plan import register, tree
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.do.import_runs import ImportRun, capped
from performance.ground.figures import Figure
from performance.ground.incoming import FigureLine, FiguresRead, Known, RefusedError, RowProblem
from performance.ground.people import NotAllowedError, Permission, User
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


@dataclass(frozen=True, kw_only=True)
class FiguresReport:
    """What an import of figures did (or, tried only, would do), counted in rows.

    `returns` are the references of the returns the figures were put into; `fingerprint` tells apart what two files
    would change, whatever of it is confirmed. `held` are the rows, among those refused, that a confirmation or a reason
    would let in. `questioned` says where wards and city disagree, and points out of place in a series that begins:
    kept all the same, for someone to look at; and what was confirmed of another number, and is left out.
    `run` is its number in the log of imports, 0 of a dry run.
    """

    rows: int
    added: int
    revised: int
    same: int
    empty: int
    refused: tuple[RowProblem, ...] = ()
    changes: tuple[FigureChange, ...] = ()
    held: tuple[HeldRow, ...] = ()
    returns: tuple[str, ...] = ()
    fingerprint: str = ""
    questioned: tuple[str, ...] = ()
    run: int = 0

    @property
    def in_words(self) -> str:
        waiting = {each.change.row for each in self.held}
        counts = (
            (self.added, "new"),
            (self.revised, "revised"),
            (self.same, "the same as stored"),
            (self.empty, "without counts or value"),
            (len({problem.row for problem in self.refused} - waiting), "refused"),
            (len(waiting), "held back until confirmed or given a reason"),
        )
        said = ", ".join(f"{count:,} {words}" for count, words in counts if count) or "nothing"
        return f"{self.rows:,} row{'' if self.rows == 1 else 's'} read: {said}."


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
) -> FiguresReport:
    """Keep the figures of a file as new revisions, in one transaction; `by` is None for the operator.

    A figure equal to the stored one makes no revision. Figures that an open return asks for become part of it, for
    the service to look at and submit. What a page would ask about is a problem unless `accept_unusual`; what corrects
    something signed off or locked is one without a `reason`, which is put on record with it. Raises RefusedError with
    every problem, and changes nothing, unless `partial`: then the rows without problems are kept. With `shown`, the
    fingerprint of a dry run, anything else than what was shown raises FiguresMovedError. Every run but a dry one is
    noted in the log of imports, refused ones too.
    """
    why = _kept(reason)
    try:
        with reading() if dry_run else transaction() as session:
            at = get_now(session)
            report, touched = _compare(
                session, read, accept_unusual=accept_unusual, has_reason=bool(why), partial=partial, at=at, by=by
            )
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


def _not_allowed(session: Session, lines: Sequence[FigureLine], by: User | None) -> list[RowProblem]:
    """Rows the person may not import: those who import may all, a service's people only what is theirs."""
    if by is None or not is_of_service(session, by):
        return []
    own = demand(session, by, Permission.SIGN_IN).units_where(Permission.ENTER_FIGURES)
    if not own:
        raise NotAllowedError(Permission.IMPORT)
    codes = {line.figure.measure_code for line in lines}
    units = {measure.code: measure.unit_code for measure in register.list_measures(session, codes=codes)}
    return [
        RowProblem(
            row=line.row,
            column="measure_code",
            message=f"You may not enter figures for {unit}, to which {line.figure.measure_code} belongs.",
        )
        for line in lines
        if (unit := units[line.figure.measure_code]) not in own
    ]


def _compare(
    session: Session,
    read: FiguresRead,
    *,
    accept_unusual: bool,
    has_reason: bool,
    partial: bool,
    at: datetime,
    by: User | None,
) -> tuple[FiguresReport, Touched]:
    """What the rows without problems would change, and the returns they belong to. Raises RefusedError."""
    problems = [*read.problems, *_not_allowed(session, read.lines, by)]
    lines = _without(read.lines, problems)
    stored = figures.current_series(session, measure_codes={line.figure.measure_code for line in lines})
    found, left_out = _changes(session, lines, stored, username=account_of(by), at=at)
    open_now, closed, said = may_write(session, found, by)
    sifted = sift(session, open_now, stored, accept_unusual=accept_unusual, has_reason=has_reason)
    problems += [*closed, *(each.problem for each in sifted.held)]
    problems.sort(key=lambda problem: problem.row)
    if problems and not partial:
        raise RefusedError(problems)
    pairs = [(each.measure, each.figure) for each in sifted.kept]
    touched = returns_touched(session, pairs, by_service=is_of_service(session, by))
    report = FiguresReport(
        rows=len(read.lines) + read.empty_rows + len({problem.row for problem in read.problems}),
        added=sum(each.before is None for each in sifted.kept),
        revised=sum(each.before is not None for each in sifted.kept),
        same=len(lines) - len(found),
        empty=read.empty_rows,
        refused=tuple(problems),
        changes=sifted.kept,
        held=sifted.held,
        returns=tuple(sorted({f"{month.start:%Y-%m}-{unit}" for unit, month in touched.values()})),
        fingerprint=_digest(each.figure for each in found),
        questioned=(*said, *disagreements(session, pairs), *sifted.said, *left_out),
    )
    return report, touched


_Rows = TypeVar("_Rows", FigureLine, FigureChange)


def _without(rows: Iterable[_Rows], problems: Iterable[RowProblem]) -> list[_Rows]:
    refused = {problem.row for problem in problems}
    return [each for each in rows if each.row not in refused]


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
    after: dict[str, Any] = {**_counts(report), "content": _digest(new)}
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
        content=_digest(line.figure for line in read.lines),
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
                content=_digest(line.figure for line in read.lines),
                rows=rows,
                empty=read.empty_rows,
                refused=len({problem.row for problem in problems}),
                problems=said,
                more_problems=more,
                imported_by=account_of(by),
                imported_at=get_now(session),
            ),
        )


def _changes(
    session: Session, lines: Sequence[FigureLine], stored: figures.CurrentFigures, *, username: str, at: datetime
) -> tuple[list[FigureChange], list[str]]:
    """The revisions to add, one a line that says something the stored figure does not; and what is left out of them."""
    codes = {line.figure.measure_code for line in lines}
    measures = {measure.code: measure for measure in register.list_measures(session, codes=codes)}
    keys = confirmed_anew(lines, stored)
    of, at_places = {code for code, _, _ in keys}, {area for _, area, _ in keys}
    earlier = figures.list_every_revision(session, measure_codes=of, area_codes=at_places) if keys else []
    lines, left_out = of_their_numbers(lines, earlier, measures)
    found = []
    for line in lines:
        figure, measure = line.figure, measures[line.figure.measure_code]
        before = stored.get((figure.measure_code, figure.area_code), {}).get(figure.period)
        if before is None or not _says_the_same(line, before, measure.decimals):
            revision = before.revision + 1 if before else 1
            new = replace(figure, revision=revision, recorded_at=at, recorded_by=username)
            found.append(FigureChange(row=line.row, measure=measure, figure=new, before=before))
    return found, left_out


def _says_the_same(line: FigureLine, stored: Figure, decimals: int) -> bool:
    """Whether the line repeats the stored figure: exactly, or as the export of this very revision printed it."""
    shown = as_shown(line, stored, decimals)
    return line.figure.same_content(stored) or line.figure.same_content(shown)


def _counts(report: FiguresReport) -> dict[str, int]:
    return {"added": report.added, "revised": report.revised, "same": report.same, "empty": report.empty}


def _digest(new: Iterable[Figure]) -> str:
    """What was added, in one short text, so that the audit trail can tell two imports apart."""
    digest = hashlib.sha256()
    for each in new:
        parts = (each.measure_code, each.area_code, each.period.iso, each.revision, each.numerator, each.denominator)
        digest.update(repr((*parts, each.value, each.absence and each.absence.value)).encode())
    return digest.hexdigest()
