"""What is chosen on the map of the wards beside measure, period and ward: the colours, and a period to compare with."""

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from components.frame import known, navigation, pick
from components.parts.markup import plain
from components.review.wards import webgl
from components.review.wards.classes import Colouring, why_not_compared
from cycle.ground.series.warding import WardMap
from performance.ground.periods import Period


def colouring(found: WardMap) -> Colouring:
    """By value or compared with the council; where nothing can be compared, why.

    A map of counts shows first of all where most people live, so it opens compared by residents.
    """
    if not found.is_compared:
        st.caption(plain(why_not_compared(found)))
        return Colouring.VALUE
    ways = list(Colouring) if found.measure.is_ratio else [Colouring.COMPARED, Colouring.VALUE]
    return Colouring(pick.one("Colour by", ways, name="colour", words=lambda each: Colouring(each).in_words))


def is_drawn() -> bool:
    """Whether the map is shown as a drawing: always where the browser cannot do otherwise, else by choice."""
    kinds = {"zoom": "Can be zoomed", "drawn": "Drawing"}
    if webgl.is_missing():
        st.caption("The map is a drawing: this browser cannot show the one that can be zoomed (it has no WebGL).")
        return True
    chosen = pick.one("Map", kinds, name="map", words=kinds.__getitem__)
    webgl.ask()
    return chosen == "drawn"


def before(periods: Sequence[Period], shown: Period) -> Period | None:
    """Another period to set beside the one shown, or none."""
    others = [each for each in periods if each != shown]
    return pick.other_period("Change since", others, name="before", none="Show this period alone")


def profile_link(ward: str, at: datetime | None) -> None:
    """The way to all that is known of the ward, at the same moment."""
    entry = navigation.find_entry("Ward profile")
    query = {"ward": ward, **known.query(at)}
    st.page_link(entry.file, label="Open the profile of this ward", query_params=query)
