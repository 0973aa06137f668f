"""PDF files from templates: tagged for screen readers (PDF/UA), with what they say passed in as data."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from performance.ground.texts import all_legible
from reporting.documents import renderer

_TEMPLATES = Path(__file__).parent / "templates"


def document(template: str, data: Mapping[str, Any]) -> bytes:
    """The template filled with the data; all text stays text, whatever it holds. Raises renderer.NotDrawnError."""
    try:
        return _compiled(template, data, format="pdf", pdf_standards="ua-1")
    except renderer.NotDrawnError as fault:
        # A sign no font here can draw: the standard forbids it, but the page is still better than none.
        if "could not be displayed" not in fault.said:
            raise
        return _compiled(template, data, format="pdf")


def count_pages(template: str, data: Mapping[str, Any]) -> int:
    """How many sides the document takes, drawn too small to read. Raises renderer.NotDrawnError."""
    return int(_compiled(template, data, format="png", ppi=8))


def picture(template: str, data: Mapping[str, Any], **options: Any) -> bytes:
    """The first side as a picture, `format` "png" (with its `ppi`) or "svg". Raises renderer.NotDrawnError."""
    return _compiled(template, data, kind="side", **options)


def _compiled(template: str, data: Mapping[str, Any], *, kind: str = "page", **options: Any) -> bytes:
    inputs = {"data": json.dumps(all_legible(data), ensure_ascii=False)}
    return renderer.draw(kind, template=str(_TEMPLATES / template), inputs=inputs, options=options)
