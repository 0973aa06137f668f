"""Someone else saved first: both figures side by side, and the person's choice."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from components.do.returns import half_typed
from components.do.returns.half_typed import HalfTyped
from components.parts.markup import plain
from performance.do.answers import CheckedLine, stored_answer
from performance.do.returns import MyReturn


def show(conflicts: Sequence[CheckedLine], *, return_: MyReturn, typed: HalfTyped) -> None:
    """Nothing is overwritten: each figure that changed meanwhile waits for a choice."""
    st.warning("Someone else saved figures while you were entering yours. Choose which to keep; nothing is lost.")
    for each in conflicts:
        theirs, line = each.line.current, each.line
        if theirs is None:
            continue
        who = return_.name_of(theirs.recorded_by)
        when = f" at {theirs.recorded_at.astimezone():%H:%M}" if theirs.recorded_at else ""
        with st.container(border=True):
            st.subheader(plain(f"{line.measure.title}, {line.period.in_words}"), anchor=False)
            left, right = st.columns(2)
            _side(left, f"{who} saved{when}", line.in_words(theirs), theirs.commentary)
            _side(right, "You entered", line.in_words(each.figure), each.figure.commentary if each.figure else "")
            keys = f"{line.measure.code}-{line.period.start:%Y-%m}-{theirs.revision}"
            left.button(
                "Keep theirs", key=f"theirs-{keys}", on_click=half_typed.settle, args=(typed, stored_answer(line))
            )
            right.button(
                "Use mine",
                key=f"mine-{keys}",
                on_click=half_typed.settle,
                args=(typed, replace(each.answer, based_on=theirs.revision)),
            )


def _side(place: "st.delta_generator.DeltaGenerator", who: str, figure: str, commentary: str) -> None:
    place.write(plain(who))
    place.text(figure)
    if commentary:
        place.text(commentary)
