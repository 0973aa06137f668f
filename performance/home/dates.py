"""The days ahead that matter to a person, for their own calendar: what is due, closes, meets or ends on which day.

Each has a name that stays while its day moves: a calendar that is given the day anew moves what it has. So a return's
days are numbered within it and not named by their date: its first day, and its second where some figures come later.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from performance.do.calendar import Calendar
from performance.do.returns import Asked
from performance.ground.organisation import Action, Milestone, Return, Unit
from performance.ground.periods import Frequency, Period, day_in_words
from performance.ground.reading_order import as_read
from performance.home.digest import REMIND_BEFORE
from performance.home.lines import Line, Opens
from performance.report.editions import Edition, EditionState

# So far ahead returns are known: a year, as the calendar of a council is laid out.
MONTHS_AHEAD = 12
# So many words on a recovery plan: nobody knows how long it stays open.
UPDATES_AHEAD = 3
# Measures that a day names; of those beyond them it says how many.
MOST_NAMED = 12
_DAY = timedelta(days=1)


class DateKind(StrEnum):
    """What a day is about, as the calendar may sort it."""

    FIGURES = "figures"
    SIGN_OFF = "sign-off"
    UPDATE = "update"
    MILESTONE = "milestone"
    ACTION = "action"
    CLOSES = "closes"
    MEETS = "meets"
    ROUND = "round"
    LOCKS = "locks"

    @property
    def in_words(self) -> str:
        return {
            "figures": "Figures due", "sign-off": "Sign-off", "update": "Recovery plans", "milestone": "Recovery plans",
            "action": "Actions", "closes": "Editions", "meets": "Editions", "round": "Reporting calendar",
            "locks": "Reporting calendar",
        }[self.value]  # fmt: skip

    @property
    def is_said_by_mail(self) -> bool:
        """Whether the daily mail reminds of it before its day is over."""
        return self in {DateKind.FIGURES, DateKind.SIGN_OFF, DateKind.UPDATE}


@dataclass(frozen=True, kw_only=True)
class DateAhead:
    """A whole day. `code` says which of its kind it is, whatever its day; `revision` counts how often it was changed,
    None where nobody counts. `remind_on` is the day on which to think of it."""

    kind: DateKind
    code: str
    on: date
    line: Line
    revision: int | None = None
    remind_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A recovery plan that somebody says each month how it goes. `since` is the first month of which nothing is said
    yet."""

    id: int
    reference: str
    title: str
    unit_code: str
    lag_days: int
    since: Period


def returns_due(unit: Unit, asked: Iterable[Asked], *, calendar: Calendar) -> Iterator[DateAhead]:
    """The days on which a unit's figures are due: one for each period, and more where some of them come later."""
    by_period: dict[Period, dict[date, list[str]]] = {}
    for each in asked:
        days = by_period.setdefault(each.period, {})
        days.setdefault(each.dates.on_time_by, []).append(each.measure.title)
    for period, days in by_period.items():
        month = Period.containing(period.end, months=1)
        for number, day in enumerate(sorted(days), start=1):
            line = Line(
                label=f"Figures for {period.in_words} due: {unit.name}",
                detail=_named(days[day]),
                opens=Opens.MY_RETURN,
                query=(("unit", unit.code), ("period", month.iso)),
            )
            yield DateAhead(
                kind=DateKind.FIGURES, code=f"{unit.code}-{period.iso}-{number}", on=day, line=line,
                remind_on=reminder(day, calendar),
            )  # fmt: skip


def sign_off_due(unit: Unit, waiting: Return, *, on: date, submitted_by: str, calendar: Calendar) -> DateAhead:
    """The day by which a return that waits is to be signed off; submitted again, it is another day."""
    line = Line(
        label=f"Sign off {waiting.period.in_words}: {unit.name}",
        detail=f"Submitted by {submitted_by}",
        opens=Opens.SIGN_OFF,
        query=(("unit", unit.code), ("period", waiting.period.iso)),
    )
    return DateAhead(
        kind=DateKind.SIGN_OFF, code=f"{unit.code}-{waiting.period.iso}", on=on, line=line, revision=waiting.version,
        remind_on=reminder(on, calendar),
    )  # fmt: skip


def updates_due(plan: Followed, due: Mapping[Period, date], *, calendar: Calendar) -> Iterator[DateAhead]:
    """The days by which to say how a recovery plan went in its next months: with the return, where there is one.

    `due` has the first day of the unit's return of each month.
    """
    for step in range(UPDATES_AHEAD):
        month = plan.since.shifted(step)
        day = due.get(month) or calendar.working_day(month.end + timedelta(days=plan.lag_days))
        line = Line(
            label=f"Say how recovery plan {plan.reference} went in {month.in_words}: {plan.title}",
            opens=Opens.MY_RETURN,
            query=(("unit", plan.unit_code), ("period", month.iso)),
        )
        yield DateAhead(
            kind=DateKind.UPDATE, code=f"{plan.reference}-{month.iso}", on=day, line=line,
            remind_on=reminder(day, calendar),
        )  # fmt: skip


