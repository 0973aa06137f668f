"""What a figure says: a number, or the reason there is none. Zero is a number."""

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from enum import StrEnum
from functools import wraps
from typing import ParamSpec, TypeAlias, TypeVar

# A third of a target is a third: differences are compared at nine places, far below any printed one.
DUST = 9
# The digits of a decimal that sums and quotients have left sound: the last four of 28 may be dust.
_SOUND = Context(prec=24, rounding=ROUND_HALF_UP)
# What is worked out with these has digits to spare: two rates of a hundred thousand may differ by a half, and of 28
# digits a difference keeps only those that the two did not share.
EXACT = Context(prec=60)

_Asked = ParamSpec("_Asked")
_Answer = TypeVar("_Answer")


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
    """Round as the council prints: halves away from zero, so 2.5 is 3 and -0.5 is -1; never "-0".

    Thirds and sixths may have a half as their mean, and as decimals a little less: what was lost in the last of 28
    digits is rounded off first.
    """
    rounded = _SOUND.plus(number).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP, context=EXACT)
    return abs(rounded) if rounded == 0 else rounded


def exactly(work_out: Callable[_Asked, _Answer]) -> Callable[_Asked, _Answer]:
    """The function with digits to spare, for what adds up or takes the difference of quotients that never end."""

    @wraps(work_out)
    def with_digits_to_spare(*args: _Asked.args, **named: _Asked.kwargs) -> _Answer:
        with localcontext(EXACT):
            return work_out(*args, **named)

    return with_digits_to_spare


def rounded(value: Value, decimals: int) -> Value:
    """The value as printed and rated; an absence stays itself."""
    return value if isinstance(value, Absence) else round_half_up(value, decimals)
