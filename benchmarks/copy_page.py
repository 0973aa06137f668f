"""Make a bare Streamlit script of what a page drew: the same elements in the same places, from constants.

The script draws with Streamlit's own calls, in the same nesting. It asks nobody who is there, reads no database and
knows no rule: what it costs is what Streamlit costs for that page.
"""

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qsl

_CALLS = {"markdown": "markdown", "html": "html", "heading": "markdown", "alert": "info", "text": "text"}
_CHOICES = {each: each for each in ("selectbox", "radio", "multiselect")} | {"button_group": "segmented_control"}
_TEXTS = {"text_input", "text_area", "date_input"}
Place = tuple[int, ...]
Drawn = dict[Place, Any]


def bare_script(drawn: Drawn, *, stock: bool, link_to: str) -> str:
    """The script's text. `stock` draws charts the ordinary way, as Altair objects built on every run.

    Links between pages lead to `link_to`, a file of the bare app: a link elsewhere would cost less than the app's.
    """
    lines = ["import altair as alt", "import pydeck", "import streamlit as st", "st.set_page_config(layout='wide')"]
    names: dict[Place, str] = {}
    for number, path in enumerate(sorted(drawn)):
        delta, parent = drawn[path], names.get(path[:-1], "st")
        if delta.WhichOneof("type") == "add_block":
            lines.extend(_block(delta.add_block, path, parent, number, drawn, names))
        else:
            element = delta.new_element
            lines.extend(_element(element.WhichOneof("type") or "", element, parent, number, stock, link_to))
    return "\n".join(lines) + "\n"


def _block(block: Any, path: Place, parent: str, number: int, drawn: Drawn, names: dict[Place, str]) -> Iterator[str]:
    kind = block.WhichOneof("type")
    columns = [each for each in drawn if each[:-1] == path and _is_column(drawn[each])]
    if columns:
        # Streamlit makes the row and its columns in one call, and so does the copy.
        yield f"b{number} = {parent}.columns({len(columns)})"
        names.update({each: f"b{number}[{index}]" for index, each in enumerate(sorted(columns))})
        return
    if path in names:
        return
    names[path] = f"b{number}"
    calls = {"form": f"form('f{number}')", "expandable": f"expander({block.expandable.label!r})"}
    yield f"b{number} = {parent}.{calls.get(kind, 'container()')}"


def _is_column(delta: Any) -> bool:
    return delta.WhichOneof("type") == "add_block" and delta.add_block.WhichOneof("type") == "column"


def _element(kind: str, element: Any, parent: str, number: int, stock: bool, link_to: str) -> Iterator[str]:
    drawn = getattr(element, kind, None)
    if kind in _CALLS:
        yield f"{parent}.{_CALLS[kind]}({drawn.body!r})"
    elif kind in {"vega_lite_chart", "deck_gl_json_chart"}:
        yield _chart(kind, drawn, parent, number, stock)
    elif kind == "page_link":
        query = f", query_params={dict(parse_qsl(drawn.query_string))!r}" if drawn.query_string else ""
        yield f"{parent}.page_link({link_to!r}, label={drawn.label!r}{query})"
    elif kind == "download_button":
        yield f"{parent}.download_button({drawn.label!r}, data=b'constant', key='w{number}')"
    elif kind in _CHOICES or kind in _TEXTS:
        yield f"{parent}.{_CHOICES.get(kind, kind)}({drawn.label!r}{_options(kind, drawn)}, key='w{number}')"
    elif kind == "button":
        call = "form_submit_button" if drawn.is_form_submitter else "button"
        yield f"{parent}.{call}({drawn.label!r}, key='w{number}')"
    elif kind not in {"", "empty", "skeleton", "space"}:
        yield f"{parent}.markdown({kind!r})"


def _options(kind: str, drawn: Any) -> str:
    return f", {[getattr(each, 'content', each) for each in drawn.options]!r}" if kind in _CHOICES else ""


def _chart(kind: str, drawn: Any, parent: str, number: int, stock: bool) -> str:
    if kind == "deck_gl_json_chart":
        layer = f"pydeck.Layer('GeoJsonLayer', {_layer_data(drawn.json)!r})"
        return f"{parent}.pydeck_chart(pydeck.Deck([{layer}], map_provider=None))"
    spec = json.loads(drawn.spec)
    if stock:
        return f"{parent}.altair_chart(alt.Chart.from_dict({spec!r}, validate=False), key='c{number}')"
    return f"{parent}.vega_lite_chart({spec!r}, key='c{number}')"


def _layer_data(deck: str) -> Any:
    """The polygons of the deck's first layer."""
    return next(layer["data"] for layer in json.loads(deck)["layers"])
