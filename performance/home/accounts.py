"""Accounts as whoever administers them looks at them: who can sign in, whose role ends, at which passwords were tried.

Days are the council's, times of signing in those of the clock on the wall. What is to be done is said with the command
that does it, since accounts are kept by commands.
"""

import shlex
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from performance.admin import throttle
from performance.ground.people import LASTING_ROLES, Role
from performance.ground.periods import day_in_words

SOON = timedelta(days=30)
"""A role whose last day is no further away ends soon."""
LATELY = timedelta(days=7)
"""So far back tries to sign in are told."""
ROLES_WRITTEN = f"{', '.join(LASTING_ROLES[:-1])} or {LASTING_ROLES[-1]}; UNIT the code of a unit"
_COMMAND = ".venv/bin/python manage.py user"


@dataclass(frozen=True, kw_only=True)
class Post:
    """A role of an account at a unit, from the first day to the last, both included; None is no limit."""

    role: Role
    unit_code: str
    first_day: date | None = None
    last_day: date | None = None

    def holds_on(self, day: date) -> bool:
        return (self.first_day or day) <= day <= (self.last_day or day)

    @property
    def written(self) -> str:
        return f"{self.role.value}@{self.unit_code}"


@dataclass(frozen=True, kw_only=True)
class Account:
    """An account with its roles of today and to come. `signs_in_by` is whether by a password of its own, by a one-time
    password, or by one that has ended; `signed_in` says that it did within so many days as are remembered."""

    username: str
    name: str
    is_shut: bool = False
    has_one_time: bool = False
    one_time_has_ended: bool = False
    signed_in: bool = False
    posts: tuple[Post, ...] = ()

    @property
    def called(self) -> str:
        return f"{self.name} ({self.username})"

    @property
    def why_refused(self) -> str:
        """What keeps it out now, whatever is typed; else only the password can have been wrong."""
        if self.is_shut:
            return "the account is shut"
        return "its one-time password has ended" if self.one_time_has_ended else "the password was wrong"


@dataclass(frozen=True, kw_only=True)
class Tries:
    """Wrong tries at an account lately: how many, when the newest was, and how many in as long as one counts."""

    account: Account
    many: int
    last: datetime
    counted: int

    def held_until(self, now: datetime) -> datetime | None:
        """When the next try is looked at; None where that is at once."""
        if not throttle.must_wait(self.counted, last=self.last, now=now):
            return None
        return self.last + throttle.wait_after(self.counted)


@dataclass(frozen=True, kw_only=True)
class Strangers:
    """Wrong tries lately at names that no account has. What was typed is told to nobody: it may be a password."""

    many: int = 0
    addresses: int = 0


@dataclass(frozen=True, kw_only=True)
class Unowned:
    """A unit with nobody in charge of it today, and how much of the plan it owns."""

    unit_code: str
    name: str
    owns: str


@dataclass(frozen=True, kw_only=True)
class Matter:
    """Something to put right: what it is, what is to be known of it, and the command that does it."""

    label: str
    detail: str = ""
    command: str = ""


@dataclass(frozen=True, kw_only=True)
class RoleCount:
    """How many accounts that can sign in hold a role today, and how many of them signed in lately."""

    role: Role
    accounts: int
    signed_in: int


def can_sign_in(account: Account, *, on: date) -> bool:
    has_role = any(post.holds_on(on) for post in account.posts)
    return has_role and not (account.is_shut or account.one_time_has_ended)


def by_role(accounts: tuple[Account, ...], *, on: date) -> tuple[RoleCount, ...]:
    """Each role once, also where nobody holds it; who holds one at several units counts once."""
    held: Counter[Role] = Counter()
    lately: Counter[Role] = Counter()
    for each in accounts:
        roles = {post.role for post in each.posts if post.holds_on(on)} if can_sign_in(each, on=on) else set()
        held.update(roles)
        lately.update(roles if each.signed_in else ())
    return tuple(RoleCount(role=role, accounts=held[role], signed_in=lately[role]) for role in Role)


def without_role(accounts: tuple[Account, ...], *, on: date) -> Iterator[Matter]:
    """Those that are open and hold no role today: who signs in there is shown nothing."""
    for each in accounts:
        if each.is_shut or any(post.holds_on(on) for post in each.posts):
            continue
        begins = min((post.first_day for post in each.posts if post.first_day), default=None)
        detail = f"Its role begins on {day_in_words(begins)}." if begins else ""
        yield Matter(label=each.called, detail=detail, command=_run("give-role", each.username, "ROLE@UNIT"))


