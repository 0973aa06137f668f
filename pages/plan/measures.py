"""Plan: the register of measures, each with its owner, its method and its health, and those worth giving up."""

import streamlit as st

from components.frame import notice, page
from components.plan.measures import adding, listed
from cycle.do.files import importing
from cycle.plan import register
from intake.setup.setup_measures import read_typed
from performance.ground.people import Permission
from reporting.tables import rows

user = page.start("Measures", needs=Permission.VIEW_SCORECARDS)
above = st.container()
st.title("Measures", anchor=False)
notice.show()
view = register.list_register(by=user)
lines = listed.choose(view) if view.lines else []
listed.open_one(lines)
listed.show(lines)
sheet = register.register_sheet(by=user)
adding.offer_files(lambda: rows.write_csv(sheet.columns, sheet.rows), may_import=user.may(Permission.MAINTAIN_REGISTER))
if user.may(Permission.DOCUMENT_MEASURES):
    listed.cull(view, lines)

typed = adding.ask(view) if user.may(Permission.MAINTAIN_REGISTER) else None
try:
    if typed:
        measure, faults = read_typed(typed, known=importing.list_known())
        if faults:
            raise register.RegisterRefusedError(faults)
        register.add_measure(measure, by=user)
        adding.done()
        notice.keep(f"{measure.title} is in the register. Write its methodology next.")
        st.switch_page("pages/plan/methodology.py", query_params={"measure": measure.code})
except register.RegisterRefusedError as refusal:
    with above:
        adding.refuse(refusal.problems)
