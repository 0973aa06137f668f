"""The second quarter's edition in a real browser, from its frozen figures to what a councillor reads."""

import re
from pathlib import Path

import docx
import pptx
from playwright.sync_api import expect

from tests.e2e.effort import counted
from tests.e2e.visitor import PATIENCE, Visit, Visitor

REDS_TO_COMPARE = ("Missed collections", "Days to relet a council home",
                   "Children's assessments completed within 45 working days")  # fmt: skip
WRITTEN = "There are 8 reds; sickness absence is at {{WCP1063.value}}."
SAID = "There are 8 reds; sickness absence is at 10.3 days (as at Sep 2017)."
MOST_PRESSES = 20
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
    assert officer.page.locator("ol.tasks > li").count() == 8
    officer.expect_words(re.compile(r"Figures complete and signed off: \d+ of \d+"))
    officer.look_at_every_size()
    with counted(officer, "From freezing an edition to both of its files") as presses:
        _follow(officer, "Figures frozen")
        officer.press("Freeze the figures")
        # Every year's end is forecast, as everybody may read it.
        officer.expect_words("The figures are frozen.", patience=3 * PATIENCE)
        officer.expect_words(re.compile(r"Red measures: comparator, reason, action: \d+ of \d+"))
        officer.look_at_every_size()
        _be_sure(officer)
        officer.press("Publish to councillors and officers")
        officer.expect_words("It cannot be published yet.")
        _write(officer)
        _be_sure(officer)
        officer.press("Publish to councillors and officers")
        officer.expect_words("The edition is published, and stays as it is from now on.")
        assert officer.page.locator("ol.tasks").count() == 0, "nothing is left to do"
        _build_and_leave(officer)
        pack = docx.Document(str(_download(officer, "Download the pack for Word")))
        slides = pptx.Presentation(str(_download(officer, "Download the pack for PowerPoint"))).slides
        assert 0 < presses() < MOST_PRESSES
    assert SAID in [each.text for each in pack.paragraphs]
    charts = [each for each in pack.part.package.iter_parts() if each.content_type.endswith("drawingml.chart+xml")]
    assert len(charts) >= 5, "each red has a chart that Word draws itself"
    assert len(list(pack.element.body.iter("{*}docPr"))) >= len(charts)
    drawn = [shape for slide in slides for shape in slide.shapes if shape.has_chart]
    assert len(drawn) >= 5
    assert all(any(shape.chart.plots[0].series[0].values) for shape in drawn), "of figures that can be edited"
    assert any(SAID in shape.text_frame.text for slide in slides for shape in slide.shapes if shape.has_text_frame)


def _follow(officer: Visitor, step: str) -> None:
    """A link of the task list to a place on the same page, from where the keyboard goes on."""
    officer.page.locator("ol.tasks").get_by_role("link", name=step).click()
    expect(officer.page.locator("#freeze-or-publish")).to_be_focused()
    expect(officer.page.get_by_role("heading", name="Towards publication")).to_be_in_viewport()


def _be_sure(officer: Visitor) -> None:
    box = officer.page.get_by_role("checkbox", name=re.compile("I have looked at all"))
    if not box.is_checked():
        box.press("Space")
    officer.settle()


def _write(officer: Visitor) -> None:
    """Why reds are compared with nobody: some is there from the edition before, the rest is written."""
    officer.page.locator("ol.tasks").get_by_role("link", name="Red measures: comparator, reason, action").click()
    officer.expect_heading(f"Words: {QUARTER}")
    officer.look_at_every_size()
    officer.page.get_by_label("Summary").fill(WRITTEN)
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


def _download(officer: Visitor, label: str) -> Path:
    with officer.page.expect_download() as taken:
        officer.press(label)
    return Path(taken.value.path())


def _read(councillor: Visitor) -> None:
    councillor.sign_in("councillor", "/")
    councillor.page.get_by_role("link", name=QUARTER).click()
    councillor.expect_heading(QUARTER)
    councillor.expect_words("the worst first")
    expect(councillor.page.get_by_role("button", name="Download the pack for Word")).to_be_visible()
    councillor.look_at_every_size()
