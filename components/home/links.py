"""Lists whose every line leads to the page where the person can act on it."""

from collections.abc import Iterator

import streamlit as st

from components.frame import navigation
from components.parts.figure_lines import draw, question_line
from components.parts.markup import plain
from cycle.home import lines
from cycle.home.desk import Home
from cycle.home.front import Front
from performance.ground.people import User
from performance.home.lines import Line

_MOST, _MOST_OWED = 5, 4
"""So many lines stand open; whoever has one more than these reads it too, and not that there is one more."""


def first(step: Line) -> None:
    """The one thing to do first, as the page's one button."""
    with st.container(key="first_step"):
        st.page_link(navigation.find_at(step.opens).file, label=plain(step.label), query_params=dict(step.query))


def to_do(found: Front) -> None:
    """What is due from the person and what waits for their sign-off, side by side where there is both."""
    today = found.desk
    left, right = st.columns(2) if found.is_asked and today.waiting else (st.container(), st.container())
    due, waits = (right, left) if today.leads else (left, right)
    if found.is_asked:
        with due:
            st.header("Due from your services" if today.leads else "Due from you", anchor=False)
            _list([*_returns(today), *_others(found)])
            if len(today.owed) > _MOST_OWED:
                st.caption(plain(f"And {len(today.owed) - _MOST_OWED} more, to choose on the page of the return."))
    if today.waiting:
        with waits:
            st.header("Waiting for your sign-off", anchor=False)
            _list([lines.waiting(each, today=today.today) for each in today.waiting])


def _list(found: list[Line]) -> None:
    shown = found if len(found) <= _MOST + 1 else found[:_MOST]
    for each in shown:
        draw(each)
    if rest := found[len(shown) :]:
        with st.expander(f"{len(rest)} more"):
            for each in rest:
                draw(each)


def _returns(home: Home) -> Iterator[Line]:
    """Returns that came back, questions about figures, what is to be entered, and actions nobody has spoken for."""
    said = lines.Returns(home.unsaid)
    yield from map(said.question, home.questions)
    yield from (question_line(each, what="a question to answer") for each in home.asked.to_answer)
    yield from (said.owed(owed, today=home.today) for owed in home.owed[:_MOST_OWED])
    yield from (line for _, line in said.unsaid())


def _others(found: Front) -> Iterator[Line]:
    """Recovery plans that wait for the person, and risks to be looked at again."""
    yield from (line for *_, line in lines.plans(found.plans))
    if line := lines.risks(found.risks):
        yield line


def open_pages(user: User) -> None:
    """The pages a person may open, besides this one."""
    for entry in navigation.PAGES:
        if entry.linked and entry.stage != "Home" and user.may(entry.needs):
            st.page_link(entry.file, label=plain(f"{entry.stage}: {entry.title}"))
