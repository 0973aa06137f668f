"""A file being read in the background: how far it is, and the button to call it off."""

from collections.abc import Callable

import streamlit as st

from cycle.do.files.reading import Reading
from cycle.do.files.uploads import Given
from performance.ground.people import User

_READING, _OF = "upload_reading", "upload_reading_of"
_SOON = 1.5  # seconds that a small file may take before progress is shown


def of(given: Given, begin: Callable[..., Reading], *, by: User) -> Reading:
    """The reading of what was handed in: begun once, and found again at every run of the page."""
    if st.session_state.get(_OF) != given:
        stop()
        st.session_state[_OF], st.session_state[_READING] = given, begin(by=by)
    reading: Reading = st.session_state[_READING]
    return reading


def stop() -> None:
    """Call off what is being read, if anything is."""
    reading: Reading | None = st.session_state.pop(_READING, None)
    st.session_state.pop(_OF, None)
    if reading is not None:
        reading.call_off()


def wait(reading: Reading, *, cancelled: Callable[[], None]) -> None:
    """Draw how far it is until it is over; then the page is drawn anew. Ends the run while it is not.

    That it was called off is known to the reading itself, so that no run which the next one overtakes forgets it: what
    was handed in is put away first, and only then the reading, or it would begin again.
    """
    if reading.is_called_off:
        cancelled()
        stop()
        st.rerun()
    if reading.wait(_SOON):
        return
    _poll(reading)
    st.stop()


@st.fragment(run_every=0.5)
def _poll(reading: Reading) -> None:
    if reading.is_over or reading.is_called_off:
        st.rerun()
    progress = reading.progress
    st.html('<p role="status" style="margin:0">Reading the file. Nothing is written.</p>')
    st.progress(progress.share, text=progress.words)
    st.button("Cancel", key="upload_cancel", on_click=reading.call_off)
