"""Exponential smoothing by statsmodels: how a series may go on, in many ways that are equally likely.

A gap is passed over by the model's filter: it is neither filled in nor joined, and the months around it keep their
place in the season. The library is heavy, so it is loaded when the first series is smoothed.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean, pstdev
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

PATHS = 1000
# A form and its numbers are chosen by the very figures they are judged by, so that what a fitted model expects to miss
# by is too little. By so much wider, its intervals held four times out of five (docs/adr/0010).
_WIDER = 1.25
_SEED = 1  # The same series gives the same forecast, today and in an audit.


@dataclass(frozen=True, kw_only=True)
class Futures:
    """A series from its first place to the last one asked for: as expected, and in equally likely paths.

    Known numbers stand in every path as they are; gaps and the places ahead differ.
    """

    expected: "Sequence[float] | np.ndarray[Any, Any]"
    paths: "Sequence[Sequence[float]] | np.ndarray[Any, Any]"


def smooth(history: Sequence[float | None], *, season: int, ahead: int) -> Futures | None:
    """The series and so many places ahead, by the form of model that explains it best.

    Forms are a level, a level with a season of so many places (after two whole seasons), and either with a trend that
    fades. None where no form fits.
    """
    known = [number for number in history if number is not None]
    middle, scale = fmean(known), pstdev(known)
    if scale == 0:
        constant = [known[0]] * (len(history) + ahead)
        return Futures(expected=constant, paths=[constant])
    standard = tuple(None if number is None else (number - middle) / scale for number in history)
    series, fitted = _best(standard, season)
    if fitted is None:
        return None
    expected, paths = _drawn(fitted, series, ahead)
    return Futures(expected=expected * scale + middle, paths=paths * scale + middle)


@lru_cache(maxsize=8)
def _best(standard: tuple[float | None, ...], season: int) -> tuple["np.ndarray[Any, Any]", Any]:
    """The series, and the fitted form with the least information criterion: with or without season, then with a trend.

    The last few are kept, since a series is asked about for several days ahead one after another; each is large.
    """
    import numpy as np

    series = np.array([math.nan if number is None else number for number in standard])
    seasons = [season] if season > 1 and _shows(series, season) else []
    forms = [_fitted(series, each, trend=False) for each in (0, *seasons)]
    criterion, best, chosen = min(forms, key=lambda form: form[0])
    trending = _fitted(series, chosen, trend=True)
    fitted = trending[1] if trending[0] < criterion else best
    return series, (fitted if min(criterion, trending[0]) < math.inf else None)


def _shows(series: "np.ndarray[Any, Any]", season: int) -> bool:
    """Whether two whole seasons have passed, with a number for each place."""
    places = range(season) if len(series) >= 2 * season else []
    return bool(places) and all((~_missing(series[place::season])).any() for place in places)


def _fitted(series: "np.ndarray[Any, Any]", season: int, *, trend: bool) -> tuple[float, Any, int]:
    """Akaike's criterion corrected for short series (starting values count as parameters), the fit, and its season."""
    import numpy as np
    from statsmodels.tsa.statespace.exponential_smoothing import ExponentialSmoothing

    start = _start(series, season, trend=trend)
    try:
        model = ExponentialSmoothing(series, initialization_method="known", **start)
        # How far the search for parameters got is judged by the criterion, not by its warnings.
        with np.errstate(over="ignore", divide="ignore", invalid="ignore"):
            found = model.fit(disp=False, warn_convergence=False, return_params=True)
            # What is known of the past is enough to go on from: nobody looks at the smoothed past, or at how sure the
            # parameters are.
            fitted = model.filter(found, cov_type="none")
    except (ValueError, np.linalg.LinAlgError):
        return math.inf, None, season
    size = int((~_missing(series)).sum())
    parameters = _parameters(fitted) + 1
    if not math.isfinite(fitted.llf) or size <= parameters + 1:
        return math.inf, None, season
    correction = 2 * parameters * size / (size - parameters - 1)
    return correction - 2 * float(fitted.llf), fitted, season


