"""Review: a councillor's own ward, which Home shows them first; they choose it once, and may choose another."""

from collections.abc import Mapping
from dataclasses import dataclass

from cycle.ground.access import demand
from cycle.review import readings
from data_access.council import people
from data_access.council.areas import AreaNotFoundError
from data_access.council.settings_store import get_now
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.people import Permission, User
from performance.review.wards.profile import WardProfile


@dataclass(frozen=True, kw_only=True)
class OwnWard:
    """The wards there are to choose from, by code, and the profile of the one chosen; None before one is."""

    wards: Mapping[str, str]
    profile: WardProfile | None


def own_ward(*, by: User) -> OwnWard:
    """The ward the person has chosen, as they may see it."""
    wards, code = readings.list_wards(by=by), find_own_ward(by=by)
    # A ward whose figures are gone is no longer anybody's.
    return OwnWard(wards=wards, profile=readings.ward_profile(code, by=by) if code in wards else None)


def find_own_ward(*, by: User) -> str | None:
    """The code of the ward the person has chosen, which pages of wards open on; None before one is."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_WARDS)
        return people.find_own_ward(session, username=user.username)


def choose_own_ward(code: str, *, by: User) -> None:
    """From now on Home shows the person this ward. Raises AreaNotFoundError for one without figures."""
    if code not in readings.list_wards(by=by):
        raise AreaNotFoundError(code)
    with transaction() as session:
        user = demand(session, by, Permission.VIEW_WARDS)
        people.save_own_ward(session, username=user.username, ward_code=code)
        add_event(
            session, at=get_now(session), username=user.username, verb="choose own ward", subject=user.username,
            after={"ward": code},
        )  # fmt: skip
