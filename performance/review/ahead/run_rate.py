"""How a short series may go on if nothing changes: on from its level, or month for month as in its latest year."""

import random
from collections.abc import Sequence
from itertools import accumulate, pairwise
from statistics import fmean

from performance.review.ahead.smoothing import PATHS, Futures

_SEED = 1  # The same series gives the same forecast, today and in an audit.


def go_on_as_usual(history: Sequence[float | None], *, recent: Sequence[float], ahead: int) -> Futures:
    """Each place to come, and each gap, about the mean of the recent ones: what is counted month by month.

    Paths take runs of neighbouring months together, so that a season or a trend, which a run-rate does not see,
    at least makes the interval as wide as it should be; and the mean itself is as doubtful as so few months make it.
    """
    places = [*history, *[None] * ahead]
    usual = fmean(recent)
    chance = _chance()

    def path() -> list[float]:
        shift = fmean(_in_runs(recent, len(recent), chance)) - usual
        drawn = _in_runs(recent, len(places), chance)
        return [drawn[place] + shift if number is None else number for place, number in enumerate(places)]

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


def _in_runs(numbers: Sequence[float], length: int, chance: random.Random) -> list[float]:
    """So many numbers, drawn by runs of a third of those there are; after the last comes the first."""
    run = max(1, len(numbers) // 3)
    starts = chance.choices(range(len(numbers)), k=-(-length // run))
    return [numbers[(start + step) % len(numbers)] for start in starts for step in range(run)][:length]
