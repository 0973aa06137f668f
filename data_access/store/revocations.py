"""What was taken from people: a copy from before brings none of it back, and no session outlives a restore."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from data_access.models import PersonRow, RoleHoldingRow, SignInRow
from data_access.store.audit import find_sequence
from data_access.store.ordering import by_code
from performance.ground.people import Role

_PEOPLE, _HELD = PersonRow.__table__.c, RoleHoldingRow.__table__.c
Post = tuple[str, Role, str]


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account as far as it lets somebody in."""

    disabled_at: datetime | None
    password_hash: str
    must_change_password: bool
    session_epoch: int


@dataclass(frozen=True, kw_only=True)
class Standing:
    """Who may come in, by username, and until when each role is held (None: without end), by person, role and unit."""

    accounts: Mapping[str, Account]
    posts: Mapping[Post, date | None]


@dataclass(frozen=True, kw_only=True)
class Kept:
    """What stays revoked though the copy knew nothing of it: usernames, and roles as USERNAME ROLE@UNIT."""

    disabled: tuple[str, ...] = ()
    passwords: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


def find_standing(session: Session, *, after: str) -> Standing | None:
    """How people stand in a database that goes on from the event with that hash; None for one that does not.

    Asks only for what every version has, so that it reads a database of any version.
    """
    if find_sequence(session, seal=after) is None:
        return None
    asked = select(
        _PEOPLE.username, _PEOPLE.disabled_at, _PEOPLE.password_hash, _PEOPLE.must_change_password,
        _PEOPLE.session_epoch,
    )  # fmt: skip
    posts: dict[Post, date | None] = {}
    for username, role, unit, last in session.execute(
        select(_HELD.username, _HELD.role, _HELD.unit_code, _HELD.valid_to)
    ):
        longest = posts.get((username, role, unit), last)
        posts[username, role, unit] = None if last is None or longest is None else max(last, longest)
    return Standing(accounts={row.username: _account(row) for row in session.execute(asked)}, posts=posts)


def _account(row: Any) -> Account:
    return Account(
        disabled_at=row.disabled_at,
        password_hash=row.password_hash,
        must_change_password=row.must_change_password,
        session_epoch=row.session_epoch,
    )


def save_revoked_again(session: Session, *, as_in: Standing) -> Kept:
    """Disabled accounts stay disabled, changed passwords changed, ended roles ended, as they were in the other."""
    disabled, passwords = [], []
    for row in session.scalars(select(PersonRow).order_by(by_code(PersonRow.username))):
        now = as_in.accounts.get(row.username)
        if now is None:
            continue
        if now.disabled_at is not None and row.disabled_at is None:
            row.disabled_at = now.disabled_at
            disabled.append(row.username)
        if now.password_hash != row.password_hash:
            row.password_hash, row.must_change_password = now.password_hash, now.must_change_password
            row.one_time_since = None  # a one-time password that was given after the copy is good for nothing any more
            passwords.append(row.username)
        row.session_epoch = max(row.session_epoch, now.session_epoch)
    roles = tuple(_end_roles(session, as_in))
    session.flush()
    return Kept(disabled=tuple(disabled), passwords=tuple(passwords), roles=roles)


def _end_roles(session: Session, as_in: Standing) -> Iterator[str]:
    for row in session.scalars(select(RoleHoldingRow).order_by(RoleHoldingRow.id)):
        post = (row.username, row.role, row.unit_code)
        if post in as_in.posts and not _ends_sooner(as_in.posts[post], row.valid_to):
            continue
        yield f"{row.username} {row.role.value}@{row.unit_code}"
        last = as_in.posts.get(post)
        if last is None or (row.valid_from is not None and row.valid_from > last):
            session.delete(row)
        else:
            row.valid_to = last


def _ends_sooner(now: date | None, then: date | None) -> bool:
    return now is not None and (then is None or now < then)


def save_every_session_ended(session: Session) -> None:
    """Nobody is signed in any more, at any browser and in any copy of this database."""
    session.execute(delete(SignInRow))
    for row in session.scalars(select(PersonRow)):
        row.session_epoch += 1
    session.flush()
