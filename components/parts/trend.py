"""A measure over time: the chart with its words, and the same figures as a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

import streamlit as st

from components.frame.page import our_place
from components.parts import html_table
from components.parts.markup import plain
from cycle.ground.series.comparing import Comparator
from cycle.review.one_measure import MeasurePage
from performance.ground.figures import Target
from performance.ground.measures import Measure, Polarity
from performance.ground.periods import Period, day_in_words
from performance.ground.reckoning.rag import has_aim, target_in_words, tolerance
from performance.ground.values import round_half_up
from reporting.charts import over_time
from reporting.charts.alternative_text import trend_alt
from reporting.charts.fan import Expected
from reporting.charts.marks import Mark
from reporting.words.chart_headlines import suggest_headline
from reporting.words.sentences import headline, real_change_headline

MOST_PERIODS = 44


@dataclass(frozen=True, kw_only=True)
class _Drawn:
    spec: over_time.Spec
    headline: str
    alt: str
    key: str
    table: str


def show(page: MeasurePage) -> None:
    """The trend with target, tolerance, breaks and nation, region and group, and its table folded below."""
    measure, first, last = page.measure, page.figures[-MOST_PERIODS:][0], page.figures[-1]
    drawn = _drawn(page, our_place())
    st.header(plain(drawn.headline if drawn else headline(page.line)), anchor=False)
    span = f"{first.period.in_words} to {last.period.in_words}"
    st.caption(plain(f"{measure.title}, {unit_in_words(measure)}, {span}"))
    if drawn is None:
        st.info("There are no figures to draw yet. They appear here as soon as the first one is submitted.")
        return
    st.vega_lite_chart(drawn.spec, alt=drawn.alt, theme=None, key=f"trend_{measure.code}")
    if drawn.key:
        st.caption(plain(drawn.key))
    for each in measure.breaks:
        st.caption(plain(f"From {day_in_words(each.on)} figures cannot be compared with earlier ones: {each.reason}"))
    for day, words in page.plans:
        st.caption(plain(f"Recovery plan {words} on {day_in_words(day)}."))
    with st.expander("Table of this chart"):
        st.html(drawn.table)


@lru_cache(maxsize=128)
def _drawn(page: MeasurePage, ours: str) -> _Drawn | None:
    """Drawn once for each page that is kept; None where there is nothing to draw."""
    measure = page.measure
    recent = page.figures[-MOST_PERIODS:]
    known = [(each.period, round_half_up(each.number, measure.decimals)) for each in recent if each.number is not None]
    if not known:
        return None
    periods = (*(each.period for each in recent), *(each.period for each in page.ahead))
    compared = [each for each in page.comparators if not each.is_neighbour and each.numbers.keys() & set(periods)]
    chart = over_time.Trend(
        periods=periods,
        lines=(
            over_time.Line(name=ours, numbers=tuple(known)),
            *_beside(page, periods),
            *(_line(each, periods, measure) for each in compared),
        ),
        unit=measure.unit,
        decimals=measure.decimals,
        aims=tuple(aims(measure, page.series.targets, periods, page.default_percent)),
        breaks=tuple((each.on, each.reason) for each in measure.breaks),
        marks=tuple(Mark(on=day, words=words, anew=False) for day, words in page.plans),
        fan=tuple(Expected(period=each.period, number=each.value, low=each.low, high=each.high) for each in page.ahead),
    )
    return _Drawn(
        spec=over_time.trend(chart),
        headline=real_change_headline(page.line, page.variation) or suggest_headline(measure, dict(known)),
        alt=trend_alt(measure, chart, ahead=page.ahead[-1] if page.ahead else None),
        key=_key(chart),
        table=_table(page, compared, ours),
    )


def _key(chart: over_time.Trend) -> str:
    """What the steps and the grey stretches mean, where there are any."""
    aim = "The dark steps are the target." if chart.aims else ""
    amber = " Grey is off target but within tolerance: amber." if any(each.amber for each in chart.aims) else ""
    fan = " Dotted: expected to the end of the year; the light area holds it four times out of five."
    return aim + amber + (fan if chart.fan else "")


def unit_in_words(measure: Measure) -> str:
    return {"number": "number", "percent": "percentage", "pounds": "pounds"}.get(measure.unit, measure.unit)


def aims(
    measure: Measure, targets: Mapping[Period, Target], periods: Sequence[Period], default_percent: Decimal
) -> list[over_time.Aim]:
    """What each period was to reach, with the stretches that are amber."""
    found = []
    for period in periods:
        target = targets.get(period)
        if target is None or not has_aim(target, measure.polarity):
            continue
        amber = _amber(measure, target, default_percent)
        if measure.polarity is Polarity.RANGE:
            found.append(over_time.Aim(period=period, lower=target.lower, upper=target.upper, amber=amber))
        else:
            found.append(over_time.Aim(period=period, number=target.number, amber=amber))
    return found


def _amber(measure: Measure, target: Target, default_percent: Decimal) -> tuple[tuple[Decimal, Decimal], ...]:
    """Where a figure is off target and within tolerance: on one side of a number, on both sides of a range."""
    bounds = target.bounds if measure.polarity is Polarity.RANGE else None
    lower, upper = bounds or (target.number or Decimal(0),) * 2
    below = (lower - tolerance(measure, target, lower, default_percent=default_percent), lower)
    above = (upper, upper + tolerance(measure, target, upper, default_percent=default_percent))
    if bounds:
        return below, above
    return (above,) if measure.polarity is Polarity.LOWER else (below,)


def _beside(page: MeasurePage, periods: Sequence[Period]) -> list[over_time.Line]:
    """Our median on the chart of the mean, or the mean on that of the median."""
    if page.beside is None:
        return []
    known = [(period, page.beside.numbers[period]) for period in periods if period in page.beside.numbers]
    return [over_time.Line(name="Median" if page.beside.is_median else "Mean", numbers=tuple(known))] if known else []


def _line(comparator: Comparator, periods: Sequence[Period], measure: Measure) -> over_time.Line:
    name = "Group median" if comparator.is_middle else comparator.name
    numbers = sorted(
        (period, round_half_up(number, measure.decimals))
        for period, number in comparator.numbers.items()
        if period in set(periods)
    )
    return over_time.Line(name=name, numbers=tuple(numbers))


def _table(page: MeasurePage, compared: Sequence[Comparator], ours: str) -> str:
    measure = page.measure
    names = ["Group median" if each.is_middle else each.name for each in compared]
    columns = [
        html_table.Column(title="Period"),
        html_table.Column(title=ours, is_number=True),
        html_table.Column(title="Target", is_number=True),
        html_table.Column(title="Status"),
        *(html_table.Column(title=name, is_number=True) for name in names),
    ]
    rows = [
        [each.period.in_words, each.in_words(measure), target_in_words(measure, page.series.targets.get(each.period)),
         "Expected", *("–" for _ in compared)]
        for each in reversed(page.ahead)
    ]  # fmt: skip
    for each in reversed(page.figures):
        target = page.series.targets.get(each.period)
        others = [comparator.numbers.get(each.period) for comparator in compared]
        rows.append(
            [
                each.period.in_words,
                "–" if each.number is None else measure.print_value(each.number),
                target_in_words(measure, target),
                each.rag.in_words,
                *("–" if number is None else measure.print_value(number) for number in others),
            ]
        )
    caption = f"{measure.title}, {unit_in_words(measure)}"
    return html_table.wrapped(caption, html_table.table(caption, columns, rows))
