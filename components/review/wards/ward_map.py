"""Wards on a map and as ranked bars. Neither carries anything that the table does not."""

import json
from collections.abc import Iterator, Mapping
from decimal import Decimal
from functools import lru_cache
from math import cos, log2, radians
from typing import Any

import pydeck
import streamlit as st

from components.frame.page import our_place
from components.parts import hidden
from components.parts.markup import plain
from components.parts.words import on_page
from components.review.wards import clicks, drawn_map, labels
from components.review.wards.classes import Colouring, fill, legend, standing_in_words
from cycle.ground.series.warding import WardFigure, WardMap
from performance.ground.values import Absence, Value, round_half_up
from performance.review.wards.average import average_in_words, made_of_in_words, per_head_in_words
from performance.review.wards.count_intervals import Standing
from reporting.charts import over_time
from reporting.charts.alternative_text import wards_alt

PIXELS_ACROSS = 300
CHOSEN_PIXELS = 3
_READ = {
    Colouring.VALUE: "Classes are the same for every period.",
    Colouring.COMPARED: "Similar means that the difference may be chance alone (95% interval).",
}


def show(found: WardMap, *, chosen: str, by: Colouring = Colouring.VALUE, is_drawn: bool = False) -> None:
    """The map with its legend, the chosen ward outlined; a click on a ward chooses it."""
    if not found.geometries:
        st.info("No ward boundaries are held for this period. The BI team brings them in with manage.py import.")
        return
    (_show_drawn if is_drawn else _show_zoomed)(found, chosen, by)
    legend(found, by, chosen=chosen)
    undrawn = [ward.area.name for ward in found.wards if ward.area.code not in found.geometries]
    if undrawn:
        st.caption(plain(f"Not on this map, since its boundaries have no outline for them: {', '.join(undrawn)}."))
    if found.edition:
        drawn = ". They show about where each ward lies" if found.edition.drawn_by_us else ""
        st.caption(plain(f"Boundaries: {found.edition.name}{drawn}. {_READ[by]}"))


def _show_drawn(found: WardMap, chosen: str, by: Colouring) -> None:
    words = said_of_each(found, our_place())
    key = clicks.key_of(f"drawn_{found.measure.code}_{found.period.iso}")
    st.vega_lite_chart(
        drawn_map.drawing(found, words, chosen=chosen, by=by, zoom=_view(found.geometries).zoom),
        theme=None, key=key, selection_mode=drawn_map.CLICKED, on_select=clicks.on_drawing(key),
        alt=wards_alt(
            "Map", found.measure, found.period, _ranked(found), of=len(found.wards), coloured=_coloured(found, by)
        ),
    )  # fmt: skip


def _show_zoomed(found: WardMap, chosen: str, by: Colouring) -> None:
    key = clicks.key_of(f"map_{found.measure.code}_{found.period.iso}")
    st.pydeck_chart(
        _deck(found, chosen, by, our_place(), clicks.closer()),
        height=360, key=key, selection_mode="single-object", on_select=clicks.on_map(key),
        alt=wards_alt(
            "Map", found.measure, found.period, _ranked(found), of=len(found.wards), coloured=_coloured(found, by)
        ),
    )  # fmt: skip
    _zoom(key)


def _zoom(key: str) -> None:
    """The map by buttons, for whoever has neither a second finger nor a double click."""
    with st.container(horizontal=True, gap="small"):
        st.button("Closer", key=f"closer_{key}", on_click=clicks.bring, args=(1,),
                  disabled=clicks.closer() == clicks.CLOSEST)  # fmt: skip
        st.button("Further away", key=f"further_{key}", on_click=clicks.bring, args=(-1,),
                  disabled=clicks.closer() == 0)  # fmt: skip
        st.button("Show the whole map", key=f"whole_{key}", on_click=clicks.show_all)


