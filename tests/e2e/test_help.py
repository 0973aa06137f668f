"""Help in a real browser: one click from every page, found by its words, and read at both widths."""

import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import DESKTOP, PHONE, Visit


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_help_is_reached_from_a_page_searched_and_leads_on(size: tuple[int, int], visit: Visit, site: str) -> None:
    manager = visit(site)
    manager.resize(size)
    manager.sign_in("waste.manager", "/scorecard")
    if size == PHONE:
        manager.page.get_by_role("button", name="Menu", exact=True).click()
    manager.page.get_by_role("link", name="Help", exact=True).click()
    manager.expect_heading("Help")
    manager.settle()
    manager.look()
    box = manager.page.get_by_label("Find in the help")
    box.fill("milestone ticks")
    box.press("Enter")
    expect(manager.page.get_by_role("heading", name="How do I start a recovery plan?")).to_be_visible()
    expect(manager.page.get_by_role("heading", name="What do the colours mean?")).to_have_count(0)
    expect(manager.page).to_have_url(f"{site}/help?find=milestone+ticks")
    manager.page.reload()
    expect(manager.page.get_by_role("heading", name="How do I start a recovery plan?")).to_be_visible()
    manager.page.get_by_role("link", name="Recovery plans", exact=True).last.click()
    manager.expect_heading("Recovery plans")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_tour_of_a_first_visit_leaves_room_is_closed_for_good_and_is_shown_again(
    size: tuple[int, int], visit: Visit, site: str
) -> None:
    manager = visit(site)
    manager.resize(size)
    manager.sign_in("waste.manager")
    manager.settle()
    tour = manager.page.get_by_role("region", name="A short tour")
    steps = tour.get_by_role("link", name="My return", exact=True)
    opens = tour.get_by_text("Show the tour", exact=True)
    first = manager.page.locator(".st-key-first_step a").bounding_box()
    assert first is not None
    assert first["y"] + first["height"] <= size[1]  # what to do first is seen without scrolling, beside it
    if size == PHONE:
        expect(steps).to_be_hidden()
        opens.focus()
        opens.press("Enter")
    else:
        expect(opens).to_be_hidden()
    expect(steps).to_be_visible()
    manager.look()
    manager.press("Close the tour")
    expect(tour).to_have_count(0)
    expect(manager.page).to_have_url(f"{site}/")
    manager.page.reload()
    manager.expect_heading("Home")
    manager.settle()
    expect(tour).to_have_count(0)
    manager.go("/help")
    manager.press("Show the tour again")
    manager.expect_heading("Home")
    expect(tour).to_be_visible()
    expect(manager.page).to_have_url(f"{site}/")


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_headings_of_a_scorecard_are_explained_where_they_stand_by_keyboard(
    size: tuple[int, int], visit: Visit, site: str
) -> None:
    leader = visit(site)
    leader.resize(size)
    leader.sign_in("leadership", "/scorecard")
    leader.settle()
    line = leader.page.get_by_text("What these words mean:")
    sentence = leader.page.get_by_role("definition").filter(has_text="From the start of the year to the period shown.")
    expect(sentence).to_be_hidden()
    line.focus()
    line.press("Enter")
    expect(sentence).to_be_visible()
    leader.look()
