"""An annual report: charts by section, in an order, with what is written about them; and the same for the next year.

What the figures say by themselves is never stored: a headline or an alternative text that nobody wrote is made of them
each time. So the report of the next year asks about the words that people wrote, and about nothing else.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TypeVar

from performance.ground.entry import Problem, check_texts
from performance.ground.periods import Period

LONGEST_TITLE, LONGEST_TEXT = 120, 4000
# In characters: what fits over a chart, and what someone listens to in place of one.
LONGEST_HEADLINE, LONGEST_ALT = 150, 2000
LONGEST_SUBTITLE, LONGEST_SOURCE, LONGEST_NOTE = 250, 250, 500
MOST_SECTIONS, MOST_CHARTS = 20, 60
_MOST_YEARS, _MOST_PERIODS = 6, 13
_YEAR = 12  # months


class ChartKind(StrEnum):
    """How the figures are drawn: lines for time, bars for few values side by side."""

    LINE = "line"
    BARS = "bars"

    @property
    def in_words(self) -> str:
        return {"line": "Line", "bars": "Bars"}[self.value]


@dataclass(frozen=True, kw_only=True)
class ChartWords:
    """The words of a chart that a person wrote; empty where they are as the figures suggest."""

    headline: str = ""
    subtitle: str = ""
    source: str = ""
    note: str = ""
    alt: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportChart:
    """A measure from a period to another, by years or by its own periods, beside comparators named by their keys.

    An empty headline, subtitle, source or alternative text is the one that the figures suggest; a note is a person's
    or there is none. `is_carried` says that the words were written for the figures of the year before, and that nobody
    has looked at them since.
    """

    measure_code: str
    yearly: bool = True
    first: Period
    last: Period
    comparators: tuple[str, ...] = ()
    kind: ChartKind = ChartKind.LINE
    headline: str = ""
    alt: str = ""
    subtitle: str = ""
    source: str = ""
    note: str = ""
    is_carried: bool = False
    id: int = 0

    @property
    def words(self) -> ChartWords:
        """What people wrote of it."""
        return ChartWords(
            headline=self.headline, subtitle=self.subtitle, source=self.source, note=self.note, alt=self.alt
        )


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading with its text, and charts in their order."""

    title: str
    text: str = ""
    charts: tuple[ReportChart, ...] = ()
    is_carried: bool = False
    id: int = 0


def report_reference(number: int) -> str:
    """What people quote of an annual report, and what its address says: AR-03."""
    return f"AR-{number:02d}"


@dataclass(frozen=True, kw_only=True)
class AnnualReport:
    """What is told of a year, by sections in their order. `last_id` numbers its parts, none of them twice."""

    title: str
    year: Period
    sections: tuple[Section, ...] = ()
    last_id: int = 0
    version: int = 1
    id: int = field(default=0)

    @property
    def reference(self) -> str:
        return report_reference(self.id)

    @property
    def charts(self) -> tuple[ReportChart, ...]:
        """All of them, in order."""
        return tuple(chart for section in self.sections for chart in section.charts)

    @property
    def in_short(self) -> str:
        """ "12 charts in 4 sections"."""
        return f"{_many(len(self.charts), 'chart')} in {_many(len(self.sections), 'section')}"

    def find_section(self, section_id: int) -> Section | None:
        return next((each for each in self.sections if each.id == section_id), None)

    def find_chart(self, chart_id: int) -> ReportChart | None:
        return next((each for each in self.charts if each.id == chart_id), None)

    @property
    def carried(self) -> tuple[Section | ReportChart, ...]:
        """The parts with words of the year before that nobody has looked at since, in order."""
        return tuple(part for part in self._parts() if part.is_carried)

    def _parts(self) -> Iterator[Section | ReportChart]:
        for section in self.sections:
            yield section
            yield from section.charts

    def for_next_year(self) -> "AnnualReport":
        """The same, each chart a year on. What people wrote comes along, to be looked at against the new figures."""
        later = self.year.shifted(_YEAR)
        return replace(
            self,
            id=0,
            version=1,
            year=later,
            title=self.title.replace(self.year.short, later.short),
            sections=tuple(
                replace(
                    section,
                    is_carried=bool(section.text) or self.year.short in section.title,
                    charts=tuple(_a_year_on(chart) for chart in section.charts),
                )
                for section in self.sections
            ),
        )


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a part is wanted: in a section (0 where it is one), at a number from 1."""

    section_id: int = 0
    number: int


class NoSuchPartError(LookupError):
    """A section or a chart that is not in the report, or no longer."""


def drawn_first(periods: Sequence[Period], year: Period | None = None) -> tuple[Period, ...]:
    """Which of the periods a new chart shows, as long as nobody chooses: the last years, or a year and a month of its
    own periods, up to the end of the report's `year`; of a measure that is younger than that, the newest."""
    until = [each for each in periods if year is None or each.end <= year.end] or list(periods)
    by_year = until[0].months >= _YEAR
    return tuple(until[-_MOST_YEARS:] if by_year else until[-_MOST_PERIODS:])


