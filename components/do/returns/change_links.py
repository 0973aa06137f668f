"""The way back from a figure read back to the box it was typed in: a link for people, a button for the page."""

from collections.abc import Callable, Sequence
from html import escape
from typing import Any
from urllib.parse import urlencode

import streamlit as st

from components.parts import asset
from components.parts.markup import plain
from performance.do.answers import CheckedLine
from performance.do.read_answer import in_sentence
from performance.do.returns import MyReturn

_STYLE = asset.style(__file__)


def link(line: CheckedLine, return_: MyReturn) -> str:
    """ "Change", as HTML; a screen reader hears what it changes."""
    measure = line.measure
    to = urlencode({"unit": return_.unit.code, "period": return_.period.iso, "one": measure.code})
    heard = f'<span class="only-heard"> {escape(in_sentence(measure.title))}</span>'
    return f'<a class="change" href="?{escape(to)}" data-change="st-key-{_key(line)}">Change{heard}</a>'


def buttons(lines: Sequence[CheckedLine], *, on_click: Callable[..., None], args: tuple[Any, ...]) -> None:
    """What the links press, out of sight; `on_click` is given the args and the measure's code."""
    st.html(_STYLE)
    with st.container(key="change-buttons"):
        for line in lines:
            label = f"Change {in_sentence(line.measure.title)}"
            st.button(plain(label), key=_key(line), on_click=on_click, args=(*args, line.measure.code))
    st.html(asset.script(__file__), unsafe_allow_javascript=True)


def _key(line: CheckedLine) -> str:
    code = line.measure.code
    return "change-" + "".join(sign if sign.isascii() and (sign.isalnum() or sign in "_-") else "-" for sign in code)
