"""The period of a scorecard: what the address names, else the newest month with most of the figures in, and why."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from components.frame import pick as picks
from components.parts.markup import plain
from cycle.review import readings
from performance.ground.people import User
from performance.ground.periods import Period

_NAME = "period"


def pick(at: datetime | None, *, by: User) -> Period:
    """The period that is chosen, or that the scorecard opens on."""
    return _pick(at, {}, by) or readings.opening_month(as_known_at=at, by=by).chosen.period


def pick_or_now(at: datetime | None, *, by: User) -> Period | None:
    """The same; or None for now, where each measure stands at its newest figure."""
    return _pick(at, {"now": "Now, each at its newest figure"}, by)


def _pick(at: datetime | None, besides: dict[str, str], by: User) -> Period | None:
    first = readings.opening_month(as_known_at=at, by=by).chosen.period
    offered = readings.list_periods(as_known_at=at, by=by)
    newest, lengths = max(each.end for each in offered), {each.months for each in offered}
    # More are drawn than are offered: a link stays true when its period is no longer among the latest.
    return picks.period_or(
        besides, "Period", offered, name=_NAME, first=first,
        takes=lambda each: each.months in lengths and each.end <= newest,
    )  # fmt: skip


def pick_month(months: Sequence[Period]) -> Period:
    """One of the months; a link may name an earlier one. Raises NothingThereError."""
    newest = max(each.end for each in months)
    return picks.period("Month", months, name=_NAME, takes=lambda each: each.months == 1 and each.end <= newest)


def say(period: Period | None, at: datetime | None, *, by: User) -> None:
    """Why it is not the newest month, where nobody has chosen it."""
    opened = readings.opening_month(as_known_at=at, by=by)
    if _NAME not in st.query_params and period == opened.chosen.period and opened.in_words:
        st.write(plain(opened.in_words))
