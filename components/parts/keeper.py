"""Boxes of a form are heard while they are filled in.

A form sends nothing before its button is pressed, and until then a reload would lose it.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import streamlit as st

_keeper = st.components.v2.component(
    "keeper",
    html='<div class="boxes-kept" role="status"></div>',
    css=".boxes-kept{min-height:1.5rem;color:#484949;font-size:.9rem}",
    js=Path(__file__).with_suffix(".js").read_text(),
    isolate_styles=False,
)


def show(
    key: str, *, boxes: Sequence[str], heard: int, saved_at: datetime | None, on_change: Callable[[], None]
) -> Any:
    """Draw when something was last kept; what the boxes of those CSS classes say, to be read by `news`.

    `heard` is how often they have been heard already.
    """
    answer = _keeper(
        key=key,
        data={
            "boxes": list(boxes),
            "n": heard,
            "status": f"Draft saved {saved_at.astimezone():%H:%M}" if saved_at else "",
        },
        default={"texts": {}},
        on_texts_change=on_change,
    )
    return answer.texts


def changed(key: str) -> Any:
    """For `on_change`: what the boxes say, to be read by `news`."""
    return st.session_state[key].get("texts")


def news(told: Any, *, heard: int) -> tuple[int, Mapping[str, str]]:
    """How often the boxes have spoken, and what each says by its class; nothing where that was heard before.

    Whatever else arrives than a browser can have sent is nobody's typing.
    """
    if not isinstance(told, Mapping) or not isinstance(told.get("texts"), Mapping):
        return heard, {}
    number = told.get("n")
    if not isinstance(number, int) or number <= heard:
        return heard, {}
    return number, {str(box): str(text) for box, text in told["texts"].items()}
