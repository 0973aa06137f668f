"""Commentary is kept while it is being written."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

from components.do.returns import half_typed
from components.do.returns.commentary_form import NO_ROLE
from components.do.returns.half_typed import SAYINGS, HalfTyped, key_of
from components.frame import problems
from components.parts import keeper
from performance.do.answers import CheckedLine
from performance.ground.commentary import LONGEST, Commentary

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
    told = keeper.show(
        f"keeper {typed.name}",
        boxes=list(boxes),
        heard=typed.heard.get(_HEARD, 0),
        saved_at=typed.saved_at,
        on_change=partial(_on_change, typed, boxes, roles),
    )
    return _take(typed, boxes, roles, told)


def _on_change(typed: HalfTyped, boxes: Mapping[str, tuple[str, str]], roles: Collection[str]) -> None:
    _take(typed, boxes, roles, keeper.changed(f"keeper {typed.name}"))


def _take(typed: HalfTyped, boxes: Mapping[str, tuple[str, str]], roles: Collection[str], told: Any) -> bool:
    """What the boxes say since they were last heard; True where any of it is new."""
    has_news = False
    now = half_typed.sitting(typed.name)
    now.heard[_HEARD], texts = keeper.news(told, heard=now.heard.get(_HEARD, 0))
    for box, text in texts.items():
        code, name = boxes.get(box, ("", ""))
        known = now.typed(code)
        if known is None:
            continue
        commentary = replace(known.commentary, **{name: _said(known.commentary, name, text, roles)})
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
