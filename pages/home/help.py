"""Help: what a person does here step by step, questions and answers, and the words that the app uses."""

import streamlit as st

from components.frame import page
from components.home.help import shown, tour
from performance.ground.people import Permission

user = page.start("Help", needs=Permission.SIGN_IN)

st.title("Help", anchor=False)
tour.offer_again(by=user)
shown.show(user)
