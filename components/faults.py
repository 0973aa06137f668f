"""What a person sees when something went wrong that no page expected: a sentence, never a traceback."""

import logging

import streamlit as st

from cycle.access import SignedOutError
from performance.people import NotAllowedError

log = logging.getLogger(__name__)


def show(fault: Exception) -> bool:
    """Say what happened and what to do; True tells Streamlit that it has been said."""
    if isinstance(fault, NotAllowedError | SignedOutError):
        st.warning(str(fault))
        return True
    log.error("A page failed", exc_info=fault)
    st.error(
        "Sorry, there is a problem with the service. What you saved before is safe. "
        "Try again in a minute; if it goes on, ask the BI team."
    )
    return True
