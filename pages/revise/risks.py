"""Revise: the risk register: the matrix, what moved since the quarter began, and each risk, the highest first."""

import streamlit as st

from components.frame import notice, page
from components.revise.risks import form, listed, matrix
from cycle.revise import risks
from performance.ground.people import Permission

user = page.start("Risks", needs=Permission.VIEW_RISKS)
st.title("Risks", anchor=False)
notice.show()
register = risks.list_register(by=user)
entries = listed.narrow(register)
matrix.show(entries, listed.which())
listed.show_movements(entries, register)
new = form.ask_new(register)
try:
    if new:
        code = risks.add_risk(new, by=user)
        notice.keep(f"{code} is on the register.", empties=form.FORM)
        st.rerun()
except risks.RiskError as refusal:
    page.refuse(refusal)
st.header("The register", anchor=False)
listed.show(entries, register)
