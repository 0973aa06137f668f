"""A person's digest: what of Home they are told by mail, on which days, and whether there is anything new to say.

Everything in it has a topic: what it is about and how far that has come. A digest is due when it has a topic that the
last one they were sent had not; it then says all that stands. So a reminder is a topic that a working day brings about,
and what is submitted or signed off meanwhile is simply not said any more.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from performance.do.calendar import Calendar
from performance.ground.periods import day_in_words
from performance.home.lines import Line, Opens

# Working days before the day a return is due on which it is first mentioned: time to ask for a figure and get it.
REMIND_BEFORE = 3
# Working days after which what is late, or waits, is said once more: a working week, so that nobody learns to overlook
# a mail that says the same every morning.
REMIND_AGAIN = 5
# So many times, a working month. What is older still stands in every mail, and is no news of its own any more: a year
# of late returns, each with its own day of the week, would be a mail every day.
REMIND_AT_MOST = 4
# Working days late after which the next above is told, and again so many for the one above them.
ESCALATE_AFTER = 5
# Lines of one part; of what is beyond them it says how many. A first mail after years without one stays readable.
MOST = 12

_DAY = timedelta(days=1)


class Part(StrEnum):
    """The parts of a digest, in the order in which they stand: what is on fire first."""

    BACK = "back"
    LATE = "late"
    ESCALATED = "escalated"
    DUE = "due"
    SIGN_OFF = "sign off"
    REOPENINGS = "reopenings"
    PLANS = "plans"
    RISKS = "risks"
    QUESTIONS = "questions"
    ACTIONS = "actions"
    CHANGED = "changed"

    @property
    def heading(self) -> str:
        return _PARTS[self][0]

    def counted(self, many: int) -> str:
        """How the subject says it: 1 return late, 3 returns late."""
        return _PARTS[self][1 if many == 1 else 2].format(many)


_PARTS = {
    Part.BACK: ("Back with a question", "{} return came back", "{} returns came back"),
    Part.LATE: ("Late", "{} return late", "{} returns late"),
    Part.ESCALATED: ("Still late at your services", "{} return still late", "{} returns still late"),
    Part.DUE: ("Due soon", "{} return due soon", "{} returns due soon"),
    Part.SIGN_OFF: ("Waiting for your sign-off", "{} waits for your sign-off", "{} wait for your sign-off"),
    Part.REOPENINGS: ("Requests to reopen", "{} request to reopen", "{} requests to reopen"),
    Part.PLANS: ("Recovery plans", "{} recovery plan waits for you", "{} recovery plans wait for you"),
    Part.RISKS: ("Risks to look at again", "{} risk to look at again", "{} risks to look at again"),
    Part.QUESTIONS: ("Questions about figures", "{} question about figures", "{} questions about figures"),
    Part.ACTIONS: ("Actions to speak for", "{} service with actions to speak for",
                   "{} services with actions to speak for"),
    Part.CHANGED: ("Status moved", "{} status moved", "{} statuses moved"),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Point:
    """One thing a digest says: in which part, with what words, and its topic, which is codes and never words; `also`
    has the topics of whatever else the line stands for."""

    part: Part
    topic: str
    line: Line
    also: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Digest:
    """All that a person would be told on a day. `red` is how many measures of their part are red now, None for those
    who see no scorecards; `notes` are sentences beside the sign-offs: who signs off in whose place."""

    day: date
    points: tuple[Point, ...]
    red: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def topics(self) -> frozenset[str]:
        return frozenset(topic for point in self.points for topic in (point.topic, *point.also))

    def has_news(self, told: Collection[str]) -> bool:
        """Whether something stands here that was not said before."""
        return not self.topics <= frozenset(told)

    def subject(self, *, red_before: int | None = None) -> str:
        """1 return late. 3 wait for your sign-off. 4 red now (1 more)."""
        said = [part.counted(many) for part in Part if (many := len(self._of(part)))]
        return ". ".join([*said, *self._red(red_before)])

    def text(self, *, council: str, at: str, red_before: int | None = None) -> str:
        """The mail itself, in plain text; `at` is the app's own address, without a stroke at its end."""
        opening = f"{council}, performance: what Home says to you on {self.day:%A} {day_in_words(self.day)}."
        parts = [part for part in Part if self._of(part)]
        blocks = [opening, *(self._block(part, at) for part in parts), *self._standing(red_before, at)]
        return "\n\n".join([*blocks, _ending(at)]) + "\n"

    def _of(self, part: Part) -> list[Point]:
        return [point for point in self.points if point.part is part]

    def _block(self, part: Part, at: str) -> str:
        points = self._of(part)
        lines = [f"{part.heading.upper()} ({len(points)})"]
        for point in points[:MOST]:
            lines += [f"- {_flat(point.line.label)}"]
            lines += [f"  {_flat(point.line.detail)}"] if point.line.detail else []
            lines += [f"  {at}/{point.line.address}"]
        if (more := len(points) - MOST) > 0:
            lines.append(f"And {more} more, on Home: {at}/")
        return "\n".join([*lines, *(self.notes if part is Part.SIGN_OFF else ())])

    def _red(self, before: int | None) -> list[str]:
        """How many are red, and how many more or fewer than when the person was last told."""
        if self.red is None:
            return []
        moved = 0 if before is None else self.red - before
        since = f" ({abs(moved)} {'more' if moved > 0 else 'fewer'})" if moved else ""
        return [f"{self.red} red now{since}"] if self.red or since else []

    def _standing(self, before: int | None, at: str) -> list[str]:
        return [f"{each} in your part of the council: {at}/" for each in self._red(before)]


def stage_of(due_on: date, *, today: date, calendar: Calendar) -> str:
    """How far something with a day has come, as far as it is worth a mail: "soon", "today", "late 0" in the first
    working week after its day, "late 4" from the fifth on; empty where it is too early to speak of."""
    if today < due_on:
        return "soon" if working_days(today, due_on, calendar) <= REMIND_BEFORE else ""
    if today == due_on:
        return "today"
    return f"late {_week(working_days(due_on, today, calendar) - 1)}"


def waited(since: date, *, today: date, calendar: Calendar) -> str:
    """The working week, counted from 0, in which something waits."""
    return str(_week(working_days(since, today, calendar)))


def is_told_above(due_on: date, *, today: date, level: int, calendar: Calendar) -> bool:
    """Whether what is late since the day is said to somebody so many levels above who is asked first (level 0)."""
    return working_days(due_on, today, calendar) > ESCALATE_AFTER * level


def working_days(after: date, until: date, calendar: Calendar) -> int:
    """How many working days come after the one day, up to the other and with it; none where that is no later."""
    found = 0
    while after < until:
        after += _DAY
        found += calendar.is_working_day(after)
    return found


def _week(days: int) -> int:
    return min(max(0, days) // REMIND_AGAIN, REMIND_AT_MOST)


def note_on(sentences: Iterable[str]) -> tuple[str, ...]:
    return tuple(f"{_flat(each)}." for each in sentences)


def _flat(text: str) -> str:
    """On one line, whatever somebody called their service."""
    return " ".join(text.split())


def _ending(at: str) -> str:
    return (
        "You are told on working days, once a day at most, when there is something new.\n"
        f"To get no such mail, say so under Mail on Home: {at}/{Opens.HOME.value}\n"
        "This mail was made by the app: nobody reads an answer to it."
    )
