"""A leader with a telephone: what is red, which of it is real, why; what changed; what comes next; and the past."""

import re
from itertools import product

import pytest
from playwright.sync_api import expect

from components.review.scorecard.folds import ORDERS
from components.review.scorecard.layouts import LAYOUTS
from tests.e2e.visitor import DESKTOP, PATIENCE, PHONE, Visit

# How many pixels of a page a person takes in.
AT_MOST = 4_000
_HEIGHT = "() => document.querySelector('[data-testid=stMain]').scrollHeight"
_TO_THE_END = """() => {
    const main = document.querySelector("[data-testid=stMain]");
    main.scrollTo({top: main.scrollHeight, behavior: "instant"});
}"""
# What has the focus: its words, and whether what stays in sight lies over any of it; none once it is the frame's own.
_FOCUSED = """() => {
    const focused = document.activeElement;
    if (!focused.closest("[data-testid=stMain] *") || focused.closest(".st-key-frame")) return null;
    const bar = document.querySelector(".st-key-in_sight").parentElement;
    const {top, bottom} = focused.getBoundingClientRect(), over = bar.getBoundingClientRect();
    // A table that is taller than the room below the bar lies under it however one scrolls: of it, some is to be seen.
    const fits = bottom - top <= innerHeight - over.bottom;
    const touched = top < over.bottom && bottom > over.top, buried = bottom <= over.bottom;
    const covered = !bar.contains(focused) && (fits ? touched : buried);
    return [focused.textContent || focused.ariaLabel, covered];
}"""


def test_a_leader_on_a_phone_finds_what_is_red_what_is_real_and_opens_one(visit: Visit, site: str) -> None:
    leader = visit(site, PHONE)
    leader.sign_in("leadership", "/scorecard")
    leader.expect_heading("Scorecard: Whole council")
    leader.expect_words(re.compile(r"\d+ of \d+ rated measures are red"))
    leader.expect_words("September 2017 is the newest month with most of the council's figures in")
    leader.expect_words(re.compile(r"Real changes: \d+ for the worse, \d+ of them red; \d+ for the better"))
    leader.look()
    reds = leader.page.get_by_role("list", name="Red, the worst first").get_by_role("link")
    expect(reds.first).to_have_text("Households in temporary accommodation")
    leader.page.evaluate("() => { window.sameDocument = true }")
    reds.first.click()
    # The worst has come off red with October's figure: its link leads to September's, and says that there is a newer.
    leader.expect_heading("Households in temporary accommodation")
    leader.expect_words("in September 2017")
    leader.expect_words("See October 2017, the newest")
    assert leader.page.evaluate("() => window.sameDocument"), "the app was loaded anew"
    leader.page.go_back()
    leader.expect_heading("Scorecard: Whole council")
    reds.filter(has_text="Days to relet a council home").click()
    leader.expect_heading("Days to relet a council home")
    leader.expect_words("Red: a real change for the worse")
    leader.expect_words("Why is it red?")
    leader.look()


def test_no_order_or_layout_opens_on_more_than_a_person_takes_in(visit: Visit, site: str) -> None:
    leader = visit(site)
    leader.sign_in("leadership", "/scorecard")
    leader.unfold("Layout, order")
    reds = leader.page.get_by_role("list", name="Red, the worst first").get_by_role("link")
    for layout, order in product(LAYOUTS.values(), ORDERS.values()):
        leader.choose("Layout", layout)
        leader.choose("Order", order)
        assert leader.page.evaluate(_HEIGHT) < AT_MOST, (layout, order)
        expect(reds, f"{layout}, {order}").to_have_count(7)
        assert all(each.is_visible() for each in reds.all()), (layout, order)


@pytest.mark.parametrize("layout", LAYOUTS)
def test_on_a_phone_only_the_reds_and_real_changes_of_a_service_are_unfolded(
    visit: Visit, site: str, layout: str
) -> None:
    leader = visit(site, PHONE)
    # A service has lines enough for the layouts of all measures; those of one kind are read of the whole council.
    scope = "HOUSING" if layout in {"balanced", "time"} else "corporate"
    leader.sign_in("leadership", f"/scorecard?scope={scope}&layout={layout}")
    table = leader.page.locator("[data-testid=stMain]").get_by_role("table")
    fold = leader.page.locator("summary").filter(has_text=re.compile(r"^\d measures, "))
    expect(fold).to_be_visible()
    expect(table).to_have_count(0)
    expect(leader.page.get_by_role("list", name="Red, the worst first")).to_be_visible()
    expect(leader.page.get_by_role("list", name="Real changes for the better, not red")).to_be_visible()
    leader.look()
    fold.click()
    expect(table.first).to_be_visible()
    assert table.count() == (4 if layout == "money" else 1), "money has a table for each sort of it"
    leader.look()
    leader.resize(DESKTOP)
    expect(fold).to_be_hidden()
    assert all(each.is_visible() for each in table.all())


