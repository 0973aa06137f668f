"""The header of every page, in a real browser: where one is, the ways on, and a menu on a telephone that makes room."""

import re
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as pysqlite3
import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.server import copied, running_server
from tests.e2e.visitor import DESKTOP, HEADING_WITHIN, PHONE, Visit, Visitor

# Of tablets and of a desk zoomed in; the menu takes the place of the ways on up to the third.
BETWEEN = (641, 768, 900, 901, 1000, 1100)
FOCUSED = "() => document.activeElement.textContent"


def stages(page: Page) -> Locator:
    return page.get_by_role("navigation", name="Stages")


def menu(page: Page) -> Locator:
    return page.get_by_role("button", name="Menu", exact=True)


def lit(row: Locator) -> list[str]:
    """What is marked as present in a row of the header, for the eye and for a screen reader alike."""
    marked = row.locator("[aria-current]")
    weights = marked.evaluate_all("found => found.map(each => getComputedStyle(each).fontWeight)")
    assert set(weights) <= {"700"}
    return [each.strip() for each in marked.all_inner_texts()]


def mark(page: Page) -> None:
    """What is gone once the app is loaded anew, and with it the session."""
    page.evaluate("() => { window.isTheSame = true; }")


def is_the_same(page: Page) -> bool:
    return bool(page.evaluate("() => window.isTheSame === true"))


def rename_the_council(house: Path, name: str) -> None:
    with closing(pysqlite3.connect(house, timeout=30)) as held, held:
        held.execute("UPDATE settings SET value = ? WHERE name = 'council_name'", (name,))
        held.execute("INSERT OR IGNORE INTO settings (name, value) VALUES ('council_name', ?)", (name,))


@pytest.mark.parametrize(
    ("path", "stage", "title"),
    [
        ("/scorecard", "Review", "Scorecard"),
        ("/measure?measure=RELET", "Review", "One measure"),
        ("/plan-on-a-page", "Plan", "Plan on a page"),
        ("/recovery-plan?plan=R-01", "Revise", "One recovery plan"),
        ("/receipt", "Do", "Receipt"),
    ],
)
def test_the_stage_is_lit_on_all_of_its_pages(path: str, stage: str, title: str, visit: Visit, site: str) -> None:
    manager = visit(site)
    manager.sign_in("waste.manager", path)
    assert lit(stages(manager.page)) == [stage]
    assert lit(manager.page.get_by_role("navigation", name=f"Pages of {stage}")) == [title]


def test_a_way_through_the_cycle_is_one_session_and_begins_each_page_at_its_heading(visit: Visit, site: str) -> None:
    manager = visit(site)
    manager.sign_in("waste.manager")
    mark(manager.page)
    for stage, heading in (("Plan", "Golden thread"), ("Revise", "Recovery plans"), ("Home", "Home")):
        stages(manager.page).get_by_role("link", name=stage, exact=True).click()
        manager.expect_heading(heading)
        assert lit(stages(manager.page)) == [stage]
        expect(manager.page.get_by_role("heading", level=1)).to_be_focused()
    assert is_the_same(manager.page)


def test_ways_hold_under_whatever_path_the_app_is_served(demonstration: Path, tmp_path: Path, visit: Visit) -> None:
    with running_server(copied(demonstration, tmp_path), under="/performance") as served:
        leader = visit(served.address)
        leader.sign_in_by_form("leadership")
        mark(leader.page)
        for stage, heading, path in (("Revise", "Recovery plans", "/recovery-plans"), ("Home", "Home", "/")):
            stages(leader.page).get_by_role("link", name=stage, exact=True).click()
            leader.expect_heading(heading)
            assert leader.page.url == served.address + path
        assert is_the_same(leader.page)


def test_a_keyboard_meets_the_way_past_the_header_and_then_the_header_in_order(visit: Visit, site: str) -> None:
    manager = visit(site)
    manager.sign_in("waste.manager", "/risks")
    manager.settle()
    met = []
    for _ in range(11):
        manager.page.keyboard.press("Tab")
        met.append(manager.page.evaluate(FOCUSED))
    assert met[0] == "Skip to main content"
    assert [each for each in met[1:] if len(each) < 30][:9] == [
        "Help", "Sign out", "Home", "Plan", "Do", "Review", "Revise", "Reports", "Recovery plans",
    ]  # fmt: skip
    manager.open("/risks")
    manager.expect_heading("Risks")
    manager.page.keyboard.press("Tab")
    manager.page.keyboard.press("Enter")
    expect(manager.page.get_by_role("heading", level=1)).to_be_focused()


