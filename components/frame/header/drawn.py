"""The header of every page: whose app it is, who is here, and the stages of the cycle with the pages of this one.

The links are our own HTML, which the script beside the page (in_browser.js) opens as a menu of Streamlit's would, in
the same session. Streamlit's menu lights a stage on its first page only, and on a telephone lies over what was chosen.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from html import escape
from pathlib import Path

import streamlit as st

from components.frame import navigation, sign_in
from components.frame.navigation import PageEntry
from components.parts import asset
from components.parts.markup import plain
from cycle.ground.access import Arrival
from performance.ground.people import User
from performance.ground.periods import day_in_words

STYLE = asset.style(__file__)

_DRAWING = b64encode(Path(__file__).with_name("mark.svg").read_bytes()).decode("ascii")
_MARK = f'<img alt="" src="data:image/svg+xml;base64,{_DRAWING}">'
_MENU = '<button type="button" class="menu-button" aria-expanded="false">Menu</button>'


def show_brand(council: Mapping[str, str]) -> None:
    """Whose app it is, and no more, for whoever is not signed in."""
    with st.container(key="frame", gap=None), st.container(key="frame_top", horizontal=True, gap="small"):
        st.html(_brand(council))


def show(entry: PageEntry, user: User, arrival: Arrival) -> None:
    """The header of a page for somebody who is signed in."""
    with st.container(key="frame", gap=None):
        with st.container(key="frame_top", horizontal=True, gap="small"):
            st.html(f"{_brand(arrival.council)}{_MENU}")
            with st.container(key="whose", horizontal=True, vertical_alignment="center", width="content", gap="small"):
                st.caption(plain(user.name))
                st.html('<a href="help">Help</a>')
                st.button("Sign out", on_click=sign_in.sign_out, args=(user,), type="tertiary", key="sign_out")
        st.html(
            f'<div class="stages">{_stages(entry, user)}{_demonstration(arrival)}</div>{_pages(entry, user)}'
            f"{_on_paper(entry, arrival)}"
        )


def _brand(council: Mapping[str, str]) -> str:
    return f'<p class="brand">{_MARK}<strong>{escape(council["council_name"])}</strong><span>Performance</span></p>'


def _demonstration(arrival: Arrival) -> str:
    if not arrival.council["fixed_today"]:
        return ""
    day = day_in_words(arrival.today)
    notice = f"Demonstration: here it is always {day}. Monthly figures are illustrative."
    return f'<p class="always-that-day" role="note">{notice}</p>'


def _on_paper(entry: PageEntry, arrival: Arrival) -> str:
    """What a sheet of paper has to say of itself, and a screen has elsewhere."""
    said = f"{entry.title}, opened on {day_in_words(arrival.today)}"
    return f'<p class="on-paper" aria-hidden="true">{escape(said)}.</p>'


def _stages(present: PageEntry, user: User) -> str:
    """The stages that are open to the person. The present one is the page itself only where it has no other page."""
    alone = len(navigation.pages_beside(present, user)) < 2
    now = "page" if alone and present.linked else "true"
    return _row("Stages", (_link(each, each.stage, now if each.stage == present.stage else "")
                           for each in navigation.first_pages(user)))  # fmt: skip


def _pages(present: PageEntry, user: User) -> str:
    """The pages of the stage; one that is reached from another of them stands at their end while it is open."""
    beside = navigation.pages_beside(present, user)
    links = [_link(each, each.title, "page" if each == present else "") for each in beside]
    if present not in beside:
        links.append(f'<span aria-current="page">{escape(present.title)}</span>')
    elif len(beside) < 2:
        return ""
    return _row(f"Pages of {present.stage}", links)


def _link(entry: PageEntry, words: str, now: str) -> str:
    current = f' aria-current="{now}"' if now else ""
    return f'<a href="{entry.url_path or "./"}"{current}>{escape(words)}</a>'


def _row(name: str, links: Iterable[str]) -> str:
    items = "".join(f"<li>{each}</li>" for each in links)
    return f'<nav aria-label="{escape(name)}"><ul>{items}</ul></nav>'
