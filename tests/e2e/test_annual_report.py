"""The annual report in a real browser: a chart kept, the order changed, taken away as Word and PDF, and begun anew."""

import re
from pathlib import Path

import docx
from pypdf import PdfReader

from tests.e2e.visitor import Visit, Visitor

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
    _reorder(officer)
    _take_away(officer)
    officer.press("Begin the report of 2017/18 from this one")
    officer.expect_heading("Annual report 2017/18")
    officer.expect_words("Its heading and text were written for the year before.")
    officer.look_at_every_size()


def _keep_a_chart(officer: Visitor) -> None:
    officer.page.get_by_role("link", name="Add a chart to Health and care").click()
    officer.expect_heading("Annual-report chart")
    officer.expect_words("Keep it in an annual report")
    officer.look_at_every_size()
    officer.press("Add it to the report")
    officer.expect_heading(REPORT)
    officer.expect_words("13 charts in 4 sections")


def _reorder(officer: Visitor) -> None:
    """The last section goes first."""
    officer.unfold("Change the order")
    officer.look_at_every_size()
    box = officer.page.get_by_label("Section number: Homes and the environment")
    box.fill("1")
    box.press("Tab")
    officer.press("Keep the order")
    officer.expect_words("The report is kept as it stands now.")
    headings = [
        each for each in officer.words().splitlines() if each in {"Stronger economy", "Homes and the environment"}
    ]
    assert headings[0] == "Homes and the environment"


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
