"""The measures that are amber now, and how likely each is to be red a quarter on."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.moments import day_of
from cycle.ground.series.each import Own, kept_of_each, of_each
from cycle.ground.series.forecasting import expected_of, tried_of
from cycle.ground.series.lately import latest_number
from cycle.ground.series.scoring import Scope, measures_of
from cycle.ground.series.standing import NOTHING
from data_access.council.settings_store import get_default_tolerance
from data_access.plan.tree import list_actions
from performance.ground.commentary import Commentary, read_commentary
from performance.ground.figures import Series
from performance.ground.measures import Measure
from performance.ground.organisation import Action, ActionStatus
from performance.ground.periods import Period
from performance.ground.readers import Reader
from performance.ground.reading_order import as_read
from performance.ground.reckoning.rag import Rag
from performance.review.ahead.backtest import Tried
from performance.review.ahead.turning import Turning, period_ahead, target_ahead, turning
from performance.review.scorecard import ScorecardLine, scorecard_line
from performance.review.variation import Variation, variation

_TRIED = ("forecasts tried",)


@dataclass(frozen=True, kw_only=True)
class Amber:
    """An amber measure at its latest figure; `turning` is None where there is too little to say.

    `actions` are those of the plan that are not done today, whatever was known then; `said` is the commentary on the
    latest figure, `variation` whether that is a real change, `why_unknown` what there is too little of.
    """

    line: ScorecardLine
    turning: Turning | None
    variation: Variation | None = None
    why_unknown: str = ""
    actions: tuple[Action, ...] = ()
    said: Commentary = field(default_factory=Commentary)


# Compared by identity: kept values are drawn once and the drawing kept with them.
@dataclass(frozen=True, kw_only=True, eq=False)
class Ambers:
    """The ambers of a part of the council, the likeliest to turn red first; and all its measures."""

    scope: Scope
    ambers: tuple[Amber, ...]
    measures: tuple[Measure, ...]

    @property
    def ranked(self) -> tuple[Amber, ...]:
        return tuple(each for each in self.ambers if each.turning)

    @property
    def unknown(self) -> tuple[Amber, ...]:
        return tuple(each for each in self.ambers if not each.turning)


def ambers_of(session: Session, scope: str, *, reader: Reader, as_known_at: datetime | None) -> Ambers:
    today, percent, area = day_of(session, as_known_at), get_default_tolerance(session), council_area(session)
    part, measures = measures_of(session, scope, Period.containing(today, months=1))

    def amber(measure: Measure, own: Series) -> Amber | None:
        latest = latest_number(measure, own, today)
        line = scorecard_line(measure, own, period=latest, today=today, default_percent=percent, area_code=area)
        if line.rag is not Rag.AMBER or not measure.is_active(period_ahead(measure, latest)):
            return None
        ahead = period_ahead(line.measure, latest)
        target, assumed = target_ahead(own, ahead)
        expected = expected_of(line.measure, own, ahead, up_to=today)
        told = own.stored(latest)
        return Amber(
            line=line,
            turning=turning(line.measure, target, expected, assumed=assumed, default_percent=percent),
            variation=variation(line, own, up_to=today),
            why_unknown="No target is agreed for then" if expected else "There are too few figures to forecast from",
            said=read_commentary(told.commentary) if told else Commentary(),
        )

    def make(of: Sequence[Measure], own: Own) -> dict[str, Amber | None]:
        return {each.code: amber(each, own.get(each.code, NOTHING)) for each in of}

    found = of_each(session, ("amber",), measures, make, reader=reader, as_known_at=as_known_at)
    doing = _doing(session, measures)
    ambers = [replace(each, actions=tuple(doing.get(code, ()))) for code, each in found.items() if each]
    return Ambers(scope=part, ambers=tuple(sorted(ambers, key=_likeliest_first)), measures=tuple(measures))


def tried_of_each(
    session: Session, measures: Sequence[Measure], *, reader: Reader, as_known_at: datetime | None
) -> dict[str, Tried]:
    """How forecasts of each measure held on figures held back, by code."""
    today = day_of(session, as_known_at)

    def make(of: Sequence[Measure], own: Own) -> dict[str, Tried]:
        return {each.code: tried_of(each, own.get(each.code, NOTHING), up_to=today) for each in of}

    return of_each(session, _TRIED, measures, make, reader=reader, as_known_at=as_known_at)


def tried_already(
    session: Session, measures: Sequence[Measure], *, reader: Reader, as_known_at: datetime | None
) -> dict[str, Tried]:
    """Of those measures alone that were tried before."""
    return kept_of_each(session, _TRIED, measures, reader=reader, as_known_at=as_known_at)


def _doing(session: Session, measures: Sequence[Measure]) -> dict[str, list[Action]]:
    """Actions of the plan that are not done, by measure."""
    found: dict[str, list[Action]] = defaultdict(list)
    for action in list_actions(session, measure_codes=[measure.code for measure in measures]):
        if action.status is not ActionStatus.DONE and action.measure_code:
            found[action.measure_code].append(action)
    return found


def _likeliest_first(amber: Amber) -> tuple[bool, float, tuple[str, str]]:
    found = amber.turning
    return found is None, -float(found.chance) if found else 0.0, as_read(amber.line.measure.title)
