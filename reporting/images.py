"""Charts as files, without a browser or a network: PNG for print and SVG for the web, each saying what it shows."""

import json
from functools import lru_cache
from html import escape
from typing import Any

import vl_convert

from reporting import fonts

PRINT_SCALE = 2


def png(spec: dict[str, Any], *, scale: float = PRINT_SCALE) -> bytes:
    """The chart as a picture, at twice its size unless said otherwise."""
    return _png(json.dumps(spec, sort_keys=True), scale)


def svg(spec: dict[str, Any], *, title: str, description: str) -> str:
    """The chart as SVG, named and described for those who cannot see it."""
    drawn = _svg(json.dumps(spec, sort_keys=True))
    head, _, body = fonts.embedded(drawn).partition(">")
    words = f'<title id="chart-title">{escape(title)}</title><desc id="chart-desc">{escape(description)}</desc>'
    return f'{head} role="img" aria-labelledby="chart-title chart-desc">{words}{body}'


@lru_cache(maxsize=64)
def _png(spec: str, scale: float) -> bytes:
    fonts.register()
    return bytes(vl_convert.vegalite_to_png(spec, scale=scale, allowed_base_urls=[]))


@lru_cache(maxsize=64)
def _svg(spec: str) -> str:
    fonts.register()
    return str(vl_convert.vegalite_to_svg(spec, allowed_base_urls=[]))
