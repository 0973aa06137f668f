"""A file's rows held against what is stored, a few measures at a time: no more of a long history is in memory at once
than theirs."""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from cycle.do._locks import Locks
from cycle.do._ward_totals import disagreements
from cycle.do.files._may_write import is_of_service, locks_of, may_write
from cycle.do.files._returns import Touched, returns_touched
from cycle.do.files.figures_report import FiguresReport
from cycle.do.files.questions import (
    FigureChange,
    HeldRow,
    as_shown,
    confirmed_anew,
    held_against,
    of_their_numbers,
    sift,
)
from cycle.ground.access import demand
from cycle.ground.batches import in_batches
from cycle.ground.council import account_of
from data_access.do.figures import CurrentFigures, current_series, list_every_revision
from data_access.plan.register import list_measures
from performance.ground.figures import Figure
from performance.ground.incoming import FigureLine, FiguresRead, RefusedError, RowProblem, Watch
from performance.ground.measures import Measure
from performance.ground.people import NotAllowedError, Permission, User

_MOST_SAID = 20  # of periods that have not begun, which are said and kept


@dataclass(frozen=True, kw_only=True)
class Terms:
    """On what terms a file comes in: at what moment, by whom (None for the operator), and what of it is confirmed."""

    accept_unusual: bool
    has_reason: bool
    partial: bool
    at: datetime
    by: User | None


@dataclass
class _Found:
    """What has been found of the measures compared so far; `anew` is all that says something new, kept or not."""

    problems: list[RowProblem]
    anew: list[FigureChange] = field(default_factory=list)
    kept: list[FigureChange] = field(default_factory=list)
    held: list[HeldRow] = field(default_factory=list)
    early: list[str] = field(default_factory=list)
    disagreeing: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def sort(self) -> None:
        """As the rows stand in the file."""
        for rows in (self.problems, self.anew, self.kept):
            rows.sort(key=lambda each: each.row)
        self.held.sort(key=lambda each: each.change.row)

    @property
    def questioned(self) -> tuple[str, ...]:
        return (*self.early[:_MOST_SAID], *self.disagreeing, *self.doubtful, *self.left_out)


def compare(session: Session, read: FiguresRead, terms: Terms, *, watch: Watch) -> tuple[FiguresReport, Touched]:
    """What the rows without problems would change, and the returns they belong to.

    `watch` is told how many rows have been compared, and may end it by raising. Raises RefusedError.
    """
    measures = {each.code: each for each in list_measures(session, codes={each.measure_code for each in _said(read)})}
    problems = [*read.problems, *_not_allowed(session, read.lines, measures, terms.by)]
    lines = _without(read.lines, problems)
    locks, done, found = locks_of(session, measures.values()), 0, _Found(problems=problems)
    for few in _a_few_measures(lines):
        watch(done)
        _compare_few(session, few, measures, locks, terms, found=found)
        done += len(few)
    found.sort()
    if found.problems and not terms.partial:
        raise RefusedError(found.problems)
    pairs = [(each.measure, each.figure) for each in found.kept]
    touched = returns_touched(session, pairs, by_service=is_of_service(session, terms.by))
    report = FiguresReport(
        rows=len(read.lines) + read.empty_rows + len({problem.row for problem in read.problems}),
        added=sum(each.before is None for each in found.kept),
        revised=sum(each.before is not None for each in found.kept),
        same=len(lines) - len(found.anew),
        empty=read.empty_rows,
        refused=tuple(found.problems),
        changes=tuple(found.kept),
        held=tuple(found.held),
        returns=tuple(sorted({f"{month.start:%Y-%m}-{unit}" for unit, month in touched.values()})),
        fingerprint=digest_of(each.figure for each in found.anew),
        questioned=found.questioned,
    )
    return report, touched


def digest_of(new: Iterable[Figure]) -> str:
    """What was added, in one short text, so that the audit trail can tell two imports apart."""
    digest = hashlib.sha256()
    for each in new:
        parts = (each.measure_code, each.area_code, each.period.iso, each.revision, each.numerator, each.denominator)
        digest.update(repr((*parts, each.value, each.absence and each.absence.value)).encode())
    return digest.hexdigest()


