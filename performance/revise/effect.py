"""Did it work? A measure before a recovery plan against the measure after it (docs/domain.md, Recovery).

One good month proves nothing: the means of the two stretches are held against what the measure's own variation
would make of two such stretches by chance, nineteen times out of twenty.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from statistics import fmean

from performance.ground.measures import Measure, Polarity
from performance.ground.periods import Period
from performance.ground.reckoning.aggregation import in_month_parts
from performance.ground.reckoning.direction import is_broken
from performance.ground.values import exactly, round_half_up
from performance.revise.lessons import Verdict

MOST_BEFORE = 12
LEAST_AFTER = 3
_LEAST_BEFORE = 3
_MEAN_RANGE_OF_TWO = 1.128
_NINETEEN_OF_TWENTY = 1.96


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """A run of periods and the mean of its figures, unrounded."""

    first: Period
    last: Period
    count: int
    mean: Decimal


@dataclass(frozen=True, kw_only=True)
class Effect:
    """The stretches before, during and after a plan, and what they show. A stretch without figures is not there."""

    before: Stretch | None
    during: Stretch | None
    after: Stretch | None
    verdict: Verdict
    in_words: str


Band = tuple[Decimal, Decimal]


@exactly
def effect(
    measure: Measure,
    known: Mapping[Period, Decimal],
    *,
    called_by: Period,
    ended_in: Period | None,
    band: Band | None = None,
) -> Effect:
    """What the figures say of a plan that a period's red called for and that ended in another (still open: not).

    Where a range is good, `band` is it: nearer to it is better.

    Before is up to a year of periods, the one that called for it included. After is what came once it had ended; with
    under three figures since, the newest three of the plan's own time stand in. Of figures that add up over a year each
    period's own part is compared; figures from before a break in the series are compared with none after it. Unrounded
    figures in and out.
    """
    own = [(period, number) for period, number in parts(measure, known) if period.months == called_by.months]
    before = [each for each in own if each[0].start <= called_by.start and not is_broken(measure, each[0], called_by)]
    before = before[-MOST_BEFORE:]
    later = [each for each in own if each[0].start > called_by.start]
    after = [each for each in later if ended_in is not None and each[0].start > ended_in.start]
    during = [each for each in later if each not in after]
    compared = after if len(after) >= LEAST_AFTER else later[-LEAST_AFTER:]
    verdict, said = _judged(measure, before, compared, band)
    return Effect(
        before=_stretch(before), during=_stretch(during), after=_stretch(after), verdict=verdict, in_words=said
    )


def parts(measure: Measure, known: Mapping[Period, Decimal]) -> list[tuple[Period, Decimal]]:
    """The figures in their order; of those that add up over a year, what each period added."""
    return sorted(in_month_parts(measure, dict(sorted(known.items()))).items())


_Points = Sequence[tuple[Period, Decimal]]


def _judged(measure: Measure, before: _Points, after: _Points, band: Band | None) -> tuple[Verdict, str]:
    if before and after and is_broken(measure, before[-1][0], after[-1][0]):
        return Verdict.NOT_PROVEN, "What is measured was defined anew since, so before and after cannot be compared."
    if len(before) < _LEAST_BEFORE or len(after) < LEAST_AFTER:
        return Verdict.NOT_PROVEN, "There are too few figures to compare: three before and three after are needed."
    verdict, said = _against_chance(measure, before, after, band)
    if verdict is Verdict.NOT_PROVEN or _holds_in_season(measure, before, after, band):
        return verdict, said
    return (
        Verdict.NOT_PROVEN,
        f"{said} Against the same months before the plan it is not so: the season may explain it.",
    )


def _holds_in_season(measure: Measure, before: _Points, after: _Points, band: Band | None) -> bool:
    """Whether the same months before the plan say the same. Where they are not all known, nothing speaks against it."""
    then = {period.start.month: number for period, number in before}
    if not all(period.start.month in then for period, _ in after) or len(then) <= len(after):
        return True
    same = sum((then[period.start.month] for period, _ in after), Decimal(0)) / len(after)
    whole, now = _mean(before), _mean(after)
    return _is_better(measure, same, now, band) == _is_better(measure, whole, now, band)


def _against_chance(measure: Measure, before: _Points, after: _Points, band: Band | None) -> tuple[Verdict, str]:
    was, now = _mean(before), _mean(after)
    said = (
        f"On average {_printed(measure, was)} in the {len(before)} figures up to {before[-1][0].in_words}, and"
        f" {_printed(measure, now)} in the {len(after)} from {after[0][0].in_words} on."
    )
    # Whichever stretch swings more says what chance can do: one good month among bad ones is such a swing.
    spread = max(_mean_range(before), _mean_range(after)) / _MEAN_RANGE_OF_TWO
    by_chance = _NINETEEN_OF_TWENTY * spread * (1 / len(before) + 1 / len(after)) ** 0.5
    change = float(now - was)
    if abs(change) <= by_chance:
        return Verdict.NOT_PROVEN, f"{said} Chance alone could make such a difference."
    better = _is_better(measure, was, now, band)
    if better is None:
        return Verdict.NOT_PROVEN, f"{said} More than chance makes of this measure, and neither way is better."
    word = "better" if better else "worse"
    return (
        Verdict.WORKED if better else Verdict.WORSE,
        f"{said} That is {word} by more than chance makes of this measure.",
    )


def _mean_range(points: _Points) -> float:
    return fmean(abs(float(later) - float(earlier)) for (_, earlier), (_, later) in pairwise(points))


def _is_better(measure: Measure, was: Decimal, now: Decimal, band: Band | None) -> bool | None:
    """Whether the change is for the better; None where neither way is."""
    match measure.polarity:
        case Polarity.LOWER:
            return now < was
        case Polarity.HIGHER | Polarity.RISE_WANTED:
            return now > was
        case Polarity.RANGE if band is not None and _outside(was, band) != _outside(now, band):
            return _outside(now, band) < _outside(was, band)
        case _:
            return None


def _outside(number: Decimal, band: Band) -> Decimal:
    """How far off the range."""
    return max(band[0] - number, number - band[1], Decimal(0))


def _stretch(points: _Points) -> Stretch | None:
    if not points:
        return None
    return Stretch(first=points[0][0], last=points[-1][0], count=len(points), mean=_mean(points))


def _mean(points: _Points) -> Decimal:
    return sum((number for _, number in points), Decimal(0)) / len(points)


def _printed(measure: Measure, number: Decimal) -> str:
    return measure.print_value(round_half_up(number, measure.decimals))
