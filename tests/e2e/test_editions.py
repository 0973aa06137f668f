"""The second quarter's edition in a real browser, from its frozen figures to what a councillor reads."""

import re

import docx
from docx.document import Document
from playwright.sync_api import expect

from tests.e2e.visitor import PATIENCE, Visit, Visitor

REDS_TO_COMPARE = ("Missed collections", "Days to relet a council home",
                   "Children's assessments completed within 45 working days")  # fmt: skip
QUARTER = "Q2 (July to September) 2017/18: Cabinet (Performance Management) Panel"


def test_an_edition_is_frozen_looked_at_published_and_read(visit: Visit, site: str) -> None:
    officer, councillor = visit(site), visit(site)
    _publish(officer)
    _read(councillor)


def _publish(officer: Visitor) -> None:
    officer.sign_in("policy.officer", "/editions")
    officer.expect_words("To come")
    officer.unfold("Plan an edition for a meeting")
    officer.look_at_every_size()
    officer.page.get_by_role("link", name=re.compile("Open E-.*Q2")).click()
    officer.expect_heading(QUARTER)
    officer.look_at_every_size()
    officer.press("Freeze the figures")
    # Every year's end is forecast, as everybody may read it.
    officer.expect_words("The figures are frozen.", patience=3 * PATIENCE)
    officer.expect_words(re.compile(r"Red measures: comparator, reason, action \d+ of \d+"))
    officer.look_at_every_size()
    _be_sure(officer)
    officer.press("Publish to councillors and officers")
    officer.expect_words("It cannot be published yet.")
    _write(officer)
    _be_sure(officer)
    officer.press("Publish to councillors and officers")
    officer.expect_words("The edition is published, and stays as it is from now on.")
    _build_and_leave(officer)
    pack = _download(officer)
    assert "There are 8 reds; sickness absence is at 10.3 days (as at Sep 2017)." in [
        each.text for each in pack.paragraphs
    ]
    assert len(list(pack.element.body.iter("{*}docPr"))) >= 5, "each red has its chart"


def _be_sure(officer: Visitor) -> None:
    box = officer.page.get_by_role("checkbox", name=re.compile("I have looked at all"))
    if not box.is_checked():
        box.press("Space")
    officer.settle()


def _write(officer: Visitor) -> None:
    """Why reds are compared with nobody: some is there from the edition before, the rest is written."""
    officer.page.get_by_role("link", name="Write its words").click()
    officer.expect_heading(f"Words: {QUARTER}")
    officer.look_at_every_size()
    officer.page.get_by_label("Summary").fill("There are 8 reds; sickness absence is at {{WCP1063.value}}.")
    for title in REDS_TO_COMPARE:
        box = officer.page.get_by_label(f"Who it is compared with, or why with nobody ({title})")
        box.fill("No council publishes this by the month.")
    officer.press("Keep the words")
    officer.expect_words("The words are kept.")
    assert "Lacks" not in officer.words()
    officer.page.get_by_role("link", name=re.compile("Back to E-")).click()
    officer.expect_heading(QUARTER)


def _build_and_leave(officer: Visitor) -> None:
    """Nobody has to wait for the files: they are there when one comes back, also after the page was loaded anew."""
    here = officer.where
    officer.press("Build the pack")
    officer.expect_words(re.compile(r"Building the pack: \d+ of \d+ done. You can leave; we will keep it here."))
    assert officer.accessibility_failures() == []
    officer.page.get_by_role("link", name="All editions").click()
    officer.expect_heading("Editions")
    officer.page.go_back()
    officer.expect_heading(QUARTER)
    expect(officer.page.get_by_role("button", name="Download the pack as PDF")).to_be_visible()
    officer.open(here)
    officer.expect_heading(QUARTER)
    expect(officer.page.get_by_role("button", name="Download the pack as PDF")).to_be_visible()
    assert "Build the pack" not in officer.words()
    officer.look_at_every_size()


def _download(officer: Visitor) -> Document:
    with officer.page.expect_download() as taken:
        officer.press("Download the pack for Word")
    return docx.Document(str(taken.value.path()))


def _read(councillor: Visitor) -> None:
    councillor.sign_in("councillor", "/")
    councillor.page.get_by_role("link", name=QUARTER).click()
    councillor.expect_heading(QUARTER)
    councillor.expect_words("the worst first")
    expect(councillor.page.get_by_role("button", name="Download the pack for Word")).to_be_visible()
    councillor.look_at_every_size()
