"""The files of an edition: a row for each number it shows, and metadata that names every column."""

import csv
import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from performance.ground.periods import Period
from performance.ground.reckoning.rag import Rag
from performance.ground.values import Absence
from performance.report.editions import Audience, Freeze
from performance.report.frozen import FrozenLine, FrozenPoint, FrozenTarget
from performance.report.pack import Pack
from performance.report.words import Place, Said, story
from reporting.open_data import files, pages
from reporting.open_data.pages import Frame
from tests.performance.report.test_editions import EDITION, LINE, THEN

QUARTER = LINE.period
MONTH = Period.month(QUARTER.end.year, QUARTER.end.month)


def a_pack(*lines: FrozenLine, summary: str = "") -> Pack:
    freeze = Freeze(at=THEN, by="officer", lines=len(lines))
    published = replace(EDITION, audience=Audience.PUBLIC, freeze=freeze, published_at=THEN, published_by="officer")
    written = {(Place.SUMMARY, ""): Said(words=summary, by="officer")}
    return Pack(edition=published, lines=lines, story=story(lines, written).as_published)


def a_point(number: str | None, rag: Rag = Rag.GREEN, period: Period = MONTH) -> FrozenPoint:
    return FrozenPoint(
        period=period, number=None if number is None else Decimal(number), target=Decimal("5.55"), rag=rag
    )


def rows(line: FrozenLine) -> list[dict[str, str]]:
    content = files.figures_csv(a_pack(line), "E08000031")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_a_point_of_the_lines_own_period_is_no_second_row() -> None:
    found = rows(replace(LINE, points=(a_point("4"), a_point("9", period=QUARTER))))
    assert [(each["period"], each["in_edition"]) for each in found] == sorted([(QUARTER.iso, "yes"), (MONTH.iso, "no")])


@pytest.mark.parametrize(
    ("rag", "absence"),
    [(Rag.SUPPRESSED, "suppressed"), (Rag.NOT_DUE, "not_due"), (Rag.NOT_PROVIDED, "not_provided"),
     (Rag.NO_TARGET, "not_provided")],
)  # fmt: skip
def test_a_gap_says_why_and_holds_no_number(rag: Rag, absence: str) -> None:
    (gap,) = [each for each in rows(replace(LINE, points=(a_point(None, rag),))) if each["in_edition"] == "no"]
    assert (gap["value"], gap["absence"], gap["rag"], gap["target"]) == ("", absence, rag.value, "5.55")


def test_a_range_has_bounds_and_no_target() -> None:
    target = FrozenTarget(lower=Decimal(2), upper=Decimal("3.25"), in_words="2 to 3.25")
    (found,) = rows(replace(LINE, target=target, points=()))
    assert (found["target"], found["lower"], found["upper"]) == ("", "2", "3.25")


@pytest.mark.parametrize(
    ("number", "decimals", "printed"),
    [("1234.5", 0, "1235"), ("-0.04", 1, "0.0"), ("2.50", 1, "2.5"), ("7", 2, "7.00"), ("1E+3", 0, "1000")],
)
def test_numbers_stand_as_they_are_printed(number: str, decimals: int, printed: str) -> None:
    line = replace(LINE, value=Decimal(number), decimals=decimals, points=())
    (found,) = rows(line)
    assert found["value"] == printed
    written = files.as_json(a_pack(line), council="Testing", area="E08000031")
    (in_json,) = json.loads(written, parse_float=str, parse_int=str)["figures"]
    assert in_json["value"] == printed


def test_the_metadata_names_every_column_in_its_order() -> None:
    pack = a_pack(LINE)
    said = json.loads(files.metadata(pack, council="Testing"))
    headings = [
        content.decode("utf-8-sig").splitlines()[0].split(",")
        for content in (files.figures_csv(pack, "E08000031"), files.measures_csv(pack))
    ]
    assert [[each["name"] for each in table["tableSchema"]["columns"]] for table in said["tables"]] == headings
    assert [table["url"] for table in said["tables"]] == ["figures.csv", "measures.csv"]
    assert all(each["dc:description"] for table in said["tables"] for each in table["tableSchema"]["columns"])
    assert date.fromisoformat(said["dc:issued"])


def test_words_whose_figure_is_hidden_by_now_say_so_and_show_no_token() -> None:
    hidden = replace(LINE, value=Absence.SUPPRESSED, figure=Absence.SUPPRESSED.in_words, rag=Rag.SUPPRESSED)
    token = f"There were {{{{{LINE.measure_code}.value}}}} of them."
    page = pages.edition(a_pack(hidden, summary=token), is_latest=True, here="", frame=Frame()).decode()
    assert "There were (hidden to protect people) of them." in page
    assert "{{" not in page
