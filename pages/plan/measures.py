"""Plan: measures."""

import streamlit as st

from components import page
from performance.people import Permission

user = page.start("Measures", needs=Permission.VIEW_SCORECARDS)
st.title("Measures", anchor=False)
