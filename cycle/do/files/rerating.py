"""What an import does to the ratings: each figure as it was rated, and as it is rated with what was brought in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from cycle.do.files.questions import FigureChange
from cycle.ground.series.standing import joined
from data_access.council.settings_store import get_default_tolerance
from data_access.do.figures import current_series
from performance.ground.figures import Target
from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag, rate
from performance.ground.values import Value

# As many of a kind as are rated, and shown: more than anybody looks through.
MOST = 200


@dataclass(frozen=True, kw_only=True)
class RatingMove:
    """How a figure was rated, None where there was none, and how it is rated now."""

    before: Rag | None
    now: Rag | None

    @property
    def in_words(self) -> str:
        """Green to red; Red, as before; Red, where there was nothing."""
        if self.now is None:
            return "–"
        if self.before is None:
            return self.now.in_words
        if self.before is self.now:
            return f"{self.now.in_words}, as before" if self.now.is_rated else self.now.in_words
        return f"{self.before.in_words} to {self.now.in_words.lower()}"


Ratings = Mapping[tuple[str, str, Period], RatingMove]


def ratings(session: Session, *kinds: Sequence[FigureChange]) -> Ratings:
    """The first of each kind of change against the target of their period, by measure, area and period.

    A few queries, however many. What quarters and years come to with them is not asked here.
    """
    changes = [each for kind in kinds for each in kind[:MOST]]
    measures = {each.measure.code: each.measure for each in changes}
    area_codes = {each.figure.area_code for each in changes}
    periods = {each.figure.period for each in changes}
    stored = current_series(session, measure_codes=measures, area_codes=area_codes, periods=periods)
    series = joined(session, stored, measures=list(measures.values()), area_codes=area_codes)
    percent = get_default_tolerance(session)

    def rated(change: FigureChange, value: Value | None, target: Target | None) -> Rag | None:
        return None if value is None else rate(value, target, change.measure, default_percent=percent)

    found = {}
    for each in changes:
        measure_code, area_code, period = each.key
        known = series.get((measure_code, area_code))
        target = known.targets.get(period) if known else None
        found[each.key] = RatingMove(before=rated(each, each.value_before, target), now=rated(each, each.value, target))
    return found
