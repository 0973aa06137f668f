"""A mail goes from state to state, and what nobody knows of is left to a person."""

from datetime import UTC, date, datetime, timedelta

import pytest

from performance.home.mail import LONGEST_HAND_OVER, Mail, MailState, cut, is_address, next_try

NOW, TODAY = datetime(2017, 11, 10, 9, tzinfo=UTC), date(2017, 11, 10)


def a_mail(state: MailState, **fields: object) -> Mail:
    return Mail(id=1, username="x", day=TODAY, state=state, token="t", version=1, **fields)  # type: ignore[arg-type]


@pytest.mark.parametrize("state", MailState, ids=lambda state: state.value)
def test_what_a_person_decides_and_what_goes_by_itself(state: MailState) -> None:
    decided = {MailState.DOUBTFUL, MailState.FAILED}
    assert a_mail(state).wants_decision(NOW) is (state in decided)
    assert a_mail(state).may_go_again(NOW, today=TODAY) is (state in decided)
    assert state.in_words


def test_what_is_tried_again_by_itself_wants_no_decision() -> None:
    assert not a_mail(MailState.FAILED, next_try=NOW).wants_decision(NOW)


def test_what_is_handed_over_for_too_long_is_doubtful() -> None:
    begun = a_mail(MailState.HANDING_OVER, handed_over_at=NOW)
    assert begun.stands(NOW + LONGEST_HAND_OVER - timedelta(seconds=1)) is MailState.HANDING_OVER
    assert begun.stands(NOW + LONGEST_HAND_OVER) is MailState.DOUBTFUL
    assert begun.wants_decision(NOW + LONGEST_HAND_OVER)


def test_a_mail_of_an_earlier_day_does_not_go_again() -> None:
    assert not a_mail(MailState.DOUBTFUL).may_go_again(NOW, today=TODAY + timedelta(days=1))


def test_the_next_try_comes_later_and_later() -> None:
    waits = [next_try(tries, now=NOW) - NOW for tries in range(1, 8)]
    assert waits == sorted(waits)
    assert waits[0] == timedelta(minutes=5)
    assert waits[-1] == timedelta(hours=2)


@pytest.mark.parametrize(
    ("text", "is_one"),
    [
        ("ann.ash@example.org", True),
        ("o'brien+perf@sub.example.org", True),
        ("ann@localhost", True),
        ("", False),
        ("ann", False),
        ("ann@", False),
        ("@example.org", False),
        ("Ann Ash <ann@example.org>", False),
        ("ann@example.org, bob@example.org", False),
        ("ann@example.org\nBcc: bob@example.org", False),
        ("ann@example.org\n", False),
        ("ann@@example.org", False),
        ("ann..ash@example.org", False),
        ("änn@example.org", False),
        ("ann@exämple.org", False),
        (f"{'a' * 250}@example.org", False),
    ],
)
def test_an_address_is_one_plain_address_and_nothing_else(text: str, is_one: bool) -> None:
    assert is_address(text) is is_one


def test_what_another_machine_says_is_shown_on_one_line_and_not_at_any_length() -> None:
    assert cut(" 550\r\n no  such user ") == "550 no such user"
    assert len(cut("x" * 10_000)) == 500
