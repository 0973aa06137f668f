"""How a part of a report stood as its boxes were first drawn: by that it is told whether somebody changed it since.

Boxes keep what is typed in them from run to run, whatever is stored meanwhile, and are new when the page is come to
again; so is what was seen.
"""

import streamlit as st

from components.frame import address
from components.parts import afresh
from performance.report.annual_changes import Touched


def seen(part: str, about: str, now: Touched) -> Touched:
    """As it stood then; now, where the boxes are new."""
    found: tuple[int, Touched] | None = st.session_state.get(_name(part, about))
    if found is None or found[0] != address.visit():
        renew(part, about, now)
        return now
    return found[1]


def renew(part: str, about: str, now: Touched) -> None:
    """Whoever is at the boxes has been shown how it stands now."""
    st.session_state[_name(part, about)] = (address.visit(), now)


def _name(part: str, about: str) -> str:
    return afresh.key(f"seen-{part}", about)
