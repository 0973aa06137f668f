"""A figure that was signed off is opened again for a reason, corrected, and shows ever after as a correction."""

from playwright.sync_api import Locator, expect

from tests.e2e.visitor import Visit, Visitor

RETURN = "/my-return?unit=WASTE&period=2017-09"
WHY = "A load was weighed twice"


def box(person: Visitor, code: str, name: str = "numerator") -> Locator:
    return person.page.locator(f".st-key-{name}-{code}-2017-09-1 input")


def test_from_a_lock_to_a_correction(visit: Visit, site: str) -> None:
    manager, analyst, director = visit(site), visit(site), visit(site)
    _ask(manager)
    _open(analyst)
    _correct(manager)
    director.sign_in("place.director", "/sign-off?unit=WASTE&period=2017-09")
    director.expect_heading("Sign off Waste and Recycling, September 2017")
    director.expect_words("Changed in this submission")


def _ask(manager: Visitor) -> None:
    manager.sign_in("waste.manager", RETURN)
    manager.expect_words("so they are locked")
    manager.page.get_by_role("link", name="Ask to correct what is locked").click()
    manager.expect_heading("Ask to correct what is locked")
    manager.page.get_by_text("Household waste recycled or composted, month by month: 39.7%").click()
    manager.press("Ask the BI team")
    manager.expect_words("Enter what is to be corrected, and why.")
    manager.page.get_by_label("What is wrong, and why").fill(WHY)
    manager.press("Ask the BI team")
    manager.expect_words("The BI team has your request")
    manager.look_at_every_size()


def _open(analyst: Visitor) -> None:
    analyst.sign_in("bi.team", "/reopenings")
    analyst.expect_words(WHY)
    analyst.look_at_every_size()
    analyst.press("Open it")
    analyst.expect_words("Answered. The service finds it here and on My return.")


def _correct(manager: Visitor) -> None:
    manager.go(RETURN)
    expect(box(manager, "WCP1071")).to_have_value("3,560")
    expect(box(manager, "WCP1072")).to_have_count(0)
    manager.expect_words(f"to correct Household waste recycled or composted, month by month: {WHY}.")
    manager.expect_words("Locked (2)")
    manager.look_at_every_size()
    box(manager, "WCP1071").fill("3,541")
    manager.press("Check figures")
    manager.expect_heading("Check your September 2017 figures: Waste and Recycling")
    manager.page.get_by_label("It is right, because").fill("Checked against the weighbridge's own list.")
    manager.press("Submit 1 figure")
    manager.expect_heading("Figures submitted")
    manager.go("/measure?measure=WCP1071")
    manager.unfold("Who recorded the figures")
    manager.expect_words(f"Corrected after it was locked: {WHY}")
