"""Do: a service asks to correct what is locked, with the reason; the BI team opens it for a time, or says why not."""

import streamlit as st

from components.do import reopening_form
from components.do.returns import picker
from components.frame import notice, page
from components.parts.markup import plain
from cycle.do import reopenings, returns
from performance.ground.people import Permission

user = page.start("Reopenings", needs=Permission.ASK_TO_REOPEN)
st.title("Ask to correct what is locked", anchor=False)
notice.show()
st.write("A locked figure is opened again for a time, and shows ever after as a correction with its reason.")
requests = reopenings.list_requests(by=user)
try:
    if user.may(Permission.ENTER_FIGURES) and (months := returns.list_owed(by=user)):
        unit_code, period = picker.choose(months)
        if asked := reopening_form.ask(returns.my_return(unit_code, period, by=user)):
            reopenings.ask_to_reopen(unit_code, period, measure_codes=asked.measure_codes, reason=asked.reason, by=user)
            notice.keep("The BI team has your request. You find their answer here.")
            st.rerun()
    st.header("Waiting for an answer", anchor=False)
    if answered := reopening_form.answer(requests):
        if answered.open_until is None:
            reopenings.refuse_reopening(answered.reopening_id, answer=answered.answer, by=user)
        else:
            reopenings.grant_reopening(answered.reopening_id, open_until=answered.open_until, by=user)
        notice.keep("Answered. The service finds it here and on My return.")
        st.rerun()
except reopenings.ReopeningRefusedError as refusal:
    st.warning(plain(f"{refusal}."))
reopening_form.past(requests)
