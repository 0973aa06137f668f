"""A press in a real browser is carried out whole, whatever else is done while the page is still being drawn."""

import re

from playwright.sync_api import Locator, expect

from tests.e2e.test_header import stages
from tests.e2e.visitor import Visit, Visitor

_BOTH_AT_ONCE = "([first, second]) => { first.click(); second.click(); }"


def _press_both(manager: Visitor, first: Locator, second: Locator) -> None:
    """One after the other, faster than any server draws."""
    manager.page.evaluate(_BOTH_AT_ONCE, [first.element_handle(), second.element_handle()])
    manager.settle()


def _looks_at_a_risk_again(visit: Visit, site: str) -> Visitor:
    manager = visit(site)
    manager.sign_in("waste.manager", "/risks")
    manager.page.locator(".risk-matrix").get_by_role("link", name="RK04").click()
    manager.expect_heading(re.compile("RK04: Collection rounds"))
    manager.unfold("Look at it again")
    manager.choose("Now: how likely", "2. Unlikely")
    manager.page.get_by_label("Why it is so, or what changed").fill("The spare crew has covered every round")
    return manager


def test_what_is_saved_on_the_way_to_another_page_is_saved(visit: Visit, site: str) -> None:
    manager = _looks_at_a_risk_again(visit, site)
    home = stages(manager.page).get_by_role("link", name="Home", exact=True)
    _press_both(manager, manager.page.get_by_role("button", name="Keep the review"), home)
    manager.expect_heading("Home")
    manager.go("/risk?risk=RK04")
    manager.expect_words("The spare crew has covered every round")


def test_a_second_press_does_not_undo_the_first(visit: Visit, site: str) -> None:
    manager = _looks_at_a_risk_again(visit, site)
    manager.unfold("Add what is done about it")
    keep, add = (manager.page.get_by_role("button", name=name) for name in ("Keep the review", "Add it"))
    _press_both(manager, keep, add)
    expect(manager.page.get_by_role("row").filter(has_text="The spare crew has covered")).to_contain_text(
        "Down from 9 to 6"
    )
