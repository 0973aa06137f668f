"""Exploring: what is chosen is a link and a saved view; what was asked for is answered with it and found again."""

import csv
import io
from pathlib import Path

import openpyxl
from playwright.sync_api import expect

from tests.e2e.visitor import PHONE, Visit

SMOKING = "/explorer?m=WCP1032&a=ours,E92000001&as="
TITLE = "Smoking, us and England"


def test_what_is_seen_is_kept_answers_a_request_and_is_found_by_the_next_asker(visit: Visit, site: str) -> None:
    officer, leader = visit(site), visit(site, PHONE)
    leader.sign_in("leadership", "/data-requests")
    leader.page.get_by_label("What do you want to know").fill("Do more adults smoke here than in England?")
    leader.page.get_by_label("For whom").fill("Scrutiny Board")
    leader.press("Send this request")
    leader.expect_words("Your request is in the log.")
    leader.look()

    officer.sign_in("policy.officer", f"{SMOKING}line")
    officer.expect_heading("Explorer")
    for shape in ("Bars of the latest", "Dots of the latest", "Table alone", "Map of the wards", "Lines"):
        officer.choose("Shown as", shape)
        officer.look_at_every_size()
    officer.page.get_by_label("Title for what you see").fill(TITLE)
    officer.press("Save this view")
    officer.expect_words(f"The view “{TITLE}” is saved.")

    officer.go("/data-requests?find=adults smoke here")
    officer.unfold("Answer")
    officer.page.get_by_label("The answer").fill("A little more: 16.5% against 15.5% in 2016.")
    officer.choose("A saved view that shows it", TITLE)
    officer.press("Send this answer")
    officer.expect_words("The answer stands in the log.")
    officer.look_at_every_size()

    leader.go("/data-requests?find=smoke")
    leader.expect_words("A little more: 16.5% against 15.5% in 2016.")
    leader.page.get_by_role("link", name=TITLE).first.click()
    leader.expect_heading("Explorer")
    leader.expect_words(f"You see the view “{TITLE}”.")
    leader.look()


def test_the_file_holds_what_is_seen_and_maps_have_their_own(visit: Visit, site: str, tmp_path: Path) -> None:
    officer = visit(site)
    officer.sign_in("policy.officer", f"{SMOKING}table&from=2015&to=2016")
    with officer.page.expect_download() as download:
        officer.press("Download what is seen (CSV)")
    download.value.save_as(tmp_path / "explored.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "explored.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["place"], row["period"], row["value"]) for row in rows] == [
        ("Wolverhampton", "2015-01-01/P1Y", "19.3"),
        ("Wolverhampton", "2016-01-01/P1Y", "16.5"),
        ("England", "2015-01-01/P1Y", "16.9"),
        ("England", "2016-01-01/P1Y", "15.5"),
    ]
    with officer.page.expect_download() as workbook:
        officer.press("Download as Excel")
    workbook.value.save_as(tmp_path / "explored.xlsx")
    book = openpyxl.load_workbook(tmp_path / "explored.xlsx")
    assert list(book["Figures"].iter_rows(values_only=True, max_row=3)) == [
        ("Period", "Adults who smoke: Wolverhampton", "Adults who smoke: England"),
        ("2016", 16.5, 15.5),
        ("2015", 19.3, 16.9),
    ]
    assert book["Figures"]["B2"].number_format == '#,##0.0"%"'
    assert book["About"]["B1"].value == "Figures explored: Adults who smoke"
    officer.go("/explorer?m=WCP1075,WCP1032&as=map")
    officer.expect_words("All wards, September 2017.")
    officer.expect_words("There are no figures by ward in these years.")
    expect(officer.page.get_by_role("button", name="Download")).to_have_count(1)
    officer.look_at_every_size()


def test_there_is_room_to_type_beside_the_longest_names(visit: Visit, site: str) -> None:
    """What is chosen never squeezes the box until it is too small to press: WCAG 2.2 asks for 24 pixels."""
    officer = visit(site, PHONE)
    officer.sign_in("policy.officer", "/explorer?m=WCP1121,WCP1071&a=ours&as=line")
    boxes = officer.page.locator("[data-testid=stMultiSelect] input")
    expect(boxes).to_have_count(2)
    widths = [each.bounding_box() for each in boxes.all()]
    assert all(box and box["width"] >= 24 for box in widths), widths
    officer.look()


def test_any_number_is_explained(visit: Visit, site: str) -> None:
    leader = visit(site)
    leader.sign_in("leadership", "/measure?measure=WCP1121&number=2017-08")
    leader.expect_words("(Calls answered) ÷")
    leader.expect_words("for August 2017.")
    leader.look_at_every_size()
