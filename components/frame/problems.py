"""The error summary: what is wrong, in the same words as beside the field, with the way to each field."""

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.frame import sign_in
from components.parts import asset

_STYLE = asset.style(__file__)
_SUMMARY = """<div id="problems" class="problems" tabindex="-1" role="alert" aria-labelledby="problems-title">
<h2 id="problems-title">There is a problem</h2><ul>{items}</ul></div>"""


def show(problems: Sequence[tuple[str, str]], *, title: str, attempt: int) -> None:
    """Pairs of a widget's key and its message, above everything else; the page's title says there is an error."""
    if not problems:
        return
    council = sign_in.arrive().council["council_name"]
    st.set_page_config(page_title=f"Error: {title} - Performance - {council}")
    items = "".join(
        f'<li><a href="#{css_class(key)}" data-field="{css_class(key)}">{escape(message)}</a></li>'
        for key, message in problems
    )
    st.html(_STYLE + _SUMMARY.format(items=items))
    st.html(asset.script(__file__, attempt=attempt), unsafe_allow_javascript=True)


def beside(message: str) -> None:
    """The same words above the field they are about."""
    st.html(f'<p style="margin:0;color:#942514;font-weight:700">Error: {escape(message)}</p>')


def css_class(key: str) -> str:
    """The class that Streamlit gives the widget with this key."""
    plain = "".join(sign if sign.isascii() and (sign.isalnum() or sign in "_-") else "-" for sign in key.strip())
    return f"st-key-{plain}"
