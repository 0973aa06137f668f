"""The charts of a pack as pictures, opened again: each says what it shows, the index the same, and nothing more."""

import csv
import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import pytest
from lxml import etree
from PIL import Image

from performance.report.frozen import FrozenLine
from performance.report.pack import Pack
from reporting.packs import pictures
from tests.reporting.packs.test_document import AMBER, HIDDEN, RED, a_pack

SVG = "{http://www.w3.org/2000/svg}"
STANDS = "Red: 92.1% in Q2 (July to September) 2017/18, target 95.0%. City Council. Figures as known on 9 November 2017"


def made(pack: Pack) -> bytes:
    return pictures.as_zip(pack, council="City Council", place="The city")


def opened(*lines: FrozenLine) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made(a_pack(*lines)))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def index(files: dict[str, bytes]) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(files["index.csv"].decode("utf-8-sig"), newline="")))


def test_each_red_with_a_chart_is_there_twice_and_every_name_in_the_index() -> None:
    second = replace(RED, measure_code="CALLS/ä b", title="Calls, answered")
    files = opened(RED, second, AMBER, HIDDEN)
    assert list(files) == [
        "index.csv", "01-WCP1063.png", "01-WCP1063.svg", "02-CALLS_b.png", "02-CALLS_b.svg",
    ]  # fmt: skip
    listed = index(files)
    assert [name for row in listed for name in (row["png"], row["svg"])] == list(files)[1:]
    assert [row["title"] for row in listed] == ["Collections", "Calls, answered"]
    assert {row["edition"] for row in listed} == {"E-03, Q2 (July to September) 2017/18: Cabinet (draft)"}


def test_a_picture_says_in_itself_what_the_index_says_of_it() -> None:
    files = opened()
    (row,) = index(files)
    assert row["alternative_text"].startswith("Line chart of Collections for The city")
    assert STANDS in row["alternative_text"]
    drawn = etree.fromstring(files[row["svg"]])
    assert (drawn.findtext(f"{SVG}title"), drawn.findtext(f"{SVG}desc")) == ("Collections", row["alternative_text"])
    assert drawn.get("role") == "img"
    picture = Image.open(io.BytesIO(files[row["png"]]))
    assert picture.text == {"Title": "Collections", "Description": row["alternative_text"]}  # type: ignore[attr-defined]
    words = " ".join(" ".join(each.itertext()) for each in drawn.iter(f"{SVG}text"))
    assert "Red: 92.1%" in words, "whoever has the picture alone sees how it stands"
    assert "Figures as known on 9 November 2017. Draft" in words


def test_a_published_pack_is_no_draft() -> None:
    pack = a_pack()
    published = replace(
        pack, edition=replace(pack.edition, published_at=pack.edition.freeze and pack.edition.freeze.at)
    )
    with zipfile.ZipFile(io.BytesIO(made(published))) as archive:
        assert b"raft" not in archive.read("index.csv") + archive.read("01-WCP1063.svg")


def test_the_same_pack_makes_the_same_file_whenever_it_is_built() -> None:
    first = made(a_pack())
    pictures.images._png.cache_clear()
    pictures.images._svg.cache_clear()
    assert made(a_pack()) == first
    with zipfile.ZipFile(io.BytesIO(first)) as archive:
        assert {each.date_time for each in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize("name", ["../../etc/passwd", "C:\\x", "=1+1", "a" * 200, "漢字"])
def test_no_code_leads_out_of_the_folder_it_is_opened_in(name: str) -> None:
    _, *names = opened(replace(RED, measure_code=name))
    assert all(each.startswith("01-") and set("/\\:=.").isdisjoint(each[:-4]) and len(each) < 80 for each in names)


def test_titles_that_a_spreadsheet_would_run_or_a_picture_would_read_as_markup_are_words() -> None:
    files = opened(replace(RED, title="=1+1 <script>x</script> & more"))
    (row,) = index(files)
    assert row["title"] == "'=1+1 <script>x</script> & more"
    drawn = etree.fromstring(files[row["svg"]])
    assert drawn.findtext(f"{SVG}title") == "=1+1 <script>x</script> & more"
    assert not list(drawn.iter("{*}script"))


def test_a_red_without_two_figures_is_named_and_has_no_picture() -> None:
    files = opened(RED, replace(RED, measure_code="ONE", points=RED.points[:1]))
    assert index(files)[1] == {
        "png": "", "svg": "", "measure_code": "ONE", "title": "Collections",
        "alternative_text": "No chart: it has fewer than two figures to show.",
        "edition": "E-03, Q2 (July to September) 2017/18: Cabinet (draft)",
    }  # fmt: skip


def test_without_any_chart_there_is_no_file() -> None:
    assert made(a_pack(AMBER, HIDDEN)) == b""


def test_a_figure_that_is_hidden_stands_nowhere_and_leaves_a_gap() -> None:
    """What is hidden comes frozen as no number at all; the same chart with it is another picture."""
    gap = opened(RED)
    told = opened(
        replace(RED, points=tuple(replace(each, number=each.number or Decimal("77.7")) for each in RED.points))
    )
    for name in ("01-WCP1063.png", "01-WCP1063.svg", "index.csv"):
        assert b"77.7" not in gap[name]
    assert b"77.7" in told["index.csv"], "this could fail"
    assert gap["01-WCP1063.svg"] != told["01-WCP1063.svg"]
    assert "HELPED" not in str(opened()), "a measure whose figure is hidden is no red"
