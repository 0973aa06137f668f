"""Why a number is hidden, in a sentence anyone understands; it reads alike whether the number is small or not."""

import streamlit as st

from components.frame import sign_in
from components.frame.page import our_place
from components.parts.markup import plain
from performance.ground.figures import Series
from performance.ground.values import Absence

_MOST_NAMED = 3
_BY_ITS_SOURCE = "hidden by whoever publishes the figure, to protect people."


def why_ward() -> str:
    """Of any ward that is hidden: never whether its own number is the small one."""
    if not _few():
        return _BY_ITS_SOURCE
    return (
        f"hidden to protect people. {_few()} in a ward could be recognised, so such numbers are not shown. Others are "
        f"hidden with them, so that nobody can work one out from the total for {our_place()}, from another period or "
        "from another measure. A hidden number need not be a small one."
    )


def why_whole() -> str:
    """Of the council's own number, where it would give a ward's away."""
    if not _few():
        return _BY_ITS_SOURCE
    return (
        f"hidden to protect people. {_few()} in a ward could be recognised, and so few are counted here that the total "
        "would give such a number away."
    )


def show_which(series: Series) -> None:
    """Beside a chart, which leaves them out: of which periods the council's own figure is hidden, and why."""
    if named := withheld(series):
        st.caption(plain(f"{named}: {why_whole()}"))


def withheld(series: Series) -> str:
    """The newest periods of which the council's own figure is hidden; empty where none is."""
    found = [
        period
        for period, figure in sorted(series.figures.items(), reverse=True)
        if figure.absence is Absence.SUPPRESSED and figure.recorded_at is None
    ]
    more = f" and {len(found) - _MOST_NAMED} earlier" if len(found) > _MOST_NAMED else ""
    return ", ".join(each.in_words for each in found[:_MOST_NAMED]) + more


def _few() -> str:
    """How few people are too few to be shown; empty where this council hides no number for being small."""
    most = int(sign_in.arrive().council["small_number_threshold"]) - 1
    if most < 1:
        return ""
    return f"From 1 to {most} people" if most > 1 else "A single person"
