"""A digest says what Home says, to whom it is for; a mail is sent once, and what came is what the record says."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from sqlalchemy import update

import settings
from cycle.admin import accounts, audit, mails
from cycle.do import deputies, returns, signing_off
from cycle.ground import memory
from cycle.home import desk, mail_choice, operator
from cycle.home._digest import digest_of, organisation
from cycle.home.operator import Run
from cycle.revise import risks
from data_access.council import people
from data_access.home.handing import Change
from data_access.home.mails import list_due, save_change
from data_access.models import PersonRow, RoleHoldingRow
from data_access.store.database import engine, reading, transaction
from performance.do.typed import Answer
from performance.ground.measures import Polarity
from performance.ground.people import Role, User
from performance.ground.periods import Period
from performance.home.digest import Digest, Part
from performance.home.mail import Envelope, Handed, MailState, Outcome, Skip
from performance.revise.risks import Score
from reporting.mail.server import MailServer
from tests.builders import a_user, add_council, add_figure, add_measure, add_target, it_is
from tests.conftest import rows_of
from tests.cycle.revise.test_risks import FLOOD
from tests.mail_server import OK, PUBLIC, MailBox, serving, set_mail
from tests.rows_read import questions_asked

FRIDAY, MONDAY = date(2017, 11, 10), date(2017, 11, 13)
OCTOBER = Period.month(2017, 10)
START = datetime(2017, 11, 10, 7, tzinfo=UTC)


class Clock:
    """The wall's clock, moved on by the test."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def on(self, **later: float) -> None:
        self.now += timedelta(**later)


class Post:
    """A server that takes what it is told to take; for what is about the digests and not about the line."""

    def __init__(self) -> None:
        self.came: list[Envelope] = []
        self.answers: dict[str, Outcome] = {}
        self.clock = Clock()

    def hand_over(self, mail: Envelope) -> Outcome:
        answer = self.answers.get(mail.address, Outcome(handed=Handed.TAKEN))
        if answer.handed is Handed.TAKEN:
            self.came.append(mail)
        return answer

    def run(self) -> Run:
        self.came = []
        return operator.send_digests(self.hand_over, public_address=PUBLIC, clock=self.clock)

    def to(self, username: str) -> Envelope | None:
        return next((each for each in self.came if each.address == f"{username}@example.org"), None)


def a_council(today: date = FRIDAY, *, since: date = date(2017, 10, 1), **fields: object) -> Post:
    """Waste owes October's figure, which is due on Monday 6 November 2017."""
    add_council(today=today, **fields)  # type: ignore[arg-type]
    add_measure("BINS", title="Missed bins", polarity=Polarity.LOWER, active_from=since)
    return Post()


def states() -> dict[object, object]:
    return dict(rows_of("SELECT username, state FROM mails WHERE day = (SELECT MAX(day) FROM mails)"))  # type: ignore[arg-type]


def why(username: str) -> object:
    query = "SELECT reason FROM mails WHERE username = :who ORDER BY day DESC LIMIT 1"
    return rows_of(query, who=username)[0][0]


def submit(by: User) -> None:
    answer = Answer(measure_code="BINS", value="12", based_on=0)
    returns.submit_return("WASTE", OCTOBER, answers=[answer], request_key="key", by=by)


