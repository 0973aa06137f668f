"""Admin: the BI team and the administrator read who did what, and verify that the record is whole."""

import streamlit as st

from components.admin import audit_ask, audit_table
from components.frame import page
from cycle.admin import audit
from performance.ground.people import Permission

user = page.start("Audit trail", needs=Permission.VIEW_AUDIT)

st.title("Audit trail", anchor=False)
everything = audit.trail(audit.AuditQuery(), by=user)
if not everything.count:
    st.info("Nothing has been done yet. Every change will be listed here, with who made it and when.")
    st.stop()

audit_table.seal(everything)
if st.button("Verify the whole record again", key="verify_audit"):
    audit_table.verified(audit.verify(by=user))
query = audit_ask.ask(everything)
found = audit.trail(query, by=user)
audit_table.show(found)
audit_ask.go_on(query, found)
audit_ask.take_away(query, by=user)
