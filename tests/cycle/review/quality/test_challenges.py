"""Questions about figures: who asks, who answers, who settles, and what happens when two do it at once."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from cycle.review.quality import challenges
from cycle.review.quality.challenges import ChallengeError, ChallengeMovedOnError
from data_access.store.errors import NotFoundError
from performance.ground.people import NotAllowedError, Role, User
from performance.ground.periods import Period
from performance.review.quality.challenges import ChallengeKind
from tests.builders import COUNCIL, NEIGHBOUR, WARDS, a_user, add_council, add_figure, add_measure
from tests.conftest import rows_of

pytestmark = pytest.mark.usefixtures("database_on_one")
SEPTEMBER = Period.month(2017, 9)


def a_council_with_bins() -> tuple[User, User]:
    """A leader who asks and the manager of waste who answers."""
    add_council()
    add_measure("BINS", title="Missed bins")
    add_figure("BINS", "2017-09", "30")
    return a_user("leader", Role.LEADERSHIP, "COUNCIL"), a_user()


def a_doubtful_figure() -> None:
    """A figure whose service confirmed a check, as a return would store it."""
    add_figure("BINS", "2017-08", "300", confirmed_checks="slip|unusual", commentary="Confirmed as right: New rounds.")


def verbs() -> list[object]:
    return [verb for (verb,) in rows_of("SELECT verb FROM audit_events ORDER BY sequence")]


def test_a_question_is_asked_answered_and_settled_and_each_step_is_in_the_audit_trail() -> None:
    leader, manager = a_council_with_bins()
    asked = challenges.ask("BINS", None, SEPTEMBER, text=" Why so many? ", by=leader)
    assert (asked.text, asked.waits, asked.area_code) == ("Why so many?", True, COUNCIL)
    (mine,) = challenges.list_mine(by=manager).to_answer
    assert (mine.challenge.id, mine.asked_by, mine.may_answer) == (asked.id, "Wider Leadership Team, COUNCIL", True)

    answered = challenges.answer(asked.id, text="New rounds.", version=1, by=manager)
    assert not answered.waits
    assert challenges.list_mine(by=manager).to_answer == ()
    (told,) = challenges.list_mine(by=leader).answered
    assert (told.challenge.answer, told.may_settle) == ("New rounds.", True)

    settled = challenges.settle(asked.id, version=2, by=leader)
    assert not settled.is_open
    assert challenges.list_mine(by=leader).answered == ()
    assert verbs() == ["ask a question", "answer a question", "settle a question"]
    assert "New rounds" not in str(rows_of("SELECT after FROM audit_events"))


def test_the_same_question_asked_twice_is_asked_once() -> None:
    leader, _ = a_council_with_bins()
    first = challenges.ask("BINS", None, SEPTEMBER, text="Why?", by=leader)
    assert challenges.ask("BINS", None, SEPTEMBER, text="Why?", by=leader).id == first.id
    assert len(challenges.thread("BINS", by=leader).questions) == 1


def test_what_is_pressed_twice_is_done_once() -> None:
    leader, manager = a_council_with_bins()
    asked = challenges.ask("BINS", None, SEPTEMBER, text="Why?", by=leader)
    for _ in range(2):
        challenges.answer(asked.id, text="Rounds.", version=1, by=manager)
    again = [challenges.ask_on(asked.id, text="Which?", version=2, by=leader).id for _ in range(2)]
    assert again[0] == again[1]
    for _ in range(2):
        challenges.settle(again[0], version=1, by=leader)
    assert verbs() == [
        "ask a question", "answer a question", "settle a question", "ask a question", "take a question back",
    ]  # fmt: skip


def test_of_two_answers_the_first_stands_and_the_second_is_shown_it() -> None:
    leader, manager = a_council_with_bins()
    other = a_user("other")
    asked = challenges.ask("BINS", None, SEPTEMBER, text="Why?", by=leader)
    challenges.answer(asked.id, text="First.", version=asked.version, by=manager)
    with pytest.raises(ChallengeMovedOnError) as refusal:
        challenges.answer(asked.id, text="Second.", version=asked.version, by=other)
    assert refusal.value.now.answer == "First."
    (line,) = challenges.thread("BINS", by=other).questions
    assert line.challenge.answer == "First."


def test_nobody_answers_their_own_question_and_another_service_answers_none() -> None:
    _, manager = a_council_with_bins()
    asked = challenges.ask("BINS", None, SEPTEMBER, text="Is it right?", by=manager)
    with pytest.raises(ChallengeError, match="someone else of the service"):
        challenges.answer(asked.id, text="Yes.", version=1, by=manager)
    with pytest.raises(NotAllowedError):
        challenges.answer(asked.id, text="Yes.", version=1, by=a_user("social", unit="SOCIAL"))
    assert challenges.list_mine(by=manager).to_answer == ()


def test_who_asked_takes_it_back_and_the_bi_team_settles_only_what_is_answered() -> None:
    leader, manager = a_council_with_bins()
    analyst = a_user("analyst", Role.BI_TEAM, "COUNCIL")
    first, second = (challenges.ask("BINS", None, SEPTEMBER, text=text, by=leader) for text in ("One?", "Two?"))
    with pytest.raises(ChallengeError, match="once it is answered"):
        challenges.settle(first.id, version=1, by=analyst)
    with pytest.raises(ChallengeError):
        challenges.settle(first.id, version=1, by=manager)
    challenges.settle(first.id, version=1, by=leader)
    assert verbs()[-1] == "take a question back"
    challenges.answer(second.id, text="Because.", version=1, by=manager)
    assert not challenges.settle(second.id, version=2, by=analyst).is_open


def test_asking_on_closes_the_first_and_the_next_follows_it() -> None:
    leader, manager = a_council_with_bins()
    first = challenges.ask("BINS", None, SEPTEMBER, text="Why?", by=leader)
    with pytest.raises(ChallengeError, match="no answer yet"):
        challenges.ask_on(first.id, text="And now?", version=1, by=leader)
    assert challenges.thread("BINS", by=leader).questions[0].challenge.is_open
    challenges.answer(first.id, text="Rounds.", version=1, by=manager)
    second = challenges.ask_on(first.id, text="Which rounds?", version=2, by=leader)
    assert (second.follows, second.period, second.waits) == (first.id, SEPTEMBER, True)
    thread = challenges.thread("BINS", by=leader)
    assert [each.challenge.id for each in thread.open] == [second.id]
    assert [each.challenge.id for each in thread.settled] == [first.id]


@pytest.mark.parametrize("text", ["", "  \n ", "\x00"])
def test_nothing_is_asked_with_nothing(text: str) -> None:
    leader, _ = a_council_with_bins()
    with pytest.raises(ChallengeError, match="Enter your question"):
        challenges.ask("BINS", None, SEPTEMBER, text=text, by=leader)


def test_a_text_too_long_is_refused_with_how_long_it_may_be() -> None:
    leader, _ = a_council_with_bins()
    with pytest.raises(ChallengeError, match="longest that is kept"):
        challenges.ask("BINS", None, SEPTEMBER, text="x" * 4001, by=leader)


def test_a_councillor_asks_about_a_ward_and_not_about_the_council_and_reads_no_names() -> None:
    leader, manager = a_council_with_bins()
    councillor = a_user("councillor", Role.COUNCILLOR, "COUNCIL")
    with pytest.raises(NotAllowedError):
        challenges.ask("BINS", None, SEPTEMBER, text="Why?", by=councillor)
    with pytest.raises(NotAllowedError):
        challenges.thread("BINS", by=councillor)
    challenges.ask("BINS", WARDS[0], SEPTEMBER, text="Why here?", by=leader)
    own = challenges.ask("BINS", WARDS[0], SEPTEMBER, text="Why not there?", by=councillor)
    challenges.answer(own.id, text="It is.", version=1, by=manager)
    newest, oldest = challenges.thread("BINS", WARDS[0], by=councillor).questions
    assert (newest.asked_by, newest.answered_by, oldest.asked_by) == ("you", "the service", "somebody else")
    assert challenges.list_mine(by=councillor).answered[0].area_name == "Ward 1"


def test_nobody_asks_about_another_council_or_what_there_is_not() -> None:
    leader, _ = a_council_with_bins()
    with pytest.raises(ChallengeError, match="another council"):
        challenges.ask("BINS", NEIGHBOUR, SEPTEMBER, text="Why?", by=leader)
    with pytest.raises(NotFoundError):
        challenges.ask("NONE", None, SEPTEMBER, text="Why?", by=leader)
    with pytest.raises(NotFoundError):
        challenges.ask("BINS", "E05999999", SEPTEMBER, text="Why?", by=leader)
    with pytest.raises(NotFoundError):
        challenges.settle(99, version=1, by=leader)


def test_as_known_at_a_past_moment_there_is_no_later_answer_and_nothing_to_do() -> None:
    leader, manager = a_council_with_bins()
    asked = challenges.ask("BINS", None, SEPTEMBER, text="Why?", by=leader)
    challenges.answer(asked.id, text="Rounds.", version=1, by=manager)
    before = challenges.thread("BINS", as_known_at=asked.asked_at - timedelta(seconds=1), by=leader)
    assert (before.questions, before.may_ask) == ((), False)
    then = challenges.thread("BINS", as_known_at=datetime.now(UTC) + timedelta(days=1), by=leader)
    assert (then.questions[0].challenge.answer, then.questions[0].may_settle) == ("Rounds.", False)


def test_a_confirmed_check_is_doubted_once_and_the_service_must_answer() -> None:
    _, manager = a_council_with_bins()
    a_doubtful_figure()
    analyst, deputy = a_user("analyst", Role.BI_TEAM, "COUNCIL"), a_user("deputy", Role.DEPUTY, "PLACE")
    august = Period.month(2017, 8)
    asked = challenges.doubt("BINS", august, text="Ten times July?", revision=1, by=analyst)
    assert (asked.kind, asked.doubted, asked.revision) == (ChallengeKind.DOUBT, "slip|unusual", 1)
    with pytest.raises(ChallengeMovedOnError):
        challenges.accept("BINS", august, revision=1, by=analyst)
    assert [each.is_doubt for each in challenges.list_mine(by=manager).to_answer] == [True]
    assert [each.challenge.id for each in challenges.list_mine(by=deputy).doubted] == [asked.id]
    assert verbs() == ["doubt a figure"]


def test_of_two_judgements_at_the_same_moment_one_stands_and_the_other_is_told() -> None:
    a_council_with_bins()
    a_doubtful_figure()
    analysts = [a_user(name, Role.BI_TEAM, "COUNCIL") for name in ("first", "second")]
    start, outcomes = threading.Barrier(2), []

    def judge(analyst: User) -> None:
        start.wait()
        try:
            challenges.accept("BINS", Period.month(2017, 8), revision=1, by=analyst)
            outcomes.append(analyst.username)
        except ChallengeMovedOnError:
            outcomes.append("moved on")

    both = [threading.Thread(target=judge, args=(analyst,)) for analyst in analysts]
    for each in both:
        each.start()
    for each in both:
        each.join()
    (winner,) = set(outcomes) - {"moved on"}
    assert len(outcomes) == 2
    assert rows_of("SELECT settled_by FROM challenges") == [(winner,)]


def test_what_is_accepted_is_no_question_and_holds_for_that_revision_alone() -> None:
    leader, manager = a_council_with_bins()
    a_doubtful_figure()
    analyst, august = a_user("analyst", Role.BI_TEAM, "COUNCIL"), Period.month(2017, 8)
    challenges.accept("BINS", august, revision=1, by=analyst)
    assert challenges.thread("BINS", by=leader).questions == ()
    assert challenges.list_mine(by=manager).to_answer == ()
    add_figure("BINS", "2017-08", "310", revision=2, confirmed_checks="slip")
    with pytest.raises(ChallengeError, match="changed this figure"):
        challenges.doubt("BINS", august, text="Still?", revision=1, by=analyst)
    assert challenges.doubt("BINS", august, text="Still?", revision=2, by=analyst).is_open


def test_what_was_never_questioned_is_neither_doubted_nor_accepted() -> None:
    a_council_with_bins()
    analyst = a_user("analyst", Role.BI_TEAM, "COUNCIL")
    with pytest.raises(ChallengeError, match="Nothing was confirmed"):
        challenges.accept("BINS", SEPTEMBER, revision=1, by=analyst)
