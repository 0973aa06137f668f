"""The whole story of a recovery, in a real browser: red twice, planned, agreed, followed for six months, proved."""

import re
import sqlite3
from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.server import operate
from tests.e2e.visitor import Visit, Visitor

MISSED = "Missed collections"
# Of another service, towards the same objective.
OTHERS, OTHERS_CODE = "Bins reported as missed", "WCP1147"
COLLECTIONS = 500_000  # in a month
# The month whose figure arrives, its rate per 100,000, and what the manager says of it.
MONTHS = (
    ("2017-10", "76.0", "The new rounds begin in November."),
    ("2017-11", "69.0", "The new rounds have begun."),
    ("2017-12", "66.0", "Two of three crews know their rounds."),
    ("2018-01", "58.0", "All crews know their rounds."),
    ("2018-02", "57.0", "As in January."),
    ("2018-03", "55.0", "Below the target for the third month."),
)


def test_a_red_is_planned_agreed_followed_proved_and_learnt_from(visit: Visit, house: Path, site: str) -> None:
    manager, director = visit(site), visit(site)
    manager.sign_in("waste.manager", "/recovery-plans")
    plan = _draft(manager)
    director.sign_in("place.director", plan)
    _agree(director)
    for month, rate, said in MONTHS:
        _let_a_month_pass(house, month, rate)
        _say_how_it_went(manager, month, said)
        if month == "2017-11":
            manager.look()
            _see_the_milestone_tick(manager, plan)
    _close(director, plan)
    _judge(manager, plan)
    _set_a_target(house, OTHERS_CODE)
    _find_the_lesson(visit(site))
    _correct(house, "2017-11", "71.0")
    manager.go(plan)
    manager.expect_words(re.compile(r"Missed\. It was met with 69\.0 per 100,000, until that figure was corrected on"))
    manager.look()


def _draft(manager: Visitor) -> str:
    manager.expect_words(re.compile(r"Red for 2 months running, since August 2017"))
    manager.page.get_by_role("link", name=f"Start a plan for {MISSED}").click()
    manager.expect_heading(f"Start a recovery plan: {MISSED}")
    manager.look()
    manager.page.get_by_label("Root cause").fill("The new rounds are too wide for the streets.")
    manager.press("Start the plan")
    manager.expect_heading(re.compile(f"R-.*{MISSED}"))
    page = manager.page
    page.get_by_label("Why? (1)").fill("Crews come back with streets undone.")
    page.get_by_label("What shows why 1").fill("Reports by crew, August and September")
    page.get_by_label("Partners who can help").fill("The depot, the trade unions")
    manager.press("Save the cause")
    manager.expect_words("The cause is saved.")
    _add_a_milestone(manager, "70", "November 2017")
    _add_a_milestone(manager, "60", "January 2018")
    manager.unfold("Add an action")
    page.get_by_label("Action", exact=True).fill("Draw the rounds anew with the crews")
    page.get_by_label("Responsible officer's role").fill("Waste Manager")
    page.get_by_label(re.compile("Expected effect on the figure")).fill("-15")
    page.get_by_role("spinbutton", name="day, Effect shows by").click()
    page.keyboard.type("31012018")
    manager.press("Add the action")
    manager.expect_words("Down by 15.0 per 100,000 by 31 January 2018")
    manager.look_at_every_size()
    return page.url.removeprefix(manager.site)


def _add_a_milestone(manager: Visitor, number: str, by: str) -> None:
    manager.settle()
    box = manager.page.get_by_label("Figure to reach, in per 100,000")
    if not box.is_visible():
        manager.unfold("Add a milestone")
    box.fill(number)
    manager.choose("By", by)
    manager.press("Add the milestone")
    manager.expect_words(f"At most {number}.0 per 100,000 by {by}")
    manager.settle()


def _agree(director: Visitor) -> None:
    director.press("Agree this plan")
    director.expect_words("Agreed on 10 November 2017 by Strategic Director for Place.")
    director.look_at_every_size()


def _let_a_month_pass(house: Path, month: str, rate: str) -> None:
    """The figure arrives from the service's own system, and it is the 12th of the month after."""
    year, number = int(month[:4]), int(month[5:])
    today = f"{year + number // 12}-{number % 12 + 1:02d}-12"
    with sqlite3.connect(house, timeout=20) as database:
        database.execute("UPDATE settings SET value = ? WHERE name = 'fixed_today'", (today,))
    _correct(house, month, rate)


