"""A service's targets for a year, and the history that a measure's target is set against."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

import streamlit as st

from components import html_table, pick, trend
from components.html_table import Column
from components.page import our_place
from cycle.proposals import MeasureTargets, Proposal, ServiceTargets
from performance.aggregation import Aggregate, months_in_words, numbers
from performance.figures import Target
from performance.measures import Measure, Polarity
from performance.organisation import Unit
from performance.periods import Period
from performance.values import round_half_up
from reporting.charts import Line, Spec, Trend, every_period
from reporting.charts import trend as trend_spec

_MONTHS = 36


def choose_service(units: Sequence[Unit], years: Sequence[Period]) -> tuple[str, int]:
    """The unit and the year, named by the calendar year it begins in."""
    left, right = st.columns([3, 2])
    names = {unit.code: unit.name for unit in units}
    words = {str(year.start.year): year.in_words for year in years}
    with left:
        unit = pick.one("Service", names, name="unit", words=lambda code: names[code])
    with right:
        year = pick.one("Year", words, name="year", words=lambda start: words[start])
    return unit, int(year)


def overview(service: ServiceTargets, year: int) -> None:
    """Every measure of the service: what good is, what was reached, what is agreed and what waits."""
    agreed = sum(line.agreed is not None for line in service.lines)
    wanted = sum(line.measure.polarity is not Polarity.CONTEXT for line in service.lines)
    st.write(f"{agreed} of {wanted} measures have an agreed target for {Period.year(year).in_words}.")
    before = [Period.year(year - back).in_words for back in (3, 2, 1)]
    columns = [
        Column(title="Measure"),
        Column(title="Good is"),
        *(Column(title=each, is_number=True) for each in before),
        Column(title=f"Target {Period.year(year).in_words}"),
        Column(title="Proposed"),
    ]
    html_table.plain(
        f"Targets of {service.unit.name}",
        columns,
        [
            [
                line.measure.title,
                line.measure.polarity.in_words,
                *(_outturn(line.measure, each) for each in line.outturns),
                _target(line),
                line.waiting.in_words if line.waiting else "",
            ]
            for line in service.lines
        ],
    )


def choose_measure(service: ServiceTargets) -> MeasureTargets:
    """The measure the address names, or the first."""
    st.header("Set a target", anchor=False)
    titles = {line.measure.code: line.measure.title for line in service.lines}
    with st.container(width=640):
        return service.line(pick.one("Measure", titles, name="measure", words=lambda code: titles[code]))


def show_history(line: MeasureTargets, parts: Mapping[Period, Target]) -> None:
    """The last 36 months with the targets they had, and the proposed one over the year to come, if there is one."""
    measure = line.measure
    chart = _trend(line, parts)
    if chart is None:
        st.info(f"{measure.title} has no figures yet. Set a baseline year first, or say what the target rests on.")
        return
    st.vega_lite_chart(_spec(chart), alt=_alt(line, chart), theme=None, width="stretch")
    known = chart.lines[0].numbers
    with st.expander(f"Table: {measure.title}, the last {len(known)} figures"):
        html_table.plain(
            f"{measure.title}, what it was and what it was measured against",
            [Column(title="Period"), Column(title="Figure", is_number=True), Column(title="Target", is_number=True)],
            [
                [
                    period.in_words,
                    measure.print_value(number),
                    trend.target_in_words(measure, line.series.targets.get(period)),
                ]
                for period, number in reversed(known)
            ],
        )


def show_facts(line: MeasureTargets) -> None:
    """What the last years came to, who the council is compared with, and what is agreed now."""
    measure = line.measure
    facts = [f"{measure.polarity.in_words}. {line.bands}"]
    if line.waiting:
        facts.append(f"{line.waiting.in_words} is proposed by {line.waiting.proposed_by} and waits for agreement.")
    if line.agreed:
        facts.append(_whose(line.agreed))
    if line.comparators:
        facts.append(f"Compared with: {line.benchmark}.")
    if measure.statutory_reference:
        facts.append(f"Reported under: {measure.statutory_reference}.")
    if line.has_own_months:
        facts.append("Some periods of this year have targets of their own. These go before the year's profile.")
    if measure.illustrative:
        facts.append("Illustrative figures.")
    st.text("\n".join(facts))


def _outturn(measure: Measure, outturn: Aggregate) -> str:
    partial = f", {months_in_words(measure, outturn)}" if outturn.is_partial else ""
    return f"{measure.print_value(outturn.value)}{partial}"


def _target(line: MeasureTargets) -> str:
    if line.agreed:
        return line.agreed.in_words
    if line.measure.polarity is Polarity.CONTEXT:
        return "No target: for context"
    return f"No target: {line.measure.no_target_reason}" if line.measure.no_target_reason else "No target yet"


def _whose(agreed: Proposal) -> str:
    """Nobody agrees their own proposal: a target with one name came in by file, agreed elsewhere."""
    if agreed.decided_by == agreed.proposed_by:
        return "Brought in by file, already agreed."
    return f"Proposed by {agreed.proposed_by}." + (f" {agreed.decided_by} agreed it." if agreed.decided_by else "")


def _trend(line: MeasureTargets, parts: Mapping[Period, Target]) -> Trend | None:
    measure = line.measure
    known = numbers(measure, line.series.figures)
    recent = list(known)[-_MONTHS // measure.frequency.months :]
    if not recent:
        return None
    ahead = [period for period in parts if period.months == recent[-1].months and period > recent[-1]]
    last = max([*ahead, recent[-1]])
    periods = every_period(recent[0], last)
    ruling = {**{period: target for period, target in line.series.targets.items() if period not in parts}, **parts}
    nation = [
        Line(name=each.name, numbers=_printed(measure, each.numbers, recent))
        for each in line.comparators[:1]
        if set(each.numbers) & set(recent)
    ]
    return Trend(
        periods=periods,
        lines=(Line(name=our_place(), numbers=_printed(measure, known, recent)), *nation),
        unit=measure.unit,
        aims=tuple(trend.aims(measure, ruling, periods, line.default_percent)),
        breaks=tuple((each.on, each.reason) for each in measure.breaks),
    )


@lru_cache(maxsize=256)
def _spec(chart: Trend) -> Spec:
    return trend_spec(chart, height=280)


def _printed(
    measure: Measure, known: Mapping[Period, Decimal], wanted: Sequence[Period]
) -> tuple[tuple[Period, Decimal], ...]:
    return tuple((period, round_half_up(known[period], measure.decimals)) for period in wanted if period in known)


def _alt(line: MeasureTargets, chart: Trend) -> str:
    known = chart.lines[0].numbers
    first, last = known[0], known[-1]
    show = line.measure.print_value
    return (
        f"Line chart of {line.measure.title}: {show(first[1])} in {first[0].in_words}, "
        f"{show(last[1])} in {last[0].in_words}, with the targets of each period."
    )
