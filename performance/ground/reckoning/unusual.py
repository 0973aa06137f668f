"""What is unusual about a possible figure: each question names its rule, and is answered by a change or a reason."""

import calendar
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from statistics import median

from performance.ground.figures import Figure
from performance.ground.measures import Accumulation, Measure
from performance.ground.periods import Period
from performance.ground.reckoning.aggregation import in_month_parts
from performance.ground.reckoning.due import numbers, stored_value
from performance.ground.values import Absence, round_half_up

_EARLIER_YEARS_NEEDED = 3
RECENT_PERIODS = 24
_SLIPS = (10, 100, 1000)
_FAR = 2
_HUNDRED = Decimal(100)
_A_COLUMN = 3
_OF_A_SMALL_RATE, _NEAR_THE_WHOLE = 2, Decimal("0.75")
_TO_TELL_BY = 6
_FEWEST_COUNCILS = 4
# Counted like things, but not things that add up: the days of a wait, the score of a test, the years of a life.
_NEVER_SUMMED = {"days", "years", "score"}


class Check(StrEnum):
    """The rules that question a figure, or what is said of it. A confirmed figure keeps their names."""

    SLIP = "slip"
    FELL = "fell"
    UNUSUAL = "unusual"
    UNCHANGED = "unchanged"
    WARDS = "wards"
    COUNTS = "counts"
    SAYS_OTHERWISE = "says_otherwise"
    SAME_WORDS = "same_words"
    SAID_OF = "said_of"
    COUNCILS = "councils"

    @property
    def in_words(self) -> str:
        return {
            "slip": "Decimal point out of place, or a share typed as a fraction",
            "fell": "Total to date fell",
            "unusual": "Outside the usual range of the same month",
            "unchanged": "Unchanged from before",
            "wards": "Wards do not add up to the whole area",
            "counts": "Counts left out",
            "says_otherwise": "Commentary says otherwise than the figures",
            "same_words": "Commentary unchanged from last month",
            "said_of": "Commentary written for another number",
            "councils": "A region's or nation's rate far from every council's",
        }[self.value]


@dataclass(frozen=True, kw_only=True)
class Question:
    """What is unusual, by which rule, and at which field. It never stands in the way of keeping a draft."""

    check: Check
    field: str
    message: str


@dataclass(frozen=True, kw_only=True)
class CheckLimits:
    """What the council calls unusual.

    `usual_range` is how many median absolute deviations from the median of the same month in earlier years is still
    usual; `unchanged_periods` how many periods before must say exactly the same before anyone is asked.
    """

    usual_range: Decimal = Decimal(4)
    unchanged_periods: int = 1


def questions(
    measure: Measure,
    figure: Figure,
    history: Mapping[Period, Figure],
    *,
    limits: CheckLimits | None = None,
    ward_total: Decimal | None = None,
    without: Collection[Check] = (),
) -> list[Question]:
    """What is unusual about a possible figure, against the current figures of other periods and of its wards.

    Of what the series says against it only the first is asked: the others follow from it.
    """
    return questions_among(
        measure, figure, numbers(measure, history), limits=limits, ward_total=ward_total, without=without
    )


def questions_among(
    measure: Measure,
    figure: Figure,
    known: Mapping[Period, Decimal],
    *,
    limits: CheckLimits | None = None,
    ward_total: Decimal | None = None,
    without: Collection[Check] = (),
) -> list[Question]:
    """As `questions`, against the numbers of the series where they have been worked out already, in order."""
    value = stored_value(measure, figure)
    if isinstance(value, Absence):
        return []
    earlier = {p: n for p, n in known.items() if p.start < figure.period.start}
    limits = limits or CheckLimits()
    asked = (
        (Check.SLIP, _slipped(measure, figure, value, earlier, stood=known.get(figure.period))),
        (Check.FELL, _fell(measure, figure.period, value, earlier)),
        (Check.UNUSUAL, _unusual(measure, figure.period, value, earlier, limits.usual_range)),
        (Check.UNCHANGED, _unchanged(measure, figure.period, value, earlier, limits.unchanged_periods)),
    )
    field = "value" if figure.numerator is None else "numerator"
    found = [Question(check=check, field=field, message=f"Check: {said}") for check, said in asked if said][:1]
    if (wards := wards_differ(measure, value, ward_total)) is not None:
        found.append(Question(check=Check.WARDS, field=field, message=f"Check: {wards}. Confirm it or change it"))
    return [each for each in found if each.check not in without]


def counts_lost(figure: Figure, before: Figure | None) -> Question | None:
    """A value where counts stood: years to date and wards are worked out from counts, and would lose them."""
    if figure.value is None or before is None or before.numerator is None or before.denominator is None:
        return None
    counts = f"{before.numerator:,f} of {before.denominator:,f}"
    said = f"the stored figure has its counts, {counts}, and this one is a value without any"
    return Question(check=Check.COUNTS, field="value", message=f"Check: {said}. Give the counts")


