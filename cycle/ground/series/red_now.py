"""What is red now: the one rule by which Home, the golden thread and a scorecard of now count.

A measure in use counts with its newest figure: its latest period that has ended and has a number, rated against the
target of that period. A figure that is not in yet takes nothing away from the last there is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.moments import day_of
from cycle.ground.series.each import of_each
from data_access.council.settings_store import get_default_tolerance
from performance.ground.figures import Series
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.reckoning.due import numbers
from performance.ground.reckoning.rag import Rag
from performance.review.scorecard import ScorecardLine, scorecard_line


@dataclass(frozen=True, kw_only=True)
class RedNow:
    """How many measures are rated at their newest figure, and those that are red, the furthest off target first."""

    rated: int
    red: tuple[ScorecardLine, ...]

    @property
    def in_words(self) -> str:
        """8 of 52 rated measures."""
        return f"{len(self.red)} of {self.rated} rated measure{'' if self.rated == 1 else 's'}"


def red_now(lines: Iterable[ScorecardLine]) -> RedNow:
    """What the lines of measures at their newest figures come to."""
    rated = [line for line in lines if line.rag.is_rated]
    red = (line for line in rated if line.rag is Rag.RED)
    return RedNow(rated=len(rated), red=tuple(sorted(red, key=lambda line: -line.tolerances_off)))


def newest_lines(
    session: Session, measures: Sequence[Measure], *, reader: Reader, as_known_at: datetime | None = None
) -> dict[str, ScorecardLine]:
    """The line of every measure in use that has a number, at its newest, by code in the order of the measures."""
    today, percent, area = day_of(session, as_known_at), get_default_tolerance(session), council_area(session)

    def line(measure: Measure, own: Series | None) -> ScorecardLine | None:
        newest = newest_number(measure, own, today) if own and measure.is_in_use(today) else None
        if own is None or newest is None:
            return None
        return scorecard_line(measure, own, period=newest, today=today, default_percent=percent, area_code=area)

    found = of_each(
        session,
        ("newest line",),
        measures,
        lambda asked, own: {each.code: line(each, own.get(each.code)) for each in asked},
        reader=reader,
        as_known_at=as_known_at,
    )
    return {code: line for code, line in found.items() if line}


def newest_number(measure: Measure, series: Series, today: date) -> Period | None:
    """The newest period that has ended and has a number; None where there is none."""
    ended = [period for period in numbers(measure, series.figures) if period.end <= today]
    return max(ended, key=lambda period: (period.end, period.months), default=None)
