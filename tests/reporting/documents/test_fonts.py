"""The letters of charts: there in every title, axis and label, the app's own, measured as drawn, and inside an SVG."""

import io
import json
import re
import xml.etree.ElementTree as ElementTree
from base64 import b64decode
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from performance.ground.periods import Period
from performance.report.annual import ChartKind
from reporting.charts import over_time
from reporting.charts.annual_spec import spec as annual
from reporting.charts.authored import EDGE
from reporting.charts.dots import Place, dots
from reporting.charts.parts_chart import parts_chart
from reporting.charts.season_chart import Season, seasons
from reporting.charts.spc_chart import spc
from reporting.documents import fonts, images
from tests.reporting.charts.test_over_time import MONTHS, chart, line
from tests.reporting.charts.test_review_charts import a_chart
from tests.reporting.documents.test_images import a_page

SVG = "{http://www.w3.org/2000/svg}"
LONG = "Residents aged 16 to 64 in work rose from 61.3% in 2011 to 64.1% in 2016, the highest since 2007"
SHARES = tuple(Decimal(number) for number in (1, 2, 3, 3))
# Every kind of chart there is, as a picture of a set width.
CHARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "trend": lambda: over_time.trend(
        chart(line("1", "2", "3"), line("3", "1", "2", name="England"), title="Fewer", subtitle="Each month"), width=500
    ),
    "ranking": lambda: over_time.ranking(
        over_time.Ranking(
            bars=tuple(
                over_time.Bar(name=name, number=Decimal(9), words="9%", chosen=False) for name in ("Park", "Penn")
            ),
            unit="percent",
            against=Decimal(8),
            against_words="Testing 8%",
        ),
        width=500,
    ),
    "dots": lambda: dots([Place(name="Testing", number=Decimal(16), words="16%, 2016", is_ours=True)], unit="percent"),
    "xmr": lambda: spc(a_chart([str(number % 5 + 40) for number in range(24)]), width=500),
    "seasons": lambda: seasons([Season(name="2015/16", numbers=SHARES)], ["Q1", "Q2", "Q3", "Q4"], unit="number"),
    "parts": lambda: parts_chart([("The season", Decimal(3), "+3")], unit="number"),
    "annual line": lambda: annual(a_page(kind=ChartKind.LINE, headline=LONG)),
    "annual bars": lambda: annual(a_page(kind=ChartKind.BARS, headline=LONG)),
}


def of_a_set_width(spec: dict[str, Any]) -> dict[str, Any]:
    return spec | ({"width": 500} if spec["width"] == "container" else {})


def texts(element: ElementTree.Element, x: float = 0, y: float = 0) -> Iterator[tuple[str, float, float, float, str]]:
    """Every text of a drawing that is not turned: words, place, size, and which end of them stands there."""
    turned = element.get("transform", "")
    if "rotate" in turned:
        return
    if moved := re.search(r"translate\(([-\d.]+),\s*([-\d.]+)\)", turned):
        x, y = x + float(moved[1]), y + float(moved[2])
    if element.tag == f"{SVG}text" and float(element.get("opacity", 1)) > 0:
        size = float(element.get("font-size", "0").removesuffix("px"))
        for part in element.iter():
            if part.text and part.text.strip():
                lower = float(part.get("dy", 0)) if part is not element else 0.0
                yield part.text, x, y + lower, size, element.get("text-anchor", "start")
    for child in element:
        yield from texts(child, x, y)


@pytest.mark.parametrize("name", CHARTS)
def test_every_word_of_a_chart_is_there_in_ink(name: str) -> None:
    spec = of_a_set_width(CHARTS[name]())
    found = list(texts(ElementTree.fromstring(images.svg(spec, title="", description=""))))  # noqa: S314
    picture = Image.open(io.BytesIO(images.png(spec, scale=2))).convert("L")
    assert len(found) >= 3
    for words, x, y, size, anchor in found:
        wide = fonts.width(words, size=size)
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        area = tuple(round(2 * edge) for edge in (left, y - size, left + wide, y + size / 3))
        assert sum(picture.crop(area).histogram()[:160]) > 4 * len(words.replace(" ", "")), words


