"""A chart of every kind the app draws, and of what is hard to draw: one point, gaps, ranges, breaks, below nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from performance.ground.measures import Accumulation, Measure, Polarity, SeriesBreak
from performance.ground.periods import Frequency, Period
from performance.ground.reckoning.spc import Process, read_process
from performance.ground.values import Absence, Value
from performance.report.annual import ChartKind
from reporting.charts import annual_spec, over_time, shares
from reporting.charts.dots import Place, dots
from reporting.charts.fan import Expected
from reporting.charts.marks import Mark
from reporting.charts.over_time import Aim, Bar, Line, Milestone, Ranking, Spec, Trend
from reporting.charts.parts_chart import parts_chart
from reporting.charts.season_chart import Season, seasons
from reporting.charts.spc_chart import ProcessChart, spc
from reporting.documents.annual import Drawn, chart_page
from tests.performance.builders import LATER, a_measure, a_series, months

START = Period.month(2017, 1)
MONTHS = tuple(START.shifted(step) for step in range(8))
BREAK = (date(2017, 4, 1), "Counted anew")
NOISE = [str(100 + (place * 7) % 5) for place in range(20)]
SMOKERS = Measure(
    code="WCP1032", title="Adults who smoke", unit="percent", polarity=Polarity.LOWER, decimals=1,
    accumulation=Accumulation.IN_PERIOD, frequency=Frequency.YEARLY, unit_code="HEALTH", source="OHID: Fingertips",
)  # fmt: skip


def a_line(*numbers: str | None, name: str = "Testing") -> Line:
    known = zip(MONTHS, numbers, strict=False)
    return Line(name=name, numbers=tuple((month, Decimal(each)) for month, each in known if each is not None))


def a_trend(*lines: Line, width: int | str = "container", height: int = 320, **fields: Any) -> Spec:
    chart = Trend(periods=MONTHS, lines=lines, **({"unit": "percent"} | fields))
    return over_time.trend(chart, width=width, height=height)


def aims(**fields: Any) -> tuple[Aim, ...]:
    return tuple(Aim(period=month, **fields) for month in MONTHS)


def ahead(*numbers: int) -> tuple[Expected, ...]:
    return tuple(
        Expected(period=MONTHS[5 + place], number=Decimal(each), low=Decimal(each - 1), high=Decimal(each + 1))
        for place, each in enumerate(numbers)
    )


def a_ranking(*numbers: str, width: int | str = "container", **fields: Any) -> Spec:
    bars = tuple(
        Bar(name=f"Ward {place}", number=Decimal(each), words=each, chosen=place == 1)
        for place, each in enumerate(numbers)
    )
    return over_time.ranking(Ranking(bars=bars, **({"unit": "percent"} | fields)), width=width)


def a_process(entries: list[str | None], *breaks: SeriesBreak, **fields: Any) -> Spec:
    measure = a_measure(breaks=breaks)
    process = read_process(measure, a_series(months(entries, "2017-01")), up_to=LATER)
    assert isinstance(process, Process)
    periods = tuple(START.shifted(place) for place in range(len(entries)))
    return spc(ProcessChart(measure=measure, process=process, periods=periods, **fields))


def a_season(*years: tuple[str | None, ...]) -> Spec:
    named = [
        Season(name=f"{2014 + place}/{15 + place}", numbers=tuple(each and Decimal(each) for each in year))
        for place, year in enumerate(years)
    ]
    return seasons(named, ["Q1", "Q2", "Q3", "Q4"], unit="number")


def some_dots(*numbers: str, ours: bool = True) -> Spec:
    places = [
        Place(
            name=f"Place {place}",
            number=Decimal(each),
            words=f"{each} days, 2016",
            is_ours=ours and place == 0,
            is_council=place > 1,
        )
        for place, each in enumerate(numbers)
    ]
    return dots(places, unit="days")


def an_annual(kind: ChartKind, *lines: tuple[str | None, ...], bare: bool = False, **fields: Any) -> Spec:
    def values(numbers: tuple[str | None, ...]) -> dict[Period, Value]:
        known = enumerate(numbers)
        return {Period.year(2012 + at): Absence.NOT_PROVIDED if each is None else Decimal(each) for at, each in known}

    series = [Drawn(name=name, values=values(line)) for name, line in zip(("Testing", "England"), lines, strict=False)]
    page = chart_page(
        replace(SMOKERS, **fields), series, kind=kind,
        headline="Fewer adults smoke than did in any year before, and fewer than elsewhere",
        place="Testing", council="Testing Council", known_on=date(2018, 1, 1),
    )  # fmt: skip
    return annual_spec.spec(page, bare=bare)


EVERY_CHART: dict[str, Callable[[], Spec]] = {
    "trend": lambda: a_trend(a_line(*"12345678")),
    "trend of one point": lambda: a_trend(a_line("5")),
    "trend of several places": lambda: a_trend(
        a_line(*"12345678"), a_line(*"2234567", name="England"), a_line("3", None, "3", name="West Midlands")
    ),
    "trend of many periods": lambda: over_time.trend(
        Trend(
            periods=tuple(START.shifted(step) for step in range(30)),
            unit="pounds",
            title="Spent",
            subtitle="A month",
            lines=(
                Line(name="Testing", numbers=tuple((START.shifted(step), Decimal(1000 * step)) for step in range(30))),
                a_line(*"12345678", name="England"),
            ),
        )
    ),
    "trend as a picture": lambda: a_trend(a_line(*"123"), a_line(*"456", name="England"), width=326, height=200),
    "trend with a place without figures": lambda: a_trend(a_line(*"123"), a_line(name="England")),
    "trend of nothing but gaps between": lambda: a_trend(a_line("1", None, "-3", None, "5"), title="A title"),
    "trend with a target": lambda: a_trend(
        a_line(*"12345678"), aims=aims(number=Decimal(6), amber=((Decimal(5), Decimal(6)),)), decimals=1
    ),
    "trend with a range": lambda: a_trend(
        a_line(*"12345678"),
        aims=aims(lower=Decimal(3), upper=Decimal(6), amber=((Decimal(2), Decimal(3)), (Decimal(6), Decimal(7)))),
    ),
    "trend with breaks and marks": lambda: a_trend(
        a_line(*"12345678"),
        breaks=(BREAK, (date(2017, 5, 1), "Counted otherwise")),
        marks=(Mark(on=date(2017, 7, 20), words="R-01 agreed", anew=False),),
    ),
    "trend with a forecast": lambda: a_trend(a_line(*"12345"), fan=ahead(6, 7, 8), unit="number"),
    "trend with a plan": lambda: a_trend(
        a_line(*"12345"),
        path=ahead(5, 5),
        first_path=ahead(5, 4),
        milestones=(Milestone(period=MONTHS[6], number=Decimal("7.5")),),
        unit="per 1,000",
    ),
    "bars over time": lambda: a_trend(a_line("10", "-2", None, "12"), bars=True, unit="number"),
    "bars over time with a target": lambda: a_trend(a_line("10", "12"), bars=True, aims=aims(number=Decimal(11))),
    "bars over time of two places": lambda: a_trend(a_line("9", "8"), a_line("1", name="England"), bars=True),
    "shares": lambda: shares.shares(
        Trend(periods=MONTHS, unit="", lines=(a_line("99", "98"), a_line("100", "100", name="Received")))
    ),
    "shares with a target": lambda: shares.shares(
        Trend(
            periods=MONTHS, unit="percent", lines=(a_line("99", "98"),), breaks=(BREAK,), aims=aims(number=Decimal(90))
        )
    ),
    "ranking": lambda: a_ranking("9", "7", "7"),
    "ranking of one": lambda: a_ranking("-4", unit="days"),
    "ranking of none": lambda: a_ranking(),
    "ranking against the council": lambda: a_ranking("9", "7", against=Decimal(8), against_words="Testing 8%"),
    "ranking against a low number": lambda: a_ranking(
        "9000", "7", unit="pounds", against=Decimal(1), against_words="Testing £1", width=326
    ),
    "process": lambda: a_process([*NOISE, "140"]),
    "process with gaps, a target and limits anew": lambda: a_process(
        [*NOISE[:10], None, *NOISE[10:]],
        target=Decimal(99),
        starts=(Mark(on=date(2018, 1, 1), words="Limits set anew"),),
    ),
    "process cut off at nothing": lambda: a_process([str((place * 7) % 5) for place in range(20)], target=Decimal(3)),
    "process with too few points since a break": lambda: a_process(
        NOISE, SeriesBreak(on=date(2018, 6, 1), reason="Counted anew")
    ),
    "years": lambda: a_season(
        ("1", None, "3", "3"), ("2", "2", "2", "3"), ("3", "4", "5", "-6"), ("1", "2", None, None)
    ),
    "one year": lambda: a_season(("1", None, None, None)),
    "many years": lambda: a_season(*(("1", str(each), "3", None) for each in range(6)), (None, None, None, None)),
    "parts of a change": lambda: parts_chart(
        [("The season", Decimal(3), "+3"), ("Cannot be told", Decimal(-1), "−1")], unit="number"
    ),
    "one part": lambda: parts_chart([("Cannot be told", Decimal(-1), "−1")], unit="percent"),
    "places": lambda: some_dots("5", "7", "9", "6"),
    "one place": lambda: some_dots("-5"),
    "places without ours": lambda: some_dots("5", "7", ours=False),
    "annual line": lambda: an_annual(ChartKind.LINE, ("22.96", "21.6", None, "19.3"), ("21", "20", "19.4", "19")),
    "annual line, bare": lambda: an_annual(ChartKind.LINE, ("-2", "1"), bare=True, unit="number"),
    "annual line with a break": lambda: an_annual(
        ChartKind.LINE, ("90", "91", "92"), unit="pounds", breaks=(SeriesBreak(on=date(2013, 4, 1), reason="Anew"),)
    ),
    "annual bars": lambda: an_annual(ChartKind.BARS, ("22.96", "21.6", None, "19.3"), ("21", "20", "19.4", "19")),
    "annual bars of one place": lambda: an_annual(ChartKind.BARS, ("-2", "1", "3"), unit="days"),
    "annual bars, crowded": lambda: an_annual(ChartKind.BARS, *[tuple(str(each) for each in range(20))] * 2),
    "annual bars with small numbers": lambda: an_annual(ChartKind.BARS, *[tuple(str(each) for each in range(8))] * 2),
}
