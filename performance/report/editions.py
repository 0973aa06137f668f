"""Editions: what is published of the figures of a period for a meeting of a committee (docs/domain.md, Editions)."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from enum import StrEnum

from performance.ground.entry import Problem, check_texts
from performance.ground.measures import ContentKind
from performance.ground.people import Permission, User
from performance.ground.periods import Period, day_in_words

LONGEST_COMMITTEE = 120


class Audience(StrEnum):
    """Whom an edition is published to; each of them is wider than the one before, and holds it."""

    MEMBERS = "members"
    EVERYBODY = "everybody"
    PUBLIC = "public"

    @property
    def in_words(self) -> str:
        return {
            "members": "Councillors and officers",
            "everybody": "Everybody who signs in",
            "public": "The public, without signing in",
        }[self.value]

    @property
    def needs(self) -> Permission:
        """What a person who has signed in needs in order to read what is published to it."""
        return Permission.VIEW_EDITIONS if self is Audience.MEMBERS else Permission.SIGN_IN

    def holds(self, other: "Audience") -> bool:
        """Whether whoever is of the other audience is of this one too."""
        order = list(Audience)
        return order.index(self) >= order.index(other)


class EditionState(StrEnum):
    """An edition's way: planned for a meeting, frozen from the figures, published for good."""

    PLANNED = "planned"
    FROZEN = "frozen"
    PUBLISHED = "published"

    @property
    def in_words(self) -> str:
        return {"planned": "Planned", "frozen": "Frozen, not published yet", "published": "Published"}[self.value]


@dataclass(frozen=True, kw_only=True)
class Freeze:
    """The figures as known at a moment, copied: of so many measures. One after another, the last is the edition's.

    `before_id` is the freeze of the committee's edition before, as it was published.
    """

    at: datetime
    by: str
    number: int = 1
    lines: int = 0
    before_id: int | None = None
    id: int = 0

    @property
    def in_words(self) -> str:
        """ "66 measures as known on 9 November 2017"."""
        measures = f"{self.lines} measure{'' if self.lines == 1 else 's'}"
        return f"{measures} as known on {self.known_on}"

    @property
    def known_on(self) -> str:
        """The council's day of the moment, in words."""
        return day_in_words(self.at.astimezone().date())


@dataclass(frozen=True, kw_only=True)
class Edition:
    """The figures of a period for a meeting: who meets, on which day, on which day the figures close, who may read it.

    `kinds` are the kinds of measure it is of; all, where none is named.
    """

    committee: str
    period: Period
    meets_on: date
    closes_on: date
    audience: Audience = Audience.MEMBERS
    kinds: tuple[ContentKind, ...] = ()
    freeze: Freeze | None = None
    published_at: datetime | None = None
    published_by: str | None = None
    version: int = 1
    id: int = field(default=0)

    @property
    def state(self) -> EditionState:
        if self.published_at is not None:
            return EditionState.PUBLISHED
        return EditionState.FROZEN if self.freeze else EditionState.PLANNED

    @property
    def closed_at(self) -> datetime:
        """The end of the council's day on which its figures close."""
        return datetime.combine(self.closes_on, time.max).astimezone()

    @property
    def is_published(self) -> bool:
        return self.published_at is not None

    @property
    def is_public(self) -> bool:
        """Whether it is there for whoever asks, without signing in."""
        return self.is_published and self.audience is Audience.PUBLIC

    @property
    def reference(self) -> str:
        """What people quote: E-03."""
        return f"E-{self.id:02d}"

    @property
    def title(self) -> str:
        """July to September 2017: Cabinet."""
        return f"{self.period.in_words}: {self.committee}"

    @property
    def kinds_in_words(self) -> str:
        return ", ".join(kind.in_words for kind in self.kinds) or "All kinds of measure"

    def follows(self, before: "Edition") -> bool:
        """Whether its pack may say what has changed since that edition: published for the same committee, of an earlier
        period as long, and to whoever reads this one."""
        return (
            before.is_published
            and before.committee.casefold() == self.committee.casefold()
            and before.period.end < self.period.end
            and before.period.months == self.period.months
            and before.audience.holds(self.audience)
        )

    def may_read(self, user: User) -> bool:
        """Whoever makes editions reads all of them; everybody else what is published to them."""
        return user.may(Permission.MAKE_EDITIONS) or (self.is_published and user.may(self.audience.needs))

    def when_in_words(self, today: date) -> str:
        """When its figures close, or that they should have; empty once they are frozen."""
        if self.state is not EditionState.PLANNED:
            return ""
        left = (self.closes_on - today).days
        if left < 0:
            return f"Its figures were to close on {day_in_words(self.closes_on)}, {_days(-left)} ago."
        when = "today" if not left else f"in {_days(left)}"
        return f"Its figures close on {day_in_words(self.closes_on)}, {when}."


def check_edition(edition: Edition) -> list[Problem]:
    """What keeps an edition from being planned like this, each at its field."""
    problems = []
    if not edition.committee.strip():
        problems.append(Problem(field="committee", message="Enter who meets"))
    if edition.closes_on <= edition.period.end:
        ended = day_in_words(edition.period.end)
        problems.append(Problem(field="closes_on", message=f"The figures must close after the period ends, on {ended}"))
    if edition.meets_on < edition.closes_on:
        problems.append(Problem(field="meets_on", message="The meeting must not be before its figures close"))
    return problems + check_texts(("committee", "Who meets", edition.committee, LONGEST_COMMITTEE))


def _days(number: int) -> str:
    return f"{number} day{'' if number == 1 else 's'}"
