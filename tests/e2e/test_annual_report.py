"""The annual report in a real browser: made from nothing, opened again, ordered, taken away, and begun anew."""

import re
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pptx
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.e2e.effort import counted
from tests.e2e.visitor import Visit, Visitor
from tests.reporting.packs.test_pages import tags

REPORT = "Annual report 2016/17"


def test_the_annual_report_is_opened_ordered_taken_away_and_begun_for_the_next_year(visit: Visit, site: str) -> None:
    officer = visit(site)
    officer.sign_in("policy.officer", "/annual-reports")
    officer.expect_words("12 charts in 4 sections")
    officer.look_at_every_size()
    officer.page.get_by_role("link", name=REPORT).click()
    officer.expect_heading(REPORT)
    officer.expect_words(re.compile("Figure 12"))
    officer.look_at_every_size()
    _keep_a_chart(officer)
    _put_first(officer, "Homes and the environment", among={"Stronger economy", "Homes and the environment"})
    _take_away(officer)
    officer.press("Begin the report of 2017/18 from this one")
    officer.expect_heading("Annual report 2017/18")
    officer.expect_words("Its heading and text were written for the year before.")
    officer.look_at_every_size()


NOTE = "Counted anew from 2015"
OURS = "What we did in 2015/16"
SECTIONS = {
    "Work and money": ("Claimant count", "Residents aged 16 to 64 in work",
                       "Disposable household income for each resident"),
    "Growing up": ("Pupils persistently absent from school", "Overall absence in primary schools",
                   "Re-referrals to children's social care within 12 months"),
    "Living well": ("Adults who smoke", "Life satisfaction", "NHS Health Checks received, five-year programme"),
    "The council": ("Sickness absence",),
}  # fmt: skip
HEADLINE = "Council tax comes in"


def test_a_report_of_twelve_charts_is_made_closed_opened_again_ordered_taken_away_and_carried_on(
    visit: Visit, site: str
) -> None:
    officer = visit(site)
    officer.sign_in("policy.officer", "/annual-reports")
    with counted(officer, "Twelve charts in four sections"):
        _make(officer)
    officer.look_at_every_size()
    officer.sign_out_button.click()
    officer.fill_in_sign_in("policy.officer")
    expect(officer.sign_out_button).to_be_visible()
    officer.go("/annual-reports")
    officer.page.get_by_role("link", name=OURS).click()
    officer.expect_heading(OURS)
    officer.expect_words("12 charts in 4 sections")
    _put_first(officer, "The council", among=set(SECTIONS))
    _take_ours_away(officer)
    officer.press("Begin the report of 2016/17 from this one")
    officer.expect_heading("What we did in 2016/17")
    officer.expect_words("12 charts in 4 sections")
    _is_asked_only_what_changed(officer)


def _make(officer: Visitor) -> None:
    """Four sections, several charts at once in each, and the last two one after another."""
    officer.unfold("Begin a report")
    officer.page.get_by_label("What it is called").fill(OURS)
    officer.choose("Of the year", "2015/16")
    officer.press("Begin it")
    officer.expect_heading(OURS)
    for title in SECTIONS:
        officer.page.locator("form, [data-testid=stForm]").filter(has_text="Add the section").get_by_label(
            "Heading"
        ).fill(title)
        officer.press("Add the section")
        officer.expect_words(f"Add charts of several measures to {title}")
    there = 0
    for title, measures in SECTIONS.items():
        box = officer.page.get_by_role("combobox", name=f"Measures to draw in {title}")
        for measure in measures:
            option = officer.page.get_by_role("option", name=re.compile(re.escape(measure)))
            officer.choose_in(box, option, typed=measure)
            expect(box).to_have_value("")
        box.press("Escape")
        officer.press(f"Add their charts to {title}")
        there += len(measures)
        # Only then the next one: what is chosen while the page is drawn anew may be forgotten.
        officer.expect_words(f"Their charts are kept: {there} charts in 4 sections.")
    officer.page.get_by_role("link", name="Add a chart to The council").click()
    officer.expect_heading("Annual-report chart")
    officer.choose("Measure", "Council tax collected (WCP1111)", by_typing=True)
    officer.expect_words("Suggested: Council tax collected")
    headline = officer.page.get_by_label("Headline, 10 words or fewer")
    headline.fill(HEADLINE)
    headline.press("Tab")
    officer.expect_words("4 words.")
    officer.press("Add it, and make another")
    officer.expect_words(f"{OURS} has 11 charts in 4 sections.")
    officer.choose("Measure", "Employee turnover (WCP1066)", by_typing=True)
    officer.expect_words("Suggested: Employee turnover")
    officer.press("Add it to the report")
    officer.expect_heading(OURS)
    officer.expect_words("12 charts in 4 sections")


