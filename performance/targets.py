"""Targets: how an annual one spreads over its months, which one rules after a change, and which are doubtful."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, groupby, pairwise

from performance.aggregation import aggregate, in_month_parts, numbers, own_periods
from performance.entry import Problem, is_far, power_of_ten_slip, share_limits
from performance.figures import Figure, Profile, Series, Target
from performance.measures import Accumulation, Measure, Polarity, ToleranceKind
from performance.periods import Frequency, Period
from performance.rag import Rag, rate
from performance.values import round_half_up

_YEARS_FOR_SEASON = 3
_MONTHS_ASKED = 24
_MONTHS_PREVIEWED = 36
# Spread numbers are kept to twelve places; being differences of running sums, they add up exactly all the same.
_PLACES = 12


def spread(
    target: Target, measure: Measure, *, outturn: Decimal | None, history: Mapping[Period, Decimal]
) -> dict[Period, Target]:
    """The targets of the measure's own periods within an annual target, by its profile; they reconcile to it.

    `outturn` is what the year before came to; `history` the unrounded numbers of own periods, as stored. Where the
    profile asks for history that is not there, the target spreads evenly.
    """
    periods = own_periods(measure, target.period)
    whole = sum(period.months for period in periods) == target.period.months
    if target.profile in {None, Profile.MANUAL} or not whole:
        return {}
    shares = _seasonal_shares(measure, periods, history) if target.profile is Profile.SEASONAL else None

    def over(bound: Decimal | None) -> Sequence[Decimal | None]:
        count = len(periods)
        return [None] * count if bound is None else _spread_bound(bound, target, measure, outturn, shares, count)

    return {
        period: Target(
            measure_code=target.measure_code,
            area_code=target.area_code,
            period=period,
            number=number,
            lower=low,
            upper=high,
            effective_from=target.effective_from,
            revision=target.revision,
            tolerance=target.tolerance,
            tolerance_kind=target.tolerance_kind,
        )
        for period, number, low, high in zip(
            periods, over(target.number), over(target.lower), over(target.upper), strict=True
        )
    }


def in_force(targets: Iterable[Target], measure: Measure, *, figures: Mapping[Period, Figure]) -> dict[Period, Target]:
    """The target that rules each period, from all agreed ones of one measure and area.

    A target for a shorter period goes before one spread from a longer. Of several revisions the highest rules every
    period that had not ended when it took effect; periods that had keep the one before. The first rules from the start.
    """
    history = numbers(measure, figures)
    ordered = sorted(targets, key=lambda target: (-target.period.months, target.period.start, target.revision))
    ruling: dict[Period, Target] = {}
    for _, revisions in groupby(ordered, key=lambda target: target.period):
        ruling |= _by_revision([(revision, _expanded(revision, measure, figures, history)) for revision in revisions])
    return ruling


@dataclass(frozen=True, kw_only=True)
class WouldHaveBeen:
    """The colours that the figures of the past 36 months would have had under a target."""

    colours: Mapping[Period, Rag]
    noun: str

    @property
    def met(self) -> int:
        return sum(rag is Rag.GREEN for rag in self.colours.values())

    @property
    def in_words(self) -> str:
        """ "Met in 2 of 36 months"."""
        if not self.colours:
            return "There are no figures to hold it against"
        return f"Met in {self.met} of {len(self.colours)} {self.noun}" + ("" if len(self.colours) == 1 else "s")


def would_have_been(measure: Measure, series: Series, target: Target, *, default_percent: Decimal) -> WouldHaveBeen:
    """How each past figure would have been rated, had the month's part of this target ruled its month then."""
    history = numbers(measure, series.figures)
    even = target.profile in {None, Profile.MANUAL, Profile.STRAIGHT_LINE}
    parts = spread(replace(target, profile=Profile.FLAT) if even else target, measure, outturn=None, history=history)
    by_place = {_place(measure, target, period): part for period, part in parts.items()}
    recent = list(history.items())[-_MONTHS_PREVIEWED // measure.frequency.months :]
    colours = {
        period: rate(value, by_place.get(_place(measure, target, period)), measure, default_percent=default_percent)
        for period, value in recent
    }
    nouns = {Frequency.MONTHLY: "month", Frequency.QUARTERLY: "quarter", Frequency.YEARLY: "year"}
    return WouldHaveBeen(colours={p: rag for p, rag in colours.items() if rag.is_rated}, noun=nouns[measure.frequency])


def check_target(target: Target, measure: Measure) -> list[Problem]:
    """What is impossible about a target: it is not saved. One rule for the form and for files."""
    if measure.polarity is Polarity.CONTEXT:
        return [Problem(field="target", message=f"{measure.title} is for context and takes no target")]
    if target.period.months < measure.frequency.months:
        shorter = f"{measure.title} is reported {measure.frequency.value}. A target cannot be for a shorter period"
        return [Problem(field="period", message=shorter)]
    problems = _check_bounds(target, measure) if measure.polarity is Polarity.RANGE else _check_number(target, measure)
    given = {"target": target.number, "lower": target.lower, "upper": target.upper}
    stated = {field: number for field, number in given.items() if number is not None}
    return problems or [
        Problem(field=field, message=message)
        for field, number in stated.items()
        if (message := _impossible_number(measure, number)) is not None
    ]


def target_questions(target: Target, measure: Measure, figures: Mapping[Period, Figure]) -> list[Problem]:
    """What is unlikely about a possible target, against the figures of the last 24 months: confirm or change it."""
    usual = _comparable(target, measure, figures)
    given = {"target": target.number, "lower": target.lower, "upper": target.upper}
    return [
        Problem(field=field, message=f"Check: {asked}")
        for field, number in given.items()
        if number is not None and (asked := _doubt(number, usual, measure)) is not None
    ]


def _check_number(target: Target, measure: Measure) -> list[Problem]:
    if target.lower is not None or target.upper is not None:
        return [Problem(field="lower", message=f"{measure.title} takes a single target, not a range")]
    if target.number is None:
        return [Problem(field="target", message=f"Enter the target for {measure.title}")]
    if target.number == 0 and measure.tolerance is not None and measure.tolerance_kind is ToleranceKind.PERCENT:
        message = (
            f"A tolerance of {measure.tolerance.normalize():f}% of a target of 0 is nothing. "
            f"Give {measure.title} an absolute tolerance, in {measure.unit}, before setting a target of 0"
        )
        return [Problem(field="target", message=message)]
    return []


def _check_bounds(target: Target, measure: Measure) -> list[Problem]:
    if target.number is not None:
        return [Problem(field="target", message=f"{measure.title} takes a range. Enter its lower and upper bounds")]
    if target.lower is None:
        return [Problem(field="lower", message=f"Enter the lower bound of the range for {measure.title}")]
    if target.upper is None:
        return [Problem(field="upper", message=f"Enter the upper bound of the range for {measure.title}")]
    if target.lower > target.upper:
        return [Problem(field="lower", message="The lower bound of the range must not be above the upper bound")]
    return []


def _impossible_number(measure: Measure, number: Decimal) -> str | None:
    if measure.is_share and not 0 <= number <= measure.multiplier:
        return f"The target for {measure.title} must be between {share_limits(measure)}"
    if number < 0 and not measure.may_be_negative:
        return f"The target for {measure.title} must be 0 or more"
    return None


def _comparable(target: Target, measure: Measure, figures: Mapping[Period, Figure]) -> list[Decimal]:
    """Past numbers of the target's own size: months times twelve for an annual sum, year ends for a total to date."""
    history = {period: number for period, number in numbers(measure, figures).items() if period < target.period}
    if measure.accumulation is Accumulation.CUMULATIVE:
        return [number for period, number in history.items() if period.end.month == target.period.end.month][-3:]
    recent = list(history.values())[-_MONTHS_ASKED // measure.frequency.months :]
    if measure.accumulation is Accumulation.IN_PERIOD and not measure.is_ratio:
        return [number * target.period.months / measure.frequency.months for number in recent]
    return recent


def _doubt(number: Decimal, usual: Sequence[Decimal], measure: Measure) -> str | None:
    past = ""
    if usual:
        low, high = measure.print_value(min(usual)), measure.print_value(max(usual))
        past = f" The figures of the last 24 months come to between {low} and {high}."
    if number == 0:
        return f"the target is 0.{past} Confirm it or change it"
    if (meant := power_of_ten_slip(number, usual)) is not None:
        return f"you entered {measure.print_target(number)}.{past} Did you mean {measure.print_target(meant)}?"
    if usual and is_far(number, usual):
        return f"{measure.print_target(number)} is far from what has been.{past} Confirm it or change it"
    return None


def _place(measure: Measure, target: Target, period: Period) -> int:
    """Which part of its year a period is, counted from the start of the target's."""
    months = (period.start.year - target.period.start.year) * 12 + period.start.month - target.period.start.month
    return months % max(target.period.months, measure.frequency.months)


def _expanded(
    target: Target, measure: Measure, figures: Mapping[Period, Figure], history: Mapping[Period, Decimal]
) -> dict[Period, Target]:
    outturn = _outturn(target, measure, figures) if target.profile is Profile.STRAIGHT_LINE else None
    return spread(target, measure, outturn=outturn, history=history) | {target.period: target}


def _by_revision(revisions: Sequence[tuple[Target, Mapping[Period, Target]]]) -> dict[Period, Target]:
    """Later revisions first, from the day they take effect; the first of all has nothing before it to keep."""
    ruling: dict[Period, Target] = {}
    for period in sorted({period for _, expanded in revisions for period in expanded}):
        _, expanded = next(
            (
                (revision, targets)
                for revision, targets in reversed(revisions)
                if revision.effective_from is None or revision.effective_from <= period.end
            ),
            revisions[0],
        )
        if period in expanded:
            ruling[period] = expanded[period]
    return ruling


def _outturn(target: Target, measure: Measure, figures: Mapping[Period, Figure]) -> Decimal | None:
    """What the year before came to; a sum with months missing is none."""
    before = target.period.year_before
    reached = aggregate(measure, Series(figures=figures, targets={}), before, today=target.period.start)
    is_sum = measure.accumulation is Accumulation.IN_PERIOD and not measure.is_ratio
    if not isinstance(reached.value, Decimal) or (is_sum and not reached.is_complete):
        return None
    return reached.value


def _spread_bound(
    bound: Decimal,
    target: Target,
    measure: Measure,
    outturn: Decimal | None,
    shares: Sequence[Fraction] | None,
    count: int,
) -> list[Decimal]:
    """One number over so many periods, in order."""
    start = outturn if target.profile is Profile.STRAIGHT_LINE else None
    if not _adds_up(measure, target.profile):
        return _levels(bound, target.profile, start, count)
    if shares is not None:
        running = list(accumulate(apportion(bound, shares, measure.decimals)))
    else:
        running = [_reached(bound, start, step, count) for step in range(1, count + 1)]
    if measure.accumulation is Accumulation.CUMULATIVE:
        return running
    return [later - earlier for earlier, later in pairwise([Decimal(0), *running])]


def _adds_up(measure: Measure, profile: Profile | None) -> bool:
    """Whether the months make up the year, rather than each standing at its level."""
    if measure.accumulation is Accumulation.CUMULATIVE:
        return not measure.is_ratio or profile in {Profile.CUMULATIVE, Profile.SEASONAL}
    return measure.accumulation is Accumulation.IN_PERIOD and not measure.is_ratio


def _levels(bound: Decimal, profile: Profile | None, start: Decimal | None, count: int) -> list[Decimal]:
    """The level of each period: the target itself, or on the way to it from nothing or from last year's outturn."""
    if profile is Profile.CUMULATIVE:
        start = Decimal(0)
    if start is None:
        return [bound] * count
    return [_exact(start + (bound - start) * step / count) for step in range(1, count + 1)]


def _reached(bound: Decimal, start: Decimal | None, step: int, count: int) -> Decimal:
    """What the first periods make up together: equal parts, or parts that rise in a line from last year's."""
    if start is None:
        return _exact(bound * step / count)
    return _exact(start * step / count + (bound - start) * step * (step + 1) / (count * (count + 1)))


def _exact(number: Decimal) -> Decimal:
    """To twelve places, without noughts at the end."""
    kept = round_half_up(number, _PLACES)
    return kept.quantize(Decimal(1)) if kept == kept.to_integral_value() else kept.normalize()


def _seasonal_shares(
    measure: Measure, periods: Sequence[Period], history: Mapping[Period, Decimal]
) -> list[Fraction] | None:
    """Each period's part of its year, averaged over the latest complete earlier years; they come to exactly one."""
    parts = in_month_parts(measure, history)
    years: list[list[Fraction]] = []
    months_ago = 12
    while parts and len(years) < _YEARS_FOR_SEASON and periods[-1].shifted(-months_ago) >= min(parts):
        year = [parts[same] for period in periods if (same := period.shifted(-months_ago)) in parts]
        total = sum(map(Fraction, year))
        if len(year) == len(periods) and total:
            years.append([Fraction(part) / total for part in year])
        months_ago += 12
    return [sum(month, Fraction(0)) / len(years) for month in zip(*years, strict=True)] or None


def apportion(total: Decimal, shares: Sequence[Fraction], decimals: int) -> list[Decimal]:
    """The total in parts of these shares, at so many decimals (or the total's own), by largest remainders.

    Shares that come to one make parts that come to the total; of equal remainders the earlier part is rounded up.
    """
    places = max(decimals, -int(total.normalize().as_tuple().exponent))
    units = int(total.scaleb(places))
    exact = [share * units for share in shares]
    whole = [part.numerator // part.denominator for part in exact]
    first = sorted(range(len(exact)), key=lambda index: (whole[index] - exact[index], index))
    for index in first[: units - sum(whole)]:
        whole[index] += 1
    return [Decimal(part).scaleb(-places) for part in whole]
