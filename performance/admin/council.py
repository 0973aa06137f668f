"""The council's own settings: what each is for, and which values it may have."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

# What a workbook may set, in the words of a person who has to decide it.
WORKBOOK_SETTINGS: Mapping[str, str] = {
    "council_name": "What the council is called",
    "council_area": "The code of the council's own area",
    "default_tolerance": "How far off target is still amber, in percent, where a measure does not say",
    "reds_running": "How many red periods running call for a recovery plan",
    "periods_back": "Periods on target in a row after which a recovery plan may be closed",
    "slim_chance": "Below which chance of the year's target, in percent, a recovery plan is called for; 0 for never",
    "small_number_threshold": "Counts of people below this are hidden",
    "usual_range": "How many typical deviations from the same month in earlier years is still usual",
    "unchanged_periods": "How many periods before must say the same before an unchanged figure is questioned",
    "lock_after_working_days": 'How many working days after "on time by" a figure locks; empty for never',
    "holidays_region": "Whose bank holidays count: ENG, WLS, SCT or NIR",
    "ward_population": "The code of the measure that counts the residents of each ward",
    "ward_deprivation": "The code of the measure that says how deprived each ward is",
}
_NUMBERS = {"default_tolerance": (0, 100), "reds_running": (1, 12), "slim_chance": (0, 100),
            "periods_back": (1, 12), "small_number_threshold": (0, 1000), "usual_range": (1, 100),
            "unchanged_periods": (1, 60), "lock_after_working_days": (0, 260)}  # fmt: skip
_WHOLE = set(_NUMBERS) - {"default_tolerance", "usual_range"}
_REGIONS = ("ENG", "WLS", "SCT", "NIR")
LONGEST_NAME = 120


class SettingError(ValueError):
    """A setting cannot have this value; the sentence says what it may be."""


def checked_setting(name: str, value: str) -> str:
    """The value as it is kept. Raises SettingError; a name that has no rule here takes any text."""
    value = value.strip()
    if name == "lock_after_working_days" and not value:
        return value
    if name == "holidays_region" and value not in _REGIONS:
        raise SettingError(f'holidays region "{value}" is not one of {", ".join(_REGIONS)}.')
    if name in _NUMBERS:
        return _number(name, value.removesuffix("%").strip())
    if name == "council_name" and not 0 < len(value) <= LONGEST_NAME:
        raise SettingError(f"The council's name has 1 to {LONGEST_NAME} characters.")
    if name == "council_area" and not value:
        raise SettingError("council area is empty. It is the code of the council's own area.")
    return value


def _number(name: str, value: str) -> str:
    low, high = _NUMBERS[name]
    kind = "a whole number" if name in _WHOLE else "a number"
    wrong = SettingError(f'{name.replace("_", " ")} "{value}" is not {kind} from {low} to {high}.')
    try:
        number = Decimal(value)
    except InvalidOperation as fault:
        raise wrong from fault
    if not number.is_finite() or not low <= number <= high or (name in _WHOLE and number != number.to_integral_value()):
        raise wrong
    return f"{number.normalize():f}"