def test_a_real_change_that_is_not_red_leads_to_its_measure(visit: Visit, site: str) -> None:
    leader = visit(site, PHONE)
    leader.sign_in("leadership", "/scorecard?scope=HOUSING")
    better = leader.page.get_by_role("list", name="Real changes for the better, not red").get_by_role("link")
    expect(better).to_have_text("Complaints answered within timescale")
    better.click()
    leader.expect_heading("Complaints answered within timescale")
    leader.expect_words("in September 2017")


@pytest.mark.parametrize("known", ["", "&known=2017-10-20"])
def test_the_summary_stays_in_sight_on_a_desk_and_over_nothing_that_has_the_focus(
    visit: Visit, site: str, known: str
) -> None:
    leader = visit(site)
    leader.sign_in("leadership", f"/scorecard?scope=HOUSING{known}")
    leader.settle()
    leader.page.evaluate(_TO_THE_END)
    counts = leader.page.get_by_role("list", name="Measures by status")
    expect(counts).to_be_in_viewport(ratio=1)
    leader.page.get_by_role("combobox", name="Open a measure").focus()
    seen = []
    while focused := leader.page.evaluate(_FOCUSED):
        seen.append(focused)
        leader.page.keyboard.press("Shift+Tab")
    assert len(seen) > 12
    assert [words for words, is_covered in seen if is_covered] == []
    leader.resize(PHONE)
    leader.page.evaluate(_TO_THE_END)
    expect(counts).not_to_be_in_viewport()


def test_a_leader_asks_what_changed_and_what_may_turn_red(visit: Visit, site: str) -> None:
    leader = visit(site)
    leader.sign_in("leadership", "/what-changed")
    leader.expect_heading("What changed")
    leader.expect_words("Statuses that moved")
    leader.look_at_every_size()
    leader.go("/what-changed?period=2017-08&then=2017-09-30")
    leader.expect_words("against what was known on 30 September 2017")
    leader.look_at_every_size()
    leader.go("/may-turn-red")
    leader.expect_words(re.compile("Red (above|below)"))
    held = re.compile(r"figures held back \(\d\d%\) lay within the interval")
    leader.expect_words(held, patience=2 * PATIENCE)
    leader.look_at_every_size()


def test_a_scorecard_is_read_as_it_was_known_and_laid_out_otherwise(visit: Visit, site: str) -> None:
    leader = visit(site)
    leader.sign_in("leadership", "/scorecard?known=2017-07-15")
    leader.expect_words("Shown as it was known at the end of 15 July 2017.")
    leader.look_at_every_size()
    leader.press("Show what is known now")
    expect(leader.page.get_by_text("Shown as it was known")).to_have_count(0)
    leader.settle()
    leader.unfold("Layout, order")
    leader.choose("Layout", "Money against budget")
    leader.expect_words("Expected at year end")
    leader.look_at_every_size()
    leader.choose("Layout", "Over time")
    leader.expect_words("the latest figures of each measure")
    leader.look_at_every_size()


def test_one_measure_is_seen_from_every_side_and_its_limits_are_set_anew(visit: Visit, site: str) -> None:
    analyst = visit(site)
    analyst.sign_in("bi.team", "/measure?measure=WCP1082&view=usual")
    analyst.expect_heading("Days to relet a council home")
    analyst.expect_words("orange: a real change for the worse")
    analyst.look_at_every_size()
    for view, words in (
        ("Compare councils", "Compared with"),
        ("Year on year", "The same months across years"),
        ("Numerator and denominator", "Table of these counts"),
        ("Trend and target", "Dotted: expected to the end of the year"),
    ):
        analyst.page.get_by_role("radio", name=view).click()
        analyst.expect_words(words)
        analyst.look_at_every_size()
    analyst.go("/measure?measure=WCP1081&view=usual")
    analyst.unfold("Set limits anew")
    analyst.press("Set limits anew")
    analyst.expect_words("Enter the day from which limits are set anew.")
    analyst.look()