@pytest.mark.usefixtures("database_on_one")
class TestWhatIsSaid:
    def test_a_manager_is_told_what_home_says_and_no_figures(self) -> None:
        post = a_council(since=date(2017, 8, 1))
        for month, bins in (("2017-08", "9"), ("2017-09", "30123")):
            add_figure("BINS", month, bins)
            add_target("BINS", month, "10")
        manager = a_user()
        (owed,) = desk.home(by=manager).owed
        assert post.run().handed == {Handed.TAKEN: 1}
        mail = post.to("manager")
        assert mail is not None
        assert mail.subject == "1 return late. 1 status moved. 1 red now"
        assert f"- {owed.unit.name}, October 2017: {owed.in_words}\n" in mail.text
        assert "  Late by 4 days: due by Monday 6 November 2017\n" in mail.text
        assert f"  {PUBLIC}/my-return?unit=WASTE&period=2017-10-01%2FP1M\n" in mail.text
        assert "- Missed bins: Green to Red\n" in mail.text
        assert "30,123" not in mail.text
        assert "30123" not in mail.text

    def test_risks_that_nobody_has_looked_at_are_told_by_their_codes(self) -> None:
        post, manager = a_council(), a_user()
        unseen = replace(FLOOD, risk=replace(FLOOD.risk, likelihood=None, impact=None))
        risks.add_risk(unseen, by=manager)
        post.run()
        mail = post.to("manager")
        assert mail is not None
        assert "RISKS TO LOOK AT AGAIN (1)\n- Risk RK01: look at it again\n" in mail.text
        assert "Floods" not in mail.text
        assert f"  {PUBLIC}/risk?risk=RK01\n" in mail.text

    def test_of_risks_only_what_comes_to_be_looked_at_is_news(self) -> None:
        post, manager = a_council(), a_user()
        unseen = replace(FLOOD, risk=replace(FLOOD.risk, likelihood=None, impact=None))
        for _ in range(2):
            risks.add_risk(unseen, by=manager)
        topics = _topics(manager)
        assert {"risk RK01 never", "risk RK02 never"} <= topics
        risks.review_risk("RK01", score=Score(likelihood=5, impact=5), reason="So", version=1, by=manager)
        assert _topics(manager) < topics, "what is done is no news"
        it_is(date(2018, 1, 15))
        assert "risk RK01 2017-12-11" in _topics(manager)
        (line,) = [each.line for each in _digest(manager).points if each.part is Part.RISKS]
        assert "of 25" not in f"{line.label} {line.detail}"
        assert post

    def test_a_question_is_told_and_its_words_stay_on_the_page(self) -> None:
        post = a_council()
        submit(a_user())
        head = a_user("head", Role.HEAD)
        signing_off.return_with_question("WASTE", OCTOBER, version=1, question="Is the depot closed?", by=head)
        post.run()
        mail = post.to("manager")
        assert mail is not None
        assert "BACK WITH A QUESTION (1)\n- Waste and recycling, October 2017: returned with a question" in mail.text
        assert "depot" not in mail.text

    def test_what_came_back_is_said_again_each_week_and_then_to_those_above(self) -> None:
        post = a_council()
        submit(a_user())
        head = a_user("head", Role.HEAD)
        a_user("director", Role.HEAD, "PLACE")
        signing_off.return_with_question("WASTE", OCTOBER, version=1, question="Is it closed?", by=head)
        told = {"manager": 0, "head": 0}
        for day in range(15):
            it_is(FRIDAY + timedelta(days=day))
            post.clock.on(days=1)
            post.run()
            for username in told:
                mail = post.to(username)
                told[username] += mail is not None and "returned with a question" in mail.text
        assert told == {"manager": 3, "head": 2}, (
            "on the day, and after one week and two; those above from the first on"
        )

    def test_what_waits_for_sign_off_is_told_to_the_head_and_their_deputy_while_they_are_one(self) -> None:
        post = a_council()
        submit(a_user())
        head = a_user("head", Role.HEAD)
        a_user("ann", Role.LEADERSHIP, "COUNCIL")
        deputies.name_deputy("WASTE", username="ann", first_day=MONDAY, last_day=MONDAY, by=head)
        post.run()
        assert [each.address for each in post.came] == ["head@example.org"]
        it_is(MONDAY)
        post.run()
        (ann,) = post.came
        assert ann.address == "ann@example.org"
        assert ann.subject.startswith("1 waits for your sign-off")
        assert "signs off for Waste and recycling from 13 November 2017 to 13 November 2017." in ann.text
        it_is(date(2017, 11, 14))
        post.run()
        assert post.came == []

    def test_who_submitted_it_is_not_told_that_it_waits_for_them(self) -> None:
        post = a_council()
        submit(a_user("head", Role.HEAD))
        assert post.run().skipped == {Skip.NOTHING: 1}

    def test_what_is_submitted_is_said_no_more(self) -> None:
        post = a_council()
        submit(a_user())
        assert post.run().skipped == {Skip.NOTHING: 1}

    def test_before_on_and_after_the_day_and_then_once_a_week(self) -> None:
        """Due on Monday 6 November 2017. The head hears of it after five working days, the director after ten."""
        post = a_council(today=date(2017, 10, 31))
        a_user()
        a_user("head", Role.HEAD)
        a_user("director", Role.HEAD, "PLACE")
        told: dict[str, list[int]] = {}
        for day in range(31):
            it_is(date(2017, 10, 31) + timedelta(days=day))
            post.run()
            for mail in post.came:
                told.setdefault(mail.address.partition("@")[0], []).append(day)
        # Counted from 31 October: 1 November is the first day it can be entered, and three working days before.
        assert {name: [f"{date(2017, 10, 31) + timedelta(days=each):%-d %b}" for each in days]
                for name, days in told.items()} == {
            "manager": ["1 Nov", "6 Nov", "7 Nov", "14 Nov", "21 Nov", "28 Nov"],
            "head": ["14 Nov", "21 Nov", "28 Nov"],
            "director": ["21 Nov", "28 Nov"],
        }  # fmt: skip

    def test_years_of_late_returns_are_no_mail_every_day(self) -> None:
        """Thirteen months, each late since another day of the week."""
        post, told = a_council(since=date(2010, 1, 1)), []
        a_user()
        for day in range(10, 30):
            it_is(date(2017, 11, day))
            post.run()
            told += [day] if post.came else []
        assert told == [10, 14, 21, 28], "the newest is said anew each week, and all the others stand beside it"

    def test_a_service_without_a_manager_asks_its_head_at_once(self) -> None:
        post = a_council()
        a_user("head", Role.HEAD)
        post.run()
        mail = post.to("head")
        assert mail is not None
        assert mail.subject.startswith("1 return late")

    def test_what_is_locked_is_said_once(self) -> None:
        post = a_council(locks_after=2)
        a_user()
        post.run()
        assert post.to("manager") is not None
        for day in (13, 20, 27):
            it_is(date(2017, 11, day))
            post.run()
            assert post.came == []


