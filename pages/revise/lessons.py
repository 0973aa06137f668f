"""Revise: what other services learnt: find it by its words, and add what yours has."""

import streamlit as st

from components.frame import notice, page
from components.revise import lesson_form, lesson_list
from cycle.review import readings
from cycle.revise import lessons
from performance.ground.people import Permission

user = page.start("Lessons", needs=Permission.VIEW_LESSONS)
st.title("Lessons", anchor=False)
notice.show()
words = lesson_list.ask_words()
found = lesson_list.narrow(lessons.find_lessons(words, by=user))
lesson_list.show(found, words=words)
measures = {each.code: each.title for each in readings.list_measures_by_title(by=user)}
written = lesson_form.ask_new(lessons.own_units(by=user), measures)
changed = lesson_form.ask_changes(found, measures) if not words else None
try:
    if written:
        lessons.write_lesson(written.unit_code, said=written.said, by=user)
        notice.keep("The lesson is kept. Others find it by its words.", empties="new-lesson")
        st.rerun()
    if changed and changed.said:
        lessons.correct_lesson(changed.lesson_id, said=changed.said, version=changed.version, by=user)
        notice.keep("The lesson has its new wording.", empties=changed.about)
        st.rerun()
    if changed:
        lessons.withdraw_lesson(changed.lesson_id, version=changed.version, by=user)
        notice.keep("The lesson is withdrawn. It is kept, and no longer found.", empties=changed.about)
        st.rerun()
except lessons.LessonError as refusal:
    lesson_form.told(changed, found)
    page.refuse(refusal)
