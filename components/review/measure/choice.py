"""Which measure, and the period it is read at: what the address names, else the newest; a newer one is said."""

from collections.abc import Callable, Mapping
from datetime import datetime

import streamlit as st

from components.frame import address, known, navigation
from components.frame import pick as picks
from components.parts.markup import plain
from cycle.review.one_measure import MeasurePage
from cycle.review.readings import NoSuchPeriodError
from performance.ground.measures import Measure
from performance.ground.periods import Period

_NAME = "period"


def one(measures: Mapping[str, Measure]) -> str:
    """The code of the measure. What was chosen for one says nothing of the next. Raises NothingThereError."""
    titles = {code: f"{measure.title} ({code})" for code, measure in measures.items()}
    return picks.one("Measure", titles, name="measure", words=titles.__getitem__, clears=(_NAME, "number"))


def at_period(read: Callable[[Period | None], MeasurePage]) -> MeasurePage:
    """The measure at the period that is chosen. Raises NothingThereError where it never reported on it."""
    asked = address.period(lambda _: True, name=_NAME, label="Period")
    try:
        found = read(asked)
    except NoSuchPeriodError as nothing:
        address.refuse(str(nothing), _NAME)
        found = read(None)
    picks.period("Period", found.periods, name=_NAME, first=found.line.period)
    return found


def say(page: MeasurePage, at: datetime | None) -> None:
    """That it is the past that is shown, or that something newer has come in, with the way there."""
    known.say(at)
    if page.newer is None:
        return
    with st.container(horizontal=True, vertical_alignment="center"):
        st.html(f'<p class="banner" role="status">Read at the end of {page.line.period.in_words}.</p>')
        st.page_link(
            navigation.find_entry("One measure").file, label=plain(f"See {page.newer.in_words}, the newest"),
            query_params={"measure": page.measure.code} | known.query(at),
        )  # fmt: skip
