"""A workbook taken away, filled in and brought back, and a long file called off, in a real browser."""

import io
from pathlib import Path

import openpyxl
from playwright.sync_api import Locator, expect

from tests.e2e.server import operate
from tests.e2e.visitor import Visit, Visitor

RETURN = "unit=WASTE&period=2017-10"


def hand_in(person: Visitor, name: str, content: bytes) -> None:
    kind = "application/octet-stream"
    person.page.locator("input[type=file]").set_input_files({"name": name, "mimeType": kind, "buffer": content})


def box(person: Visitor, code: str, name: str) -> Locator:
    return person.page.locator(f".st-key-{name}-{code}-2017-10-1 input")


def download(person: Visitor, label: str) -> bytes:
    with person.page.expect_download() as waited:
        person.press(label)
    return Path(waited.value.path()).read_bytes()


def test_a_workbook_goes_out_and_comes_back_and_its_rows_stand_in_the_return(visit: Visit, site: str) -> None:
    manager = visit(site)
    manager.sign_in("waste.manager", f"/upload?{RETURN}")
    manager.expect_heading("Paste or upload")
    manager.look_at_every_size()
    book = openpyxl.load_workbook(io.BytesIO(download(manager, "Download October 2017 figures.xlsx")))
    sheet = book["figures"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for row, above, below in ((2, 3560, 8900), (3, "12.0.1", 915600)):
        sheet.cell(row, at["Numerator"]).value, sheet.cell(row, at["Denominator"]).value = above, below
    out = io.BytesIO()
    book.save(out)
    hand_in(manager, "October 2017 figures.xlsx", out.getvalue())
    manager.expect_words("3 rows read: 1 new, 1 with a problem, 1 without a figure. Nothing has been written yet.")
    manager.expect_words('must be a number, like 9.4, not "12.0.1"')
    manager.look_at_every_size()
    report = openpyxl.load_workbook(io.BytesIO(download(manager, "Download the workbook with its problems")))
    assert "12.0.1" in [cell.value for cell in report["figures"][3]]
    manager.press("Put 1 figure into my return")
    manager.expect_heading("October 2017 figures: Waste and Recycling")
    expect(box(manager, "WCP1071", "numerator")).to_have_value("3560")


def test_a_pasted_block_stands_in_the_return(visit: Visit, site: str) -> None:
    manager = visit(site)
    manager.sign_in("waste.manager", f"/upload?{RETURN}")
    manager.page.get_by_label("Rows copied from a spreadsheet").fill("Missed collections\t731\t915,600")
    manager.press("Read these rows")
    manager.press("Put 1 figure into my return")
    manager.expect_heading("October 2017 figures: Waste and Recycling")
    expect(box(manager, "WCP1072", "numerator")).to_have_value("731")
    expect(box(manager, "WCP1072", "denominator")).to_have_value("915,600")


def test_a_long_file_shows_how_far_it_is_and_is_called_off_with_nothing_written(
    visit: Visit, site: str, house: Path
) -> None:
    analyst = visit(site)
    analyst.sign_in("bi.team", "/upload")
    analyst.expect_heading("Paste or upload")
    lines = ["measure_code,area_code,period,numerator,denominator"]
    lines += [f"WCP1072,E08000031,{2000 + n % 17}-{n % 12 + 1:02d},{n},9999999" for n in range(120_000)]
    hand_in(analyst, "long.csv", "\n".join(lines).encode())
    analyst.expect_words("Reading the file. Nothing is written")
    analyst.press("Cancel")
    expect(analyst.page.get_by_text("Reading the file. Nothing is written")).to_be_hidden()
    analyst.go("/imports")
    analyst.expect_heading("Imports")
    assert "long.csv" not in analyst.words()
    analyst.look()
    assert operate(house, "verify")


def test_a_nightly_extract_stands_in_the_return_for_its_service_to_check(
    visit: Visit, site: str, house: Path, tmp_path: Path
) -> None:
    extract = tmp_path / "weighbridge.csv"
    extract.write_text(
        "measure_code,area_code,period,numerator,denominator\nWCP1073,E08000031,2017-10,34100000,106867\n"
    )
    operate(house, "import", "figures", str(extract), "--accept-unusual")
    manager = visit(site)
    manager.sign_in("waste.manager", f"/my-return?{RETURN}")
    manager.expect_words("From weighbridge.csv")
    expect(box(manager, "WCP1073", "numerator")).to_have_value("34,100,000")
    manager.look()
    manager.go("/imports")
    manager.expect_words("weighbridge.csv")
    manager.look_at_every_size()
