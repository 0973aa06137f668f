"""Bringing files in: figures, the register and boundaries, each whole or not at all, and never twice."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from cycle.access import demand
from cycle.adding_up import disagreements
from cycle.importing_returns import Touched, returns_touched, take_over
from data_access import areas, figures, import_runs, people, plan, register, returns
from data_access.audit import add_event
from data_access.database import reading, transaction
from data_access.settings_store import get_now, get_setting, get_today
from performance.aggregation import stored_value
from performance.boundaries import wards_missing
from performance.figures import Figure
from performance.import_runs import ImportRun, capped
from performance.incoming import BoundariesRead, FigureLine, FiguresRead, Known, RefusedError, RowProblem
from performance.measures import Measure
from performance.organisation import Area, Return, ReturnStatus
from performance.people import NotAllowedError, Permission, User
from performance.periods import Period
from performance.values import Value, rounded

# Whoever can run commands on the server; the audit trail names no person for it.
OPERATOR = "operator"


class FiguresMovedError(Exception):
    """What the file would change is no longer what was shown."""

    def __init__(self) -> None:
        super().__init__(
            "Someone changed these figures since this was shown, so nothing was written. Below is what the file would"
            " change now: look again, and confirm it."
        )


@dataclass(frozen=True, kw_only=True)
class FigureChange:
    """A row that says something new: the figure it makes, and the one it takes the place of, where there is one."""

    row: int
    measure: Measure
    figure: Figure
    before: Figure | None

    @property
    def value(self) -> Value | None:
        """What the figure comes to, unrounded."""
        return stored_value(self.measure, self.figure)

    @property
    def value_before(self) -> Value | None:
        return None if self.before is None else stored_value(self.measure, self.before)


@dataclass(frozen=True, kw_only=True)
class FiguresReport:
    """What an import of figures did (or, tried only, would do), counted in rows.

    `returns` are the references of the returns the figures were put into; `fingerprint` tells two reports apart.
    `questioned` says where wards and city disagree: kept all the same, for someone to look at.
    """

    rows: int
    added: int
    revised: int
    same: int
    empty: int
    refused: tuple[RowProblem, ...] = ()
    changes: tuple[FigureChange, ...] = ()
    returns: tuple[str, ...] = ()
    fingerprint: str = ""
    questioned: tuple[str, ...] = ()

    @property
    def in_words(self) -> str:
        counts = (
            (self.added, "new"),
            (self.revised, "revised"),
            (self.same, "the same as stored"),
            (self.empty, "without counts or value"),
            (len({problem.row for problem in self.refused}), "refused"),
        )
        said = ", ".join(f"{count:,} {words}" for count, words in counts if count) or "nothing"
        return f"{self.rows:,} row{'' if self.rows == 1 else 's'} read: {said}."


@dataclass(frozen=True, kw_only=True)
class BoundariesReport:
    """How many polygons were kept, and the areas whose name in the file is not the one we know."""

    count: int
    changed: bool
    other_names: tuple[str, ...] = ()


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
            node_codes=frozenset(node.code for node in plan.list_nodes(session)),
            group_names=frozenset(each.group_name for each in areas.list_memberships(session)),
        )


def import_figures(
    read: FiguresRead,
    *,
    source: str,
    partial: bool = False,
    dry_run: bool = False,
    shown: str | None = None,
    by: User | None = None,
) -> FiguresReport:
    """Keep the figures of a file as new revisions, in one transaction; `by` is None for the operator.

    A figure equal to the stored one makes no revision. Figures that an open return asks for become part of it, for
    the service to look at and submit. Raises RefusedError with every problem, and changes nothing, unless `partial`:
    then the rows without problems are kept. With `shown`, the fingerprint of a dry run, anything else than what was
    shown raises FiguresMovedError. Every run but a dry one is noted in the log of imports, refused ones too.
    """
    try:
        with _at_work(dry_run) as session:
            problems = [*read.problems, *_not_allowed(session, read.lines, by)]
            if problems and not partial:
                raise RefusedError(sorted(problems, key=lambda problem: problem.row))
            at = get_now(session)
            report, touched = _compare(session, read, problems, at=at, by=by)
            if shown is not None and shown != report.fingerprint:
                raise FiguresMovedError
            if not dry_run:
                _keep(session, report, touched, source=source, by=by)
                import_runs.add_run(session, run=_run(report, read, source=source, at=at, by=by))
    except RefusedError as refused:
        if not dry_run:
            _note_refused(read, source=source, problems=refused.problems, by=by)
        raise
    return report


def note_unread(sentence: str, *, source: str, by: User | None = None) -> None:
    """Note in the log of imports a file that could not be read at all."""
    problem = RowProblem(row=0, column="", message=sentence)
    _note_refused(FiguresRead(lines=(), problems=()), source=source, problems=[problem], by=by)


def import_boundaries(
    read: BoundariesRead, *, source: str, dry_run: bool = False, by: User | None = None
) -> BoundariesReport:
    """Keep an edition's polygons; the same polygons again change nothing.

    Raises RefusedError where a ward that stood in the edition's time is missing.
    """
    with _at_work(dry_run) as session:
        if by is not None:
            demand(session, by, Permission.MAINTAIN_REGISTER)
        known = {area.code: area for area in areas.list_areas(session)}
        if problems := wards_missing(read, known.values(), council=get_setting(session, name="council_area")):
            raise RefusedError(problems)
        editions = {edition.name: edition for edition in areas.list_boundary_editions(session)}
        stored = areas.list_boundaries(session, edition_name=read.edition.name)
        changed = editions.get(read.edition.name) != read.edition or stored != read.geometries
        if changed and not dry_run:
            areas.save_boundary_edition(session, edition=read.edition, geometries=read.geometries)
            after = {"edition": read.edition.name, "areas": sorted(read.geometries)}
            _record(session, "import boundaries", source, by, after)
    others = tuple(f"{code}: {name}" for code, name in sorted(read.names.items()) if _is_other(known.get(code), name))
    return BoundariesReport(count=len(read.geometries), changed=changed, other_names=others)


def _at_work(dry_run: bool) -> AbstractContextManager[Session]:
    """A dry run reads only; what it would do it never begins."""
    return reading() if dry_run else transaction()


def _is_other(area: Area | None, name: str) -> bool:
    return area is not None and name != area.name and name not in area.aliases


def _not_allowed(session: Session, lines: Sequence[FigureLine], by: User | None) -> list[RowProblem]:
    """Rows the person may not import: those who import may all, a service's people only what is theirs and open."""
    if by is None:
        return []
    user = demand(session, by, Permission.SIGN_IN)
    if user.may(Permission.IMPORT):
        return []
    own = user.units_where(Permission.ENTER_FIGURES)
    if not own:
        raise NotAllowedError(Permission.IMPORT)
    measures = {
        measure.code: measure
        for measure in register.list_measures(session, codes={line.figure.measure_code for line in lines})
    }
    approved = {
        (each.unit_code, each.period): each
        for each in returns.list_returns(session, unit_codes=own, status=ReturnStatus.APPROVED)
    }
    return [
        RowProblem(row=line.row, column="measure_code", message=message)
        for line in lines
        if (message := _why_not(measures[line.figure.measure_code], line.figure.period, own, approved))
    ]


