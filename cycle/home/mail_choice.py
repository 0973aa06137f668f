"""Home: whether a person wants to be told by mail what it says. They do until they say otherwise."""

from dataclasses import dataclass

from cycle.ground.access import demand
from data_access.council import people
from data_access.council.settings_store import get_now
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.ground.people import Permission, User
from performance.home.mail import is_address


@dataclass(frozen=True, kw_only=True)
class MailChoice:
    """Where mails to the person go, empty where no mail can go there, and whether they want them."""

    address: str
    is_wanted: bool


def find_mail_choice(*, by: User) -> MailChoice:
    """What the person has chosen."""
    with reading() as session:
        user = demand(session, by, Permission.SIGN_IN)
        email, wants_no_mail = people.find_mail_choice(session, username=user.username)
        return MailChoice(address=email.strip() if is_address(email.strip()) else "", is_wanted=not wants_no_mail)


def choose_mail(*, is_wanted: bool, by: User) -> None:
    """From the next run on the person is told by mail, or is not."""
    with transaction() as session:
        user = demand(session, by, Permission.SIGN_IN)
        people.save_wants_no_mail(session, username=user.username, wants_no_mail=not is_wanted)
        add_event(
            session, at=get_now(session), username=user.username, verb="choose mail", subject=user.username,
            after={"mail": "yes" if is_wanted else "no"},
        )  # fmt: skip
