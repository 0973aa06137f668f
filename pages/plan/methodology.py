"""Plan: document a measure."""

import streamlit as st

from components import page
from performance.people import Permission

user = page.start("Document a measure", needs=Permission.VIEW_SCORECARDS)
st.title("Document a measure", anchor=False)
