"""Signing in and out as people do: links that survive, sessions that end everywhere, cookies that are not believed."""

from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pysqlite3.dbapi2 as pysqlite3
import pytest
from playwright.sync_api import expect

from tests.e2e.server import COOKIE, copied, operate, running_server
from tests.e2e.visitor import DESKTOP, PHONE, Visit, Visitor

LINK = "/measure?measure=WCP1063"


def expect_sign_in_form(visitor: Visitor) -> None:
    visitor.expect_heading("Sign in")
    expect(visitor.page.get_by_label("Username")).to_be_visible()
    assert "problem with the service" not in visitor.words()


def test_a_deep_link_as_the_first_request_to_a_fresh_server_survives_signing_in(
    demonstration: Path, tmp_path: Path, visit: Visit
) -> None:
    with running_server(copied(demonstration, tmp_path)) as fresh:
        stranger = visit(fresh.address)
        stranger.open(LINK)
        expect_sign_in_form(stranger)
        expect(stranger.page.get_by_role("dialog")).to_have_count(0)
        assert "Sickness absence" not in stranger.words()
        stranger.fill_in_sign_in("leadership")
        stranger.expect_heading("Sickness absence")
        assert stranger.page.url == fresh.address + LINK


def test_the_wrong_password_is_refused_in_words(visit: Visit, site: str) -> None:
    visitor = visit(site)
    visitor.open()
    visitor.fill_in_sign_in("corporate.lead", "not the password")
    visitor.expect_words("That username and password do not match. Check both and try again.")


def test_a_reload_keeps_the_session_and_the_page(visit: Visit, site: str) -> None:
    visitor = visit(site)
    visitor.sign_in_by_form("leadership", LINK)
    visitor.page.reload()
    visitor.expect_heading("Sickness absence")
    expect(visitor.sign_out_button).to_be_visible()


def test_signing_out_ends_the_session_in_another_tab_at_its_next_click(visit: Visit, site: str) -> None:
    visitor = visit(site)
    visitor.sign_in("hr.manager", "/scorecard")
    other = Visitor(page=visitor.page.context.new_page(), site=site)
    other.go("/scorecard")
    visitor.sign_out_button.click()
    expect_sign_in_form(visitor)
    other.page.get_by_role("link", name="Wards").click()
    expect_sign_in_form(other)
    visitor.page.reload()
    expect_sign_in_form(visitor)


def test_a_disabled_person_with_a_live_cookie_is_refused(visit: Visit, site: str, house: Path) -> None:
    visitor = visit(site)
    visitor.sign_in("people.lead", "/scorecard")
    operate(house, "user", "disable", "people.lead")
    visitor.page.get_by_role("link", name="Wards").click()
    expect_sign_in_form(visitor)
    visitor.open("/scorecard")
    expect_sign_in_form(visitor)


@pytest.mark.parametrize(
    ("username", "path", "title", "sentence"),
    [
        ("councillor", "/scorecard", "Scorecard", "You may not see scorecards"),
        ("waste.manager", "/sign-off", "Sign-off", "You may not sign off returns"),
    ],
)
def test_the_wrong_role_on_a_typed_address_is_refused_in_words(
    username: str, path: str, title: str, sentence: str, visit: Visit, site: str
) -> None:
    visitor = visit(site)
    visitor.sign_in(username, path)
    visitor.expect_heading(title)
    visitor.expect_words(sentence)
    visitor.look()


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(visit: Visit, site: str) -> None:
    honest = visit(site)
    honest.sign_in_by_form("admin", "/audit")
    cookie = next(each for each in honest.page.context.cookies() if each["name"] == COOKIE)
    assert (cookie["httpOnly"], cookie["sameSite"]) == (True, "Strict")
    assert COOKIE not in honest.page.evaluate("document.cookie")


@pytest.mark.parametrize("value", ["%F0%9F%A6%84", "0" * 64, "", "f" * 4000])
def test_a_forged_cookie_shows_the_sign_in_form(value: str, visit: Visit, site: str) -> None:
    forger = visit(site)
    forger.page.context.add_cookies([{"name": COOKIE, "value": value, "url": site}])
    forger.open("/audit")
    expect_sign_in_form(forger)
    assert urlsplit(forger.page.url).path == "/audit"


def test_what_was_signed_in_too_long_ago_is_not_believed(visit: Visit, site: str, house: Path) -> None:
    visitor = visit(site)
    visitor.sign_in("admin", "/audit")
    visitor.expect_heading("Audit trail")
    with closing(pysqlite3.connect(house, timeout=30)) as held, held:
        held.execute("UPDATE sign_ins SET until = '2001-01-01 00:00:00.000000'")
    visitor.page.reload()
    expect_sign_in_form(visitor)


@pytest.mark.parametrize(("username", "path", "title"), [
    ("waste.manager", LINK, "Sickness absence"), ("councillor", "/", "Home"),
])  # fmt: skip
def test_one_click_signs_in_to_a_demonstration_and_keeps_the_link(
    username: str, path: str, title: str, visit: Visit, site: str
) -> None:
    stranger = visit(site)
    stranger.open(path)
    expect_sign_in_form(stranger)
    expect(stranger.page.get_by_role("button", name="Sign in")).to_have_count(1)
    stranger.press(f"Enter as {username}")
    stranger.expect_heading(title)
    expect(stranger.sign_out_button).to_be_visible()
    stranger.page.reload()
    stranger.expect_heading(title)


@pytest.mark.parametrize("size", [DESKTOP, PHONE])
def test_the_form_is_seen_without_scrolling_and_the_picture_is_told_to_those_who_hear_it(
    size: tuple[int, int], visit: Visit, site: str
) -> None:
    stranger = visit(site)
    stranger.resize(size)
    stranger.open()
    expect_sign_in_form(stranger)
    stranger.settle()
    button = stranger.page.get_by_role("button", name="Sign in", exact=True).bounding_box()
    assert button is not None
    assert button["y"] + button["height"] <= size[1]
    expect(stranger.page.get_by_role("img", name="A circle of four steps. Plan:")).to_have_count(1)
    assert stranger.accessibility_failures() == []
