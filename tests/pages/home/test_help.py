"""Help: for every role its own steps, true of this council's settings, and found by its words."""

import re

import pytest

from components.frame.navigation import PAGES, find_entry
from components.home.help import shown, texts
from data_access.council.settings_store import DEFAULTS, save_setting
from data_access.store.database import transaction
from performance.ground.people import GIVEN, LASTING_ROLES, PERMISSIONS, Holding, Role, User
from tests.builders import a_user, add_council, add_measure
from tests.pages.conftest import Open
from tests.pages.conftest import texts as words_of

pytestmark = pytest.mark.usefixtures("sqlite_database")

HELP = "pages/home/help.py"
EVERY = (texts.in_file("roles"), texts.in_file("questions"), tuple(texts.words()))


def markup_of(app: object) -> str:
    return "\n".join(each.proto.body for each in app.get("html"))  # type: ignore[attr-defined]


def with_role_alone(role: Role) -> User:
    """Somebody of no database, for what is asked of the texts themselves."""
    return User(username="somebody", name="", holdings=(Holding(role=role, unit_code="HR", covers=frozenset({"HR"})),))


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


@pytest.mark.parametrize(("threshold", "is_hidden"), [("0", False), ("1", False), ("2", True), ("5", True)])
def test_nothing_more_is_said_of_hiding_than_is_hidden(threshold: str, is_hidden: bool, open_page: Open) -> None:
    add_council()
    with transaction() as session:
        save_setting(session, name="small_number_threshold", value=threshold)
    drawn = markup_of(open_page(with_role(Role.COUNCILLOR), HELP, find="hidden mean"))
    assert ("Others are hidden with them" in drawn) == is_hidden
    assert ("Here no number is hidden for being small." in drawn) != is_hidden


@pytest.mark.parametrize(("lock_after", "said"), [("", "only where the BI team set a last day for its round"),
                                                  ("10", "unless the BI team set another last day")])  # fmt: skip
def test_a_lock_that_was_set_for_a_round_is_told_of_with_and_without_one_for_all(
    lock_after: str, said: str, open_page: Open
) -> None:
    add_council()
    add_measure()
    with transaction() as session:
        save_setting(session, name="lock_after_working_days", value=lock_after)
    manager = with_role(Role.SERVICE_MANAGER)
    assert said in markup_of(open_page(manager, HELP, find="not change this figure"))
    assert said in words_of(open_page(manager, "pages/do/reporting_calendar.py"))


def test_whether_one_may_get_no_mail_is_answered_by_whether_any_is_sent(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_council()
    reader = with_role(Role.EMPLOYEE)
    monkeypatch.delenv("MAIL_SERVER", raising=False)
    without = markup_of(open_page(reader, HELP, find="no mail"))
    assert "this council sends no mail" in without
    assert "turn your mail off" not in without
    assert "Mail" not in [each.label for each in open_page(reader).expander]
    monkeypatch.setenv("MAIL_SERVER", "mail.example.org")
    assert "at the foot of" in markup_of(open_page(reader, HELP, find="no mail"))
    assert "Mail" in [each.label for each in open_page(reader).expander]


@pytest.mark.parametrize("role", LASTING_ROLES, ids=lambda role: role.value)
def test_nobody_is_told_of_a_page_that_is_not_open_to_them(role: Role) -> None:
    user, values = with_role_alone(role), shown.values_of(DEFAULTS)
    parts = [*texts.roles_of(user), *texts.questions_of(user)]
    named = {title: part.title for part in parts for title in texts.LINK.findall(" ".join(part.filled(values).lines))}
    shut = {title: where for title, where in named.items() if not user.may(find_entry(title).needs)}
    assert not shut


def test_a_councillor_reads_how_to_take_away_what_they_see_and_officers_read_of_all_of_it() -> None:
    def told(role: Role) -> str:
        return next(" ".join(each.lines) for each in texts.questions_of(with_role_alone(role)) if "away" in each.title)

    assert "[[Ward profile]] as papers" in told(Role.COUNCILLOR)
    assert "[[Scorecard]], [[Explorer]] and [[Wards]]" in told(Role.HEAD)
    assert "[[Ward profile]]" not in told(Role.HEAD)
    assert told(Role.EMPLOYEE) == "[[Reports available]] lists the regular reports, and says who gets each."


@pytest.mark.parametrize("role", [Role.EMPLOYEE, Role.ADMINISTRATOR, Role.BI_TEAM], ids=lambda role: role.value)
def test_who_gives_roles_is_said_in_one_way(role: Role, open_page: Open) -> None:
    add_council()
    drawn = markup_of(open_page(with_role(role), HELP, find="roles are given"))
    assert GIVEN in drawn
    assert not re.search(r"given by (?!whoever runs this app)", drawn)


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
    for parts in EVERY:
        assert len({each.title for each in parts}) == len(parts)
        for part in parts:
            filled = part.filled(values)
            assert filled.lines, part.title
            assert set(texts.LINK.findall(" ".join(filled.lines))) <= titles, part.title
            assert not re.search(r"[{}]|  ", " ".join(filled.lines)), part.title
            for role in Role:
                assert " | " not in " ".join(filled.read_by(with_role_alone(role)).lines), part.title
                assert part.read_by(with_role_alone(role)).lines, part.title


def test_no_number_of_a_setting_is_typed() -> None:
    typed = re.compile(r"\d+ ?%|\d+ (?:working days|hours|people)|\d+ periods")
    assert not [line for parts in EVERY for part in parts for line in part.lines if typed.search(line)]
