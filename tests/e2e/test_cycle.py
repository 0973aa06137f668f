"""One whole turn of the cycle in a real browser: Plan, Do, Review, Revise, Report, by the people whose work it is."""

import re
from pathlib import Path
from xml.etree import ElementTree

import docx
from playwright.sync_api import Download, Locator, expect

from tests.e2e.visitor import PHONE, Visit, Visitor

FIGURES = {
    "Tonnes recycled or composted": "3,560",
    "Tonnes of household waste collected": "8,900",
    "Missed collections not put right in time": "731",
    "Collections due in the month": "915,600",
    "Kilograms of residual household waste since 1 April": "34,100,000",
    "Households in the city": "106,900",
}
SAYINGS = {
    "What happened?": "Missed collections stayed high for a third month.",
    "Why?": "Parked cars block four of the new rounds.",
    "What will you do?": "Bring in smaller vehicles.",
    "Action due date, like 30/11/2017": "15/12/2017",
    'Back on track by, like May 2018, or "not known"': "March 2018",
}


def test_the_cycle_goes_round(visit: Visit, site: str) -> None:
    """The manager and the leader have a telephone, the others a desk; each page is looked at as on both."""
    manager, leader = visit(site, PHONE), visit(site, PHONE)
    director, officer = visit(site), visit(site)
    _propose_a_target(manager)
    _agree_the_target(director)
    _submit_a_return(manager)
    _sign_it_off(director)
    _read_the_scorecard(leader)
    _look_at_a_ward(leader)
    plan = _open_a_recovery_plan(manager)
    _agree_the_plan(director, plan)
    _make_a_chart(officer)


def _propose_a_target(manager: Visitor) -> None:
    manager.sign_in("waste.manager", "/targets?unit=WASTE&year=2018&measure=WCP1073")
    manager.expect_heading("Targets")
    manager.look_at_every_size()
    manager.press("Propose this target")
    manager.expect_words("Enter the target for Residual waste for each household")
    expect(manager.page).to_have_title(re.compile("^Error: Targets"))
    manager.look_at_every_size()
    manager.page.get_by_label("Target for Residual waste for each household, in kg a household").fill("540")
    manager.page.get_by_label("Why this number").fill("Twelve kilograms less, from weekly food waste rounds.")
    manager.settle()
    manager.press("Propose this target")
    manager.expect_words("Proposed a target for Residual waste for each household. It waits for someone else")
    manager.look_at_every_size()


def _agree_the_target(director: Visitor) -> None:
    director.sign_in("place.director", "/targets?unit=WASTE&year=2018")
    director.page.get_by_text("Residual waste for each household: 540 kg a household").click()
    director.press("Agree 1 target")
    director.expect_words("Agreed: Residual waste for each household, 540 kg a household")
    director.look_at_every_size()


def _submit_a_return(manager: Visitor) -> None:
    manager.go("/")
    manager.page.get_by_role("link", name="Waste and Recycling, October 2017: 0 of 3 in").click()
    manager.expect_heading("October 2017 figures: Waste and Recycling")
    _fill(manager, {label: "about 12" if label.startswith("Tonnes rec") else text for label, text in FIGURES.items()})
    manager.press("Check figures")
    expect(manager.page.get_by_role("alert", name="There is a problem")).to_be_focused()
    manager.look_at_every_size()
    _fill(manager, FIGURES)
    manager.press("Check figures")
    manager.expect_heading("Check your October 2017 figures: Waste and Recycling")
    manager.look_at_every_size()
    for label, text in SAYINGS.items():
        for box in manager.page.get_by_label(label, exact=True).all():
            box.fill(text)
    for who in manager.page.get_by_role("combobox", name="Who will do it?").all():
        manager.choose_in(who, manager.page.get_by_role("option", name="Head of"))
    for box in manager.page.get_by_label("It is right, because").all():
        box.fill("Checked against the weighbridge's own list.")
    manager.press("Submit 3 figures")
    manager.expect_heading("Figures submitted")
    expect(manager.page.get_by_role("status").filter(has_text="Reference")).to_contain_text("WASTE")
    manager.look_at_every_size()
    manager.page.reload()
    manager.expect_heading("Figures submitted")


def _fill(manager: Visitor, figures: dict[str, str]) -> None:
    for label, text in figures.items():
        manager.page.get_by_label(re.compile(f"^{re.escape(label)}, ")).fill(text)


