"""What a return asks of a service for a month: whose figures, by when, and what can still be changed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

from performance.do.calendar import Calendar, Dates
from performance.do.reopening import Reopening
from performance.ground.figures import Figure, Series, Target
from performance.ground.measures import Measure
from performance.ground.organisation import Return, ReturnStatus, Unit
from performance.ground.periods import Period, day_in_words
from performance.ground.reckoning.due import is_provided, stored_value
from performance.ground.reckoning.rag import Rag, rate, target_in_words
from performance.ground.reckoning.unusual import CheckLimits
from performance.ground.values import Value

# How long a head of service has to sign off, counted from submission.
SIGN_OFF_WITHIN = timedelta(days=7)
NO_FIGURES = Series(figures={}, targets={})


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A figure that a return asks for: a measure and its own period, and between which days."""

    measure: Measure
    period: Period
    dates: Dates

    @property
    def due_on(self) -> date:
        """The day after which a figure that is missing counts as not provided, working day or not."""
        return self.measure.due_on(self.period)

    @property
    def in_words(self) -> str:
        """On time by 14 November 2017, locks on 28 November 2017."""
        locks = f", locks on {day_in_words(self.dates.locks_on)}" if self.dates.locks_on else ""
        return f"On time by {day_in_words(self.dates.on_time_by)}{locks}"


@dataclass(frozen=True, kw_only=True)
class ReturnLine:
    """One figure of a return: what is stored, what it is held against, and whether it is owed today.

    `locked_because` says in a sentence why it cannot be changed, and who can help; empty where it can.
    `reopening_id` is the request under which a locked figure is open for a time. `ward_total` is what the figures of
    all wards add up to; None where one is not there, or they do not add up.
    """

    asked: Asked
    area_code: str
    series: Series
    today: date
    default_percent: Decimal
    locked_because: str = ""
    reopening_id: int | None = None
    check_limits: CheckLimits = field(default_factory=CheckLimits)
    ward_total: Decimal | None = None

    @property
    def measure(self) -> Measure:
        return self.asked.measure

    @property
    def period(self) -> Period:
        return self.asked.period

    @property
    def is_locked(self) -> bool:
        return bool(self.locked_because)

    @property
    def current(self) -> Figure | None:
        return self.series.stored(self.period)

    @property
    def revision(self) -> int:
        """The revision a change is based on; 0 where there is no figure yet."""
        return self.current.revision if self.current else 0

    @property
    def before(self) -> Figure | None:
        """The figure of the period just before."""
        return self.series.stored(self.period.previous)

    @property
    def target(self) -> Target | None:
        return self.series.targets.get(self.period)

    @property
    def target_in_words(self) -> str:
        """The target as printed: a number, a range, or that there is none."""
        return target_in_words(self.measure, self.target)

    @property
    def is_provided(self) -> bool:
        """Whether there is a figure, or an allowed reason for none; one that was taken back is none."""
        value = self.value_of(self.current)
        return value is not None and is_provided(value)

    @property
    def is_owed(self) -> bool:
        """Whether its day has passed without a figure."""
        return not self.is_provided and self.today > self.asked.dates.on_time_by

    def value_of(self, figure: Figure | None) -> Value | None:
        """The unrounded value, or the reason there is none; None where nothing is stored."""
        return None if figure is None else stored_value(self.measure, figure)

    def in_words(self, figure: Figure | None) -> str:
        """A figure as printed, with the counts it comes from: 94.1% (412 of 438)."""
        value = self.value_of(figure)
        if figure is None or value is None:
            return "No figure"
        if figure.expected_on is not None:
            return f"Not yet available until {day_in_words(figure.expected_on)}"
        counts = ""
        if figure.numerator is not None and figure.denominator is not None:
            counts = f" ({figure.numerator:,f} of {figure.denominator:,f})"
        return f"{self.measure.print_value(value)}{counts}"

    def against(self, figure: Figure | None) -> str:
        """A figure beside what it is held against: 2.6 days, target 2.0 days. Sep 2017: 2.2 days."""
        aim = f", target {self.target_in_words}" if self.target else ""
        before = f" {self.period.previous.short}: {self.in_words(self.before)}." if self.before else ""
        return f"{self.in_words(figure)}{aim}.{before}"

    def rating(self, figure: Figure | None) -> Rag:
        """How a figure of this line would be rated against the target of its period."""
        value = self.value_of(figure)
        if value is None:
            return Rag.NOT_DUE if self.today <= self.asked.due_on else Rag.NOT_PROVIDED
        return rate(value, self.target, self.measure, default_percent=self.default_percent)

    @property
    def rating_before(self) -> Rag | None:
        """How the period just before was rated; None where it has no figure."""
        value = self.value_of(self.before)
        if value is None:
            return None
        target = self.series.targets.get(self.period.previous)
        return rate(value, target, self.measure, default_percent=self.default_percent)


