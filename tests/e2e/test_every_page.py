"""Every page in a browser, as the first role that may open it: nothing that axe finds, no "None", nothing too wide.

What the other roles are shown of it is read in tests/pages/test_every_role.py, without a browser.
"""

import pytest
from playwright.sync_api import expect

from components.frame.navigation import PAGES, PageEntry
from performance.ground.people import PERMISSIONS, Role
from tests.demonstration import ACCOUNTS
from tests.e2e.visitor import HEADING_WITHIN, Visit


def first_reader(entry: PageEntry) -> Role:
    return next(role for role in Role if entry.needs in PERMISSIONS[role])


def test_the_sign_in_page_reads_well(visit: Visit, site: str) -> None:
    stranger = visit(site)
    stranger.open()
    expect(stranger.page.get_by_label("Username")).to_be_visible()
    stranger.look_at_every_size()


@pytest.mark.parametrize("role", sorted({first_reader(entry) for entry in PAGES}), ids=lambda role: role.in_words)
def test_a_role_reads_every_page_that_is_first_of_all_its_own(role: Role, visit: Visit, site: str) -> None:
    reader = visit(site)
    reader.sign_in(ACCOUNTS[role])
    for entry in PAGES:
        if first_reader(entry) is role:
            reader.go(f"/{entry.url_path}")
            reader.look_at_every_size()
            for size, most in HEADING_WITHIN.items():
                reader.resize(size)
                assert reader.heading_top() <= most, f"{reader.where}, {size[0]} pixels wide"
