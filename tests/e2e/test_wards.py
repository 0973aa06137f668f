"""A councillor in a real browser: the wards beside the council, what changed, and one ward to take away."""

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from tests.e2e.visitor import PATIENCE, Visit, Visitor


def test_a_councillor_reads_the_wards_and_takes_one_away(visit: Visit, site: str, tmp_path: Path) -> None:
    councillor = visit(site)
    councillor.sign_in("councillor", "/wards?measure=WCP1053&colour=compared")
    legend = councillor.page.get_by_role("list", name="Classes of the map")
    expect(legend).to_contain_text(re.compile(r"Similar to Wolverhampton: \d+ wards"))
    expect(legend).to_contain_text(re.compile(r"Higher than Wolverhampton: \d+ wards"))
    councillor.look_at_every_size()
    the_wheel_moves_the_page(councillor)

    councillor.choose("Change since", "July 2017")
    councillor.expect_words("July 2017 and September 2017")
    expect(councillor.page.locator("[data-testid=stDeckGlJsonChart] canvas")).to_have_count(2)
    councillor.expect_words(re.compile(r"percentage points?, (better|worse)"))
    councillor.look_at_every_size()
    with councillor.page.expect_download() as taken:
        councillor.press("Download this table as CSV")
    file = tmp_path / "wards.csv"
    taken.value.save_as(file)
    heading, *rows = file.read_text(encoding="utf-8-sig").splitlines()
    assert heading == "Measure code,Measure,Ward,July 2017,September 2017,Change"
    assert len(rows) == 21

    councillor.choose("Ward", "Heath Town")
    # The link leads to the ward once the page has been drawn for it.
    councillor.expect_words("Heath Town: ")
    councillor.page.get_by_role("link", name="Open the profile of this ward").click()
    councillor.expect_heading("Heath Town ward")
    councillor.expect_words("Similar to Wolverhampton")
    councillor.look_at_every_size()
    with councillor.page.expect_download() as taken:
        councillor.press("PDF page")
    taken.value.save_as(tmp_path / "ward.pdf")
    assert (tmp_path / "ward.pdf").read_bytes().startswith(b"%PDF")


def the_wheel_moves_the_page(visitor: Visitor) -> None:
    """Also where the pointer lies on a map."""
    scrolled = "document.querySelector('[data-testid=stMain]').scrollTop"
    visitor.page.locator("[data-testid=stDeckGlJsonChart] canvas").hover()
    before = visitor.page.evaluate(scrolled)
    visitor.page.mouse.wheel(0, 100)
    visitor.page.wait_for_function(f"before => {scrolled} > before", arg=before, timeout=PATIENCE)


WITHOUT_WEBGL = """
const get = HTMLCanvasElement.prototype.getContext;
HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {
  return kind.startsWith("webgl") ? null : get.call(this, kind, ...rest);
};
"""


def test_without_webgl_the_map_is_drawn_and_a_click_chooses_a_ward(browser: Browser, site: str) -> None:
    context = browser.new_context()
    context.add_init_script(WITHOUT_WEBGL)
    councillor = Visitor(page=context.new_page(), site=site)
    councillor.sign_in("councillor", "/wards?measure=WCP1053")
    councillor.expect_words("this browser cannot show the one that can be zoomed")
    ward = councillor.page.locator("[aria-label^='Penn: ']")
    expect(ward).to_be_visible()
    councillor.look_at_every_size()
    ward.click()
    councillor.expect_words("Thick outline: Penn, the ward chosen")
    expect(councillor.page).to_have_url(re.compile("ward="))
    context.close()


def test_a_click_on_the_map_that_zooms_chooses_a_ward(visit: Visit, site: str) -> None:
    councillor = visit(site)
    councillor.sign_in("councillor", "/wards?measure=WCP1053")
    chosen = councillor.page.get_by_text(re.compile("Thick outline: "))
    before = chosen.inner_text()
    canvas = councillor.page.locator("[data-testid=stDeckGlJsonChart] canvas")
    canvas.click()
    expect(chosen).not_to_have_text(before)