@pytest.mark.usefixtures("database_on_one")
class TestWhatIsAsked:
    """A run asks the database as much whatever there is to tell, and for each person no more than Home does."""

    @staticmethod
    def asked(post: Post) -> int:
        memory.forget()
        with questions_asked() as found:
            post.run()
        return len(found)

    def test_more_measures_are_no_more_questions(self) -> None:
        post = a_council()
        a_user()
        few = self.asked(post)
        for number in range(40):
            add_measure(f"M{number}", active_from=date(2017, 10, 1))
            add_figure(f"M{number}", "2017-10", "4")
        it_is(MONDAY)
        assert self.asked(post) <= few

    def test_each_more_person_is_as_many_more_questions(self) -> None:
        post = a_council()
        a_user()
        counts = []
        for number in range(3):
            counts.append(self.asked(post))
            it_is(date(2017, 11, 13 + number))
            a_user(f"p{number}")
        first, second = counts[1] - counts[0], counts[2] - counts[1]
        assert 0 < second <= first <= 50


@pytest.mark.usefixtures("database_on_one")
class TestWhoIsTold:
    @pytest.mark.parametrize(
        "day",
        [
            pytest.param(date(2017, 11, 11), id="a Saturday"),
            pytest.param(date(2017, 11, 12), id="a Sunday"),
            pytest.param(date(2017, 12, 25), id="a bank holiday"),
        ],
    )
    def test_nobody_on_a_day_off(self, day: date) -> None:
        post = a_council(today=day)
        a_user()
        assert not post.run().is_working_day
        assert (post.came, rows_of("SELECT * FROM mails")) == ([], [])

    @pytest.mark.parametrize(
        ("email", "because"),
        [
            ("", Skip.NO_ADDRESS),
            ("  ", Skip.NO_ADDRESS),
            ("nobody", Skip.BAD_ADDRESS),
            ("a@example.org, b@example.org", Skip.BAD_ADDRESS),
            ("a@example.org\nBcc: b@example.org", Skip.BAD_ADDRESS),
        ],
    )
    def test_nobody_without_an_address(self, email: str, because: Skip) -> None:
        post = a_council()
        a_user()
        with transaction() as session:
            session.get_one(PersonRow, "manager").email = email
        assert post.run().skipped == {because: 1}
        assert (post.came, why("manager")) == ([], because.value)

    def test_nobody_whose_account_is_shut_and_their_record_ends_with_it(self) -> None:
        post = a_council()
        a_user()
        accounts.disable_user("manager")
        assert (post.run().skipped, rows_of("SELECT * FROM mails")) == ({}, [])

    def test_nobody_who_was_shut_out_between_two_tries(self) -> None:
        post = a_council()
        a_user()
        post.answers["manager@example.org"] = Outcome(handed=Handed.PUT_OFF, said="451 Later")
        post.run()
        accounts.disable_user("manager")
        post.clock.on(hours=3)
        assert post.run().skipped == {Skip.DISABLED: 1}

    def test_nobody_whose_role_has_ended(self) -> None:
        post = a_council()
        a_user()
        with transaction() as session:
            session.execute(update(RoleHoldingRow).values(valid_to=date(2017, 11, 9)))
        assert post.run().skipped == {Skip.NO_ROLE: 1}
        assert why("manager") == "No role today"

    def test_nobody_who_wants_none_until_they_do_again(self) -> None:
        post = a_council()
        manager = a_user()
        assert mail_choice.find_mail_choice(by=manager).is_wanted
        mail_choice.choose_mail(is_wanted=False, by=manager)
        assert post.run().skipped == {Skip.NOT_WANTED: 1}
        mail_choice.choose_mail(is_wanted=True, by=manager)
        it_is(MONDAY)
        assert post.run().handed == {Handed.TAKEN: 1}
        assert [event.verb for event in _events()][:3] == ["send digests", "choose mail", "choose mail"]

    def test_nobody_to_whom_nothing_is_to_be_said(self) -> None:
        post = a_council()
        a_user("admin", Role.ADMINISTRATOR, "COUNCIL")
        assert post.run().skipped == {Skip.NOTHING: 1}

    def test_one_whose_data_is_broken_keeps_nobody_elses_mail_back(self, monkeypatch: pytest.MonkeyPatch) -> None:
        post = a_council()
        a_user()
        a_user("other")
        monkeypatch.setattr("cycle.home._sending.digest_of", _breaks_for("manager"))
        done = post.run()
        assert done.handed == {Handed.PUT_OFF: 1, Handed.TAKEN: 1}
        assert states() == {"manager": "failed", "other": "sent"}


