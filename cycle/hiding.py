"""Small counts of people hidden before a figure leaves the house."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.standing import series_of
from data_access.areas import list_areas
from data_access.figures import current_series
from data_access.settings_store import get_setting
from performance.disclosure import hide_small, is_safe
from performance.figures import Figure, Series
from performance.measures import Measure
from performance.organisation import Area, AreaKind
from performance.periods import Period
from performance.values import Absence

Figures = dict[tuple[str, str], dict[Period, Figure]]


def hide_small_counts(
    found: Figures, *, measures: Mapping[str, Measure], areas: Mapping[str, Area], threshold: int
) -> Figures:
    """The figures with small ward counts suppressed, and so many more that no total gives one of them back."""
    hidden = Figures()
    for key, series in found.items():
        hidden[key] = dict(series)
    for (code, parent, period), counts in _ward_counts(found, measures, areas).items():
        total_known = period in found.get((code, parent), {})
        lost = set(hide_small(counts, total_known, threshold))
        if lost and not is_safe(counts, lost, threshold):
            lost.add(parent)
        for area in lost:
            if period in hidden.get((code, area), {}):
                hidden[code, area][period] = _suppressed(hidden[code, area][period])
    return hidden


def council_series(
    session: Session,
    *,
    measures: Sequence[Measure],
    area: str,
    sees_all: bool = False,
    as_known_at: datetime | None = None,
) -> dict[tuple[str, str], Series]:
    """The council's own series; without `sees_all`, without the totals that would give a small ward count away."""
    found = series_of(session, measures=measures, area_codes=[area], as_known_at=as_known_at)
    people = {measure.code: measure for measure in measures if measure.counts_people}
    if sees_all or not people:
        return found
    areas = {each.code: each for each in list_areas(session, kinds=[AreaKind.COUNCIL, AreaKind.WARD])}
    figures = current_series(session, measure_codes=people, area_codes=areas, as_known_at=as_known_at)
    threshold = int(get_setting(session, name="small_number_threshold"))
    hidden = hide_small_counts(figures, measures=people, areas=areas, threshold=threshold)
    return {key: replace(series, figures=hidden.get(key, series.figures)) for key, series in found.items()}


def _ward_counts(
    found: Figures, measures: Mapping[str, Measure], areas: Mapping[str, Area]
) -> dict[tuple[str, str, Period], dict[str, Decimal]]:
    """Counts of people by ward, for each measure, parent area and period."""
    counts: dict[tuple[str, str, Period], dict[str, Decimal]] = defaultdict(dict)
    for (code, area), series in found.items():
        if not measures[code].counts_people or areas[area].kind is not AreaKind.WARD:
            continue
        for period, figure in series.items():
            # A rate entered without its counts says nothing of how many people are behind it.
            count = figure.numerator if figure.has_counts or measures[code].is_ratio else figure.value
            if count is not None:
                counts[code, areas[area].parent_code or "", period][area] = count
    return counts


def _suppressed(figure: Figure) -> Figure:
    return replace(figure, numerator=None, denominator=None, value=None, absence=Absence.SUPPRESSED, commentary="")
