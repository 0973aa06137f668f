"""How a measure was rated lately: its latest periods, with the gaps between them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from cycle.ground.series.red_now import newest_number
from performance.ground.figures import Figure, Series
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.reckoning.direction import is_broken
from performance.ground.reckoning.due import figure_value, numbers
from performance.ground.reckoning.rag import Rag, rate
from performance.ground.values import Absence
from performance.review.scorecard import ScorecardLine

_TWO_YEARS = 731  # days


@dataclass(frozen=True, kw_only=True)
class Recent:
    """One of the latest periods of a measure: how it was rated, and its number where it had one."""

    period: Period
    rag: Rag
    number: Decimal | None


def latest_few(
    measure: Measure, series: Series, end: date, today: date, percent: Decimal, *, many: int
) -> tuple[Recent, ...]:
    """The measure's own periods up to a day, oldest first, those without a figure included."""
    last = max((each for each in series.figures if each.end <= end), default=measure.latest_period(end))
    last = max(last, measure.latest_period(end)) if last == measure.own_period(last.start) else last
    step = 12 if last.months > 12 else last.months
    first = min(series.figures, default=last)
    periods = [period for back in range(many) if (period := last.shifted(-step * back)).start >= first.start]
    return tuple(rated(measure, series, period, today, percent) for period in reversed(periods))


def rated(measure: Measure, series: Series, period: Period, today: date, percent: Decimal) -> Recent:
    value = figure_value(measure, series.stored(period), period, today=today)
    rag = rate(value, series.targets.get(period), measure, default_percent=percent)
    number = numbers(measure, {period: series.figures[period]}).get(period) if period in series.figures else None
    return Recent(period=period, rag=rag, number=number)


def is_hidden(revision: Figure, series: Series) -> bool:
    """Whether the revision would tell what the series hides: a number; and of what is hidden here and not by its
    source, which says nothing of when it was recorded, even that it was."""
    shown = series.figures.get(revision.period)
    if shown is None or shown.absence is not Absence.SUPPRESSED:
        return False
    return shown.recorded_at is None or revision.absence is None


def own_periods(measure: Measure, series: Series, today: date) -> tuple[Period, ...]:
    """The periods that ended, from the first figure to the latest there could be one for, the newest first.

    The very first is the newest that has a number, where there is any: what is not in yet comes after it.
    """
    latest, due = latest_number(measure, series, today), measure.latest_period(today)
    ended = {each for each in (*history(series, latest), *series.figures) if each.end <= today}
    while due.end > latest.end:
        ended.add(due)
        due = due.previous
    return (latest, *sorted(ended - {latest}, key=lambda each: (each.end, each.months), reverse=True))


def latest_number(measure: Measure, series: Series, today: date) -> Period:
    """The newest period that ended and has a number; without any, the measure's own latest."""
    return newest_number(measure, series, today) or measure.latest_period(today)


def last_not_red(line: ScorecardLine, figures: Sequence[Recent], measure: Measure) -> Period | None:
    """The last period before a red one that had a figure and was not red, within two years and the same series."""
    if line.rag is not Rag.RED:
        return None
    earlier = [each for each in figures if each.period < line.period and each.rag in {Rag.GREEN, Rag.AMBER}]
    if not earlier or is_broken(measure, earlier[-1].period, line.period):
        return None
    last = earlier[-1].period
    return last if (line.period.start - last.start).days <= _TWO_YEARS else None


def history(series: Series, latest: Period) -> list[Period]:
    """Every period of the calendar from the first figure to the newest, so that gaps are seen."""
    stored = sorted(series.figures)
    if not stored:
        return [latest]
    step = 12 if latest.months >= 12 else latest.months
    every, period = [], stored[0]
    while period.start <= max(stored[-1], latest).start:
        every.append(period)
        period = period.shifted(step)
    return every
