"""A click on a ward of a map chooses it, as the Ward box does: both go into the address, and the box follows."""

from collections.abc import Callable

import streamlit as st

from components.frame import address
from components.review.wards.drawn_map import CLICKED

_TIMES, _CLOSER = "ward_map_drawn", "ward_map_closer"
CLOSEST = 3
"""So often the map may be brought closer; each time what is shown is half as far across."""


def key_of(name: str) -> str:
    """Another one after each click. What is clicked stays selected in the browser otherwise: it would pale all other
    wards, out of the legend's colours, and take a second click on it for letting go."""
    return f"{name}_{st.session_state.get(_TIMES, 0)}"


def draw_anew() -> None:
    """The map begins again, as close as it was brought by its buttons."""
    st.session_state[_TIMES] = st.session_state.get(_TIMES, 0) + 1


def show_all() -> None:
    """The map begins again, with all of the council in sight."""
    st.session_state[_CLOSER] = 0
    draw_anew()


def closer() -> int:
    """How often it was brought closer. The browser tells nobody how far it was zoomed there, so that a click on a ward
    would lose it: what the buttons say is known here."""
    return int(st.session_state.get(_CLOSER, 0))


def bring(by: int) -> None:
    """Closer, or further away again."""
    st.session_state[_CLOSER] = min(max(closer() + by, 0), CLOSEST)
    draw_anew()


def on_map(key: str) -> Callable[[], None]:
    def choose() -> None:
        objects = st.session_state[key].selection.objects.get("wards", [])
        _choose([each["properties"]["code"] for each in objects])

    return choose


def on_drawing(key: str) -> Callable[[], None]:
    def choose() -> None:
        _choose([each["code"] for each in st.session_state[key].selection.get(CLICKED, []) if "code" in each])

    return choose


def _choose(codes: list[str]) -> None:
    # The sea beside the wards may be clicked too. What there is not is refused where the address is read.
    if codes:
        address.keep("ward", str(codes[0]))
        draw_anew()
