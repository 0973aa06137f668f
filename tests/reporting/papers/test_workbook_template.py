"""A restyled Excel template: its cover first, and every cell of a kind as its sample looks; opened again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from openpyxl.drawing.image import Image
from openpyxl.styles import Border, Font, PatternFill, Side
from openpyxl.styles.colors import Color
from PIL import Image as Picture

from performance.report.templates import CABINET_PACK, SCORECARD, Program
from reporting.packs import workbook
from reporting.papers.specimen import written as example
from reporting.papers.template_check import BadTemplateError, demand_good, ours
from reporting.tables import wide
from reporting.tables.facts import Fact, Number, Table
from tests.reporting.packs.test_document import a_pack

DAY = datetime.fromisoformat("2017-11-12")  # as a workbook has it, without a place on earth
NAMES = {"council": "City Council", "place": "The city"}
TABLE = Table(
    name="Scorecard", rows_are="Measure", rows={"A": "Bins"}, columns={"latest": "Latest"},
    facts=[Fact(row="A", column="latest", said=Number(value=Decimal("92.1"), unit="percent"))],
)  # fmt: skip


def supplied() -> Any:
    return openpyxl.load_workbook(BytesIO(ours(CABINET_PACK, Program.EXCEL)))


def kept(book: Any) -> bytes:
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def of_pack(template: bytes | None) -> bytes:
    return workbook.write(a_pack(), **NAMES, template=template)


def of_paper(template: bytes | None) -> bytes:
    return example(CABINET_PACK, Program.EXCEL, template)


def of_scorecard(template: bytes | None) -> bytes:
    return wide.as_workbook([TABLE], [("What this is", "A scorecard")], template=template, told={"title": "Cards"})


EVERY_WRITER = pytest.mark.parametrize("write", [of_pack, of_paper, of_scorecard])


def restyled() -> Any:
    book = supplied()
    looks = {row[0].value: row[1] for row in book["Looks"].iter_rows(min_row=2)}
    looks["Heading"].fill = PatternFill("solid", fgColor=Color(theme=4, tint=0.0))
    looks["Heading"].font = Font(name="Georgia", size=13, color="FFFFFFFF", bold=True)
    looks["Number"].font = Font(name="Georgia", italic=True)
    looks["Number"].border = Border(bottom=Side("thin", color="FF801650"))
    book["Cover"]["A5"] = "{{title}} of {{council}}"
    book["Cover"].oddHeader.center.text = "{{title}}"
    book["Cover"].oddFooter.right.text = "&P"
    return book


@EVERY_WRITER
def test_every_workbook_begins_with_the_cover_and_looks_as_its_samples(
    write: Callable[[bytes | None], bytes],
) -> None:
    content = kept(restyled())
    demand_good(content, kind=CABINET_PACK, program=Program.EXCEL)
    book = openpyxl.load_workbook(BytesIO(write(content)))
    assert book.sheetnames[0] == "Cover"
    assert "{{title}}" not in str([cell.value for row in book["Cover"].iter_rows() for cell in row])
    sheet = next(each for each in book.worksheets if each.freeze_panes)
    heading = sheet["A1"]
    assert (heading.font.name, heading.font.sz, heading.fill.fgColor.rgb) == ("Georgia", 13, "FF4F81BD")
    number = next(cell for row in sheet.iter_rows(min_row=2) for cell in row if cell.data_type == "n" and cell.value)
    assert (number.font.name, number.font.i, number.border.bottom.style) == ("Georgia", True, "thin")
    assert "%" in number.number_format
    assert sheet.oddFooter.right.text == "&P"
    assert "{{" not in str(sheet.oddHeader.center.text)


@EVERY_WRITER
def test_without_a_template_there_is_no_cover_and_numbers_are_numbers(write: Callable[[bytes | None], bytes]) -> None:
    book = openpyxl.load_workbook(BytesIO(write(None)))
    assert "Cover" not in book.sheetnames
    assert any(cell.data_type == "n" and cell.value for sheet in book for row in sheet.iter_rows() for cell in row)


def test_a_cover_is_carried_over_cell_by_cell_with_its_pictures() -> None:
    # A draft says so above everything: all stands a row lower.
    book = supplied()
    cover = book["Cover"]
    cover.merge_cells("A7:B8")
    cover["A7"] = "{{meeting}}"
    cover["A9"] = "'=HYPERLINK(1)"
    cover["A10"], cover["A11"] = DAY, 0.915
    cover["A11"].number_format = "0.0%"
    cover.column_dimensions["B"].width, cover.row_dimensions[7].height = 33, 40
    logo = BytesIO()
    Picture.new("RGB", (40, 20), "purple").save(logo, "PNG")
    cover.add_image(Image(logo), "C3")
    made = openpyxl.load_workbook(BytesIO(of_pack(kept(book))))["Cover"]
    assert made["A8"].value == "Cabinet, 11 December 2017"
    assert [each.coord for each in made.merged_cells.ranges] == ["A8:B9"]
    assert (made.column_dimensions["B"].width, made.row_dimensions[8].height) == (
        pytest.approx(33, abs=1),
        pytest.approx(40, abs=1),
    )
    assert (made["A10"].data_type, "HYPERLINK" in made["A10"].value) == ("s", True)
    assert (made["A11"].value, made["A12"].value, made["A12"].number_format) == (DAY, 0.915, "0.0%")
    (picture,) = made._images
    assert (picture.anchor._from.col, picture.anchor._from.row, picture.width, picture.height) == (2, 3, 40, 20)


def test_a_colour_of_the_theme_is_lighter_or_darker_by_its_tint() -> None:
    book = supplied()
    sample = {row[0].value: row[1] for row in book["Looks"].iter_rows(min_row=2)}["Heading"]
    for tint, expected in ((0.6, "FFB9CDE5"), (-0.5, "FF254061")):
        sample.fill = PatternFill("solid", fgColor=Color(theme=4, tint=tint))
        made = openpyxl.load_workbook(BytesIO(of_pack(kept(book))))
        assert abs(int(made["Measures"]["A1"].fill.fgColor.rgb[2:], 16) - int(expected[2:], 16)) < 0x20202


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda book: book["Cover"].__setitem__("A9", "{{titel}}"), "Did you mean {{title}}?"),
        (lambda book: book["Cover"].__setitem__("A9", "{{reds}}"), "{{reds}} has no place on the cover"),
        (lambda book: book["Cover"].__setitem__("A9", "=TODAY()"), "The cover has a formula in A9"),
        (lambda book: book["Cover"].__setitem__("A1048576", "x"), "The cover goes on to row 1,048,576"),
        (lambda book: book["Looks"].insert_cols(1), "names no look in its first column"),
        (lambda book: book["Looks"].__setitem__("A12", "Blue"), "names “Blue”, which no cell of a report has"),
        (lambda book: [book.remove(book[name]) for name in (book.create_sheet("X").title and ("Cover", "Looks"))],
         "It has no sheet “Cover” and none “Looks”"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(change: Callable[[Any], Any], said: str) -> None:
    book = supplied()
    change(book)
    with pytest.raises(BadTemplateError) as refusal:
        demand_good(kept(book), kind=CABINET_PACK, program=Program.EXCEL)
    assert said in str(refusal.value)


def test_a_look_that_the_sheet_does_not_name_stays_as_supplied() -> None:
    book = supplied()
    book["Looks"]["A2"] = None
    content = kept(book)
    demand_good(content, kind=SCORECARD, program=Program.EXCEL)
    assert openpyxl.load_workbook(BytesIO(of_pack(content)))["About"]["A1"].font.sz == 16


def test_what_is_not_carried_over_is_named_and_no_cell_far_out_is_work() -> None:
    book = supplied()
    book.create_sheet("Contacts")["A1"] = "{{nonsense}}"
    book["Looks"]["XFD1048576"].font = Font(bold=True)
    book["Looks"]["A3"] = "heading "
    assert demand_good(kept(book), kind=CABINET_PACK, program=Program.EXCEL) == ("the sheet “Contacts”",)


def test_a_draft_says_so_on_the_cover_and_in_the_words_and_what_is_published_does_not() -> None:
    content = kept(supplied())
    draft = openpyxl.load_workbook(BytesIO(of_pack(content)))
    assert draft["Cover"]["A1"].value.startswith("Draft: This edition is not published")
    assert draft["Cover"]["A2"].value == "Performance, Q2 (July to September) 2017/18"
    assert [draft["About"]["A3"].value, draft["About"]["B3"].value][0] == "Draft"
    published = replace(a_pack(), edition=replace(a_pack().edition, published_at=datetime(2017, 11, 10, tzinfo=UTC)))
    made = openpyxl.load_workbook(BytesIO(workbook.write(published, **NAMES, template=content)))
    assert made["Cover"]["A1"].value == "Performance, Q2 (July to September) 2017/18"


def test_what_is_told_above_a_page_is_words_and_no_marks() -> None:
    book = supplied()
    book["Cover"].oddHeader.left.text = "{{title}}&G"
    told = {"title": "Health & Care R&D " + "x" * 300}
    made = openpyxl.load_workbook(
        BytesIO(wide.as_workbook([TABLE], [("What this is", "A scorecard")], template=kept(book), told=told))
    )
    assert made["Scorecard"].oddHeader.left.text.startswith("Health && Care R&&D x")
    assert made["Cover"].oddHeader.left.text.startswith("Health && Care R&&D x")
