"""What is known otherwise, of the same figures, than an edition says."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.series.each import Own, of_each
from cycle.ground.series.hiding import council_histories
from cycle.ground.series.standing import NOTHING
from cycle.report.editions._lines import Terms, copied, terms_of
from cycle.report.editions._pack import find_before, lines_of
from data_access.do.reopenings import list_reopenings
from data_access.plan.register import list_measures
from performance.ground.figures import Figure, Series
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.readers import PUBLIC
from performance.report.editions import Edition, Freeze
from performance.report.frozen import FrozenLine
from performance.report.restated import Restated, is_restated, why
from performance.review.scorecard import scorecard_line


def restated_since(
    session: Session, freeze: Freeze, lines: Sequence[FrozenLine], *, as_known_at: datetime | None = None
) -> tuple[Restated, ...]:
    """The lines that would read otherwise today, or would have at a moment, as everybody may read them."""
    frozen = {each.measure_code: each for each in lines}
    measures = [each for each in list_measures(session) if each.code in frozen]
    reasons = {each.id: each.reason for each in list_reopenings(session)}

    def make(of: Sequence[Measure], own: Own) -> dict[str, Restated | None]:
        terms, area = terms_of(session, as_known_at=as_known_at), council_area(session)
        histories = council_histories(
            session,
            measures=of,
            area=area,
            reader=PUBLIC,
            as_known_at=as_known_at,
            revised_since=freeze.at.date(),
        )
        return {
            each.code: _of_line(
                frozen[each.code],
                _now(each, own.get(each.code, NOTHING), frozen[each.code].period, terms),
                _reasons(histories.get(each.code, {}), frozen[each.code].period, freeze.at, reasons),
            )
            for each in of
        }

    found = of_each(session, ("restated", freeze.id), measures, make, reader=PUBLIC, as_known_at=as_known_at)
    return tuple(each for line in lines if (each := found.get(line.measure_code)))


def restated_before(
    session: Session, edition: Edition, *, as_known_at: datetime | None
) -> tuple[Freeze | None, tuple[Restated, ...]]:
    """What was published for the committee before, and what is known otherwise of it by now or by the moment."""
    before = find_before(session, edition)
    if before is None or before.freeze is None:
        return None, ()
    if as_known_at is not None and before.freeze.at >= as_known_at:
        return before.freeze, ()
    lines = lines_of(session, before.freeze)
    return before.freeze, restated_since(session, before.freeze, lines, as_known_at=as_known_at)


def _now(measure: Measure, series: Series, period: Period, terms: Terms) -> FrozenLine:
    line = scorecard_line(measure, series, period=period, today=terms.today, default_percent=terms.percent)
    return copied(line, series, terms)


def _of_line(was: FrozenLine, now: FrozenLine, reasons: tuple[str, ...]) -> Restated | None:
    return Restated(was=was, now=now, because=why(was, now, reasons)) if is_restated(was, now) else None


def _reasons(
    history: Mapping[Period, Sequence[Figure]], period: Period, after: datetime, said: Mapping[int, str]
) -> tuple[str, ...]:
    """What was put on record as figures of the period were corrected after the moment."""
    return tuple(
        reason
        for own, revisions in sorted(history.items())
        if period.start <= own.end <= period.end
        for figure in revisions
        if figure.recorded_at is not None
        and figure.recorded_at > after
        and (reason := said.get(figure.reopening_id or 0, ""))
    )
