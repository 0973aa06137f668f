"""Long tables on a telephone, in a real browser: what folds, how it is opened, and that desk and paper have all."""

from playwright.sync_api import Locator, expect

from tests.e2e.visitor import DESKTOP, PHONE, Visit, Visitor

PATH = "/measures"


def rows(reader: Visitor) -> Locator:
    return reader.page.locator(".gt-table table").first.locator("tbody tr")


def test_a_row_and_the_other_rows_open_by_keyboard(visit: Visit, site: str) -> None:
    reader = visit(site, PHONE)
    reader.sign_in("leadership", PATH)
    reader.settle()
    first, thirteenth = rows(reader).first, rows(reader).nth(12)
    method = first.locator("td[data-title=Method]")
    expect(first.locator("td[data-title=Health]")).to_be_visible()
    expect(method).to_be_hidden()
    expect(thirteenth).to_be_hidden()
    reader.look()
    opens = first.locator("summary")
    box = opens.bounding_box()
    assert box
    assert min(box["width"], box["height"]) >= 24
    opens.press("Enter")
    expect(method).to_be_visible()
    expect(rows(reader).nth(1).locator("td[data-title=Method]")).to_be_hidden()
    reader.page.locator("summary", has_text="The other").first.press("Enter")
    expect(thirteenth).to_be_visible()
    reader.look()


def test_a_desk_and_paper_have_every_row_and_every_fact(visit: Visit, site: str) -> None:
    reader = visit(site, PHONE)
    reader.sign_in("leadership", PATH)
    reader.settle()
    last = rows(reader).last.locator("td[data-title=Method]")
    expect(last).to_be_hidden()
    reader.page.emulate_media(media="print")
    try:
        expect(last).to_be_visible()
        expect(reader.page.locator(".gt-table summary").first).to_be_hidden()
    finally:
        reader.page.emulate_media(media="null")
    reader.resize(DESKTOP)
    expect(last).to_be_visible()
    expect(reader.page.locator(".gt-table summary").first).to_be_hidden()
