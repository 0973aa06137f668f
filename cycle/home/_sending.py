"""One person's mail of the day: made, or skipped with its reason; taken for handing over; and what came of it.

It is made at the moment it is sent, so it says what stands then, and nothing of its text is kept.
"""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from cycle.home._digest import Organisation, digest_of
from data_access.council.people import Person, find_user
from data_access.home import mails
from data_access.home.mails import Change, Told
from data_access.store.database import reading, transaction
from performance.ground.people import Permission
from performance.home.digest import Digest
from performance.home.mail import (
    LONGEST_SUBJECT,
    Envelope,
    Handed,
    Mail,
    MailState,
    Outcome,
    Skip,
    cut,
    is_address,
    next_try,
)

log = logging.getLogger(__name__)
HandOver = Callable[[Envelope], Outcome]
Clock = Callable[[], datetime]
NOT_MADE = "The mail could not be made. The log of the job says why"
UNKNOWN = "The job ended while it handed the mail over: nobody knows whether the server took it"


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


def settle(mail: Mail, post: Post) -> Outcome | Skip | None:
    """See one mail through, as far as it goes today; None where another job has it."""
    person, told = post.people[mail.username], post.told.get(mail.username, Told())
    if because := _why_none(person):
        return _skip(mail, because, post)
    try:
        digest = _made(mail.username, post)
    except Exception:  # one person's data must not keep the others' mail back
        log.exception("The mail %s could not be made", mail.id)
        return _not_made(mail, post)
    if isinstance(digest, Skip):
        return _skip(mail, digest, post)
    if not digest.points:
        return _skip(mail, Skip.NOTHING, post)
    if not digest.has_news(told.topics):
        return _skip(mail, Skip.NOTHING_NEW, post)
    envelope = _envelope(mail, digest, told, person, post)
    if not _take(mail, envelope, digest):
        return None
    outcome = _handed_over(envelope, post)
    _note(mail, outcome, at=post.clock())
    return outcome


def _why_none(person: Person) -> Skip | None:
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


def _take(mail: Mail, envelope: Envelope, digest: Digest) -> bool:
    """Say, and keep for good, that this job hands the mail over now; false where another was first."""
    values = {
        "address": envelope.address,
        "subject": envelope.subject,
        "topics": {"said": sorted(digest.topics)},
        "red": digest.red,
        "reason": "",
        "tries": mail.tries + 1,
        "next_try": None,
        "handed_over_at": envelope.at,
        "settled_at": None,
    }
    return _changed(mail, Change(state=MailState.HANDING_OVER, values=values))


def _handed_over(envelope: Envelope, post: Post) -> Outcome:
    try:
        return post.hand_over(envelope)
    except Exception:  # whatever it was, the server may have taken the mail before it
        log.exception("Handing over the mail %s failed", envelope.message_id)
        return Outcome(handed=Handed.UNKNOWN, said=UNKNOWN)


def _note(mail: Mail, outcome: Outcome, *, at: datetime) -> None:
    tries = mail.tries + 1
    values = {"reason": cut(outcome.said), "settled_at": at, "next_try": None}
    state = {Handed.TAKEN: MailState.SENT, Handed.UNKNOWN: MailState.DOUBTFUL}.get(outcome.handed, MailState.FAILED)
    if outcome.handed in {Handed.PUT_OFF, Handed.NO_SERVER}:
        values["next_try"] = next_try(tries, now=at)
    with transaction() as session:
        mails.save_outcome(session, mail=mail, tries=tries, change=Change(state=state, values=values))


def _skip(mail: Mail, because: Skip, post: Post) -> Skip | None:
    values = {"reason": because.value, "settled_at": post.clock(), "next_try": None}
    return because if _changed(mail, Change(state=MailState.SKIPPED, values=values)) else None


def _not_made(mail: Mail, post: Post) -> Outcome | None:
    now, tries = post.clock(), mail.tries + 1
    values = {"reason": NOT_MADE, "settled_at": now, "tries": tries, "next_try": next_try(tries, now=now)}
    changed = _changed(mail, Change(state=MailState.FAILED, values=values))
    return Outcome(handed=Handed.PUT_OFF, said=NOT_MADE) if changed else None


def _changed(mail: Mail, change: Change) -> bool:
    with transaction() as session:
        return mails.save_change(session, mail=mail, change=change)


def begin(session: Session, *, within: Organisation, people: Mapping[str, Person], now: datetime) -> None:
    """The record before a run: a mail of the day for everybody with an open account who has none yet, and what is left
    of earlier days put in order."""
    mails.save_overtaken(session, day=within.today, now=now)
    mails.remove_old(session, day=within.today)
    usernames = [each.username for each in people.values() if not each.is_disabled]
    mails.add_mails(session, usernames=usernames, day=within.today)
