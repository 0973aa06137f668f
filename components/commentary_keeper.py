"""Commentary is kept while it is being written: a form sends nothing before its button, and a reload would lose it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from components import half_typed, problems
from components.commentary_form import NO_ROLE
from components.half_typed import SAYINGS, HalfTyped, key_of
from performance.answers import CheckedLine
from performance.commentary import LONGEST, Commentary

_keeper = st.components.v2.component(
    "commentary_keeper",
    html='<div class="commentary-kept" role="status"></div>',
    css=".commentary-kept{min-height:1.5rem;color:#484949;font-size:.9rem}",
    js=Path(__file__).with_suffix(".js").read_text(),
    isolate_styles=False,
)
# More than the limit, so that what is too long is kept as it is and said to be so.
_MOST = 10 * LONGEST
_HEARD = "commentary"


def show(lines: Sequence[CheckedLine], typed: HalfTyped, *, roles: Collection[str]) -> bool:
    """Draw when something was last kept; True where the boxes hold something that the page has not kept yet."""
    boxes = {
        problems.css_class(key_of(name, line.measure.code, line.line.period)): (line.measure.code, name)
        for line in lines
        for name in SAYINGS
    }
    saved = typed.saved_at
    answer = _keeper(
        key=f"keeper {typed.name}",
        data={
            "boxes": list(boxes),
            "n": typed.heard.get(_HEARD, 0),
            "status": f"Draft saved {saved.astimezone():%H:%M}" if saved else "",
        },
        default={"texts": {}},
        on_texts_change=partial(_on_change, typed, boxes, roles),
    )
    return _take(typed, boxes, roles, answer.texts)


def _on_change(typed: HalfTyped, boxes: Mapping[str, tuple[str, str]], roles: Collection[str]) -> None:
    _take(typed, boxes, roles, st.session_state[f"keeper {typed.name}"].get("texts"))


def _take(typed: HalfTyped, boxes: Mapping[str, tuple[str, str]], roles: Collection[str], told: Any) -> bool:
    """What the boxes say since they were last heard; True where any of it is new."""
    if not isinstance(told, Mapping) or not isinstance(told.get("texts"), Mapping):
        return False
    number, has_news = told.get("n"), False
    with half_typed.sitting(typed.name) as now:
        if not isinstance(number, int) or number <= now.heard.get(_HEARD, 0):
            return False
        now.heard[_HEARD] = number
        for box, text in told["texts"].items():
            code, name = boxes.get(str(box), ("", ""))
            known = now.typed(code)
            if known is None:
                continue
            commentary = replace(known.commentary, **{name: _said(known.commentary, name, str(text), roles)})
            if commentary != known.commentary:
                now.put(replace(known, commentary=commentary))
                has_news = True
    return has_news


def _said(before: Commentary, name: str, text: str, roles: Collection[str]) -> str:
    """What a box says. That of a role shows words of its own while none is chosen, and half a role while one looks for
    it in the list: neither is an answer."""
    if name != "who":
        return text[:_MOST]
    if text == NO_ROLE:
        return ""
    return text if text in roles else before.who