def _digest(user: User) -> Digest:
    with reading() as session:
        within = organisation(session)
    return digest_of(user, within)


def _topics(user: User) -> frozenset[str]:
    return _digest(user).topics


def _breaks_for(username: str) -> Callable[..., object]:
    def made(user: User, within: object) -> object:
        if user.username == username:
            raise ZeroDivisionError
        return digest_of(user, within)  # type: ignore[arg-type]

    return made


def _events() -> list[audit.AuditEvent]:
    found = audit.trail(audit.AuditQuery(), by=a_user("auditor", Role.BI_TEAM, "COUNCIL"))
    return [line.event for line in found.lines]


@pytest.fixture
def posted(database_on_both: str) -> Post:
    assert database_on_both
    post = a_council()
    a_user()
    a_user("other")
    return post


class TestOnce:
    """Each mail leaves once, whatever breaks off where; on both databases."""

    def test_running_it_twice_sends_nothing_twice(self, posted: Post) -> None:
        assert posted.run().handed == {Handed.TAKEN: 2}
        assert (posted.run().handed, posted.came) == ({}, [])
        assert states() == {"manager": "sent", "other": "sent"}

    def test_nothing_new_is_not_said_again_the_next_day(self, posted: Post) -> None:
        posted.run()
        it_is(MONDAY)
        assert posted.run().skipped == {Skip.NOTHING_NEW: 2}

    def test_what_is_put_off_is_tried_again_when_its_time_has_come_and_says_what_stands_then(
        self, posted: Post
    ) -> None:
        address = "manager@example.org"
        posted.answers[address] = Outcome(handed=Handed.PUT_OFF, said="451 Greylisted")
        done = posted.run()
        assert (done.failed, done.to_come) == (1, 1)
        assert why("manager") == "451 Greylisted"
        posted.clock.on(minutes=4)
        assert posted.run().handed == {}
        posted.clock.on(minutes=2)
        posted.answers.clear()
        assert posted.run().handed == {Handed.TAKEN: 1}
        assert rows_of("SELECT state, tries, reason FROM mails WHERE username = 'manager'") == [("sent", 2, "")]

    def test_what_was_submitted_between_two_tries_is_not_sent(self, posted: Post) -> None:
        posted.answers["manager@example.org"] = Outcome(handed=Handed.PUT_OFF, said="451 Greylisted")
        posted.run()
        with reading() as session:
            manager = people.find_user(session, username="manager", on=FRIDAY)
        assert manager is not None
        submit(manager)
        posted.answers.clear()
        posted.clock.on(hours=1)
        assert posted.run().skipped == {Skip.NOTHING: 1}

    def test_what_is_refused_is_not_tried_again_and_the_others_go_on(self, posted: Post) -> None:
        posted.answers["manager@example.org"] = Outcome(handed=Handed.REFUSED, said="550 No such user")
        assert posted.run().handed == {Handed.REFUSED: 1, Handed.TAKEN: 1}
        posted.clock.on(hours=5)
        assert posted.run().handed == {}
        assert states() == {"manager": "failed", "other": "sent"}

    def test_without_a_server_the_run_stops_and_nothing_is_lost(self, posted: Post) -> None:
        down = Outcome(handed=Handed.NO_SERVER, said="It is down")
        posted.answers = {f"{each}@example.org": down for each in ("manager", "other")}
        done = posted.run()
        assert (done.stopped, done.handed, done.to_come) == ("It is down", {Handed.NO_SERVER: 1}, 2)
        assert states() == {"manager": "failed", "other": "waiting"}
        posted.answers.clear()
        posted.clock.on(minutes=6)
        assert posted.run().handed == {Handed.TAKEN: 2}

    @pytest.mark.parametrize("lost", [Handed.REFUSED, Handed.UNKNOWN])
    def test_one_fault_at_the_server_does_not_use_up_the_mails_of_all(self, posted: Post, lost: Handed) -> None:
        for name in ("ann", "bob", "cas"):
            a_user(name)
        everybody = ("ann", "bob", "cas", "manager", "other")
        posted.answers = {f"{each}@example.org": Outcome(handed=lost, said="554 Relay denied") for each in everybody}
        done = posted.run()
        assert (done.handed, done.to_come, done.is_set_wrong) == ({lost: 3}, 2, True)
        assert done.stopped == "The server took none of the first 3 mails, of the last because: 554 Relay denied"

    def test_what_failed_for_a_whole_day_is_said_by_the_next_days_mail(self, posted: Post) -> None:
        posted.answers["manager@example.org"] = Outcome(handed=Handed.PUT_OFF, said="451 Greylisted")
        posted.run()
        it_is(MONDAY)
        posted.answers.clear()
        posted.clock.on(days=3)
        posted.run()
        assert [each.address for each in posted.came] == ["manager@example.org"]
        kept = rows_of("SELECT state, reason FROM mails WHERE username = 'manager' ORDER BY day")
        assert kept == [("skipped", "A later day's mail says what still holds. 451 Greylisted"), ("sent", "")]

    def test_of_what_nobody_knows_nothing_is_sent_again_that_day_but_the_next_day_says_it(self, posted: Post) -> None:
        posted.answers["manager@example.org"] = Outcome(handed=Handed.UNKNOWN, said="The line broke")
        assert posted.run().doubtful == 1
        posted.answers.clear()
        posted.clock.on(hours=5)
        assert (posted.run().handed, states()["manager"]) == ({}, "doubtful")
        it_is(MONDAY)
        posted.run()
        assert [each.address for each in posted.came] == ["manager@example.org"]

    def test_what_a_job_left_in_the_middle_is_doubtful_once_it_cannot_be_at_it_any_more(self, posted: Post) -> None:
        posted.answers["manager@example.org"] = Outcome(handed=Handed.REFUSED)
        posted.run()
        with engine().begin() as connection:
            connection.exec_driver_sql("UPDATE mails SET state = 'handing over' WHERE username = 'manager'")
        posted.clock.on(minutes=14)
        assert (posted.run().doubtful, states()["manager"]) == (0, "handing over")
        posted.clock.on(minutes=1)
        assert (posted.run().doubtful, states()["manager"]) == (1, "doubtful")
        assert posted.came == []

    def test_an_answer_that_comes_after_all_is_noted(self, posted: Post) -> None:
        def slow(_mail: Envelope) -> Outcome:
            posted.clock.on(minutes=20)
            operator.send_digests(posted.hand_over, public_address=PUBLIC, clock=posted.clock)
            return Outcome(handed=Handed.TAKEN)

        operator.send_digests(slow, public_address=PUBLIC, clock=posted.clock)
        assert states() == {"manager": "sent", "other": "sent"}
        assert [each.address for each in posted.came] == ["other@example.org"]

    def test_of_two_who_take_a_mail_at_once_one_has_it(self, posted: Post) -> None:
        posted.answers = {
            f"{each}@example.org": Outcome(handed=Handed.NO_SERVER, said="down") for each in ("manager", "other")
        }
        posted.run()
        with reading() as session:
            (mail,) = list_due(session, day=FRIDAY, now=posted.clock())
        got: list[bool] = []

        def take() -> None:
            with transaction() as session:
                change = Change(state=MailState.HANDING_OVER, values={"handed_over_at": posted.clock()})
                got.append(save_change(session, mail=mail, change=change))

        takers = [threading.Thread(target=take) for _ in range(6)]
        for each in takers:
            each.start()
        for each in takers:
            each.join()
        assert sorted(got) == [False] * 5 + [True]

    def test_the_record_is_kept_for_a_year_and_what_was_skipped_for_a_quarter(self, posted: Post) -> None:
        a_user("idle", Role.ADMINISTRATOR, "COUNCIL")
        posted.run()
        it_is(date(2018, 2, 12))
        posted.run()
        kept = "SELECT username FROM mails WHERE day = '2017-11-10' ORDER BY username"
        assert rows_of(kept) == [("manager",), ("other",)]
        it_is(date(2018, 11, 12))
        posted.run()
        assert rows_of(kept) == []

    def test_the_record_holds_no_text_and_the_trail_no_names(self, posted: Post) -> None:
        posted.run()
        kept = repr(rows_of("SELECT * FROM mails"))
        assert "Waste and recycling" not in kept
        (event,) = [each for each in _events() if each.verb == "send digests"]
        assert (event.username, event.subject, event.after) == ("operator", "2017-11-10", '{"taken": 2}')


