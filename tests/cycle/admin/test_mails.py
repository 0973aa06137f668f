"""What failed, or may not have come, is decided by a person: once, on the mail they saw, and on record."""

from datetime import date

import pytest

from cycle.admin import mails
from cycle.admin.mails import MailLine, MailMovedOnError, MailQuery, MailRefusedError
from performance.ground.people import Role, User
from performance.home.mail import Handed, MailState, Outcome
from tests.builders import a_user, it_is
from tests.conftest import rows_of
from tests.cycle.home.test_digests import MONDAY, Post, a_council

pytestmark = pytest.mark.usefixtures("database_on_both")
REFUSED = Outcome(handed=Handed.REFUSED, said="550 5.1.1 No such user")
UNKNOWN = Outcome(handed=Handed.UNKNOWN, said="The line broke")


def an_undecided(outcome: Outcome) -> tuple[Post, User, MailLine]:
    """One mail of which a person has to say what is to become of it."""
    post, bi = a_council(), a_user("bi", Role.BI_TEAM, "COUNCIL")
    a_user()
    post.answers["manager@example.org"] = outcome
    post.run()
    post.answers.clear()
    (found,) = mails.list_mails(MailQuery(), by=bi).undecided
    return post, bi, found


@pytest.mark.parametrize("outcome", [REFUSED, UNKNOWN], ids=["refused", "doubtful"])
def test_sent_again_it_goes_at_the_next_run_under_the_same_id(outcome: Outcome) -> None:
    post, bi, found = an_undecided(outcome)
    before = rows_of("SELECT token FROM mails WHERE username = 'manager'")
    mails.send_again(found.mail.id, version=found.mail.version, by=bi)
    assert post.run().handed == {Handed.TAKEN: 1}
    assert rows_of("SELECT token FROM mails WHERE username = 'manager'") == before
    assert rows_of("SELECT username, subject, before, after FROM audit_events WHERE verb = 'send mail again'") == [
        ("bi", "2017-11-10 manager", f'{{"state": "{found.mail.state.value}"}}', '{"state": "waiting"}')
    ]


@pytest.mark.parametrize("outcome", [REFUSED, UNKNOWN], ids=["refused", "doubtful"])
def test_left_it_is_listed_no_longer_and_stays_on_record(outcome: Outcome) -> None:
    post, bi, found = an_undecided(outcome)
    mails.leave_mail(found.mail.id, version=found.mail.version, by=bi)
    assert post.run().handed == {}
    read = mails.list_mails(MailQuery(state=MailState.LEFT), by=bi)
    assert (read.undecided, [each.mail.reason for each in read.lines]) == ((), [outcome.said])
    assert rows_of("SELECT subject FROM audit_events WHERE verb = 'leave mail'") == [("2017-11-10 manager",)]


def test_of_two_who_decide_the_second_is_told() -> None:
    _, bi, found = an_undecided(UNKNOWN)
    mails.send_again(found.mail.id, version=found.mail.version, by=bi)
    other = a_user("admin", Role.ADMINISTRATOR, "COUNCIL")
    for verb in (mails.send_again, mails.leave_mail):
        with pytest.raises(MailMovedOnError):
            verb(found.mail.id, version=found.mail.version, by=other)
    assert rows_of("SELECT count(*) FROM audit_events WHERE verb = 'leave mail'") == [(0,)]


def test_what_was_sent_is_not_to_be_decided() -> None:
    post, bi, found = an_undecided(UNKNOWN)
    mails.send_again(found.mail.id, version=found.mail.version, by=bi)
    post.run()
    sent = next(each for each in mails.list_mails(MailQuery(), by=bi).lines if each.stands is MailState.SENT)
    with pytest.raises(MailRefusedError, match="This mail is not to be sent again: sent"):
        mails.send_again(sent.mail.id, version=sent.mail.version, by=bi)
    with pytest.raises(MailRefusedError, match="Nothing is to be decided about this mail: sent"):
        mails.leave_mail(sent.mail.id, version=sent.mail.version, by=bi)


def test_a_mail_of_an_earlier_day_can_be_left_and_not_sent() -> None:
    _, bi, found = an_undecided(UNKNOWN)
    it_is(MONDAY)
    (later,) = mails.list_mails(MailQuery(), by=bi).undecided
    assert (later.wants_decision, later.may_go_again) == (True, False)
    with pytest.raises(MailRefusedError, match="The next one says again"):
        mails.send_again(found.mail.id, version=found.mail.version, by=bi)
    mails.leave_mail(found.mail.id, version=found.mail.version, by=bi)


def test_an_administrator_reads_to_whom_and_not_what() -> None:
    """How many returns of somebody are late is for those who see scorecards."""
    _, bi, _ = an_undecided(UNKNOWN)
    admin = a_user("admin", Role.ADMINISTRATOR, "COUNCIL")
    (as_bi,), (as_admin,) = (mails.list_mails(MailQuery(), by=each).undecided for each in (bi, admin))
    assert as_bi.subject == "1 return late"
    assert (as_admin.subject, as_admin.name) == ("", "Service manager, WASTE")


def test_the_record_goes_on_page_by_page() -> None:
    post, bi = a_council(), a_user("bi", Role.BI_TEAM, "COUNCIL")
    for number in range(mails.PAGE):
        a_user(f"p{number}")
    post.run()
    it_is(date(2017, 11, 13))
    post.run()
    first = mails.list_mails(MailQuery(), by=bi)
    second = mails.list_mails(MailQuery(older_than=first.older), by=bi)
    third = mails.list_mails(MailQuery(older_than=second.older), by=bi)
    numbers = [each.mail.id for page in (first, second, third) for each in page.lines]
    assert (len(numbers), len(set(numbers)), third.older) == (102, 102, None)
    assert numbers == sorted(numbers, reverse=True)
    assert first.counts == {MailState.SENT: 50, MailState.SKIPPED: 52}