def _correct(house: Path, month: str, rate: str) -> None:
    """The figure of a month as it now is; an earlier one stays as its history."""
    missed = round(float(rate) * COLLECTIONS / 100_000)
    file = house.with_name(f"{month}.csv")
    file.write_text(
        "measure_code,area_code,period,numerator,denominator,value,status,commentary\n"
        f"WCP1072,E08000031,{month},{missed},{COLLECTIONS},,final,\n"
    )
    operate(house, "import", "figures", str(file), "--accept-unusual", "--reason", "Counted again at the depot")


_KEPT = "() => [...document.querySelectorAll('.boxes-kept')].some(({keeper}) => keeper)"
# How often boxes that are kept as drafts have spoken, and whether they are about to.
_TOLD = "() => [...document.querySelectorAll('.boxes-kept')].map(({keeper}) => [keeper.n, keeper.timer])"


def _say_how_it_went(manager: Visitor, month: str, said: str) -> None:
    manager.go(f"/my-return?unit=WASTE&period={month}")
    box = manager.page.get_by_label(re.compile("What happened in .*, and what it did to the figure"))
    box.fill(said)
    manager.page.wait_for_function(_KEPT)  # the boxes of delivery stand on the page too
    told = manager.page.evaluate(_TOLD)
    manager.press("Add to the plan")
    manager.expect_words("The note is added.")
    manager.expect_words(said)
    assert manager.page.evaluate(_TOLD) == told, "another form was sent: they have nothing to say, now or in a moment"


def _see_the_milestone_tick(manager: Visitor, plan: str) -> None:
    """Nobody ticked it: the figure did."""
    manager.go(plan)
    met = manager.page.get_by_role("row").filter(has_text="At most 70.0 per 100,000 by November 2017")
    expect(met).to_contain_text("Met")
    manager.expect_words(re.compile(r"On course\. November 2017: expected 70\.0 per 100,000, actual 69\.0"))
    manager.unfold(f"Table: {MISSED}, expected and actual")
    manager.look_at_every_size()


def _close(director: Visitor, plan: str) -> None:
    director.go(plan)
    director.expect_words("Passed: On target 3 times running")
    director.page.get_by_label("Who keeps the measure where it is now (role)").fill("Waste Manager")
    director.expect_words("Actions not done (1 of 1): Draw the rounds anew with the crews.")
    director.page.get_by_label("What becomes of the actions that are not done").fill("The crews go on with it.")
    director.press("Close the plan")
    director.expect_words("Kept there by: Waste Manager.")
    director.look_at_every_size()


def _judge(manager: Visitor, plan: str) -> None:
    manager.go(plan)
    manager.expect_words("That is better by more than chance makes of this measure.")
    manager.page.get_by_label("What worked?").fill("Crews drew the rounds themselves.")
    manager.page.get_by_label("What would you tell another service?").fill(
        "Let those who do the work draw it up: missed collections fell by a quarter."
    )
    manager.press("Keep the judgement")
    manager.expect_words("It worked, in the judgement of")
    manager.look_at_every_size()


def _set_a_target(house: Path, code: str) -> None:
    """Where there was none: what has been counted since April is red against it."""
    folder = house.with_name("targets")
    folder.mkdir(exist_ok=True)
    (folder / "targets.csv").write_text(
        "measure_code,area_code,period,target,lower,upper,profile,rationale\n"
        f"{code},E08000031,2017-04-01/P1Y,3,,,flat,Fewer bins are reported elsewhere.\n"
    )
    operate(house, "import", "setup", str(folder))


def _find_the_lesson(other: Visitor) -> None:
    """Another service has a red of much the same: what was learnt is offered on its draft, and found by its words."""
    other.sign_in("corporate.lead", "/recovery-plans")
    other.expect_words(re.compile(r"Red for \d quarters running"))
    other.page.get_by_role("link", name=f"Start a plan for {OTHERS}").click()
    other.expect_heading(f"Start a recovery plan: {OTHERS}")
    other.unfold("What was tried before")
    other.expect_words(f"The same objective: {MISSED}")
    other.expect_words(re.compile("Closed, .* It worked: Let those who do the work draw it up"))
    other.look()
    other.go("/lessons")
    other.page.get_by_label("Find lessons with these words").fill("rounds crew")
    other.page.get_by_label("Find lessons with these words").press("Enter")
    other.expect_words(re.compile(r"Crews drew the rounds themselves"))
    expect(other.page.locator("mark").filter(has_text="rounds").first).to_be_visible()
    other.look_at_every_size()
    other.page.get_by_role("link", name=re.compile("The plan it comes from")).first.click()
    other.expect_heading(re.compile(f"R-.*{MISSED}"))
