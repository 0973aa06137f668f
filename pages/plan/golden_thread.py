"""Plan: anyone sees the whole plan from priorities to measures, how it stands, and above all where it has gaps."""

import streamlit as st

from components.frame import page, pick
from components.parts.markup import plain
from components.plan.thread import gaps, whole
from cycle.plan import thread
from performance.ground.people import Permission
from performance.ground.periods import day_in_words

user = page.start("Golden thread", needs=Permission.VIEW_PLAN)
st.title("Golden thread", anchor=False)

whose, what, when, how = st.columns([2, 2, 1.3, 1])
with when:
    day = pick.day("As it stood on", name="on", today=thread.golden_thread(by=user).today)
units = {unit.code: f"{unit.name} ({unit.kind})" for unit in thread.golden_thread(on=day, by=user).units}
with whose:
    unit = pick.one(
        "Part of the council", ["", *units], name="unit", words=lambda code: units.get(code, "Whole council")
    )
with what:
    find = pick.text("Find", name="find", placeholder="A word of a title, owner or code")
with how:
    shown = pick.one("Show as", whole.VIEWS, name="view", words=str)

found = thread.golden_thread(on=day, unit=unit, find=find, by=user)
if not (found.branches or found.loose or found.gaps or find):
    st.info(
        plain(
            f"Nothing of the plan stood on {day_in_words(day)} here. Choose another day or part of the council."
            " A first plan comes in with the setup workbook."
        )
    )
    st.stop()

gaps.show(found, user)
whole.show(found, user, view=shown, unfolded=bool(unit or find), scope=unit or "corporate")
