"""Plan: plan on a page."""

import streamlit as st

from components import page
from performance.people import Permission

user = page.start("Plan on a page", needs=Permission.VIEW_PLAN)
st.title("Plan on a page", anchor=False)
