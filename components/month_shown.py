"""The period of a scorecard: what the address names, else the newest month with most of the figures in, and why."""

from datetime import datetime

import streamlit as st

from components import pick as picks
from cycle import review
from performance.people import User
from performance.periods import Period

_NAME = "period"


def pick(at: datetime | None, *, by: User) -> Period:
    """The period that is chosen, or that the scorecard opens on."""
    first = review.opening_month(as_known_at=at, by=by).chosen.period
    return picks.period("Period", review.list_periods(as_known_at=at, by=by), name=_NAME, first=first)


def say(period: Period, at: datetime | None, *, by: User) -> None:
    """Why it is not the newest month, where nobody has chosen it."""
    opened = review.opening_month(as_known_at=at, by=by)
    if _NAME not in st.query_params and period == opened.chosen.period and opened.in_words:
        st.write(opened.in_words)
