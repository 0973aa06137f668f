"""What whoever administers accounts looks at first: who can sign in, whose role ends, at which passwords were tried."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from sqlalchemy.orm import Session

import settings
from cycle.ground import passwords
from cycle.ground.access import demand
from cycle.ground.memory import remembered
from data_access.council.people import list_posts
from data_access.council.settings_store import get_today
from data_access.council.units import list_units
from data_access.home import accounts as stored
from data_access.home import mails
from data_access.plan.register import list_measures
from data_access.plan.tree import list_actions, list_nodes
from data_access.store.database import reading
from performance.admin import throttle
from performance.ground.organisation import ActionStatus
from performance.ground.people import Permission, User
from performance.home import accounts
from performance.home.accounts import Account, Matter, RoleCount, Strangers, Tries, Unowned
from performance.plan.thread import staffed


@dataclass(frozen=True, kw_only=True)
class Group:
    """Matters of one kind, the first to be looked at first: what they are, and what is to be done about them."""

    title: str
    says: str
    matters: tuple[Matter, ...]


@dataclass(frozen=True, kw_only=True)
class AccountsNow:
    """Every account as it stands today; `mails` wait for a decision, and `known_days` is how long it is remembered
    that somebody signed in. `unnamed` is how much of the plan names no owner's role."""

    everyone: tuple[Account, ...]
    tries: tuple[Tries, ...]
    strangers: Strangers
    unowned: tuple[Unowned, ...]
    unnamed: str
    units: Mapping[str, str]
    mails: int
    today: date
    now: datetime
    known_days: int

    @property
    def held_back(self) -> tuple[Account, ...]:
        """Accounts at which no try is looked at now, but where their people signed in lately."""
        held = (each.account for each in self.tries if each.held_until(self.now))
        return tuple(each for each in held if not each.is_shut)

    @property
    def by_role(self) -> tuple[RoleCount, ...]:
        return accounts.by_role(self.everyone, on=self.today)

    @property
    def in_words(self) -> str:
        """9 accounts: 7 can sign in, 1 is shut, 1 has no role."""
        shut = sum(each.is_shut for each in self.everyone)
        able = sum(accounts.can_sign_in(each, on=self.today) for each in self.everyone)
        said = [f"{able:,} can sign in", *([f"{shut:,} {'is' if shut == 1 else 'are'} shut"] if shut else [])]
        if rest := len(self.everyone) - able - shut:
            said.append(f"{rest:,} cannot, for want of a role or of a password that holds")
        many = f"{len(self.everyone):,} account{'' if len(self.everyone) == 1 else 's'}"
        return f"{many}: {', '.join(said)}."

    @property
    def tried_in_words(self) -> str:
        return accounts.tried_in_words(self.tries, self.strangers)

    @property
    def tried(self) -> tuple[Matter, ...]:
        return tuple(accounts.tried(self.tries, now=self.now))

    @property
    def to_put_right(self) -> tuple[Group, ...]:
        """What is wrong with accounts and roles, or soon will be; kinds without any are left out."""
        everyone, today = self.everyone, self.today
        groups = (
            Group(title="Without a role", says=f"Who signs in there sees nothing. ROLE is {accounts.ROLES_WRITTEN}.",
                  matters=tuple(accounts.without_role(everyone, on=today))),
            Group(title="Never used", says="Nobody has chosen a password of their own there.",
                  matters=tuple(accounts.never_used(everyone, on=today))),
            Group(title="Roles that end soon", says=f"Within {accounts.SOON.days} days.",
                  matters=tuple(accounts.ending(everyone, units=self.units, on=today))),
            Group(title="Nobody in charge", says="What these units own in the plan has no owner in post.",
                  matters=tuple(accounts.nobody_in_charge(self.unowned))),
        )  # fmt: skip
        return tuple(group for group in groups if group.matters)


def accounts_now(*, by: User) -> AccountsNow:
    """A question for each kind of thing, however many accounts there are."""
    now = datetime.now(UTC)
    with reading() as session:
        demand(session, by, Permission.ADMINISTER)
        today = get_today(session)
        everyone = _everyone(session, today=today, now=now)
        wrong = stored.list_wrong_tries(session, since=now - accounts.LATELY, counted_since=now - throttle.REMEMBERED)
        unowned, unnamed, units = remembered(session, ("unowned",), lambda: _unowned(session, today), apart=True)
        return AccountsNow(
            everyone=tuple(everyone.values()),
            tries=tuple(
                Tries(account=everyone[username], many=each.many, last=each.last, counted=each.counted)
                for username, each in wrong.items()
            ),
            strangers=stored.count_strangers(session, since=now - accounts.LATELY),
            unowned=unowned, unnamed=unnamed, units=units,
            mails=len(mails.list_undecided(session, now=now)), today=today, now=now,
            known_days=settings.SIGN_IN.known_days,
        )  # fmt: skip


def _everyone(session: Session, *, today: date, now: datetime) -> dict[str, Account]:
    posts = stored.list_posts_by_person(session, since=today)
    since = now - timedelta(days=settings.SIGN_IN.known_days)
    return {
        each.username: Account(
            username=each.username,
            name=each.name,
            is_shut=each.is_shut,
            has_one_time=each.has_one_time,
            one_time_has_ended=each.has_one_time and passwords.has_ended(each.one_time_since, now=now),
            signed_in=each.signed_in is not None and each.signed_in >= since,
            posts=posts.get(each.username, ()),
        )
        for each in stored.list_accounts(session)
    }


def _unowned(session: Session, today: date) -> tuple[tuple[Unowned, ...], str, Mapping[str, str]]:
    """Units that own something while nobody is in charge, and what names no owner's role at all, each counted; and
    what every unit is called."""
    measures = [each for each in list_measures(session) if each.is_in_use(today)]
    nodes, units = list_nodes(session, on=today), list_units(session, on=today)
    of_measure = {each.code: each.unit_code for each in measures}
    of_node = {each.code: each.unit_code for each in nodes}
    owned: Counter[tuple[str | None, str]] = Counter((each.unit_code, "measure") for each in measures)
    owned.update((each.unit_code, each.kind.value) for each in nodes)
    for action in list_actions(session):
        owner = of_measure.get(action.measure_code or "") or of_node.get(action.node_code or "")
        owned[owner, "action"] += action.status is not ActionStatus.DONE
    in_post = staffed(units, list_posts(session, on=today))
    found = []
    for unit in units:
        owns = {what: many for (code, what), many in owned.items() if code == unit.code and many}
        if owns and unit.code not in in_post:
            found.append(Unowned(unit_code=unit.code, name=unit.name, owns=_listed(owns)))
    named = Counter("measure" for each in measures if not each.owner_role.strip())
    named.update(each.kind.value for each in nodes if not each.owner_role.strip())
    return tuple(found), _listed(named), {unit.code: unit.name for unit in units}


def _listed(counts: Mapping[str, int]) -> str:
    """12 measures, 3 plans and 1 action."""
    said = [f"{many:,} {_plural(what, many)}" for what, many in counts.items()]
    return " and ".join(filter(None, [", ".join(said[:-1]), *said[-1:]]))


def _plural(what: str, many: int) -> str:
    return what if many == 1 else "priorities" if what == "priority" else f"{what}s"
