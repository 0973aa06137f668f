"""What can be drawn of a measure for the annual report, and as which page; asked of nobody."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy.orm import Session

from cycle.ground.council import council_area
from cycle.ground.memory import remembered
from cycle.ground.series.comparing import Comparator, comparators_of
from cycle.ground.series.hiding import council_series
from cycle.ground.series.standing import NOTHING
from data_access.council.areas import get_area
from data_access.council.settings_store import get_setting, get_today
from data_access.do.measured import list_measured_at
from data_access.plan.register import get_measure, list_measures
from performance.ground.measures import Measure
from performance.ground.periods import Frequency, Period
from performance.ground.readers import PUBLIC
from performance.ground.reading_order import by_title
from performance.ground.reckoning.aggregation import Aggregate, aggregate
from performance.report.annual import ChartKind, ChartWords, ReportChart, drawn_first
from reporting.documents.annual import ChartPage, Drawn, chart_page, source_in_words
from reporting.words.chart_headlines import check_headline, suggest_headline

MOST_SERIES = 4
NO_WORDS = ChartWords()


class TooManySeriesError(ValueError):
    """A chart with more lines than a reader can tell apart."""

    def __init__(self) -> None:
        super().__init__(f"Choose at most {MOST_SERIES - 1} comparators: a reader cannot follow more lines.")


class NothingToDrawError(ValueError):
    """No period between the two has a figure."""

    def __init__(self) -> None:
        super().__init__("There are no figures between these two periods. Choose an earlier start or a later end.")


@dataclass(frozen=True, kw_only=True)
class AnnualFigures:
    """A measure's figures for the annual report, ours and the comparators', over the same periods."""

    measure: Measure
    area_name: str
    council_name: str
    ours: tuple[Aggregate, ...]
    comparators: tuple[Comparator, ...]
    known_on: date

    @property
    def periods(self) -> tuple[Period, ...]:
        return tuple(each.period for each in self.ours)

    @property
    def numbers(self) -> dict[Period, Decimal]:
        """Ours, unrounded."""
        return {each.period: each.value for each in self.ours if isinstance(each.value, Decimal)}

    @property
    def suggested(self) -> str:
        """The headline that the figures suggest."""
        return suggest_headline(self.measure, self.numbers)

    @property
    def suggested_source(self) -> str:
        """Where the figures come from, as the register says."""
        return source_in_words(self.measure, council=self.council_name)

    def doubts(self, headline: str) -> list[str]:
        """What the figures, ours and the comparators', do not bear out of a headline."""
        others = [number for each in self._series()[1:] for number in each.values.values()]
        beside = [number for number in others if isinstance(number, Decimal)]
        return check_headline(headline, self.measure, self.numbers, beside=beside)

    def page(self, kind: ChartKind, words: ChartWords = NO_WORDS) -> ChartPage:
        """As it is drawn, with all that stands around it; words that are empty are made of the figures."""
        return chart_page(
            self.measure,
            self._series(),
            kind=kind,
            headline=words.headline or self.suggested,
            place=self.area_name,
            council=self.council_name,
            known_on=self.known_on,
            alt=words.alt,
            subtitle=words.subtitle,
            source=words.source,
            note=words.note,
        )

    def _series(self) -> list[Drawn]:
        partial = [each.period.short for each in self.ours if each.is_partial]
        note = f"Not all figures of {', '.join(partial)} are known." if partial else ""
        ours = Drawn(name=self.area_name, values={each.period: each.value for each in self.ours}, note=note)
        return [ours, *(_compared(each) for each in self.comparators)]


def all_figures(session: Session, measure_code: str, *, yearly: bool) -> AnnualFigures:
    """Every year that is over, or every own period, and every comparator."""
    key = ("annual chart", measure_code, yearly)
    return remembered(session, key, lambda: _figures(session, get_measure(session, code=measure_code), yearly))


def between(found: AnnualFigures, first: Period, last: Period, comparators: Collection[str]) -> AnnualFigures:
    """The figures from the first period to the last, with the comparators named by their keys.

    Raises NothingToDrawError or TooManySeriesError.
    """
    ours = tuple(each for each in found.ours if first.start <= each.period.start and each.period.end <= last.end)
    if not any(isinstance(each.value, Decimal) for each in ours):
        raise NothingToDrawError
    if len(comparators) >= MOST_SERIES:
        raise TooManySeriesError
    drawn = {each.period for each in ours}
    chosen = [_within(each, drawn) for each in found.comparators if each.key in comparators]
    return replace(found, ours=ours, comparators=tuple(each for each in chosen if each.numbers))


def measures_with_figures(session: Session) -> tuple[Measure, ...]:
    """Every measure the council has figures for, by title."""
    return remembered(session, ("measures to chart",), lambda: _with_figures(session))


def new_chart(session: Session, measure_code: str, year: Period) -> ReportChart:
    """A chart of the measure as it is to begin with, in the report of a year: by years where one is over, up to its
    newest figure, beside the first that has figures of that time, and with the words that the figures suggest. Raises
    NothingToDrawError."""
    found = all_figures(session, measure_code, yearly=True)
    yearly = bool(found.numbers)
    if not yearly:
        found = all_figures(session, measure_code, yearly=False)
    if not found.numbers:
        raise NothingToDrawError
    of_the_year = [each for each in found.numbers if each.end <= year.end] or list(found.numbers)
    drawn = drawn_first([each for each in found.periods if each <= max(of_the_year)], year)
    beside = next((each.key for each in found.comparators if not each.numbers.keys().isdisjoint(drawn)), None)
    return ReportChart(
        measure_code=measure_code,
        yearly=yearly,
        first=drawn[0],
        last=drawn[-1],
        comparators=(beside,) if beside else (),
    )


def _with_figures(session: Session) -> tuple[Measure, ...]:
    measures = list_measures(session)
    codes = [each.code for each in measures]
    drawn = set(list_measured_at(session, area_code=council_area(session), measure_codes=codes))
    return by_title(each for each in measures if each.code in drawn)


def _figures(session: Session, measure: Measure, yearly: bool) -> AnnualFigures:
    today, area = get_today(session), council_area(session)
    series = council_series(session, measures=[measure], area=area, reader=PUBLIC).get((measure.code, area), NOTHING)
    ended = [period for period in sorted(series.figures) if period.end <= today]
    if yearly and measure.frequency is not Frequency.YEARLY:
        years = {Period.containing(period.start, months=12, basis=measure.year_basis) for period in ended}
        ended = [year for year in sorted(years) if year.end <= today]
    drawn = set(ended)
    compared = comparators_of(session, measures=[measure], up_to=today)[measure.code]
    return AnnualFigures(
        measure=measure,
        area_name=get_area(session, code=area).name,
        council_name=get_setting(session, name="council_name"),
        ours=tuple(aggregate(measure, series, period, today=today) for period in ended),
        comparators=tuple(each for each in (_within(each, drawn) for each in compared) if each.numbers),
        known_on=today,
    )


def _within(comparator: Comparator, periods: Collection[Period]) -> Comparator:
    return replace(
        comparator,
        numbers={period: number for period, number in comparator.numbers.items() if period in periods},
        councils={period: count for period, count in comparator.councils.items() if period in periods},
    )


def _compared(comparator: Comparator) -> Drawn:
    """A middle's name is short in the chart and whole in a note, with how many councils it is made of."""
    short = comparator.name.split(" (")[0]
    note = f"{comparator.name}, {comparator.councils[comparator.latest]} councils" if comparator.is_middle else ""
    return Drawn(
        name=short, values=dict(comparator.numbers), note=f"{note} in {comparator.latest.short}." if note else ""
    )
