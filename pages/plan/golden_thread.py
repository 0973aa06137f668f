"""Plan: golden thread."""

import streamlit as st

from components import page
from performance.people import Permission

user = page.start("Golden thread", needs=Permission.VIEW_PLAN)
st.title("Golden thread", anchor=False)
