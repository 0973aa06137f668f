"""Every page, for nobody, for the wrong role and for the right one."""

import re
from datetime import UTC, datetime
from html import escape

import pytest
from sqlalchemy import delete
from streamlit.testing.v1 import AppTest

from components.frame.navigation import PAGES, PageEntry
from cycle.admin import accounts
from cycle.ground import passwords
from data_access.council.people import save_password
from data_access.council.settings_store import save_setting
from data_access.models.council import RoleHoldingRow
from data_access.store.database import transaction
from performance.ground.people import GIVEN, PERMISSIONS, Permission, Role
from settings import ROOT
from tests.builders import PASSWORD, a_user, add_council, add_figure, add_measure, add_target
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
every_page = pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.title)
UNIT_OF = {Role.SERVICE_MANAGER: "WASTE", Role.HEAD: "PLACE"}


def test_every_page_file_is_in_the_registry() -> None:
    files = {path.relative_to(ROOT).as_posix() for path in (ROOT / "pages").rglob("*.py")}
    assert files == {entry.file for entry in PAGES}


def test_a_stranger_is_shown_the_sign_in_form_and_nothing_else(open_page: Open) -> None:
    add_council()
    for entry in PAGES:
        app = open_page(None, entry.file)
        assert not app.exception, entry.title
        assert [title.value for title in app.title] == ["Sign in"], entry.title


@pytest.mark.parametrize("role", Role)
def test_a_role_opens_what_it_may_and_is_refused_the_rest(role: Role, open_page: Open) -> None:
    add_council()
    add_measure()
    add_figure(value="5")
    add_target(number="6")
    app = open_page(a_user("someone", role, UNIT_OF.get(role, "COUNCIL")))
    refused = set()
    for entry in PAGES:
        app.switch_page(entry.file).run()
        assert not app.exception, entry.title
        _expect_to_be_told_where_this_is(app, entry, role)
        if f"You may not {entry.needs.value}" in texts(app):
            refused.add(entry.title)
            _expect_a_way_on(app, entry, role)
    assert refused == {entry.title for entry in PAGES if entry.needs not in PERMISSIONS[role]}


def _expect_to_be_told_where_this_is(app: AppTest, entry: PageEntry, role: Role) -> None:
    """The stages that are open to the role, the present one marked; and of its pages the present one, linked or not."""
    (header,) = [each.proto.body for each in app.main.get("html") if "Stages" in each.proto.body]
    stages, *pages = header.split("<nav ")[1:]
    open_there = [each for each in PAGES if each.linked and each.needs in PERMISSIONS[role]]
    assert re.findall("<a [^>]*>([^<]+)", stages) == list(dict.fromkeys(each.stage for each in open_there))
    lit = [entry.stage] if entry.stage in {each.stage for each in open_there} else []
    assert re.findall('aria-current="[^>]*>([^<]+)', stages) == lit
    if beside := [each for each in open_there if each.stage == entry.stage and each != entry]:
        assert re.findall('aria-current="[^>]*>([^<]+)', pages[0]) == [escape(entry.title)], beside


def _expect_a_way_on(app: AppTest, refused: PageEntry, role: Role) -> None:
    """Whom the page is for, which role this is, who can give another, and links that this person may follow."""
    assert [each.value for each in app.title] == [refused.title]
    (whom, who_gives) = (each.value for each in app.main.markdown)
    said, *deputies = whom.partition("roles: ")[2].partition(". ")[0].split(", or to a deputy whom a head names")
    wanted = {each for each in Role if refused.needs in PERMISSIONS[each]}
    assert set(said.split(", ")) == {each.in_words.lower() for each in wanted - {Role.DEPUTY}}
    assert bool(deputies) == (Role.DEPUTY in wanted)
    assert whom.endswith(f"Yours: {role.in_words.lower()}.")
    assert who_gives == f"If your work needs this page, ask for such a role. {GIVEN}"
    ways = [each.proto.label for each in app.main.get("page_link") if each.proto.label.startswith("Go to ")]
    open_there = [each for each in PAGES if each.stage == refused.stage and each.linked
                  and each.needs in PERMISSIONS[role]]  # fmt: skip
    assert ways == ["Go to Home", *[f"Go to {each.title}" for each in open_there[:1]]]


def test_whoever_has_no_role_any_more_is_told_so_and_led_nowhere(open_page: Open) -> None:
    add_council()
    former = a_user("former")
    with transaction() as session:
        session.execute(delete(RoleHoldingRow))
    app = open_page(former, "pages/review/scorecard.py")
    assert "You have no role at the moment." in texts(app)
    assert not app.main.get("page_link")


def test_a_council_is_called_what_it_is_called_whatever_signs_are_in_its_name(open_page: Open) -> None:
    add_council()
    with transaction() as session:
        save_setting(session, name="council_name", value="<script>Town & Country</script>")
    for app in (open_page(None), open_page(a_user("someone"))):
        (brand,) = [each.proto.body for each in app.main.get("html") if 'class="brand"' in each.proto.body]
        assert "&lt;script&gt;Town &amp; Country&lt;/script&gt;" in brand
        assert "<script" not in brand


@every_page
def test_a_disabled_person_is_out_at_the_next_click(entry: PageEntry, open_page: Open) -> None:
    add_council()
    user = a_user("leaver", _role_for(entry.needs), "COUNCIL")
    app = open_page(user, entry.file)
    accounts.disable_user("leaver")
    app.run()
    assert [title.value for title in app.title] == ["Sign in"]


def test_signing_in_with_name_and_password_opens_the_page_asked_for(open_page: Open) -> None:
    add_council()
    a_user("manager")
    app = open_page(None, "pages/review/scorecard.py")
    app.text_input(key="sign_in_username").input("Manager ")
    app.text_input(key="sign_in_password").input(PASSWORD)
    app.button[0].click().run()
    assert next(title.value for title in app.title) != "Sign in"
    assert "identity" in app.session_state


def test_a_wrong_password_is_told_in_a_sentence_that_gives_nothing_away(open_page: Open) -> None:
    add_council()
    a_user("manager")
    said = []
    for username in ("manager", "nobody"):
        app = open_page(None)
        app.text_input(key="sign_in_username").input(username)
        app.text_input(key="sign_in_password").input("not the password")
        app.button[0].click().run()
        said.append([error.value for error in app.error])
    assert said[0] == said[1] == ["That username and password do not match. Check both and try again."]


def test_a_one_time_password_leads_to_choosing_an_own_one_and_nowhere_else(open_page: Open) -> None:
    add_council()
    user = a_user("starter")
    with transaction() as session:
        save_password(session, username="starter", password_hash=passwords.hash_password("one-time", rounds=4),
                      one_time_since=datetime.now(UTC))  # fmt: skip
    app = open_page(None, "pages/review/scorecard.py")
    app.text_input(key="sign_in_username").input(user.username)
    app.text_input(key="sign_in_password").input("one-time")
    app.button[0].click().run()
    assert [title.value for title in app.title] == ["Choose your own password"]
    app.text_input(key="password_old").input("one-time")
    app.text_input(key="password_new").input("three random words")
    app.button[0].click().run()
    assert "Choose your own password" not in [title.value for title in app.title]


def _role_for(permission: Permission) -> Role:
    return next(role for role, held in PERMISSIONS.items() if permission in held)