def are_fractions(measure: Measure, figures: Iterable[Figure]) -> bool:
    """Whether a whole column of percentages lies between 0 and 1, as shares of one: 0.96 for 96%.

    A figure alone may well be half a percent; of three or more, all of them under 1, it is asked.
    """
    if measure.unit != "percent":
        return False
    values = [figure.value for figure in figures if figure.value is not None]
    return len(values) >= _A_COLUMN and all(0 <= value <= 1 for value in values) and any(values)


def typed_as_fractions(measure: Measure, figures: Sequence[Figure]) -> dict[Period, Question]:
    """What a page would ask of the first figures of a series, where these are too few to tell anything by.

    A share of less than one percent that lies near others of one percent and more is what it says.
    """
    values = numbers(measure, {each.period: each for each in figures})
    whole = [value for value in values.values() if value >= 1]
    if len(values) >= _TO_TELL_BY:
        return {}
    found = {}
    for figure in figures:
        value = values.get(figure.period)
        if value is None or (whole and not is_far(value, whole)):
            continue
        if said := _slipped(measure, figure, value, {}):
            found[figure.period] = Question(check=Check.SLIP, field="value", message=f"Check: {said}")
    return found


def may_be_small(measure: Measure, figures: Iterable[Figure]) -> bool:
    """Whether such a column may be what it says: rates of a fraction of a percent, kept to the digits that tell them
    apart, and none of them near the whole.
    """
    values = [figure.value for figure in figures if figure.value is not None]
    return measure.decimals >= _OF_A_SMALL_RATE and max(values) < _NEAR_THE_WHOLE


def fraction(measure: Measure, value: Decimal) -> Question:
    """What is asked of each figure of such a column."""
    printed, meant = measure.print_target(value), measure.print_target(value * _HUNDRED)
    return Question(check=Check.SLIP, field="value", message=f"Check: {printed}, or {meant}")


def adds_up_over_wards(measure: Measure) -> bool:
    """Whether the figures of all wards together are the whole area's: of counts of things, never of rates or scores."""
    return not measure.is_ratio and measure.unit not in _NEVER_SUMMED


def wards_differ(measure: Measure, value: Decimal, ward_total: Decimal | None) -> str | None:
    """What the wards add up to, where it is not the whole area's figure."""
    if ward_total is None or value == ward_total or not adds_up_over_wards(measure):
        return None
    return f"the wards add up to {_exactly(measure, ward_total)}, not {_exactly(measure, value)}"


def is_far(value: Decimal, usual: Sequence[Decimal]) -> bool:
    """Whether a value lies beyond the usual range by more than a factor of two."""
    edges = [edge for bound in (min(usual), max(usual)) for edge in (bound * _FAR, bound / _FAR)]
    return not min(edges) <= value <= max(edges)


def is_no_rate_of(measure: Measure, value: Decimal, councils: Sequence[Decimal]) -> bool:
    """Whether a region's or nation's rate is one that none of its councils, of which at least four are known, can make
    up. Counts are left alone, for a nation's are its councils' together."""
    return not adds_up_over_wards(measure) and len(councils) >= _FEWEST_COUNCILS and is_far(value, councils)


def far_from_councils(measure: Measure, figure: Figure, councils: Sequence[Decimal]) -> Question | None:
    """What is asked of such a figure: councils added up, perhaps. `councils` are their figures for the period."""
    value = stored_value(measure, figure)
    if isinstance(value, Absence) or not is_no_rate_of(measure, value, councils):
        return None
    least, most = (measure.print_value(each) for each in (min(councils), max(councils)))
    said = f"Check: {measure.print_value(value)}, where councils have {least} to {most}: are these councils added up?"
    return Question(check=Check.COUNCILS, field="value" if figure.numerator is None else "numerator", message=said)


def power_of_ten_slip(value: Decimal, usual: Sequence[Decimal]) -> Decimal | None:
    """What was probably meant by a value far out of the usual range, but in it with the point moved."""
    if not usual or value == 0 or not is_far(value, usual):
        return None
    moved = [shifted for slip in _SLIPS for shifted in (value * slip, value / slip)]
    least, most = min(usual), max(usual)
    near = [shifted for shifted in moved if least - abs(least) / 10 <= shifted <= most + abs(most) / 10]
    return min(near, key=lambda shifted: abs(shifted - median(usual)), default=None)


def slip_within(measure: Measure, figure: Figure, known: Mapping[Period, Decimal]) -> Question | None:
    """A point out of place among the earlier numbers of the figure's own series, where these are enough to tell."""
    value = stored_value(measure, figure)
    earlier = {p: n for p, n in known.items() if p.start < figure.period.start}
    if isinstance(value, Absence) or len(earlier) < _TO_TELL_BY:
        return None
    said = _slipped(measure, figure, value, earlier)
    field = "value" if figure.numerator is None else "numerator"
    return Question(check=Check.SLIP, field=field, message=f"Check: {said}") if said else None


