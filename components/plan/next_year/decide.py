"""The end of a draft: adopted on its first day, moved to another, or abandoned with the reason."""

import streamlit as st

from components.parts import typed_text
from components.parts.markup import plain
from components.plan.next_year.form import Asked, part
from cycle.plan.refresh_view import RefreshView
from performance.ground.periods import day_in_words
from performance.ground.texts import LONGEST_SENTENCE
from performance.plan.refresh_changes import Abandoned, Adopted, Begun
from performance.plan.refresh_checks import LONGEST_NAME, blocking


def show(view: RefreshView) -> Asked | None:
    """What adopting means, or what stands in its way; and the other two ends a draft may take."""
    st.header("Adopt it", anchor=False)
    asked = _ask_adoption(view)
    move, away = st.columns(2, gap="large")
    with move.expander("Call it otherwise, or start it on another day"):
        asked = _ask_start(view) or asked
    with away.expander("Abandon this draft"):
        return _ask_abandon(view) or asked


def _ask_adoption(view: RefreshView) -> Asked | None:
    starts = day_in_words(view.refresh.starts_on)
    in_the_way = blocking(view.matters)
    if view.clashes:
        in_the_way = ["Choose first whose words to take where this year's plan was changed.", *in_the_way]
    if in_the_way:
        st.text("\n".join(["It cannot be adopted yet.", *in_the_way]))
        return None
    st.text(
        f"From {starts} the plan says what this draft says. Up to {day_in_words(view.refresh.eve)} it stays as it is,"
        " whenever it is looked at."
    )
    seen = part(view, "seen-version")
    looked_over: int = st.session_state.get(seen, view.version)
    st.session_state[seen] = view.version
    if st.button(plain(f"Adopt it from {starts}"), type="primary", key=f"adopt-{view.refresh.id}"):
        return Asked(change=Adopted(version=looked_over, starts_on=view.refresh.starts_on))
    return None


def _ask_start(view: RefreshView) -> Asked | None:
    keys = part(view, "begun")
    first = max(view.refresh.starts_on, view.today)
    with st.form(f"begin-{keys}", border=False):
        title = typed_text.line(
            "What the plan is called", value=view.refresh.title, at_most=LONGEST_NAME, key=f"title-{keys}"
        )
        day = st.date_input("First day", value=first, min_value=view.today, format="DD/MM/YYYY",
                            key=f"starts_on-{keys}")  # fmt: skip
        pressed = st.form_submit_button("Save name and first day")
    return Asked(change=Begun(title=title, starts_on=day), keys=keys) if pressed else None


def _ask_abandon(view: RefreshView) -> Asked | None:
    keys = part(view, "abandon")
    with st.form(f"abandons-{keys}", border=False):
        reason = typed_text.line("Why it is abandoned", at_most=LONGEST_SENTENCE, key=f"reason-{keys}")
        pressed = st.form_submit_button("Abandon the draft")
    return Asked(change=Abandoned(reason=reason), keys=keys) if pressed else None
