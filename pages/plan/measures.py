"""Plan: the register of measures, each with its owner, its method and its health, and those worth giving up."""

import streamlit as st

from components import measure_adding, notice, page, register_list
from cycle import importing, register
from intake.setup_measures import read_typed
from performance.people import Permission
from reporting import rows

user = page.start("Measures", needs=Permission.VIEW_SCORECARDS)
above = st.container()
st.title("Measures", anchor=False)
notice.show()
view = register.list_register(by=user)
lines = register_list.choose(view) if view.lines else []
register_list.open_one(lines)
register_list.show(lines)
sheet = register.register_sheet(by=user)
measure_adding.offer_files(
    lambda: rows.write_csv(sheet.columns, sheet.rows), may_import=user.may(Permission.MAINTAIN_REGISTER)
)
if user.may(Permission.DOCUMENT_MEASURES):
    register_list.cull(view, lines)

typed = measure_adding.ask(view) if user.may(Permission.MAINTAIN_REGISTER) else None
try:
    if typed:
        measure, faults = read_typed(typed, known=importing.list_known())
        if faults:
            raise register.RegisterRefusedError(faults)
        register.add_measure(measure, by=user)
        measure_adding.done()
        notice.keep(f"{measure.title} is in the register. Write its methodology next.")
        st.switch_page("pages/plan/methodology.py", query_params={"measure": measure.code})
except register.RegisterRefusedError as refusal:
    with above:
        measure_adding.refuse(refusal.problems)
