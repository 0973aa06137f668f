"""A receipt that is opened again: word for word as it was, with what has become of it since."""

import pytest

from cycle.do import receipts, returns, signing_off
from cycle.do.receipts import ReceiptView
from performance.do.typed import Answer
from performance.ground.organisation import ReturnStatus
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from tests.builders import a_user, add_council, add_figure, add_measure

pytestmark = pytest.mark.usefixtures("database_on_one")
AUGUST, SEPTEMBER, OCTOBER = (Period.month(2017, month) for month in (8, 9, 10))


def submitted(*, period: Period = OCTOBER) -> tuple[str, User, User]:
    add_council()
    add_measure("BINS")
    a_user("bi", Role.BI_TEAM, "COUNCIL")
    manager, head = a_user(), a_user("head", Role.HEAD, "PLACE")
    answer = Answer(measure_code="BINS", value="12", based_on=0)
    returns.submit_return("WASTE", period, answers=[answer], request_key="first", by=manager)
    return "first", manager, head


def seen(by: User, key: str = "first") -> ReceiptView:
    return receipts.receipt(key, by=by)


def test_it_waits_and_says_whom_to_ask() -> None:
    _, manager, _ = submitted()
    found = seen(manager)
    assert (found.status, found.became) == (ReturnStatus.SUBMITTED, "These figures wait for sign-off.")
    assert [person.email for person in found.contacts] == ["bi@example.org"]
    assert found.receipt.reference == "2017-10-WASTE"


def test_it_is_signed_off() -> None:
    _, manager, head = submitted()
    signing_off.approve_return("WASTE", OCTOBER, version=1, by=head)
    found = seen(manager)
    assert found.status is ReturnStatus.APPROVED
    assert found.became.startswith("Head of service or director, PLACE signed these figures off on 10 November 2017.")
    assert found.receipt.lines[0].figure == "12"


def test_it_comes_back_with_a_question_and_is_submitted_again() -> None:
    _, manager, head = submitted()
    signing_off.return_with_question("WASTE", OCTOBER, version=1, question="Why so few?", by=head)
    assert seen(manager).became.endswith("with a question: Why so few?")
    answer = Answer(measure_code="BINS", value="13", based_on=1)
    returns.submit_return("WASTE", OCTOBER, answers=[answer], request_key="second", by=manager)
    assert "submitted again after this receipt" in seen(manager).became
    assert seen(manager).receipt.lines[0].figure == "12", "the receipt itself never changes"
    assert seen(manager, "second").became == "These figures wait for sign-off."


def test_the_next_return_owed_is_what_is_due_now_and_none_for_who_enters_nothing() -> None:
    _, manager, head = submitted()
    owed = seen(manager).next_owed
    assert owed is not None
    assert (owed.period, owed.late) == (SEPTEMBER, True)
    leader = a_user("leader", Role.LEADERSHIP, "COUNCIL")
    assert seen(leader).next_owed is None
    assert seen(leader).unsaid == 0
    assert seen(head).next_owed is not None, "a head enters figures too"


def test_what_is_locked_or_came_whole_by_file_is_not_led_back_to() -> None:
    add_council(locks_after=30)
    add_measure("BINS")
    manager = a_user()
    open_now = {each.period for each in returns.list_owed(by=manager) if each.is_open}
    assert open_now == {SEPTEMBER, OCTOBER}, "earlier months have locked"
    for period in ("2017-09", "2017-10"):
        add_figure("BINS", period, "12")
    assert not any(each.is_open for each in returns.list_owed(by=manager))


def test_who_sees_no_scorecards_sees_no_receipt_and_a_guess_finds_none() -> None:
    _, manager, _ = submitted()
    with pytest.raises(NotAllowedError):
        seen(a_user("councillor", Role.COUNCILLOR, "COUNCIL"))
    with pytest.raises(returns.ReceiptNotFoundError):
        seen(manager, "guessed")
