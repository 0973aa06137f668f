"""What each line of a scorecard is expected to come to at its year's end.

It takes many times as long as all the rest of the line. So a scorecard is read first, and this is worked out behind it.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from cycle.ground.batches import AT_A_TIME
from cycle.ground.memory import kept, remembered
from cycle.ground.moments import day_of
from cycle.ground.series.each import Own, kept_of_each, of_each
from cycle.ground.series.forecasting import outlook_of
from cycle.ground.series.scoring import Entry, Scorecard, scorecard_of
from cycle.ground.series.standing import NOTHING
from data_access.council.settings_store import get_default_tolerance
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.review.ahead.outlook import Outlook


def lines_of(
    session: Session, asked: Period | None, scope: str, *, reader: Reader, as_known_at: datetime | None
) -> Scorecard:
    """The scorecard with all of it still to come."""

    def work_out() -> Scorecard:
        return scorecard_of(session, asked, scope, reader=reader, as_known_at=as_known_at)

    return remembered(session, ("lines", asked, scope, reader, as_known_at), work_out)


def whole_of(
    session: Session, asked: Period | None, scope: str, *, reader: Reader, as_known_at: datetime | None
) -> Scorecard:
    """The scorecard with what each of its lines is expected to come to."""

    def work_out() -> Scorecard:
        card = lines_of(session, asked, scope, reader=reader, as_known_at=as_known_at)
        return _joined(card, outlooks_of(session, card, card.entries, reader=reader))

    return remembered(session, _whole(asked, scope, reader, as_known_at), work_out)


def so_far_of(
    session: Session, asked: Period | None, scope: str, *, reader: Reader, as_known_at: datetime | None
) -> Scorecard:
    """The scorecard with what was worked out before and still holds; the rest is to come. A few are worked out now."""
    whole: Scorecard | None = kept(session, _whole(asked, scope, reader, as_known_at))
    if whole is not None:
        return whole
    card = lines_of(session, asked, scope, reader=reader, as_known_at=as_known_at)
    measures = [each.measure for each in card.entries]
    found = kept_of_each(session, _what(card), measures, reader=reader, as_known_at=as_known_at)
    if len(measures) - len(found) > AT_A_TIME:
        return _joined(card, found)
    return whole_of(session, asked, scope, reader=reader, as_known_at=as_known_at)


def outlooks_of(
    session: Session, card: Scorecard, entries: Sequence[Entry], *, reader: Reader
) -> dict[str, Outlook | None]:
    """What these lines of the scorecard are expected to come to, by measure code."""
    today, percent = day_of(session, card.as_known_at), get_default_tolerance(session)
    lines = {each.measure.code: each.line for each in entries}

    def make(of: Sequence[Measure], own: Own) -> dict[str, Outlook | None]:
        return {
            code: outlook_of(line.measure, own.get(code, NOTHING), line.period, today=today, default_percent=percent)
            for code, line in ((each.code, lines[each.code]) for each in of)
        }

    asked = [each.measure for each in entries]
    return of_each(session, _what(card), asked, make, reader=reader, as_known_at=card.as_known_at)


def _whole(asked: Period | None, scope: str, reader: Reader, as_known_at: datetime | None) -> tuple[Hashable, ...]:
    return ("scorecard", asked, scope, reader, as_known_at)


def _what(card: Scorecard) -> tuple[Hashable, ...]:
    return ("year end", card.asked)


def _joined(card: Scorecard, found: Mapping[str, Outlook | None]) -> Scorecard:
    return replace(
        card,
        entries=tuple(replace(each, outlook=found.get(each.measure.code)) for each in card.entries),
        to_come=card.to_come - found.keys(),
    )
