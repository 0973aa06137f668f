"""Admin: set up the council."""

import streamlit as st

from components import page
from performance.people import Permission

user = page.start("Set up the council", needs=Permission.MAINTAIN_REGISTER)
st.title("Set up the council", anchor=False)
