"""Who is asking: signing in, and the question every verb puts before it does anything."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

import settings
from cycle.ground import opening, passwords
from data_access.council import attempts, people
from data_access.council.attempts import Attempt
from data_access.council.settings_store import get_now, get_today, list_settings, today_by
from data_access.store.audit import add_event
from data_access.store.database import reading, transaction
from performance.admin import throttle
from performance.ground.people import NotAllowedError, Permission, User
from performance.ground.texts import legible

CheckPassword = Callable[[str, str], bool]
ONE_TIME_ENDED = "This one-time password ended 72 hours after it was given. Ask whoever runs this app for a new one."
NO_DEMONSTRATION = "Nobody is let in here without a password of their own. Sign in with yours."
TOO_MANY = "Too many wrong tries. Wait 5 minutes and try once more, or ask whoever runs this app."


class SignInRefusedError(Exception):
    """The name and password were not accepted; the sentence tells no more than it must."""


class SignedOutError(Exception):
    """The person was disabled, or signed out everywhere, since this page was drawn."""

    def __init__(self) -> None:
        super().__init__("You are signed out. Sign in again to go on.")


def demand(session: Session, user: User, permission: Permission, *, at: str | None = None) -> User:
    """The person as the database knows them now, if they may. The first line of every verb and every reading.

    Raises SignedOutError where the account has been disabled or its sessions ended, NotAllowedError otherwise.
    """
    fresh = people.find_user(session, username=user.username, on=get_today(session))
    if fresh is None or fresh.session_epoch != user.session_epoch:
        raise SignedOutError
    if not fresh.may(permission, at=at):
        raise NotAllowedError(permission, at=at)
    return fresh


@dataclass(frozen=True, kw_only=True)
class SignedIn:
    """Which person a browser or a session speaks for, of which session epoch, and until when."""

    username: str
    session_epoch: int
    until: datetime

    @property
    def has_ended(self) -> bool:
        return self.until <= datetime.now(UTC)


@dataclass(frozen=True, kw_only=True)
class Arrival:
    """Someone at the door: who the database says they are (None for a stranger), of which council, on which day."""

    user: User | None
    council: Mapping[str, str]
    today: date


def arrive(username: str | None, *, session_epoch: int = 0) -> Arrival:
    """Who a session speaks for, asked of the database on every run. Raises NotReadyError without one."""
    try:
        with reading() as session:
            council = list_settings(session)
            today = today_by(council)
            user = people.find_user(session, username=username, on=today) if username else None
    except SQLAlchemyError as fault:
        raise opening.NotReadyError.unreachable() from fault
    known = user if user and user.session_epoch == session_epoch else None
    return Arrival(user=known, council=council, today=today)


def find_user(username: str, *, session_epoch: int) -> User | None:
    """The person a session speaks for; None when it no longer holds."""
    return arrive(username, session_epoch=session_epoch).user


def find_signed_in(browser: str) -> SignedIn | None:
    """What this browser was signed in as, whether or not it still holds. Raises NotReadyError without a database.

    `browser` is the digest of what the browser alone knows.
    """
    try:
        with reading() as session:
            found = people.find_signed_in(session, browser=browser)
    except SQLAlchemyError as fault:
        raise opening.NotReadyError.unreachable() from fault
    return None if found is None else SignedIn(username=found[0], session_epoch=found[1], until=found[2])


def find_user_at(browser: str) -> User | None:
    """Who is signed in at this browser, as the database knows them now. Raises NotReadyError without one."""
    found = find_signed_in(browser)
    if found is None or found.has_ended:
        return None
    return find_user(found.username, session_epoch=found.session_epoch)


def stay_signed_in(browser: str | None, *, by: User) -> SignedIn:
    """For so many hours the person is signed in: at this browser, also after a reload, or without one in this session.

    Raises SignedOutError where that was ended meanwhile.
    """
    now = datetime.now(UTC)
    until = now + timedelta(hours=settings.SIGN_IN.session_hours)
    if browser is not None:
        with transaction() as session:
            demand(session, by, Permission.SIGN_IN)
            people.save_signed_in(session, browser=browser, user=by, until=until, now=now)
    return SignedIn(username=by.username, session_epoch=by.session_epoch, until=until)


def sign_in(username: str, password: str, *, address: str, browser: str | None, check: CheckPassword) -> User:
    """The person, if name and password are right and it is not too soon after too many wrong tries.

    `check(password, hash)` is streamlit-authenticator's; the attempt is counted before it is made, so that
    a hundred tries at once count as a hundred. Raises SignInRefusedError, with the same words and at the same cost
    whether or not there is such an account.
    """
    username = legible(username).strip().lower()[:80]
    place = Attempt(username=username, address=legible(address)[:64], browser=browser, at=datetime.now(UTC))
    counted = _count(place)
    with reading() as session:
        known = people.find_password_hash(session, username=username)
    right = check(passwords.prepared(password), known or passwords.UNKNOWN_NAME_HASH) and known is not None
    if counted.is_flooded and not (right and counted.is_known_here):
        raise SignInRefusedError(TOO_MANY)
    user = _save_succeeded(counted, username) if right else None
    if user is None:
        raise SignInRefusedError("That username and password do not match. Check both and try again.")
    return user


@dataclass(frozen=True, kw_only=True)
class _Counted:
    """An attempt that may be looked at: whether too many unknown names were tried from its address, and whether the
    person signed in at this browser or from this address lately."""

    id: int
    is_flooded: bool
    is_known_here: bool


def _count(attempt: Attempt) -> _Counted:
    """Count the attempt, unless it comes too soon: then it is not looked at, and bars nobody any longer.

    At a browser where the person signed in lately only what was tried there counts, so that a guesser elsewhere
    cannot keep them out.
    """
    limits, now = settings.SIGN_IN, attempt.at
    with transaction() as session:
        attempts.queue(session, attempt)
        here, from_here = attempts.signed_in_here(session, attempt, since=now - timedelta(days=limits.known_days))
        failures, last = attempts.count_failures(session, attempt, since=now - throttle.REMEMBERED, at_browser=here)
        if throttle.must_wait(failures, last=last, now=now):
            raise SignInRefusedError(TOO_MANY)
        unknown = attempts.count_unknown_names(session, attempt, since=now - timedelta(minutes=limits.window_minutes))
        return _Counted(
            id=attempts.add_attempt(session, attempt),
            is_flooded=unknown >= limits.unknown_names_per_address,
            is_known_here=here or from_here,
        )


def _save_succeeded(counted: _Counted, username: str) -> User | None:
    forget_before = datetime.now(UTC) - timedelta(days=settings.SIGN_IN.known_days)
    with transaction() as session:
        user = people.find_user(session, username=username, on=get_today(session))
        if user is not None:
            _demand_lasting(user)
        attempts.save_succeeded(session, attempt_id=counted.id, forget_before=forget_before)
        return user


def _demand_lasting(user: User) -> None:
    """By the clock on the wall, as all of signing in: also where the council's own is set to another day."""
    if user.must_change_password and passwords.has_ended(user.one_time_since, now=datetime.now(UTC)):
        raise SignInRefusedError(ONE_TIME_ENDED)


