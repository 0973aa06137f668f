"""People, the roles they hold at units, and the browsers they are signed in at."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Date, and_, bindparam, delete, or_, select
from sqlalchemy.orm import Session

from data_access.council.dates import valid_on
from data_access.council.settings_store import find_data_version
from data_access.models import PersonRow, RoleHoldingRow, SignInRow, UnitPlacementRow, UnitRow
from data_access.store.errors import NotFoundError
from data_access.store.ordering import by_code
from data_access.store.versions import reads_of
from performance.ground.organisation import units_below
from performance.ground.people import Holding, Role, User
from performance.ground.reading_order import as_read


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person's account as an administrator sees it."""

    username: str
    name: str
    email: str
    is_disabled: bool
    roles: tuple[str, ...]
    manager: str | None = None
    wants_no_mail: bool = False


@dataclass(frozen=True, kw_only=True)
class HeldRole:
    """One role of one person at one unit, from the first day to the last; None is no limit."""

    id: int
    username: str
    role: Role
    unit_code: str
    first_day: date | None
    last_day: date | None


# Asked on every run of every page: put together once, and of the tables themselves, which is twice as quick.
_DAY = bindparam("day", type_=Date)
_PEOPLE, _HELD, _PLACED = PersonRow.__table__.c, RoleHoldingRow.__table__.c, UnitPlacementRow.__table__.c
_PERSON_WITH_ROLES = (
    select(
        _PEOPLE.username,
        _PEOPLE.name,
        _PEOPLE.session_epoch,
        _PEOPLE.must_change_password,
        _PEOPLE.one_time_since,
        _PEOPLE.disabled_at,
        _HELD.role,
        _HELD.unit_code,
    )
    .select_from(
        PersonRow.__table__.outerjoin(
            RoleHoldingRow.__table__, and_(_HELD.username == _PEOPLE.username, *valid_on(_HELD, _DAY))
        )
    )
    .where(_PEOPLE.username == bindparam("username"))
    .order_by(_HELD.id)
)
_kept_parents: dict[str, tuple[object, list[tuple[str, str | None]]]] = {}
_PLACEMENTS = select(_PLACED.unit_code, _PLACED.parent_code).where(*valid_on(_PLACED, _DAY)).order_by(_PLACED.id)


class PersonNotFoundError(NotFoundError):
    def __init__(self, username: str) -> None:
        super().__init__(f'There is no account "{username}". `manage.py user list` names them all.')


class HoldingNotFoundError(NotFoundError):
    def __init__(self) -> None:
        super().__init__("This has ended already. Open the page again to see who signs off.")


def find_user(session: Session, *, username: str, on: date) -> User | None:
    """The person with the roles held on the day, or None where unknown or disabled."""
    connection = session.connection()
    rows = connection.execute(_PERSON_WITH_ROLES, {"username": username, "day": on}).all()
    if not rows or rows[0].disabled_at is not None:
        return None
    held = [(row.role, row.unit_code) for row in rows if row.role is not None]
    parents = _parents(session, on) if held else []
    return User(
        username=rows[0].username,
        name=rows[0].name,
        session_epoch=rows[0].session_epoch,
        must_change_password=rows[0].must_change_password,
        one_time_since=rows[0].one_time_since,
        holdings=tuple(Holding(role=role, unit_code=unit, covers=units_below(unit, parents)) for role, unit in held),
    )


def _parents(session: Session, on: date) -> list[tuple[str, str | None]]:
    """Every unit of the day with the one above it; a reading asks again only when something has changed."""
    url = str(session.get_bind().engine.url)
    version = (find_data_version(session), on) if reads_of(session) else None
    seen, parents = _kept_parents.get(url, (None, []))
    if version is None or seen != version:
        parents = [(code, parent) for code, parent in session.connection().execute(_PLACEMENTS, {"day": on})]
        if version is not None:
            _kept_parents[url] = (version, parents)
    return parents


