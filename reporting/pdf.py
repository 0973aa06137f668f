"""PDF files from templates: tagged for screen readers (PDF/UA), with what they say passed in as data."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typst

from reporting import fonts

_TEMPLATES = Path(__file__).parent / "templates"


def document(template: str, data: Mapping[str, Any]) -> bytes:
    """The template filled with the data; all text stays text, whatever it holds."""
    try:
        made = typst.compile(
            _TEMPLATES / template, sys_inputs=_inputs(data), font_paths=[fonts.FOLDER], format="pdf",
            pdf_standards="ua-1",
        )  # fmt: skip
    except typst.TypstError as fault:
        # A sign no font here can draw: the standard forbids it, but the page is still better than none.
        if "could not be displayed" not in str(fault):
            raise
        made = typst.compile(_TEMPLATES / template, sys_inputs=_inputs(data), font_paths=[fonts.FOLDER], format="pdf")
    return bytes(made)


def count_pages(template: str, data: Mapping[str, Any]) -> int:
    """How many sides the document takes, drawn too small to read."""
    drawn = typst.compile(
        _TEMPLATES / template, sys_inputs=_inputs(data), font_paths=[fonts.FOLDER], format="png", ppi=8
    )
    return len(drawn) if isinstance(drawn, list) else 1


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": json.dumps(data, ensure_ascii=False)}
