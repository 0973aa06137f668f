"""Plan: my golden thread."""

import streamlit as st

from components import page
from performance.people import Permission

user = page.start("My golden thread", needs=Permission.VIEW_PLAN)
st.title("My golden thread", anchor=False)
