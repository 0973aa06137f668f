"""Every page as every role that may open it: no accessibility failure, no traceback, no "None", no empty box."""

import re

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from components.navigation import PAGES, PageEntry
from performance.people import PERMISSIONS, Role
from tests.e2e.conftest import Visitor

# The demonstration's account of each role.
ACCOUNTS = {
    Role.SERVICE_MANAGER: "waste.manager",
    Role.HEAD: "place.director",
    Role.LEADERSHIP: "leadership",
    Role.POLICY_OFFICER: "policy.officer",
    Role.BI_TEAM: "bi.team",
    Role.COUNCILLOR: "councillor",
    Role.ADMINISTRATOR: "admin",
}
WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
NEVER = re.compile(r"\bNone\b|\bnan\b|\bNaN\b|Traceback|NaT\b|Decimal\(")


def failures(visitor: Visitor) -> list[str]:
    """What axe finds on the page as it stands, a line a finding."""
    found = Axe().run(visitor.page, options=WCAG).response["violations"]
    return [f"{each['id']}: {node['html'][:200]}" for each in found for node in each["nodes"]]


def test_the_sign_in_page_is_accessible(visitor: Visitor) -> None:
    visitor.open()
    expect(visitor.page.get_by_label("Username")).to_be_visible()
    visitor.settle()
    assert failures(visitor) == []


@pytest.mark.parametrize("role", Role, ids=lambda role: role.in_words)
def test_a_role_reads_every_page_it_may_open(role: Role, visitor: Visitor) -> None:
    allowed = [entry for entry in PAGES if entry.needs in PERMISSIONS[role]]
    visitor.sign_in(ACCOUNTS[role])
    for entry in allowed:
        _read(visitor, entry)


def _read(visitor: Visitor, entry: PageEntry) -> None:
    visitor.open(f"/{entry.url_path}")
    expect(visitor.page.get_by_role("button", name="Sign out")).to_be_visible()
    visitor.settle()
    words = visitor.words()
    assert not NEVER.search(words), f"{entry.title} says {NEVER.search(words)}"
    assert "there is a problem with the service" not in words, entry.title
    assert visitor.page.get_by_role("heading", level=1).count() == 1, entry.title
    width = visitor.page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert width <= 0, f"{entry.title} is {width} pixels wider than the screen"
    assert failures(visitor) == [], entry.title
