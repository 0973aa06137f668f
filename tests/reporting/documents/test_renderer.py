"""The native libraries draw in a child: what ends it, ends nothing else, and the next drawing is made by another."""

import json
import time
from typing import Any

import pytest

from reporting.documents import images, renderer
from reporting.documents.renderer import NotDrawnError

BAR: dict[str, Any] = {
    "data": {"values": [{"a": "x", "b": 1}]}, "mark": "bar", "width": 100, "height": 50,
    "encoding": {"x": {"field": "a", "type": "nominal"}, "y": {"field": "b", "type": "quantitative"}},
}  # fmt: skip
UNSEEN = [chr(sign) for sign in (0, 2, 8, 11, 12, 27, 127, 133, 0xFFFE, 0xFFFF, 0xFDD0)] + [
    "\ud800",
    "\u202e",
    "\U000e0001",
]


def as_it_came(spec: dict[str, Any], **more: Any) -> bytes:
    """Drawn without a look at its texts, as if one had slipped through."""
    return renderer._renderer().draw(json.dumps({"kind": "png", "spec": json.dumps(spec), "scale": 1} | more).encode())


@pytest.mark.parametrize("sign", UNSEEN, ids=lambda sign: f"U+{ord(sign):04X}")
def test_a_sign_that_nobody_sees_stops_no_chart_and_no_page(sign: str) -> None:
    title = f"Fewer{sign}missed"
    assert images.png(BAR | {"title": title}).startswith(b"\x89PNG")
    assert "Fewer" in images.svg(BAR | {"title": title}, title=title, description=title)


def test_what_ends_the_library_ends_the_child_alone_and_another_draws_on() -> None:
    with pytest.raises(NotDrawnError, match="take unusual signs out"):
        as_it_came(BAR | {"title": "Fewer\bmissed"})
    assert images.png(BAR | {"title": "Another"}).startswith(b"\x89PNG")


def test_a_drawing_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(renderer, "SECONDS", 1)
    begin = time.monotonic()
    endless = BAR | {"data": {"sequence": {"start": 0, "stop": 30_000_000, "as": "b"}}}
    with pytest.raises(NotDrawnError):
        as_it_came(endless)
    assert time.monotonic() - begin < 30
    monkeypatch.undo()
    assert as_it_came(BAR).startswith(b"\x89PNG")


def test_a_drawing_larger_than_its_memory_is_refused() -> None:
    with pytest.raises(NotDrawnError):
        as_it_came(BAR, scale=400)
    assert as_it_came(BAR).startswith(b"\x89PNG")


def test_a_library_that_says_no_is_quoted_and_goes_on_drawing() -> None:
    with pytest.raises(NotDrawnError) as refused:
        as_it_came({"mark": 7})
    assert refused.value.said
    assert as_it_came(BAR).startswith(b"\x89PNG")
