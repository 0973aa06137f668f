"""What an import changed, figure by figure, and taking it back: by a new revision, never by forgetting."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from cycle.do.files.figures_report import FiguresReport
from cycle.do.files.importing import import_figures
from cycle.do.files.log import list_runs
from cycle.do.files.questions import FigureChange
from cycle.do.files.rerating import Ratings, ratings
from cycle.ground.access import demand
from data_access.council import areas
from data_access.do import figures
from data_access.plan import register
from data_access.store.database import reading
from data_access.store.errors import NotFoundError
from performance.do.import_runs import ImportRun
from performance.ground.figures import Figure
from performance.ground.incoming import FigureLine, FiguresRead
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.ground.values import Absence


class NoSuchImportError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such import, or you may not see it. The page Imports lists those there are.")


class NotTakenBackError(ValueError):
    """The import stays as it is; the sentence says why."""


@dataclass(frozen=True, kw_only=True)
class ImportReceipt:
    """An import and the figures it made. `current` are the rows that nothing has been put in the place of since."""

    run: ImportRun
    changes: tuple[FigureChange, ...]
    current: tuple[FigureChange, ...]
    area_names: Mapping[str, str]
    ratings: Ratings
    may_take_back: bool

    @property
    def moved_on(self) -> int:
        """How many of its figures have been changed since: those stay as they are."""
        return len(self.changes) - len(self.current)


def find_receipt(run_id: int, *, by: User) -> ImportReceipt:
    """What an import changed, as far as the person may see it. Raises NoSuchImportError."""
    run = next((each for each in list_runs(by=by) if each.id == run_id), None)
    if run is None:
        raise NoSuchImportError
    with reading() as session:
        user = demand(session, by, Permission.VIEW_IMPORTS)
        own = None if user.may(Permission.IMPORT) else user.units_where(Permission.VIEW_IMPORTS)
        changes, current = _changed(session, run, own)
        area_names = {area.code: area.name for area in areas.list_areas(session)}
        rated = ratings(session, changes)
    return ImportReceipt(
        run=run,
        changes=changes,
        current=current,
        area_names=area_names,
        ratings=rated,
        may_take_back=bool(current) and user.may(Permission.IMPORT),
    )


def take_back_import(run_id: int, *, reason: str, by: User) -> FiguresReport:
    """Put what stood before in the place of what the import brought; a figure that was new is not yet received again.

    Figures changed since stay as they are. What is signed off or locked becomes a correction, with the reason. It is
    an import of its own, with its own receipt, and can be taken back as well. Raises NotTakenBackError.
    """
    with reading() as session:
        demand(session, by, Permission.IMPORT)
    if not reason.strip():
        raise NotTakenBackError("Enter why the import is taken back. Whoever reads the figures sees it")
    receipt = find_receipt(run_id, by=by)
    if not receipt.current:
        raise NotTakenBackError("Nothing is left to take back: every figure of this import has been changed since")
    lines = tuple(
        FigureLine(row=number, figure=_before(change)) for number, change in enumerate(receipt.current, start=1)
    )
    return import_figures(
        FiguresRead(lines=lines, problems=()),
        source=f"Taken back: {receipt.run.source}",
        accept_unusual=True,
        reason=reason,
        by=by,
    )


def _before(change: FigureChange) -> Figure:
    if change.before is not None:
        return replace(change.before, confirmed_checks=(), reopening_id=None)
    empty = replace(change.figure, numerator=None, denominator=None, value=None, commentary="", confirmed_checks=())
    return replace(empty, absence=Absence.NOT_PROVIDED, expected_on=None, reopening_id=None)


def _changed(
    session: Session, run: ImportRun, own: frozenset[str] | None
) -> tuple[tuple[FigureChange, ...], tuple[FigureChange, ...]]:
    """The figures of the import with what they took the place of, and those of them that still stand."""
    made = figures.list_recorded(session, at=run.imported_at)
    codes, area_codes = {each.measure_code for each in made}, {each.area_code for each in made}
    measures = {measure.code: measure for measure in register.list_measures(session, codes=codes)}
    every = figures.list_every_revision(session, measure_codes=codes, area_codes=area_codes)
    by_revision = {(each.measure_code, each.area_code, each.period, each.revision): each for each in every}
    found = [
        FigureChange(
            row=number,
            measure=measures[each.measure_code],
            figure=each,
            before=by_revision.get((each.measure_code, each.area_code, each.period, each.revision - 1)),
        )
        for number, each in enumerate(made, start=1)
        if own is None or measures[each.measure_code].unit_code in own
    ]
    return tuple(found), tuple(each for each in found if _stands(each, by_revision))


def _stands(change: FigureChange, by_revision: Mapping[tuple[str, str, Period, int], Figure]) -> bool:
    measure_code, area_code, period = change.key
    return (measure_code, area_code, period, change.figure.revision + 1) not in by_revision
