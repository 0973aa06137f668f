"""Help: for every role its own steps, true of this council's settings, and found by its words."""

import re

import pytest

from components.frame.navigation import PAGES
from components.home.help import shown, texts
from data_access.council.settings_store import DEFAULTS, save_setting
from data_access.store.database import transaction
from performance.ground.people import LASTING_ROLES, PERMISSIONS, Holding, Role, User
from tests.builders import a_user, add_council
from tests.pages.conftest import Open
from tests.pages.conftest import texts as words_of

pytestmark = pytest.mark.usefixtures("sqlite_database")

HELP = "pages/home/help.py"
FILES = ("roles", "questions", "words")


def markup_of(app: object) -> str:
    return "\n".join(each.proto.body for each in app.get("html"))  # type: ignore[attr-defined]


def with_role(role: Role) -> User:
    return a_user("somebody", role=role)


@pytest.mark.parametrize("role", LASTING_ROLES, ids=lambda role: role.value)
def test_each_role_reads_its_own_steps_and_is_led_only_where_it_may_go(role: Role, open_page: Open) -> None:
    add_council()
    app = open_page(with_role(role), HELP)
    assert not app.exception
    drawn = markup_of(app)
    assert f"<h3>{role.in_words}</h3>" in drawn
    assert not [each for each in Role if each is not role and f"<h3>{each.in_words}</h3>" in drawn]
    help_alone = drawn[drawn.index("What you do here"):]  # fmt: skip
    led = set(re.findall(r'href="([^"]+)"', help_alone))
    assert led
    assert led <= {entry.url_path or "./" for entry in PAGES if entry.needs in PERMISSIONS[role]}


def test_a_deputy_who_is_a_manager_too_reads_both_in_the_order_of_the_roles() -> None:
    holdings = tuple(Holding(role=role, unit_code="HR", covers=frozenset({"HR"}))
                     for role in (Role.DEPUTY, Role.SERVICE_MANAGER))  # fmt: skip
    deputy = User(username="deputy", name="Deputy", holdings=holdings)
    assert [each.title for each in texts.roles_of(deputy)] == ["Service manager", "Deputy who signs off"]
    assert texts.roles_of(User(username="nobody", name="")) == []


def test_a_question_is_for_those_it_is_of_use_to(open_page: Open) -> None:
    add_council()
    manager, councillor = a_user("manager", role=Role.SERVICE_MANAGER), a_user("member", role=Role.COUNCILLOR)
    assert "When is my return due?" in markup_of(open_page(manager, HELP))
    for_member = markup_of(open_page(councillor, HELP))
    assert "When is my return due?" not in for_member
    assert "What do the colours mean?" in for_member


def test_numbers_are_those_of_the_councils_settings(open_page: Open) -> None:
    add_council()
    with transaction() as session:
        for name, value in {"default_tolerance": "7", "reds_running": "4", "small_number_threshold": "9"}.items():
            save_setting(session, name=name, value=value)
    drawn = markup_of(open_page(with_role(Role.LEADERSHIP), HELP))
    for said in ("the council&#x27;s, 7% of the target", "red in 4 periods running", "1 to 8 people in a ward"):
        assert said in drawn, said


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [
        ("lock_after_working_days", "", {"lock": "Here nothing locks by its day."}),
        ("lock_after_working_days", "1", {"lock": "A figure locks 1 working day after the day it is on time by."}),
        ("slim_chance", "0", {"slim": ""}),
        ("reds_running", "1", {"reds": "red in 1 period"}),
        ("periods_back", "3", {"back": "green in 3 periods running"}),
    ],
)
def test_what_a_council_turned_off_or_set_to_one_reads_well(setting: str, value: str, said: dict[str, str]) -> None:
    assert said.items() <= shown.values_of({**DEFAULTS, setting: value}).items()


@pytest.mark.parametrize(("threshold", "said"), [("0", "no number is hidden"), ("1", "no number is hidden"),
                                                 ("2", "1 person in a ward"), ("5", "1 to 4 people")])  # fmt: skip
def test_what_is_hidden_is_said_by_the_threshold(threshold: str, said: str) -> None:
    assert said in shown.values_of({**DEFAULTS, "small_number_threshold": threshold})["hidden"]


def test_the_box_leaves_what_has_all_of_its_words_and_no_more(open_page: Open) -> None:
    add_council()
    user = with_role(Role.SERVICE_MANAGER)
    drawn = markup_of(open_page(user, HELP, find="MILESTONE ticks"))
    assert "How do I start a recovery plan?" in drawn
    assert "What do the colours mean?" not in drawn
    assert "What you do here" not in drawn
    nothing = open_page(user, HELP, find="zebra")
    assert "Nothing in the help has “zebra” in it." in words_of(nothing)
    assert 'class="help"' not in markup_of(nothing)


def test_the_texts_are_whole() -> None:
    """A part for each role, each with something in it; every page that is named is one, and every value is known."""
    assert {each.title for each in texts.in_file("roles")} == set(Role)
    values = shown.values_of(DEFAULTS)
    titles = {entry.title for entry in PAGES}
    for file in FILES:
        parts = texts.in_file(file)
        assert len({each.title for each in parts}) == len(parts)
        for part in parts:
            filled = part.filled(values)
            assert filled.lines, part.title
            assert set(texts.LINK.findall(" ".join(filled.lines))) <= titles, part.title
            assert not re.search(r"[{}]|  ", " ".join(filled.lines)), part.title


def test_no_number_of_a_setting_is_typed() -> None:
    typed = re.compile(r"\d+ ?%|\d+ (?:working days|hours|people)|\d+ periods")
    assert not [line for file in FILES for part in texts.in_file(file) for line in part.lines if typed.search(line)]