def with_section(report: AnnualReport, section: Section) -> AnnualReport:
    """Its title and text as they are written now; one without an id is added at the end. Raises NoSuchPartError."""
    if not section.id:
        new = replace(section, id=report.last_id + 1, is_carried=False)
        return replace(report, sections=(*report.sections, new), last_id=new.id)
    if report.find_section(section.id) is None:
        raise NoSuchPartError
    return replace(
        report,
        sections=tuple(
            replace(each, title=section.title, text=section.text, is_carried=False) if each.id == section.id else each
            for each in report.sections
        ),
    )


def without_section(report: AnnualReport, section_id: int) -> AnnualReport:
    """Without the section and its charts. Raises NoSuchPartError."""
    if report.find_section(section_id) is None:
        raise NoSuchPartError
    return replace(report, sections=tuple(each for each in report.sections if each.id != section_id))


def with_chart(report: AnnualReport, chart: ReportChart, *, section_id: int = 0) -> AnnualReport:
    """The chart as it is chosen now, where it stood; one without an id at the end of the section.

    Raises NoSuchPartError.
    """
    if chart.id:
        if report.find_chart(chart.id) is None:
            raise NoSuchPartError
        now = replace(chart, is_carried=False)
        return _each_section(report, lambda charts: tuple(now if each.id == chart.id else each for each in charts))
    if report.find_section(section_id) is None:
        raise NoSuchPartError
    new = replace(chart, id=report.last_id + 1, is_carried=False)
    sections = tuple(
        replace(each, charts=(*each.charts, new)) if each.id == section_id else each for each in report.sections
    )
    return replace(report, sections=sections, last_id=new.id)


def without_chart(report: AnnualReport, chart_id: int) -> AnnualReport:
    """Raises NoSuchPartError."""
    if report.find_chart(chart_id) is None:
        raise NoSuchPartError
    return _each_section(report, lambda charts: tuple(each for each in charts if each.id != chart_id))


Part = TypeVar("Part", Section, ReportChart)


def in_order(report: AnnualReport, places: Mapping[int, Place]) -> AnnualReport:
    """Sections and charts at the places that are wanted of them, by id; what is not named stays where it is.

    Whoever writes a part's number anew wants it to stand there: those stand at exactly their numbers, the first of two
    that are given the same, and the rest fills the gaps in its order. A chart that comes from another section with its
    number as it was goes to the end. Raises NoSuchPartError for a section that there is not.
    """
    stood = {section.id: Place(number=number) for number, section in enumerate(report.sections, start=1)}
    for section in report.sections:
        for number, chart in enumerate(section.charts, start=1):
            stood[chart.id] = Place(section_id=section.id, number=number)

    def wanted(part: Part) -> Place:
        return places.get(part.id, stood[part.id])

    if any(report.find_section(wanted(chart).section_id) is None for chart in report.charts):
        raise NoSuchPartError

    def placed(parts: Sequence[Part]) -> tuple[Part, ...]:
        anew = {part.id: wanted(part).number for part in parts if wanted(part).number != stood[part.id].number}
        rest = [part for part in parts if part.id not in anew]
        # What stays in its place goes before what came from elsewhere and was given no number there.
        rest.sort(key=lambda part: (wanted(part).section_id != stood[part.id].section_id, stood[part.id].number))
        moved = [part for part in reversed(parts) if part.id in anew]
        for part in sorted(moved, key=lambda part: anew[part.id]):
            rest.insert(anew[part.id] - 1, part)
        return tuple(rest)

    return replace(
        report,
        sections=tuple(
            replace(section, charts=placed([each for each in report.charts if wanted(each).section_id == section.id]))
            for section in placed(report.sections)
        ),
    )


def check_report(report: AnnualReport) -> list[Problem]:
    """What keeps a report from being kept like this, each at its field."""
    problems = []
    if not report.title.strip():
        problems.append(Problem(field="title", message="Enter what the report is called"))
    if any(not each.title.strip() for each in report.sections):
        problems.append(Problem(field="section", message="Enter the heading of the section"))
    if len(report.sections) > MOST_SECTIONS:
        problems.append(Problem(field="section", message=f"A report has at most {MOST_SECTIONS} sections"))
    if len(report.charts) > MOST_CHARTS:
        problems.append(Problem(field="chart", message=f"A report has at most {MOST_CHARTS} charts"))
    texts = [("title", "What the report is called", report.title, LONGEST_TITLE)]
    for section in report.sections:
        texts.append(("section", "Heading", section.title, LONGEST_TITLE))
        texts.append(("text", "Text", section.text, LONGEST_TEXT))
    for chart in report.charts:
        texts.append(("headline", "Headline", chart.headline, LONGEST_HEADLINE))
        texts.append(("subtitle", "Subtitle", chart.subtitle, LONGEST_SUBTITLE))
        texts.append(("source", "Source", chart.source, LONGEST_SOURCE))
        texts.append(("note", "Note", chart.note, LONGEST_NOTE))
        texts.append(("alt", "Alternative text", chart.alt, LONGEST_ALT))
    return problems + check_texts(*texts)


def _each_section(
    report: AnnualReport, becomes: Callable[[tuple[ReportChart, ...]], tuple[ReportChart, ...]]
) -> AnnualReport:
    return replace(report, sections=tuple(replace(each, charts=becomes(each.charts)) for each in report.sections))


def _a_year_on(chart: ReportChart) -> ReportChart:
    first, last = chart.first.shifted(_YEAR), chart.last.shifted(_YEAR)
    return replace(chart, first=first, last=last, is_carried=chart.words != ChartWords())


def _many(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
