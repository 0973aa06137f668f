"""The public face in a real browser, without signing in: at a desk, on a telephone, and without scripts."""

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, expect

from tests.demonstration import NEVER
from tests.e2e.visitor import DESKTOP, PHONE, WCAG, Visit

PAGES = ("/open/", "/open/editions/", "/open/editions/E-01/", "/open/measures/", "/open/measures/WCP1075/",
         "/open/wards/", "/open/wards/E05001321/", "/open/nothing")  # fmt: skip
_TOO_WIDE = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_anybody_finds_and_reads_what_is_published(visit: Visit, site: str) -> None:
    anybody = visit(site)
    anybody.open("/")
    link = anybody.page.get_by_role("link", name="Published figures, without signing in")
    expect(link).to_have_attribute("href", "/open/")
    anybody.open("/open/")
    page = anybody.page
    page.get_by_role("link", name="Fly-tipping incidents").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Fly-tipping incidents")
    page.get_by_role("link", name="Wards").click()
    page.get_by_role("link", name="Bilston East").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Bilston East ward")
    page.get_by_role("link", name="Latest edition").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Figures as CSV").click()
    assert taken.value.suggested_filename == "E-01-figures.csv"


def test_every_public_page_reads_well_at_every_size_and_for_everybody(browser: Browser, site: str) -> None:
    """Without scripts too: axe comes from outside of the page."""
    context = browser.new_context(locale="en-GB", bypass_csp=True)
    page = context.new_page()
    for width, height in (DESKTOP, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        for path in PAGES:
            page.goto(site + path)
            expect(page.get_by_role("heading", level=1)).to_have_count(1)
            assert not NEVER.search(page.locator("main").inner_text()), path
            assert page.evaluate(_TOO_WIDE) <= 0, (path, width)
            assert page.locator("script").count() == 0
            page.evaluate(AXE_SCRIPT)
            found = page.evaluate("options => axe.run(options).then(found => found.violations)", WCAG)
            assert [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]] == [], path
    context.close()
