"""What came of the figures that were due: received, on time, estimated, signed off; counted, never guessed."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from operator import attrgetter

from performance.ground.figures import Figure, FigureStatus
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.reckoning.completeness import is_figure_provided, is_on_time, percent_of


@dataclass(frozen=True, kw_only=True)
class DueFigure:
    """A figure that was due, with its revisions, the earliest first; `approved_at` is when its return was signed off,
    `questions` how many questions about it are open."""

    measure: Measure
    period: Period
    revisions: tuple[Figure, ...]
    approved_at: datetime | None = None
    questions: int = 0

    @property
    def current(self) -> Figure | None:
        return self.revisions[-1] if self.revisions else None

    @property
    def month(self) -> Period:
        """The month whose return asks for it."""
        return Period.containing(self.period.end, months=1)

    @property
    def is_received(self) -> bool:
        """A number or an allowed reason: an empty return is nothing."""
        return is_figure_provided(self.measure, self.current)

    @property
    def is_on_time(self) -> bool:
        return self.is_received and is_on_time(self.measure, self.revisions)

    @property
    def is_estimated(self) -> bool:
        return self.is_received and self.current is not None and self.current.status is FigureStatus.ESTIMATED

    @property
    def is_signed_off(self) -> bool:
        """Whether the figure as it stands was there when the return was signed off."""
        recorded = self.current.recorded_at if self.current else None
        signed = self.approved_at is not None and recorded is not None and recorded <= self.approved_at
        return self.is_received and signed

    @property
    def has_confirmed(self) -> bool:
        """Whether a check at entry questioned it and the service confirmed it."""
        return self.current is not None and bool(self.current.confirmed_checks)

    @property
    def in_words(self) -> str:
        if not self.is_received:
            return "Missing"
        return "Received on time" if self.is_on_time else "Received late"


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many figures were due, and what came of them. What is late was received."""

    due: int = 0
    received: int = 0
    on_time: int = 0
    late: int = 0
    estimated: int = 0
    signed_off: int = 0
    confirmed: int = 0
    questions: int = 0

    @property
    def missing(self) -> int:
        return self.due - self.received

    @property
    def received_percent(self) -> Decimal | None:
        """None where nothing was due."""
        return percent_of(self.received, self.due)

    @property
    def on_time_percent(self) -> Decimal | None:
        return percent_of(self.on_time, self.due)

    @property
    def signed_off_percent(self) -> Decimal | None:
        return percent_of(self.signed_off, self.due)

    @property
    def in_words(self) -> str:
        """12 of 14 received (86%), 11 on time (79%), 10 signed off (71%)."""
        if not self.due:
            return "Nothing was due"
        return (
            f"{self.received:,} of {self.due:,} received ({self.received_percent}%), "
            f"{self.on_time:,} on time ({self.on_time_percent}%), "
            f"{self.signed_off:,} signed off ({self.signed_off_percent}%)"
        )


_COUNTED = tuple(each.name for each in fields(Counts))
_each_count = attrgetter(*_COUNTED)


def count(figures: Iterable[DueFigure]) -> Counts:
    """Each figure is counted once, by measure and period."""
    once = {(each.measure.code, each.period): each for each in figures}.values()
    received, on_time = sum(each.is_received for each in once), sum(each.is_on_time for each in once)
    return Counts(
        due=len(once),
        received=received,
        on_time=on_time,
        late=received - on_time,
        estimated=sum(each.is_estimated for each in once),
        signed_off=sum(each.is_signed_off for each in once),
        confirmed=sum(each.has_confirmed for each in once),
        questions=sum(each.questions for each in once),
    )


def added_up(counts: Iterable[Counts]) -> Counts:
    """The counts of several lots of figures, of which none is in two."""
    every = zip(*(_each_count(lot) for lot in counts), strict=True)
    return Counts(**dict(zip(_COUNTED, map(sum, every), strict=False)))


def by_month(figures: Sequence[DueFigure], months: Collection[Period]) -> dict[Period, Counts]:
    """The counts of each of the months, in their order."""
    found: dict[Period, list[DueFigure]] = {month: [] for month in months}
    for each in figures:
        if each.month in found:
            found[each.month].append(each)
    return {month: count(those) for month, those in found.items()}
