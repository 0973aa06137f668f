"""What was expected, what came, and what came on time."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from performance.ground.figures import Figure
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.reckoning.due import is_due, is_provided, stored_value
from performance.ground.values import round_half_up


@dataclass(frozen=True, kw_only=True)
class Expected:
    """A figure that should be there: its due date has passed."""

    measure: Measure
    area_code: str
    period: Period

    @property
    def key(self) -> tuple[str, str, Period]:
        return self.measure.code, self.area_code, self.period


@dataclass(frozen=True, kw_only=True)
class Completeness:
    """How many figures were expected, provided, and provided by the due date."""

    expected: int
    provided: int
    on_time: int

    @property
    def provided_percent(self) -> Decimal | None:
        """None where nothing was expected."""
        return percent_of(self.provided, self.expected)

    @property
    def on_time_percent(self) -> Decimal | None:
        return percent_of(self.on_time, self.expected)

    @property
    def in_words(self) -> str:
        if not self.expected:
            return "Nothing was due"
        return f"{self.provided:,} of {self.expected:,} received ({self.provided_percent}%), {self.on_time:,} on time"


def expected_figures(
    measures: Iterable[Measure], area_codes: Iterable[str], *, within: Period, today: date
) -> list[Expected]:
    """Active measures times areas times their own periods that ended in the period and whose due date has passed."""
    areas = list(area_codes)
    return [
        Expected(measure=measure, area_code=area, period=period)
        for measure in measures
        for period in due_periods(measure, within=within, today=today)
        for area in areas
    ]


def due_periods(measure: Measure, *, within: Period, today: date) -> list[Period]:
    """The measure's own periods that end within the period, that it was active in, and that are due."""
    periods = []
    period = measure.own_period(within.start)
    while period.end <= within.end:
        if measure.is_active(period) and is_due(measure, period, today=today):
            periods.append(period)
        period = period.following
    return periods


def is_figure_provided(measure: Measure, figure: Figure | None) -> bool:
    """A number or an allowed reason. An empty return is nothing."""
    return figure is not None and is_provided(stored_value(measure, figure))


def is_on_time(measure: Measure, revisions: Sequence[Figure]) -> bool:
    """Whether the first revision that said something came by the due date; a later correction is not late."""
    first = next((figure for figure in revisions if is_figure_provided(measure, figure)), None)
    if first is None or first.recorded_at is None:
        return False
    return first.recorded_at.date() <= measure.due_on(first.period)


def completeness(
    expected: Iterable[Expected], revisions: Mapping[tuple[str, str, Period], Sequence[Figure]]
) -> Completeness:
    """Count what was expected. `revisions` are each figure's, the earliest first; the last of them is current."""
    wanted = {item.key: item for item in expected}
    came = {
        key: revisions[key]
        for key, item in wanted.items()
        if revisions.get(key) and is_figure_provided(item.measure, revisions[key][-1])
    }
    on_time = sum(is_on_time(wanted[key].measure, history) for key, history in came.items())
    return Completeness(expected=len(wanted), provided=len(came), on_time=on_time)


def percent_of(part: int, whole: int) -> Decimal | None:
    """Whole percent, rounded half up, but 100 only when nothing is missing; None of nothing."""
    if not whole:
        return None
    percent = round_half_up(Decimal(part) / whole * 100, 0)
    return percent if part == whole else min(percent, Decimal(99))
