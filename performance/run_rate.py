"""How a short series may go on if nothing changes: on from its level, or month for month as in its latest year."""

import random
from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import fmean

from performance.smoothing import PATHS, Futures

_SEED = 1  # The same series gives the same forecast, today and in an audit.


def go_on_as_usual(history: Sequence[float | None], *, recent: Sequence[float], ahead: int) -> Futures:
    """Each place to come, and each gap, about the mean of the recent ones: what is counted month by month."""
    places = [*history, *[None] * ahead]
    chance = _chance()

    def path() -> list[float]:
        # Drawn twice: what the mean might have been from so few months, and then the months themselves.
        drawn = chance.choices(chance.choices(recent, k=len(recent)), k=len(places))
        return [drawn[place] if number is None else number for place, number in enumerate(places)]

    usual = fmean(recent)
    expected = [usual if number is None else number for number in places]
    return Futures(expected=expected, paths=[path() for _ in range(PATHS)])


def go_on_from_its_level(history: Sequence[float | None], *, ahead: int) -> Futures:
    """The last level stays, with ups and downs of the size seen between neighbours; a gap is not joined."""
    known = [number for number in history if number is not None]
    level = known[-1]
    moves = [now - then for then, now in pairwise(history) if then is not None and now is not None] or [0.0]
    steps = [move - fmean(moves) for move in moves]
    so_far = [level if number is None else number for number in history]
    chance = _chance()
    paths = [[*so_far, *list(accumulate(chance.choices(steps, k=ahead), initial=level))[1:]] for _ in range(PATHS)]
    return Futures(expected=[*so_far, *[level] * ahead], paths=paths)


def _chance() -> random.Random:
    return random.Random(_SEED)  # noqa: S311 - not a secret
