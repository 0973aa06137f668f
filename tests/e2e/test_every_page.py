"""Every page as every role that may open it: no accessibility failure, no traceback, no "None", nothing too wide."""

import pytest
from playwright.sync_api import expect

from components.navigation import PAGES, PageEntry
from performance.people import PERMISSIONS, Role
from tests.e2e.conftest import SIZES, Visit

# The demonstration's account of each role.
ACCOUNTS = {
    Role.SERVICE_MANAGER: "waste.manager",
    Role.HEAD: "place.director",
    Role.DEPUTY: "hr.manager",
    Role.LEADERSHIP: "leadership",
    Role.POLICY_OFFICER: "policy.officer",
    Role.BI_TEAM: "bi.team",
    Role.EMPLOYEE: "collection.officer",
    Role.COUNCILLOR: "councillor",
    Role.ADMINISTRATOR: "admin",
}


@SIZES
def test_the_sign_in_page_reads_well(size: tuple[int, int], visit: Visit, site: str) -> None:
    stranger = visit(site, size)
    stranger.open()
    expect(stranger.page.get_by_label("Username")).to_be_visible()
    stranger.look()


@pytest.mark.parametrize("role", Role, ids=lambda role: role.in_words)
def test_a_role_reads_every_page_it_may_open(role: Role, visit: Visit, site: str) -> None:
    reader = visit(site)
    reader.sign_in(ACCOUNTS[role])
    for entry in PAGES:
        if entry.needs in PERMISSIONS[role]:
            reader.go(f"/{entry.url_path}")
            if role is _first_reader(entry):
                reader.look_at_every_size()
            else:
                reader.look()


def _first_reader(entry: PageEntry) -> Role:
    """Who looks at a page on a telephone too: the others are shown the same parts, fewer or more of them."""
    return next(role for role in Role if entry.needs in PERMISSIONS[role])
