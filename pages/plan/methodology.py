"""Plan: one measure documented: its method, its health, how it changed, and what may be done to it."""

import streamlit as st

from components.frame import notice, page, pick
from components.plan.measures import fields, method_form, method_view
from cycle.do.files import importing
from cycle.plan import register
from intake.setup.setup_measures import read_typed
from performance.ground.people import Permission
from performance.plan.register_changes import Reworded

user = page.start("Document a measure", needs=Permission.VIEW_SCORECARDS)
above = st.container()
heading = st.empty()
heading.title("Document a measure", anchor=False)
view = register.list_register(by=user)
if not view.lines:
    st.info("There are no measures yet. The BI team adds them on the page Measures.")
    st.stop()

titles = {line.measure.code: f"{line.measure.title} ({line.measure.code})" for line in view.lines}
code = pick.one("Measure", titles, name="measure", words=titles.__getitem__)
found = register.method_page(code, by=user)
page.title(found.line.measure.title, place=heading)
notice.show()
refused = st.container()
method_view.show(found)
asked = method_form.show(found)
method_view.history(found)
try:
    if asked:
        change = asked.change
        if asked.typed is not None:
            measure, faults = read_typed(asked.typed, known=importing.list_known())
            if faults:
                raise register.RegisterRefusedError(faults)
            change = Reworded(fields=fields.fields_of(measure, asked.touched), reason=asked.reason)
        if change:
            notice.keep(register.change_register(code, change, version=asked.version, by=user))
            method_form.done(asked)
            st.rerun()
except register.RegisterRefusedError as refusal:
    with above:
        method_form.refuse(asked, refusal.problems)
except register.RegisterConflictError as conflict:
    page.refuse(conflict, place=refused)
