"""Ward profiles for the operator's command line: as anyone may see them, with small counts hidden."""

from cycle.review._ward_profile import ward_profile_of, wards_of
from data_access.council.areas import AreaNotFoundError
from data_access.store.database import reading
from performance.ground.periods import Period
from performance.ground.readers import PUBLIC
from performance.review.wards.profile import WardProfile


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
