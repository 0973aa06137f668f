"""Wards three ways: on a map, as ranked bars, and as a table. None carries anything that the table does not."""

import json
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache
from html import escape
from math import cos, log2, radians
from typing import Any

import pydeck
import streamlit as st

from components import html_table
from components.page import our_place
from cycle.warding import WardFigure, WardMap
from performance.values import Absence
from reporting import charts

# From pale to dark; outlines carry the edges, since the palest is close to white.
FILLS = ((210, 226, 241), (142, 184, 220), (86, 148, 202), (29, 112, 184), (15, 56, 92))
PIXELS_ACROSS = 300
_NO_DATA, _HIDDEN = (255, 255, 255), (190, 190, 190)
_STYLE = """<style>
.legend{list-style:none;margin:.25rem 0 !important;padding:0 !important;display:flex;flex-wrap:wrap;gap:.35rem 1.25rem}
.legend li{margin:0 !important;display:flex;align-items:center;gap:.45rem}
.legend i{display:inline-block;width:1.4rem;height:1rem;border:1px solid #0B0C0C}
</style>"""


def show(found: WardMap, *, chosen: str) -> None:
    """The map with its legend, the chosen ward outlined."""
    if not found.geometries:
        st.info("No ward boundaries are held for this period. The BI team brings them in with manage.py import.")
        return
    st.pydeck_chart(
        _deck(found, chosen), height=360, key=f"map_{found.measure.code}_{found.period.iso}", alt=_alt(found)
    )
    legend(found)
    undrawn = [ward.area.name for ward in found.wards if ward.area.code not in found.geometries]
    if undrawn:
        st.caption(f"Not on this map, since its boundaries have no outline for them: {', '.join(undrawn)}.")
    if found.edition:
        drawn = ". They show about where each ward lies" if found.edition.drawn_by_us else ""
        st.caption(f"Boundaries: {found.edition.name}{drawn}. Classes are the same for every period.")


def legend(found: WardMap) -> None:
    """Each class with its range and how many wards are in it; no data and hidden are classes of their own."""
    counts = [sum(ward.map_class == number for ward in found.wards) for number in range(len(found.bounds) + 1)]
    items = [
        (FILLS[_shade(number, found)], f"{_range(found, number)}: {_wards(count)}")
        for number, count in enumerate(counts)
    ]
    hidden = sum(ward.value is Absence.SUPPRESSED for ward in found.wards)
    missing = sum(isinstance(ward.value, Absence) for ward in found.wards) - hidden
    if hidden:
        items.append((_HIDDEN, f"Hidden to protect people: {_wards(hidden)}"))
    if missing:
        items.append((_NO_DATA, f"No data: {_wards(missing)}"))
    drawn = "".join(
        f'<li><i style="background:rgb{colour}" aria-hidden="true"></i>{escape(words)}</li>' for colour, words in items
    )
    st.html(f'{_STYLE}<ul class="legend" aria-label="Classes of the map">{drawn}</ul>')


def bars(found: WardMap, *, chosen: str) -> None:
    """Wards with a number, highest first."""
    if not found.ranked:
        st.info("No ward has a figure that may be shown for this period.")
        return
    whole = found.whole if isinstance(found.whole, Decimal) and found.measure.is_ratio else None
    chart = charts.Ranking(
        bars=tuple(
            charts.Bar(
                name=ward.area.name,
                number=ward.value,
                words=found.measure.print_value(ward.value),
                chosen=ward.area.code == chosen,
            )
            for ward in found.ranked
            if not isinstance(ward.value, Absence)
        ),
        unit=found.measure.unit,
        against=whole,
        against_words="" if whole is None else f"{our_place()} {found.measure.print_value(whole)}",
    )
    st.vega_lite_chart(
        charts.ranking(chart), theme=None, alt=_alt(found), key=f"bars_{found.measure.code}_{found.period.iso}"
    )


def table(found: WardMap) -> None:
    """Every ward with its figure, in the order of the bars, those without a number last."""
    rest = tuple(ward for ward in found.wards if not ward.rank)
    columns = [
        html_table.Column(title="Ward"),
        html_table.Column(title=found.period.in_words, is_number=True),
        html_table.Column(title="Rank", is_number=True),
    ]
    rows = [
        [ward.area.name, found.measure.print_value(ward.value), str(ward.rank or "–")]
        for ward in (*found.ranked, *rest)
    ]
    if found.whole is not None:
        rows.append([our_place(), found.measure.print_value(found.whole), "–"])
    with st.expander("Table of these wards"):
        html_table.plain(f"{found.measure.title}, {found.period.in_words}", columns, rows)


