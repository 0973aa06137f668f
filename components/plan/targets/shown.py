"""A service's targets for a year, and the history that a measure's target is set against."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise

import streamlit as st

from components.frame import address, pick
from components.frame.page import our_place
from components.parts import hidden, html_table, trend
from components.parts.html_table import Column
from components.parts.markup import plain
from cycle.ground.series.proposals import MeasureTargets, Proposal, ServiceTargets
from cycle.plan.targets import Loosened
from performance.ground.figures import Target, TargetState
from performance.ground.measures import Measure, Polarity
from performance.ground.organisation import Unit
from performance.ground.periods import Period, day_in_words
from performance.ground.reckoning.due import numbers
from performance.ground.reckoning.rag import target_in_words
from performance.ground.values import round_half_up
from reporting.charts.alternative_text import trend_alt
from reporting.charts.over_time import Line, Spec, Trend, every_period
from reporting.charts.over_time import trend as trend_spec

_MONTHS = 36
_OPENED = "pick_opened"


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


def summary(service: ServiceTargets, year: int, loosened: Sequence[Loosened]) -> None:
    """How much of the year is set, and which targets of this service were made easier while they ran."""
    agreed = sum(line.agreed is not None for line in service.lines)
    wanted = sum(line.measure.polarity is not Polarity.CONTEXT for line in service.lines)
    st.write(plain(f"{agreed} of {wanted} measures have an agreed target for {Period.year(year).in_words}."))
    codes = {line.measure.code for line in service.lines}
    own = [each for each in loosened if each.now.measure.code in codes]
    if own:
        html_table.plain(
            "Targets loosened this year",
            [Column(title=title) for title in ("Measure", "Was", "Now", "From", "Agreed by", "Why")],
            [
                [
                    each.now.measure.title,
                    target_in_words(each.now.measure, each.was),
                    each.now.in_words,
                    day_in_words(each.now.target.effective_from or each.now.target.period.start),
                    each.now.decided_by,
                    each.now.rationale,
                ]
                for each in own
            ],
        )


def choose_measure(service: ServiceTargets) -> MeasureTargets | None:
    """The measure that is opened below the grid, if one is: as the address names it, or as it is chosen."""
    st.header("One measure in full", anchor=False)
    titles = {line.measure.code: line.measure.title for line in service.lines}
    with st.container(width=640):
        chosen = st.selectbox(
            "Open a measure", list(titles), index=None, format_func=titles.__getitem__, key=_OPENED,
            placeholder="Choose a measure", on_change=_into_address,
        )  # fmt: skip
    return service.line(chosen) if chosen else None


def opened(service: ServiceTargets) -> str:
    """The code of the measure that is opened; empty where none is, or one of another service."""
    codes = {line.measure.code for line in service.lines}
    shown = address.one_of(codes, name="measure", label="Open a measure")
    st.session_state[_OPENED] = shown or None
    return shown


def _show_story(line: MeasureTargets) -> None:
    """Every target of the year with who proposed it, when, why and against what, and who agreed it."""
    if not line.story:
        return
    html_table.plain(
        f"How the targets for {line.year.in_words} came about",
        [
            Column(title=title)
            for title in ("Target", "Proposed", "Why", "Last result", "Compared with", "Decided", "From")
        ],
        [
            [
                each.in_words,
                f"{each.proposed_by}, {day_in_words(each.proposed_at.date())}",
                each.rationale,
                each.baseline,
                each.benchmark,
                _decided(each),
                day_in_words(each.target.effective_from) if each.target.effective_from else "",
            ]
            for each in reversed(line.story)
        ],
    )


def _decided(each: Proposal) -> str:
    if each.imported:
        return "Brought in by file, already agreed"
    if each.decided_at is None:
        return "Waits"
    return f"{each.state.value.capitalize()} by {each.decided_by}, {day_in_words(each.decided_at.date())}"


def _into_address() -> None:
    address.keep("measure", st.session_state[_OPENED] or "")


def show_history(line: MeasureTargets | None, parts: Mapping[Period, Target]) -> None:
    """The last 36 months with the targets they had, and the typed one over the year to come, if there is one."""
    if line is None:
        return
    measure = line.measure
    _show_facts(line)
    _show_story(line)
    hidden.show_which(line.series)
    chart = _trend(line, parts)
    if chart is None:
        st.info(
            plain(f"{measure.title} has no figures yet. Set a baseline year first, or say what the target rests on.")
        )
        return
    st.vega_lite_chart(_spec(chart), alt=trend_alt(measure, chart), theme=None, width="stretch")
    for step in _steps(line):
        st.caption(plain(step))
    known = chart.lines[0].numbers
    with st.expander(plain(f"Table: {measure.title}, the last {len(known)} figures")):
        html_table.plain(
            f"{measure.title}, what it was and what it was measured against",
            [Column(title="Period"), Column(title="Figure", is_number=True), Column(title="Target", is_number=True)],
            [
                [
                    period.in_words,
                    measure.print_value(number),
                    target_in_words(measure, line.series.targets.get(period)),
                ]
                for period, number in reversed(known)
            ],
        )


def _steps(line: MeasureTargets) -> list[str]:
    """Each change during the year, which the chart draws as a step, with its reason."""
    agreed = [each for each in line.story if each.state is TargetState.AGREED]
    return [
        f"From {day_in_words(now.target.effective_from)}: {now.in_words} in place of {was.in_words}."
        + (f" {now.rationale}" if now.rationale else "")
        for was, now in pairwise(agreed)
        if now.target.effective_from
    ]


def _show_facts(line: MeasureTargets) -> None:
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
        decimals=measure.decimals,
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
