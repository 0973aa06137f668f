"""Check before you submit: what was read, exceptions first, and what is still to be said about them."""

from html import escape

import streamlit as st

from components import conflict, half_typed, problems, rating, return_table
from components.figure_form import plain
from components.half_typed import HalfTyped, Step, key_of
from performance.answers import CheckedLine, CheckedReturn
from performance.commentary import LONGEST
from performance.rag import bands_in_words

_SAYINGS = {"what_happened": "What happened?", "why": "Why?", "what_next": "What will you do, who, by when?"}

_INSET = '<p style="margin:0;padding:.4rem .75rem;border-left:6px solid #6F7777">{question}</p>'


def show(checked: CheckedReturn, typed: HalfTyped) -> None:
    """The figures read back. The button at the end says what it does."""
    return_ = checked.return_
    if checked.conflicts:
        conflict.show(checked.conflicts, return_=return_, typed=typed)
        return
    number = len(checked.to_submit)
    st.write("**You have not submitted yet.** Preview shows how each figure would be rated.")
    with st.form(f"check-{typed.name}", border=False, enter_to_submit=False):
        if checked.exceptions:
            st.header(f"Look at these first ({len(checked.exceptions)})", anchor=False)
        for line in checked.exceptions:
            _show_exception(line, asked=typed.step is Step.SUBMITTING)
        if checked.rest:
            st.header(f"{'The rest' if checked.exceptions else 'Your figures'} ({len(checked.rest)})", anchor=False)
            return_table.checked(checked.rest, caption=f"{return_.period.in_words} figures as we read them")
            _show_optional(checked)
        if checked.left_out:
            titles = "; ".join(line.measure.title for line in checked.left_out)
            st.write(f"Left for later ({len(checked.left_out)}): {plain(titles)}.")
        with st.container(horizontal=True):
            st.form_submit_button(
                f"Submit {number} figure{'' if number == 1 else 's'}",
                type="primary",
                disabled=not number,
                on_click=half_typed.go_to(Step.SUBMITTING, reading=half_typed.SAYINGS),
                args=(typed, return_),
            )
            st.form_submit_button(
                "Change figures",
                on_click=half_typed.go_to(Step.ENTERING, reading=half_typed.SAYINGS),
                args=(typed, return_),
            )


def _show_exception(line: CheckedLine, *, asked: bool) -> None:
    measure, drawn = line.measure, line.line
    with st.container(border=True, gap="xsmall"):
        st.subheader(plain(measure.title), anchor=False)
        st.html(rating.sentence(line.rating, drawn.against(line.figure)))
        if line.wants_commentary:
            st.caption(plain(bands_in_words(measure, drawn.target, default_percent=drawn.default_percent)))
        for question in line.questions:
            st.html(_INSET.format(question=escape(question)))
            _box(line, "confirmed", "It is right, because", asked=asked, tall=False)
        if line.wants_commentary:
            for place, (box, label) in zip(st.columns(3, vertical_alignment="bottom"), _SAYINGS.items(), strict=True):
                with place:
                    _box(line, box, label, asked=asked)
            st.caption(f"{LONGEST} characters or less in all. Leave out anything that could identify a person.")


def _show_optional(checked: CheckedReturn) -> None:
    with st.expander("Add commentary to the rest (optional)"):
        for line in checked.rest:
            _box(line, "what_happened", line.measure.title, asked=True)


def _box(line: CheckedLine, box: str, label: str, *, asked: bool, tall: bool = True) -> None:
    for gap in line.gaps if asked else ():
        if gap.field == box:
            problems.beside(gap.message)
    value, key = getattr(line.answer.commentary, box), key_of(box, line.measure.code, line.line.period)
    if tall:
        st.text_area(plain(label), value=value, key=key, height=75)
    else:
        st.text_input(plain(label), value=value, key=key, autocomplete="off")
