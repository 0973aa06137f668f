"""A measure by ward in two periods side by side, in the same classes; old and new wards are never mixed."""

import streamlit as st

from components.parts.markup import plain
from components.review.wards import table, ward_map
from components.review.wards.classes import Colouring
from cycle.ground.series.warding import WardMap


def show(now: WardMap, then: WardMap, *, chosen: str, by: Colouring, is_drawn: bool) -> None:
    """Both maps, the earlier first, and the table of what changed."""
    first, second = sorted((now, then), key=lambda each: (each.period.end, each.period.months))
    st.header(plain(f"{first.period.in_words} and {second.period.in_words}"), anchor=False)
    if not now.has_the_wards_of(then):
        st.info(
            plain(
                f"The wards of {first.period.in_words} are not those of {second.period.in_words}: their boundaries"
                " were drawn anew in between. A ward cannot be compared with another that has its name, so no change"
                " is shown."
            )
        )
        return
    for column, each in zip(st.columns(2), (first, second), strict=True):
        with column:
            st.subheader(plain(each.period.in_words), anchor=False)
            ward_map.show(each, chosen=chosen, by=by, is_drawn=is_drawn)
    table.show_change(second, first)
