"""Golden Thread: opens the database, signs people in, and shows where each page sits in the cycle."""

import gc

import streamlit as st

from components import navigation, page, sign_in
from cycle import opening


@st.cache_resource(show_spinner="Opening the database")
def open_once() -> bool:
    """Bring the database to this version, once a process; then keep what is loaded out of garbage collection."""
    opening.open_database()
    gc.collect()
    gc.freeze()
    return True


st.set_page_config(page_title="Golden Thread", layout="wide")
# Before anything that can fail: until this has run once, Streamlit would look for pages by itself.
menu = st.navigation(navigation.streamlit_pages(None), position="top")
try:
    open_once()
except opening.NotReadyError as fault:
    page.show_style()
    st.title("Sorry, there is a problem with the service", anchor=False)
    st.write(str(fault))
    st.stop()

user = sign_in.current_user()
sign_in.keep_cookie()
if user is None:
    page.show_style()
    sign_in.show_form()
elif user.must_change_password:
    page.show_style()
    sign_in.show_new_password_form(user)
else:
    st.navigation(navigation.streamlit_pages(user), position="top").run()
