"""What a figure says: a number, or the reason there is none. Zero is a number."""

from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import TypeAlias


class Absence(StrEnum):
    """Why there is no number. The type says which, so that an absent figure is never a zero."""

    NOT_PROVIDED = "not_provided"
    NOT_DUE = "not_due"
    NOT_APPLICABLE = "not_applicable"
    NOT_PUBLISHED = "not_published"
    SUPPRESSED = "suppressed"

    @property
    def in_words(self) -> str:
        return {
            "not_provided": "Not yet received",
            "not_due": "Not due yet",
            "not_applicable": "Not applicable",
            "not_published": "Not yet published",
            "suppressed": "Hidden to protect people",
        }[self.value]

    @property
    def is_provided(self) -> bool:
        """Whether the owner has done what was asked: an allowed reason counts, silence does not."""
        return self in {Absence.NOT_APPLICABLE, Absence.NOT_PUBLISHED, Absence.SUPPRESSED}


Value: TypeAlias = Decimal | Absence


def round_half_up(number: Decimal, decimals: int) -> Decimal:
    """Round as the council prints: halves away from zero, so 2.5 is 3 and -0.5 is -1; never "-0"."""
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return abs(rounded) if rounded == 0 else rounded


def rounded(value: Value, decimals: int) -> Value:
    """The value as printed and rated; an absence stays itself."""
    return value if isinstance(value, Absence) else round_half_up(value, decimals)
