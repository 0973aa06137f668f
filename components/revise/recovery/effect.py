"""Did a recovery plan work: the measure before, during and after it, drawn in stretches and as a table."""

from datetime import date

import streamlit as st

from components.frame.page import our_place
from components.parts import html_table
from components.parts.html_table import Column
from components.parts.markup import plain
from components.revise.recovery.path import printed, rounded, spec
from cycle.revise.recovery.path import PathView
from performance.ground.measures import Measure
from performance.ground.reckoning.due import numbers
from performance.ground.values import round_half_up
from performance.revise.effect import Effect
from reporting.charts.alternative_text import stretches_alt
from reporting.charts.marks import Mark
from reporting.charts.over_time import Line, Trend, every_period


def show_effect(effect: Effect, measure: Measure) -> None:
    """Before, during and after the plan, as a table with what chance would make of it."""
    rows = [
        [name, f"{each.first.in_words} to {each.last.in_words}", str(each.count), printed(measure, each.mean)]
        for name, each in (("Before", effect.before), ("During", effect.during), ("After", effect.after))
        if each is not None
    ]
    html_table.plain(
        "The measure before, during and after the plan",
        [Column(title="Stretch"), Column(title="Periods"), Column(title="Figures", is_number=True),
         Column(title="Average", is_number=True)],
        rows,
    )  # fmt: skip
    st.write(plain(effect.in_words))
    st.write(f"The figures say: **{plain(effect.verdict.in_words.lower())}**.")


def show_split(path: PathView, effect: Effect, *, began: date, ended: date) -> None:
    """The measure's line cut where the plan began and ended, with the average of each stretch."""
    measure, known = path.measure, numbers(path.measure, path.off.series.figures)
    first = effect.before.first if effect.before else min(known)
    shown = [period for period in known if period.start >= first.start and period.months == first.months]
    if not shown:
        return
    stretches = [("Before", effect.before), ("During", effect.during), ("After", effect.after)]
    chart = Trend(
        periods=every_period(shown[0], shown[-1]),
        lines=(
            Line(name=our_place(), numbers=rounded(measure, shown, known)),
            *(
                Line(
                    name=name,
                    numbers=tuple((period, round_half_up(each.mean, measure.decimals)) for period in shown
                                  if each.first.start <= period.start <= each.last.start),
                )
                for name, each in stretches if each is not None
            ),
        ),
        unit=measure.unit,
        decimals=measure.decimals,
        breaks=tuple((each.on, each.reason) for each in measure.breaks),
        marks=(Mark(on=began, words="Plan begins", anew=False), Mark(on=ended, words="Plan ends", anew=False)),
    )  # fmt: skip
    st.vega_lite_chart(spec(chart), alt=stretches_alt(measure, chart), theme=None, width="stretch")
