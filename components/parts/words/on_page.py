"""Words of a page explained where they stand: a line that names them and opens what each means, without a script."""

from html import escape

import streamlit as st

from components.parts import asset
from components.parts.words.glossary import meaning

_STYLE = asset.style(__file__)


def explain(*words: str) -> None:
    """A line above what has these words as headings or labels; nothing without words.

    Raises KeyError for one that the glossary does not have.
    """
    if words:
        means = "".join(f"<dt>{escape(each)}</dt><dd>{escape(meaning(each))}</dd>" for each in words)
        named = f"What these words mean: {', '.join(words)}"
        st.html(f'{_STYLE}<details class="words"><summary>{escape(named)}</summary><dl>{means}</dl></details>')