def bars(found: WardMap, *, chosen: str) -> None:
    """Wards with a number, highest first."""
    if not found.ranked:
        st.info("No ward has a figure that may be shown for this period.")
        return
    whole = found.average_ward or (found.whole if isinstance(found.whole, Decimal) and not found.is_count else None)
    chart = over_time.Ranking(
        bars=tuple(
            over_time.Bar(
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
        against_words="" if whole is None else beside_in_words(found),
    )
    st.vega_lite_chart(
        over_time.ranking(chart), theme=None, key=f"bars_{found.measure.code}_{found.period.iso}",
        alt=wards_alt(
            "Ranked bars", found.measure, found.period, _ranked(found), of=len(found.wards), beside=chart.against_words
        ),
    )  # fmt: skip


def in_words(found: WardMap, *, chosen: str) -> None:
    """The chosen ward in a sentence, and why a figure is hidden where it is."""
    ward = next((ward for ward in found.wards if ward.area.code == chosen), None)
    if ward is None:
        st.write("This ward has no figure for this measure and period.")
    elif ward.value is Absence.SUPPRESSED:
        st.write(f"**{plain(ward.area.name)}**: {plain(hidden.why_ward())}")
    else:
        place = f", {_ordinal(ward.rank)}highest of {len(found.ranked)} wards" if ward.rank else ""
        made_of = made_of_in_words(found.average_ward, found.everywhere, our_place())
        whole = f" {beside_in_words(found)}{made_of}." if beside_in_words(found) else ""
        beside = f" {standing_in_words(ward, found)}." if ward.standing is not Standing.NOT_COMPARED else ""
        said = f"{found.measure.print_value(ward.value)}{place}.{whole}{_per_head(ward, found)}{beside}"
        st.write(f"**{plain(ward.area.name)}**: {plain(said)}")
    if found.whole is Absence.SUPPRESSED:
        st.write(f"**{plain(our_place())}**: {plain(hidden.why_whole())}")
    on_page.explain(*_words(found))


def _words(found: WardMap) -> Iterator[str]:
    """Of the glossary, what stands on this map and beside it."""
    values = {each.value for each in found.wards if isinstance(each.value, Absence)}
    if found.average_ward is not None:
        yield "Average ward"
    if values & {Absence.SUPPRESSED}:
        yield "Hidden"
    if values & {Absence.NOT_PROVIDED}:
        yield Absence.NOT_PROVIDED.in_words
    if values & {Absence.NOT_DUE}:
        yield "Not due"


def beside_in_words(found: WardMap) -> str:
    """What a ward is read against: the council's rate, or of a count the average ward, never the sum of all."""
    if found.average_ward is not None:
        return f"Average ward: {average_in_words(found.measure, found.average_ward)}"
    if found.is_count or found.whole is None or found.whole is Absence.SUPPRESSED:
        return ""
    return f"{our_place()}: {found.measure.print_value(found.whole)}"


def _per_head(ward: WardFigure, found: WardMap) -> str:
    """ " 2.1 per 1,000 residents of 2016, 1.6 in Testing." of a count, where it is known how many live there."""
    if ward.per_head is None:
        return ""
    whole = "" if found.whole_per_head is None else f", {round_half_up(found.whole_per_head, 1):,} in {our_place()}"
    return f" {per_head_in_words(ward.per_head, found.residents_of)}{whole}."


@lru_cache(maxsize=128)
def _deck(found: WardMap, chosen: str, by: Colouring, place: str, closer: int) -> pydeck.Deck:
    """Drawn once for each map that is kept and ward that is chosen, all of it or `closer` to that ward."""
    view = _view(found.geometries)
    if closer:
        around = {code: shape for code, shape in found.geometries.items() if code == chosen}
        view = _nearer(view, closer, around)
    return pydeck.Deck(
        [_layer(found, chosen, by, place), _names(found, by, view.zoom)],
        # The wheel moves the page on; the map is made larger by a double click, two fingers or the keys.
        views=[pydeck.View("MapView", controller={"scrollZoom": False})],
        initial_view_state=view,
        map_provider=None,
        tooltip={"text": "{name}\n{words}"},
    )


def _layer(found: WardMap, chosen: str, by: Colouring, place: str) -> pydeck.Layer:
    features = [
        {
            "type": "Feature",
            "geometry": found.geometries[ward.area.code],
            "properties": {
                "code": ward.area.code,
                "name": ward.area.name,
                "words": _on_hover(ward, found, place),
                "fill": [*fill(ward, found, by), 255],
                "line": [11, 12, 12, 255],
                "width": CHOSEN_PIXELS if ward.area.code == chosen else 1,
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
        line_width_units='"pixels"',
    )


def _names(found: WardMap, by: Colouring, zoom: float) -> pydeck.Layer:
    """Letters that stand out from their ward, each with an edge that stands out from the ward next to it."""
    wards = {ward.area.code: ward for ward in found.wards}
    fitting = labels.that_fit(found.geometries, {code: ward.area.name for code, ward in wards.items()}, zoom=zoom)
    written: list[dict[str, Any]] = []
    for name in fitting:
        letters, edge = labels.inks(fill(wards[name.code], found, by))
        written += [
            {"text": name.text, "position": name.position, "offset": each, "ink": letters if each == (0, 0) else edge}
            for each in labels.STROKES
        ]
    return pydeck.Layer(
        "TextLayer",
        written,
        id="names",
        pickable=False,
        get_text="text",
        get_position="position",
        get_pixel_offset="offset",
        get_color="ink",
        get_size=labels.PIXELS,
        character_set='"auto"',
        font_family='"Source Sans, Arial, sans-serif"',
    )


def said_of_each(found: WardMap, place: str) -> dict[str, str]:
    """What the drawing says of each ward, by code."""
    return {ward.area.code: _on_hover(ward, found, place).replace("\n", ", ") for ward in found.wards}


def _on_hover(ward: WardFigure, found: WardMap, place: str) -> str:
    said = found.measure.print_value(ward.value)
    return said if ward.standing is Standing.NOT_COMPARED else f"{said}\n{ward.standing.in_words(place)}"


def _view(geometries: Mapping[str, Mapping[str, Any]]) -> pydeck.ViewState:
    west, south, east, north = _edges(json.dumps(geometries, sort_keys=True))
    middle = (south + north) / 2
    # The whole of it fits a telephone: at zoom 0 the world is 512 pixels wide.
    across = max(east - west, (north - south) / cos(radians(middle)), 0.001)
    zoom = log2(PIXELS_ACROSS / 512 * 360 / across)
    return pydeck.ViewState(longitude=(west + east) / 2, latitude=middle, zoom=round(zoom, 2))


def _nearer(view: pydeck.ViewState, closer: int, around: Mapping[str, Mapping[str, Any]]) -> pydeck.ViewState:
    """Twice as large for each step, with the ward in the middle where there is one."""
    middle = _view(around) if around else view
    return pydeck.ViewState(longitude=middle.longitude, latitude=middle.latitude, zoom=round(view.zoom + closer, 2))


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


def _ordinal(number: int | None) -> str:
    if number is None:
        return ""
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return "" if number == 1 else f"{number}{ending} "


def _ranked(found: WardMap) -> list[tuple[str, Value]]:
    return [(ward.area.name, ward.value) for ward in found.ranked]


def _coloured(found: WardMap, by: Colouring) -> list[tuple[str, list[str]]]:
    """Higher than Testing: Park, Heath Town. What the colours say, where they compare."""
    return [
        (standing.in_words(our_place()), [ward.area.name for ward in found.ranked if ward.standing is standing])
        for standing in (Standing.HIGHER, Standing.LOWER)
        if by is Colouring.COMPARED
    ]
