"""Red, amber or green: a figure rated as it is printed, against a target that is never rounded."""

from decimal import Decimal
from enum import StrEnum

from performance.ground.figures import Target
from performance.ground.measures import Measure, Polarity, ToleranceKind
from performance.ground.values import DUST, Absence, Value, round_half_up


class Rag(StrEnum):
    """The status of a figure: rated, or the reason it is not. Only a number can be green."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    NO_TARGET = "no_target"
    CONTEXT = "context"
    NOT_PROVIDED = "not_provided"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"
    NOT_PUBLISHED = "not_published"
    SUPPRESSED = "suppressed"

    @property
    def in_words(self) -> str:
        return {
            "green": "Green",
            "amber": "Amber",
            "red": "Red",
            "no_target": "Not rated: no target",
            "context": "Not rated: context only",
        }.get(self.value) or Absence(self.value).in_words

    @property
    def meaning(self) -> str:
        """What the word says, for a key under a table."""
        return {
            "green": "on target or better",
            "amber": "off target, within tolerance",
            "red": "off target, outside tolerance",
        }.get(self.value, "not rated")

    @property
    def shape(self) -> str:
        """The sign beside the word, so that colour never speaks alone."""
        shapes = {Rag.GREEN: "✔", Rag.AMBER: "●", Rag.RED: "▲", Rag.NOT_PROVIDED: "◻", Rag.NOT_DUE: "◻"}
        return shapes.get(self, "–")

    @property
    def is_rated(self) -> bool:
        return self in {Rag.GREEN, Rag.AMBER, Rag.RED}


class Standing(StrEnum):
    """What a status comes to when measures are counted, in the order in which the counts are said."""

    RED = "red"
    AMBER = "amber"
    GREEN = "green"
    NOT_RECEIVED = "not yet received"
    NOT_DUE = "not yet due"
    NOT_RATED = "not rated"

    @property
    def in_words(self) -> str:
        return self.value.capitalize()

    @classmethod
    def of(cls, rag: Rag | None) -> "Standing":
        """Nothing at all, as of a measure that only wards have figures of, is not rated."""
        named = {Rag.NOT_PROVIDED: cls.NOT_RECEIVED, Rag.NOT_DUE: cls.NOT_DUE}
        if rag is None:
            return cls.NOT_RATED
        return cls(rag.value) if rag.is_rated else named.get(rag, cls.NOT_RATED)


def tolerance(measure: Measure, target: Target, actual: Decimal, *, default_percent: Decimal) -> Decimal:
    """How far off target is still amber, in the measure's unit. For a range it is of the bound that is missed.

    The target's own tolerance goes before the measure's as it was in the target's period, and that before the default.
    """
    ruled = measure.at(target.period)
    own = (target.tolerance, target.tolerance_kind or ToleranceKind.PERCENT)
    allowed, kind = (ruled.tolerance, ruled.tolerance_kind) if target.tolerance is None else own
    if allowed is not None and kind is ToleranceKind.ABSOLUTE:
        return allowed
    percent = default_percent if allowed is None else allowed
    return abs(_aimed_at(target, actual, ruled.polarity)) * percent / 100


def missed_by(actual: Decimal, target: Target, polarity: Polarity) -> Decimal:
    """How far the actual is from the target, on the wrong side of it; zero or less is on target."""
    aim = _aimed_at(target, actual, polarity)
    if polarity is Polarity.RANGE and target.bounds is not None:
        lower, upper = target.bounds
        return Decimal(0) if lower <= actual <= upper else abs(actual - aim)
    return actual - aim if polarity is Polarity.LOWER else aim - actual


def is_met(printed: Decimal, target: Target, polarity: Polarity) -> bool:
    """Whether a figure as printed is on target or better."""
    return round_half_up(missed_by(printed, target, polarity), DUST) <= 0


def has_aim(target: Target | None, polarity: Polarity) -> bool:
    """Whether there is something to rate against: both bounds for a range, a number for the others."""
    if target is None or polarity is Polarity.CONTEXT:
        return False
    return target.bounds is not None if polarity is Polarity.RANGE else target.number is not None


def rate(actual: Value, target: Target | None, measure: Measure, *, default_percent: Decimal) -> Rag:
    """The status of an unrounded actual. An absence goes before context, and context before no target.

    The measure is taken as it was in the target's period, so that a change of rule never recolours what is past.
    """
    if isinstance(actual, Absence):
        return Rag(actual.value)
    measure = measure.at(target.period) if target is not None else measure
    if measure.polarity is Polarity.CONTEXT:
        return Rag.CONTEXT
    if target is None or not has_aim(target, measure.polarity):
        return Rag.NO_TARGET
    printed = round_half_up(actual, measure.decimals)
    if is_met(printed, target, measure.polarity):
        return Rag.GREEN
    missed = missed_by(printed, target, measure.polarity)
    allowed = tolerance(measure, target, printed, default_percent=default_percent)
    return Rag.AMBER if round_half_up(missed - allowed, DUST) <= 0 else Rag.RED


def target_in_words(measure: Measure, target: Target | None) -> str:
    """The target as it is printed: "9.0 days", or "4.0% to 6.0%" for a range, or that there is none."""
    if target is not None and target.bounds is not None:
        return " to ".join(measure.print_target(bound) for bound in target.bounds)
    return "No target" if target is None or target.number is None else measure.print_target(target.number)


def bands_in_words(measure: Measure, target: Target | None, *, default_percent: Decimal) -> str:
    """Where the colours begin: "Green at 9.0 or below. Amber up to 9.9. Red above 9.9."."""
    if measure.polarity is Polarity.CONTEXT:
        return "For context: not rated."
    if target is None or not has_aim(target, measure.polarity):
        reason = f": {measure.no_target_reason.rstrip('.')}" if measure.no_target_reason else ""
        return f"Not rated: no target{reason}."
    if target.bounds is not None and measure.polarity is Polarity.RANGE:
        return _range_in_words(measure, target, *target.bounds, default_percent)
    aim = target.number or Decimal(0)
    allowed = tolerance(measure, target, aim, default_percent=default_percent)
    edge = measure.print_target(aim + allowed if measure.polarity is Polarity.LOWER else aim - allowed)
    side, way, beyond = ("below", "up", "above") if measure.polarity is Polarity.LOWER else ("above", "down", "below")
    amber = f" Amber {way} to {edge}." if allowed else ""
    return f"Green at {measure.print_target(aim)} or {side}.{amber} Red {beyond} {edge}."


def _range_in_words(measure: Measure, target: Target, lower: Decimal, upper: Decimal, default_percent: Decimal) -> str:
    below = tolerance(measure, target, lower, default_percent=default_percent)
    above = tolerance(measure, target, upper, default_percent=default_percent)
    least, most = measure.print_target(lower - below), measure.print_target(upper + above)
    edges = [f"down to {least}"] * (below > 0) + [f"up to {most}"] * (above > 0)
    amber = f" Amber {' or '.join(edges)}." if edges else ""
    green = f"Green from {measure.print_target(lower)} to {measure.print_target(upper)}."
    return f"{green}{amber} Red below {least} or above {most}."


def _aimed_at(target: Target, actual: Decimal, polarity: Polarity) -> Decimal:
    """The number the actual is measured against: for a range the bound that is missed, or else the nearer one."""
    if polarity is Polarity.RANGE and target.bounds is not None:
        return min(target.bounds, key=lambda bound: abs(actual - bound))
    if target.number is None:
        raise ValueError(f"The target of {target.measure_code} for {target.period} has no number to rate against.")
    return target.number
