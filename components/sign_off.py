"""Signing off: what to read first, the rest in a table, and the decision."""

import streamlit as st

from components import rating, return_table
from components.figure_form import plain
from performance.periods import day_in_words
from performance.rag import Rag
from performance.returns import SignOff, SignOffLine


def show_figures(view: SignOff) -> None:
    """Exceptions first, each with the reasons to read it; then the rest in a table."""
    if view.read_first:
        st.header(f"Read these first ({len(view.read_first)})", anchor=False)
    for each in view.read_first:
        _show_exception(each)
    if view.rest:
        st.header(f"The rest ({len(view.rest)})", anchor=False)
        caption = f"{view.return_.period.in_words} figures of {view.return_.unit.name}"
        return_table.stored([each.line for each in view.rest], caption=caption)


def summary(view: SignOff) -> str:
    """Who sent it, when, and how many figures of each status."""
    stored = view.return_.stored
    if stored is None or stored.submitted_at is None:
        return ""
    when = stored.submitted_at.astimezone()
    ratings = [each.line.rating(each.line.current) for each in view.lines]
    order = [Rag.RED, Rag.AMBER, Rag.GREEN, *Rag]
    counts = ", ".join(f"{ratings.count(rag)} {rag.in_words.lower()}" for rag in dict.fromkeys(order) if rag in ratings)
    number = len(view.lines)
    again = f", for the {_times(stored.version)} time" if stored.version > 1 else ""
    return plain(
        f"{view.return_.name_of(stored.submitted_by)} submitted {number} figure{'' if number == 1 else 's'} on "
        f"{day_in_words(when.date())} at {when:%H:%M}{again}: {counts}."
    )


def ask(view: SignOff) -> tuple[bool, str | None]:
    """Whether the figures are approved, or the question they go back with; (False, None) before a decision."""
    reference = f"{view.return_.reference}-{view.return_.version}"
    number = len(view.lines)
    approved = st.button(
        f"Sign off {number} figure{'' if number == 1 else 's'}", type="primary", key=f"approve-{reference}"
    )
    with st.form(f"question-{reference}", width=640):
        question = st.text_area("Your question for the service", key=f"ask-{reference}", height=100)
        returned = st.form_submit_button("Return with this question")
    return approved, question if returned else None


def _show_exception(each: SignOffLine) -> None:
    line, figure = each.line, each.line.current
    with st.container(border=True, gap="xsmall"):
        st.subheader(plain(line.measure.title), anchor=False)
        st.html(rating.sentence(line.rating(figure), line.against(figure)))
        for reason in each.reasons:
            st.markdown(f"- {plain(reason)}")
        if figure is not None and figure.commentary:
            st.text(figure.commentary)


def _times(number: int) -> str:
    return {2: "second", 3: "third"}.get(number, f"{number}th")
