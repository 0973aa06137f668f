"""Revise: one risk with its scores and its history; looked at again, worded anew, or closed."""

import streamlit as st

from components.frame import notice, page
from components.parts.markup import plain
from components.revise.risks import form, shown
from cycle.revise import risks
from performance.ground.organisation import Action
from performance.ground.people import Permission

user = page.start("One risk", needs=Permission.VIEW_RISKS)
try:
    view = risks.get_risk(shown.asked(), by=user)
except risks.RiskError as nothing:
    st.title("Risk", anchor=False)
    st.info(plain(str(nothing)))
    st.page_link("pages/revise/risks.py", label="The risk register")
    st.stop()

entry = view.entry
page.title(f"{entry.code}: {entry.risk.title}")
notice.show()
shown.show(view)
shown.show_mitigations(view)
try:
    match form.ask(view):
        case form.Reviewed(score=score, reason=reason):
            risks.review_risk(entry.code, score=score, reason=reason, version=form.begun_on(view), by=user)
            notice.keep("The review is kept, with its reason.", empties=form.of(view))
            st.rerun()
        case form.Reworded(entry=worded, reason=reason):
            risks.change_risk(worded, reason=reason, by=user)
            notice.keep(
                "The risk has its new wording. What it said before stays in its history.", empties=form.of(view)
            )
            st.rerun()
        case Action() as mitigation:
            risks.add_mitigation(entry.code, action=mitigation, version=form.begun_on(view), by=user)
            notice.keep("The action is added. It stands on the return of its service.", empties=form.of(view))
            st.rerun()
        case form.Closed(because=because):
            risks.close_risk(entry.code, because=because, version=form.begun_on(view), by=user)
            notice.keep("The risk is closed. It stays on the register with its history.")
            st.rerun()
except risks.RiskError as refusal:
    form.told(view)
    page.refuse(refusal)
shown.show_history(view)
