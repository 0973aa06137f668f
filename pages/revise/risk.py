"""Revise: one risk with its scores and its history; looked at again, worded anew, or closed."""

import streamlit as st

from components import notice, page, risk_form, risk_view
from components.markup import plain
from cycle import risking
from performance.organisation import Action
from performance.people import Permission

user = page.start("One risk", needs=Permission.VIEW_RISKS)
try:
    view = risking.get_risk(risk_view.asked(), by=user)
except risking.RiskError as nothing:
    st.title("Risk", anchor=False)
    st.info(plain(str(nothing)))
    st.page_link("pages/revise/risks.py", label="The risk register")
    st.stop()

entry = view.entry
page.title(f"{entry.code}: {entry.risk.title}")
notice.show()
risk_view.show(view)
risk_view.show_mitigations(view)
try:
    match risk_form.ask(view):
        case risk_form.Reviewed(score=score, reason=reason):
            risking.review_risk(entry.code, score=score, reason=reason, version=entry.version, by=user)
            notice.keep("The review is kept, with its reason.")
            st.rerun()
        case risk_form.Reworded(entry=worded, reason=reason):
            risking.change_risk(worded, reason=reason, by=user)
            notice.keep("The risk has its new wording. What it said before stays in its history.")
            st.rerun()
        case Action() as mitigation:
            risking.add_mitigation(entry.code, action=mitigation, version=entry.version, by=user)
            notice.keep("The action is added. It stands on the return of its service.")
            st.rerun()
        case risk_form.Closed(because=because):
            risking.close_risk(entry.code, because=because, version=entry.version, by=user)
            notice.keep("The risk is closed. It stays on the register with its history.")
            st.rerun()
except risking.RiskError as refusal:
    page.refuse(refusal)
risk_view.show_history(view)
