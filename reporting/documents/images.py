"""Charts as files, without a browser or a network: PNG for print and SVG for the web, each saying what it shows."""

import json
from functools import lru_cache
from html import escape
from io import BytesIO
from typing import Any

from performance.ground.texts import all_legible
from reporting.documents import fonts, renderer

PRINT_SCALE = 2


def png(spec: dict[str, Any], *, scale: float = PRINT_SCALE) -> bytes:
    """The chart as a picture, at twice its size unless said otherwise. Raises renderer.NotDrawnError."""
    return _png(_as_text(spec), scale)


def svg(spec: dict[str, Any], *, title: str, description: str) -> str:
    """The chart as SVG, named and described for those who cannot see it. Raises renderer.NotDrawnError."""
    return described(fonts.embedded(_svg(_as_text(spec))), title=title, description=description)


def on_a_page(spec: dict[str, Any], *, title: str, description: str) -> str:
    """The same for a PDF page, which brings the letters itself: to cut them out for each chart takes longer than all
    the rest. Raises renderer.NotDrawnError."""
    return described(_svg(_as_text(spec)), title=title, description=description)


def described(drawn: str, *, title: str, description: str) -> str:
    """An SVG that says what it is and what it shows."""
    head, _, body = drawn.partition(">")
    words = f'<title id="chart-title">{escape(title)}</title><desc id="chart-desc">{escape(description)}</desc>'
    return f'{head} role="img" aria-labelledby="chart-title chart-desc">{words}{body}'


def named(png: bytes, *, title: str, said: str) -> bytes:
    """A PNG that says in its file what it is and what it shows."""
    # Whoever takes no picture away does not wait for what reads them.
    from PIL import Image
    from PIL.PngImagePlugin import PngInfo

    picture, kept, words = Image.open(BytesIO(png)), BytesIO(), PngInfo()
    words.add_itxt("Title", title)
    words.add_itxt("Description", said)
    picture.save(kept, "PNG", pnginfo=words, optimize=True)
    return kept.getvalue()


def _as_text(spec: dict[str, Any]) -> str:
    return json.dumps(all_legible(spec), sort_keys=True)


@lru_cache(maxsize=64)
def _png(spec: str, scale: float) -> bytes:
    return renderer.draw("png", spec=spec, scale=scale)


@lru_cache(maxsize=64)
def _svg(spec: str) -> str:
    return renderer.draw("svg", spec=spec).decode()
