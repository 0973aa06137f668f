"""Revise: what people told the council, by theme over time, with what was learnt and what is done."""

import streamlit as st

from components import feedback_form, feedback_view, notice, page
from cycle import listening
from performance.people import Permission

user = page.start("Feedback", needs=Permission.VIEW_FEEDBACK)
st.title("Feedback", anchor=False)
st.write("Survey results, complaints and compliments, counted by theme: what people told us, and what came of it.")
notice.show()
view = listening.list_feedback(by=user)
records = feedback_view.narrow(view)
feedback_view.show_themes(records)
new = feedback_form.ask_new(view, today=view.today)
changed = feedback_form.ask_change(records, view, today=view.today)
try:
    if new:
        listening.record_feedback(new.record, by=user)
        notice.keep("The record is kept, and counted above.", empties=feedback_form.FORM)
        st.rerun()
    if changed and changed.removes:
        listening.remove_feedback(changed.record, by=user)
        notice.keep("The record is removed, and no longer counted.")
        st.rerun()
    if changed:
        listening.correct_feedback(changed.record, by=user)
        notice.keep("The record is put right.")
        st.rerun()
except listening.FeedbackError as refusal:
    page.refuse(refusal)
st.header("Each record", anchor=False)
feedback_view.show_records(records, view)
