"""What stands around every page, in a real browser: where nothing is, and nothing of the framework's own."""

import re

import pytest
from playwright.sync_api import Page, WebSocketRoute, expect

from tests.e2e.visitor import AT_REST, DESKTOP, OFTEN, PHONE, Visit, Visitor, bring_to_middle

# What a browser needs to have drawn the picture beside the name, as wide as it is.
_ICON = """async () => {
    const picture = new Image();
    picture.src = document.querySelector("link[rel~=icon]").href;
    await picture.decode();
    return [new URL(picture.src).pathname, picture.naturalWidth];
}"""
_MEASURES = "[data-testid=stHtml] a[href^='measure?']:visible"
_FRAMEWORKS = ":is([data-testid=stMainMenu], [data-testid=stAppDeployButton]):visible"


def test_an_address_that_is_not_there_leads_home_and_to_signing_in(visit: Visit, site: str) -> None:
    stranger = visit(site)
    for size in (PHONE, DESKTOP):
        stranger.resize(size)
        stranger.open("/nothing/here?measure=RELET")
        expect(stranger.page.get_by_role("heading", level=1)).to_have_text("Page not found")
        assert stranger.accessibility_failures() == []
        assert stranger.page.evaluate(_ICON) == ["/favicon.png", 64], "found from however deep"
    stranger.page.get_by_role("link", name="Home", exact=True).click()
    stranger.expect_heading("Sign in")
    assert stranger.page.evaluate(_ICON) == ["/favicon.png", 64]


def test_no_menu_of_the_frameworks_own_stands_beside_ours(visit: Visit, site: str) -> None:
    leader = visit(site)
    leader.sign_in("leadership")
    for size in (DESKTOP, PHONE):
        leader.resize(size)
        leader.settle()
        expect(leader.page.locator(_FRAMEWORKS)).to_have_count(0)


def _mark(page: Page) -> None:
    """What is gone once the app is loaded anew."""
    page.evaluate("() => { window.isTheSame = true; }")


def _is_the_same(page: Page) -> bool:
    return bool(page.evaluate("() => window.isTheSame === true"))


def _first_measure(page: Page) -> str:
    return page.locator(_MEASURES).first.inner_text()


def _follow(visitor: Visitor, address: str) -> None:
    """Click a link in a table, as it would be to that address."""
    visitor.settle()
    visitor.page.locator(_MEASURES).first.evaluate("(link, to) => link.setAttribute('href', to)", address)
    visitor.page.locator(f"[data-testid=stHtml] a[href='{address}']").click()


# Safari gives a link that is clicked no focus, so that none is lost which the page would mend.
@pytest.mark.parametrize("follow", ["link => link.focus() || link.click()", "link => link.click()"])
def test_a_link_in_a_table_opens_a_page_at_its_top_with_the_focus_on_its_heading(
    follow: str, visit: Visit, site: str
) -> None:
    leader = visit(site)
    leader.sign_in("leadership", "/scorecard")
    leader.settle()
    _mark(leader.page)
    last = leader.page.locator(_MEASURES).last
    title = last.inner_text()
    bring_to_middle(last)
    assert leader.page.locator("[data-testid=stMain]").evaluate("part => part.scrollTop") > 0
    last.evaluate(follow)
    expect(leader.page.get_by_role("heading", level=1)).to_contain_text(title)
    expect(leader.page.get_by_role("heading", level=1)).to_be_focused()
    assert leader.page.locator("[data-testid=stMain]").evaluate("part => part.scrollTop") == 0
    assert _is_the_same(leader.page)


def test_who_scrolls_while_a_page_is_drawn_stays_where_they_are_and_keeps_a_focus(visit: Visit, site: str) -> None:
    leader = visit(site)
    leader.sign_in("leadership", "/scorecard")
    leader.settle()
    link = leader.page.locator(_MEASURES).first
    title = link.inner_text()
    bring_to_middle(link)
    link.evaluate("link => link.focus() || link.click()")
    leader.page.mouse.move(600, 500)
    leader.page.wait_for_function("title => document.querySelector('h1')?.textContent.includes(title)", arg=title)
    leader.page.mouse.wheel(0, 400)
    leader.settle()
    heading = leader.page.get_by_role("heading", level=1)
    expect(heading).to_be_focused()
    assert leader.page.locator("[data-testid=stMain]").evaluate("part => part.scrollTop") > 0


def test_a_link_in_a_table_to_no_page_of_ours_is_loaded(visit: Visit, site: str) -> None:
    leader = visit(site)
    for address, heading in (("/open/", ""), ("nothing?measure=RELET", "Page not found")):
        leader.sign_in("leadership", "/scorecard")
        _mark(leader.page)
        _follow(leader, address)
        leader.page.wait_for_url(f"{site}/{address.lstrip('/')}")
        expect(leader.page.get_by_role("heading", level=1)).to_contain_text(heading)
        assert not _is_the_same(leader.page)
        leader.open("/")


def test_while_the_server_does_not_hear_us_a_link_in_a_table_loads_its_page(visit: Visit, site: str) -> None:
    leader = visit(site)
    leader.sign_in("leadership")
    page, connections, is_cut = leader.page.context.new_page(), list[WebSocketRoute](), False

    def connect(connection: WebSocketRoute) -> None:
        if is_cut:
            connection.close()
        else:
            connection.connect_to_server()
            connections.append(connection)

    page.route_web_socket(re.compile("/_stcore/stream"), connect)
    page.goto(f"{site}/scorecard")
    title = _first_measure(page)
    page.wait_for_function(AT_REST, polling=OFTEN)
    _mark(page)
    is_cut = True
    for each in connections:
        each.close()
    expect(page.get_by_test_id("stConnectionStatus")).to_have_text(re.compile("connecting", re.IGNORECASE))
    page.locator(_MEASURES).first.click()
    page.wait_for_url(f"{site}/measure?*")
    page.wait_for_function("() => window.isTheSame !== true", polling=OFTEN)
    is_cut = False
    expect(page.get_by_role("heading", level=1)).to_contain_text(title)
