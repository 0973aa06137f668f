"""Golden Thread: opens the database, signs people in, and shows where each page sits in the cycle."""

import gc

import streamlit as st

from components import navigation, page, sign_in
from cycle import opening
from cycle.access import Arrival


@st.cache_resource(show_spinner="Opening the database")
def open_once() -> bool:
    """Bring the database to this version, once a process; then keep what is loaded out of garbage collection."""
    opening.open_database()
    gc.collect()
    gc.freeze()
    return True


arrival: Arrival | None = None
try:
    open_once()
    arrival = sign_in.arrive()
    user = arrival.user
except opening.NotReadyError as fault:
    user, problem = None, str(fault)

menu = st.navigation(navigation.streamlit_pages(user), position="top")
sign_in.keep_cookie()
if arrival is not None and user is not None and not user.must_change_password:
    with sign_in.arrived(arrival):
        menu.run()
    st.stop()

st.set_page_config(page_title="Golden Thread", layout="wide")
page.show_style()
if arrival is None:
    st.title("Sorry, there is a problem with the service", anchor=False)
    st.write(problem)
elif user is None:
    sign_in.show_form(arrival.council)
else:
    sign_in.show_new_password_form(user)
