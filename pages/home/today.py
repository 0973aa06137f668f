"""Home: what is due from you, what changed, what is red."""

import streamlit as st

from components import page
from performance.people import Permission

user = page.start("Home", needs=Permission.SIGN_IN)

st.title(f"Welcome, {user.name}", anchor=False)