# What stands where a grid line, a line or a bar may pass under it.
OVER: dict[str, dict[str, Any]] = {
    "target and break": over_time.trend(
        chart(line(*"12345678"), aims=(over_time.Aim(period=MONTHS[7], number=Decimal(6)),),
              breaks=((date(2017, 4, 1), "Counted anew"),)), width=500
    ),
    "bars": over_time.trend(chart(line(*"12345678"), bars=True), width=500),
    "dots": CHARTS["dots"](),
    "annual line": annual(a_page(kind=ChartKind.LINE)),
    "annual bars": annual(a_page(kind=ChartKind.BARS)),
}  # fmt: skip


@pytest.mark.parametrize("name", OVER)
def test_words_over_a_chart_are_drawn_on_a_white_edge_of_their_own_shape(name: str) -> None:
    words = [layer for layer in OVER[name]["layer"] if layer["mark"]["type"] == "text"]
    edges, inks = words[::2], words[1::2]
    assert len(edges) == len(inks) > 0
    for edge, ink in zip(edges, inks, strict=True):
        assert {**ink, "mark": ink["mark"] | EDGE} == edge
        assert ink["mark"]["color"] != EDGE["color"]


@pytest.mark.parametrize(
    ("kind", "last", "words"), [(ChartKind.LINE, "20", "Wolverhampton 20.0%"), (ChartKind.BARS, "19.3", "19.3%")]
)
def test_no_grid_line_goes_through_words_that_stand_on_it(kind: ChartKind, last: str, words: str) -> None:
    falling = {Period.year(2012 + place): Decimal(each) for place, each in enumerate(("30", "28", "26", "22", last))}
    spec = annual(a_page(kind=kind, ours=falling))
    found = texts(ElementTree.fromstring(images.svg(spec, title="", description="")))  # noqa: S314
    x, y, size, anchor = next(each for said, *each in found if said == words)
    wide = fonts.width(words, size=size)
    left = x - (wide / 2 if anchor == "middle" else 0)
    area = tuple(round(2 * edge) for edge in (left, y - size, left + wide, y + size / 3))
    grey = int(spec["config"]["axis"]["gridColor"][1:3], 16)
    bare = spec | {"layer": [layer for layer in spec["layer"] if layer["mark"].get("stroke") != EDGE["stroke"]]}
    with_edge, without = (
        Image.open(io.BytesIO(images.png(each, scale=2))).convert("L").crop(area).histogram()[grey]
        for each in (spec, bare)
    )
    assert (with_edge, without > 20) == (0, True)


@pytest.mark.parametrize("name", CHARTS)
def test_the_letters_are_our_own_and_no_machines(name: str) -> None:
    """With our family alone, which no machine has, the picture is the same to the last byte."""
    spec = of_a_set_width(CHARTS[name]())
    alone = json.loads(json.dumps(spec))
    alone["config"]["font"] = f'"{fonts.NAME}"'
    assert images.png(spec) == images.png(alone)
    alone["config"]["font"] = '"No such letters"'
    assert images.png(spec) != images.png(alone)


def test_an_svg_carries_the_letters_it_uses_and_no_others() -> None:
    drawn = images.svg(annual(a_page(headline="Fewer smoke")), title="Fewer smoke", description="")
    faces = re.findall(r"font-weight:(\d+);src:url\(data:font/woff;base64,([^)]+)\)", drawn)
    assert [weight for weight, _ in faces] == ["400", "700"]
    for _, face in faces:
        letters = {chr(sign) for sign in TTFont(io.BytesIO(b64decode(face))).getBestCmap()}
        assert set("Fewer smoke") <= letters
        assert not letters & set("QZ@")


def test_a_headline_goes_to_the_next_line_where_it_is_too_wide_to_be_drawn() -> None:
    lines = annual(a_page(headline=LONG))["title"]["text"]
    assert " ".join(lines) == LONG
    assert all(fonts.width(each, size=20, bold=True) <= 620 for each in lines)
    assert fonts.width(f"{lines[0]} {lines[1].split()[0]}", size=20, bold=True) > 620


@given(words=st.lists(st.text(alphabet="abcdefghijklmnopWM ", min_size=1, max_size=30), max_size=12))
def test_no_line_is_wider_than_asked_unless_it_is_one_word(words: list[str]) -> None:
    text = " ".join(words)
    lines = fonts.wrap(text, 120, size=13)
    assert " ".join(lines).split() == text.split()
    assert all(fonts.width(each, size=13) <= 120 or " " not in each for each in lines)
