"""Plan: next year's plan."""

import streamlit as st

from components import page
from performance.people import Permission

user = page.start("Next year's plan", needs=Permission.REFRESH_PLAN)
st.title("Next year's plan", anchor=False)
