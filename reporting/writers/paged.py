"""A paper as PDF pages, tagged for screen readers: headings, lists, header cells and charts are read out as such."""

from functools import singledispatch
from typing import Any

from reporting.documents import images, pdf
from reporting.writers.blocks import Block, Chart, Heading, Paper, Points, Table, Together, Words

_TEMPLATE = "paper.typ"


def write(paper: Paper) -> bytes:
    """The pages. Raises renderer.NotDrawnError."""
    head = {name: getattr(paper, name) for name in ("title", "caption", "subject", "author")}
    return pdf.document(_TEMPLATE, head | {"blocks": [_as_data(each) for each in paper.blocks]})


@singledispatch
def _as_data(block: Block) -> dict[str, Any]:
    raise NotImplementedError(type(block))


@_as_data.register
def _(block: Heading) -> dict[str, Any]:
    return {"kind": "heading", "words": block.words, "level": block.level, "new": block.on_a_new_page}


@_as_data.register
def _(block: Words) -> dict[str, Any]:
    lines = [part.strip() for part in block.text.split("\n") if part.strip()]
    return {
        "kind": "words", "lines": lines, "label": block.label, "bold": block.is_bold, "small": block.is_small,
    }  # fmt: skip


@_as_data.register
def _(block: Points) -> dict[str, Any]:
    return {"kind": "points", "texts": block.texts}


@_as_data.register
def _(block: Table) -> dict[str, Any]:
    titles, widths = zip(*block.columns, strict=True)
    return {
        "kind": "table", "header": titles, "widths": widths, "rows": [list(map(str, row)) for row in block.rows],
        "tagged": block.tagged, "tags": block.tags,
    }  # fmt: skip


@_as_data.register
def _(block: Chart) -> dict[str, Any]:
    svg = images.on_a_page(block.drawn, title=block.title, description=block.alt)
    return {"kind": "chart", "svg": svg, "alt": block.alt, "height": block.height}


@_as_data.register
def _(block: Together) -> dict[str, Any]:
    return {"kind": "together", "blocks": [_as_data(each) for each in block.blocks], "next": block.with_the_next}
