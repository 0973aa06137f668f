"""Targets: how an annual one spreads over its months, which one rules after a change, and which are doubtful."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from performance.ground.entry import Problem, share_limits
from performance.ground.figures import Figure, Profile, Series, Target
from performance.ground.measures import Accumulation, Measure, Polarity, ToleranceKind
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.aggregation import aggregate
from performance.ground.reckoning.due import numbers
from performance.ground.reckoning.rag import Rag, rate
from performance.ground.reckoning.unusual import is_far, power_of_ten_slip
from performance.plan.target_profiles import check_parts, spread

LONGEST_RATIONALE = 2000  # characters
_MONTHS_ASKED = 24
_MONTHS_PREVIEWED = 36


def in_force(targets: Iterable[Target], measure: Measure, *, figures: Mapping[Period, Figure]) -> dict[Period, Target]:
    """The target that rules each period, from all agreed ones of one measure and area.

    A target for a shorter period goes before one spread from a longer. Of several revisions the highest rules every
    period that had not ended when it took effect; periods that had keep the one before. The first rules from the
    start, unless it came after a period that another target, or its parts, had ruled.
    """
    history = numbers(measure, figures)
    ordered = sorted(targets, key=lambda target: (-target.period.months, target.period.start, target.revision))
    ruling: dict[Period, Target] = {}
    late: list[dict[Period, Target]] = []
    for _, revisions in groupby(ordered, key=lambda target: target.period):
        found = _by_revision([(revision, _expanded(revision, measure, figures, history)) for revision in revisions])
        ruling |= {period: target for period, target in found.items() if not _came_after(target, period)}
        late.append({period: target for period, target in found.items() if _came_after(target, period)})
    for first in late:
        ruled = [period for period in first if any(period.covers(other) for other in ruling)]
        ruling |= {period: target for period, target in first.items() if period not in ruled}
    return ruling


def _came_after(target: Target, period: Period) -> bool:
    return target.effective_from is not None and target.effective_from > period.end


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
    measure = replace(measure, earlier=())
    even = target.profile in {None, Profile.STRAIGHT_LINE} or (target.profile is Profile.MANUAL and not target.parts)
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
        *(
            Problem(field=field, message=message)
            for field, number in stated.items()
            if (message := _impossible_number(measure, number)) is not None
        ),
        *_check_tolerance(target, measure),
        *_check_parts(target, measure),
    ]


def _check_tolerance(target: Target, measure: Measure) -> list[Problem]:
    """A tolerance of the target's own: how far off is still amber, in the unit or in percent of the target."""
    if target.tolerance is None:
        return []
    if target.tolerance < 0:
        return [Problem(field="tolerance", message=f"The tolerance for {measure.title} must be 0 or more")]
    if target.tolerance_kind is not ToleranceKind.ABSOLUTE and target.tolerance > 100:
        return [Problem(field="tolerance", message="A tolerance in percent must be between 0 and 100")]
    return []


def _check_parts(target: Target, measure: Measure) -> list[Problem]:
    if target.profile is not Profile.MANUAL or not target.parts:
        return []
    impossible = [_impossible_number(measure, number) for _, number in target.parts]
    said = next((message for message in impossible if message), None) or check_parts(target, measure)
    return [Problem(field="parts", message=said)] if said else []


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
    if target.number == 0 and (percent := _own_percent(target, measure)) is not None:
        message = (
            f"A tolerance of {percent.normalize():f}% of a target of 0 is nothing. "
            f"Give {measure.title} an absolute tolerance, in {measure.unit}, before setting a target of 0"
        )
        return [Problem(field="target" if target.tolerance is None else "tolerance", message=message)]
    return []


def _own_percent(target: Target, measure: Measure) -> Decimal | None:
    """The tolerance in percent that somebody set: on the target, or else on the measure."""
    tolerance, kind = measure.tolerance, measure.tolerance_kind
    if target.tolerance is not None:
        tolerance, kind = target.tolerance, target.tolerance_kind or ToleranceKind.PERCENT
    return tolerance if kind is ToleranceKind.PERCENT else None


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


def _place(measure: Measure, target: Target, period: Period) -> int:
    """Which part of its year a period is, counted from the start of the target's."""
    months = (period.start.year - target.period.start.year) * 12 + period.start.month - target.period.start.month
    return months % max(target.period.months, measure.frequency.months)


def _outturn(target: Target, measure: Measure, figures: Mapping[Period, Figure]) -> Decimal | None:
    """What the year before came to; a sum with months missing is none."""
    before = target.period.year_before
    reached = aggregate(measure, Series(figures=figures, targets={}), before, today=target.period.start)
    is_sum = measure.accumulation is Accumulation.IN_PERIOD and not measure.is_ratio
    if not isinstance(reached.value, Decimal) or (is_sum and not reached.is_complete):
        return None
    return reached.value
