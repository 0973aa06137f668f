"""Where the focus goes, in a real browser: on with the work, never to nowhere."""

import re

from playwright.sync_api import expect

from tests.e2e.test_delivery import CLEAR, row
from tests.e2e.visitor import Visit, Visitor


def press_by_keyboard(person: Visitor, label: str) -> None:
    person.settle()
    person.page.get_by_role("button", name=label, exact=True).focus()
    person.page.keyboard.press("Enter")


def expect_focus(person: Visitor, heading: str | re.Pattern[str]) -> None:
    expect(person.page.get_by_role("heading", name=heading)).to_be_focused()


def _draw_again(person: Visitor) -> None:
    """Put another heading in the place of the one that has the focus, as a drawing does now and then."""
    person.settle()
    person.page.locator("h1").evaluate("heading => heading.replaceWith(heading.cloneNode(true))")


def test_the_focus_goes_on_with_the_work_when_what_had_it_is_gone(visit: Visit, site: str) -> None:
    manager = visit(site)
    manager.sign_in("waste.manager", "/my-return?unit=WASTE&period=2017-10")
    press_by_keyboard(manager, "Carry forward all that is not said yet")
    manager.expect_words("Delivery is saved for")
    expect_focus(manager, "Delivery")
    press_by_keyboard(manager, "One at a time")
    expect_focus(manager, re.compile("October 2017 figures: Waste and Recycling"))
    _draw_again(manager)
    expect_focus(manager, re.compile("October 2017 figures: Waste and Recycling"))
    director = visit(site)
    director.sign_in("place.director", "/sign-off")
    director.settle()
    director.page.get_by_label("A question about the whole return").fill("Is this right?")
    press_by_keyboard(director, "Return with questions")
    director.expect_words("went back to the service with your questions")
    expect_focus(director, "Sign-off")


def test_the_focus_is_on_the_return_when_it_is_changed_again_checked_and_submitted(visit: Visit, site: str) -> None:
    manager = visit(site)
    manager.sign_in("corporate.lead", "/my-return?unit=CUSTOMER&period=2017-10")
    press_by_keyboard(manager, "Change these figures")
    manager.expect_words("Check figures")
    expect_focus(manager, re.compile("October 2017 figures: "))
    press_by_keyboard(manager, "Check figures")
    manager.expect_heading(re.compile("Check your October 2017 figures: "))
    expect_focus(manager, re.compile("Check your October 2017 figures: "))
    submits = manager.page.get_by_role("button", name=re.compile("^Submit [0-9]+ figure"))
    press_by_keyboard(manager, submits.inner_text())
    manager.expect_heading("Figures submitted")
    expect_focus(manager, "Figures submitted")


def test_the_focus_stays_with_delivery_once_it_is_saved(visit: Visit, site: str) -> None:
    manager = visit(site)
    manager.sign_in("waste.manager", "/my-return?unit=WASTE&period=2017-10")
    manager.settle()
    row(manager, CLEAR).get_by_text("On track", exact=True).click()
    row(manager, CLEAR).get_by_role("textbox").fill("380 reports cleared")
    manager.expect_words("Draft saved")
    press_by_keyboard(manager, "Save delivery")
    manager.expect_words("Delivery is saved for 1 line")
    expect_focus(manager, "Delivery")