def never_used(accounts: tuple[Account, ...], *, on: date) -> Iterator[Matter]:
    """Those with a role whose one-time password nobody has exchanged for one of their own; first where nobody can."""
    able = (each for each in accounts if not each.is_shut and any(post.holds_on(on) for post in each.posts))
    waiting = [each for each in able if each.has_one_time]
    for each in sorted(waiting, key=lambda each: not each.one_time_has_ended):
        if each.one_time_has_ended:
            yield Matter(label=each.called, detail="The one-time password has ended: give a new one.",
                         command=_run("reset-password", each.username))  # fmt: skip
        else:
            yield Matter(label=each.called, detail="The one-time password still holds: remind them.")


def ending(accounts: tuple[Account, ...], *, units: Mapping[str, str], on: date) -> Iterator[Matter]:
    """Roles whose last day is near, the nearest first."""
    found = [
        (post.last_day, each, post)
        for each in accounts
        for post in each.posts
        if not each.is_shut and post.last_day is not None and post.holds_on(on) and post.last_day <= on + SOON
    ]
    for last_day, each, post in sorted(found, key=lambda found: (found[0], found[1].username, found[2].written)):
        left = (last_day - on).days
        when = f"{left} day{'' if left == 1 else 's'} left" if left else "today"
        role = f"{post.role.in_words}, {units.get(post.unit_code, post.unit_code)}"
        label = f"{each.called}: {role}, until {day_in_words(last_day)} ({when})"
        if post.role in LASTING_ROLES:
            said, command = "To keep it without an end:", _run("give-role", each.username, post.written)
        else:
            said, command = "A head of service names a deputy again on Sign-off.", ""
        yield Matter(label=label, detail=said, command=command)


def nobody_in_charge(units: tuple[Unowned, ...]) -> Iterator[Matter]:
    for each in units:
        command = _run("give-role", "USERNAME", f"{Role.SERVICE_MANAGER.value}@{each.unit_code}")
        yield Matter(label=f"{each.name}: nobody is service manager or head", detail=f"It owns {each.owns}.",
                     command=command)  # fmt: skip


def tried(tries: tuple[Tries, ...], *, now: datetime) -> Iterator[Matter]:
    """Accounts at which passwords were wrong: those that are held back now first, then the most tries."""
    for each in sorted(tries, key=lambda each: (each.held_until(now) is None, -each.many, each.account.username)):
        until, why = each.held_until(now), each.account.why_refused
        label = f"{each.account.called}: {_count(each.many, 'wrong try', 'wrong tries')}"
        held = f" Held back until {until.astimezone():%H:%M:%S}, except where they signed in lately." if until else ""
        detail = f"The newest on {_moment(each.last)}; {why}.{held}"
        wants = "" if each.account.is_shut else _run("reset-password", each.account.username)
        yield Matter(label=label, detail=detail, command=wants)


def tried_in_words(tries: tuple[Tries, ...], strangers: Strangers) -> str:
    """How many tries failed lately, by what they failed at."""
    total = sum(each.many for each in tries) + strangers.many
    if not total:
        return f"No try to sign in failed in the last {LATELY.days} days."
    reasons: Counter[str] = Counter()
    for each in tries:
        reasons[each.account.why_refused] += each.many
    parts = [f"{many:,} where {why}" for why, many in sorted(reasons.items(), key=lambda pair: (-pair[1], pair[0]))]
    if strangers.many:
        where = _count(strangers.addresses, "address", "addresses")
        parts.append(f"{strangers.many:,} under names that no account has, from {where}")
    failed = _count(total, "try to sign in", "tries to sign in")
    return f"In the last {LATELY.days} days {failed} failed: {'; '.join(parts)}."


def _run(*words: str) -> str:
    return f"{_COMMAND} {shlex.join(words)}"


def _moment(at: datetime) -> str:
    local = at.astimezone()
    return f"{day_in_words(local.date())} at {local:%H:%M}"


def _count(many: int, one: str, more: str) -> str:
    return f"{many:,} {one if many == 1 else more}"
