"""Do: a head of service reads a submitted return, exceptions first, and signs it off or asks a question."""

import streamlit as st

from components import page, return_picker, sign_off
from cycle import do
from performance.people import Permission

user = page.start("Sign-off", needs=Permission.APPROVE_RETURNS)
heading = st.empty()
heading.title("Sign-off", anchor=False)
if "decided" in st.session_state:
    st.success(st.session_state.pop("decided"))
waiting = do.list_waiting(by=user)
if not waiting:
    st.info("Nothing waits for your sign-off. You see a return here as soon as a service submits it.")
    st.stop()

unit_code, period = return_picker.choose_waiting(waiting)
view = do.sign_off(unit_code, period, by=user)
version, name = view.return_.version, f"{view.return_.unit.name}, {period.in_words}"
heading.title(f"Sign off {name}", anchor=False)
st.write(sign_off.summary(view))
sign_off.show_figures(view)
if view.why_not:
    st.info(view.why_not)
    st.stop()

st.header("Your decision", anchor=False)
approved, question = sign_off.ask(view)
try:
    if approved:
        do.approve_return(unit_code, period, version=version, by=user)
        st.session_state["decided"] = f"You signed off {name}. Its figures are now locked."
        st.rerun()
    if question is not None:
        do.return_with_question(unit_code, period, version=version, question=question, by=user)
        st.session_state["decided"] = f"{name} went back to the service with your question."
        st.rerun()
except (do.ReturnMovedOnError, do.OwnReturnError, do.EntryRefusedError) as refusal:
    st.warning(str(refusal))