def list_people(session: Session, *, on: date) -> list[Person]:
    held: dict[str, list[str]] = {}
    for row in session.scalars(select(RoleHoldingRow).where(*valid_on(RoleHoldingRow, on)).order_by(RoleHoldingRow.id)):
        held.setdefault(row.username, []).append(f"{row.role.value}@{row.unit_code}")
    return [
        Person(
            username=row.username,
            name=row.name,
            email=row.email,
            is_disabled=row.disabled_at is not None,
            roles=tuple(held.get(row.username, ())),
            manager=row.manager,
            wants_no_mail=row.wants_no_mail,
        )
        for row in session.scalars(select(PersonRow).order_by(by_code(PersonRow.username)))
    ]


def list_posts(session: Session, *, on: date) -> list[tuple[Role, str]]:
    """The roles held on the day at units, by those whose account is open; ordered by person."""
    query = select(RoleHoldingRow.role, RoleHoldingRow.unit_code).join(
        PersonRow, PersonRow.username == RoleHoldingRow.username
    )
    open_on_the_day = query.where(PersonRow.disabled_at.is_(None), *valid_on(RoleHoldingRow, on))
    return [(role, unit) for role, unit in session.execute(open_on_the_day.order_by(RoleHoldingRow.id))]


def list_holdings(session: Session, *, role: Role, unit_codes: Collection[str], since: date) -> list[HeldRole]:
    """Who holds the role at the units on the day or later, the earliest first."""
    query = (
        select(RoleHoldingRow)
        .where(RoleHoldingRow.role == role, RoleHoldingRow.unit_code.in_(unit_codes))
        .where(or_(RoleHoldingRow.valid_to.is_(None), RoleHoldingRow.valid_to >= since))
        .order_by(RoleHoldingRow.valid_from, RoleHoldingRow.id)
    )
    return [_held(row) for row in session.scalars(query)]


def get_holding(session: Session, *, holding_id: int) -> HeldRole:
    """A role as it is held. Raises HoldingNotFoundError."""
    row = session.get(RoleHoldingRow, holding_id, with_for_update=True, populate_existing=True)
    if row is None:
        raise HoldingNotFoundError
    return _held(row)


def add_holding(
    session: Session, *, username: str, role: Role, unit_code: str, first_day: date, last_day: date | None
) -> HeldRole:
    """A role for a time, both days included, or without an end. Raises PersonNotFoundError."""
    row = RoleHoldingRow(
        username=_get_row(session, username).username,
        role=role,
        unit_code=unit_code,
        valid_from=first_day,
        valid_to=last_day,
    )
    session.add(row)
    session.flush()
    return _held(row)


def save_holding_ended(session: Session, *, holding_id: int, last_day: date) -> None:
    """The role ends with the day; one that would not have begun by then never was."""
    row = session.get_one(RoleHoldingRow, holding_id)
    if row.valid_from is not None and row.valid_from > last_day:
        session.delete(row)
    else:
        row.valid_to = last_day
    session.flush()


def save_holding_until(session: Session, *, holding_id: int, last_day: date | None) -> None:
    """The role goes on to the day, or without an end."""
    session.get_one(RoleHoldingRow, holding_id).valid_to = last_day
    session.flush()


def list_managed(session: Session, *, manager: str, on: date) -> list[Person]:
    """Those with an open account whose manager the person is today, by name."""
    found = [each for each in list_people(session, on=on) if each.manager == manager and not each.is_disabled]
    return sorted(found, key=lambda each: (as_read(each.name), each.username))


def save_manager(session: Session, *, username: str, manager: str | None) -> None:
    """Who reads the person's own objectives beside them; None takes the manager away."""
    row = _get_row(session, username)
    row.manager = None if manager is None else _get_row(session, manager).username
    session.flush()


def find_password_hash(session: Session, *, username: str) -> str | None:
    row = session.get(PersonRow, username)
    return None if row is None or row.disabled_at is not None else row.password_hash


def person_exists(session: Session, *, username: str) -> bool:
    return session.get(PersonRow, username) is not None