@dataclass(frozen=True, kw_only=True)
class MyReturn:
    """A service's return for a month: the figures it asks for now, and those whose day has not come.

    `locked_because` says in a sentence why nothing can be changed; empty where something can. `questions` are what
    the approver asked about single figures, by measure code, when they came back. `reopened` are the requests under
    which something is open today. `role_titles` are the roles of the organisation that an action can be given to.
    `receipt_key` opens the receipt of the newest submission; empty where there is none.
    """

    unit: Unit
    period: Period
    today: date
    lines: tuple[ReturnLine, ...]
    not_due: tuple[Asked, ...] = ()
    stored: Return | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    locked_because: str = ""
    questions: Mapping[str, str] = field(default_factory=dict)
    reopened: tuple[Reopening, ...] = ()
    role_titles: tuple[str, ...] = ()
    receipt_key: str = ""

    @property
    def status(self) -> ReturnStatus:
        return self.stored.status if self.stored else ReturnStatus.DRAFT

    @property
    def reference(self) -> str:
        return f"{self.period.start:%Y-%m}-{self.unit.code}"

    @property
    def version(self) -> int:
        return self.stored.version if self.stored else 0

    @property
    def open_lines(self) -> tuple[ReturnLine, ...]:
        """What can be entered or changed now."""
        return () if self.locked_because else tuple(line for line in self.lines if not line.is_locked)

    @property
    def provided(self) -> int:
        return sum(line.is_provided for line in self.lines)

    @property
    def decided_by(self) -> str:
        """Who signed it off or sent it back, by name; empty where nobody has."""
        return self.name_of(self.stored.decided_by) if self.stored else ""

    def name_of(self, username: str | None) -> str:
        """Who a username is, by name; an import is an import."""
        return self.names.get(username or "", username or "")

    @property
    def on_time_by(self) -> date | None:
        """The day by which the first of the figures is due."""
        return min((line.asked.dates.on_time_by for line in self.lines), default=None)

    @property
    def locks_on(self) -> date | None:
        """The first day on which a line that is open locks."""
        return min((day for line in self.open_lines if (day := line.asked.dates.locks_on)), default=None)

    @property
    def may_be_corrected(self) -> bool:
        """Whether figures that wait for sign-off may still be changed: until they are approved."""
        return self.status is ReturnStatus.SUBMITTED and not self.locked_because


def asked_in(measure: Measure, month: Period, calendar: Calendar) -> Asked | None:
    """The figure of a measure that a month's return asks for: of its own period that ends with the month."""
    asked = _asked(measure, month, calendar)
    return asked if asked.period.end == month.end and measure.is_active(asked.period) else None


def asked_later(measure: Measure, month: Period, calendar: Calendar) -> Asked | None:
    """The next figure of a measure that is not reported for this month."""
    asked = _asked(measure, month, calendar)
    return asked if asked.period.end != month.end and measure.is_active(asked.period) else None


def _asked(measure: Measure, month: Period, calendar: Calendar) -> Asked:
    own = measure.own_period(month.end)
    return Asked(measure=measure, period=own, dates=calendar.dates(measure, own))


def why_line_locked(asked: Asked, figure: Figure | None, stored: Return | None, *, today: date, approver: str) -> str:
    """Why a figure cannot be changed, in a sentence that says who can help; empty where it can."""
    if figure is not None and stored is not None and (approved := _approved(figure, stored, approver)):
        return f"{approved}. To correct it, ask the BI team to reopen it."
    if today < asked.dates.opens_on:
        return f"Not open yet. It can be entered from {day_in_words(asked.dates.opens_on)}."
    # A question is answered whenever it comes: what was sent in time is not locked because somebody read it late.
    is_asked = figure is not None and stored is not None and stored.status is ReturnStatus.RETURNED
    if asked.dates.is_locked(today) and asked.dates.locks_on is not None and not is_asked:
        return (
            f"Locked since {day_in_words(asked.dates.locks_on)}, its last day. "
            "To enter or correct it, ask the BI team to reopen it."
        )
    return ""


def _approved(figure: Figure, stored: Return, approver: str) -> str:
    """Approved by Ann Ash on 10 November 2017: now, or before the return was submitted again for other figures."""
    if stored.status is ReturnStatus.APPROVED:
        when = day_in_words(stored.decided_at.date()) if stored.decided_at else "an earlier day"
        return f"Signed off by {approver} on {when}"
    if stored.approved_at is None or figure.recorded_at is None or figure.recorded_at > stored.approved_at:
        return ""
    return f"Signed off on {day_in_words(stored.approved_at.date())}"


def why_locked(stored: Return | None, lines: Iterable[ReturnLine], *, approver: str) -> str:
    """Why no figure of a return can be changed, in a sentence; empty where one can."""
    lines = tuple(lines)
    if not lines or any(not line.is_locked for line in lines):
        return ""
    if stored is not None and stored.status is ReturnStatus.APPROVED:
        when = day_in_words(stored.decided_at.date()) if stored.decided_at else "an earlier day"
        return (
            f"These figures were signed off by {approver} on {when}, so they are locked. "
            "To correct one, ask the BI team to reopen the return."
        )
    locked = max((line.asked.dates.locks_on for line in lines if line.asked.dates.locks_on), default=None)
    since = f" since {day_in_words(locked)}" if locked else ""
    return f"These figures are locked{since}. To enter or correct one, ask the BI team to reopen the return."


def why_empty(month: Period, not_due: Iterable[Asked], *, today: date) -> str:
    """Why a return asks for nothing, with when the next figure can be entered."""
    if month.end >= today:
        return f"{month.in_words} is not over. Its figures can be entered from {day_in_words(_day_after(month))}."
    opens = sorted(not_due, key=lambda asked: asked.dates.opens_on)
    if not opens:
        return f"This service has no measures for {month.in_words}, so there is nothing to enter."
    first = opens[0]
    return (
        f"You have no figures due for {month.in_words}. "
        f"Next: {first.period.in_words} figures open on {day_in_words(first.dates.opens_on)}."
    )


def _day_after(period: Period) -> date:
    return period.end + timedelta(days=1)
