"""Figures as people write them: read without guessing, refused when impossible. What is unusual: unusual.py."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from performance.ground.measures import Measure, print_number
from performance.ground.texts import too_long, without_unseen
from performance.ground.values import Absence

# What the counts of a measure are in: things, people, or pounds.
COUNTS = "counts"
# What people and published tables write where there is no figure; none says why there is none.
MARKS = frozenset({"-", "–", "—", "..", "...", ":", "*", "~", "na", "n/a", "#n/a", "nil", "null", "none"})
_LARGEST = Decimal(10) ** 12
_SCALES = {"": 1, "k": 10**3, "thousand": 10**3, "m": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
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


def check_texts(*texts: tuple[str, str, str, int]) -> list[Problem]:
    """Those that are longer than their field takes: of each its field, what it is called, the text, and the most."""
    found = ((field, too_long(name, text, at_most=at_most)) for field, name, text, at_most in texts)
    return [Problem(field=field, message=message) for field, message in found if message]


def read_number(text: str, *, label: str = "The figure", unit: str | None = None) -> Decimal:
    """Read 1,234, 1 204, 96.5%, £1.2m or (3.4) as the number it says: 96.5% is 96.5. Anything doubtful is refused.

    With `unit`, the unit of a measure or COUNTS, a sign that is another unit's is doubtful too: 12m of minutes is not
    twelve million. Raises NumberNotUnderstoodError with a sentence that begins with the label.
    """
    plain = without_unseen(text).translate(_PLAIN).strip()
    bracketed = plain.startswith("(") and plain.endswith(")")
    match = _NUMBER.fullmatch(plain[1:-1].strip() if bracketed else plain)
    if match is None or not (match["whole"] or match["part"]) or (bracketed and match["minus"]):
        raise NumberNotUnderstoodError(f'{label} must be a number, like 9.4, not "{_shortened(text)}"')
    if unit is not None and (sign := _foreign_sign(match, unit)):
        raise NumberNotUnderstoodError(
            f'{label} is {_in_unit(unit)}, and "{_shortened(text)}" says "{sign}". Write the number alone, in full'
        )
    whole = re.sub("[, ]", "", match["whole"] or "0")
    part = match["part"] or ""
    number = Decimal(f"{whole[-30:]}.{part[:30]}0") * _SCALES[(match["scale"] or "").lower()]
    if len(whole.lstrip("0")) > 12 or len(part) > 6 or number >= _LARGEST:
        raise NumberNotUnderstoodError(
            f'{label} must have at most 12 digits before the point and 6 after it, not "{_shortened(text)}"'
        )
    exact = number.quantize(Decimal(1).scaleb(-len(part))) if not match["scale"] else _without_noughts(number)
    return -exact if (bracketed or match["minus"]) and exact else exact


def _foreign_sign(match: re.Match[str], unit: str) -> str:
    """The sign beside a number that is not its unit's. A letter alone may be another unit's own: m, k of a count."""
    percent, pounds, scale = (match[each] or "" for each in ("percent", "pounds", "scale"))
    if percent and unit not in {"percent", "number"}:
        return percent
    if pounds and unit not in {"pounds", "number", COUNTS}:
        return pounds
    written_out = scale.casefold() in {"thousand", "million", "billion"}
    if scale and unit not in {"pounds", "number", COUNTS} and (unit == "percent" or not written_out):
        return scale
    return ""


def _in_unit(unit: str) -> str:
    return {"percent": "in percent", "pounds": "in pounds", "number": "a number", COUNTS: "a count"}.get(
        unit, unit if unit.startswith("per ") else f"in {unit}"
    )


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
    problems = _misplaced(measure, stated) or _negative(measure, stated) or _not_whole(measure, stated)
    if not problems and numerator is not None and denominator is not None:
        problems = _impossible_share(measure, numerator, denominator)
    if not problems and value is not None:
        problems = _out_of_share(measure, value)
    return problems


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


def _not_whole(measure: Measure, stated: Mapping[str, Decimal]) -> list[Problem]:
    """Half a person is a slip of the hand. Of how many they are may be an estimate, unless they are part of it."""
    if not measure.counts_people:
        return []
    counted = {"numerator"} | ({"denominator"} if measure.is_share else set())
    if measure.unit == "number" and not measure.is_ratio and not measure.decimals:
        counted.add("value")
    return [
        Problem(field=field, message=f"{_label(measure, field)} must be a whole number")
        for field, number in stated.items()
        if field in counted and number != number.to_integral_value()
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


def _label(measure: Measure, field: str) -> str:
    named = {"numerator": measure.numerator_definition, "denominator": measure.denominator_definition}
    return (named.get(field) or measure.title).rstrip(".")


def _within(definition: str) -> str:
    """A definition inside a sentence: its first letter small, unless an abbreviation begins it."""
    text = definition.rstrip(".")
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]


def _without_noughts(number: Decimal) -> Decimal:
    whole = number.to_integral_value()
    return whole if whole == number else number.normalize()


def _shortened(text: str) -> str:
    shown = "".join(sign if sign.isprintable() else " " for sign in text).strip()
    return shown if len(shown) <= 40 else f"{shown[:40]}..."
