"""Illustrative figures from readable recipes: a level, its change, a season, ups and downs, and named exceptions.

The same recipes give the same figures on any machine: the ups and downs come from a hash, not from a generator.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from pathlib import Path

from intake.setup.recipes import (
    Exceptional,
    Place,
    Recipe,
    RecipeError,
    read_exceptions,
    read_recipes,
    read_returns,
    read_wards,
)
from performance.ground.commentary import Commentary
from performance.ground.figures import Figure
from performance.ground.measures import Accumulation, Measure
from performance.ground.periods import Period

# Enough for exact counts; fixed, so that no setting of the process changes a square root.
_DIGITS = 28
_MORNING = time(9, 30, tzinfo=UTC)
Counts = tuple[Decimal, Decimal | None]


@dataclass(frozen=True, kw_only=True)
class _Spot:
    """Where a recipe is followed: an area, its weight among the wards, and the numbers its columns name."""

    area_code: str
    weight: Decimal
    numbers: Mapping[str, str]


def figures(folder: Path, *, measures: Mapping[str, Measure], council: str) -> list[Figure]:
    """Every illustrative figure of the seeds in the folder, revisions included, in the order of their recording.

    Each is recorded by whoever submits its unit's returns. Raises RecipeError where a recipe makes no sense.
    """
    with localcontext() as context:
        context.prec = _DIGITS
        wards = read_wards(folder)
        worked_out = {
            (recipe.measure.code, area, period): counts
            for recipe in read_recipes(folder, measures)
            for area, series in _areas(recipe, wards, council).items()
            for period, counts in series.items()
        }
    submitted, submitters = read_returns(folder)
    plain = [_figure(measures[place[0]], place, counts, submitted) for place, counts in worked_out.items()]
    told = _told(plain, read_exceptions(folder), measures)
    signed = [replace(each, recorded_by=submitters[measures[each.measure_code].unit_code]) for each in told]
    return sorted(signed, key=lambda each: (each.recorded_at, each.measure_code, each.area_code, each.period))


def _areas(recipe: Recipe, wards: Sequence[Mapping[str, str]], council: str) -> dict[str, dict[Period, Counts]]:
    """The recipe's counts by area: the council's own, or the wards' and their sum."""
    if not recipe.by_ward:
        return {council: _series(recipe, _Spot(area_code=council, weight=Decimal(1), numbers={}))}
    found = {spot.area_code: _series(recipe, spot) for spot in _spots(recipe, wards)}
    whole = {period: _sum([series[period] for series in found.values()]) for period in recipe.periods()}
    return {**found, council: whole}


def _spots(recipe: Recipe, wards: Sequence[Mapping[str, str]]) -> Iterator[_Spot]:
    """The wards: a rate is spread around the council's, a number is divided among them."""
    total = sum((Decimal(ward[recipe.weights]) for ward in wards), Decimal(0))
    whole = Decimal(1) if recipe.denominator else total
    for ward in wards:
        yield _Spot(area_code=ward["ward_code"], weight=Decimal(ward[recipe.weights]) / whole, numbers=ward)


def _sum(counts: Sequence[Counts]) -> Counts:
    denominators = [denominator for _, denominator in counts if denominator is not None]
    whole = sum(denominators, Decimal(0)) if denominators else None
    return sum((numerator for numerator, _ in counts), Decimal(0)), whole


def _series(recipe: Recipe, spot: _Spot) -> dict[Period, Counts]:
    """Numerator and denominator by period; without a denominator the first is the figure itself."""
    if recipe.measure.accumulation is Accumulation.CUMULATIVE:
        return dict(_cumulative(recipe, spot))
    if recipe.measure.accumulation is Accumulation.ROLLING:
        return dict(_rolling(recipe, spot))
    return dict(_each_period(recipe, spot))


def _each_period(recipe: Recipe, spot: _Spot) -> Iterator[tuple[Period, Counts]]:
    for period in recipe.periods():
        level = recipe.level_on(period.start) * recipe.factor(period) * spot.weight
        yield period, _counts(recipe, level + _noise(recipe, spot, period), _denominator(recipe, spot, period))


def _cumulative(recipe: Recipe, spot: _Spot) -> Iterator[tuple[Period, Counts]]:
    """Running sums that begin again with each cycle, over a denominator that holds for the year."""
    running = Decimal(0)
    for number, period in enumerate(recipe.periods()):
        if number * period.months % recipe.measure.cycle_months == 0:
            running = Decimal(0)
        year = Period.containing(period.start, months=12, basis=recipe.measure.year_basis)
        # The level of the year's first day holds all year, so that the seasons add up to it.
        running += max(_part_of_year(recipe, spot, period, year.start), Decimal(0))
        yield period, _counts(recipe, running, _denominator(recipe, spot, year))


def _rolling(recipe: Recipe, spot: _Spot) -> Iterator[tuple[Period, Counts]]:
    """The last twelve months together."""
    for period in recipe.periods():
        months = [period.shifted(-back) for back in range(0, 12, period.months)]
        level = sum((_part_of_year(recipe, spot, month, month.start) for month in months), Decimal(0))
        yield period, _counts(recipe, level, _denominator(recipe, spot, period))


