"""Did a recovery plan work: the measure before, during and after it, drawn in stretches and as a table."""

import streamlit as st

from components.frame.page import our_place
from components.parts.markup import plain
from components.revise.recovery import tables
from components.revise.recovery.path import rounded, spec
from cycle.revise.recovery.view import PlanView
from performance.ground.reckoning.due import numbers
from performance.ground.values import round_half_up
from performance.revise.effect import parts
from reporting.charts.alternative_text import stretches_alt
from reporting.charts.marks import Mark
from reporting.charts.over_time import Line, Trend, every_period


def show(view: PlanView) -> None:
    """The split chart, its table, and what the figures say of it by chance and by size; nothing before the end."""
    if view.effect is None:
        return
    if chart := chart_of(view, place=our_place()):
        st.vega_lite_chart(spec(chart), alt=stretches_alt(view.measure, chart), theme=None, width="stretch")
    tables.stretches(view.effect, view.measure).show()
    st.write(plain(view.effect.in_words))
    st.write(f"The figures say: **{plain(view.effect.verdict.in_words.lower())}**.")


def chart_of(view: PlanView, *, place: str) -> Trend | None:
    """The measure's line cut where the plan began and ended, with the average of each stretch; nothing without figures
    to draw, or before it ended. Of figures that add up over a year each period's own part is drawn."""
    effect, plan, measure = view.effect, view.plan, view.measure
    known = dict(parts(measure, numbers(measure, view.paths[0].off.series.figures)))
    if effect is None or plan.ended_at is None or not known:
        return None
    first = effect.before.first if effect.before else min(known)
    shown = [period for period in known if period.start >= first.start and period.months == first.months]
    if not shown:
        return None
    stretches = [("Before", effect.before), ("During", effect.during), ("After", effect.after)]
    return Trend(
        periods=every_period(shown[0], shown[-1]),
        lines=(
            Line(name=place, numbers=rounded(measure, shown, known)),
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
        marks=(
            Mark(on=plan.opened_at.date(), words="Plan begins", anew=False),
            Mark(on=plan.ended_at.date(), words="Plan ends", anew=False),
        ),
    )  # fmt: skip
