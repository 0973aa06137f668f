"""The database, brought to this version once a process, before anything is drawn.

Stands in a module of its own: in Home.py, which runs anew on every click, making the cache would cost more than
asking it.
"""

import gc

import streamlit as st

from cycle.ground import opening


@st.cache_resource(show_spinner="Opening the database")
def open_once() -> bool:
    """Migrate; then keep what is loaded out of garbage collection. Raises NotReadyError."""
    opening.open_database()
    gc.collect()
    gc.freeze()
    return True
