"""How much of a month is in: a scorecards open on the newest month that most measures have reported on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from performance.ground.figures import Series
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.reckoning.aggregation import aggregate
from performance.ground.values import Absence
from performance.review.scorecard import shown_period

_OUTSTANDING = {Absence.NOT_PROVIDED, Absence.NOT_DUE}


@dataclass(frozen=True, kw_only=True)
class Fullness:
    """Of so many measures of a month, how many have what they owe: a figure, or an allowed reason for none."""

    period: Period
    reported: int
    measures: int

    @property
    def is_most(self) -> bool:
        """At least three in four: less would open on a month that says more of calendars than of the council."""
        return self.measures > 0 and 4 * self.reported >= 3 * self.measures


@dataclass(frozen=True, kw_only=True)
class Opening:
    """The month that a scorecard opens on, and the newest there is."""

    chosen: Fullness
    newest: Fullness

    @property
    def in_words(self) -> str:
        """Why it is not the newest month; nothing where it is."""
        if self.chosen == self.newest:
            return ""
        new, full = self.newest, self.chosen
        return (
            f"{full.period.in_words} is the newest month with most of the council's figures in ({full.reported} of"
            f" {full.measures}). {new.period.in_words} has {new.reported} of {new.measures} so far: choose it under"
            " “Period”."
        )


def fullness(series: Iterable[tuple[Measure, Series]], period: Period, *, today: date) -> Fullness:
    """How many of the measures in use then have reported on what a scorecard of the month shows of them."""
    values = [_value(measure, own, period, today) for measure, own in series if measure.is_active(period)]
    return Fullness(period=period, reported=sum(value not in _OUTSTANDING for value in values), measures=len(values))


def added_up(found: Iterable[Fullness], period: Period) -> Fullness:
    """What counts of single measures come to for the month; none of them is in two."""
    of_month = [each for each in found if each.period == period]
    return Fullness(
        period=period,
        reported=sum(each.reported for each in of_month),
        measures=sum(each.measures for each in of_month),
    )


def opening(months: Sequence[Fullness]) -> Opening:
    """Newest first; where none has most of its figures in, the newest, for then that is what there is to say."""
    return Opening(chosen=next((month for month in months if month.is_most), months[0]), newest=months[0])


def _value(measure: Measure, series: Series, period: Period, today: date) -> object:
    shown = shown_period(measure, series, period)
    return aggregate(measure.at(shown), series, shown, today=today).value
