"""What stands around every page, in a real browser: where nothing is, and nothing of the framework's own."""

from playwright.sync_api import expect

from tests.e2e.visitor import DESKTOP, PHONE, Visit

# What a browser needs to have drawn the picture beside the name, as wide as it is.
_ICON = """async () => {
    const picture = new Image();
    picture.src = document.querySelector("link[rel~=icon]").href;
    await picture.decode();
    return [new URL(picture.src).pathname, picture.naturalWidth];
}"""
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