def sign_out(*, by: User) -> None:
    """End every session of the person: other tabs and other browsers are signed out too."""
    with transaction() as session:
        demand(session, by, Permission.SIGN_IN)
        people.save_signed_out(session, username=by.username)
        add_event(session, at=get_now(session), username=by.username, verb="sign out", subject=by.username)


def change_password(old: str, new: str, *, check: CheckPassword, by: User) -> User:
    """Set one's own password; every other session ends. Raises SignInRefusedError or WeakPasswordError.

    A one-time password that has ended changes nothing any more.
    """
    with reading() as session:
        known, council = people.find_password_hash(session, username=by.username), list_settings(session)
    passwords.judge(new, username=by.username, name=by.name, council=council["council_name"])
    if known is None or not check(passwords.prepared(old), known):
        raise SignInRefusedError("The present password is not right. Type it again.")
    passwords.demand_another(new, old=old)
    hashed = passwords.hash_password(new)
    with transaction() as session:
        _demand_lasting(demand(session, by, Permission.SIGN_IN))
        people.save_password(session, username=by.username, password_hash=hashed, one_time_since=None)
        add_event(session, at=get_now(session), username=by.username, verb="change password", subject=by.username)
        session.flush()
        user = people.find_user(session, username=by.username, on=get_today(session))
    assert user is not None  # noqa: S101 - demanded a moment ago, in this very transaction
    return user


def list_demonstration_accounts() -> list[User]:
    """Those the sign-in page names and lets in at a click; none unless it is a demonstration.

    None that is shut, or at which the published password signs in no longer.
    """
    with reading() as session:
        council = list_settings(session)
        if council["demonstration"] != "yes":
            return []
        today = today_by(council)
        names = council["demonstration_accounts"].split("|")
        found = [people.find_user(session, username=name, on=today) for name in names]
        hashes = {name: people.find_password_hash(session, username=name) for name in names}
    return [each for each in found if each is not None and passwords.is_published(hashes[each.username])]


def enter_demonstration(username: str, *, address: str, browser: str | None, check: CheckPassword) -> User:
    """Sign in at one click as somebody the sign-in page of a demonstration names: with its published password.

    It is throttled and counted as any signing in, and where it cannot succeed, since it is no demonstration or they
    have a password of their own, it is no try. Raises SignInRefusedError.
    """
    if username not in {each.username for each in list_demonstration_accounts()}:
        raise SignInRefusedError(NO_DEMONSTRATION)
    return sign_in(username, passwords.OF_THE_DEMONSTRATION, address=address, browser=browser, check=check)
