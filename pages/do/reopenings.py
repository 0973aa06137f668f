"""Do: a service asks to correct what is locked, with the reason; the BI team opens it for a time, or says why not."""

import streamlit as st

from components import notice, page, reopenings, return_picker
from components.markup import plain
from cycle import do, reopening
from performance.people import Permission

user = page.start("Reopenings", needs=Permission.ASK_TO_REOPEN)
st.title("Ask to correct what is locked", anchor=False)
notice.show()
st.write("A locked figure is opened again for a time, and shows ever after as a correction with its reason.")
requests = reopening.list_requests(by=user)
try:
    if user.may(Permission.ENTER_FIGURES) and (months := do.list_owed(by=user)):
        unit_code, period = return_picker.choose(months)
        if asked := reopenings.ask(do.my_return(unit_code, period, by=user)):
            reopening.ask_to_reopen(unit_code, period, measure_codes=asked.measure_codes, reason=asked.reason, by=user)
            notice.keep("The BI team has your request. You find their answer here.")
            st.rerun()
    st.header("Waiting for an answer", anchor=False)
    if answered := reopenings.answer(requests):
        if answered.open_until is None:
            reopening.refuse_reopening(answered.reopening_id, answer=answered.answer, by=user)
        else:
            reopening.grant_reopening(answered.reopening_id, open_until=answered.open_until, by=user)
        notice.keep("Answered. The service finds it here and on My return.")
        st.rerun()
except reopening.ReopeningRefusedError as refusal:
    st.warning(plain(f"{refusal}."))
reopenings.past(requests)
