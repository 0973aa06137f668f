"""Lists whose every line leads to the page where the person can act on it."""

from collections.abc import Iterable

import streamlit as st

from components import navigation
from cycle.home import Change
from cycle.returning import Owed, Waiting
from performance.people import User
from performance.periods import day_in_words
from performance.scorecard import ScorecardLine

MOST, MOST_OWED = 12, 4


def owed(returns: Iterable[Owed]) -> None:
    """Returns to enter, newest first, each with its state and its day; of the older ones, how many."""
    drawn = list(returns)
    for each in drawn[:MOST_OWED]:
        _link(
            "My return",
            f"{each.unit.name}, {each.period.in_words}: {each.in_words}",
            f"On time by {day_in_words(each.due_on)}",
            unit=each.unit.code,
            period=each.period.iso,
        )
    if len(drawn) > MOST_OWED:
        st.caption(f"And {len(drawn) - MOST_OWED} earlier, to choose on the page of the return.")


def waiting(returns: Iterable[Waiting]) -> None:
    """Returns to sign off."""
    for each in returns:
        stored = each.stored
        _link(
            "Sign-off",
            f"{each.unit.name}, {stored.period.in_words}",
            f"Submitted by {each.submitted_by}",
            unit=stored.unit_code,
            period=stored.period.iso,
        )


def red(lines: Iterable[ScorecardLine], *, where: str) -> None:
    """Red measures with figure and target, each leading to its page."""
    drawn = list(lines)
    if not drawn:
        st.write(f"No measure of {where} is red.")
    for line in drawn[:MOST]:
        _measure_link(line, f"{line.rag.shape} {line.rag.in_words}: {_figure(line)}")
    _rest(len(drawn))


def changed(changes: Iterable[Change], *, where: str) -> None:
    """Measures whose rating moved, from what to what."""
    drawn = list(changes)
    if not drawn:
        st.write(f"No rating of {where} has moved since the figure before.")
    for each in drawn[:MOST]:
        _measure_link(each.line, f"{each.before.in_words} to {each.line.rag.in_words}: {_figure(each.line)}")
    _rest(len(drawn))


def open_pages(user: User) -> None:
    """The pages a person may open, besides this one."""
    for entry in navigation.PAGES:
        if entry.linked and entry.stage != "Home" and user.may(entry.needs):
            st.page_link(entry.file, label=f"{entry.stage}: {entry.title}")


def _figure(line: ScorecardLine) -> str:
    measure = line.measure
    against = f", target {measure.print_target(line.target.number)}" if line.target and line.target.number else ""
    return f"{measure.print_value(line.value)}{against} ({line.period.short})"


def _measure_link(line: ScorecardLine, detail: str) -> None:
    _link("One measure", line.measure.title, detail, measure=line.measure.code)


def _link(page: str, label: str, detail: str, **query: str) -> None:
    with st.container(gap=None):
        st.page_link(navigation.find_entry(page).file, label=label, query_params=query)
        st.caption(detail)


def _rest(number: int) -> None:
    if number > MOST:
        st.page_link(navigation.find_entry("Scorecard").file, label=f"All {number} on the scorecard")
