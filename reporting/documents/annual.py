"""A chart for the annual report with its words: one function makes what is shown, downloaded and put into Word."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from performance.ground.measures import Measure
from performance.ground.periods import Period, day_in_words
from performance.ground.values import Value
from performance.report.annual import ChartKind
from reporting.charts.alternative_text import course

LICENCE = "Contains public sector information licensed under the Open Government Licence v3.0."
ILLUSTRATIVE = "Illustrative figures made for this demonstration"


@dataclass(frozen=True, kw_only=True)
class Drawn:
    """A named series: unrounded numbers or the reason there is none, by period."""

    name: str
    values: Mapping[Period, Value]
    note: str = ""

    @property
    def numbers(self) -> dict[Period, Decimal]:
        return {period: value for period, value in self.values.items() if isinstance(value, Decimal)}


@dataclass(frozen=True, kw_only=True)
class ChartPage:
    """All that stands on a page of the annual report: words, figures, and how they are drawn."""

    measure: Measure
    kind: ChartKind
    headline: str
    subtitle: str
    notes: tuple[str, ...]
    alt: str
    series: tuple[Drawn, ...]
    periods: tuple[Period, ...]

    @property
    def header(self) -> tuple[str, ...]:
        return ("Period", *(each.name for each in self.series))

    @property
    def rows(self) -> tuple[tuple[str, ...], ...]:
        """The table under the chart, as printed."""
        return tuple(
            (period.short, *(_printed(self.measure, each.values.get(period)) for each in self.series))
            for period in self.periods
        )

    @property
    def file_name(self) -> str:
        """Without its ending: WCP1032-2012-13-to-2016-17."""
        first, last = (
            period.short.replace("/", "-").replace(" ", "-") for period in (self.periods[0], self.periods[-1])
        )
        return f"{self.measure.code}-{first}-to-{last}"


@dataclass(frozen=True, kw_only=True)
class ReportPart:
    """A section of the annual report: its heading, its text, and its charts in order."""

    title: str
    text: str
    pages: tuple[ChartPage, ...]


@dataclass(frozen=True, kw_only=True)
class Report:
    """The annual report as it goes out."""

    title: str
    year: Period
    council: str
    known_on: date
    parts: tuple[ReportPart, ...]

    @property
    def file_name(self) -> str:
        """Without its ending: annual-report-2016-17."""
        return f"annual-report-{self.year.short.replace('/', '-').replace(' ', '-')}"


def chart_page(
    measure: Measure,
    series: Sequence[Drawn],
    *,
    kind: ChartKind,
    headline: str,
    place: str,
    council: str,
    known_on: date,
    alt: str = "",
    subtitle: str = "",
    source: str = "",
    note: str = "",
) -> ChartPage:
    """The page. The first series is ours; what is not given of subtitle, source and alt text is written from data."""
    ours = series[0]
    periods = tuple(sorted(ours.values))
    return ChartPage(
        measure=measure,
        kind=kind,
        headline=headline.strip(),
        subtitle=subtitle.strip() or suggest_subtitle(measure, place, periods, headline=headline),
        notes=_notes(
            measure,
            series,
            source=source.strip() or source_in_words(measure, council=council),
            note=note.strip(),
            known_on=known_on,
        ),
        alt=alt.strip() or describe(measure, series, kind=kind, place=place),
        series=tuple(series),
        periods=periods,
    )


def describe(measure: Measure, series: Sequence[Drawn], *, kind: ChartKind, place: str) -> str:
    """The alt text: what is drawn, what it shows, and the numbers that matter."""
    ours, periods = series[0], sorted(series[0].values)
    chart = "Line chart" if kind is ChartKind.LINE else "Bar chart"
    said = [f"{chart} of {_inside(measure.title)} in {place}, {_span(periods)}."]
    said.append(course(measure, sorted(ours.numbers.items()), periods))
    for other in series[1:]:
        if compared := other.numbers:
            last = max(compared)
            said.append(f"{other.name} was {measure.print_value(compared[last])} in {last.short}.")
    return " ".join(said)


def source_in_words(measure: Measure, *, council: str) -> str:
    """ "[Publication] from [organisation]": a source written as "Organisation: publication" is turned round."""
    source = measure.source.split(" (illustrative")[0].strip().rstrip(".")
    if not source:
        return f"Records from {council}"
    if " from " in source:
        return source
    # A code of the publisher's own at the end says nothing to a reader.
    organisation, colon, publication = re.sub(r" \(\S+\)$", "", source).partition(": ")
    return f"{publication} from {organisation}" if colon else f"{source} from {council}"


def is_published(measure: Measure) -> bool:
    """Whether others published the figures: their source names an organisation and a publication."""
    return not measure.illustrative and (": " in measure.source or " from " in measure.source)


def _notes(measure: Measure, series: Sequence[Drawn], *, source: str, note: str, known_on: date) -> tuple[str, ...]:
    source = re.sub(r"^\s*source\s*:\s*", "", source, flags=re.IGNORECASE).rstrip(" .?!")
    source = f"Source: {source}. Data as known at {day_in_words(known_on)}."
    illustrative = f"{ILLUSTRATIVE}: not the council's real performance." if measure.illustrative else ""
    licence = LICENCE if is_published(measure) else ""
    breaks = [
        f"Figures from {day_in_words(each.on)} cannot be compared with earlier ones: {each.reason.rstrip('.')}."
        for each in measure.breaks
        if any(period.start <= each.on <= period.end for period in series[0].values) or _between(each.on, series[0])
    ]
    return tuple(filter(None, (illustrative, source, note, *breaks, *(each.note for each in series), licence)))


def _between(day: date, ours: Drawn) -> bool:
    return min(ours.values).start < day <= max(ours.values).end


def suggest_subtitle(measure: Measure, place: str, periods: Sequence[Period], *, headline: str) -> str:
    """What is drawn, in what, where and for when, but for the title and the place where the headline says them."""
    unit = {"number": "", "score": "", "pounds": "pounds"}.get(measure.unit, measure.unit)
    parts = [_unless_in(headline, measure.title), unit, _unless_in(headline, place), _span(periods)]
    said = ", ".join(filter(None, parts))
    return said[:1].upper() + said[1:]


def _unless_in(headline: str, words: str) -> str:
    return "" if f" {words} ".casefold() in f" {re.sub(r'[,.;:]', ' ', headline)} ".casefold() else words


def _span(periods: Sequence[Period]) -> str:
    first, last = periods[0], periods[-1]
    return first.in_words if first == last else f"{first.in_words} to {last.in_words}"


def _inside(title: str) -> str:
    """A title inside a sentence: its first letter small, unless an abbreviation begins it."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _printed(measure: Measure, value: Value | None) -> str:
    return "Not available" if value is None else measure.print_value(value)
