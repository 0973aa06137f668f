"""Forecasts tried out: made from what was known at earlier times, and held against the figures that came since."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from performance.ground.figures import Figure
from performance.ground.measures import Measure
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.due import numbers
from performance.ground.values import round_half_up
from performance.review.ahead.forecast import LEAST_FOR_SMOOTHING, Basis, forecast

# From how many earlier ends, how far apart, and how many periods ahead, in the measure's own periods.
_ENDS = {Frequency.MONTHLY: (2, 6), Frequency.QUARTERLY: (4, 1), Frequency.YEARLY: (3, 1)}
_AHEAD = {Frequency.MONTHLY: 12, Frequency.QUARTERLY: 4, Frequency.YEARLY: 3}


@dataclass(frozen=True, kw_only=True)
class Tried:
    """Of so many held-back figures of so many series, how many lay within the 80 percent interval."""

    figures: int = 0
    held: int = 0
    series: int = 0

    @property
    def percent(self) -> Decimal | None:
        """None where nothing could be tried."""
        return round_half_up(Decimal(100 * self.held) / self.figures, 0) if self.figures else None

    @property
    def in_words(self) -> str:
        """ "412 of 520 figures held back (79%) lay within the interval, over 41 measures"."""
        if not self.figures:
            return "There is too little history to try a forecast on earlier figures"
        of = "" if self.series == 1 else f", over {self.series} measures"
        return f"{self.held:,} of {self.figures:,} figures held back ({self.percent}%) lay within the interval{of}"


def try_out(measure: Measure, figures: Mapping[Period, Figure], *, up_to: date) -> Tried:
    """The measure's own periods, held back from a few earlier ends, each forecast from what came before it.

    A forecast needs as much history there as it does today: from a run-rate or from nothing, nothing is tried.
    Figures from before a series break are no trial of those after it.
    """
    since = max((each.on for each in measure.breaks if each.on <= up_to), default=date.min)
    known = [
        (period, number)
        for period, number in numbers(measure, figures).items()
        if since <= period.start and period.end <= up_to and measure.own_period(period.start) == period
    ]
    many, apart = _ENDS[measure.frequency]
    tried = held = 0
    for back in range(1, many + 1):
        place = len(known) - 1 - back * apart
        # Beside those up to this end a forecast knows one more at most: the figure that a break lies in.
        if place + 2 < LEAST_FOR_SMOOTHING[measure.frequency]:
            break
        ahead = known[place + 1 : place + 1 + _AHEAD[measure.frequency]]
        for period, number in ahead:
            said = forecast(measure, figures, period, up_to=known[place][0].end, with_trial=False)
            if said is not None and said.basis is Basis.SMOOTHING:
                tried += 1
                held += said.low <= round_half_up(number, measure.decimals) <= said.high
    return Tried(figures=tried, held=held, series=int(tried > 0))


def together(found: Iterable[Tried]) -> Tried:
    """All of them as one."""
    every = list(found)
    return Tried(
        figures=sum(each.figures for each in every),
        held=sum(each.held for each in every),
        series=sum(each.series for each in every),
    )
