"""Many doubles printed at once, as `round_half_up` prints each."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from performance.ground.values import DUST

if TYPE_CHECKING:
    import numpy as np

_DIGITS = 15  # that a double surely has


def print_all(numbers: "Sequence[float] | np.ndarray[Any, Any]", decimals: int) -> list[Decimal]:
    """Each number with so many decimals, halves away from zero. Equal ones are the same object: of a thousand ways into
    the future many print alike.

    Doubles carry dust in the sixteenth digit, which would push a half the wrong way: it is rounded off first, and lies
    where the number's own size leaves it, not its neighbours'.
    """
    import numpy as np

    doubles = np.asarray(numbers, dtype=float)
    digits = 1 + np.searchsorted(10.0 ** np.arange(1, _DIGITS + 1), np.floor(np.abs(doubles)), side="right")
    places = np.maximum(decimals, np.minimum(DUST, _DIGITS - digits))
    whole, unit = np.rint(doubles * 10.0**places), 10.0 ** (places - decimals)
    steps = np.sign(whole) * ((np.abs(whole) + np.floor(unit / 2)) // unit)
    distinct, where = np.unique(steps, return_inverse=True)
    printed = [Decimal(int(each)).scaleb(-decimals) for each in distinct]
    return [printed[place] for place in where]
