"""An annual report with each of its charts as it is drawn now, and what is to be looked at before it goes out."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from cycle.report.annual._figures import (
    AnnualFigures,
    NothingToDrawError,
    all_figures,
    between,
    measures_with_figures,
)
from data_access.council.settings_store import get_setting, get_today
from data_access.plan.register import list_measures
from performance.ground.measures import Measure
from performance.ground.values import Absence
from performance.report.annual import AnnualReport, ReportChart, Section
from reporting.documents.annual import ChartPage, Report, ReportPart


@dataclass(frozen=True, kw_only=True)
class ChartView:
    """A chart of a report: its page where there are figures to draw, those it is compared with as
    far as they have figures, and what is to be looked at, in sentences."""

    chart: ReportChart
    title: str
    page: ChartPage | None = None
    compared: tuple[str, ...] = ()
    doubts: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ReportView:
    """A report as it stands with the figures that are known now; `measures` are those that can be drawn, by title."""

    report: AnnualReport
    charts: Mapping[int, ChartView]
    council_name: str
    known_on: date
    measures: tuple[Measure, ...] = ()

    @property
    def numbers(self) -> dict[int, int]:
        """The number of each figure by its chart's id, as it stands in the file: of those that can be drawn."""
        drawn = [chart.id for chart in self.report.charts if self.charts[chart.id].page]
        return {chart_id: number for number, chart_id in enumerate(drawn, start=1)}

    @property
    def left(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """What is to be looked at before it goes out: each part by what it is called, with why."""
        return tuple(self._left())

    def _left(self) -> Iterator[tuple[str, tuple[str, ...]]]:
        for section in self.report.sections:
            if section.is_carried:
                yield section.title, ("Its heading and text were written for the year before.",)
            for chart in section.charts:
                view = self.charts[chart.id]
                if view.doubts:
                    yield view.title, view.doubts

    @property
    def to_write(self) -> Report:
        """What goes out: the sections with their text and every chart that can be drawn."""
        return Report(
            title=self.report.title,
            year=self.report.year,
            council=self.council_name,
            known_on=self.known_on,
            parts=tuple(self._part(section) for section in self.report.sections),
        )

    def _part(self, section: Section) -> ReportPart:
        pages = (self.charts[chart.id].page for chart in section.charts)
        return ReportPart(title=section.title, text=section.text, pages=tuple(page for page in pages if page))


def view_of(session: Session, report: AnnualReport) -> ReportView:
    """Each chart drawn from what is known now."""
    measures = {each.code: each for each in list_measures(session)}
    return ReportView(
        report=report,
        charts={chart.id: _view(session, chart, measures.get(chart.measure_code)) for chart in report.charts},
        council_name=get_setting(session, name="council_name"),
        known_on=get_today(session),
        measures=measures_with_figures(session),
    )


def _view(session: Session, chart: ReportChart, measure: Measure | None) -> ChartView:
    if measure is None:
        gone = f"There is no measure {chart.measure_code} in the register any more."
        return ChartView(chart=chart, title=chart.measure_code, doubts=(gone,))
    found = all_figures(session, measure.code, yearly=chart.yearly)
    try:
        drawn = between(found, chart.first, chart.last, chart.comparators)
    except NothingToDrawError as nothing:
        return ChartView(chart=chart, title=measure.title, doubts=(str(nothing),))
    page = drawn.page(chart.kind, chart.words)
    # Also those without a figure in these periods: whoever changes the chart keeps them.
    compared = tuple(each.key for each in found.comparators if each.key in chart.comparators)
    doubts = tuple(_doubts(chart, found, drawn))
    return ChartView(chart=chart, title=page.headline, page=page, compared=compared, doubts=doubts)


def _doubts(chart: ReportChart, found: AnnualFigures, drawn: AnnualFigures) -> Iterator[str]:
    """A year without a figure yet, comparators that are gone, and words that the figures do not bear out."""
    if max(drawn.numbers) < chart.last:
        last = next((each.value for each in drawn.ours if each.period == chart.last), None)
        why = f": {last.in_words.lower()}" if isinstance(last, Absence) else ""
        yield f"There is no figure of {chart.last.short}{why}. It ends with {max(drawn.numbers).short}."
    kept = {each.key for each in drawn.comparators}
    names = {each.key: each.name for each in found.comparators}
    missing = [names.get(key, key) for key in chart.comparators if key not in kept]
    if missing:
        yield f"It has nothing to compare with of {' and '.join(missing)} in these periods."
    if chart.is_carried:
        yield f"Its words were written for the year before. Suggested now: {drawn.suggested}"
    if chart.headline:
        yield from drawn.doubts(chart.headline)