def _slipped(
    measure: Measure,
    figure: Figure,
    value: Decimal,
    earlier: Mapping[Period, Decimal],
    *,
    stood: Decimal | None = None,
) -> str | None:
    """A point moved by one place or more, or 0.85 entered for 85%; `stood` is the number of its period before."""
    usual = _comparable(measure, figure.period, earlier, stood)
    meant = power_of_ten_slip(value, list(usual.values())) if usual else _as_a_fraction(measure, figure, value)
    if meant is None:
        return None
    before = f"{_last(max(usual), figure.period)} was {measure.print_value(usual[max(usual)])}. " if usual else ""
    if figure.numerator is None:
        return f"you entered {_exactly(measure, value)}. {before}Did you mean {_exactly(measure, meant)}?"
    counts = f"you entered {figure.numerator:,f}"
    if figure.denominator is not None:
        of = f"{figure.numerator:,f} of {figure.denominator:,f}"
        counts = f"{of} comes to {measure.print_value(value)}"
    return f"{counts}. {before}Confirm it or change it"


def _comparable(
    measure: Measure, period: Period, earlier: Mapping[Period, Decimal], stood: Decimal | None
) -> dict[Period, Decimal]:
    """What a slip is seen against: the recent periods, or of a running total the same month in earlier years.

    Of the very first period it is what stood there before.
    """
    if measure.accumulation is Accumulation.CUMULATIVE:
        return _same_month(period, earlier)
    if not earlier:
        return {} if stood is None else {period: stood}
    return dict(list(earlier.items())[-RECENT_PERIODS:])


def _as_a_fraction(measure: Measure, figure: Figure, value: Decimal) -> Decimal | None:
    """With nothing to hold it against, a percentage under 1 typed as such was probably meant as a share of 1."""
    is_typed_share = measure.unit == "percent" and measure.is_share and figure.numerator is None
    return value * _HUNDRED if is_typed_share and 0 < value < 1 else None


def _fell(measure: Measure, period: Period, value: Decimal, earlier: Mapping[Period, Decimal]) -> str | None:
    """A total to date that went down within its cycle."""
    before = earlier.get(period.previous)
    if measure.accumulation is not Accumulation.CUMULATIVE or before is None or value >= before:
        return None
    if in_month_parts(measure, {**earlier, period: value}).get(period) == value:
        return None
    total = "year-to-date total" if measure.cycle_months == 12 else "total to date"
    fell = f"the {total} fell from {measure.print_value(before)} to {measure.print_value(value)}"
    return f"{fell}. Totals to date should not fall"


def _unusual(
    measure: Measure, period: Period, value: Decimal, earlier: Mapping[Period, Decimal], multiple: Decimal
) -> str | None:
    """Far from the same month in earlier years."""
    same_month = list(_same_month(period, earlier).values())
    if len(same_month) < _EARLIER_YEARS_NEEDED:
        return None
    middle = median(same_month)
    spread = max(median([abs(number - middle) for number in same_month]), Decimal(1).scaleb(-measure.decimals))
    least, most = middle - multiple * spread, middle + multiple * spread
    if _is_within(measure, value, least, most):
        return None
    if least < 0 and not measure.may_be_negative:
        least = Decimal(0)
    if measure.is_share:
        most = min(most, measure.multiplier)
    usual = f"{_low(measure, least)} to {measure.print_value(most)}"
    return f"{measure.print_value(value)} is outside the usual range of {usual}. Confirm it or change it"


def _is_within(measure: Measure, value: Decimal, least: Decimal, most: Decimal) -> bool:
    """As printed: 10.0 is not outside a range that is said to end at 10.0."""
    low, said, high = (round_half_up(each, measure.decimals) for each in (least, value, most))
    return low <= said <= high


def _low(measure: Measure, least: Decimal) -> str:
    """The lower end of a range: a unit in words is said once, at its upper end."""
    printed = measure.print_value(least)
    return printed if measure.unit in {"percent", "pounds"} else printed.removesuffix(f" {measure.unit}")


def _unchanged(
    measure: Measure, period: Period, value: Decimal, earlier: Mapping[Period, Decimal], running: int
) -> str | None:
    """Exactly what the last periods said. A rare event may well stay at zero, and a share at all of it."""
    before = [period.shifted(-period.months * step) for step in range(1, running + 1)]
    is_all = measure.is_share and value == measure.multiplier
    if not before or value == 0 or is_all or any(earlier.get(other) != value for other in before):
        return None
    since = _month(period.previous) if running == 1 else f"every period since {_month(before[-1])}"
    return f"this is exactly the same as {since} ({measure.print_value(value)}). Confirm it or change it"


def _same_month(period: Period, earlier: Mapping[Period, Decimal]) -> dict[Period, Decimal]:
    return {p: n for p, n in earlier.items() if p.start.month == period.start.month and p.months == period.months}


def _last(before: Period, now: Period) -> str:
    """ "Last month" where it is just that; a longer period, or one further back, by its name."""
    return "Last month" if now.months == 1 and before == now.previous else before.short


def _month(period: Period) -> str:
    """A month just gone needs no year; anything else does."""
    return calendar.month_name[period.start.month] if period.months == 1 else period.short


def _exactly(measure: Measure, value: Decimal) -> str:
    """The number with all the decimals it was entered with."""
    return measure.print_target(value)
