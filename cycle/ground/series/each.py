"""What is made of each measure's own series, kept for each by itself: a figure saved costs its own measure's alone."""

from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.memory import kept_each, remembered_each
from cycle.ground.series.hiding import council_series
from performance.ground.figures import Series
from performance.ground.measures import Measure
from performance.ground.readers import Reader

Made = TypeVar("Made")
Own = Mapping[str, Series]
"""Series of the council's own by measure code; none of a measure that has neither figures nor targets."""


def of_each(
    session: Session,
    what: tuple[Hashable, ...],
    measures: Sequence[Measure],
    make: Callable[[Sequence[Measure], Own], Mapping[str, Made]],
    *,
    reader: Reader,
    as_known_at: datetime | None = None,
) -> dict[str, Made]:
    """What `make` makes of measures and their series as the reader may see them, by code in the order of the measures.

    `what` names it, with all that `make` knows besides: the period, the day where it is not today.
    """

    def work_out(missing: list[Measure]) -> Mapping[str, Made]:
        area = council_area(session)
        series = council_series(session, measures=missing, area=area, reader=reader, as_known_at=as_known_at)
        return make(missing, {code: own for (code, _), own in series.items()})

    return remembered_each(session, (*what, as_known_at), measures, work_out, beside=_beside(measures, reader))


def kept_of_each(
    session: Session,
    what: tuple[Hashable, ...],
    measures: Sequence[Measure],
    *,
    reader: Reader,
    as_known_at: datetime | None = None,
) -> dict[str, Any]:
    """What `of_each` would answer at once: for those measures alone of which it is kept."""
    return kept_each(session, (*what, as_known_at), measures, beside=_beside(measures, reader))


def _beside(measures: Sequence[Measure], reader: Reader) -> dict[str, Hashable]:
    """Who reads it, as far as this measure is concerned."""
    return {each.code: reader.of(each) for each in measures}
