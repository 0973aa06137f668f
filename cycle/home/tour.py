"""Home: the short tour of a first visit, which stands there until the person closes it, and again once they ask."""

from cycle.ground.access import demand
from data_access.council import people
from data_access.council.settings_store import get_now
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.people import Permission, User


def is_open(*, by: User) -> bool:
    """Whether Home shows the person the tour."""
    with reading() as session:
        user = demand(session, by, Permission.SIGN_IN)
        return not people.has_closed_tour(session, username=user.username)


def close_tour(*, by: User) -> None:
    """From now on Home does without it, wherever the person signs in."""
    _keep(is_closed=True, by=by)


def open_tour(*, by: User) -> None:
    """Home shows it again, until it is closed again."""
    _keep(is_closed=False, by=by)


def _keep(*, is_closed: bool, by: User) -> None:
    """Nothing is written where it is so already, as in a second tab."""
    with transaction() as session:
        user = demand(session, by, Permission.SIGN_IN)
        if people.has_closed_tour(session, username=user.username) == is_closed:
            return
        people.save_closed_tour(session, username=user.username, is_closed=is_closed)
        verb = "close the tour" if is_closed else "open the tour"
        add_event(session, at=get_now(session), username=user.username, verb=verb, subject=user.username)
