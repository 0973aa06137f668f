"""Next year's plan in a real browser: opened, changed, looked over, taken to cabinet and adopted."""

import re

import docx
from playwright.sync_api import Download, expect

from tests.e2e.visitor import Visit, Visitor

PAGE = "/next-years-plan"


def test_a_policy_officer_refreshes_the_plan_into_next_year(visit: Visit, site: str) -> None:
    officer = visit(site)
    _open_the_draft(officer)
    _word_an_objective_anew(officer)
    _add_an_objective(officer)
    _end_an_objective(officer)
    _link_its_measure(officer)
    _look_over_what_differs(officer)
    _adopt_it(officer)


def _open_the_draft(officer: Visitor) -> None:
    officer.sign_in("policy.officer", PAGE)
    officer.expect_heading("Next year's plan")
    officer.press("Open the plan for 2018/19")
    officer.expect_words("The draft is open")


def _word_an_objective_anew(officer: Visitor) -> None:
    _pick(officer, "Future Practice")
    officer.page.get_by_label("Title", exact=True).first.fill("")
    officer.press("Save in the draft")
    expect(officer.page.get_by_role("alert", name="There is a problem")).to_be_focused()
    officer.look_at_every_size()
    officer.page.get_by_label("Title", exact=True).first.fill("A lawful and open council")
    officer.press("Save in the draft")
    officer.expect_words("Saved in the draft.")
    officer.expect_words("A lawful and open council")


def _add_an_objective(officer: Visitor) -> None:
    _pick(officer, "An environment where new and existing businesses thrive")
    officer.unfold("Add something under it")
    officer.page.get_by_label("Title", exact=True).last.fill("Cut the city's carbon")
    officer.page.get_by_label("Owner role", exact=True).last.fill("Service Director for City Economy")
    officer.press("Add it to the draft")
    officer.expect_words("is added to the draft")


def _end_an_objective(officer: Visitor) -> None:
    _pick(officer, "Grow sustainably and use less energy")
    officer.unfold("End it, or undo what the draft says")
    officer.press("End it with this year's plan")
    officer.expect_words(re.compile("Grow sustainably and use less energy. ends with this year"))
    officer.expect_words("left without an objective")
    officer.look_at_every_size()


def _link_its_measure(officer: Visitor) -> None:
    measures = officer.page.get_by_role("combobox", name="Measures")
    officer.choose_in(measures, officer.page.get_by_role("option", name="(no objective)"))
    measures.press("Escape")
    to = officer.page.get_by_role("combobox", name="Link them to")
    officer.choose_in(to, officer.page.get_by_role("option", name="Cut the city's carbon"), typed="carbon")
    officer.press("Link these measures")
    officer.expect_words("The measures are linked in the draft.")


def _look_over_what_differs(officer: Visitor) -> None:
    officer.expect_words("1 is changed and 1 is ended. 1 is added. 1 measure is linked anew.")
    officer.unfold("The plan on 1 April 2018")
    officer.look_at_every_size()
    with officer.page.expect_download() as download:
        officer.press("Word document of what differs")
    said = _words_of(download.value)
    assert "Cut the city's carbon" in said
    assert "Objective: Future Practice" in said
    assert "A lawful and open council" in said


def _adopt_it(officer: Visitor) -> None:
    officer.press("Adopt it from 1 April 2018")
    officer.expect_words("Adopted. The plan takes effect on 1 April 2018")
    officer.look_at_every_size()
    officer.go(PAGE)
    officer.expect_words("Policy Officer adopted it on 10 November 2017. It takes effect on 1 April 2018.")
    officer.expect_words("A lawful and open council")


def _pick(officer: Visitor, title: str) -> None:
    """A part of the plan, by typing its title; its boxes are there once they say so."""
    parts = officer.page.get_by_role("combobox", name="Part of the plan")
    officer.choose_in(parts, officer.page.get_by_role("option", name=title), typed=title)
    expect(officer.page.get_by_label("Title", exact=True).first).to_have_value(title)
    officer.settle()


def _words_of(download: Download) -> str:
    made = docx.Document(str(download.path()))
    cells = [cell.text for table in made.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in made.paragraphs), *cells])