def _why_not(
    measure: Measure, period: Period, own: frozenset[str], approved: Mapping[tuple[str, Period], Return]
) -> str:
    if measure.unit_code not in own:
        return f"You may not enter figures for {measure.unit_code}, to which {measure.code} belongs."
    stored = approved.get((measure.unit_code, Period.month(period.end.year, period.end.month)))
    if stored:
        return f"The return {stored.reference} is approved, so its figures are locked. Ask the BI team to reopen it."
    return ""


def _compare(
    session: Session, read: FiguresRead, problems: Sequence[RowProblem], *, at: datetime, by: User | None
) -> tuple[FiguresReport, Touched]:
    """What the rows without problems would change, and the returns they belong to."""
    refused = {problem.row for problem in problems}
    lines = [line for line in read.lines if line.row not in refused]
    changes = _changes(session, lines, username=by.username if by else OPERATOR, at=at)
    touched = returns_touched(session, [(each.measure, each.figure) for each in changes])
    report = FiguresReport(
        rows=len(read.lines) + read.empty_rows + len({problem.row for problem in read.problems}),
        added=sum(each.before is None for each in changes),
        revised=sum(each.before is not None for each in changes),
        same=len(lines) - len(changes),
        empty=read.empty_rows,
        refused=tuple(problems),
        changes=tuple(changes),
        returns=tuple(sorted({f"{month.start:%Y-%m}-{unit}" for unit, month in touched.values()})),
        fingerprint=_digest(each.figure for each in changes),
        questioned=disagreements(session, [(each.measure, each.figure) for each in changes]),
    )
    return report, touched


def _keep(session: Session, report: FiguresReport, touched: Touched, *, source: str, by: User | None) -> None:
    if not report.changes:
        return
    new = [each.figure for each in report.changes]
    figures.add_figures(session, figures=new, return_ids=take_over(session, touched))
    after = {**_counts(report), "content": report.fingerprint}
    _record(session, "import figures", source, by, after | ({"returns": report.returns} if report.returns else {}))


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
        imported_by=by.username if by else OPERATOR,
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
                imported_by=by.username if by else OPERATOR,
                imported_at=get_now(session),
            ),
        )


def _changes(session: Session, lines: Sequence[FigureLine], *, username: str, at: datetime) -> list[FigureChange]:
    """The revisions to add: one a line that says something the stored figure does not."""
    codes = {line.figure.measure_code for line in lines}
    current = figures.current_series(session, measure_codes=codes)
    measures = {measure.code: measure for measure in register.list_measures(session, codes=codes)}
    found = []
    for line in lines:
        figure, measure = line.figure, measures[line.figure.measure_code]
        stored = current.get((figure.measure_code, figure.area_code), {}).get(figure.period)
        if stored is None or not _says_the_same(line, stored, measure.decimals):
            revision = stored.revision + 1 if stored else 1
            new = replace(figure, revision=revision, recorded_at=at, recorded_by=username)
            found.append(FigureChange(row=line.row, measure=measure, figure=new, before=stored))
    return found


def _says_the_same(line: FigureLine, stored: Figure, decimals: int) -> bool:
    """Whether the line repeats the stored figure: exactly, or as the export of this very revision printed it."""
    if line.figure.same_content(stored):
        return True
    if line.revision_seen != stored.revision or stored.value is None or line.figure.value is None:
        return False
    printed = rounded(stored.value, decimals)
    return line.figure.value == printed and replace(line.figure, value=stored.value).same_content(stored)


def _counts(report: FiguresReport) -> dict[str, int]:
    return {"added": report.added, "revised": report.revised, "same": report.same, "empty": report.empty}


def _digest(new: Iterable[Figure]) -> str:
    """What was added, in one short text, so that the audit trail can tell two imports apart."""
    digest = hashlib.sha256()
    for each in new:
        parts = (each.measure_code, each.area_code, each.period.iso, each.revision, each.numerator, each.denominator)
        digest.update(repr((*parts, each.value, each.absence and each.absence.value)).encode())
    return digest.hexdigest()


def _record(session: Session, verb: str, source: str, by: User | None, after: Mapping[str, Any]) -> None:
    username = by.username if by else OPERATOR
    add_event(session, at=get_now(session), username=username, verb=verb, subject=source, after=after)
