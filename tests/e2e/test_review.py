"""A leader with a telephone: what is red, which of it is real, why; what changed; what comes next; and the past."""

import re

from playwright.sync_api import expect

from tests.e2e.visitor import PATIENCE, PHONE, Visit


def test_a_leader_on_a_phone_finds_what_is_red_what_is_real_and_opens_one(visit: Visit, site: str) -> None:
    leader = visit(site, PHONE)
    leader.sign_in("leadership", "/scorecard")
    leader.expect_heading("Scorecard: Whole council")
    leader.expect_words(re.compile(r"\d+ of \d+ rated measures are red"))
    leader.expect_words("September 2017 is the newest month with most of the council's figures in")
    leader.expect_words(re.compile(r"Real changes for the worse: .*Days to relet a council home \(red\)"))
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
    leader.expect_words("Stays out of red at")
    held = re.compile(r"figures held back \(\d\d%\) lay within the interval")
    expect(leader.page.locator("[data-testid=stMain]")).to_contain_text(held, timeout=2 * PATIENCE)
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
