"""Ward profiles as anyone may see them, with small counts hidden: for the operator's command line, and as far as an
edition bears them out for whoever asks without signing in."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from cycle.ground.opening import NotReadyError
from cycle.ground.series.warding import NoWardFiguresError, measured_areas, ward_measures_of
from cycle.review._ward_profile import ward_profile_of, wards_of
from data_access.council.areas import AreaNotFoundError
from data_access.store.database import reading
from performance.ground.organisation import Area
from performance.ground.periods import Period
from performance.ground.readers import PUBLIC
from performance.review.wards.profile import WardProfile
from performance.review.wards.published import Published, as_published


def public_profile(ward: str, period: Period | None) -> WardProfile:
    """By the ward's code or its name, today's ward before an earlier one of that name. Raises AreaNotFoundError."""
    asked = ward.strip().casefold()
    with reading() as session:
        named = [
            each
            for each in wards_of(session, PUBLIC)
            if asked in {name.casefold() for name in (each.code, each.name, *each.aliases)}
        ]
        if not named:
            raise AreaNotFoundError(ward)
        return ward_profile_of(session, named[0].code, period, reader=PUBLIC, as_known_at=None)


def published_wards(published: Mapping[str, Published], *, known_at: datetime) -> tuple[Area, ...]:
    """The wards that had a figure of what was published as it was known then. Raises NotReadyError."""
    try:
        with reading() as session:
            return _wards(session, published, known_at)
    except SQLAlchemyError as fault:
        raise NotReadyError.unreachable() from fault


def find_published_profile(
    ward: str, period: Period, published: Mapping[str, Published], *, known_at: datetime
) -> WardProfile | None:
    """By the ward's code, up to the end of the edition's period and as known at its freeze; None where nothing was
    published of such a ward. Raises NotReadyError."""
    try:
        with reading() as session:
            if ward not in {each.code for each in _wards(session, published, known_at)}:
                return None
            return as_published(ward_profile_of(session, ward, period, reader=PUBLIC, as_known_at=known_at), published)
    except (NoWardFiguresError, AreaNotFoundError):
        return None
    except SQLAlchemyError as fault:
        raise NotReadyError.unreachable() from fault


def _wards(session: Session, published: Mapping[str, Published], known_at: datetime) -> tuple[Area, ...]:
    measures = [each for each in ward_measures_of(session, PUBLIC) if each.code in published]
    known = measured_areas(session, measures, PUBLIC, as_known_at=known_at)
    codes = frozenset[str]().union(*known.values())
    return tuple(each for each in wards_of(session, PUBLIC) if each.code in codes)
