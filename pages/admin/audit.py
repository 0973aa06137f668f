"""Admin: the BI team and the administrator read who did what, and see that the record is whole."""

import streamlit as st

from components import page
from cycle import administer
from performance.people import Permission

user = page.start("Audit trail", needs=Permission.VIEW_AUDIT)

st.title("Audit trail", anchor=False)
report = administer.audit_report(by=user)
if not report.events:
    st.info("Nothing has been done yet. Every change will be listed here, with who made it and when.")
    st.stop()
if report.breaks:
    st.error("The record has been tampered with. " + " ".join(report.breaks))
else:
    st.success(f"The record is whole: {report.events[0].sequence:,} events, each chained to the one before.")
    st.write("Keep this seal somewhere else, to prove later that nothing was cut off:")
    st.code(report.last_hash, language=None, wrap_lines=True)
st.table(
    [
        {
            "Event": str(event.sequence),
            "When": f"{event.at:%d %b %Y %H:%M}",
            "Who": event.username,
            "What": event.verb,
            "Of what": event.subject,
        }
        for event in report.events
    ],
    alt="The newest events, newest first",
)
