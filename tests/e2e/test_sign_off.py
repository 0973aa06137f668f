"""Sign-off in a real browser: single figures go back, one is changed, old and new are read, a deputy signs off."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from cycle.do import returns
from performance.do.typed import Answer, Choice
from performance.ground.measures import Polarity
from performance.ground.people import Role
from performance.ground.periods import Period
from tests.builders import a_user, add_council, add_figure, add_measure, add_target
from tests.conftest import rows_of
from tests.e2e.server import a_city_of_its_own
from tests.e2e.visitor import Visit

OCTOBER = Period.month(2017, 10)
TITLES = {"BINS": "Missed collections", "TIPS": "Fly-tips cleared", "CALLS": "Calls answered"}
SIGN_OFF = "Sign off Waste and recycling, October 2017"


@pytest.fixture
def beginning(sqlite_database: str) -> Path:
    """A service that has submitted three figures, one an estimate; its head, and someone of the leadership."""
    add_council()
    for number, (code, title) in enumerate(TITLES.items()):
        add_measure(code, title=title, polarity=Polarity.LOWER)
        for month, value in (("2017-07", 96), ("2017-08", 101), ("2017-09", 99)):
            add_figure(code, month, str(value + number))
        add_target(code, "2017-10", "300")
    manager = a_user()
    a_user("head", Role.HEAD, "PLACE")
    a_user("deputy", Role.LEADERSHIP, "COUNCIL")
    answers = [
        Answer(measure_code="BINS", choice=Choice.ESTIMATE, value="120"),
        Answer(measure_code="TIPS", value="102"),
        Answer(measure_code="CALLS", value="104"),
    ]
    returns.submit_return("WASTE", OCTOBER, answers=answers, request_key="first", by=manager)
    return a_city_of_its_own()


def test_a_figure_goes_back_is_changed_and_a_deputy_signs_off_what_changed(
    visit: Visit, site: str, house: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    head, manager, deputy = visit(site), visit(site), visit(site)
    head.sign_in("head")
    head.page.get_by_role("link", name="Waste and recycling, October 2017", exact=True).click()
    head.expect_heading(SIGN_OFF)
    head.expect_words("Read these first (1)")
    head.expect_words("An estimate")
    head.look_at_every_size()

    head.press("Return with questions")
    summary = head.page.locator("#problems")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Enter the question for the service")
    summary.get_by_role("link").click()
    expect(head.page.get_by_label("A question about the whole return")).to_be_focused()
    head.look()
    head.page.get_by_label("Question about Missed collections").fill("When is the final count in?")
    head.unfold("The rest (2)")
    head.look()
    head.press("Return with questions")
    head.expect_words("went back to the service with your questions")
    head.look()

    manager.sign_in("manager")
    manager.expect_words("When is the final count in?")
    manager.look()
    manager.page.get_by_role("link", name=re.compile("returned with a question")).click()
    manager.expect_heading("October 2017 figures: Waste and recycling")
    manager.expect_words("1 figure came back with a question")
    box = manager.page.locator(".st-key-value-BINS-2017-10-1 input")
    expect(manager.page.locator(".entry-grid")).to_contain_text("When is the final count in?")
    manager.look_at_every_size()
    box.fill("117")
    box.press("Enter")
    manager.settle()
    manager.press("Check figures")
    manager.expect_heading(re.compile("Check your October 2017 figures"))
    manager.press("Submit 3 figures")
    manager.expect_heading("Figures submitted")

    head.go("/sign-off")
    head.unfold("Name a deputy")
    head.choose("Who signs off", "Wider Leadership Team, COUNCIL")
    head.press("Name this deputy")
    head.expect_words("signs off for Place from 10 November 2017 to 23 November 2017.")
    head.look_at_every_size()

    deputy.sign_in("deputy", "/sign-off?unit=WASTE&period=2017-10")
    deputy.expect_heading(SIGN_OFF)
    deputy.expect_words("Since it went back on 10 November 2017, 1 changed.")
    deputy.expect_words("Was 120. Now 117.")
    deputy.expect_words("Asked when it went back: When is the final count in?")
    expect(deputy.page.locator("summary").filter(has_text="Not changed (2)")).to_be_visible()
    deputy.look_at_every_size()
    deputy.press("Sign off 3 figures")
    deputy.expect_words("You signed off Waste and recycling, October 2017.")
    deputy.look()
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{house}")
    assert rows_of("SELECT status, version, decided_by FROM returns") == [("approved", 2, "deputy")]
