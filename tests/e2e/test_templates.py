"""Templates in a real browser: one is taken away, restyled with another library, brought back, and used."""

from pathlib import Path

import docx
from docx.shared import RGBColor

from tests.e2e.visitor import Visit, Visitor

PURPLE = RGBColor(0x80, 0x16, 0x50)


def test_a_template_is_restyled_and_the_annual_report_looks_so(visit: Visit, site: str, tmp_path: Path) -> None:
    officer = visit(site)
    officer.sign_in("policy.officer", "/templates?paper=annual-report")
    officer.expect_words("In use now: the supplied one.")
    officer.unfold("What it may ask for")
    officer.look_at_every_size()
    made = docx.Document(str(_download(officer, "Download the supplied one")))
    made.styles["Heading 3"].font.color.rgb = PURPLE
    made.sections[0].header.paragraphs[0].text = "Annual report of {{year}}"
    wrong, right = tmp_path / "wrong.docx", tmp_path / "council.docx"
    made.save(str(right))
    made.add_paragraph("{{figurse}}")
    made.save(str(wrong))

    _bring(officer, wrong)
    officer.expect_words("Did you mean {{figures}}?")
    officer.look_at_every_size()
    _bring(officer, right)
    officer.expect_words("Annual report for Word is written into it from now on.")
    officer.expect_words("In use now: council.docx, 10 November 2017.")
    officer.look_at_every_size()

    officer.page.get_by_role("link", name="Annual reports").click()
    officer.page.get_by_role("link", name="Annual report 2016/17").click()
    officer.expect_heading("Annual report 2016/17")
    opened = docx.Document(str(_download(officer, "Download the report for Word")))
    assert opened.styles["Heading 3"].font.color.rgb == PURPLE
    assert opened.sections[0].header.paragraphs[0].text == "Annual report of 2016/17"
    assert len(list(opened.element.body.iter("{*}docPr"))) == 12


def _bring(officer: Visitor, file: Path) -> None:
    officer.page.locator("input[type=file]").set_input_files(str(file))
    officer.page.get_by_text(file.name).first.wait_for()
    officer.press("Use it from now on")


def _download(officer: Visitor, label: str) -> Path:
    with officer.page.expect_download() as taken:
        officer.press(label)
    return Path(taken.value.path())
