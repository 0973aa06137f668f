"""An administrator's Home in a real browser: wrong tries as people make them, and a list that opens by keyboard."""

from pathlib import Path

from playwright.sync_api import expect

from tests.e2e.server import copied, operate, running_server
from tests.e2e.visitor import Visit

TYPED_IN_THE_WRONG_BOX = "three-random-words"


def test_wrong_tries_are_told_by_account_and_never_what_was_typed_as_a_name(
    demonstration: Path, tmp_path: Path, visit: Visit
) -> None:
    house = copied(demonstration, tmp_path)
    for number in range(8):
        operate(house, "user", "add", f"new{number}", "--name", f"New starter {number}")
    with running_server(house) as served:
        stranger = visit(served.address)
        stranger.open()
        for username in ("hr.manager", TYPED_IN_THE_WRONG_BOX):
            stranger.fill_in_sign_in(username, "not the password")
            stranger.expect_words("That username and password do not match.")
        admin = visit(served.address)
        admin.sign_in_by_form("admin")
        admin.expect_words("1 where the password was wrong; 1 under names that no account has, from 1 address")
        admin.expect_words("Human Resources Manager (hr.manager): 1 wrong try")
        admin.expect_words("user reset-password hr.manager")
        assert TYPED_IN_THE_WRONG_BOX not in admin.page.content()
        admin.look_at_every_size()
        last = admin.page.get_by_text("New starter 7 (new7)")
        expect(last).to_be_hidden()
        admin.page.locator("summary", has_text="3 more").press("Enter")
        expect(last).to_be_visible()
        admin.look()
