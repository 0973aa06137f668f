"""What is half typed of how actions stand is kept while it is written, as figures and their commentary are."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import streamlit as st

from components.frame import problems
from components.parts import keeper
from cycle.do.delivery import DeliveryView
from performance.do.delivery import LONGEST_EVIDENCE, DeliveryAnswer, DeliveryLine
from performance.ground.periods import Period

# More than the limit, so that what is too long is kept as it is and said to be so.
_MOST = 10 * LONGEST_EVIDENCE


@dataclass(kw_only=True)
class _Heard:
    """How often the boxes were heard, and what they said that is not kept yet."""

    times: int = 0
    answers: dict[str, DeliveryAnswer] = field(default_factory=dict)


@contextmanager
def typed(unit_code: str, period: Period) -> Iterator[tuple[DeliveryAnswer, ...]]:
    """What was typed since it was last kept; forgotten once the block has kept it."""
    heard = _heard(unit_code, period)
    yield tuple(heard.answers.values())
    heard.answers.clear()


def show(view: DeliveryView, names: Mapping[str, str]) -> None:
    """Listen to the boxes, `stands-` and `evidence-` with the name of each line; say when they were last kept."""
    boxes = {
        problems.css_class(f"{box}-{names[line.key]}"): (line, box)
        for line in view.lines
        for box in ("stands", "evidence")
    }
    heard = _heard(view.unit.code, view.period)
    keeper.show(
        _key(view),
        boxes=list(boxes),
        heard=heard.times,
        saved_at=view.saved_at,
        on_change=partial(_on_change, view, boxes, heard),
    )


def _on_change(view: DeliveryView, boxes: Mapping[str, tuple[DeliveryLine, str]], heard: _Heard) -> None:
    told = keeper.changed(_key(view))
    heard.times, texts = keeper.news(told, heard=heard.times)
    for css, text in texts.items():
        if css in boxes:
            line, box = boxes[css]
            before = heard.answers.get(line.key) or line.go_on(view.drafts.get(line.key))
            answer = replace(before, **_said(line, box, text))
            if answer != before or line.key in heard.answers:
                heard.answers[line.key] = answer


def _said(line: DeliveryLine, box: str, text: str) -> dict[str, Any]:
    """What a box says, as a part of the answer. A choice says its place among the line's."""
    if box == "evidence":
        return {"evidence": text[:_MOST]}
    places = {str(place): choice for place, choice in enumerate(line.choices)}
    return {"choice": places[text]} if text in places else {}


def _heard(unit_code: str, period: Period) -> _Heard:
    found: _Heard = st.session_state.setdefault(f"delivery heard {unit_code} {period.iso}", _Heard())
    return found


def _key(view: DeliveryView) -> str:
    return f"delivery keeper {view.unit.code} {view.period.iso}"
