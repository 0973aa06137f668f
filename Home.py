"""Golden Thread: opens the database, signs people in, and shows where each page sits in the cycle."""

import streamlit as st

from components.frame import address, navigation, opened, page, sign_in
from components.frame.header import drawn as header
from components.parts.markup import plain
from cycle.ground import opening
from cycle.ground.access import Arrival

arrival: Arrival | None = None
try:
    opened.open_once()
    arrival = sign_in.arrive()
    user = arrival.user
except opening.NotReadyError as fault:
    user, problem = None, str(fault)

menu = st.navigation(navigation.streamlit_pages(), position="hidden")
if arrival is not None and user is not None and not user.must_change_password:
    with sign_in.arrived(arrival):
        try:
            menu.run()
        except address.NothingThereError as nothing:
            page.say_nothing_there(nothing)
    st.stop()

st.set_page_config(page_title="Golden Thread", layout="wide")
page.show_style()
if arrival is None:
    st.title("Sorry, there is a problem with the service", anchor=False)
    st.write(plain(problem))
elif user is None:
    header.show_brand(arrival.council)
    sign_in.show_form(arrival.council)
else:
    header.show_brand(arrival.council)
    sign_in.show_new_password_form(user)
