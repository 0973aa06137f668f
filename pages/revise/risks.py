"""Revise: the risk register: the matrix, what moved since the quarter began, and each risk, the highest first."""

import streamlit as st

from components import notice, page, risk_form, risk_list, risk_matrix
from cycle import risking
from performance.people import Permission

user = page.start("Risks", needs=Permission.VIEW_RISKS)
st.title("Risks", anchor=False)
notice.show()
register = risking.list_register(by=user)
entries = risk_list.narrow(register)
risk_matrix.show(entries, risk_list.which())
risk_list.show_movements(entries, register)
new = risk_form.ask_new(register)
try:
    if new:
        code = risking.add_risk(new, by=user)
        notice.keep(f"{code} is on the register.", empties=risk_form.FORM)
        st.rerun()
except risking.RiskError as refusal:
    page.refuse(refusal)
st.header("The register", anchor=False)
risk_list.show(entries, register)
