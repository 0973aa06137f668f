"""The committee calendar: which edition is for which meeting, when its figures close, and who may read it."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import account_of
from cycle.report.editions import guard
from cycle.report.editions.guard import EditionError, EditionMovedError, EditionRefusedError
from data_access.council.settings_store import get_today
from data_access.report import editions
from data_access.store.database import reading, transaction
from performance.ground.entry import Problem
from performance.ground.people import Permission, User
from performance.report.editions import Edition, EditionState, check_edition


@dataclass(frozen=True, kw_only=True)
class Calendar:
    """The editions that this person may read, the last meeting first; and whether they may plan more."""

    editions: tuple[Edition, ...]
    may_plan: bool
    today: date

    @property
    def to_come(self) -> tuple[Edition, ...]:
        """Those that are not published yet, the next meeting first."""
        return tuple(reversed([each for each in self.editions if not each.is_published]))

    @property
    def published(self) -> tuple[Edition, ...]:
        return tuple(each for each in self.editions if each.is_published)


def list_editions(*, by: User) -> Calendar:
    """The committee calendar, for whoever makes editions; for everybody else what is published to them."""
    with reading() as session:
        user = demand(session, by, Permission.SIGN_IN)
        found = editions.list_editions(session)
        return Calendar(
            editions=tuple(each for each in found if each.may_read(user)),
            may_plan=user.may(Permission.MAKE_EDITIONS),
            today=get_today(session),
        )


def plan_edition(edition: Edition, *, by: User | None) -> int:
    """Put a meeting on the calendar. Answers the id of its edition. Raises EditionRefusedError."""
    with transaction() as session:
        guard.demand_maker(session, by)
        wanted = _cleaned(edition)
        _demand_free(session, wanted)
        try:
            edition_id = editions.add_edition(session, edition=wanted, planned_by=account_of(by))
        except IntegrityError as fault:
            raise EditionMovedError from fault
        guard.record(session, "plan edition", replace(wanted, id=edition_id), by, **_told(wanted))
        return edition_id


def change_edition(edition: Edition, *, by: User) -> None:
    """Move its dates or name its audience anew, at the version that was seen; before the freeze also what it is of.

    Raises EditionError, EditionRefusedError, EditionMovedError.
    """
    with transaction() as session:
        guard.demand_maker(session, by)
        stored = guard.demand_open(session, edition.id, edition.version)
        wanted = _cleaned(edition)
        if stored.state is EditionState.FROZEN and (wanted.period, wanted.kinds) != (stored.period, stored.kinds):
            raise EditionError("Its figures are frozen: what the edition is of can no longer be changed.")
        if wanted == stored:
            raise EditionError("Nothing is changed: the calendar says this already.")
        _demand_free(session, wanted)
        guard.save(session, wanted)
        guard.record(session, "change edition", wanted, by, **_told(wanted))


def cancel_edition(edition_id: int, *, version: int, by: User) -> None:
    """Take a meeting off the calendar for which nothing was frozen yet. Raises EditionError, EditionMovedError."""
    with transaction() as session:
        guard.demand_maker(session, by)
        stored = guard.demand_open(session, edition_id, version)
        if stored.freeze is not None:
            raise EditionError("Its figures are frozen, and what was frozen is kept. Move its dates in its stead.")
        try:
            editions.remove_edition(session, edition=stored)
        except editions.StaleEditionError as fault:
            raise EditionMovedError from fault
        guard.record(session, "cancel edition", stored, by, **_told(stored))


def _cleaned(edition: Edition) -> Edition:
    """Raises EditionRefusedError. Who freezes and who publishes is said by other verbs."""
    wanted = replace(edition, committee=edition.committee.strip(), freeze=edition.freeze, published_at=None,
                     published_by=None)  # fmt: skip
    if problems := check_edition(wanted):
        raise EditionRefusedError(problems)
    return wanted


def _demand_free(session: Session, wanted: Edition) -> None:
    others = editions.list_editions(session, period=wanted.period)
    if any(each.id != wanted.id and each.committee.casefold() == wanted.committee.casefold() for each in others):
        said = f"{wanted.committee} has an edition of {wanted.period.in_words} already"
        raise EditionRefusedError([Problem(field="committee", message=said)])


def _told(edition: Edition) -> dict[str, object]:
    return {
        "committee": edition.committee,
        "meets_on": edition.meets_on,
        "closes_on": edition.closes_on,
        "audience": edition.audience.value,
        "kinds": [kind.value for kind in edition.kinds],
    }
