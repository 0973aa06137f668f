"""Do: what was submitted, its reference and what happens next; a bookmark of it opens for good."""

import streamlit as st

from components import page, receipt
from cycle import do
from performance.people import Permission

user = page.start("Receipt", needs=Permission.VIEW_SCORECARDS)
try:
    given = do.get_receipt(st.query_params.get("key", ""), by=user)
except do.ReceiptNotFoundError as fault:
    st.title("Receipt", anchor=False)
    st.info(str(fault))
    st.stop()

st.title("Figures submitted", anchor=False)
receipt.show(given)
st.header(f"{given.period.in_words} figures as submitted", anchor=False)
receipt.show_figures(given)
where = {"unit": given.unit_code, "period": given.period.iso}
st.page_link("pages/review/scorecard.py", label=f"Scorecard of {given.unit_name}", query_params=where)
st.page_link("pages/do/my_return.py", label="Back to the return", query_params=where)
