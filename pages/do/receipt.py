"""Do: what was submitted and what has become of it; a bookmark of it opens for good."""

import streamlit as st

from components.do import actions, receipt
from components.frame import navigation, page
from components.parts.markup import plain
from cycle.do import delivery, receipts, returns
from performance.ground.people import Permission

user = page.start("Receipt", needs=Permission.READ_RETURNS)
try:
    found = receipts.receipt(st.query_params.get("key", ""), by=user)
except returns.ReceiptNotFoundError as fault:
    st.title("Receipt", anchor=False)
    st.info(plain(str(fault)))
    st.page_link(navigation.find_entry("Home").file, label="Go to Home")
    st.stop()

given = found.receipt
st.title("Figures submitted", anchor=False)
receipt.show(found)
receipt.show_next(found)
st.header(plain(f"{given.period.in_words} figures as submitted"), anchor=False)
receipt.show_figures(given)
actions.show_said(delivery.delivery(given.unit_code, given.period, by=user))
st.header("Where to go from here", anchor=False)
receipt.show_links(found)
