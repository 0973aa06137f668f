"""Check before you submit: what was read, exceptions first, and what is still to be said about them."""

from html import escape

import streamlit as st

from components.do.returns import (
    change_links,
    clash,
    commentary_form,
    commentary_keeper,
    conflict,
    half_typed,
    recent,
    table,
)
from components.do.returns.half_typed import HalfTyped, Step
from components.parts import asset, rating
from components.parts.markup import plain
from performance.do.answers import CheckedLine, CheckedReturn
from performance.do.returns import MyReturn
from performance.ground.reckoning.rag import bands_in_words

_INSET = '<p style="margin:0;padding:.4rem .75rem;border-left:6px solid #6F7777">{question}</p>'
_STYLE = asset.style(__file__)
_HEAD = """<div class="checked-head"><h3>{title}</h3>{change}</div>{rated}"""


def show(checked: CheckedReturn, typed: HalfTyped) -> bool:
    """The figures read back. The button at the end says what it does. True where something written is not kept yet."""
    return_ = checked.return_
    st.html(asset.script(__file__, attempt=typed.attempt), unsafe_allow_javascript=True)
    _show_moved(checked, typed)
    if typed.clashes and not checked.conflicts:
        clash.show(checked, typed)
    if checked.conflicts:
        conflict.show(checked.conflicts, return_=return_, typed=typed)
        return False
    asked = typed.asked
    begins = "You have not submitted these changes yet." if return_.version else "You have not submitted yet."
    st.write(f"**{plain(begins)}** {plain(_summed_up(checked))} Preview shows how each figure would be rated.")
    with st.form(f"check-{typed.name}", border=False, enter_to_submit=False):
        if checked.exceptions:
            st.header(f"Look at these first ({len(checked.exceptions)})", anchor=False)
        for line in checked.exceptions:
            _show_exception(line, typed, return_, asked=asked)
        if checked.rest:
            st.header(f"{'The rest' if checked.exceptions else 'Your figures'} ({len(checked.rest)})", anchor=False)
            links = {line.measure.code: change_links.link(line, return_) for line in checked.rest}
            table.checked(checked.rest, caption=f"{return_.period.in_words} figures as we read them", links=links)
            _show_optional(checked, asked=asked)
        if checked.left_out:
            titles = "; ".join(line.measure.title for line in checked.left_out)
            st.write(f"Left for later ({len(checked.left_out)}): {plain(titles)}.")
        _on_or_back(len(checked.to_submit), typed)
    change_links.buttons(checked.to_submit, on_click=_change, args=(typed,))
    return commentary_keeper.show(checked.to_submit, typed, roles=return_.role_titles)


def _on_or_back(number: int, typed: HalfTyped) -> None:
    """The button that submits, with what it does in its words, and the way back to the boxes."""
    with st.container(horizontal=True):
        st.form_submit_button(
            plain(f"Submit {number} figure{'' if number == 1 else 's'}"),
            type="primary",
            disabled=not number,
            on_click=half_typed.go_to(Step.SUBMITTING, reading=half_typed.SAYINGS),
            args=(typed,),
        )
        st.form_submit_button(
            "Change figures",
            on_click=half_typed.go_to(Step.ENTERING, reading=half_typed.SAYINGS),
            args=(typed,),
        )


def _show_moved(checked: CheckedReturn, typed: HalfTyped) -> None:
    """What a colleague, or the person elsewhere, typed while this was being read."""
    titles = {line.measure.code: line.measure.title for line in checked.lines}
    for draft in typed.moved:
        if draft.answer.measure_code in titles:
            who = checked.return_.name_of(draft.saved_by) or "A colleague"
            what = titles[draft.answer.measure_code]
            st.warning(plain(f"{who} changed {what} while you were checking. Read it again before you submit."))


def _summed_up(checked: CheckedReturn) -> str:
    """How many figures there are, and how many of them still need a word."""
    number = len(checked.to_submit)
    told = sum(line.is_untold for line in checked.to_submit)
    doubted = sum(any(gap.field == "confirmed" for gap in line.gaps) for line in checked.to_submit)
    parts = [f"{told} to say why"] * bool(told) + [f"{doubted} to confirm"] * bool(doubted)
    needed = f": {', '.join(parts)}" if parts else ""
    return f"{number} figure{'' if number == 1 else 's'}{needed}."


def _show_exception(line: CheckedLine, typed: HalfTyped, return_: MyReturn, *, asked: bool) -> None:
    measure, drawn = line.measure, line.line
    with st.container(border=True, gap="small"):
        st.html(
            _STYLE
            + _HEAD.format(
                title=escape(measure.title),
                change=change_links.link(line, return_),
                rated=rating.sentence(line.rating, drawn.against(line.figure)) + recent.line(line.line, line.figure),
            )
        )
        for question in line.questions:
            st.html(_INSET.format(question=escape(question.message)))
        if line.questions:
            commentary_form.ask(line, "confirmed", asked=asked)
        if line.asked is not None:
            bands = bands_in_words(measure, drawn.target, default_percent=drawn.default_percent)
            st.write(f"**Say why.** {plain(f'{line.asked.because}. {bands}')}")
        came_back = return_.questions.get(measure.code, "")
        if came_back:
            st.html(_INSET.format(question=escape(f"{return_.decided_by} asks: {came_back}")))
            st.caption("Answer under “What happened?”. Whoever signs off reads it beside the question.")
        if line.asked is not None or came_back or any(each.field == "what_happened" for each in line.questions):
            commentary_form.show(line, roles=return_.role_titles, asked=asked, on_carry=_carry, args=(typed,))


def _show_optional(checked: CheckedReturn, *, asked: bool) -> None:
    is_wrong = asked and any(line.gaps for line in checked.rest)
    with st.expander("Add commentary to the rest (optional)", expanded=is_wrong):
        for line in checked.rest:
            commentary_form.ask(line, "what_happened", asked=asked, label=line.measure.title)


def _change(typed: HalfTyped, code: str) -> None:
    """Back to the boxes, with the measure named in the address."""
    half_typed.go_to(Step.ENTERING)(typed)
    st.query_params["one"] = code


def _carry(typed: HalfTyped, line: CheckedLine) -> None:
    commentary_form.carry(line)
    half_typed.go_to(Step.CHECKING, reading=half_typed.SAYINGS)(typed)
