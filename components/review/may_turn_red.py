"""Ambers by how likely they are to turn red, where red begins, and how forecasts held so far."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from html import escape
from time import monotonic
from weakref import WeakKeyDictionary

import streamlit as st

from components.frame import known, navigation
from components.parts import html_table
from components.parts.html_table import Cell, Column, Html
from components.parts.markup import plain
from components.parts.words import on_page
from cycle.ground.batches import in_batches
from cycle.review.may_turn_red import Amber, Ambers
from cycle.revise.recovery.view import PlanSummary
from performance.ground.measures import Measure
from performance.ground.periods import day_in_words
from performance.review.ahead.backtest import Tried, together

TryOut = Callable[[Sequence[Measure]], Mapping[str, Tried]]
_SLICE, _AT_A_TIME = 1.0, 2  # seconds; measures, each of which is forecast up to two dozen times
# Worked out once for each list that is kept, and gone with it.
_tried: WeakKeyDictionary[Ambers, Tried] = WeakKeyDictionary()
_ASSUMED = " The target is today's: none is agreed for then."


def summary(found: Ambers) -> None:
    """How many, and the first of them."""
    if not found.ambers:
        st.write(plain(f"{found.scope.name}: no measure is amber at its latest figure."))
        return
    said = f"{found.scope.name}: {len(found.ambers)} measures are amber at their latest figure."
    if len(found.ambers) == 1:
        said = f"{found.scope.name}: one measure is amber at its latest figure."
    first = found.ranked[0] if found.ranked else None
    if first and first.turning:
        when = first.turning.period.in_words
        chance = first.turning.chance_in_words.lower()
        said += f" The likeliest to turn red is {first.line.measure.title}: {chance} chance by {when}."
    st.write(plain(said))


def table(found: Ambers, planned: Mapping[str, PlanSummary] | None, at: datetime | None) -> None:
    """Each amber with its chance of being red a quarter on, where red begins, and what is being done; those
    that cannot be told last. `planned` are open recovery plans by measure, for those who may see them."""
    if not found.ambers:
        return
    columns = [
        Column(title="Measure"), Column(title="Now"), Column(title="Chance of red"),
        Column(title="By"), Column(title="Where red begins, and what is expected"), Column(title="What is being done"),
    ]  # fmt: skip
    on_page.explain("Chance of red", "Tolerance", "Forecast")
    rows = [_row(each, planned or {}, at) for each in (*found.ranked, *found.unknown)]
    html_table.plain("Ambers, the likeliest to turn red first", columns, rows)


def trust(found: Ambers, already: TryOut, try_out: TryOut) -> None:
    """How often the interval held where figures were held back: worked out here and now, a few measures at a time.

    `already` is asked first, for what was worked out before.
    """
    st.header("How far to trust these forecasts", anchor=False)
    st.write(
        "Each forecast is made again from what was known up to a year ago, and held against the figures that came"
        " since. Of every ten such figures, eight should lie within the interval."
    )
    if found in _tried:
        st.write(plain(f"{_tried[found].in_words}."))
    else:
        _try_on(found, already, try_out)


@st.fragment(run_every=0.5)
def _try_on(found: Ambers, already: TryOut, try_out: TryOut) -> None:
    """A second's worth at a time, so that the page can be read and left meanwhile; what is done stays done."""
    until, every = monotonic() + _SLICE, dict(already(found.measures))
    for few in in_batches([each for each in found.measures if each.code not in every], _AT_A_TIME):
        if monotonic() > until:
            break
        every |= try_out(few)
    if len(every) == len(found.measures):
        _tried[found] = together(every.values())
        st.rerun()
    share = len(every) / len(found.measures)
    st.progress(share, text=f"Trying out {len(every)} of {len(found.measures)} measures")


def _row(amber: Amber, planned: Mapping[str, PlanSummary], at: datetime | None) -> list[Cell]:
    shown = {"measure": amber.line.measure.code, "period": amber.line.own_period.iso} | known.query(at)
    title = Html(navigation.link("One measure", escape(amber.line.measure.title), **shown))
    return [title, *_likelihood(amber), _done_about(amber, planned.get(amber.line.measure.code))]


def _done_about(amber: Amber, plan: PlanSummary | None) -> Html:
    """Its recovery plan and its actions in the plan, each with how it stands, and what its service says it will do."""
    said = []
    if plan is not None:
        words = escape(f"Recovery plan {plan.plan.reference}")
        stands = plan.course.course.in_words.lower() if plan.plan.agreed_by else "drafted"
        said.append(f"{navigation.link('One recovery plan', words, plan=plan.plan.reference)}: {escape(stands)}")
    for action in amber.actions:
        ends = f", by {day_in_words(action.ends_on)}" if action.ends_on else ""
        who = f" ({action.responsible_role or 'nobody named'}{ends})"
        said.append(escape(f"{action.action}{who}: {action.stands_in_words.lower()}"))
    if amber.said.what_next:
        said.append(escape(f"{amber.said.next_in_words}: said with the figure"))
    return Html("<br>".join(said) or "Nothing is recorded")


def _likelihood(amber: Amber) -> list[Cell]:
    line, said = amber.line, amber.turning
    measure, real = line.measure, amber.variation
    changed = f"; {real.kind_in_words}" if real and real.is_special else ""
    now = f"{measure.print_value(line.value)} ({line.period.short}{line.against_target}){changed}"
    if said is None:
        return [now, "Cannot be told", "–", f"{amber.why_unknown}."]
    stops = said.red_in_words(measure) + "." + (_ASSUMED if said.target_is_assumed else "")
    return [now, said.chance_in_words, said.period.in_words, stops]
