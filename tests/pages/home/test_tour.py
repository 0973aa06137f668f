"""The tour on Home: the first steps of each role, from the help's own texts, until it is closed."""

import re

import pytest

from components.frame.navigation import PAGES
from components.home.help import shown, texts
from data_access.council.settings_store import DEFAULTS
from data_access.models import RoleHoldingRow
from data_access.store.database import transaction
from performance.ground.people import LASTING_ROLES, PERMISSIONS, Role
from tests.builders import a_user, add_council
from tests.pages.conftest import Open
from tests.pages.conftest import texts as words_of

pytestmark = pytest.mark.usefixtures("sqlite_database")

HOME, HELP = "pages/home/today.py", "pages/home/help.py"
BEGIN = {
    Role.SERVICE_MANAGER: "at Do.", Role.HEAD: "at Do.", Role.LEADERSHIP: "at Review.",
    Role.POLICY_OFFICER: "at Reports, beside the cycle.", Role.BI_TEAM: "at Review.", Role.EMPLOYEE: "at Plan.",
    Role.COUNCILLOR: "at Review.", Role.ADMINISTRATOR: "at Admin, beside the cycle.",
}  # fmt: skip


def drawn(app: object) -> str:
    """The panel, or nothing."""
    return next((each.proto.body for each in app.get("html") if 'id="tour"' in each.proto.body), "")  # type: ignore[attr-defined]


@pytest.mark.parametrize("role", LASTING_ROLES, ids=lambda role: role.value)
def test_each_role_is_shown_its_first_steps_in_the_words_of_the_help(role: Role, open_page: Open) -> None:
    add_council()
    app = open_page(a_user("somebody", role), HOME)
    assert not app.exception
    panel = drawn(app)
    assert f"You begin {BEGIN[role]}" in panel
    assert panel.count('aria-current="step"') == ("beside" not in BEGIN[role])
    (steps,) = (part.filled(shown.values_of(DEFAULTS)).lines for part in texts.in_file("roles") if part.title == role)
    items = [re.sub("<[^>]+>", "", each) for each in re.findall("<li>(.*?)</li>", panel.partition("first steps")[2])]
    said = [texts.LINK.sub(r"\1", each).removeprefix("1. ").replace("'", "&#x27;") for each in steps[:4]]
    assert [each.replace("'", "&#x27;") for each in items] == said
    assert 3 <= len(items) <= 4
    led = set(re.findall(r'href="([^"]+)"', panel))
    assert led <= {entry.url_path or "./" for entry in PAGES if entry.needs in PERMISSIONS[role]}
    assert len(led) > 1


def test_it_is_closed_for_good_and_shown_again_by_help(open_page: Open) -> None:
    add_council()
    user = a_user("somebody")
    app = open_page(user, HOME)
    app.button(key="close_tour").click().run()
    assert not app.exception
    assert not drawn(app)
    assert "The tour is closed. Help shows it again." in words_of(app)
    assert not app.query_params
    assert not drawn(open_page(user, HOME))
    again = open_page(user, HELP)
    again.button(key="open_tour").click().run()
    assert not again.exception
    assert drawn(open_page(user, HOME))


def test_who_does_two_things_begins_with_the_first_and_is_told_of_the_other(open_page: Open) -> None:
    add_council()
    user = a_user("somebody", Role.HEAD)
    with transaction() as session:
        session.add(RoleHoldingRow(username="somebody", role=Role.SERVICE_MANAGER, unit_code="WASTE"))
    panel = drawn(open_page(user, HOME))
    assert "Your first steps as service manager (you are also head of service or director):" in panel


def test_a_page_of_help_says_nothing_of_it_in_its_address_and_shows_it_to_whoever_has_it_open(open_page: Open) -> None:
    add_council()
    user = a_user("somebody")
    app = open_page(user, HELP)
    assert not drawn(app)  # it stands on Home alone
    app.button(key="open_tour").click().run()
    assert not app.exception
    assert not app.query_params
