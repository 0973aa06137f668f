"""The same line typed in two places: both texts side by side, and the person's choice."""

import streamlit as st

from components.do.returns import half_typed
from components.do.returns.half_typed import HalfTyped
from components.parts.markup import plain
from cycle.do.drafts import DraftClash
from performance.do.answers import CheckedReturn, check_line
from performance.do.returns import ReturnLine
from performance.do.typed import Answer


def show(checked: CheckedReturn, typed: HalfTyped) -> None:
    """Nothing is overwritten: each line that was typed elsewhere too waits for a choice."""
    lines = {line.measure.code: line.line for line in checked.lines}
    st.warning("These figures were also typed on another screen. Choose which to keep; nothing is lost.")
    for each in typed.clashes:
        if each.code in lines:
            _show(lines[each.code], each, typed)


def _show(line: ReturnLine, found: DraftClash, typed: HalfTyped) -> None:
    saved_at = found.theirs.saved_at
    who = "You, on another screen" if found.theirs.saved_by == typed.username else found.saved_by
    when = f" at {saved_at.astimezone():%H:%M}" if saved_at else ""
    keys = f"{found.code}-{found.theirs.version}"
    with st.container(border=True):
        st.subheader(plain(f"{line.measure.title}, {line.period.in_words}"), anchor=False)
        left, right = st.columns(2)
        left.write(plain(f"{who} typed{when}"))
        left.text(_in_words(line, found.theirs.answer))
        right.write("You typed here")
        right.text(_in_words(line, found.mine.answer))
        left.button(
            "Keep the other", key=f"other-{keys}", on_click=half_typed.settle, args=(typed, found.theirs.answer)
        )
        right.button(
            "Use what is here", key=f"here-{keys}", on_click=half_typed.settle, args=(typed, found.mine.answer)
        )


def _in_words(line: ReturnLine, answer: Answer) -> str:
    """The answer as it would be read, or the very text where it cannot be."""
    figure = check_line(line, answer).figure
    if figure is not None:
        return line.in_words(figure)
    typed = " of ".join(text for text in (answer.numerator, answer.denominator, answer.value) if text.strip())
    return typed or "Nothing"