def test_what_a_real_server_has_is_what_the_record_says(
    posted: Post, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Down, up, greylisting one, refusing another; run again and again."""
    authority, box = trustme.CA(), MailBox()
    a_user("gone")
    a_user("grey")
    with serving(box, authority):
        set_mail(monkeypatch, box, authority, tmp_path)

    def run() -> Run:
        with MailServer(settings.mail()) as server:
            return operator.send_digests(server.hand_over, public_address=PUBLIC, clock=posted.clock)

    assert run().stopped.endswith("cannot be reached (Connection refused)")
    says = {"gone@example.org": "550 5.1.1 No", "grey@example.org": "451 4.7.1 Later"}
    box.answer_to = lambda address: says.get(address, OK)
    posted.clock.on(minutes=6)
    with serving(box, authority):
        assert run().handed == {Handed.TAKEN: 2, Handed.REFUSED: 1, Handed.PUT_OFF: 1}
        del says["grey@example.org"]
        posted.clock.on(hours=2)
        assert run().handed == {Handed.TAKEN: 1}
        assert run().handed == {}
    assert states() == {"gone": "failed", "grey": "sent", "manager": "sent", "other": "sent"}
    assert box.came == sent()


def sent() -> list[tuple[object, ...]]:
    """What the record says was sent, as a mail box would show it."""
    query = "SELECT address, subject, token FROM mails WHERE state = 'sent'"
    return sorted((to, about, f"<{token}@performance.example.org>") for to, about, token in rows_of(query))


def test_the_page_and_the_record_agree(posted: Post) -> None:
    posted.run()
    found = mails.list_mails(mails.MailQuery(), by=a_user("bi", Role.BI_TEAM, "COUNCIL"))
    assert found.counts == {MailState.SENT: 2}
