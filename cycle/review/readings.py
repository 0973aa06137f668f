"""Review: the scorecard of any part of the council, one measure with all that is known of it, and the wards.

Every verb takes `as_known_at`, a past moment: figures recorded, targets agreed and levels set anew by then, read on
that day. Without it, what is known now.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, time

from sqlalchemy.orm import Session

from cycle.ground.access import demand
from cycle.ground.council import council_area
from cycle.ground.memory import remembered
from cycle.ground.moments import day_of
from cycle.ground.series.red_now import RedNow
from cycle.ground.series.scoring import Entry, Scope, Scorecard, opening_of, red_now_of, scopes_of
from cycle.ground.series.warding import NoWardFiguresError as NoWardFiguresError
from cycle.ground.series.warding import WardMap, ward_map_of, ward_measures_of
from cycle.ground.series.year_end import lines_of, outlooks_of, so_far_of, whole_of
from cycle.review._number_story import number_story_of
from cycle.review._ward_profile import ward_profile_of, wards_of
from cycle.review.may_turn_red import Ambers, ambers_of, tried_already, tried_of_each
from cycle.review.one_measure import MeasurePage, measure_page_of
from cycle.review.one_measure import NoSuchPeriodError as NoSuchPeriodError
from cycle.review.what_changed import Corrected, WhatChanged, between_moments, corrections, since_the_period_before
from data_access.council.settings_store import get_today
from data_access.plan.register import get_measure, list_measures
from data_access.store.database import reading
from performance.ground.measures import Measure
from performance.ground.people import Permission, User
from performance.ground.periods import Period
from performance.ground.readers import Reader, reader_of
from performance.ground.reading_order import by_title
from performance.review.ahead.backtest import Tried
from performance.review.fullness import Opening
from performance.review.wards.profile import WardProfile


def list_scopes(*, by: User) -> list[Scope]:
    """Every part of the council that has a scorecard: the whole, then the plan, then directorates and services."""
    with reading() as session:
        demand(session, by, Permission.VIEW_SCORECARDS)
        return list(remembered(session, ("scopes",), lambda: scopes_of(session)))


def list_periods(*, as_known_at: datetime | None = None, by: User) -> list[Period]:
    """The periods a scorecard can be drawn for, newest first: two years of months, quarters and years that ended."""
    with reading() as session:
        demand(session, by, Permission.VIEW_SCORECARDS)
        today = day_of(session, as_known_at)
    found: list[Period] = []
    for months, many in ((1, 24), (3, 8), (12, 3)):
        latest = Period.containing(today, months=months).previous
        found += [latest.shifted(-months * step) for step in range(many)]
    return found


def opening_month(*, as_known_at: datetime | None = None, by: User) -> Opening:
    """The month that every scorecard opens on, of the last twelve: the same for each part of the council."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_SCORECARDS)
        reader = reader_of(user).at_large
        key = ("opening month", reader, as_known_at)
        return remembered(session, key, lambda: opening_of(session, reader=reader, as_known_at=as_known_at))


def scorecard(period: Period | None, scope: str, *, as_known_at: datetime | None = None, by: User) -> Scorecard:
    """The scorecard of a part of the council for a period, or of now, each measure at its newest figure.

    Raises a NotFoundError for a part there is not.
    """
    with reading() as session:
        user = demand(session, by, Permission.VIEW_SCORECARDS)
        return whole_of(session, period, scope, reader=reader_of(user).at_large, as_known_at=as_known_at)


def scorecard_so_far(period: Period | None, scope: str, *, as_known_at: datetime | None = None, by: User) -> Scorecard:
    """The same without waiting for what is expected at year end, where that is `to_come` of more than a few lines."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_SCORECARDS)
        return so_far_of(session, period, scope, reader=reader_of(user).at_large, as_known_at=as_known_at)


def look_ahead(card: Scorecard, entries: Sequence[Entry], *, by: User) -> None:
    """Work out what these lines of a scorecard are expected to come to, so that the next `scorecard_so_far` has it.

    Of the lines as they are by now: a newer figure may have come in since the scorecard was read.
    """
    with reading() as session:
        user = demand(session, by, Permission.VIEW_SCORECARDS)
        reader, codes = reader_of(user).at_large, {each.measure.code for each in entries}
        now = lines_of(session, card.asked, card.scope.code, reader=reader, as_known_at=card.as_known_at)
        lines = [each for each in now.entries if each.measure.code in codes]
        outlooks_of(session, now, lines, reader=reader)


def standing_now(scope: str, *, as_known_at: datetime | None = None, by: User) -> RedNow:
    """What is red now of a part of the council, as Home and the golden thread count it. Raises a NotFoundError."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_SCORECARDS)
        reader = reader_of(user).at_large
        key = ("red now", scope, reader, as_known_at)
        return remembered(session, key, lambda: red_now_of(session, scope, reader=reader, as_known_at=as_known_at))


def what_changed(period: Period, scope: str, *, as_known_at: datetime | None = None, by: User) -> WhatChanged:
    """A scorecard against the one for the period before, both as known at the same moment."""
    after = datetime.combine(period.previous.end, time.max, UTC)
    with reading() as session:
        reader = reader_of(demand(session, by, Permission.VIEW_SCORECARDS)).at_large
        now = lines_of(session, period, scope, reader=reader, as_known_at=as_known_at)
        before = lines_of(session, period.previous, scope, reader=reader, as_known_at=as_known_at)
        return since_the_period_before(now, before, _corrected(session, now, after, reader))


