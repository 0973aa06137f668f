"""The council as every stage calls it: its own area, its people by name, who signs off, and the operator."""

from collections.abc import Collection

from sqlalchemy.orm import Session

from cycle.ground.memory import remembered
from data_access.council.people import list_people
from data_access.council.settings_store import get_setting, get_today
from data_access.council.units import list_units
from performance.ground.people import Role, User

OPERATOR = "operator"


class NoCouncilAreaError(RuntimeError):
    """Nobody has said which area the council is."""

    def __init__(self) -> None:
        super().__init__("Ask whoever runs this app to set council_area to the council's own area code.")


def names(session: Session) -> dict[str, str]:
    """What people are called, by username; the operator, who has no account, by what they do."""
    return remembered(session, ("names",), lambda: _names(session), apart=True)


def _names(session: Session) -> dict[str, str]:
    people = {person.username: person.name for person in list_people(session, on=get_today(session))}
    return {OPERATOR: "Server operator"} | people


def account_of(by: User | None) -> str:
    """Under which username it is put on record: the person's, or the operator's, who works without an account."""
    return by.username if by else OPERATOR


def approvers(session: Session, unit_code: str, *, without: Collection[str]) -> list[str]:
    """Who may sign off a unit's return today, by name: the heads nearest to it, and deputies on the way there.

    Those named by their username are left out.
    """
    today = get_today(session)
    parents = {unit.code: unit.parent_code for unit in list_units(session, on=today)}
    people = [each for each in list_people(session, on=today) if not each.is_disabled and each.username not in without]
    code: str | None = unit_code
    seen: set[str] = set()
    found: list[str] = []
    while code is not None and code not in seen:
        signs = {f"{role.value}@{code}" for role in (Role.HEAD, Role.DEPUTY)}
        found += [each.name for each in people if signs.intersection(each.roles) and each.name not in found]
        if any(f"{Role.HEAD.value}@{code}" in each.roles for each in people):
            break
        seen.add(code)
        code = parents.get(code)
    return found


def council_area(session: Session) -> str:
    """The council's own area code. Raises NoCouncilAreaError where no one has set it."""
    area = get_setting(session, name="council_area")
    if not area:
        raise NoCouncilAreaError
    return area