def _parameters(fitted: Any) -> int:
    """How many numbers were fitted to the series: weights, starting level, slope and season."""
    model = fitted.model
    return len(fitted.params) + 1 + bool(model.trend) + max(0, model.seasonal_periods - 1 if model.seasonal else 0)


def _start(series: "np.ndarray[Any, Any]", season: int, *, trend: bool) -> dict[str, Any]:
    """Where the model starts: the slope year on year, the usual season around it, and the level of the first year."""
    import numpy as np

    places = np.arange(len(series))
    slope = _slope(series, season) if trend else 0.0
    rest = series - slope * places
    usual = np.zeros(len(series))
    start: dict[str, Any] = {}
    if season:
        by_place = np.array([np.nanmean(rest[place::season]) for place in range(season)])
        by_place -= by_place.mean()
        usual = np.resize(by_place, len(series))
        # The library takes the season backwards, from the place just before the first.
        start |= {"seasonal": season, "initial_seasonal": by_place[::-1]}
    if trend:
        start |= {"trend": True, "damped_trend": True, "initial_trend": slope}
    first = [number for number in (rest - usual) if not np.isnan(number)][: max(4, season)]
    return start | {"initial_level": float(np.mean(first))}


def _slope(series: "np.ndarray[Any, Any]", season: int) -> float:
    """The rise from one place to the next; with a season, from the same place a season earlier."""
    import numpy as np

    if season:
        over_a_season = series[season:] - series[:-season]
        known = over_a_season[~_missing(over_a_season)]
        return float(known.mean()) / season if known.size else 0.0
    places, seen = np.arange(len(series)), ~_missing(series)
    return float(np.polyfit(places[seen], series[seen], 1)[0])


def _drawn(
    fitted: Any, series: "np.ndarray[Any, Any]", ahead: int
) -> tuple["np.ndarray[Any, Any]", "np.ndarray[Any, Any]"]:
    """The expected series and the paths; a gap is drawn around what the model expected there."""
    import numpy as np

    predicted = fitted.get_prediction(0, len(series) + ahead - 1)
    expected = np.concatenate([series, np.empty(ahead)])
    unknown = np.concatenate([_missing(series), np.ones(ahead, dtype=bool)])
    expected[unknown] = predicted.predicted_mean[unknown]
    chance = np.random.default_rng(_SEED)
    paths = np.tile(expected, (PATHS, 1))
    gaps = np.flatnonzero(_missing(series))
    paths[:, gaps] += chance.normal(size=(PATHS, len(gaps))) * np.sqrt(predicted.var_pred_mean[gaps])
    paths[:, len(series) :] = _simulated(fitted, ahead, chance)
    return expected, paths


def _simulated(fitted: Any, ahead: int, chance: "np.random.Generator") -> "np.ndarray[Any, Any]":
    """Paths on from the end, by the fitted matrices; the library's own way draws one path at a time, much slower."""
    import numpy as np

    results = fitted.filter_results
    design, transition = results.design[0, :, -1], results.transition[:, :, -1]
    size = int((~_missing(fitted.model.endog)).sum())
    left = max(size - _parameters(fitted), size // 3, 1)
    shocks = np.sqrt(np.diag(results.state_cov[:, :, -1])) * _WIDER * math.sqrt(size / left)
    # How large the shocks are is itself only guessed from so few figures: each path has a size of its own.
    spread = np.sqrt(left / chance.chisquare(left, size=(PATHS, 1)))
    start, doubt = results.predicted_state[:, -1], results.predicted_state_cov[:, :, -1]
    states = chance.multivariate_normal(start, doubt, size=PATHS, method="svd")
    paths = np.empty((PATHS, ahead))
    for place in range(ahead):
        paths[:, place] = states @ design
        states = states @ transition.T
        states += chance.normal(size=(PATHS, len(shocks))) * spread * shocks @ results.selection[:, :, -1].T
    return paths


def _missing(series: "np.ndarray[Any, Any]") -> "np.ndarray[Any, Any]":
    import numpy as np

    return np.asarray(np.isnan(series))
