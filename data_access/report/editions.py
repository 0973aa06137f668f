"""The committee calendar with its editions, and the lines that were frozen for them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from data_access.models import EditionRow, EditionWordsRow, FreezeRow, FrozenLineRow
from data_access.report.documents import freeze_document, from_document, read_beside, read_restated, to_document
from data_access.store.errors import NotFoundError
from data_access.store.ordering import by_code
from performance.ground.measures import ContentKind
from performance.ground.periods import Period
from performance.report.beside import NOTHING_BESIDE, Beside
from performance.report.editions import Edition, Freeze
from performance.report.frozen import FrozenLine
from performance.report.restated import Restated
from performance.report.words import Said, Spot

_PLAIN = ("committee", "meets_on", "closes_on", "audience", "published_by", "published_at", "version")


class EditionNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("There is no such edition. Choose one from the list.")


class StaleEditionError(Exception):
    """The edition is no longer at the version the change was based on."""


class StaleWordsError(Exception):
    """Somebody else wrote there meanwhile."""


def list_editions(session: Session, *, period: Period | None = None) -> list[Edition]:
    """Every edition, or those of a period; by the day of the meeting, the last one first."""
    query = select(EditionRow).order_by(EditionRow.meets_on.desc(), EditionRow.id.desc())
    if period is not None:
        query = query.where(EditionRow.period_start == period.start, EditionRow.period_months == period.months)
    freezes = _freezes(session)
    return [_edition(row, freezes.get(row.id)) for row in session.scalars(query)]


def get_edition(session: Session, *, edition_id: int) -> Edition:
    """Raises EditionNotFoundError."""
    row = session.get(EditionRow, edition_id)
    if row is None:
        raise EditionNotFoundError
    return _edition(row, _freezes(session, edition_id=edition_id).get(edition_id))


def add_edition(session: Session, *, edition: Edition, planned_by: str) -> int:
    """Put a meeting on the calendar. Answers its id."""
    row = EditionRow(**_values(edition), planned_by=planned_by)
    session.add(row)
    session.flush()
    return row.id


def save_edition(session: Session, *, edition: Edition) -> None:
    """Keep an edition as it is now, one version on. Raises StaleEditionError where another version is stored."""
    found = session.execute(
        update(EditionRow)
        .where(EditionRow.id == edition.id, EditionRow.version == edition.version)
        .values(_values(edition) | {"version": edition.version + 1})
        .execution_options(synchronize_session="fetch")
        .returning(EditionRow.id)
    ).all()
    if not found:
        raise StaleEditionError


def remove_edition(session: Session, *, edition: Edition) -> None:
    """Take a meeting off the calendar. Raises StaleEditionError where another version is stored."""
    of_version = (EditionRow.id == edition.id, EditionRow.version == edition.version)
    if not session.execute(delete(EditionRow).where(*of_version).returning(EditionRow.id)).all():
        raise StaleEditionError


def add_freeze(
    session: Session,
    *,
    edition_id: int,
    freeze: Freeze,
    lines: Sequence[FrozenLine],
    restated: Sequence[Restated] = (),
    beside: Beside = NOTHING_BESIDE,
) -> Freeze:
    """Keep the lines of an edition in their order, for ever, with what is restated of the one before and what is said
    besides measures."""
    row = FreezeRow(
        edition_id=edition_id,
        number=freeze.number,
        lines=len(lines),
        frozen_at=freeze.at,
        frozen_by=freeze.by,
        before_id=freeze.before_id,
        restated=freeze_document(restated, beside),
    )
    session.add(row)
    session.flush()
    kept = [
        {"freeze_id": row.id, "measure_code": each.measure_code, "position": place, "said": to_document(each)}
        for place, each in enumerate(lines)
    ]
    if kept:
        session.execute(insert(FrozenLineRow), kept)
    return replace(freeze, id=row.id, lines=len(lines))


def list_frozen_lines(session: Session, *, freeze_id: int) -> tuple[FrozenLine, ...]:
    """The lines of a freeze, in the order in which they were frozen."""
    query = select(FrozenLineRow.said).where(FrozenLineRow.freeze_id == freeze_id).order_by(FrozenLineRow.position)
    return tuple(from_document(said) for said in session.scalars(query))


def list_frozen_restated(session: Session, *, freeze_id: int) -> tuple[Restated, ...]:
    """What was restated of the edition before as it was frozen."""
    return read_restated(session.get_one(FreezeRow, freeze_id).restated)


def find_frozen_beside(session: Session, *, freeze_id: int) -> Beside:
    """What was frozen besides measures."""
    return read_beside(session.get_one(FreezeRow, freeze_id).restated)


def find_edition_of(session: Session, *, freeze_id: int) -> Edition | None:
    """The edition that the freeze is of; None where there is no such freeze."""
    row = session.get(FreezeRow, freeze_id)
    return None if row is None else get_edition(session, edition_id=row.edition_id)


def list_words(session: Session, *, edition_id: int) -> dict[Spot, Said]:
    """What is written for an edition, by the place and the measure that it is of."""
    query = select(EditionWordsRow).where(EditionWordsRow.edition_id == edition_id)
    query = query.order_by(by_code(EditionWordsRow.place), by_code(EditionWordsRow.measure_code))
    return {
        (row.place, row.measure_code): Said(words=row.words, by=row.said_by, at=row.said_at, version=row.version)
        for row in session.scalars(query)
    }


def save_words(session: Session, *, edition_id: int, spot: Spot, said: Said) -> None:
    """Keep words one version after `said.version`, 0 for the first. Raises StaleWordsError where others are stored."""
    (place, code), kept = spot, {"words": said.words, "said_by": said.by, "said_at": said.at}
    if not said.version:
        row = EditionWordsRow(edition_id=edition_id, place=place, measure_code=code, version=1, **kept)
        try:
            with session.begin_nested():
                session.add(row)
        except IntegrityError as fault:
            raise StaleWordsError from fault
        return
    found = session.execute(
        update(EditionWordsRow)
        .where(
            EditionWordsRow.edition_id == edition_id,
            EditionWordsRow.place == place,
            EditionWordsRow.measure_code == code,
            EditionWordsRow.version == said.version,
        )
        .values(kept | {"version": said.version + 1})
        .execution_options(synchronize_session="fetch")
        .returning(EditionWordsRow.version)
    ).all()
    if not found:
        raise StaleWordsError


def _freezes(session: Session, *, edition_id: int | None = None) -> dict[int, Freeze]:
    """The last freeze of each edition, or of one."""
    query = select(FreezeRow).order_by(FreezeRow.edition_id, FreezeRow.number)
    if edition_id is not None:
        query = query.where(FreezeRow.edition_id == edition_id)
    return {
        row.edition_id: Freeze(
            id=row.id,
            at=row.frozen_at,
            by=row.frozen_by,
            number=row.number,
            lines=row.lines,
            before_id=row.before_id,
        )
        for row in session.scalars(query)
    }


def _values(edition: Edition) -> dict[str, Any]:
    kinds = ",".join(kind.value for kind in edition.kinds)
    of_period = {"period_start": edition.period.start, "period_months": edition.period.months}
    return {name: getattr(edition, name) for name in _PLAIN} | of_period | {"kinds": kinds}


def _edition(row: EditionRow, freeze: Freeze | None) -> Edition:
    return Edition(
        id=row.id,
        period=Period(start=row.period_start, months=row.period_months),
        kinds=tuple(ContentKind(kind) for kind in row.kinds.split(",") if kind),
        freeze=freeze,
        **{name: getattr(row, name) for name in _PLAIN},
    )
