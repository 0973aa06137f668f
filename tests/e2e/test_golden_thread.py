"""The golden thread in a real browser: gaps, tree and table, a day in the past, and an employee's own line."""

import re

from playwright.sync_api import expect

from tests.e2e.visitor import Visit

OBJECTIVE = "Learn the round planner by March and show two colleagues"


def test_the_thread_runs_from_the_priorities_to_an_employees_own_objectives(visit: Visit, site: str) -> None:
    manager, officer = visit(site), visit(site)
    manager.sign_in("waste.manager", "/golden-thread")
    manager.expect_heading("Golden thread")
    manager.expect_words(re.compile(r"Gaps: \d+ to close"))
    manager.page.get_by_text("objectives have no measure").click()
    manager.expect_words("Give the objective, or a plan under it, a measure")
    manager.page.get_by_text("Delivering effective core services that people want").first.click()
    manager.look_at_every_size()

    manager.choose("Part of the council", "Waste and Recycling (service)", by_typing=True)
    manager.expect_words("No gaps. Every objective has a measure")
    manager.page.get_by_label("Find").fill("missed")
    manager.page.get_by_label("Find").press("Enter")
    expect(manager.page).to_have_url(re.compile("find=missed"))
    manager.settle()
    expect(manager.page.get_by_text("Residual waste for each household")).to_have_count(0)
    manager.choose("Show as", "Table")
    for choice in ("unit=WASTE", "find=missed", "view=Table"):
        expect(manager.page).to_have_url(re.compile(choice))
    manager.go("/golden-thread?unit=WASTE&view=Table&on=2016-06-30")
    manager.expect_words("As it stood on 30 June 2016")
    expect(manager.page.get_by_role("row", name=re.compile("Missed collections")).first).to_contain_text("May 2016")
    manager.look_at_every_size()
    manager.choose("Open", "Measure: Missed collections (WCP1072)", by_typing=True)
    manager.expect_heading("Missed collections")

    officer.sign_in("collection.officer", "/my-golden-thread")
    officer.expect_words("Nobody has said yet what your work hangs on")
    officer.choose("What your work hangs on", "Plan: Waste Collection team plan", by_typing=True)
    officer.press("Hang my work on it")
    officer.expect_words("which serves the priority “Stronger Economy”")
    officer.page.get_by_label("A new objective").fill(OBJECTIVE)
    officer.press("Note the objective")
    officer.expect_words("Only you and your manager, Waste and Recycling Manager, can read these.")
    officer.expect_words(OBJECTIVE)
    officer.look_at_every_size()

    manager.go("/my-golden-thread")
    manager.page.locator("summary").filter(has_text="Waste Collection Officer").click()
    manager.expect_words(OBJECTIVE)
    manager.look_at_every_size()