def add_person(
    session: Session,
    *,
    username: str,
    name: str,
    email: str,
    password_hash: str,
    roles: Iterable[tuple[Role, str]],
    one_time_since: datetime | None,
) -> None:
    """A new account; `roles` are pairs of role and unit code. None where the password is the person's own."""
    session.add(
        PersonRow(
            username=username,
            name=name,
            email=email,
            password_hash=password_hash,
            must_change_password=one_time_since is not None,
            one_time_since=one_time_since,
        )
    )
    session.flush()
    session.add_all(RoleHoldingRow(username=username, role=role, unit_code=unit) for role, unit in roles)


def find_own_ward(session: Session, *, username: str) -> str | None:
    """The code of the ward the person has chosen as theirs."""
    return session.scalar(select(PersonRow.ward_code).where(PersonRow.username == username))


def save_own_ward(session: Session, *, username: str, ward_code: str) -> None:
    _get_row(session, username).ward_code = ward_code


def save_email(session: Session, *, username: str, email: str) -> None:
    """Where mails to the person go. Raises PersonNotFoundError."""
    _get_row(session, username).email = email
    session.flush()


def find_mail_choice(session: Session, *, username: str) -> tuple[str, bool]:
    """The person's e-mail address, and whether they want no mail."""
    found = session.execute(select(PersonRow.email, PersonRow.wants_no_mail).where(PersonRow.username == username))
    email, wants_no_mail = found.one()
    return email, wants_no_mail


def save_wants_no_mail(session: Session, *, username: str, wants_no_mail: bool) -> None:
    _get_row(session, username).wants_no_mail = wants_no_mail


def has_closed_tour(session: Session, *, username: str) -> bool:
    """Whether the person has seen the tour of a first visit, and closed it."""
    return bool(session.scalar(select(PersonRow.closed_tour).where(PersonRow.username == username)))


def save_closed_tour(session: Session, *, username: str, is_closed: bool) -> None:
    _get_row(session, username).closed_tour = is_closed


def save_password(session: Session, *, username: str, password_hash: str, one_time_since: datetime | None) -> None:
    """A new password ends every session of the account; None where it is the person's own."""
    row = _get_row(session, username)
    row.password_hash, row.must_change_password = password_hash, one_time_since is not None
    row.one_time_since = one_time_since
    row.session_epoch += 1


def save_disabled(session: Session, *, username: str, at: datetime | None) -> None:
    """Disable the account (or, with None, enable it again); every session of it ends."""
    row = _get_row(session, username)
    row.disabled_at = at
    row.session_epoch += 1


def save_signed_out(session: Session, *, username: str) -> None:
    """End every session of the account, at this browser and at every other."""
    _get_row(session, username).session_epoch += 1
    session.execute(delete(SignInRow).where(SignInRow.username == username))


def save_signed_in(session: Session, *, browser: str, user: User, until: datetime, now: datetime) -> None:
    """The person is signed in at this browser, and whoever was before them no longer; what has ended is forgotten."""
    session.execute(delete(SignInRow).where(or_(SignInRow.browser == browser, SignInRow.until <= now)))
    session.add(SignInRow(browser=browser, username=user.username, session_epoch=user.session_epoch, until=until))


def find_signed_in(session: Session, *, browser: str) -> tuple[str, int, datetime] | None:
    """Username, session epoch and end of what is signed in at this browser, whether or not it still holds."""
    row = session.get(SignInRow, browser)
    return None if row is None else (row.username, row.session_epoch, row.until)


def list_unit_codes(session: Session) -> list[str]:
    """Every unit code there is, whatever its dates."""
    return list(session.scalars(select(UnitRow.code).order_by(by_code(UnitRow.code))))


def _get_row(session: Session, username: str) -> PersonRow:
    row = session.get(PersonRow, username)
    if row is None:
        raise PersonNotFoundError(username)
    return row


def _held(row: RoleHoldingRow) -> HeldRole:
    return HeldRole(
        id=row.id,
        username=row.username,
        role=row.role,
        unit_code=row.unit_code,
        first_day=row.valid_from,
        last_day=row.valid_to,
    )
