"""Accounts, their roles and the tries to sign in at them: a question each, however many there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import case, func, or_, select
from sqlalchemy.orm import Session

from data_access.models import PersonRow, RoleHoldingRow, SignInAttemptRow
from data_access.store.ordering import by_code
from performance.home.accounts import Post, Strangers


@dataclass(frozen=True, kw_only=True)
class Stored:
    """An account as it is stored; `signed_in` is when that last succeeded, as far as it is remembered."""

    username: str
    name: str
    is_shut: bool
    has_one_time: bool
    one_time_since: datetime | None
    signed_in: datetime | None


@dataclass(frozen=True, kw_only=True)
class Wrong:
    """Wrong tries at an account: how many, when the newest was, and how many of them still count."""

    many: int
    last: datetime
    counted: int


def list_accounts(session: Session) -> list[Stored]:
    row = SignInAttemptRow
    succeeded = (
        select(row.username, func.max(row.at).label("at")).where(row.succeeded.is_(True)).group_by(row.username)
    ).subquery()
    query = select(
        PersonRow.username, PersonRow.name, PersonRow.disabled_at, PersonRow.must_change_password,
        PersonRow.one_time_since, succeeded.c.at,
    ).outerjoin(succeeded, succeeded.c.username == PersonRow.username)  # fmt: skip
    return [
        Stored(username=username, name=name, is_shut=disabled_at is not None, has_one_time=one_time,
               one_time_since=since, signed_in=at)
        for username, name, disabled_at, one_time, since, at
        in session.execute(query.order_by(by_code(PersonRow.username)))
    ]  # fmt: skip


def list_posts_by_person(session: Session, *, since: date) -> Mapping[str, tuple[Post, ...]]:
    """Roles held on the day or later, by username."""
    row, found = RoleHoldingRow, dict[str, list[Post]]()
    query = select(row.username, row.role, row.unit_code, row.valid_from, row.valid_to)
    standing = query.where(or_(row.valid_to.is_(None), row.valid_to >= since)).order_by(row.id)
    for username, role, unit_code, first_day, last_day in session.execute(standing):
        post = Post(role=role, unit_code=unit_code, first_day=first_day, last_day=last_day)
        found.setdefault(username, []).append(post)
    return {username: tuple(posts) for username, posts in found.items()}


def list_wrong_tries(session: Session, *, since: datetime, counted_since: datetime) -> Mapping[str, Wrong]:
    """Of each account at which a try failed since then, by username."""
    row = SignInAttemptRow
    counted = func.sum(case((row.at >= counted_since, 1), else_=0))
    query = (
        select(row.username, func.count(), func.max(row.at), counted)
        .join(PersonRow, PersonRow.username == row.username)
        .where(row.at >= since, row.succeeded.is_(False))
        .group_by(row.username)
    )
    found = session.execute(query.order_by(by_code(row.username)))
    return {username: Wrong(many=many, last=last, counted=still) for username, many, last, still in found}


def count_strangers(session: Session, *, since: datetime) -> Strangers:
    """Wrong tries at names that no account has, and from how many addresses; the names are not read."""
    row = SignInAttemptRow
    no_such = ~select(PersonRow.username).where(PersonRow.username == row.username).exists()
    query = select(func.count(), func.count(func.distinct(row.address))).select_from(row)
    many, addresses = session.execute(query.where(row.at >= since, row.succeeded.is_(False), no_such)).one()
    return Strangers(many=many, addresses=addresses)
