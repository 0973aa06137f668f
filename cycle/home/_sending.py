"""One person's mail of the day: made, or skipped with its reason; taken for handing over; and what came of it.

It is made at the moment it is sent, so it says what stands then, and nothing of its text is kept.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from cycle.home._digest import Organisation, digest_of
from cycle.home._handing import Clock, Record
from data_access.council.people import Person, find_user
from data_access.home import mails
from data_access.home.handing import MAILS
from data_access.home.mails import Told
from data_access.store.database import reading
from performance.ground.people import Permission
from performance.home.digest import Digest
from performance.home.mail import LONGEST_SUBJECT, Envelope, Mail, Outcome, Skip, cut, is_address

log = logging.getLogger(__name__)
HandOver = Callable[[Envelope], Outcome]


@dataclass(frozen=True, kw_only=True)
class Post:
    """All that is the same for every mail of a run."""

    hand_over: HandOver
    clock: Clock
    within: Organisation
    council: str
    public_address: str
    people: Mapping[str, Person]
    told: Mapping[str, Told]

    @property
    def record(self) -> Record:
        return Record(table=MAILS, clock=self.clock)


def settle(mail: Mail, post: Post) -> Outcome | Skip | None:
    """See one mail through, as far as it goes today; None where another job has it."""
    person, told = post.people[mail.username], post.told.get(mail.username, Told())
    if because := why_none(person):
        return _skip(mail, because, post)
    try:
        digest = _made(mail.username, post)
    except Exception:  # one person's data must not keep the others' mail back
        log.exception("The mail %s could not be made", mail.id)
        return post.record.not_made(mail)
    if isinstance(digest, Skip):
        return _skip(mail, digest, post)
    if not digest.points:
        return _skip(mail, Skip.NOTHING, post)
    if not digest.has_news(told.topics):
        return _skip(mail, Skip.NOTHING_NEW, post)
    envelope = _envelope(mail, digest, told, person, post)
    if not post.record.take(mail, _values(envelope, digest), at=envelope.at):
        return None
    return post.record.handed_over(mail, lambda: post.hand_over(envelope))


def why_none(person: Person) -> Skip | None:
    """Why no mail goes to a person at all."""
    if person.is_disabled:
        return Skip.DISABLED
    if person.wants_no_mail:
        return Skip.NOT_WANTED
    if not person.email.strip():
        return Skip.NO_ADDRESS
    return None if is_address(person.email.strip()) else Skip.BAD_ADDRESS


def _made(username: str, post: Post) -> Digest | Skip:
    """The digest as it stands now; or that the account has been shut meanwhile, or has no role today."""
    with reading() as session:
        user = find_user(session, username=username, on=post.within.today)
    if user is None:
        return Skip.DISABLED
    return digest_of(user, post.within) if user.may(Permission.SIGN_IN) else Skip.NO_ROLE


def _envelope(mail: Mail, digest: Digest, told: Told, person: Person, post: Post) -> Envelope:
    return Envelope(
        address=person.email.strip(),
        subject=cut(digest.subject(red_before=told.red), LONGEST_SUBJECT),
        text=digest.text(council=post.council, at=post.public_address, red_before=told.red),
        message_id=f"<{mail.token}@{urlsplit(post.public_address).hostname}>",
        at=post.clock(),
    )


def _values(envelope: Envelope, digest: Digest) -> dict[str, Any]:
    return {
        "address": envelope.address,
        "subject": envelope.subject,
        "topics": {"said": sorted(digest.topics)},
        "red": digest.red,
    }


def _skip(mail: Mail, because: Skip, post: Post) -> Skip | None:
    return because if post.record.skip(mail, because.value) else None


def begin(session: Session, *, within: Organisation, people: Mapping[str, Person], now: datetime) -> None:
    """The record before a run: a mail of the day for everybody with an open account who has none yet, and what is left
    of earlier days put in order."""
    mails.save_overtaken(session, day=within.today, now=now)
    mails.remove_old(session, day=within.today)
    usernames = [each.username for each in people.values() if not each.is_disabled]
    mails.add_mails(session, usernames=usernames, day=within.today)
