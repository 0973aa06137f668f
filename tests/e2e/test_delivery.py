"""Saying how actions stand, in a real browser: from Home to the very row, carried forward, refused, and kept."""

import re

from playwright.sync_api import Locator, WebSocketRoute, expect

from tests.e2e.visitor import Visit, Visitor

CLEAR, ROUNDS = "Clear every reported fly-tip", "Agree new collection rounds"


def row(visitor: Visitor, what: str) -> Locator:
    """The innermost box with the action's words and its choices."""
    boxes = visitor.page.locator("[data-testid=stForm] [data-testid=stVerticalBlock]")
    return boxes.filter(has_text=what).filter(has=visitor.page.get_by_role("radio")).last


def test_a_manager_says_how_the_actions_of_the_month_stood(visit: Visit, site: str) -> None:
    manager = visit(site)
    manager.sign_in("waste.manager")
    manager.page.get_by_role("link", name=re.compile("5 actions to speak for")).click()
    manager.expect_heading(re.compile("October 2017 figures: Waste and Recycling"))
    manager.expect_words("5 actions under way in October 2017. 5 still to be said.")
    manager.expect_words("September 2017: On track. 413 reports cleared")
    manager.look_at_every_size()

    row(manager, CLEAR).get_by_role("textbox").fill("380 reports cl")
    row(manager, ROUNDS).get_by_text("Done", exact=True).click()
    manager.expect_words("Draft saved")
    manager.page.reload()
    manager.expect_words("Draft saved")
    expect(row(manager, CLEAR).get_by_role("textbox")).to_have_value("380 reports cl")
    expect(row(manager, ROUNDS).get_by_role("radio", name="Done")).to_be_checked()
    row(manager, CLEAR).get_by_role("textbox").fill("")
    manager.press("Save delivery")
    summary = manager.page.locator("#problems")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Enter what shows that it is done: Agree new collection rounds")
    manager.look_at_every_size()
    expect(manager.page).to_have_title(re.compile("^Error: "))

    summary.get_by_role("link").click()
    focused = manager.page.locator("*:focus")
    expect(focused).to_have_attribute("aria-label", re.compile("What shows it"))
    manager.page.keyboard.type("Both meetings held; signed on 30 October")
    manager.page.keyboard.press("Tab")
    manager.press("Carry forward all that is not said yet")
    manager.expect_words("Delivery is saved for 5 lines: ")
    manager.expect_words("Everything is said for this month.")
    manager.expect_words("October 2017: Done. Both meetings held; signed on 30 October")
    manager.expect_words("October 2017: On track (same as the month before)")
    manager.look_at_every_size()

    manager.go("/plan-on-a-page?node=OB1.1")
    manager.unfold("What was said month by month")
    manager.expect_words("Both meetings held; signed on 30 October")
    manager.look_at_every_size()
    manager.go("/")
    assert "5 actions to speak for" not in manager.words()


def test_a_milestone_takes_words_and_a_recovery_plan_shows_them(visit: Visit, site: str) -> None:
    manager = visit(site)
    manager.sign_in("hr.manager", "/my-return?unit=HR&period=2017-10")
    manager.expect_words("5 actions and 2 milestones under way")
    boxes = manager.page.get_by_label("What shows it (the figure says whether it is met)")
    boxes.first.fill("Flu clinics begin on 13 November")
    boxes.first.press("Tab")
    manager.press("Save delivery")
    manager.expect_words("Delivery is saved for 1 line: ")
    manager.page.get_by_role("link", name="Open the recovery plan").first.click()
    manager.expect_heading(re.compile("R-01"))
    for folded in manager.page.get_by_text("What was said month by month").all():
        folded.click()
    manager.expect_words("Flu clinics begin on 13 November")
    manager.look_at_every_size()


class SlowLine:
    """A connection over which, once it is held, the server is heard no more until it is let go."""

    def __init__(self) -> None:
        self.is_held = False
        self._waiting: list[str | bytes] = []

    def connect(self, browser: WebSocketRoute) -> None:
        self._browser = browser
        browser.connect_to_server().on_message(self._hear)

    def let_go(self) -> None:
        self.is_held = False
        for said in self._waiting:
            self._browser.send(said)

    def _hear(self, said: str | bytes) -> None:
        if self.is_held:
            self._waiting.append(said)
        else:
            self._browser.send(said)


RETURN = "/my-return?unit=WASTE&period=2017-10"


def test_who_leaves_while_something_is_kept_arrives_and_finds_it_again(visit: Visit, site: str) -> None:
    line = SlowLine()
    manager = Visitor(page=visit(site).page.context.new_page(), site=site)
    manager.page.route_web_socket(re.compile("_stcore/stream"), line.connect)
    manager.sign_in("waste.manager", RETURN)
    manager.settle()
    line.is_held = True
    row(manager, CLEAR).get_by_role("textbox").fill("380 reports cleared")
    manager.page.get_by_role("link", name="Revise", exact=True).click()
    # Longer than the pause in writing after which the box speaks, and than the way waits for an answer: nothing shows
    # that it stayed silent.
    manager.page.wait_for_timeout(4_000)
    line.let_go()
    manager.expect_heading("Recovery plans")
    manager.go(RETURN)
    expect(row(manager, CLEAR).get_by_role("textbox")).to_have_value("380 reports cleared")