def test_on_a_telephone_the_menu_makes_room_for_the_page_that_was_chosen(visit: Visit, site: str) -> None:
    leader = visit(site, PHONE)
    leader.sign_in("leadership")
    leader.settle()
    mark(leader.page)
    revise = stages(leader.page).get_by_role("link", name="Revise", exact=True)
    expect(revise).to_be_hidden()
    expect(leader.sign_out_button).to_be_hidden()
    menu(leader.page).click()
    expect(revise).to_be_visible()
    leader.look()
    revise.click()
    leader.expect_heading("Recovery plans")
    _expect_closed(leader)
    menu(leader.page).press("Enter")
    # The page one is at already, too.
    revise.click()
    leader.settle()
    _expect_closed(leader)
    assert is_the_same(leader.page)


def test_between_a_telephone_and_a_desk_the_heading_stands_as_high_and_nothing_overlaps(
    visit: Visit, site: str
) -> None:
    team = visit(site)
    team.sign_in("bi.team", "/scorecard")
    for width in BETWEEN:
        team.resize((width, 900))
        assert team.heading_top() <= HEADING_WITHIN[DESKTOP], width
        expect(menu(team.page)).to_be_visible(visible=width <= 900)
        expect(stages(team.page)).to_be_visible(visible=width > 900)
        boxes = [team.page.locator(each).bounding_box() for each in (".brand strong", ".st-key-whose")]
        brand, whose = (each for each in boxes if each)
        assert brand["x"] + brand["width"] <= whose["x"], width
        team.look()


def test_on_a_tablet_the_menu_opens_by_keyboard_and_leads_on(visit: Visit, site: str) -> None:
    leader = visit(site, (768, 1024))
    leader.sign_in("leadership")
    leader.settle()
    expect(leader.sign_out_button).to_be_visible()
    menu(leader.page).press("Enter")
    leader.look()
    stages(leader.page).get_by_role("link", name="Revise", exact=True).press("Enter")
    leader.expect_heading("Recovery plans")
    expect(menu(leader.page)).to_have_attribute("aria-expanded", "false")
    expect(stages(leader.page)).to_be_hidden()


def test_escape_closes_the_menu_and_the_way_out_stands_in_it(visit: Visit, site: str) -> None:
    leader = visit(site, PHONE)
    leader.sign_in("leadership", "/scorecard")
    leader.settle()
    menu(leader.page).press("Enter")
    leader.sign_out_button.focus()
    leader.page.keyboard.press("Escape")
    _expect_closed(leader)
    expect(menu(leader.page)).to_be_focused()
    menu(leader.page).click()
    leader.sign_out_button.click()
    leader.expect_heading("Sign in")


def _expect_closed(person: Visitor) -> None:
    expect(menu(person.page)).to_have_attribute("aria-expanded", "false")
    expect(stages(person.page)).to_be_hidden()
    expect(person.sign_out_button).to_be_hidden()


@pytest.mark.parametrize("name", ["The Royal Borough of " + "Llanfairpwllgwyngyll and " * 6, "W" * 200])
def test_a_long_name_of_a_council_takes_no_more_room(name: str, visit: Visit, site: str, house: Path) -> None:
    rename_the_council(house, name)
    leader = visit(site)
    leader.sign_in("leadership", "/scorecard")
    for size in (DESKTOP, PHONE):
        leader.resize(size)
        leader.look()
        expect(leader.page.locator(".brand")).to_have_text(re.compile(re.escape(name.strip())))
        assert leader.heading_top() <= HEADING_WITHIN[size]
    leader.resize((700, 800))
    brand, whose = (leader.page.locator(each).bounding_box() for each in (".brand strong", ".st-key-whose"))
    assert brand
    assert whose
    assert brand["width"] >= 150
    assert brand["x"] + brand["width"] <= whose["x"]


def test_the_demonstration_is_said_in_the_header_and_on_paper_which_has_no_way_on(visit: Visit, site: str) -> None:
    leader = visit(site)
    leader.sign_in("leadership", "/scorecard")
    said = leader.page.get_by_role("note")
    expect(said).to_contain_text("Demonstration: here it is always 10 November 2017.")
    leader.page.emulate_media(media="print")
    try:
        expect(leader.page.locator(".brand")).to_be_visible()
        expect(said).to_be_visible()
        expect(stages(leader.page)).to_be_hidden()
        expect(leader.page.get_by_role("button", name="Sign out")).to_be_hidden()
    finally:
        # The page is the next test's too.
        leader.page.emulate_media(media="null")
