"""What is expected at the end of a measure's year: the value, its colour, the chance of the target, what it takes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import StrEnum

from performance.ground.figures import Figure, Series, Target
from performance.ground.measures import Accumulation, Measure, Polarity
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.aggregation import aggregate, in_month_parts, own_periods
from performance.ground.reckoning.due import numbers
from performance.ground.reckoning.rag import Rag, has_aim, rate
from performance.ground.values import exactly, round_half_up
from performance.review.ahead.forecast import Forecast, year_target

# Decimals beyond the printed ones up to which the result of a division is believed.
_SOUND = 12


class Reach(StrEnum):
    """What the number that is needed is of: each period left, all of them taken together, or the year's end alone."""

    EACH = "each"
    TOGETHER = "together"
    END = "end"


@dataclass(frozen=True, kw_only=True)
class Needed:
    """What the periods left have to come to for the year's target to be met, and the best of the past."""

    each: Decimal
    periods: int
    reach: Reach
    at_most: bool
    best: Decimal | None
    best_in: Period | None

    def in_words(self, measure: Measure) -> str:
        """ "Needs at least 7.1 a month for 5 months; the best so far was 7.9 (May 2016)"."""
        each = f"{'at most' if self.at_most else 'at least'} {measure.print_value(self.each)}"
        noun = {Frequency.MONTHLY: "month", Frequency.QUARTERLY: "quarter"}.get(measure.frequency, "year")
        left = f"{self.periods} {noun}{'' if self.periods == 1 else 's'}"
        said = {
            Reach.EACH: f"Needs {each} a {noun} for {left}",
            Reach.TOGETHER: f"Needs {each} over the {left} left",
            Reach.END: f"Needs {each} at the end of the year",
        }[self.reach]
        if self.best is None or self.best_in is None:
            return said
        return f"{said}; the best so far was {measure.print_value(self.best)} ({self.best_in.in_words})"


@dataclass(frozen=True, kw_only=True)
class Outlook:
    """The year that a period lies in, as it was expected at that period's end."""

    year: Period
    forecast: Forecast
    target: Target | None
    rag: Rag
    chance: Decimal | None
    needed: Needed | None

    @property
    def percent(self) -> int | None:
        """The chance in whole percent, as every sentence has it."""
        return None if self.chance is None else int(round_half_up(self.chance * 100, 0))

    @property
    def chance_in_words(self) -> str:
        """ "38% chance"; never 0 or 100 while anything is open."""
        percent = self.percent
        if percent is None:
            return ""
        if self.forecast.is_known:
            return "target met" if percent else "target missed"
        return "under 1% chance" if percent < 1 else "over 99% chance" if percent > 99 else f"{percent}% chance"


def outlook(
    measure: Measure, series: Series, expected: Forecast | None, *, today: date, default_percent: Decimal
) -> Outlook | None:
    """The forecast of a year held against the year's target. None without a forecast."""
    if expected is None:
        return None
    year = expected.period
    target = year_target(measure, series, year)
    aimed = target if target is not None and has_aim(target, measure.polarity) else None
    return Outlook(
        year=year,
        forecast=expected,
        target=aimed,
        rag=rate(expected.value, target, measure, default_percent=default_percent),
        chance=expected.chance_of(aimed, measure) if aimed else None,
        needed=None if aimed is None or expected.is_known else needed(measure, series, aimed, today=today),
    )


@exactly
def needed(measure: Measure, series: Series, target: Target, *, today: date) -> Needed | None:
    """What the rest of the target's period has to bring. None for a range, where nothing is left to come, and where the
    target is out of reach whatever comes."""
    parts = [part for part in own_periods(measure, target.period) if measure.is_active(part)]
    known = numbers(measure, series.figures)
    left = [part for part in parts if part > max((each for each in known if each in parts), default=_BEFORE)]
    if target.number is None or not left:
        return None
    past, each, reach = _own(measure, known), target.number, _reach(measure)
    if reach is Reach.EACH:
        reached = aggregate(measure, series, target.period, today=today).value
        rest = target.number - (reached if isinstance(reached, Decimal) else Decimal(0))
        past, each = in_month_parts(measure, past), rest / len(left)
    if reach is Reach.TOGETHER:
        each = _rest_of_ratio(measure, series, target.number, [part for part in parts if part not in left], len(left))
    if _cannot_be(measure, each):
        return None
    best_in, best = _best(measure, past)
    at_most = measure.polarity is Polarity.LOWER
    return Needed(
        each=_enough(each, measure.decimals, at_most=at_most),
        periods=len(left),
        reach=reach,
        at_most=at_most,
        best=best,
        best_in=best_in,
    )


def _rest_of_ratio(measure: Measure, series: Series, target: Decimal, parts: Sequence[Period], left: int) -> Decimal:
    """The ratio of what is left, counted on as large a denominator a period as there has been: pooled with what is
    known, it makes the target."""
    counted = [each for part in parts if (each := series.figures.get(part)) and each.denominator]
    below = sum((each.denominator for each in counted if each.denominator), Decimal(0))
    if not below:
        return target
    above = sum((each.numerator for each in counted if each.numerator), Decimal(0))
    coming = below / len(counted) * left
    return (target * (below + coming) - above * measure.multiplier) / coming


def _enough(number: Decimal, decimals: int, *, at_most: bool) -> Decimal:
    """As many decimals as are printed, rounded to the side on which it is still enough: at least 7.14 is 7.2."""
    sound = round_half_up(number, decimals + _SOUND)
    enough = sound.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_FLOOR if at_most else ROUND_CEILING)
    return abs(enough) if enough == 0 else enough


def _cannot_be(measure: Measure, each: Decimal) -> bool:
    return (each < 0 and not measure.may_be_negative) or (measure.is_share and each > measure.multiplier)


_BEFORE = Period(start=date.min, months=1)


def _own(measure: Measure, known: Mapping[Period, Decimal]) -> dict[Period, Decimal]:
    since = max((each.on for each in measure.breaks), default=date.min)
    return {
        each: number for each, number in known.items() if each.start >= since and measure.own_period(each.start) == each
    }


def _reach(measure: Measure) -> Reach:
    """Counts add up; ratios of single periods are pooled; of a level the last one counts."""
    if measure.accumulation not in {Accumulation.IN_PERIOD, Accumulation.CUMULATIVE}:
        return Reach.END
    if not measure.is_ratio:
        return Reach.EACH
    return Reach.TOGETHER if measure.accumulation is Accumulation.IN_PERIOD else Reach.END


def _best(measure: Measure, parts: Mapping[Period, Decimal]) -> tuple[Period, Decimal] | tuple[None, None]:
    if not parts or measure.polarity in {Polarity.CONTEXT, Polarity.RANGE}:
        return None, None
    sign = -1 if measure.polarity is Polarity.LOWER else 1
    period = max(parts, key=lambda each: (sign * parts[each], each))
    return period, round_half_up(parts[period], measure.decimals)


def with_numbers(figures: Mapping[Period, Figure]) -> tuple[object, ...]:
    """What a forecast depends on of the figures: the same content gives the same forecast."""
    return tuple((each.period, each.numerator, each.denominator, each.value, each.absence) for each in figures.values())