def _part_of_year(recipe: Recipe, spot: _Spot, period: Period, as_on: date) -> Decimal:
    share = recipe.level_on(as_on) * period.months / 12 * recipe.factor(period)
    return share * spot.weight + _noise(recipe, spot, period)


def _counts(recipe: Recipe, level: Decimal, denominator: Decimal | None) -> Counts:
    size = level if denominator is None else level * denominator / recipe.measure.multiplier
    numerator = _rounded(size, recipe.round_to)
    if not recipe.measure.may_be_negative:
        numerator = max(numerator, Decimal(0))
    if denominator is not None and recipe.measure.is_share:
        numerator = min(numerator, denominator)
    return numerator, denominator


def _denominator(recipe: Recipe, spot: _Spot, period: Period) -> Decimal | None:
    if not recipe.denominator:
        return None
    start = Decimal(spot.numbers.get(recipe.denominator, recipe.denominator))
    grown = start * (1 + recipe.denominator_change / 100 * recipe.years_to(period.start))
    swing = recipe.denominator_noise / 100 * _normal(recipe.seed, "denominator", spot.area_code, period.iso)
    return max(_rounded(grown * (1 + swing), Decimal(1)), Decimal(1))


def _noise(recipe: Recipe, spot: _Spot, period: Period) -> Decimal:
    """Ups and downs in the measure's unit. A number divided among wards swings as much as its size would have it."""
    spread = spot.weight.sqrt() if recipe.by_ward and not recipe.denominator else Decimal(1)
    return recipe.noise * spread * _normal(recipe.seed, "figure", spot.area_code, period.iso)


def _normal(*names: str) -> Decimal:
    """A number with mean 0 and deviation 1, near enough normal: three even ones added up, from a hash."""
    digest = hashlib.sha256("|".join(names).encode()).digest()
    parts = (Decimal(int.from_bytes(digest[at : at + 4], "big")) / 2**32 for at in (0, 4, 8))
    return (sum(parts, Decimal(0)) - Decimal("1.5")) * 2


def _rounded(number: Decimal, to: Decimal) -> Decimal:
    whole = (number / to).quantize(Decimal(1), rounding=ROUND_HALF_UP) * to
    return abs(whole) if whole == 0 else whole


# From counts to figures, and what happened to some of them


def _figure(measure: Measure, place: Place, counts: Counts, submitted: Mapping[tuple[str, date], date]) -> Figure:
    _, area, period = place
    numerator, denominator = counts
    return Figure(
        measure_code=measure.code,
        area_code=area,
        period=period,
        numerator=numerator if measure.takes_counts else None,
        denominator=denominator,
        value=None if measure.takes_counts else numerator,
        revision=1,
        recorded_at=_moment(_recorded_on(measure, place, submitted)),
    )


def _recorded_on(measure: Measure, place: Place, submitted: Mapping[tuple[str, date], date]) -> date:
    """A few days before the figure was due, and no later than its return was submitted."""
    _, area, period = place
    few_days = 1 + hashlib.sha256(f"{measure.code}|{area}|{period.iso}".encode()).digest()[0] % 5
    day = max(measure.due_on(period) - timedelta(days=few_days), period.end + timedelta(days=1))
    return min(day, submitted.get((measure.unit_code, period.end), day))


def _told(
    plain: Sequence[Figure], exceptions: Mapping[Place, Sequence[Exceptional]], measures: Mapping[str, Measure]
) -> Iterator[Figure]:
    places = {(each.measure_code, each.area_code, each.period) for each in plain}
    for code, area, period in exceptions.keys() - places:
        raise RecipeError(f"No recipe gives {code} in {area} for {period}: the exception has nothing to change.")
    for figure in plain:
        found = exceptions.get((figure.measure_code, figure.area_code, figure.period), ())
        yield from _with_exceptions(figure, found, measures[figure.measure_code])


def _with_exceptions(figure: Figure, exceptions: Sequence[Exceptional], measure: Measure) -> Iterator[Figure]:
    """The figure's revisions; none where it is missing."""
    revisions = [figure]
    for exception in exceptions:
        if exception.what == "missing":
            return
        changed = _changed(revisions[-1], exception)
        if (
            exception.what == "late"
            and exception.recorded_on
            and exception.recorded_on <= measure.due_on(figure.period)
        ):
            raise RecipeError(f"{measure.code} for {figure.period} is called late, but was recorded in time.")
        if exception.what == "revised":
            revisions.append(replace(changed, revision=changed.revision + 1))
        else:
            revisions[-1] = changed
    yield from revisions


def _changed(figure: Figure, exception: Exceptional) -> Figure:
    changed = replace(
        figure,
        status=exception.status or figure.status,
        commentary=Commentary(**exception.answers).text or figure.commentary,
        confirmed_checks=exception.checks or figure.confirmed_checks,
        recorded_at=_moment(exception.recorded_on) if exception.recorded_on else figure.recorded_at,
    )
    if exception.absence:
        return replace(changed, numerator=None, denominator=None, value=None, absence=exception.absence)
    if exception.has_numbers:
        numbers = (exception.numerator, exception.denominator, exception.value)
        return replace(changed, numerator=numbers[0], denominator=numbers[1], value=numbers[2], absence=None)
    return changed


def _moment(day: date) -> datetime:
    return datetime.combine(day, _MORNING)
