"""A receipt as it was given, and what has become of it since: where it stands, whom to ask, and what is owed next."""

from dataclasses import dataclass

from cycle.do import delivery, returns
from cycle.do.return_view import Owed
from cycle.ground.access import demand
from cycle.ground.council import names
from data_access.council.people import Person, list_people
from data_access.council.settings_store import get_today
from data_access.do.returns import find_return
from data_access.store.database import reading
from performance.do.receipts import Receipt, what_became_of
from performance.ground.organisation import ReturnStatus
from performance.ground.people import Permission, Role, User


@dataclass(frozen=True, kw_only=True)
class ReceiptView:
    """The receipt, word for word, and where things stand today.

    `next_owed` is the most pressing return of the person's that is not this one; `unsaid` counts the actions of this
    month that nobody has spoken for.
    """

    receipt: Receipt
    status: ReturnStatus
    became: str
    contacts: tuple[Person, ...]
    next_owed: Owed | None = None
    unsaid: int = 0


def receipt(key: str, *, by: User) -> ReceiptView:
    """The receipt with this key. Raises ReceiptNotFoundError."""
    given = returns.get_receipt(key, by=by)
    with reading() as session:
        user, today = demand(session, by, Permission.READ_RETURNS), get_today(session)
        stored = find_return(session, unit_code=given.unit_code, period=given.period)
        decided_by = names(session).get((stored.decided_by if stored else None) or "", "")
        contacts = tuple(each for each in list_people(session, on=today) if _is_bi_team(each))
    owed = returns.list_owed(by=by) if user.may(Permission.ENTER_FIGURES) else []
    enters = user.may(Permission.ENTER_FIGURES, at=given.unit_code)
    return ReceiptView(
        receipt=given,
        status=stored.status if stored else ReturnStatus.DRAFT,
        became=what_became_of(given, stored, decided_by=decided_by, today=today),
        contacts=contacts,
        next_owed=_most_pressing([each for each in owed if (each.unit.code, each.period) != _of(given)]),
        unsaid=delivery.delivery(given.unit_code, given.period, by=by).left if enters else 0,
    )


def _is_bi_team(person: Person) -> bool:
    return not person.is_disabled and any(role.split("@")[0] == Role.BI_TEAM.value for role in person.roles)


def _of(given: Receipt) -> tuple[str, object]:
    return given.unit_code, given.period


def _most_pressing(owed: list[Owed]) -> Owed | None:
    """What the person can do now, and most needs to; locked and finished months are not led back to."""
    return min((each for each in owed if each.is_open), key=lambda each: each.urgency, default=None)
