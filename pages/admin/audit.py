"""Admin: the BI team and the administrator read who did what, and verify that the record is whole."""

import streamlit as st

from components import audit_table, page
from components.markup import plain
from cycle import administer
from performance.people import Permission

user = page.start("Audit trail", needs=Permission.VIEW_AUDIT)

st.title("Audit trail", anchor=False)
report = administer.audit_report(by=user)
if not report.events:
    st.info("Nothing has been done yet. Every change will be listed here, with who made it and when.")
    st.stop()

audit_table.seal(report)
if st.button("Verify the whole record again", key="verify_audit"):
    breaks = administer.verify_chain(by=user)
    st.write(plain(" ".join(breaks) or "Verified just now: every event follows from the one before."))
audit_table.show(report)
