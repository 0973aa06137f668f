"""A person's own objectives for the appraisal: theirs to write, and for their manager alone to read beside them."""

from collections.abc import Sequence

import streamlit as st

from components.parts import afresh, typed_text
from components.parts.markup import plain
from components.plan.thread import seen
from cycle.plan.thread import MOST_CHARACTERS
from cycle.plan.thread_view import MyThread
from performance.ground.periods import day_in_words
from performance.plan.own_thread import Marked, NewObjective, OwnObjective, Removed, Reworded, ThreadChange


def show(mine: MyThread) -> ThreadChange | None:
    """Every objective with what can be done to it, and a box for a new one; the answer is what was pressed."""
    st.header("My objectives for the appraisal", anchor=False)
    if mine.manager_name:
        st.write(plain(f"Only you and your manager, {mine.manager_name}, can read these."))
    else:
        st.write("Only you can read these: no manager is on record for you. An administrator can put that right.")
    if not mine.objectives:
        st.write("You have noted none yet.")
    pressed = [change for each in mine.objectives if (change := _ask(each))]
    return next(iter(pressed), None) or _ask_new()


def read(objectives: Sequence[OwnObjective]) -> None:
    """The same for the manager, to read alone."""
    if not objectives:
        st.write("No objectives noted yet.")
    for each in objectives:
        st.text(each.text)
        st.caption(plain(_state(each)))


def _ask(each: OwnObjective) -> ThreadChange | None:
    about = f"objective-{each.id}"
    with st.container(border=True, gap="small"):
        st.text(each.text)
        st.caption(plain(_state(each)))
        done = st.button("Open it again" if each.done_on else "Mark as done", key=afresh.key("done", about))
        with (
            st.expander("Reword or remove", key=afresh.key("more", about)),
            st.form(afresh.key("form", about), border=False),
        ):
            text = typed_text.area("Wording", value=each.text, at_most=MOST_CHARACTERS, key=afresh.key("text", about))
            reworded = st.form_submit_button("Save the wording")
            removed = st.form_submit_button("Remove for good")
    version = seen.version(about, each.version, pressed=done or reworded or removed)
    if done:
        return Marked(objective_id=each.id, done=each.done_on is None, version=version)
    if reworded:
        return Reworded(objective_id=each.id, text=text, version=version)
    return Removed(objective_id=each.id, version=version) if removed else None


def _ask_new() -> NewObjective | None:
    with st.form(afresh.key("new", "objective"), border=False):
        text = typed_text.area(
            "A new objective", at_most=MOST_CHARACTERS, key=afresh.key("new-text", "objective"),
            placeholder="What you will do, how anyone can tell, and by when",
        )  # fmt: skip
        pressed = st.form_submit_button("Note the objective")
    return NewObjective(text=text) if pressed else None


def _state(each: OwnObjective) -> str:
    if each.done_on:
        return f"Done on {day_in_words(each.done_on)}"
    return f"Written on {day_in_words(each.written_at.date())}"