def milestone_due(milestone: Milestone, plan: Followed) -> DateAhead:
    """The last day of the period whose figure a milestone is about. What it is to reach stays in the app."""
    line = Line(
        label=f"Milestone of recovery plan {plan.reference}: {plan.title}",
        detail=f"By the figure for {milestone.period.in_words}",
        opens=Opens.RECOVERY_PLAN,
        query=(("plan", str(plan.id)),),
    )
    return DateAhead(
        kind=DateKind.MILESTONE, code=f"{plan.reference}-{milestone.id}", on=milestone.period.end, line=line,
        revision=milestone.moves,
    )  # fmt: skip


def action_due(
    action: Action, *, where: str, unit_code: str, month: Period, version: int, calendar: Calendar
) -> DateAhead | None:
    """The day on which an action is to end; None for one without an end. `month` is that of the return on which its
    owner says how it stands."""
    if action.ends_on is None:
        return None
    line = Line(
        label=f"Action due: {action.action}",
        detail=". ".join(filter(None, (where, action.responsible_role))),
        opens=Opens.MY_RETURN,
        query=(("unit", unit_code), ("period", month.iso)),
    )
    return DateAhead(
        kind=DateKind.ACTION, code=str(action.id), on=action.ends_on, line=line,
        revision=version - 1 + action.moves, remind_on=reminder(action.ends_on, calendar),
    )  # fmt: skip


def edition_dates(edition: Edition, *, calendar: Calendar) -> Iterator[DateAhead]:
    """The day its figures close, until they have, and the day of its meeting."""
    query = (("edition", edition.reference),)
    if edition.state is EditionState.PLANNED:
        closes = Line(label=f"Figures close for {edition.title}", opens=Opens.EDITION, query=query,
                      detail=f"For the meeting on {day_in_words(edition.meets_on)}")  # fmt: skip
        yield DateAhead(
            kind=DateKind.CLOSES, code=edition.reference, on=edition.closes_on, line=closes,
            revision=edition.version - 1, remind_on=reminder(edition.closes_on, calendar),
        )  # fmt: skip
    meets = Line(label=f"{edition.committee} meets: performance, {edition.period.in_words}", opens=Opens.EDITION,
                 query=query, detail=f"Edition {edition.reference}")  # fmt: skip
    yield DateAhead(
        kind=DateKind.MEETS, code=edition.reference, on=edition.meets_on, line=meets, revision=edition.version - 1,
        remind_on=reminder(edition.meets_on, calendar),
    )  # fmt: skip


def round_dates(
    frequency: Frequency, period: Period, *, on_time_by: date, locks_on: date | None, calendar: Calendar
) -> Iterator[DateAhead]:
    """For those who keep the reporting calendar: the day most of a round's figures are due, and the day they lock."""
    code, what = f"{frequency.value}-{period.iso}", f"{frequency.in_words} figures for {period.in_words}"
    days = ((DateKind.ROUND, on_time_by, "are due"), (DateKind.LOCKS, locks_on, "lock"))
    for kind, day, words in days:
        if day is not None:
            line = Line(label=f"{what} {words}: all services", opens=Opens.CALENDAR)
            yield DateAhead(kind=kind, code=code, on=day, line=line, remind_on=reminder(day, calendar))


def to_come(dates: Iterable[DateAhead], *, today: date) -> tuple[DateAhead, ...]:
    """Those from today on, the next first."""
    found = [each for each in dates if each.on >= today]
    return tuple(sorted(found, key=lambda each: (each.on, as_read(each.line.label), each.kind, each.code)))


def reminder(day: date, calendar: Calendar) -> date:
    """So many working days before the day as a mail would remind of it."""
    left = REMIND_BEFORE
    while left:
        day -= _DAY
        left -= calendar.is_working_day(day)
    return day


def _named(titles: Sequence[str]) -> str:
    """3 measures: Missed bins; Recycling rate; Street cleaning."""
    named = sorted(titles, key=as_read)[:MOST_NAMED]
    more = f"; and {len(titles) - MOST_NAMED} more" if len(titles) > MOST_NAMED else ""
    return f"{len(titles)} measure{'' if len(titles) == 1 else 's'}: {'; '.join(named)}{more}"
