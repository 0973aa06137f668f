"""Looking after people and settings. The operator at the command line acts as "operator"."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from cycle.ground import passwords
from cycle.ground.council import OPERATOR
from data_access.council import people
from data_access.council.settings_store import get_now, get_today, save_setting
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.admin.council import checked_setting
from performance.ground.people import LASTING_ROLES, Role
from performance.home.mail import is_address


class AccountError(ValueError):
    """The account cannot be made or changed as asked; the sentence says why."""


def add_user(username: str, *, name: str, email: str, roles: list[str], manager: str = "") -> str:
    """Make an account with roles written ROLE@UNIT, and maybe a manager; the answer is its one-time password.

    The operator's verb: whoever can run commands on the server. Raises AccountError.
    """
    username = username.strip().lower()
    password = passwords.one_time_password()
    with transaction() as session:
        if not username or people.person_exists(session, username=username):
            raise AccountError(f'There is already an account "{username}".' if username else "Give a username.")
        people.add_person(
            session,
            username=username,
            name=name,
            email=email,
            password_hash=passwords.hash_password(password),
            roles=read_roles(roles, known_units=people.list_unit_codes(session)),
            one_time_since=datetime.now(UTC),
        )
        if manager:
            people.save_manager(session, username=username, manager=manager.strip().lower())
        after = {"roles": roles} | ({"manager": manager.strip().lower()} if manager else {})
        _record(session, verb="add account", subject=username, after=after)
    return password


def set_manager(username: str, manager: str) -> None:
    """Say who manages someone, and so reads their own objectives; an empty manager takes the present one away.

    The operator's verb. Raises AccountError where the two would manage each other, however far up.
    """
    username, manager = username.strip().lower(), manager.strip().lower()
    with transaction() as session:
        above = {each.username: each.manager for each in people.list_people(session, on=get_today(session))}
        if username in _and_up(manager, above):
            raise AccountError(f"{username} would manage {manager} and be managed by them. Choose someone else.")
        people.save_manager(session, username=username, manager=manager or None)
        before, after = {"manager": above.get(username) or ""}, {"manager": manager}
        _record(session, verb="set manager", subject=username, before=before, after=after)


def set_email(username: str, address: str) -> None:
    """Say where mails to someone go; an empty address takes the present one away. Raises AccountError.

    The operator's verb. The address itself stays out of the event: what is hashed cannot be erased.
    """
    username, address = username.strip().lower(), address.strip()
    if address and not is_address(address):
        raise AccountError("Give one plain e-mail address, like ann.ash@example.org.")
    with transaction() as session:
        people.save_email(session, username=username, email=address)
        _record(session, verb="set e-mail address", subject=username, after={"address": "given" if address else "none"})


def _and_up(username: str, above: Mapping[str, str | None]) -> set[str]:
    """The person and everyone above them."""
    found: set[str] = set()
    at: str | None = username
    while at and at not in found:
        found.add(at)
        at = above.get(at)
    return found


def give_role(username: str, text: str, *, until: date | None = None) -> None:
    """A role written ROLE@UNIT from today on, to the day named or without an end; one that is held already goes on to
    then. The operator's verb. Raises AccountError, PersonNotFoundError."""
    username = username.strip().lower()
    with transaction() as session:
        today = get_today(session)
        if until is not None and until < today:
            raise AccountError(f"The last day must be {today.isoformat()} or later.")
        role, unit = _read_role(text, people.list_unit_codes(session))
        held = _held(session, username, role, unit, on=today)
        for each in held:
            if each.last_day == until:
                raise AccountError(f"{username} holds {text.strip()} already, {_until(until)}.")
            people.save_holding_until(session, holding_id=each.id, last_day=until)
        if not held:
            people.add_holding(session, username=username, role=role, unit_code=unit, first_day=today, last_day=until)
        before = {"to": _day(held[0].last_day)} if held else None
        after = {"role": role.value, "unit": unit, "to": _day(until)}
        _record(session, verb="give role", subject=username, before=before, after=after)


def end_role(username: str, text: str) -> None:
    """The role written ROLE@UNIT is held no more from today on. The operator's verb. Raises AccountError."""
    username = username.strip().lower()
    with transaction() as session:
        today = get_today(session)
        role, unit = _read_role(text, people.list_unit_codes(session))
        held = _held(session, username, role, unit, on=today)
        if not held:
            raise AccountError(f"{username} does not hold {text.strip()}. `manage.py user list` names what each holds.")
        for each in held:
            people.save_holding_ended(session, holding_id=each.id, last_day=today - timedelta(days=1))
        _record(session, verb="end role", subject=username, before={"role": role.value, "unit": unit})


def _held(session: Session, username: str, role: Role, unit: str, *, on: date) -> list[people.HeldRole]:
    """What the person holds of it today or from a later day; locked, so that two operators take turns."""
    found = people.list_holdings(session, role=role, unit_codes=[unit], since=on)
    return [people.get_holding(session, holding_id=each.id) for each in found if each.username == username]


def _until(day: date | None) -> str:
    return f"until {day.isoformat()}" if day else "without an end"


def _day(day: date | None) -> str:
    return day.isoformat() if day else ""


def disable_user(username: str) -> None:
    """Shut the account; every session of it ends at its next click."""
    with transaction() as session:
        people.save_disabled(session, username=username, at=get_now(session))
        _record(session, verb="disable account", subject=username)


def reset_password(username: str) -> str:
    """A new one-time password; every session of the account ends."""
    password = passwords.one_time_password()
    with transaction() as session:
        people.save_password(
            session,
            username=username,
            password_hash=passwords.hash_password(password),
            one_time_since=datetime.now(UTC),
        )
        _record(session, verb="reset password", subject=username)
    return password


def list_users() -> list[people.Person]:
    with reading() as session:
        return people.list_people(session, on=get_today(session))


def change_setting(name: str, value: str) -> None:
    """Change a setting of the council. Raises KeyError for a name that is no setting, SettingError for its value."""
    with transaction() as session:
        kept = checked_setting(name, value)
        save_setting(session, name=name, value=kept)
        _record(session, verb="change setting", subject=name, after={"value": kept})


def read_roles(texts: list[str], *, known_units: list[str]) -> list[tuple[Role, str]]:
    """Roles from texts like service_manager@WASTE. Raises AccountError with what is allowed."""
    return [_read_role(text, known_units) for text in texts]


def _read_role(text: str, known_units: list[str]) -> tuple[Role, str]:
    role, _, unit = text.strip().partition("@")
    if role not in list(Role):
        raise AccountError(f'"{role}" is not a role. Roles are: {", ".join(LASTING_ROLES)}. Write ROLE@UNIT.')
    if role not in LASTING_ROLES:
        raise AccountError("A deputy is named by the head of service, on Sign-off, from one day to another.")
    if unit not in known_units:
        raise AccountError(f'"{unit}" is not a unit. Units are: {", ".join(known_units) or "none yet"}.')
    return Role(role), unit


def _record(
    session: Session,
    *,
    verb: str,
    subject: str,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> None:
    add_event(session, at=get_now(session), username=OPERATOR, verb=verb, subject=subject, before=before, after=after)
