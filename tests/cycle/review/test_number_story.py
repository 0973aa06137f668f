"""What became of a number: its return, who signed it off, who agreed its target, and what of it was known when."""

from datetime import UTC, date, datetime

import pytest

from cycle.do import signing_off
from cycle.review import readings
from performance.ground.organisation import ReturnStatus
from performance.ground.people import Role, User
from performance.ground.periods import Period
from tests.builders import a_user, add_council, add_figure, add_measure, add_target, it_is
from tests.cycle.do.test_returns import OCTOBER, a_service, count, share, submit

pytestmark = pytest.mark.usefixtures("database_on_one")
SEPTEMBER = Period.month(2017, 9)
SENT = "Sent with the return of October 2017 by Service manager, WASTE"


def a_sent_return() -> tuple[User, User]:
    """The return of October 2017, sent on the council's day; its manager and the head."""
    manager, head = a_service(), a_user("head", Role.HEAD, "PLACE")
    submit(manager, count("50"), share("412", "438"))
    return manager, head


def story(by: User, *, at: datetime | None = None, period: Period = OCTOBER) -> tuple[str, ...]:
    return readings.number_story("COUNT", period, as_known_at=at, by=by)


def test_a_return_is_told_with_who_sent_it_and_who_signed_it_off() -> None:
    manager, head = a_sent_return()
    assert story(manager)[0] == f"{SENT}; not signed off yet."
    signing_off.approve_return("WASTE", OCTOBER, version=1, by=head)
    assert story(manager)[0] == (f"{SENT}; signed off by Head of service or director, PLACE on 10 November 2017.")


def test_before_it_came_nothing_is_told_and_before_it_was_signed_off_it_was_not() -> None:
    manager, head = a_sent_return()
    it_is(date(2017, 11, 14))
    signing_off.approve_return("WASTE", OCTOBER, version=1, by=head)
    assert SENT not in " ".join(story(manager, at=datetime(2017, 11, 9, 23, tzinfo=UTC)))
    assert story(manager, at=datetime(2017, 11, 12, tzinfo=UTC))[0] == f"{SENT}; not signed off yet."
    assert "signed off by" in story(manager, at=datetime(2017, 11, 15, tzinfo=UTC))[0]


def test_a_return_sent_again_since_says_so_in_the_past() -> None:
    manager, head = a_sent_return()
    back = signing_off.return_with_question("WASTE", OCTOBER, version=1, question="Why?", by=head)
    assert back.status is ReturnStatus.RETURNED
    it_is(date(2017, 11, 14))
    submit(manager, count("51", based_on=1), share("412", "438", based_on=1), key="again")
    assert story(manager, at=datetime(2017, 11, 12, tzinfo=UTC))[0] == (
        "The return of October 2017 had come by then, and was sent again since."
    )


def test_a_target_is_told_with_who_agreed_it_why_and_only_once_it_was_agreed() -> None:
    add_council()
    add_measure("COUNT")
    add_figure("COUNT", "2017-09", "20")
    agreed = datetime(2017, 5, 2, tzinfo=UTC)
    decider = a_user("decider", Role.HEAD, "PLACE")
    add_target("COUNT", "2017-04-01/P1Y", "240", decided_at=agreed, rationale="As last year.")
    assert story(decider, period=SEPTEMBER) == (
        "Its target for 2017/18 was agreed by Head of service or director, PLACE on 2 May 2017. Why: As last year.",
    )
    assert story(decider, period=SEPTEMBER, at=datetime(2017, 5, 1, tzinfo=UTC)) == ()
    add_target("COUNT", "2017-09", "18", decided_at=agreed)  # the period's own target goes before the year's
    assert story(decider, period=SEPTEMBER)[0].startswith("Its target for September 2017")


def test_a_figure_without_return_or_target_has_no_story() -> None:
    add_council()
    add_measure("COUNT")
    add_figure("COUNT", "2017-09", "20")
    assert story(a_user(), period=SEPTEMBER) == ()
