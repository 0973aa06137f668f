"""The lines of an edition: a scorecard as everybody may read it, copied with all that it says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.batches import in_batches
from cycle.ground.council import council_area
from cycle.ground.moments import day_of
from cycle.ground.series.comparing import Comparator
from cycle.ground.series.hiding import council_series
from cycle.ground.series.lately import Recent, latest_few
from cycle.ground.series.scoring import CORPORATE, Entry, Scorecard
from cycle.ground.series.standing import NOTHING
from cycle.ground.series.year_end import lines_of, outlooks_of
from data_access.council.settings_store import get_default_tolerance
from data_access.council.units import list_units
from data_access.plan.tree import list_nodes
from performance.ground.commentary import read_commentary
from performance.ground.figures import Series, Target
from performance.ground.incoming import Watch
from performance.ground.measures import Measure
from performance.ground.periods import Period
from performance.ground.readers import PUBLIC
from performance.ground.reckoning.aggregation import months_in_words
from performance.ground.reckoning.rag import bands_in_words, target_in_words
from performance.ground.values import Absence, round_half_up
from performance.report.editions import Edition
from performance.report.frozen import (
    FrozenComparator,
    FrozenLine,
    FrozenOutlook,
    FrozenPoint,
    FrozenProcess,
    FrozenTarget,
    FrozenToDate,
)
from performance.review.ahead.outlook import Outlook
from performance.review.scorecard import ScorecardLine
from performance.review.variation import Variation, change_in_words

CHARTED = 37
"""Own periods that a chart of an edition may go back: of months three years, and the month they are compared with."""

_PLACES = 3  # decimals of how many tolerances a figure is off its target


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What lines are copied with: the day, the council's tolerance, and what units and objectives are called."""

    today: date
    percent: Decimal
    units: Mapping[str, str]
    objectives: Mapping[str, str]


def terms_of(session: Session, *, as_known_at: datetime | None = None) -> Terms:
    """As they stand now, on the day of the moment."""
    today = day_of(session, as_known_at)
    return Terms(
        today=today,
        percent=get_default_tolerance(session),
        units={unit.code: unit.name for unit in list_units(session, on=today)},
        objectives={node.code: node.title for node in list_nodes(session)},
    )


def card_of(session: Session, edition: Edition, *, as_known_at: datetime | None = None) -> Scorecard:
    """The scorecard of the edition's period as everybody may read it: signed off, and no small count; of its kinds."""
    card = lines_of(session, edition.period, CORPORATE, reader=PUBLIC, as_known_at=as_known_at)
    return card.of_kinds([kind.value for kind in edition.kinds])


def lines_to_freeze(
    session: Session, edition: Edition, *, as_known_at: datetime | None, watch: Watch
) -> list[FrozenLine]:
    """Every measure of the edition with all that is said of it; `watch` is told how many have been worked out."""
    card, terms = card_of(session, edition, as_known_at=as_known_at), terms_of(session, as_known_at=as_known_at)
    area, lines = council_area(session), list[FrozenLine]()
    for few in in_batches(card.entries):
        measures = [each.measure for each in few]
        own = council_series(session, measures=measures, area=area, reader=PUBLIC, as_known_at=as_known_at)
        ahead = outlooks_of(session, card, few, reader=PUBLIC)
        for each in few:
            entry = replace(each, outlook=ahead[each.measure.code])
            lines.append(_line(entry, own.get((each.measure.code, area), NOTHING), terms))
        watch(len(lines))
    return lines


def copied(line: ScorecardLine, series: Series, terms: Terms) -> FrozenLine:
    """A figure with its target, its colour and its direction, as a scorecard says them."""
    measure = line.measure
    return FrozenLine(
        measure_code=measure.code,
        title=measure.title,
        unit_code=measure.unit_code,
        unit_name=terms.units.get(measure.unit_code, measure.unit_code),
        kind=measure.content_kind,
        objective=terms.objectives.get(measure.objective_code or "", ""),
        definition=measure.definition,
        source=measure.source,
        unit=measure.unit,
        decimals=measure.decimals,
        polarity=measure.polarity,
        accumulation=measure.accumulation,
        frequency=measure.frequency,
        breaks=measure.breaks,
        period=line.period,
        value=line.value,
        figure=measure.print_value(line.value),
        firmness=", ".join(line.notes),
        is_illustrative=measure.illustrative,
        rag=line.rag,
        target=_target(line),
        tolerances_off=round_half_up(line.tolerances_off, _PLACES),
        bands=bands_in_words(measure, line.target, default_percent=terms.percent),
        short=line.short,
        long=line.long,
        heading=line.travel.in_words(measure),
        to_date=_to_date(line),
        commentary=_commentary(line.period, series),
    )


def _line(entry: Entry, series: Series, terms: Terms) -> FrozenLine:
    line, measure = entry.line, entry.measure
    points = latest_few(measure, series, line.period.end, terms.today, terms.percent, many=CHARTED)
    return replace(
        copied(line, series, terms),
        process=_process(entry.variation),
        usual=entry.variation.unrated_in_words if entry.variation else change_in_words(measure, None),
        outlook=_outlook(measure, entry.outlook),
        comparators=tuple(_comparator(measure, each) for each in entry.comparators),
        points=tuple(_point(measure, each, series.targets.get(each.period)) for each in points),
    )


def _commentary(period: Period, series: Series) -> str:
    """What was said last of a figure of the period: of a quarter in its last month of which anything was said."""
    within = [each for each in series.figures if period.start <= each.start and each.end <= period.end]
    newest_first = sorted(within, key=lambda each: (each.end, each.months), reverse=True)
    stories = (read_commentary(series.figures[each].commentary).story for each in newest_first)
    return next(filter(None, stories), "")


def _target(line: ScorecardLine) -> FrozenTarget | None:
    aim = line.target
    if aim is None:
        return None
    words = target_in_words(line.measure, aim)
    return FrozenTarget(number=aim.number, lower=aim.lower, upper=aim.upper, tolerance=line.tolerance, in_words=words)


def _to_date(line: ScorecardLine) -> FrozenToDate | None:
    value = line.year_to_date_value
    if isinstance(value, Absence):
        return None
    months = months_in_words(line.measure, line.year_to_date)
    return FrozenToDate(value=value, rag=line.ytd_rag, in_words=f"{line.measure.print_value(value)}, {months}")


def _process(found: Variation | None) -> FrozenProcess | None:
    if found is None:
        return None
    limits = found.limits
    return FrozenProcess(
        mean=limits.mean, lower=limits.lower, upper=limits.upper, point=found.kind, assurance=found.assurance
    )


def _outlook(measure: Measure, found: Outlook | None) -> FrozenOutlook | None:
    if found is None:
        return None
    ahead, chance = found.forecast, found.chance_in_words
    if found.percent is not None and not ahead.is_known:
        chance += " of meeting the target"
    said = "; ".join(filter(None, (ahead.in_words(measure), chance)))
    return FrozenOutlook(
        value=ahead.value, low=ahead.low, high=ahead.high, chance=found.chance, rag=found.rag, in_words=said
    )


def _comparator(measure: Measure, found: Comparator) -> FrozenComparator:
    latest = found.latest
    number = round_half_up(found.numbers[latest], measure.decimals)
    return FrozenComparator(name=found.label, period=latest, number=number, in_words=found.in_words(measure))


def _point(measure: Measure, recent: Recent, target: Target | None) -> FrozenPoint:
    number = None if recent.number is None else round_half_up(recent.number, measure.decimals)
    return FrozenPoint(period=recent.period, number=number, target=target.number if target else None, rag=recent.rag)