def _take_ours_away(officer: Visitor) -> None:
    """What other programs find in the files: four sections, twelve figures, and words for who does not see them."""
    opened = docx.Document(str(_download(officer, "Download the report for Word")))
    headings = [each.text for each in opened.paragraphs if each.style and each.style.name == "Heading 2"]
    assert headings[:4] == ["The council", "Work and money", "Growing up", "Living well"]
    said = [each.get("descr") for each in opened.element.body.iter("{*}docPr")]
    assert len(said) == 12
    assert all(re.match("Line chart of .{30}", each) for each in said), said
    figures = [each.text for each in opened.paragraphs if each.style and each.style.name == "Heading 3"]
    assert f"Figure 2. {HEADLINE}" in figures
    root: Any = PdfReader(_download(officer, "Download the report as PDF")).trailer["/Root"]
    found = list(tags(root["/StructTreeRoot"]))
    assert sorted(str(each["/Alt"]) for each in found if each["/S"] == "/Figure") == sorted(said)


def _is_asked_only_what_changed(officer: Visitor) -> None:
    """The headline that was written, and the measure that has no figure of the year yet; of ten charts nothing."""
    officer.expect_words("To look at before it goes out: 2 parts")
    folded = officer.page.locator("details").filter(has_text="To look at before it goes out").inner_text()
    assert "Its words were written for the year before. Suggested now: Council tax collected" in folded
    assert "There is no figure of 2016" in folded
    assert HEADLINE in folded
    officer.look_at_every_size()


def _keep_a_chart(officer: Visitor) -> None:
    officer.page.get_by_role("link", name="Add a chart to Health and care").click()
    officer.expect_heading("Annual-report chart")
    officer.expect_words("Keep it in an annual report")
    officer.unfold("Subtitle, source and note")
    officer.page.get_by_label("Note", exact=True).fill(NOTE)
    officer.page.get_by_label("Note", exact=True).press("Control+Enter")
    officer.look_at_every_size()
    _take_it_alone(officer)
    officer.press("Add it to the report")
    officer.expect_heading(REPORT)
    officer.expect_words("13 charts in 4 sections")


def _take_it_alone(officer: Visitor) -> None:
    """The one chart, with what was written under it, as other programs find it."""
    (slide,) = pptx.Presentation(str(_download(officer, "PowerPoint"))).slides
    assert [shape.has_chart for shape in slide.shapes].count(True) == 1
    assert any(NOTE in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    book = openpyxl.load_workbook(BytesIO(_download(officer, "Excel").read_bytes()))
    assert NOTE in [cell for row in book["About"].values for cell in row]
    assert book["Figures"].max_row > 1
    assert NOTE in [each.text for each in docx.Document(str(_download(officer, "Word"))).paragraphs]
    assert NOTE in PdfReader(_download(officer, "PDF")).pages[0].extract_text()
    assert NOTE in _download(officer, "SVG").read_text(encoding="utf-8")
    assert _download(officer, "PNG").read_bytes().startswith(b"\x89PNG")


def _put_first(officer: Visitor, title: str, *, among: set[str]) -> None:
    """The section goes before the others."""
    officer.unfold("Change the order")
    officer.look_at_every_size()
    box = officer.page.get_by_label(f"Section number: {title}")
    box.fill("1")
    box.press("Tab")
    officer.press("Keep the order")
    officer.expect_words("The report is kept as it stands now.")
    assert next(each for each in officer.words().splitlines() if each in among) == title


def _take_away(officer: Visitor) -> None:
    opened = docx.Document(str(_download(officer, "Download the report for Word")))
    headings = [each.text for each in opened.paragraphs if each.style and each.style.name == "Heading 2"]
    assert headings[0] == "Homes and the environment"
    assert len(list(opened.element.body.iter("{*}docPr"))) == 13
    pages = PdfReader(_download(officer, "Download the report as PDF")).pages
    assert "Homes and the environment" in pages[0].extract_text()


def _download(officer: Visitor, label: str) -> Path:
    with officer.page.expect_download() as taken:
        officer.press(label)
    return Path(taken.value.path())
