"""The risk register in a real browser: from the matrix to a risk, looked at again, and its action on the return."""

import re

from playwright.sync_api import expect

from tests.e2e.visitor import Visit


def test_a_manager_looks_at_a_risk_again_and_adds_what_is_done(visit: Visit, site: str) -> None:
    manager = visit(site)
    manager.sign_in("waste.manager", "/risks")
    expect(manager.page.get_by_role("rowheader", name="5. Almost certain")).to_be_visible()
    manager.expect_words("RK04: Collection rounds fail after the round change")
    manager.expect_words("Down from 12 to 9")
    manager.look_at_every_size()
    manager.page.locator(".risk-matrix").get_by_role("link", name="RK04").click()
    manager.expect_heading(re.compile("RK04: Collection rounds"))
    manager.unfold("Look at it again")
    manager.choose("Now: how likely", "2. Unlikely")
    manager.page.get_by_label("Why it is so, or what changed").fill("The spare crew has covered every round")
    manager.press("Keep the review")
    manager.expect_words("The review is kept, with its reason.")
    expect(manager.page.get_by_role("row").filter(has_text="The spare crew has covered")).to_contain_text(
        "Down from 9 to 6"
    )
    manager.unfold("Add what is done about it")
    manager.page.get_by_label("What is done", exact=True).fill("Keep the spare crew until June")
    manager.page.get_by_label("Who does it (role)").fill("Waste Manager")
    manager.page.get_by_role("spinbutton", name="day, By when").click()
    manager.page.keyboard.type("30062018")
    manager.press("Add it")
    manager.expect_words("The action is added. It stands on the return of its service.")
    manager.look_at_every_size()
    manager.go("/my-return?unit=WASTE&period=2017-11")
    manager.expect_words("Keep the spare crew until June")
