"""Explaining a change: how much of it is season, denominator, target or wards, and how much cannot be told.

What is explained is how far the figure lies from its target, now and in the period it is compared with; without both
targets, the figure itself. The parts are in the measure's unit as printed, and with the rest they add up to the whole.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from performance.ground.figures import Series
from performance.ground.measures import Accumulation, Measure
from performance.ground.periods import Period
from performance.ground.reading_order import as_read
from performance.ground.reckoning.direction import is_broken
from performance.ground.reckoning.due import numbers
from performance.ground.values import exactly, round_half_up

FEWEST_SEASONS = 2
MOST_WARDS = 3


class Cause(StrEnum):
    """What a part of a change comes from."""

    SEASON = "season"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    TARGET = "target"
    WARD = "ward"
    REST = "rest"


@dataclass(frozen=True, kw_only=True)
class Part:
    """So much of the change, in the measure's unit; `name` is the ward's, or what is counted, or divided by."""

    cause: Cause
    amount: Decimal
    name: str = ""


@dataclass(frozen=True, kw_only=True)
class Explained:
    """A change from one period to another, in parts that add up to it; the last part is what cannot be told.

    `gaps` are how far the figure lay above its target, before and now; none without both targets.
    """

    now: Period
    before: Period
    value_now: Decimal
    value_before: Decimal
    whole: Decimal
    parts: tuple[Part, ...]
    gaps: tuple[Decimal, ...]
    since_red: bool = False

    @property
    def is_of_gap(self) -> bool:
        return bool(self.gaps)

    @property
    def rest(self) -> Decimal:
        return self.parts[-1].amount

    @property
    def is_told(self) -> bool:
        """Whether the parts explain at least half of the change."""
        return abs(self.rest) * 2 <= abs(self.whole)

    @property
    def is_by_counts_alone(self) -> bool:
        """Whether it takes the counts to explain half of it: they say where it moved, which is not yet why."""
        reasons = (part.amount for part in self.parts if part.cause in {Cause.SEASON, Cause.TARGET, Cause.WARD})
        return self.is_told and abs(self.whole - sum(reasons, Decimal(0))) * 2 > abs(self.whole)


def compared_period(measure: Measure, now: Period) -> Period:
    """The period a change is counted from: the one before, or a year before where the season or a sum says so."""
    seasonal = measure.seasonal or measure.accumulation is Accumulation.CUMULATIVE
    return now.year_before if seasonal or now.months >= 12 else now.previous


@exactly
def explain(
    measure: Measure,
    series: Series,
    now: Period,
    *,
    since: Period | None = None,
    wards: Mapping[str, Series] | None = None,
) -> Explained | None:
    """The change to the figure of `now`. None where either figure is missing, or the series breaks between them.

    For a red figure, `since` is the last period that was not red: from one red month to the next explains little.
    `wards` are series by the name of the ward, as far as the asker may see them.
    """
    before = since or compared_period(measure, now)
    known = numbers(measure, series.figures)
    if now not in known or before not in known or is_broken(measure, before, now):
        return None
    targets = [series.targets.get(period) for period in (before, now)]
    aims = [target.number for target in targets if target is not None and target.number is not None]
    value_now, value_before = (round_half_up(known[period], measure.decimals) for period in (now, before))
    stepped = aims[0] - aims[1] if len(aims) == 2 else Decimal(0)
    whole = _printed(measure, value_now - value_before + stepped)
    season = _season(measure, known, now, before)
    # What is usual for the season moves the wards as well, and is not counted twice.
    moved = [] if season else _wards(measure, series, wards or {}, now, before, up=value_now > value_before)
    reasons = [*_part(measure, Cause.TARGET, stepped), *season, *moved]
    already = sum((part.amount for part in (*season, *moved)), Decimal(0))
    parts = [*reasons, *_counts(measure, series, now, before, already)]
    rest = Part(cause=Cause.REST, amount=whole - sum((part.amount for part in parts), Decimal(0)))
    return Explained(
        now=now,
        before=before,
        value_now=value_now,
        value_before=value_before,
        whole=whole,
        parts=(*parts, rest),
        gaps=(value_before - aims[0], value_now - aims[1]) if len(aims) == 2 else (),
        since_red=since is not None,
    )


def _printed(measure: Measure, amount: Decimal) -> Decimal:
    return round_half_up(amount, measure.decimals)


def _part(measure: Measure, cause: Cause, amount: Decimal, name: str = "") -> list[Part]:
    """Nothing for what comes to nothing as printed."""
    printed = _printed(measure, amount)
    return [Part(cause=cause, amount=printed, name=name)] if printed else []


def _season(measure: Measure, known: Mapping[Period, Decimal], now: Period, before: Period) -> list[Part]:
    """What the same step came to in earlier years, the middle of them; nothing between the same months of two years."""
    if before == now.year_before:
        return []
    steps = []
    for years in range(1, 11):
        then, earlier = now.shifted(-12 * years), before.shifted(-12 * years)
        if then in known and earlier in known and not is_broken(measure, earlier, then):
            steps.append(known[then] - known[earlier])
    return _part(measure, Cause.SEASON, median(steps)) if len(steps) >= FEWEST_SEASONS else []


def _counts(measure: Measure, series: Series, now: Period, before: Period, already: Decimal) -> list[Part]:
    """What the figure would have changed by had only the denominator changed, and what the numerator added to that.

    `already` is what season and wards explain of the numerator's part.
    """
    old, new = series.figures[before], series.figures[now]
    if old.numerator is None or new.numerator is None or not (old.denominator and new.denominator):
        return []
    held, reached = old.numerator * measure.multiplier, new.numerator * measure.multiplier
    below = held / new.denominator - held / old.denominator
    above = reached / new.denominator - held / new.denominator - already
    return [
        *_part(measure, Cause.NUMERATOR, above, measure.numerator_definition),
        *_part(measure, Cause.DENOMINATOR, below, measure.denominator_definition),
    ]


def _wards(
    measure: Measure, series: Series, wards: Mapping[str, Series], now: Period, before: Period, *, up: bool
) -> list[Part]:
    """The wards whose counts moved most the way the whole did; a ward adds to a rate by its count over all."""
    scale = Decimal(1)
    if measure.is_ratio:
        below = series.figures[now].denominator
        if not below:
            return []
        scale = measure.multiplier / below
    moves = {}
    for name, ward in wards.items():
        counts = [_count(measure, ward, period) for period in (before, now)]
        if counts[0] is not None and counts[1] is not None:
            moves[name] = (counts[1] - counts[0]) * scale
    same_way = {name: move for name, move in moves.items() if move and (move > 0) is up}
    largest = sorted(same_way, key=lambda name: (-abs(same_way[name]), as_read(name)))[:MOST_WARDS]
    return [part for name in largest for part in _part(measure, Cause.WARD, same_way[name], name)]


def _count(measure: Measure, ward: Series, period: Period) -> Decimal | None:
    figure = ward.figures.get(period)
    if figure is None or figure.absence is not None:
        return None
    return figure.numerator if figure.has_counts or measure.is_ratio else figure.value