def _said(read: FiguresRead) -> Iterator[Figure]:
    return (line.figure for line in read.lines)


def _a_few_measures(lines: Iterable[FigureLine]) -> Iterator[list[FigureLine]]:
    """The lines of a few whole measures at a time: what a row is held against is of its own measure."""
    of_each: dict[str, list[FigureLine]] = defaultdict(list)
    for line in lines:
        of_each[line.figure.measure_code].append(line)
    for codes in in_batches(sorted(of_each)):
        yield [line for code in codes for line in of_each.pop(code)]


def _compare_few(
    session: Session,
    lines: Sequence[FigureLine],
    measures: dict[str, Measure],
    locks: Locks,
    terms: Terms,
    *,
    found: _Found,
) -> None:
    stored = current_series(
        session,
        measure_codes={line.figure.measure_code for line in lines},
        area_codes=held_against(session, {line.figure.area_code for line in lines}),
    )
    anew, left_out = _changes(session, lines, stored, measures, terms)
    open_now, closed, said = may_write(session, anew, terms.by, locks)
    sifted = sift(session, open_now, stored, accept_unusual=terms.accept_unusual, has_reason=terms.has_reason)
    found.problems += [*closed, *(each.problem for each in sifted.held)]
    found.anew += anew
    found.kept += sifted.kept
    found.held += sifted.held
    pairs = [(each.measure, each.figure) for each in sifted.kept]
    found.early += said
    found.disagreeing += disagreements(session, pairs)
    found.doubtful += sifted.said
    found.left_out += left_out


def _not_allowed(
    session: Session, lines: Sequence[FigureLine], measures: dict[str, Measure], by: User | None
) -> list[RowProblem]:
    """Rows the person may not import: those who import may all, a service's people only what is theirs."""
    if by is None or not is_of_service(session, by):
        return []
    own = demand(session, by, Permission.SIGN_IN).units_where(Permission.ENTER_FIGURES)
    if not own:
        raise NotAllowedError(Permission.IMPORT)
    return [
        RowProblem(
            row=line.row,
            column="measure_code",
            message=f"You may not enter figures for {unit}, to which {line.figure.measure_code} belongs.",
        )
        for line in lines
        if (unit := measures[line.figure.measure_code].unit_code) not in own
    ]


_Rows = TypeVar("_Rows", FigureLine, FigureChange)


def _without(rows: Iterable[_Rows], problems: Iterable[RowProblem]) -> list[_Rows]:
    refused = {problem.row for problem in problems}
    return [each for each in rows if each.row not in refused]


def _changes(
    session: Session,
    lines: Sequence[FigureLine],
    stored: CurrentFigures,
    measures: dict[str, Measure],
    terms: Terms,
) -> tuple[list[FigureChange], list[str]]:
    """The revisions to add, one a line that says something the stored figure does not; and what is left out of them."""
    keys = confirmed_anew(lines, stored)
    of, at_places = {code for code, _, _ in keys}, {area for _, area, _ in keys}
    earlier = list_every_revision(session, measure_codes=of, area_codes=at_places) if keys else []
    lines, left_out = of_their_numbers(lines, earlier, measures)
    found, username = [], account_of(terms.by)
    for line in lines:
        figure, measure = line.figure, measures[line.figure.measure_code]
        before = stored.get((figure.measure_code, figure.area_code), {}).get(figure.period)
        if before is None or not _says_the_same(line, before, measure.decimals):
            revision = before.revision + 1 if before else 1
            new = replace(figure, revision=revision, recorded_at=terms.at, recorded_by=username)
            found.append(FigureChange(row=line.row, measure=measure, figure=new, before=before))
    return found, left_out


def _says_the_same(line: FigureLine, stored: Figure, decimals: int) -> bool:
    """Whether the line repeats the stored figure: exactly, or as the export of this very revision printed it."""
    shown = as_shown(line, stored, decimals)
    return line.figure.same_content(stored) or line.figure.same_content(shown)
