"""The owner of a plan changes its page in place and takes it away as Word and PDF, at a desk and on a telephone."""

from io import BytesIO
from pathlib import Path

import docx
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.visitor import Visit, Visitor

PAGE = "/plan-on-a-page?node=OB1.1"


def taken_away(person: Visitor, button: str) -> bytes:
    with person.page.expect_download() as download:
        person.page.get_by_role("button", name=button).click()
    return Path(download.value.path()).read_bytes()


def test_an_owner_changes_the_page_and_prints_it(visit: Visit, site: str) -> None:
    owner = visit(site)
    owner.sign_in("waste.manager", PAGE)
    owner.expect_heading("Keep the city clean")
    lesson = "Crews know best what a street needs."
    owner.unfold("Change the words and the evidence")
    owner.page.get_by_label("Lessons").fill(lesson)
    owner.page.get_by_label("Why you change it", exact=True).fill("Autumn review")
    owner.press("Save the page")
    owner.expect_words("The plan is changed. What it said before stays in its history.")
    owner.settle()
    owner.unfold("Add or change an action")
    owner.page.get_by_label("Action", exact=True).fill("Ask the crews")
    owner.page.get_by_label("Responsible officer, by role").fill("Head of Environmental Services")
    owner.press("Add the action")
    owner.expect_words("The action is added.")
    owner.settle()
    owner.unfold("History: 2 changes")
    expect(owner.page.get_by_role("cell", name="Autumn review").first).to_be_visible()
    owner.look_at_every_size()

    printed = PdfReader(BytesIO(taken_away(owner, "PDF page")))
    assert len(printed.pages) == 1
    assert lesson in " ".join(printed.pages[0].extract_text().split())
    assert lesson in [each.text for each in docx.Document(BytesIO(taken_away(owner, "Word page"))).paragraphs]