def _sign_it_off(director: Visitor) -> None:
    director.go("/")
    director.page.get_by_role("link", name="Waste and Recycling, October 2017", exact=True).click()
    director.expect_heading("Sign off Waste and Recycling, October 2017")
    director.expect_words(SAYINGS["Why?"])
    director.look_at_every_size()
    director.press("Sign off 3 figures")
    director.expect_words("You signed off Waste and Recycling, October 2017. Its figures are now locked.")
    director.look_at_every_size()


def _read_the_scorecard(leader: Visitor) -> None:
    leader.sign_in("leadership", "/scorecard?period=2017-10")
    leader.expect_heading("Scorecard: Whole council")
    for perspective in ("Customer and outcomes: ", "Internal process: "):
        leader.unfold(perspective)
    missed = _row(leader, "Missed collections")
    expect(missed).to_contain_text("79.8")
    expect(missed).to_contain_text("Red")
    expect(missed).to_contain_text("No comparator is published for this measure.")
    expect(_row(leader, "Re-referrals to children's social care")).to_contain_text("West Midlands 23.4% (2016/17)")
    expect(_row(leader, "Residual waste for each household")).to_contain_text("Green")
    leader.look_at_every_size()
    missed.get_by_role("link").click()
    leader.expect_heading("Missed collections")
    leader.expect_words(SAYINGS["Why?"])
    leader.look_at_every_size()


def _row(leader: Visitor, measure: str) -> Locator:
    header = leader.page.get_by_role("rowheader").filter(has_text=measure)
    return leader.page.get_by_role("row").filter(has=header)


def _look_at_a_ward(leader: Visitor) -> None:
    leader.go("/wards?measure=WCP1075")
    expect(leader.page.locator("[data-testid=stDeckGlJsonChart] canvas").first).to_be_visible()
    leader.choose("Ward", "Heath Town")
    leader.expect_words(re.compile(r"Heath Town: \d+, \w+ highest of 20 wards"))
    leader.unfold("Table of these wards")
    expect(leader.page.get_by_role("rowheader", name="Heath Town")).to_be_visible()
    leader.look_at_every_size()


def _open_a_recovery_plan(manager: Visitor) -> str:
    manager.go("/recovery-plans")
    manager.page.get_by_role("link", name="Start a plan for Missed collections").click()
    manager.expect_heading("Start a recovery plan: Missed collections")
    manager.look_at_every_size()
    manager.page.get_by_label("Root cause").fill("The new rounds are too wide for streets.")
    manager.press("Start the plan")
    manager.expect_heading(re.compile("R-.*Missed collections"))
    manager.unfold("Add a milestone")
    manager.page.get_by_label("Figure to reach, in per 100,000").fill("65")
    manager.press("Add the milestone")
    manager.expect_words(re.compile("65.0 per 100,000"))
    manager.look_at_every_size()
    return manager.page.url.removeprefix(manager.site)


def _agree_the_plan(director: Visitor, plan: str) -> None:
    director.go(plan)
    director.look_at_every_size()
    director.press("Agree this plan")
    director.expect_words("Agreed on 10 November 2017 by Strategic Director for Place.")
    director.look_at_every_size()


def _make_a_chart(officer: Visitor) -> None:
    officer.sign_in("policy.officer", "/annual-chart?measure=WCP1074")
    officer.expect_heading("Annual-report chart")
    headline = "Less waste is recycled than a year before"
    officer.page.get_by_label("Headline, 10 words or fewer").fill(headline)
    officer.page.get_by_label("Headline, 10 words or fewer").press("Enter")
    expect(officer.page.get_by_role("img", name=re.compile("chart of", re.IGNORECASE))).to_be_visible()
    officer.look_at_every_size()
    alt = officer.page.get_by_label("Alternative text, for those who cannot see the chart").input_value()
    assert Path(_download(officer, "PNG").path()).read_bytes().startswith(b"\x89PNG")
    drawing = ElementTree.parse(_download(officer, "SVG").path()).getroot()  # noqa: S314 - made here a moment ago
    assert drawing.findtext("{http://www.w3.org/2000/svg}desc") == alt
    _read_the_word_page(_download(officer, "Word"), headline=headline, alt=alt)


def _download(officer: Visitor, name: str) -> Download:
    with officer.page.expect_download() as coming:
        officer.press(name)
    return coming.value


def _read_the_word_page(download: Download, *, headline: str, alt: str) -> None:
    page = docx.Document(str(download.path()))
    assert headline in [paragraph.text for paragraph in page.paragraphs]
    (chart,) = page.element.body.iter("{*}docPr")
    assert chart.get("descr") == alt
    assert any("Source:" in paragraph.text for paragraph in page.paragraphs)
    assert page.tables, "the chart's figures stand in a table"