def difference(
    period: Period, scope: str, *, then: datetime, as_known_at: datetime | None = None, by: User
) -> WhatChanged:
    """A scorecard as known at an earlier moment against the same as known at a later one, or now."""
    with reading() as session:
        reader = reader_of(demand(session, by, Permission.VIEW_SCORECARDS)).at_large
        now = lines_of(session, period, scope, reader=reader, as_known_at=as_known_at)
        before = lines_of(session, period, scope, reader=reader, as_known_at=then)
        return between_moments(now, before, _corrected(session, now, then, reader))


def ambers_to_watch(scope: str, *, as_known_at: datetime | None = None, by: User) -> Ambers:
    """The measures that are amber at their latest figure, the likeliest to turn red in the next quarter first."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_SCORECARDS)
        reader = reader_of(user).at_large
        key = ("ambers", scope, reader, as_known_at)
        return remembered(session, key, lambda: ambers_of(session, scope, reader=reader, as_known_at=as_known_at))


def forecasts_tried(measures: Sequence[Measure], *, as_known_at: datetime | None = None, by: User) -> dict[str, Tried]:
    """How forecasts of the council's own series of these measures held on figures held back, by measure code."""
    with reading() as session:
        reader = reader_of(demand(session, by, Permission.VIEW_SCORECARDS)).at_large
        return tried_of_each(session, measures, reader=reader, as_known_at=as_known_at)


def forecasts_tried_already(
    measures: Sequence[Measure], *, as_known_at: datetime | None = None, by: User
) -> dict[str, Tried]:
    """What `forecasts_tried` would answer at once: of those measures alone whose forecasts were tried before."""
    with reading() as session:
        reader = reader_of(demand(session, by, Permission.VIEW_SCORECARDS)).at_large
        return tried_already(session, measures, reader=reader, as_known_at=as_known_at)


def list_measures_by_title(*, by: User) -> list[Measure]:
    """Every measure, to choose one from."""
    with reading() as session:
        demand(session, by, Permission.VIEW_SCORECARDS)
        return list(remembered(session, ("measures by title",), lambda: by_title(list_measures(session))))


def measure_page(
    code: str, period: Period | None = None, *, as_known_at: datetime | None = None, by: User
) -> MeasurePage:
    """One measure read at the end of a period, as if nothing newer had come in; else at its newest with a figure.

    Raises MeasureNotFoundError, or NoSuchPeriodError for a period that it never reported on.
    """
    with reading() as session:
        user = demand(session, by, Permission.VIEW_SCORECARDS)
        measure = remembered(session, ("one measure", code), lambda: get_measure(session, code=code))
        reader = reader_of(user).of(measure)
        key = ("measure", code, period, reader, as_known_at)
        return remembered(
            session, key, lambda: measure_page_of(session, measure, period, reader=reader, as_known_at=as_known_at)
        )


def number_story(code: str, period: Period, *, as_known_at: datetime | None = None, by: User) -> tuple[str, ...]:
    """What became of the council's own figure after it was recorded, in sentences. Raises MeasureNotFoundError."""
    with reading() as session:
        demand(session, by, Permission.VIEW_SCORECARDS)
        key = ("number story", code, period, as_known_at)
        return remembered(session, key, lambda: _story(session, code, period, as_known_at))


def ward_measures(*, by: User) -> list[Measure]:
    """The measures that have ward figures, by title."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_WARDS)
        return list(ward_measures_of(session, reader_of(user)))


def ward_map(code: str, period: Period | None, *, as_known_at: datetime | None = None, by: User) -> WardMap:
    """A measure by ward for a period (the latest, where none is given), without what this person may not see."""
    with reading() as session:
        user = demand(session, by, Permission.VIEW_WARDS)
        measure = remembered(session, ("one measure", code), lambda: get_measure(session, code=code))
        return ward_map_of(session, measure, period, reader=reader_of(user), as_known_at=as_known_at)


def _story(session: Session, code: str, period: Period, as_known_at: datetime | None) -> tuple[str, ...]:
    measure, area = get_measure(session, code=code), council_area(session)
    return number_story_of(session, measure, period, area_code=area, as_known_at=as_known_at)


def _corrected(session: Session, card: Scorecard, after: datetime, reader: Reader) -> tuple[Corrected, ...]:
    """Of the lines of a scorecard, after a moment and by the one that it was read at."""
    measures, up_to = tuple(each.measure for each in card.entries), card.as_known_at
    key = ("corrected", measures, after, reader, up_to)
    return remembered(session, key, lambda: corrections(session, measures, after=after, up_to=up_to, reader=reader))


def list_wards(*, by: User) -> dict[str, str]:
    """The wards that have figures, by code, each as it is called today; those that are no more come last."""
    with reading() as session:
        reader = reader_of(demand(session, by, Permission.VIEW_WARDS)).for_everybody
        today = get_today(session)
        found = remembered(session, ("wards with figures", reader), lambda: wards_of(session, reader))
        return {ward.code: ward.name_on(today) for ward in found}


def ward_profile(
    ward: str, period: Period | None = None, *, as_known_at: datetime | None = None, by: User
) -> WardProfile:
    """All that this person may see of a ward, up to a period's end or today.

    Raises AreaNotFoundError; NoWardFiguresError at a past moment at which there was no figure of any ward.
    """
    with reading() as session:
        user = demand(session, by, Permission.VIEW_WARDS)
        reader = reader_of(user)
        key = ("ward profile", ward, period, reader, as_known_at)
        return remembered(
            session, key, lambda: ward_profile_of(session, ward, period, reader=reader, as_known_at=as_known_at)
        )