def in_words(found: WardMap, *, chosen: str) -> None:
    """The chosen ward in a sentence, and why a figure is hidden where it is."""
    ward = next((ward for ward in found.wards if ward.area.code == chosen), None)
    if ward is None:
        st.write("This ward has no figure for this measure and period.")
    elif ward.value is Absence.SUPPRESSED:
        st.write(
            f"**{ward.area.name}**: hidden to protect people. Counts from 1 to 4 are not shown, nor as many other "
            f"wards as are needed so that the total for {our_place()} does not give them away."
        )
    else:
        place = f", {_ordinal(ward.rank)}highest of {len(found.ranked)} wards" if ward.rank else ""
        whole = "" if found.whole is None else f" {our_place()}: {found.measure.print_value(found.whole)}."
        st.write(f"**{ward.area.name}**: {found.measure.print_value(ward.value)}{place}.{whole}")


@lru_cache(maxsize=128)
def _deck(found: WardMap, chosen: str) -> pydeck.Deck:
    """Drawn once for each map that is kept and ward that is chosen."""
    return pydeck.Deck(
        [_layer(found, chosen)],
        initial_view_state=_view(found.geometries),
        map_provider=None,
        tooltip={"text": "{name}\n{words}"},
    )


def _layer(found: WardMap, chosen: str) -> pydeck.Layer:
    features = [
        {
            "type": "Feature",
            "geometry": found.geometries[ward.area.code],
            "properties": {
                "name": ward.area.name,
                "words": found.measure.print_value(ward.value),
                "fill": [*_fill(ward, found), 255],
                "line": [11, 12, 12, 255],
                "width": 90 if ward.area.code == chosen else 15,
            },
        }
        for ward in sorted(found.wards, key=lambda ward: ward.area.code == chosen)
        if ward.area.code in found.geometries
    ]
    return pydeck.Layer(
        "GeoJsonLayer",
        {"type": "FeatureCollection", "features": features},
        id="wards",
        pickable=True,
        get_fill_color="properties.fill",
        get_line_color="properties.line",
        get_line_width="properties.width",
    )


def _fill(ward: WardFigure, found: WardMap) -> tuple[int, int, int]:
    if ward.value is Absence.SUPPRESSED:
        return _HIDDEN
    return _NO_DATA if ward.map_class is None else FILLS[_shade(ward.map_class, found)]


def _shade(number: int, found: WardMap) -> int:
    """Fewer classes than shades spread over the whole range, so that the darkest is always the highest."""
    return number if not found.bounds else round(number * (len(FILLS) - 1) / len(found.bounds))


def _view(geometries: Mapping[str, Mapping[str, Any]]) -> pydeck.ViewState:
    west, south, east, north = _edges(json.dumps(geometries, sort_keys=True))
    middle = (south + north) / 2
    # The whole of it fits a telephone: at zoom 0 the world is 512 pixels wide.
    across = max(east - west, (north - south) / cos(radians(middle)), 0.001)
    zoom = log2(PIXELS_ACROSS / 512 * 360 / across)
    return pydeck.ViewState(longitude=(west + east) / 2, latitude=middle, zoom=round(zoom, 2))


@lru_cache(maxsize=8)
def _edges(geometries: str) -> tuple[float, float, float, float]:
    """West, south, east and north of all outlines, so that any council's wards stand in the middle of the map."""
    points: list[list[float]] = []
    waiting = [each["coordinates"] for each in json.loads(geometries).values()]
    while waiting:
        part = waiting.pop()
        if isinstance(part[0], int | float):
            points.append(part)
        else:
            waiting.extend(part)
    lengths, widths = [point[0] for point in points], [point[1] for point in points]
    return min(lengths), min(widths), max(lengths), max(widths)


def _range(found: WardMap, number: int) -> str:
    """A class in words; bounds belong to the class above."""
    show = found.measure.print_target
    low = show(found.bounds[number - 1]) if number else ""
    high = show(found.bounds[number]) if number < len(found.bounds) else ""
    if low and high:
        return f"{low} to under {high}"
    return f"Under {high}" if high else f"{low} and over" if low else "All figures"


def _wards(count: int) -> str:
    return f"{count} ward{'' if count == 1 else 's'}"


def _ordinal(number: int | None) -> str:
    if number is None:
        return ""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return "" if number == 1 else f"{number}{ending} "


def _alt(found: WardMap) -> str:
    if not found.ranked:
        return f"{found.measure.title} by ward, {found.period.in_words}. No ward has a figure that may be shown."
    top, bottom = found.ranked[0], found.ranked[-1]
    say = found.measure.print_value
    return (
        f"{found.measure.title} by ward, {found.period.in_words}. Highest in {top.area.name}, {say(top.value)}; "
        f"lowest in {bottom.area.name}, {say(bottom.value)}."
    )
