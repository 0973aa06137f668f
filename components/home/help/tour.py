"""The tour of a first visit: on Home the first steps of what a person does, from the texts of the help; closed for good
with a button, and shown again by one in Help."""

from html import escape

import streamlit as st

from components.frame import navigation, notice, sign_in
from components.home.help import shown, texts
from components.home.help.texts import LINK, Part
from components.parts import asset
from cycle.home import tour
from performance.ground.people import User

_STYLE = asset.style(shown.__file__) + asset.style(__file__)
_CYCLE = ("Plan", "Do", "Review", "Revise")
_MOST = 4
"""So many steps of a role: what is done first, and not all of it, which Help has."""


def offer(*, by: User) -> None:
    """The tour, until the person closes it; on a telephone a line, which opens."""
    if not tour.is_open(by=by):
        return
    main, *others = texts.roles_of(by)  # whoever has no role is refused before
    with st.container(key="tour", gap="small"):
        st.html(_STYLE + _drawn(main, others, by))
        pressed = st.button("Close the tour", key="close_tour")
    if pressed:
        tour.close_tour(by=by)
        notice.keep("The tour is closed. Help shows it again.")
        st.rerun()


def offer_again(*, by: User) -> None:
    """In Help: the way back to it."""
    if st.button("Show the tour again", key="open_tour"):
        tour.open_tour(by=by)
        st.switch_page(navigation.find_entry("Home").file)


def _drawn(main: Part, others: list[Part], user: User) -> str:
    """The cycle with the stage where the person begins, and the first steps, each with links to the pages it names."""
    filled = main.filled(shown.values_of(sign_in.arrive().council))
    first = Part(title=main.title, lines=filled.lines[:_MOST])
    return (
        '<section class="help tour" aria-labelledby="tour"><h2 id="tour">A short tour</h2>'
        f"<details><summary>Show the tour</summary>{_cycle(_begins(first))}"
        f"<p>Your first steps as {escape(main.title.lower())}{_also(others)}:</p>{shown.in_html(first, user)}"
        '<p><a href="help">Help</a>, at the top of every page, has all of this and more.</p></details></section>'
    )


def _begins(first: Part) -> str:
    """The stage of the first page that the steps lead to, Home apart, which is everybody's."""
    titles = LINK.findall(" ".join(first.lines))
    return next(stage for each in titles if (stage := navigation.find_entry(each).stage) != "Home")


def _cycle(begins: str) -> str:
    """The four stages in their order, and the one to begin at; nothing is marked for those who work beside them."""
    marks = {begins: ' aria-current="step"'}
    stages = "".join(f"<li{marks.get(each, '')}>{each}</li>" for each in _CYCLE)
    where = f"You begin at {begins}" + ("." if begins in _CYCLE else ", beside the cycle.")
    return f'<p>The council works in a cycle, and so do the pages. {where}</p><ol class="round">{stages}</ol>'


def _also(others: list[Part]) -> str:
    if not others:
        return ""
    return f" (you are also {escape(' and '.join(each.title.lower() for each in others))})"
