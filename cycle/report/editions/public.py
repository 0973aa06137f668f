"""Editions as anybody may read them, without signing in: those that are published to the public, and nothing else."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from cycle.ground.opening import NotReadyError
from cycle.report.editions._pack import pack_of
from data_access.council.settings_store import list_settings
from data_access.report import editions
from data_access.store.database import reading
from performance.report.editions import Edition
from performance.report.pack import Pack
from performance.report.public import newest_first


@dataclass(frozen=True, kw_only=True)
class Publisher:
    """The council as the public knows it: its name, its place and the code of its area.

    `is_demonstration` says that it is a made-up day's, whose monthly figures are illustrative.
    """

    name: str
    place: str
    area: str
    is_demonstration: bool


@dataclass(frozen=True, kw_only=True)
class PublicFace:
    """Whose it is, and every public edition, the newest first."""

    publisher: Publisher
    editions: tuple[Edition, ...]

    @property
    def latest(self) -> Edition | None:
        return next(iter(self.editions), None)


@dataclass(frozen=True, kw_only=True)
class PublicEdition:
    """One public edition, without what is hidden by now; `is_latest` where no newer one is public."""

    publisher: Publisher
    pack: Pack
    is_latest: bool


def face() -> PublicFace:
    """What there is to read for the public. Raises NotReadyError without a database."""
    with _reading() as session:
        return _face(session)


def find_latest() -> PublicEdition | None:
    """The newest public edition, if there is any. Raises NotReadyError without a database."""
    with _reading() as session:
        found = _face(session)
        return _edition(session, found, found.latest) if found.latest else None


def newest_first_each() -> Iterator[PublicEdition]:
    """Every public edition with its pack, the newest first, each as it is asked for. Raises NotReadyError."""
    for edition in face().editions:
        with _reading() as session:
            found = _edition(session, _face(session), edition)
        yield found


def find_edition(reference: str) -> PublicEdition | None:
    """The public edition that is quoted like this; None also for one that the public may not read. Raises
    NotReadyError without a database."""
    with _reading() as session:
        found = _face(session)
        quoted = next((each for each in found.editions if each.reference == reference), None)
        return _edition(session, found, quoted) if quoted else None


def _face(session: Session) -> PublicFace:
    said = list_settings(session)
    publisher = Publisher(
        name=said["council_name"],
        place=said["council_place"],
        area=said["council_area"],
        is_demonstration=said["demonstration"] == "yes",
    )
    return PublicFace(publisher=publisher, editions=newest_first(editions.list_editions(session)))


def _edition(session: Session, found: PublicFace, edition: Edition) -> PublicEdition:
    pack = pack_of(session, edition).for_the_public
    return PublicEdition(publisher=found.publisher, pack=pack, is_latest=edition == found.latest)


@contextmanager
def _reading() -> Iterator[Session]:
    try:
        with reading() as session:
            yield session
    except SQLAlchemyError as fault:
        raise NotReadyError.unreachable() from fault
