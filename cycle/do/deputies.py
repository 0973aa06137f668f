"""Do: a head names who signs off in their place, from one day to another; a deputy cannot pass it on."""

from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import names
from cycle.ground.memory import remembered
from data_access.council import people
from data_access.council.people import HeldRole, Person
from data_access.council.settings_store import get_now, get_today
from data_access.council.units import list_units
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.people import PERMISSIONS, Permission, Role, User
from performance.ground.periods import day_in_words

# Longer than a year is no absence: then the role itself should change hands.
LONGEST = timedelta(days=366)


class DeputyRefusedError(ValueError):
    """Nobody can be named so; the sentence says what to do."""


@dataclass(frozen=True, kw_only=True)
class Deputy:
    """Who signs off at a unit in a head's place, between which days."""

    held: HeldRole
    name: str
    unit_name: str

    @property
    def in_words(self) -> str:
        """Name signs off for Place from 1 to 14 November 2017."""
        first, last = self.held.first_day, self.held.last_day
        days = f" from {day_in_words(first)} to {day_in_words(last)}" if first and last else ""
        return f"{self.name} signs off for {self.unit_name}{days}"


@dataclass(frozen=True, kw_only=True)
class Deputies:
    """The deputies of a head's units, now and to come, and who and where there could be more.

    `units` and `people` are names by code and by username; both empty where the person may name nobody. People are
    those who could sign off: officers, who read scorecards already.
    """

    named: tuple[Deputy, ...]
    units: dict[str, str]
    people: dict[str, str]
    today: date


def list_deputies(*, by: User) -> Deputies:
    """Who signs off in the person's part of the council in a head's place, from today on."""
    with reading() as session:
        user = demand(session, by, Permission.APPROVE_RETURNS)
        return remembered(session, ("deputies", user), lambda: _deputies(session, user))


def name_deputy(unit_code: str, *, username: str, first_day: date, last_day: date, by: User) -> Deputy:
    """The person signs off at the unit and below it from the first day to the last. Raises DeputyRefusedError."""
    with transaction() as session:
        user = demand(session, by, Permission.NAME_DEPUTY, at=unit_code)
        today = get_today(session)
        _demand_sound(session, unit_code, username, first_day, last_day, today=today, by=user)
        held = people.add_holding(
            session, username=username, role=Role.DEPUTY, unit_code=unit_code, first_day=first_day, last_day=last_day
        )
        units = {unit.code: unit.name for unit in list_units(session, on=today)}
        after = {"unit": unit_code, "from": first_day.isoformat(), "to": last_day.isoformat()}
        add_event(
            session, at=get_now(session), username=user.username, verb="name deputy", subject=username, after=after
        )
        return _deputy(held, names(session), units)


def end_deputy(holding_id: int, *, by: User) -> None:
    """The deputy signs off nothing from now on."""
    with transaction() as session:
        demand(session, by, Permission.NAME_DEPUTY)
        held = people.get_holding(session, holding_id=holding_id)
        user = demand(session, by, Permission.NAME_DEPUTY, at=held.unit_code)
        if held.role is not Role.DEPUTY:
            raise DeputyRefusedError("Only an administrator changes the other roles.")
        today = get_today(session)
        people.save_holding_ended(session, holding_id=holding_id, last_day=today - timedelta(days=1))
        before = {"unit": held.unit_code, "to": held.last_day.isoformat() if held.last_day else ""}
        add_event(
            session, at=get_now(session), username=user.username, verb="end deputy", subject=held.username,
            before=before,
        )  # fmt: skip


def _deputies(session: Session, user: User) -> Deputies:
    today = get_today(session)
    units = {unit.code: unit.name for unit in list_units(session, on=today)}
    seen, own = user.units_where(Permission.APPROVE_RETURNS), user.units_where(Permission.NAME_DEPUTY)
    known_as = names(session)
    held = people.list_holdings(session, role=Role.DEPUTY, unit_codes=seen, since=today)
    could_be = {
        each.username: each.name
        for each in people.list_people(session, on=today)
        if not each.is_disabled and each.username != user.username and _is_officer(each)
    }
    return Deputies(
        named=tuple(_deputy(each, known_as, units) for each in held),
        units={code: name for code, name in units.items() if code in own},
        people=could_be if own else {},
        today=today,
    )


def _is_officer(person: Person) -> bool:
    """Whether the person reads already what a head reads: signing off for a time gives nobody the sight of more."""
    roles = (Role(each.partition("@")[0]) for each in person.roles)
    return any(Permission.VIEW_SCORECARDS in PERMISSIONS[role] for role in roles)


def _demand_sound(
    session: Session, unit_code: str, username: str, first_day: date, last_day: date, *, today: date, by: User
) -> None:
    found = {each.username: each for each in people.list_people(session, on=today)}.get(username)
    if found is None or found.is_disabled:
        raise DeputyRefusedError("Choose someone with an account that is open.")
    if username == by.username:
        raise DeputyRefusedError("Choose someone else: you sign off yourself already.")
    if not _is_officer(found):
        raise DeputyRefusedError(
            f"{found.name} does not read scorecards, so they cannot sign off figures. Choose an officer, or ask an"
            " administrator to give them such a role first."
        )
    _demand_days(first_day, last_day, today=today)
    for each in people.list_holdings(session, role=Role.DEPUTY, unit_codes=[unit_code], since=first_day):
        if each.username == username and (each.first_day or first_day) <= last_day:
            raise DeputyRefusedError(f"{found.name} is named for some of these days already. End that first.")


def _demand_days(first_day: date, last_day: date, *, today: date) -> None:
    if last_day < first_day:
        raise DeputyRefusedError("The last day must be the first day or after it.")
    if last_day < today:
        raise DeputyRefusedError(f"The last day must be {day_in_words(today)} or later.")
    if last_day - first_day > LONGEST:
        raise DeputyRefusedError("A deputy is named for a year at most. Choose an earlier last day.")


def _deputy(held: HeldRole, known_as: dict[str, str], units: dict[str, str]) -> Deputy:
    return Deputy(
        held=held,
        name=known_as.get(held.username, held.username),
        unit_name=units.get(held.unit_code, held.unit_code),
    )
