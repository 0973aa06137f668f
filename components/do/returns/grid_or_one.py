"""Entering a month's figures: all of them in the fast grid, or one at a time, whichever the address asks for."""

import streamlit as st

from components.do.returns import clash, entry_grid, figure_form, half_typed
from components.do.returns.half_typed import HalfTyped, Step
from components.frame import address
from components.parts.markup import plain
from performance.do.answers import CheckedLine, CheckedReturn

_KEEPS = "Each figure is kept as a draft as soon as you leave its box, and nothing is submitted until you choose to."


def show(checked: CheckedReturn, typed: HalfTyped) -> bool:
    """The boxes; True where they hold something that is not kept yet, so that the page is drawn again."""
    # A place of its own, so that the grid below stays where it is, and what is being typed in it with it.
    with st.container():
        if typed.clashes:
            clash.show(checked, typed)
    if (one := _asked_for(checked)) is not None:
        figure_form.show(checked, typed, one)
        return False
    number = len(checked.lines)
    st.write(
        plain(
            f"Enter or paste {number} figure{'' if number == 1 else 's'}. Enter goes on, the arrows go up and down, "
            f"Ctrl and Enter checks. You can type 1,204, 96.2% or £1.2m. {_KEEPS}"
        )
    )
    has_news = entry_grid.show(checked, typed)
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(
            "Check figures",
            type="primary",
            key="check-figures",
            on_click=half_typed.go_to(Step.CHECKING),
            args=(typed,),
        )
        st.button("One at a time", on_click=_one, args=(checked.lines[0].measure.code,))
        st.page_link("pages/do/upload.py", label="Paste a block or send a workbook", query_params=_here(checked))
    return has_news


def _asked_for(checked: CheckedReturn) -> CheckedLine | None:
    lines = {line.measure.code: line for line in checked.lines}
    return lines.get(address.one_of(lines, name="one", label="One at a time"))


def _one(code: str) -> None:
    st.query_params["one"] = code


def _here(checked: CheckedReturn) -> dict[str, str]:
    return {"unit": checked.return_.unit.code, "period": checked.return_.period.iso}
