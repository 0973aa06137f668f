"""Revise: what people told the council, by theme over time, with what was learnt and what is done."""

import streamlit as st

from components.frame import notice, page
from components.revise import feedback_form, feedback_view
from cycle.revise import feedback
from performance.ground.people import Permission

user = page.start("Feedback", needs=Permission.VIEW_FEEDBACK)
st.title("Feedback", anchor=False)
st.write("Survey results, complaints and compliments, counted by theme: what people told us, and what came of it.")
notice.show()
view = feedback.list_feedback(by=user)
records = feedback_view.narrow(view)
feedback_view.show_themes(records)
new = feedback_form.ask_new(view, today=view.today)
changed = feedback_form.ask_change(records, view, today=view.today)
try:
    if new:
        feedback.record_feedback(new.record, by=user)
        notice.keep("The record is kept, and counted above.", empties=feedback_form.FORM)
        st.rerun()
    if changed and changed.removes:
        feedback.remove_feedback(changed.record, by=user)
        notice.keep("The record is removed, and no longer counted.")
        st.rerun()
    if changed:
        feedback.correct_feedback(changed.record, by=user)
        notice.keep("The record is put right.", empties=feedback_form.of(changed.record))
        st.rerun()
except feedback.FeedbackError as refusal:
    feedback_form.told(changed, records)
    page.refuse(refusal)
st.header("Each record", anchor=False)
feedback_view.show_records(records, view)
