"""Figures as people write them: read without guessing, refused when impossible, questioned when unusual."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from performance.aggregation import in_month_parts, numbers, stored_value
from performance.figures import Figure
from performance.measures import Accumulation, Measure, print_number
from performance.periods import Period
from performance.values import Absence

MAD_MULTIPLE = 4
"""How many median absolute deviations from the median of the same month in earlier years is still usual."""

_EARLIER_YEARS_NEEDED = 3
_RECENT_PERIODS = 24
_LARGEST = Decimal(10) ** 12
_SCALES = {"": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
_ABSENCES = {"z": Absence.NOT_APPLICABLE, "x": Absence.NOT_PUBLISHED, "c": Absence.SUPPRESSED}
_SLIPS = (10, 100, 1000)
_FAR = 2
# Full-width forms stand one for one beside the ordinary ones; the minus sign and odd spaces have one reading too.
_PLAIN = {0xFF01 + offset: 0x21 + offset for offset in range(94)}
_PLAIN |= {0x2212: ord("-"), 0xFFE1: ord("£")}
_PLAIN |= dict.fromkeys((0x00A0, 0x2007, 0x2009, 0x202F, 0x3000), ord(" "))
_NUMBER = re.compile(
    r"(?P<minus>-)?(?P<pounds>£)?"
    r"(?P<whole>[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]{0,2}(?: [0-9]{3})+|[0-9]+)?(?:\.(?P<part>[0-9]+))?"
    r"(?: ?(?:(?P<percent>%)|(?P<scale>k|m|bn|thousand|million|billion)))?",
    re.IGNORECASE | re.ASCII,
)


class NumberNotUnderstoodError(ValueError):
    """A text that is no number, or one too long to keep exactly."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """What is wrong, or unusual, and at which field: numerator, denominator, value or another by its name."""

    field: str
    message: str


def read_number(text: str, *, label: str = "The figure") -> Decimal:
    """Read 1,234, 1 204, 96.5%, £1.2m or (3.4) as the number it says: 96.5% is 96.5. Anything doubtful is refused.

    Raises NumberNotUnderstoodError with a sentence that begins with the label.
    """
    plain = text.translate(_PLAIN).strip()
    bracketed = plain.startswith("(") and plain.endswith(")")
    match = _NUMBER.fullmatch(plain[1:-1].strip() if bracketed else plain)
    if match is None or not (match["whole"] or match["part"]) or (bracketed and match["minus"]):
        raise NumberNotUnderstoodError(f'{label} must be a number, like 9.4, not "{_shortened(text)}"')
    whole = re.sub("[, ]", "", match["whole"] or "0")
    part = match["part"] or ""
    number = Decimal(f"{whole[-30:]}.{part[:30]}0") * _SCALES[(match["scale"] or "").lower()]
    if len(whole.lstrip("0")) > 12 or len(part) > 6 or number >= _LARGEST:
        raise NumberNotUnderstoodError(
            f'{label} must have at most 12 digits before the point and 6 after it, not "{_shortened(text)}"'
        )
    exact = number.quantize(Decimal(1).scaleb(-len(part))) if not match["scale"] else _without_noughts(number)
    return -exact if (bracketed or match["minus"]) and exact else exact


def read_entry(text: str, *, label: str = "The figure") -> Decimal | Absence | None:
    """Read a cell: a number, or the code of an absence (z, x, c, also as [z]); an empty cell says nothing.

    Raises NumberNotUnderstoodError as `read_number` does.
    """
    plain = text.strip()
    if not plain:
        return None
    code = plain[1:-1] if plain.startswith("[") and plain.endswith("]") else plain
    return _ABSENCES.get(code.lower()) or read_number(text, label=label)


def check_figure(
    measure: Measure,
    *,
    numerator: Decimal | None,
    denominator: Decimal | None,
    value: Decimal | None,
    absence: Absence | None,
) -> list[Problem]:
    """What is impossible about a figure: it is not saved. One rule for the form and for files."""
    given = {"numerator": numerator, "denominator": denominator, "value": value}
    stated = {name: number for name, number in given.items() if number is not None}
    if absence is not None and stated:
        return [Problem(field="value", message="Enter a figure or the reason there is none, not both")]
    if value is not None and len(stated) > 1:
        return [Problem(field="value", message=f"{measure.title}: enter the counts or the value, not both")]
    problems = _misplaced(measure, stated) or _negative(measure, stated)
    if not problems and numerator is not None and denominator is not None:
        problems = _impossible_share(measure, numerator, denominator)
    if not problems and value is not None:
        problems = _out_of_share(measure, value)
    return problems


def questions(measure: Measure, figure: Figure, history: Mapping[Period, Figure]) -> list[Problem]:
    """What is unusual about a possible figure, against the current figures of other periods: confirm or change it."""
    value = stored_value(measure, figure)
    if isinstance(value, Absence):
        return []
    earlier = {p: n for p, n in numbers(measure, history).items() if p.start < figure.period.start}
    asked = (
        _slipped(measure, figure, value, earlier)
        or _fell(measure, figure.period, value, earlier)
        or _unusual(measure, figure.period, value, earlier)
        or _unchanged(measure, figure.period, value, earlier)
    )
    field = "value" if figure.numerator is None else "numerator"
    return [Problem(field=field, message=f"Check: {asked}")] if asked else []


def is_far(value: Decimal, usual: Sequence[Decimal]) -> bool:
    """Whether a value lies beyond the usual range by more than a factor of two."""
    edges = [edge for bound in (min(usual), max(usual)) for edge in (bound * _FAR, bound / _FAR)]
    return not min(edges) <= value <= max(edges)


def power_of_ten_slip(value: Decimal, usual: Sequence[Decimal]) -> Decimal | None:
    """What was probably meant by a value far out of the usual range, but in it with the point moved."""
    if not usual or value == 0 or not is_far(value, usual):
        return None
    moved = [shifted for slip in _SLIPS for shifted in (value * slip, value / slip)]
    least, most = min(usual), max(usual)
    near = [shifted for shifted in moved if least - abs(least) / 10 <= shifted <= most + abs(most) / 10]
    return min(near, key=lambda shifted: abs(shifted - median(usual)), default=None)


def share_limits(measure: Measure) -> str:
    """What a share lies between: "0% and 100%"."""
    return f"{print_number(Decimal(0), unit=measure.unit)} and {print_number(measure.multiplier, unit=measure.unit)}"


def _misplaced(measure: Measure, stated: Mapping[str, Decimal]) -> list[Problem]:
    """Counts where a value is wanted, or one count without the other."""
    if "denominator" in stated and not measure.takes_denominator:
        return [Problem(field="denominator", message=f"{measure.title} has no denominator. Leave it empty")]
    if "numerator" in stated and measure.is_ratio and not measure.takes_denominator:
        return [Problem(field="numerator", message=f"{measure.title} takes a value. Enter it in place of counts")]
    if "numerator" in stated and measure.takes_denominator and "denominator" not in stated:
        return [Problem(field="denominator", message=f"Enter {_within(measure.denominator_definition)}")]
    if "denominator" in stated and "numerator" not in stated:
        wanted = measure.numerator_definition or "the numerator"
        return [Problem(field="numerator", message=f"Enter {_within(wanted)}")]
    return []


def _negative(measure: Measure, stated: Mapping[str, Decimal]) -> list[Problem]:
    if measure.may_be_negative:
        return []
    return [
        Problem(field=field, message=f"{_label(measure, field)} must be 0 or more")
        for field, number in stated.items()
        if number < 0
    ]


def _impossible_share(measure: Measure, numerator: Decimal, denominator: Decimal) -> list[Problem]:
    if not measure.is_share or numerator <= denominator:
        return []
    if denominator == 0:
        message = f'{_label(measure, "denominator")} must be more than 0. If there were none, choose "None this month"'
        return [Problem(field="denominator", message=message)]
    message = f"{_label(measure, 'numerator')} must be {denominator:,f} or fewer, the total you entered"
    return [Problem(field="numerator", message=message)]


def _out_of_share(measure: Measure, value: Decimal) -> list[Problem]:
    if not measure.is_share or 0 <= value <= measure.multiplier:
        return []
    return [Problem(field="value", message=f"{measure.title} must be between {share_limits(measure)}")]


def _slipped(measure: Measure, figure: Figure, value: Decimal, earlier: Mapping[Period, Decimal]) -> str | None:
    """A point moved by one place or more, or 0.85 entered for 85%."""
    recent = list(earlier.values())[-_RECENT_PERIODS:]
    meant = power_of_ten_slip(value, recent)
    if meant is None or measure.accumulation is Accumulation.CUMULATIVE:
        return None
    last = max(earlier)
    said = f"you entered {_exactly(measure, value)}. {last.short} was {measure.print_value(earlier[last])}."
    return f"{said} Did you mean {_exactly(measure, meant)}?" if figure.numerator is None else f"{said} Is it right?"


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


def _unusual(measure: Measure, period: Period, value: Decimal, earlier: Mapping[Period, Decimal]) -> str | None:
    """Far from the same month in earlier years."""
    same_month = [n for p, n in earlier.items() if p.start.month == period.start.month and p.months == period.months]
    if len(same_month) < _EARLIER_YEARS_NEEDED:
        return None
    middle = median(same_month)
    spread = max(median([abs(number - middle) for number in same_month]), Decimal(1).scaleb(-measure.decimals))
    least, most = middle - MAD_MULTIPLE * spread, middle + MAD_MULTIPLE * spread
    if least <= value <= most:
        return None
    if least < 0 and not measure.may_be_negative:
        least = Decimal(0)
    usual = f"{measure.print_value(least)} to {measure.print_value(most)}"
    return f"{measure.print_value(value)} is outside the usual range of {usual}. Confirm it or change it"


def _unchanged(
    measure: Measure, period: Period, value: Decimal, earlier: Mapping[Period, Decimal], *, running: int = 1
) -> str | None:
    """Exactly what the last periods said. A rare event may well stay at zero, and a share at all of it."""
    before = [period.shifted(-period.months * step) for step in range(1, running + 1)]
    is_all = measure.is_share and value == measure.multiplier
    if value == 0 or is_all or any(earlier.get(other) != value for other in before):
        return None
    printed = measure.print_value(value)
    return f"this is exactly the same as {period.previous.short} ({printed}). Confirm it or change it"


def _label(measure: Measure, field: str) -> str:
    named = {"numerator": measure.numerator_definition, "denominator": measure.denominator_definition}
    return (named.get(field) or measure.title).rstrip(".")


def _within(definition: str) -> str:
    """A definition inside a sentence: its first letter small, unless an abbreviation begins it."""
    text = definition.rstrip(".")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _exactly(measure: Measure, value: Decimal) -> str:
    """The number with all the decimals it was entered with."""
    return measure.print_target(value)


def _without_noughts(number: Decimal) -> Decimal:
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def _shortened(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in text).strip()
    return shown if len(shown) <= 40 else f"{shown[:40]}..."
