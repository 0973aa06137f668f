"""Mail as the BI team and the administrator see it, and as nobody else does; and everybody's own choice on Home."""

import pytest
from streamlit.testing.v1 import AppTest

from components.frame import navigation
from cycle.admin import mails
from performance.ground.people import PERMISSIONS, Permission, Role
from performance.home.lines import Opens
from performance.home.mail import Handed, Outcome
from tests.builders import a_user, it_is
from tests.conftest import rows_of
from tests.cycle.admin.test_mails import REFUSED, UNKNOWN, an_undecided
from tests.cycle.home.test_digests import MONDAY, a_council
from tests.pages.conftest import Open, texts

pytestmark = pytest.mark.usefixtures("sqlite_database")
PAGE, HOME = "pages/admin/mail.py", "pages/home/today.py"


def buttons(app: AppTest) -> list[str]:
    return [each.label for each in app.button if each.label != "Sign out"]


def press(app: AppTest, label: str) -> AppTest:
    (button,) = [each for each in app.button if each.label == label]
    return button.click().run()


@pytest.mark.parametrize("role", [role for role in Role if Permission.LOOK_AFTER_MAIL not in PERMISSIONS[role]])
def test_others_are_refused_and_read_nothing(role: Role, open_page: Open) -> None:
    _, _, found = an_undecided(UNKNOWN)
    app = open_page(a_user("other", role, "COUNCIL"), PAGE)
    said = texts(app)
    assert "You may not look after mail." in said
    assert found.name not in said
    assert found.mail.address not in said


def test_before_anything_was_made(open_page: Open) -> None:
    a_council()
    said = texts(open_page(a_user("bi", Role.BI_TEAM, "COUNCIL"), PAGE))
    assert "No mail has been made yet." in said
    assert "No mail server is set, so nothing is sent." in said


def test_what_may_not_have_come_is_sent_again(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_SERVER", "mail.example.org")
    post, bi, _ = an_undecided(UNKNOWN)
    app = open_page(bi, PAGE)
    assert not app.exception
    said = texts(app)
    assert "To be decided (1)" in said
    assert "Service manager, WASTE, 10 November 2017: doubtful" in said
    assert "<p>1 return late.<br>Handed over at" in said
    assert "to manager@example.org. The line broke.</p>" in said
    assert "No mail server is set" not in said
    assert buttons(app) == ["Send again", "Leave it"]
    app = press(app, "Send again")
    assert "The next run sends it." in texts(app)
    assert buttons(app) == []
    assert post.run().handed == {Handed.TAKEN: 1}
    assert "to manager@example.org" in texts(open_page(bi, PAGE, state="sent"))


def test_what_was_refused_is_left(open_page: Open) -> None:
    _, bi, _ = an_undecided(REFUSED)
    app = open_page(bi, PAGE)
    assert "550 5.1.1 No such user. 1 try. Not tried again." in texts(app)
    assert "It is left as it is." in texts(press(app, "Leave it"))
    assert rows_of("SELECT state FROM mails WHERE username = 'manager'") == [("left",)]


def test_two_who_decide_at_once_are_told(open_page: Open) -> None:
    _, bi, found = an_undecided(UNKNOWN)
    app = open_page(bi, PAGE)
    mails.leave_mail(found.mail.id, version=found.mail.version, by=bi)
    # Streamlit draws the page anew before it takes the press: the mail is gone from it, and nothing is done.
    (button,) = [each for each in app.button if each.label == "Send again"]
    app = button.click().run()
    assert not app.exception
    assert rows_of("SELECT state FROM mails WHERE username = 'manager'") == [("left",)]


def test_of_an_earlier_day_nothing_is_sent_again(open_page: Open) -> None:
    _, bi, _ = an_undecided(UNKNOWN)
    it_is(MONDAY)
    assert buttons(open_page(bi, PAGE)) == ["Leave it"]


def test_what_somebody_called_themselves_is_text(open_page: Open) -> None:
    _, bi, _ = an_undecided(
        Outcome(handed=Handed.REFUSED, said="550 <script>alert(1)</script> **No** [x](http://evil)")
    )
    app = open_page(bi, PAGE)
    drawn = "".join(each.proto.body for each in app.get("html"))
    assert "<script>alert" not in drawn
    assert "http://evil" not in "".join(each.value for each in [*app.markdown, *app.caption])
    assert "550 &lt;script&gt;" in drawn


def test_a_state_that_is_none_is_said(open_page: Open) -> None:
    _, bi, _ = an_undecided(UNKNOWN)
    assert "The link asks for “lost” as “State”" in texts(open_page(bi, PAGE, state="lost"))


def test_the_bi_team_finds_on_home_what_failed(open_page: Open) -> None:
    _, bi, found = an_undecided(REFUSED)
    wanted = "1 mail failed, or may not have come: say what is to become of it"
    assert wanted in [each.proto.label for each in open_page(bi, HOME).get("page_link")]
    mails.leave_mail(found.mail.id, version=found.mail.version, by=bi)
    assert wanted not in [each.proto.label for each in open_page(bi, HOME).get("page_link")]


def test_everybody_stops_their_own_mails_on_home(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_SERVER", "mail.example.org")
    a_council()
    app = open_page(a_user(), HOME)
    assert "manager@example.org gets a mail" in texts(app)
    app = press(app, "Stop these mails")
    assert "You get no more such mails." in texts(app)
    assert "Nothing goes to manager@example.org: you wanted no mails." in texts(app)
    assert rows_of("SELECT wants_no_mail FROM people") == [(1,)]
    app = press(app, "Send me these mails")
    assert rows_of("SELECT wants_no_mail FROM people") == [(0,)]
    said = rows_of("SELECT after FROM audit_events WHERE verb = 'choose mail' ORDER BY sequence")
    assert said == [('{"mail": "no"}',), ('{"mail": "yes"}',)]


def test_where_no_mail_is_set_up_home_says_nothing_of_it(open_page: Open) -> None:
    a_council()
    app = open_page(a_user(), HOME)
    assert "Stop these mails" not in buttons(app)


@pytest.mark.parametrize("page", Opens, ids=lambda page: page.value or "home")
def test_each_line_of_a_mail_leads_to_a_page_there_is(page: Opens) -> None:
    assert navigation.find_at(page.value).url_path == page.value
