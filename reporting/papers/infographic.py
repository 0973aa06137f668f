"""An infographic as a picture or a PDF page: big numbers, small lines, and icons that are drawn here."""

from typing import Any

from performance.review.infographic import Infographic, Tile
from reporting.charts.sparkline import sparkline
from reporting.documents import images, pdf

_TEMPLATE = "infographic.typ"
_LINE = {"width": 150, "height": 34}  # pixels


def as_pdf(page: Infographic) -> bytes:
    """One A4 page, tagged for screen readers. Raises renderer.NotDrawnError."""
    return pdf.document(_TEMPLATE, _data(page))


def as_png(page: Infographic) -> bytes:
    """The same page as a picture, 150 dots an inch; it says what it shows within its file. Raises NotDrawnError."""
    return images.named(
        pdf.picture(_TEMPLATE, _data(page), format="png", ppi=150), title=page.title, said=page.in_words
    )


def as_svg(page: Infographic) -> bytes:
    """The same page, named and described for those who cannot see it. Raises renderer.NotDrawnError."""
    drawn = pdf.picture(_TEMPLATE, _data(page), format="svg").decode()
    return images.described(drawn, title=page.title, description=page.in_words).encode()


def _data(page: Infographic) -> dict[str, Any]:
    return {
        "title": page.title, "lead": page.lead, "foot": page.foot, "said": page.in_words,
        "tiles": [_tile(each) for each in page.tiles],
    }  # fmt: skip


def _tile(tile: Tile) -> dict[str, Any]:
    status = tile.status if tile.status and tile.status.is_rated else None
    return {
        "title": tile.title, "figure": tile.figure, "period": tile.period, "said": tile.said, "sign": tile.sign,
        "status": status.value if status else "", "rated": status.in_words if status else "",
        "line": sparkline(tile.numbers, **_LINE) if len(tile.numbers) > 1 else "",
    }  # fmt: skip
